// Whether an update was taken is decided by the filter, not by what the handler returns.
// expect: [banter C16]
// expect: greeter::greet
// expect: bool
#include <banter/flow.hpp>
using namespace banter;

struct greeter {
#ifndef FIXED
    static task<bool> greet(context& ctx, bot& api);
#else
    static task<> greet(context& ctx, bot& api);
#endif
    static constexpr auto flow() { return handlers(on(text, greet)); }
};

static_assert(verify<greeter>);
