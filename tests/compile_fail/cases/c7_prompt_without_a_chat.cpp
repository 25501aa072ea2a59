// Where the key has no chat, a state may be entered without one.
// expect: [banter C7]
// expect: quiz::ask
// expect: quiz::playing
#include <banter/flow.hpp>
using namespace banter;

struct quiz {
    struct playing {
#ifdef FIXED
        static void prompt(bot& api);
#else
        static void prompt(context& ctx);
#endif
    };

    static playing ask(telegram::poll_answer answer);
    static end stop(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(poll_answer, ask)),
                            state<playing>(on(command<"stop">, stop)), keyed_by<key::user>);
    }
};

static_assert(verify<quiz>);
