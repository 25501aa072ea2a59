// No data begins with one and ends with the other.
// expect: [banter C6]
// expect: shop::buy
#include <banter/flow.hpp>
using namespace banter;

struct shop {
    static void buy(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(callback<"buy_[0-9]+"> && callback<".*_[a-z]+">, buy));
#else
        return handlers(on(callback<"buy_[0-9]+"> && callback<".*_[0-5]+">, buy));
#endif
    }
};

static_assert(verify<shop>);
