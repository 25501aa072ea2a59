// What another predicate has found is not known here.
// expect: [banter C7]
// expect: club::enter
// expect: is_admin
#include <banter/flow.hpp>
using namespace banter;

bool is_admin(context& ctx);
bool is_member(context& ctx);

struct club {
#ifndef FIXED
    static void enter(context& ctx, matched<when<is_admin>> known);
#else
    static void enter(context& ctx, matched<when<is_member>> known);
#endif
    static constexpr auto flow() { return handlers(on(text && when<is_member>, enter)); }
};

static_assert(verify<club>);
