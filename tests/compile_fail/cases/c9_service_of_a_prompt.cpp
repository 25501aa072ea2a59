// Prompts are handed services as handlers are.
// expect: [banter C9]
// expect: menu_card
#include <banter/flow.hpp>
using namespace banter;

struct menu_card {};

struct order {
    struct choosing {
        static void prompt(context& ctx, const menu_card& dishes);
    };

    static choosing start(context& ctx);
    static end choose(context& ctx, matched<text> dish);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)));
    }
};

#ifdef FIXED
static_assert(verify<order, services<menu_card>>);
#else
static_assert(verify<order, services<>>);
#endif
