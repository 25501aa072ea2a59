// The handler reads another pattern than the filter's.
// expect: [banter C7]
// expect: payment::bank
// expect: wallet_
#include <banter/flow.hpp>
using namespace banter;

struct payment {
#ifndef FIXED
    static void bank(context& ctx, matched<callback<"wallet_(BTC|ETH)">> choice);
#else
    static void bank(context& ctx, matched<callback<"bank_([0-9]+)">> choice);
#endif
    static constexpr auto flow() { return handlers(on(callback<"bank_([0-9]+)">, bank)); }
};

static_assert(verify<payment>);
