// A struct without flow() is no bot.
// expect: [banter C16]
// expect: echo
#include <banter/flow.hpp>
using namespace banter;

struct echo {
    static void repeat(context& ctx, matched<text> input);
#ifdef FIXED
    static constexpr auto flow() { return handlers(on(text, repeat)); }
#endif
};

static_assert(verify<echo>);
