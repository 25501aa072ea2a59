// The keyboard of a state offers a button that nothing takes in that state, though another
// state would.
// expect: [banter C11]
// expect: checkout::choosing
// expect: wallet_DOGE
#include <banter/flow.hpp>
using namespace banter;

struct checkout {
    struct choosing {
        static constexpr auto keyboard =
            inline_keyboard(row(button<"bank_1">("First bank"), button<"wallet_DOGE">("Dogecoin")));
    };
    struct paying {};
    static choosing start(context& ctx);
    static paying bank(context& ctx);
    static end dog(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"pay">, start)),
                            state<choosing>(on(callback<"bank_([0-9]+)">, bank)
#ifdef FIXED
                                            , on(callback<"wallet_([A-Z]+)">, dog)
#endif
                                            ),
                            state<paying>(on(callback<"wallet_DOGE">, dog)));
    }
};

static_assert(verify<checkout>);
