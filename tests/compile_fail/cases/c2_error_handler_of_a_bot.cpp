// Where no conversation is, an error handler leads nowhere.
// expect: [banter C2]
// expect: echo::report
// expect: again
#include <banter/flow.hpp>
using namespace banter;

struct echo {
    struct again {};
    static void repeat(context& ctx, matched<text> input);
#ifndef FIXED
    static again report(const failure& what);
#else
    static void report(const failure& what);
#endif
    static constexpr auto flow() { return handlers(on(text, repeat), on_error(report)); }
};

static_assert(verify<echo>);
