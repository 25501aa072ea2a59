// The answer to a pressed button has at most 200 characters.
// expect: [banter C4]
// expect: This button
#include <banter/flow.hpp>
using namespace banter;

struct shop {
    struct choosing {};

    static choosing start(context& ctx);
    static end choose(context& ctx);
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"shop">, start)),
            state<choosing>(on(callback<"one">, choose)),
#ifndef FIXED
            stale_buttons(tell<"This button belongs to a message that was sent a while ago, and what it "
                               "stood for may have changed since then: please have a look at the latest "
                               "message of this chat, and press the button that you find there.">)
#else
            stale_buttons(tell<"This button belongs to an older message.">)
#endif
        );
    }
};

static_assert(verify<shop>);
