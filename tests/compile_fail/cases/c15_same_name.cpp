// Two persistent conversations under one name would read each other's sessions.
// expect: [banter C15]
// expect: survey
// expect: order
#include <banter/flow.hpp>
using namespace banter;

struct survey {
    struct asking {};
    static asking start(context& ctx);
    static end answer(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<asking>(on(text, answer)), persistent<"main">);
    }
};

struct order {
    struct choosing {};
    static choosing start(context& ctx);
    static end choose(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)),
#ifdef FIXED
                            persistent<"order">);
#else
                            persistent<"main">);
#endif
    }
};

static_assert(verify<survey, order>);
