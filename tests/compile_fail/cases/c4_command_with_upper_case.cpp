// Telegram's commands are lower case.
// expect: [banter C4]
// expect: Pay
#include <banter/flow.hpp>
using namespace banter;

struct shop {
    static void pay(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(command<"Pay">, pay));
#else
        return handlers(on(command<"pay">, pay));
#endif
    }
};

static_assert(verify<shop>);
