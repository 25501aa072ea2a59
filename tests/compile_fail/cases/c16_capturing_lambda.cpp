// A flow is a constant: a lambda in it cannot keep anything of its own.
// expect: [banter C16]
// expect: counter
#include <banter/flow.hpp>
using namespace banter;

struct counter {
    static constexpr auto flow() {
        const int limit = 3;
#ifndef FIXED
        return handlers(on(text, [limit](context& ctx) { ctx.reply(limit > 2 ? "Many" : "Few"); }));
#else
        return handlers(on(text, [](context& ctx) { ctx.reply(limit > 2 ? "Many" : "Few"); }));
#endif
    }
};

static_assert(verify<counter>);
