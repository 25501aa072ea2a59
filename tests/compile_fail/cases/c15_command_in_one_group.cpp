// Two groups may take one command; two structs of one group cannot.
// expect: [banter C15]
// expect: second
// expect: start
#include <banter/flow.hpp>
using namespace banter;

struct first {
    static void start(context& ctx);
    static constexpr auto flow() { return handlers(on(command<"start">, start)); }
};
struct second {
    static void start(context& ctx);
    static constexpr auto flow() { return handlers(on(command<"start">, start)); }
};
struct log_all {
    static void note(context& ctx);
    static constexpr auto flow() { return handlers(on(text, note)); }
};

#ifndef FIXED
static_assert(verify<group<log_all>, group<first, second>>);
#else
static_assert(verify<group<log_all>, group<first>, group<second>>);
#endif
