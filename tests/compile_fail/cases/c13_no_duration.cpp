// A timeout of no time at all.
// expect: [banter C13]
// expect: order::expired
#include <banter/flow.hpp>

#include <chrono>
using namespace banter;
using namespace std::chrono_literals;

struct order {
    struct choosing {};

    static choosing start(context& ctx);
    static end choose(context& ctx, matched<text> dish);
    static end expired(context& ctx);

    static constexpr auto flow() {
#ifdef FIXED
        constexpr auto patience = 500us;
#else
        constexpr auto patience = 0min;
#endif
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose), after(patience, expired)));
    }
};

static_assert(verify<order>);
