// Nothing can supply a number to a predicate.
// expect: [banter C16]
// expect: is_member
// expect: long
#include <banter/flow.hpp>
using namespace banter;

#ifndef FIXED
bool is_member(long user);
#else
bool is_member(context& ctx);
#endif

struct club {
    static void enter(context& ctx);
    static constexpr auto flow() {
        return handlers(on(photo, enter), on(text && when<is_member>, enter));
    }
};

static_assert(verify<club>);
