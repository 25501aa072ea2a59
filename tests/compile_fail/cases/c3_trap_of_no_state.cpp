// trap<...> names a struct that is no state.
// expect: [banter C3]
// expect: archive::open
#include <banter/flow.hpp>
using namespace banter;

struct archive {
    struct closed_for_ever {};
    struct open {};

    static closed_for_ever start(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"close">, start)), state<closed_for_ever>(),
#ifdef FIXED
                            trap<closed_for_ever>
#else
                            trap<closed_for_ever, open>
#endif
        );
    }
};

static_assert(verify<archive>);
