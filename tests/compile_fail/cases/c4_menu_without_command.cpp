// A menu lists commands; this rule has none.
// expect: [banter C4]
// expect: shop::buy
// expect: no_command_in_the_filter
#include <banter/flow.hpp>
using namespace banter;

struct shop {
    static void buy(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(text && !command<"buy">, buy, in_menu("Buy something")));
#else
        return handlers(on(text || command<"buy">, buy, in_menu("Buy something")));
#endif
    }
};

static_assert(verify<shop>);
