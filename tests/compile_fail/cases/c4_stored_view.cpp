// An object behind a button outlives the handler that made it: it cannot hold a view.
// expect: [banter C4]
// expect: order
#include <banter/flow.hpp>
using namespace banter;

struct order {
#ifndef FIXED
    std::string_view dish;
#else
    std::string dish;
#endif
};

struct shop {
    struct choosing {};

    static choosing start(context& ctx, stored_buttons<order>& orders);
    static end choose(context& ctx, matched<stored<order>> pressed);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"shop">, start)),
                            state<choosing>(on(stored<order>, choose)));
    }
};

static_assert(verify<shop>);
