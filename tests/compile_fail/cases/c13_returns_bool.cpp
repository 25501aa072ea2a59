// A timeout's return type is no transition.
// expect: [banter C13]
// expect: order::expired
// expect: bool
#include <banter/flow.hpp>

#include <chrono>
using namespace banter;
using namespace std::chrono_literals;

struct order {
    struct choosing {};

    static choosing start(context& ctx);
    static end choose(context& ctx, matched<text> dish);
#ifdef FIXED
    static void expired(context& ctx);
#else
    static bool expired(context& ctx);
#endif
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose), after(30min, expired)));
    }
};

static_assert(verify<order>);
