// A conversation's error handler may speak to the chat, and has no update to take a text from.
// expect: [banter C16]
// expect: payment::report
#include <banter/flow.hpp>
using namespace banter;

struct payment {
    struct paying {};
    static paying start(context& ctx);
    static end pay(context& ctx);
#ifndef FIXED
    static end report(context& ctx, matched<text> said);
#else
    static end report(context& ctx, const failure& what);
#endif
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"pay">, start)), state<paying>(on(text, pay)),
                            on_error(report));
    }
};

static_assert(verify<payment>);
