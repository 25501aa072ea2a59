// A command's name has at most 32 characters.
// expect: [banter C4]
// expect: pay_with_a_card_of_a_foreign_bank
#include <banter/flow.hpp>
using namespace banter;

struct shop {
    static void pay(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(!command<"pay_with_a_card_of_a_foreign_bank"> && text, pay));
#else
        return handlers(on(!command<"pay_with_a_card_of_another_bank"> && text, pay));
#endif
    }
};

static_assert(verify<shop>);
