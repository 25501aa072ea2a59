// What stands in a group is checked as well.
// expect: [banter C1]
// expect: payment::lost
#include <banter/flow.hpp>
using namespace banter;

struct payment {
    struct paying {};
    struct lost {};
    static paying start(context& ctx);
    static end pay(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"pay">, start)), state<paying>(on(text, pay))
#ifndef FIXED
                            , state<lost>(on(text, pay))
#endif
        );
    }
};
struct log_all {
    static void note(context& ctx);
    static constexpr auto flow() { return handlers(on(text, note)); }
};

static_assert(verify<group<payment>, log_all>);
