// A text is no handler.
// expect: [banter C16]
// expect: echo
// expect: const char*
#include <banter/flow.hpp>
using namespace banter;

struct echo {
    static void repeat(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(text, "repeat"));
#else
        return handlers(on(text, repeat));
#endif
    }
};

static_assert(verify<echo>);
