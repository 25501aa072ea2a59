// The whole bot is checked: the second struct needs a service too.
// expect: [banter C9]
// expect: shop::buy
// expect: database
#include <banter/flow.hpp>
using namespace banter;

class database;

struct help {
    static void show(context& ctx);
    static constexpr auto flow() { return handlers(on(command<"help">, show)); }
};

struct shop {
    static task<> buy(context& ctx, const database& orders);
    static constexpr auto flow() { return handlers(on(command<"buy">, buy)); }
};

#ifndef FIXED
static_assert(verify<help, shop, services<>>);
#else
static_assert(verify<help, shop, services<database>>);
#endif
