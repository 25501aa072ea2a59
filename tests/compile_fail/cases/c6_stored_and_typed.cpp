// No button carries a typed value and has an object behind it.
// expect: [banter C6]
// expect: shop::choose
#include <banter/flow.hpp>
using namespace banter;

struct order {
    int dish;
};

struct shop {
    struct choosing {};

    static choosing start(context& ctx, stored_buttons<order>& orders);
    static end choose(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"shop">, start)),
#ifndef FIXED
                            state<choosing>(on(stored<order> && data<order>, choose))
#else
                            state<choosing>(on(stored<order> || data<order>, choose))
#endif
        );
    }
};

static_assert(verify<shop>);
