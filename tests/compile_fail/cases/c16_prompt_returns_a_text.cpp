// A prompt says what it has to say through its context.
// expect: [banter C16]
// expect: order::choosing
#include <banter/flow.hpp>

#include <string>
using namespace banter;

struct order {
    struct choosing {
#ifdef FIXED
        static void prompt(context& ctx);
#else
        static std::string prompt();
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
