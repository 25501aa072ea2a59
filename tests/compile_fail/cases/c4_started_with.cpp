// Telegram sends no such parameter behind /start: a deep link takes A-Z, a-z, 0-9, _ and -.
// expect: [banter C4]
// expect: invited by anna
#include <banter/flow.hpp>
using namespace banter;

struct desk {
    static void invited(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(started_with<"invited by anna">, invited));
#else
        return handlers(on(started_with<"invited_by_anna">, invited));
#endif
    }
};

static_assert(verify<desk>);
