// A named conversation without a name.
// expect: [banter C15]
// expect: survey
#include <banter/flow.hpp>
using namespace banter;
#ifdef FIXED
inline constexpr auto named = persistent<"survey">;
#else
inline constexpr auto named = persistent<"">;
#endif

struct survey {
    struct asking {};
    static asking start(context& ctx);
    static end answer(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<asking>(on(text, answer)), named);
    }
};

static_assert(verify<survey>);
