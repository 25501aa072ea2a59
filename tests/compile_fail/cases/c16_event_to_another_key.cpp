// An event is sent to a key, with all of its parts.
// expect: [banter C16]
// expect: order
// expect: paid
#include <banter/flow.hpp>
using namespace banter;

struct paid {};

struct order {
    struct paying {};

    static paying start(context& ctx);
    static end thank(context& ctx, paid what);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<paying>(on_event<paid>(thank)));
    }
};

void tell(conversations<order>& orders) {
#ifdef FIXED
    orders.send_event({1, 2}, paid{});
#else
    orders.send_event({1}, paid{});
#endif
}
