// An inline query has a user, and no chat.
// expect: [banter C7]
// expect: finder::find
// expect: banter::chat_data<counter>&
#include <banter/flow.hpp>
using namespace banter;

struct counter {
    int queries;
};

struct finder {
#ifndef FIXED
    static void find(telegram::inline_query query, chat_data<counter>& count);
#else
    static void find(telegram::inline_query query, user_data<counter>& count);
#endif
    static constexpr auto flow() { return handlers(on(inline_query, find)); }
};

static_assert(verify<finder>);
