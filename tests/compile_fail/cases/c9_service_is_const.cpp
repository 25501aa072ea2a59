// The bot was given a database that it may only read.
// expect: [banter C9]
// expect: shop::buy
// expect: database
// expect: database&
#include <banter/flow.hpp>
using namespace banter;

class database;

struct shop {
#ifndef FIXED
    static void buy(context& ctx, database& orders);
#else
    static void buy(context& ctx, const database& orders);
#endif
    static constexpr auto flow() { return handlers(on(command<"buy">, buy)); }
};

static_assert(verify<shop, services<const database>>);
