// An answer to a poll comes from no chat.
// expect: [banter C7]
// expect: votes::count
// expect: banter::context&
#include <banter/flow.hpp>
using namespace banter;

struct votes {
#ifndef FIXED
    static void count(context& ctx);
#else
    static void count(telegram::poll_answer answer);
#endif
    static constexpr auto flow() { return handlers(on(poll_answer, count)); }
};

static_assert(verify<votes>);
