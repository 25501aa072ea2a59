// The state is total; of the buttons of other messages some would go unanswered.
// expect: [banter C17]
// expect: quiz::asking
#include <banter/flow.hpp>
using namespace banter;

struct quiz {
    struct asking {};
    static asking start(context& ctx);
    static end answer(context& ctx);
    static void other(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"quiz">, start)),
                            state<asking>(on(callback<"[abc]">, answer), on(message, other),
#ifdef FIXED
                                          on(callback<>, other),
#endif
                                          total));
    }
};

static_assert(verify<quiz>);
