// A poll's state belongs to no chat and to no user, and the conversation is one for each of both.
// expect: [banter C10]
// expect: vote::counted
// expect: poll
// expect: banter::key::chat
#include <banter/flow.hpp>
using namespace banter;

struct vote {
    struct open {};

    static open start(context& ctx);
    static end counted(telegram::poll result);
    static end close(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"vote">, start)),
#ifdef FIXED
                            state<open>(on(poll_message, close)));
#else
                            state<open>(on(poll_update, counted), on(text, close)));
#endif
    }
};

static_assert(verify<vote>);
