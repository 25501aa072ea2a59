// The way back leads to states that lead nowhere else either.
// expect: [banter C3]
// expect: order::choosing
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {};
    struct paying {};

    static choosing start(context& ctx);
    static paying choose(context& ctx, matched<text> dish);
#ifdef FIXED
    static next<back, end> pay(context& ctx, matched<text> amount);
#else
    static back pay(context& ctx, matched<text> amount);
#endif

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)), state<paying>(on(text, pay)));
    }
};

static_assert(verify<order>);
