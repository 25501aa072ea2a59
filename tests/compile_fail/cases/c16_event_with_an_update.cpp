// An event's handler gets the event; there is no update.
// expect: [banter C16]
// expect: order::thank
#include <banter/flow.hpp>
using namespace banter;

struct paid {};

struct order {
    struct paying {};

    static paying start(context& ctx);
#ifdef FIXED
    static end thank(context& ctx, paid what);
#else
    static end thank(context& ctx, matched<text> what);
#endif

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<paying>(on_event<paid>(thank)));
    }
};

static_assert(verify<order>);
