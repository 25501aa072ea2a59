// What becomes of stale buttons is one of three things, and a text alone is none.
// expect: [banter C16]
// expect: shop
// expect: part_number<3>
#include <banter/flow.hpp>
using namespace banter;

struct shop {
    struct choosing {};

    static choosing start(context& ctx);
    static end choose(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"shop">, start)),
                            state<choosing>(on(callback<"one">, choose)),
#ifndef FIXED
                            stale_buttons("This button belongs to an older message.")
#else
                            stale_buttons(tell<"This button belongs to an older message.">)
#endif
        );
    }
};

static_assert(verify<shop>);
