// One rule of a list takes an event; a second one is never asked.
// expect: [banter C5]
// expect: order::thank_again
// expect: order::thank
#include <banter/flow.hpp>
using namespace banter;

struct paid {};

struct order {
    struct paying {};

    static paying start(context& ctx);
    static end thank(context& ctx, paid what);
    static end thank_again(context& ctx, paid what);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
#ifdef FIXED
                            state<paying>(on_event<paid>(thank)));
#else
                            state<paying>(on_event<paid>(thank), on_event<paid>(thank_again)));
#endif
    }
};

static_assert(verify<order>);
