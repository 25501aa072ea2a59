// The rules of one state stand together: two lists of them would be two states with one name.
// expect: [banter C16]
// expect: state_is_odd<order, order::choosing>
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {};

    static choosing start(context& ctx);
    static end choose(context& ctx, matched<text> dish);
    static end leave(context& ctx);

    static constexpr auto flow() {
#ifdef FIXED
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose), on(callback<"leave">, leave)));
#else
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)),
                            state<choosing>(on(callback<"leave">, leave)));
#endif
    }
};

static_assert(verify<order>);
