// The state is total, and a photo would go unanswered.
// expect: [banter C17]
// expect: helpdesk::open
#include <banter/flow.hpp>
using namespace banter;

struct helpdesk {
    struct open {};
    static open start(context& ctx);
    static end answer(context& ctx);
    static void other(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"ask">, start)), state<open>(on(text, answer)),
#ifndef FIXED
                            fallbacks(on((message && !text && !photo) || callback<>, other)),
#else
                            fallbacks(on((message && !text) || callback<>, other)),
#endif
                            total);
    }
};

static_assert(verify<helpdesk>);
