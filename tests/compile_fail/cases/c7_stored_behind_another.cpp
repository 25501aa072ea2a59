// Behind expired_button there is no object.
// expect: [banter C7]
// expect: shop::too_late
#include <banter/flow.hpp>
using namespace banter;

struct order {
    std::string dish;
};

struct shop {
    struct choosing {};

    static choosing start(context& ctx, stored_buttons<order>& orders);
    static end choose(context& ctx, matched<stored<order>> pressed);
#ifndef FIXED
    static stay too_late(context& ctx, matched<stored<order>> pressed);
#else
    static stay too_late(context& ctx);
#endif
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"shop">, start)),
            state<choosing>(on(stored<order>, choose), on(expired_button, too_late)));
    }
};

static_assert(verify<shop>);
