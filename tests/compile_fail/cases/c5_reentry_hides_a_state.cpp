// Under allow_reentry entry points are tried before a state: one that takes all texts hides the
// handlers of its state.
// expect: [banter C5]
// expect: survey::answer
// expect: survey::start
#include <banter/flow.hpp>
using namespace banter;

struct survey {
    struct asking {};
    static asking start(context& ctx);
    static end answer(context& ctx, matched<text> said);
    static constexpr auto flow() {
        return conversation(entry_points(on(text, start)), state<asking>(on(text && !command<>, answer)),
                            fallbacks(on(photo, answer_photo))
#ifndef FIXED
                            , allow_reentry
#endif
        );
    }
    static end answer_photo(context& ctx);
};

static_assert(verify<survey>);
