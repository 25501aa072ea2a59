// Two states that lead to each other, and nothing from outside leads to them.
// expect: [banter C1]
// expect: tour::left
#include <banter/flow.hpp>
using namespace banter;

struct tour {
    struct middle {};
    struct left {};
    struct right {};

    static middle start(context& ctx);
#ifndef FIXED
    static end leave(context& ctx);
#else
    static left leave(context& ctx);
#endif
    static right go_right(context& ctx);
    static next<left, end> go_left(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"tour">, start)),
                            state<middle>(on(text, leave)), state<left>(on(text, go_right)),
                            state<right>(on(text, go_left)));
    }
};

static_assert(verify<tour>);
