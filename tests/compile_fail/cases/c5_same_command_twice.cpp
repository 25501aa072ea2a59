// The same command twice in one list: the second handler never runs.
// expect: [banter C5]
// expect: menu::help
// expect: menu::start
#include <banter/flow.hpp>
using namespace banter;

struct menu {
    static void start(context& ctx);
    static void help(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(command<"start">, start), on(command<"start">, help));
#else
        return handlers(on(command<"start">, start), on(command<"help">, help));
#endif
    }
};

static_assert(verify<menu>);
