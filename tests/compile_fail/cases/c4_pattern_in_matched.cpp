// The mistake is in the handler's parameter, not in the filter.
// expect: [banter C4]
// expect: pattern_fault::unclosed_group
// expect: bank_([0-9]+
#include <banter/flow.hpp>
using namespace banter;

struct banks {
#ifndef FIXED
    static void chosen(context& ctx, matched<callback<"bank_([0-9]+">> bank);
#else
    static void chosen(context& ctx, matched<callback<"bank_([0-9]+)">> bank);
#endif
    static constexpr auto flow() { return handlers(on(callback<"bank_([0-9]+)">, chosen)); }
};

static_assert(verify<banks>);
