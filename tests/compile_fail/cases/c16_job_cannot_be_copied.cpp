// A run works on a copy of the job's data: a failure must not leave it half changed.
// expect: [banter C16]
// expect: job_cannot_be_copied
// expect: reminder
#include <banter/flow.hpp>
using namespace banter;

struct reminder {
#ifndef FIXED
    std::unique_ptr<std::string> text;
#else
    std::string text;
#endif
    static void run(context& ctx, const reminder& self);
};

struct shop {
    static void start(context& ctx, jobs<reminder>& reminders);
    static constexpr auto flow() { return handlers(on(command<"start">, start)); }
};
static_assert(verify<shop>);
