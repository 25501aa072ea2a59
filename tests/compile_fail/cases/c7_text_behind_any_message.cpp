// A message need not be a text.
// expect: [banter C7]
// expect: echo::repeat
// expect: banter::update_kind::message
#include <banter/flow.hpp>
using namespace banter;

struct echo {
    static void repeat(context& ctx, matched<text> input);
#ifndef FIXED
    static constexpr auto flow() { return handlers(on(message, repeat)); }
#else
    static constexpr auto flow() { return handlers(on(message && text, repeat)); }
#endif
};

static_assert(verify<echo>);
