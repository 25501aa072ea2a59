// Handlers without a conversation have no states to go to.
// expect: [banter C2]
// expect: help::show
// expect: help::showing
#include <banter/flow.hpp>
using namespace banter;

struct help {
    struct showing {};

#ifndef FIXED
    static showing show(context& ctx);
#else
    static void show(context& ctx);
#endif

    static constexpr auto flow() { return handlers(on(command<"help">, show)); }
};

static_assert(verify<help>);
