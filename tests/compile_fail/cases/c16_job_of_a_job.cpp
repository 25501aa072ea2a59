// The handler's own job is sound; that one asks for jobs of another kind, and those cannot be run.
// expect: [banter C16]
// expect: job_has_no_run
// expect: warning
#include <banter/flow.hpp>
using namespace banter;

struct warning {
#ifdef FIXED
    static task<> run(context& ctx, bot& api);
#endif
};
struct reminder {
    static void run(context& ctx, const reminder& self, jobs<warning>& warnings,
                    jobs<reminder>& reminders);
};

struct shop {
    static void start(context& ctx, jobs<reminder>& reminders);
    static constexpr auto flow() { return handlers(on(command<"start">, start)); }
};
static_assert(verify<shop>);
