// An entry point runs where there is no state yet.
// expect: [banter C8]
// expect: order::start
// expect: order::choosing
#include <banter/flow.hpp>
#include <string>
using namespace banter;

struct order {
    struct choosing {
        std::string menu;
    };

#ifndef FIXED
    static choosing start(context& ctx, choosing& here);
#else
    static choosing start(context& ctx);
#endif
    static end choose(context& ctx, choosing& here, matched<text> dish);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)));
    }
};

static_assert(verify<order>);
