// A job is run: it needs a static function `run`, and its name alone is not enough.
// expect: [banter C16]
// expect: job_has_no_run
// expect: reminder
// reject: conversation_flow
#include <banter/flow.hpp>
using namespace banter;

struct reminder {
    std::string text;
#ifndef FIXED
    void run(context& ctx);
#else
    static void run(context& ctx, const reminder& self);
#endif
};

struct shop {
    static void start(context& ctx, jobs<reminder>& reminders);
    static constexpr auto flow() { return handlers(on(command<"start">, start)); }
};
static_assert(verify<shop>);
