// Typed callback data travels as text: a pointer in it would mean nothing when it comes back.
// expect: [banter C4]
// expect: choice
#include <banter/flow.hpp>
using namespace banter;

struct choice {
    int bank;
#ifndef FIXED
    const char* name;
#else
    int branch;
#endif
};

struct banks {
    static void chosen(context& ctx, matched<data<choice>> button);
    static constexpr auto flow() { return handlers(on(data<choice>, chosen)); }
};

static_assert(verify<banks>);
