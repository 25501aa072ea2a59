// An error handler of the whole conversation has no state's data; one in the state's list has.
// expect: [banter C8]
// expect: payment::paying
#include <banter/flow.hpp>
using namespace banter;

struct payment {
    struct paying {};
    static paying start(context& ctx);
    static end pay(context& ctx);
    static end report(context& ctx, const paying& here);
    static constexpr auto flow() {
#ifndef FIXED
        return conversation(entry_points(on(command<"pay">, start)), state<paying>(on(text, pay)),
                            on_error(report));
#else
        return conversation(entry_points(on(command<"pay">, start)),
                            state<paying>(on(text, pay), on_error(report)));
#endif
    }
};

static_assert(verify<payment>);
