// A job leads nowhere: it stands in no conversation.
// expect: [banter C16]
// expect: job_returns_a_value
// expect: reminder
// expect: end
#include <banter/flow.hpp>
using namespace banter;

struct reminder {
#ifndef FIXED
    static end run(context& ctx);
#else
    static void run(context& ctx);
#endif
};

struct shop {
    static void start(context& ctx, jobs<reminder>& reminders);
    static constexpr auto flow() { return handlers(on(command<"start">, start)); }
};
static_assert(verify<shop>);
