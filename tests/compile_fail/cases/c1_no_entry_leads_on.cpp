// The entry point ends at once, so that no state is ever entered; the fallback runs in states only.
// expect: [banter C1]
// expect: survey::asking
#include <banter/flow.hpp>
using namespace banter;

struct survey {
    struct asking {};

#ifndef FIXED
    static stay start(context& ctx);
#else
    static asking start(context& ctx);
#endif
    static end answer(context& ctx);
    static asking again(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<asking>(on(text && !command<>, answer)),
                            fallbacks(on(command<"again">, again)));
    }
};

static_assert(verify<survey>);
