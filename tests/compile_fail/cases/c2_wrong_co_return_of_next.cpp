// A coroutine with several targets returns another one.
// expect: [banter C2]
// expect: order::paying
#include <banter/flow.hpp>
#include <banter/flow/task.hpp>
using namespace banter;

struct order {
    struct choosing {};
    struct paying {};

    static choosing start(context& ctx);
#ifndef FIXED
    static task<next<choosing, end>> choose(context&) { co_return paying{}; }
#else
    static task<next<choosing, end>> choose(context&) { co_return choosing{}; }
#endif

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<choosing>(on(text, choose)));
    }
};

static_assert(verify<order>);
