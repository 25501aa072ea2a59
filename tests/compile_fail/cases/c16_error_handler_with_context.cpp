// An error need not come from an update.
// expect: [banter C16]
// expect: echo::report
// expect: banter::context&
#include <banter/flow.hpp>
using namespace banter;

struct echo {
    static void repeat(context& ctx, matched<text> input);
#ifndef FIXED
    static void report(const failure& what, context& ctx);
#else
    static void report(const failure& what);
#endif
    static constexpr auto flow() { return handlers(on(text, repeat), on_error(report)); }
};

static_assert(verify<echo>);
