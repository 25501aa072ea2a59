// A service is an object of a class: an int& could be anything.
// expect: [banter C16]
// expect: counter::count
// expect: int&
#include <banter/flow.hpp>
using namespace banter;

struct tally {
    int updates;
};

struct counter {
#ifndef FIXED
    static void count(context& ctx, int& updates);
#else
    static void count(context& ctx, bot_data<tally>& updates);
#endif
    static constexpr auto flow() { return handlers(on(text, count)); }
};

static_assert(verify<counter>);
