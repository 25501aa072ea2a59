// Telegram does not say who changed the state of a poll.
// expect: [banter C7]
// expect: votes::changed
// expect: banter::user_data<counter>&
#include <banter/flow.hpp>
using namespace banter;

struct counter {
    int changes;
};

struct votes {
#ifndef FIXED
    static void changed(telegram::poll poll, user_data<counter>& count);
#else
    static void changed(telegram::poll poll, bot_data<counter>& count);
#endif
    static constexpr auto flow() { return handlers(on(poll_update, changed)); }
};

static_assert(verify<votes>);
