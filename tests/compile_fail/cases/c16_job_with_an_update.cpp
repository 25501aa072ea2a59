// There is no update when a job runs, and so no text that could be matched.
// expect: [banter C16]
// expect: parameter_of_job_cannot_be_supplied
// expect: reminder
// reject: conversation_flow
#include <banter/flow.hpp>
using namespace banter;

struct reminder {
    std::string words;
#ifndef FIXED
    static void run(context& ctx, const reminder& self, matched<text> said);
#else
    static void run(context& ctx, const reminder& self, const job_info& info);
#endif
};

struct shop {
    struct waiting {};
    static waiting start(context& ctx);
    static end late(jobs<reminder>& reminders);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<waiting>(after(std::chrono::minutes(5), late)));
    }
};
static_assert(verify<shop>);
