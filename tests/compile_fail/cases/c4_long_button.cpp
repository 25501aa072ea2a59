// Callback data has at most 64 bytes.
// expect: [banter C4]
// expect: the first and the last and everything that stands between them
#include <banter/flow.hpp>
using namespace banter;

struct lists {
    struct showing {
        static constexpr auto keyboard = inline_keyboard(row(
#ifndef FIXED
            button<"the first and the last and everything that stands between them all">("All")
#else
            button<"the first and the last and everything that stands between them">("All")
#endif
                ));
    };

    static showing show(context& ctx);
    static end all(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"show">, show)),
                            state<showing>(on(callback<>, all)));
    }
};

static_assert(verify<lists>);
