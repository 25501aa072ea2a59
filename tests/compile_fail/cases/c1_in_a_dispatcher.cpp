// The checks are made where a flow is used, not only in static_assert.
// expect: [banter C1]
// expect: survey::orphan
#include <banter/flow/dispatcher.hpp>

using namespace banter;

struct survey {
    struct asking {};
    struct orphan {};

    static asking start(context& ctx) {
        ctx.reply("Ready?");
        return {};
    }
#ifdef FIXED
    static next<orphan, end> answer(matched<text>) { return end{}; }
#else
    static end answer(matched<text>) { return {}; }
#endif
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<asking>(on(text, answer)), state<orphan>(on(text, answer)));
    }
};

void use(bot& api) {
    dispatcher<survey> work(api, services<>{});
    (void)work.in_conversation<survey>(1, 2);
}
