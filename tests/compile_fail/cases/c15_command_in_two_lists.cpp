// Both structs want /start, and the first takes it from everybody.
// expect: [banter C15]
// expect: survey
// expect: help::welcome
// expect: start
#include <banter/flow.hpp>
using namespace banter;

struct survey {
    struct asking {};
    static asking start(context& ctx);
    static end answer(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<asking>(on(text, answer)));
    }
};

struct help {
    static void welcome(context& ctx);
    static constexpr auto flow() {
#ifdef FIXED
        return handlers(on(command<"help">, welcome));
#else
        return handlers(on(command<"help">, welcome), on(command<"start"> && private_chat, welcome));
#endif
    }
};

static_assert(verify<survey, help>);
