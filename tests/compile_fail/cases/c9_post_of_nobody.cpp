// What a handler posts is taken somewhere in the bot.
// expect: [banter C9]
// expect: paid
// expect: till
#include <banter/flow.hpp>
#include <banter/flow/dispatcher.hpp>
using namespace banter;

struct paid {};

struct till {
    static void pay(posts<paid>& payments) { payments.post(paid{}); }
    static constexpr auto flow() { return handlers(on(command<"pay">, pay)); }
};
struct shop {
    static void thank(bot&, const paid&) {}
    static constexpr auto flow() { return handlers(on_event<paid>(thank)); }
};

#ifdef FIXED
void use(dispatcher<till, shop>& work) { (void)work.in_flight(); }
#else
void use(dispatcher<till>& work) { (void)work.in_flight(); }
#endif
