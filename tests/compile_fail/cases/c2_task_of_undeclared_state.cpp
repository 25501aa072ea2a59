// The same from a coroutine with several targets.
// expect: [banter C2]
// expect: order::choose
// expect: order::lost
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {};
    struct lost {};

    static choosing start(context& ctx);
#ifndef FIXED
    static task<next<choosing, lost, end>> choose(context& ctx, bot& api, matched<text> dish);
#else
    static task<next<choosing, end>> choose(context& ctx, bot& api, matched<text> dish);
#endif

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)));
    }
};

static_assert(verify<order>);
