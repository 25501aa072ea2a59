// The child lives inside the parent's state: what is stored of the parent is stored of the child.
// expect: [banter C14]
// expect: inner::waiting
#include <banter/flow.hpp>

#include <memory>
using namespace banter;

struct inner {
    struct waiting {
        std::unique_ptr<int> secret;
    };
    static waiting start(context& ctx);
    static end answer(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"inner">, start)),
                            state<waiting>(on(text, answer)));
    }
};

struct outer {
    struct idle {};
    static idle start(context& ctx);
    static end leave(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"outer">, start)),
#ifndef FIXED
                            persistent<"outer">,
#endif
                            state<idle>(nest<inner>(), on(callback<"leave">, leave)));
    }
};

static_assert(verify<outer>);
