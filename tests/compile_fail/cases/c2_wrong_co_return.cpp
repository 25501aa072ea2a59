// A coroutine returns a place that its return type does not name.
// expect: [banter C2]
// expect: order::lost
// expect: order::choosing
#include <banter/flow.hpp>
#include <banter/flow/task.hpp>
using namespace banter;

struct order {
    struct choosing {};
    struct lost {};

#ifndef FIXED
    static task<choosing> start(context&) { co_return lost{}; }
#else
    static task<choosing> start(context&) { co_return choosing{}; }
#endif
    static end choose(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)));
    }
};

static_assert(verify<order>);
