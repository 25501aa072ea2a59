// An event is sent to a conversation; handlers get those that are posted.
// expect: [banter C16]
// expect: till
// expect: paid
#include <banter/flow.hpp>
using namespace banter;

struct paid {};

struct till {
    static void thank(bot& api, paid what);
    static constexpr auto flow() { return handlers(on_event<paid>(thank)); }
};

#ifdef FIXED
void tell(posts<paid>& payments) { payments.post(paid{}); }
#else
void tell(conversations<till>& tills) { tills.send_event({1, 2}, paid{}); }
#endif
