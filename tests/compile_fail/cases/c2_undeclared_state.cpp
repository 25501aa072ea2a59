// A handler leads to a struct that the flow has no state<...> for.
// expect: [banter C2]
// expect: order::choose
// expect: order::paying
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {};
    struct paying {};

    static choosing start(context& ctx);
    static next<paying, stay> choose(context& ctx, matched<text> dish);
    static end pay(context& ctx, matched<text> amount);

    static constexpr auto flow() {
        return conversation(
#ifdef FIXED
            state<paying>(on(text, pay)),
#endif
            entry_points(on(command<"order">, start)), state<choosing>(on(text, choose)));
    }
};

static_assert(verify<order>);
