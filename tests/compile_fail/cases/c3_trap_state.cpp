// One comes into this state and never out of it.
// expect: [banter C3]
// expect: order::paid
// expect: trap<State>
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {};
    struct paid {};

    static choosing start(context& ctx);
    static next<paid, end> choose(context& ctx, matched<text> dish);
    static void thank(context& ctx);
    static end leave(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)),
#ifdef FIXED
                            state<paid>(on(command<"again">, leave), on(text, thank)));
#else
                            state<paid>(on(text, thank)));
#endif
    }
};

static_assert(verify<order>);
