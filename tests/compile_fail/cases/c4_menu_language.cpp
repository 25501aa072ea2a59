// Telegram takes languages of two letters, as of ISO 639-1.
// expect: [banter C4]
// expect: shop::buy
// expect: language_is_not_two_letters
#include <banter/flow.hpp>
using namespace banter;

struct shop {
    static void buy(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(command<"buy">, buy, in_menu("Buy").in("german", "Kaufen")));
#else
        return handlers(on(command<"buy">, buy, in_menu("Buy").in("de", "Kaufen")));
#endif
    }
};

static_assert(verify<shop>);
