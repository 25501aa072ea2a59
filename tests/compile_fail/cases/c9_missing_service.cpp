// A handler asks for an object that nobody hands to the bot.
// expect: [banter C9]
// expect: shop::buy
// expect: database
#include <banter/flow.hpp>
using namespace banter;

class database;
class clock_service;

struct shop {
    static void buy(context& ctx, clock_service& time, database& orders);
    static constexpr auto flow() { return handlers(on(command<"buy">, buy)); }
};

#ifndef FIXED
static_assert(verify<shop, services<clock_service>>);
#else
static_assert(verify<shop, services<clock_service, database>>);
#endif
