// The context is taken by reference.
// expect: [banter C16]
// expect: echo::repeat
// expect: banter::context
#include <banter/flow.hpp>
using namespace banter;

struct echo {
#ifndef FIXED
    static void repeat(context ctx);
#else
    static void repeat(context& ctx);
#endif
    static constexpr auto flow() { return handlers(on(text, repeat)); }
};

static_assert(verify<echo>);
