// A timeout that leads to a struct which is no state.
// expect: [banter C13]
// expect: order::expired
// expect: order::asleep
#include <banter/flow.hpp>

#include <chrono>
using namespace banter;
using namespace std::chrono_literals;

struct order {
    struct choosing {};
    struct asleep {};

    static choosing start(context& ctx);
    static end choose(context& ctx, matched<text> dish);
    static next<asleep, end> expired(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
#ifdef FIXED
                            state<asleep>(on(text, choose)),
#endif
                            state<choosing>(on(text, choose)), after(30min, expired));
    }
};

static_assert(verify<order>);
