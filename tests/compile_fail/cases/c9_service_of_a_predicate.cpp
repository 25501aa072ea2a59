// A predicate's parameters are supplied as a handler's are.
// expect: [banter C9]
// expect: is_allowed
// expect: allow_list
#include <banter/flow.hpp>
using namespace banter;

class allow_list;
bool is_allowed(context& ctx, const allow_list& known);

struct club {
    static void enter(context& ctx);
    static constexpr auto flow() { return handlers(on(text && when<is_allowed>, enter)); }
};

#ifndef FIXED
static_assert(verify<club, services<>>);
#else
static_assert(verify<club, services<allow_list>>);
#endif
