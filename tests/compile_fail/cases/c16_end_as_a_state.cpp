// The end is where nothing is tried any more: it has no rules.
// expect: [banter C16]
// expect: state_is_odd<order, banter::end>
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {};

    static choosing start(context& ctx);
    static end choose(context& ctx, matched<text> dish);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
#ifndef FIXED
                            state<end>(on(text, start)),
#endif
                            state<choosing>(on(text, choose)));
    }
};

static_assert(verify<order>);
