// A fallback runs in every state: the data of one of them may not be there.
// expect: [banter C8]
// expect: order::cancel
// expect: order::choosing
#include <banter/flow.hpp>
#include <string>
using namespace banter;

struct order {
    struct choosing {
        std::string menu;
    };

    static choosing start(context& ctx);
    static end choose(context& ctx, choosing& here, matched<text> dish);
#ifndef FIXED
    static end cancel(context& ctx, const choosing& here);
#else
    static end cancel(context& ctx);
#endif

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text && !command<>, choose)),
                            fallbacks(on(command<"cancel">, cancel)));
    }
};

static_assert(verify<order>);
