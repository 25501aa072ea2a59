// What a prompt asks for is read off its parameters, which a template does not have.
// expect: [banter C16]
// expect: order::choosing
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {
#ifdef FIXED
        static void prompt(context& ctx);
#else
        static void prompt(auto& ctx);
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
