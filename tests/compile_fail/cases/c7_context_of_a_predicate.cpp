// The predicate is asked about inline queries too, which come from no chat.
// expect: [banter C7]
// expect: is_member
// expect: banter::context&
#include <banter/flow.hpp>
using namespace banter;

#ifndef FIXED
bool is_member(context& ctx);
#else
bool is_member(telegram::user who);
#endif

struct club {
    static void enter(telegram::user who);
    static constexpr auto flow() {
        return handlers(on((text || inline_query) && when<is_member>, enter));
    }
};

static_assert(verify<club>);
