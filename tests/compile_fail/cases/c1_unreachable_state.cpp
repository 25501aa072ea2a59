// A state that nothing leads to.
// expect: [banter C1]
// expect: order::paying
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {};
    struct paying {};

    static choosing start(context& ctx);
#ifndef FIXED
    static next<choosing, stay> choose(context& ctx, matched<text> dish);
#else
    static next<paying, stay> choose(context& ctx, matched<text> dish);
#endif
    static end pay(context& ctx, matched<text> amount);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)), state<paying>(on(text, pay)));
    }
};

static_assert(verify<order>);
