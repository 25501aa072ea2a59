// The keyboard is closed: no other button leads into the state, so the handler of one never runs.
// expect: [banter C11]
// expect: vote::maybe
#include <banter/flow.hpp>
using namespace banter;

struct vote {
    struct asking {
        static constexpr auto keyboard =
            closed(inline_keyboard(row(button<"yes">("Yes"), button<"no">("No")
#ifdef FIXED
                                       , button<"maybe">("Perhaps")
#endif
                                       )));
    };
    static asking start(context& ctx);
    static end yes(context& ctx);
    static end no(context& ctx);
    static end maybe(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"vote">, start)),
                            state<asking>(on(callback<"yes">, yes), on(callback<"no">, no),
                                          on(callback<"maybe">, maybe)));
    }
};

static_assert(verify<vote>);
