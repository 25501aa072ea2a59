// An inline query comes from no chat.
// expect: [banter C7]
// expect: finder::find
// expect: banter::context&
// expect: update_kind::inline_query
#include <banter/flow.hpp>
using namespace banter;

struct finder {
#ifndef FIXED
    static task<> find(context& ctx, bot& api);
#else
    static task<> find(telegram::inline_query query, bot& api);
#endif
    static constexpr auto flow() { return handlers(on(inline_query, find)); }
};

static_assert(verify<finder>);
