// A state is entered for other reasons than an update too: a timeout, a result.
// expect: [banter C16]
// expect: order::choosing
// expect: content_kind::text
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {
#ifdef FIXED
        static void prompt(context& ctx);
#else
        static void prompt(context& ctx, matched<text> dish);
#endif
    };

    static choosing start(context& ctx);
    static end choose(context& ctx, matched<text> dish);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)));
    }
};

static_assert(verify<order>);
