// A failure is no way out that is meant.
// expect: [banter C3]
// expect: payment::paying
#include <banter/flow.hpp>
using namespace banter;

struct payment {
    struct paying {};
    static paying start(context& ctx);
#ifndef FIXED
    static stay pay(context& ctx);
#else
    static next<end, stay> pay(context& ctx);
#endif
    static end report(context& ctx, const failure& what);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"pay">, start)), state<paying>(on(text, pay)),
                            on_error(report));
    }
};

static_assert(verify<payment>);
