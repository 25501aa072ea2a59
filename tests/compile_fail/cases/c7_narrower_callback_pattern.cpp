// The filter lets through what the handler's pattern does not match: "bank_12".
// expect: [banter C7]
// expect: payment::bank
// expect: bank_([0-9])
#include <banter/flow.hpp>
using namespace banter;

struct payment {
#ifndef FIXED
    static void bank(context& ctx, matched<callback<"bank_([0-9])">> choice);
#else
    static void bank(context& ctx, matched<callback<"bank_([0-9a-f]+)">> choice);
#endif
    static constexpr auto flow() { return handlers(on(callback<"bank_([0-9]+)">, bank)); }
};

static_assert(verify<payment>);
