// Nothing is a std::string by itself: matched<text> is the text.
// expect: [banter C16]
// expect: echo::repeat
// expect: std::
#include <banter/flow.hpp>
#include <string>
using namespace banter;

struct echo {
#ifndef FIXED
    static void repeat(context& ctx, std::string input);
#else
    static void repeat(context& ctx, matched<text> input);
#endif
    static constexpr auto flow() { return handlers(on(text, repeat)); }
};

static_assert(verify<echo>);
