// Globals are tried before the state: its handler of the same command never runs.
// expect: [banter C5]
// expect: guide::more
// expect: guide::help
#include <banter/flow.hpp>
using namespace banter;

struct guide {
    struct reading {};
    static reading start(context& ctx);
    static void help(context& ctx);
    static end more(context& ctx);
    static constexpr auto flow() {
        return conversation(globals(on(command<"help">, help)), entry_points(on(command<"guide">, start)),
#ifndef FIXED
                            state<reading>(on(command<"help">, more)),
#else
                            state<reading>(on(command<"more">, more)),
#endif
                            fallbacks(on(command<"quit">, more)));
    }
};

static_assert(verify<guide>);
