// A callback pattern with a group that is never closed.
// expect: [banter C4]
// expect: pattern_fault::unclosed_group
// expect: bank_([0-9]+
#include <banter/flow.hpp>
using namespace banter;

struct banks {
    static void chosen(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(callback<"bank_([0-9]+">, chosen));
#else
        return handlers(on(callback<"bank_([0-9]+)">, chosen));
#endif
    }
};

static_assert(verify<banks>);
