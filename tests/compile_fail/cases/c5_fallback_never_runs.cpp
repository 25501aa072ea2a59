// A fallback that takes what some state leaves is right; this one is left nothing in any state.
// expect: [banter C5]
// expect: order::confused
// expect: order::cancel
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {};
    struct paying {};
    static choosing start(context& ctx);
    static paying choose(context& ctx);
    static end pay(context& ctx);
    static end cancel(context& ctx);
    static void confused(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text && !command<>, choose)),
                            state<paying>(on(text && !command<>, pay)),
#ifndef FIXED
                            fallbacks(on(command<>, cancel), on(command<"cancel">, confused)));
#else
                            fallbacks(on(command<"cancel">, cancel), on(command<>, confused)));
#endif
    }
};

static_assert(verify<order>);
