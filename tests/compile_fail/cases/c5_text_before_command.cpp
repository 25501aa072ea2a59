// A command is a text: behind a handler of all texts it never arrives.
// expect: [banter C5]
// expect: echo::help
// expect: echo::repeat
#include <banter/flow.hpp>
using namespace banter;

struct echo {
    static void repeat(context& ctx, matched<text> input);
    static void help(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(text, repeat), on(command<"help">, help));
#else
        return handlers(on(text && !command<"help">, repeat), on(command<"help">, help));
#endif
    }
};

static_assert(verify<echo>);
