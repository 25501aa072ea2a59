// The timeout of all states has the data of none.
// expect: [banter C13]
// expect: order::expired
// expect: order::paying&
#include <banter/flow.hpp>

#include <chrono>
using namespace banter;
using namespace std::chrono_literals;

struct order {
    struct choosing {};
    struct paying {
        int amount;
    };

    static choosing start(context& ctx);
    static paying choose(context& ctx, matched<text> dish);
    static end pay(context& ctx, paying& here, matched<text> words);
    static end expired(context& ctx, paying& here);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)),
#ifdef FIXED
                            state<paying>(on(text, pay), after(24h, expired)));
#else
                            state<paying>(on(text, pay)), after(24h, expired));
#endif
    }
};

static_assert(verify<order>);
