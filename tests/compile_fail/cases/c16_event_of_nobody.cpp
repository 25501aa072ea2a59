// An event goes to a conversation that has a rule for it.
// expect: [banter C16]
// expect: order
// expect: refunded
#include <banter/flow.hpp>
using namespace banter;

struct paid {};
struct refunded {};

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
    orders.send_event({1, 2}, refunded{});
#endif
}
