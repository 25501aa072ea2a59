// Of two handlers for one event in a list, the second never runs.
// expect: [banter C5]
// expect: shop::again
#include <banter/flow.hpp>
using namespace banter;

struct paid {};
struct refunded {};

struct shop {
    static void thank(bot& api, const paid& what);
#ifdef FIXED
    static void again(bot& api, const refunded& what);
    static constexpr auto flow() {
        return handlers(on_event<paid>(thank), on_event<refunded>(again));
    }
#else
    static void again(bot& api, const paid& what);
    static constexpr auto flow() { return handlers(on_event<paid>(thank), on_event<paid>(again)); }
#endif
};

static_assert(verify<shop>);
