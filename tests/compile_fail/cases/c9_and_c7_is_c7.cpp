// Two mistakes in one handler: the first of the table is reported, alone.
// expect: [banter C7]
// expect: shop::buy
// reject: banter C9
#include <banter/flow.hpp>
using namespace banter;

class database;

struct shop {
#ifndef FIXED
    static void buy(context& ctx, database& orders, matched<photo> receipt);
#else
    static void buy(context& ctx, database& orders, matched<text> receipt);
#endif
    static constexpr auto flow() { return handlers(on(text, buy)); }
};

#ifndef FIXED
static_assert(verify<services<>, shop>);
#else
static_assert(verify<services<database>, shop>);
#endif
