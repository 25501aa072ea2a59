// A job's run asks for a service that the bot does not provide.
// expect: [banter C9]
// expect: reminder::run
// expect: database
#include <banter/flow.hpp>
using namespace banter;

struct database {};
struct reminder {
    static void run(context& ctx, const reminder& self, const job_info& info, database& data);
};

struct shop {
    static void start(context& ctx, jobs<reminder>& reminders);
    static constexpr auto flow() { return handlers(on(command<"start">, start)); }
};

#ifndef FIXED
static_assert(verify<shop, services<>>);
#else
static_assert(verify<shop, services<database>>);
#endif
