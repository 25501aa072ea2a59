// A text pattern with a repeat of nothing, deep inside a filter.
// expect: [banter C4]
// expect: pattern_fault::nothing_to_repeat
// expect: *hello
#include <banter/flow.hpp>
using namespace banter;

struct greeter {
    static void greet(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(private_chat && !command<> && (photo || regex<"*hello">), greet));
#else
        return handlers(on(private_chat && !command<> && (photo || regex<"hello">), greet));
#endif
    }
};

static_assert(verify<greeter>);
