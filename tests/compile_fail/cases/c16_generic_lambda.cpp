// A generic lambda does not say what it needs.
// expect: [banter C16]
// expect: echo
#include <banter/flow.hpp>
using namespace banter;

struct echo {
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(text, [](auto& ctx) { ctx.reply("Yes?"); }));
#else
        return handlers(on(text, [](context& ctx) { ctx.reply("Yes?"); }));
#endif
    }
};

static_assert(verify<echo>);
