// Middleware takes a handler_call, which has the context; in another shape it would never be called.
// expect: [banter C16]
// expect: gate
#include <banter/flow.hpp>
using namespace banter;

struct gate {
#ifdef FIXED
    bool before_handler(const handler_call& call);
#else
    bool before_handler(context& ctx);
#endif
};

struct echo {
    static void repeat(context& ctx, matched<text> said);
    static constexpr auto flow() { return handlers(on(text, repeat)); }
};

static_assert(verify<echo, services<gate>>);
