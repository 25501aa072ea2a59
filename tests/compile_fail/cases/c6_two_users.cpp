// One user stands behind an update.
// expect: [banter C6]
// expect: desk::both
#include <banter/flow.hpp>
using namespace banter;

struct desk {
    static void both(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(from_user<1001> && from_user<1002> && text, both));
#else
        return handlers(on(from_user<1001, 1002> && text, both));
#endif
    }
};

static_assert(verify<desk>);
