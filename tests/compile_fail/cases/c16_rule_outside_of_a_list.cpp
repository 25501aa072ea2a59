// A rule right in conversation(...): it would belong to no list.
// expect: [banter C16]
// expect: order
// expect: part_number<3>
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {};

    static choosing start(context& ctx);
    static end choose(context& ctx, matched<text> dish);
    static end cancel(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text && !command<>, choose)),
#ifdef FIXED
                            fallbacks(on(command<"cancel">, cancel)));
#else
                            on(command<"cancel">, cancel));
#endif
    }
};

static_assert(verify<order>);
