// Nobody joins and leaves at once.
// expect: [banter C6]
// expect: desk::moved
#include <banter/flow.hpp>
using namespace banter;

struct desk {
    static void moved(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(member_joined && member_left, moved));
#else
        return handlers(on(member_joined || member_left, moved));
#endif
    }
};

static_assert(verify<desk>);
