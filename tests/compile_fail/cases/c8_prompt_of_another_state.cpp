// A prompt sees the data of the state that is entered.
// expect: [banter C8]
// expect: order::paying
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct paying {
        int amount;
    };
    struct choosing {
#ifdef FIXED
        static void prompt(context& ctx, const choosing& here);
#else
        static void prompt(context& ctx, const paying& there);
#endif
    };

    static choosing start(context& ctx);
    static paying choose(context& ctx, matched<text> dish);
    static end pay(context& ctx, matched<text> amount);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)), state<paying>(on(text, pay)));
    }
};

static_assert(verify<order>);
