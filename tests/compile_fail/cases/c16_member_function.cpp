// A handler is a static function: there is no object whose member could be called.
// expect: [banter C16]
// expect: echo
#include <banter/flow.hpp>
using namespace banter;

struct echo {
#ifndef FIXED
    void repeat(context& ctx);
#else
    static void repeat(context& ctx);
#endif
    static constexpr auto flow() { return handlers(on(text, &echo::repeat)); }
};

static_assert(verify<echo>);
