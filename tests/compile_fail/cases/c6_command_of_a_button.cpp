// A pressed button is no message, so it is no command.
// expect: [banter C6]
// expect: panel::go
#include <banter/flow.hpp>
using namespace banter;

struct panel {
    static void go(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(command<"go"> && callback<"go">, go));
#else
        return handlers(on(command<"go"> || callback<"go">, go));
#endif
    }
};

static_assert(verify<panel>);
