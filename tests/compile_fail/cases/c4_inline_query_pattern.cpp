// A pattern on an inline query is a pattern as any other.
// expect: [banter C4]
// expect: wiki [a-
#include <banter/flow.hpp>
using namespace banter;

struct desk {
    static void asked(bot& api);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(inline_query_text<"wiki [a-">, asked));
#else
        return handlers(on(inline_query_text<"wiki [a-z]+">, asked));
#endif
    }
};

static_assert(verify<desk>);
