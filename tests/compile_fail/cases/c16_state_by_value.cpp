// A state's data is taken by reference.
// expect: [banter C16]
// expect: order::choose
// expect: order::choosing
#include <banter/flow.hpp>
#include <string>
using namespace banter;

struct order {
    struct choosing {
        std::string menu;
    };

    static choosing start(context& ctx);
#ifndef FIXED
    static end choose(context& ctx, choosing here);
#else
    static end choose(context& ctx, choosing& here);
#endif

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)));
    }
};

static_assert(verify<order>);
