// A handler that takes what a filter found cannot be a timeout's.
// expect: [banter C13]
// expect: order::choose
#include <banter/flow.hpp>

#include <chrono>
using namespace banter;
using namespace std::chrono_literals;

struct order {
    struct choosing {};

    static choosing start(context& ctx);
    static end choose(context& ctx, matched<text> dish);
    static end expired(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
#ifdef FIXED
                            state<choosing>(on(text, choose), after(30min, expired)));
#else
                            state<choosing>(on(text, choose), after(30min, choose)));
#endif
    }
};

static_assert(verify<order>);
