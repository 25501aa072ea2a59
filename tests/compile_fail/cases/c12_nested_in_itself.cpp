// Two conversations that contain each other: each would live inside its own state.
// expect: [banter C12]
// expect: outer
#include <banter/flow.hpp>
using namespace banter;

struct inner {
    struct idle {};
    static idle start(context& ctx);
    static end leave(context& ctx);
    static constexpr auto flow();
};

struct outer {
    struct idle {};
    static idle start(context& ctx);
    static end leave(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(nest<inner>(), on(command<"outer">, start)),
                            state<idle>(on(text, leave)));
    }
};

constexpr auto inner::flow() {
    return conversation(
#ifndef FIXED
        entry_points(nest<outer>()),
#endif
        entry_points(on(command<"inner">, start)), state<idle>(on(text, leave)));
}

static_assert(verify<outer>);
