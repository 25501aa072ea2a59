// The slash is not part of a command's name.
// expect: [banter C4]
// expect: /pay
#include <banter/flow.hpp>
using namespace banter;

struct shop {
    static void pay(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(command<"/pay">, pay));
#else
        return handlers(on(command<"pay">, pay));
#endif
    }
};

static_assert(verify<shop>);
