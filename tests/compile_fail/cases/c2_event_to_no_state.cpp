// An event leads to states of its own conversation.
// expect: [banter C2]
// expect: order::thank
#include <banter/flow.hpp>
using namespace banter;

struct paid {};
struct elsewhere {};

struct order {
    struct paying {};

    static paying start(context& ctx);
#ifdef FIXED
    static end thank(context& ctx, const paid& what);
#else
    static elsewhere thank(context& ctx, const paid& what);
#endif

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<paying>(on_event<paid>(thank)));
    }
};

static_assert(verify<order>);
