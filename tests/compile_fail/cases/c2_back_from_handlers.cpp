// Plain handlers are in no state that they could come back from.
// expect: [banter C2]
// expect: help::undo
#include <banter/flow.hpp>
using namespace banter;

struct help {
    static void show(context& ctx);
#ifdef FIXED
    static void undo(context& ctx);
#else
    static back undo(context& ctx);
#endif

    static constexpr auto flow() {
        return handlers(on(command<"help">, show), on(command<"undo">, undo));
    }
};

static_assert(verify<help>);
