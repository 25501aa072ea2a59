// Two states that lead to each other only. A fallback that stays is no way out.
// expect: [banter C3]
// expect: quiz::asking
#include <banter/flow.hpp>
using namespace banter;

struct quiz {
    struct asking {};
    struct judging {};

    static asking start(context& ctx);
    static next<judging, stay> answer(context& ctx, matched<text> words);
    static asking right_or_wrong(context& ctx);
#ifdef FIXED
    static next<stay, end> help(context& ctx);
#else
    static stay help(context& ctx);
#endif
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"quiz">, start)), state<asking>(on(text, answer)),
                            state<judging>(on(callback<>, right_or_wrong)),
                            fallbacks(on(command<"help">, help)));
    }
};

static_assert(verify<quiz>);
