// A timeout belongs to a state or to all of them.
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
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)),
#ifdef FIXED
                            after(1h, expired));
#else
                            fallbacks(after(1h, expired)));
#endif
    }
};

static_assert(verify<order>);
