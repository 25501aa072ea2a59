// A text is no inline query: there is nothing to answer with results.
// expect: [banter C7]
// expect: shop::find
// expect: banter::inline_context&
#include <banter/flow.hpp>
using namespace banter;

struct shop {
    static void find(inline_context& ctx);
#ifndef FIXED
    static constexpr auto flow() { return handlers(on(text, find)); }
#else
    static constexpr auto flow() { return handlers(on(inline_query, find)); }
#endif
};

static_assert(verify<shop>);
