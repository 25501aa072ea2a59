// The checks alone: handlers are declared, and nothing of the network is needed.
#include <banter/flow.hpp>

using namespace banter;

struct survey {
    struct waiting_age {};

    static waiting_age start(context& ctx);
    static next<end, stay> age(context& ctx, matched<text> input);
    static end cancel(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<waiting_age>(on(text && !command<>, age)),
                            fallbacks(on(command<"cancel">, cancel)));
    }
};

static_assert(verify<survey>);

int main() {}
