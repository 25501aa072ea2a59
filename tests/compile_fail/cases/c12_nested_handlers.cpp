// handlers(...) are no conversation.
// expect: [banter C12]
// expect: help
#include <banter/flow.hpp>
using namespace banter;

struct help {
    struct open {};
    static open show(context& ctx);
    static end close(context& ctx);
    static constexpr auto flow() {
#ifdef FIXED
        return conversation(entry_points(on(command<"help">, show)), state<open>(on(text, close)));
#else
        return handlers(on(command<"help">, close));
#endif
    }
};

struct shop {
    struct browsing {};
    static browsing start(context& ctx);
    static end leave(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"shop">, start)),
                            state<browsing>(nest<help>(), on(callback<"leave">, leave)));
    }
};

static_assert(verify<shop>);
