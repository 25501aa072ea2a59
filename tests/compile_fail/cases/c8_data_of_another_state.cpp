// The handler of one state asks for the data of another.
// expect: [banter C8]
// expect: order::pay
// expect: order::choosing
#include <banter/flow.hpp>
#include <string>
using namespace banter;

struct order {
    struct choosing {
        std::string menu;
    };
    struct paying {
        std::string dish;
    };

    static choosing start(context& ctx);
    static paying choose(context& ctx, choosing& here, matched<text> dish);
#ifndef FIXED
    static end pay(context& ctx, choosing& here, matched<text> amount);
#else
    static end pay(context& ctx, paying& here, matched<text> amount);
#endif

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)), state<paying>(on(text, pay)));
    }
};

static_assert(verify<order>);
