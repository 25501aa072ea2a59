// Events go to structs of the same bot.
// expect: [banter C9]
// expect: order
#include <banter/flow.hpp>
#include <banter/flow/dispatcher.hpp>
using namespace banter;

struct paid {};

struct order {
    struct paying {};

    static paying start(context&) { return {}; }
    static end thank(context&, paid) { return {}; }

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<paying>(on_event<paid>(thank)));
    }
};
struct till {
    static void pay(context& ctx, conversations<order>& orders) {
        orders.send_event({ctx.chat_id(), ctx.user_id()}, paid{});
    }
    static constexpr auto flow() { return handlers(on(command<"pay">, pay)); }
};

#ifdef FIXED
void use(dispatcher<till, order>& work) { (void)work.in_flight(); }
#else
void use(dispatcher<till>& work) { (void)work.in_flight(); }
#endif
