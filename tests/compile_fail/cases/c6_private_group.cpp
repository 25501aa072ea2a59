// A chat is of one type.
// expect: [banter C6]
// expect: club::join
#include <banter/flow.hpp>
using namespace banter;

struct club {
    static void join(context& ctx);
    static constexpr auto flow() {
#ifndef FIXED
        return handlers(on(command<"join"> && private_chat && group_chats, join));
#else
        return handlers(on(command<"join"> && !private_chat && group_chats, join));
#endif
    }
};

static_assert(verify<club>);
