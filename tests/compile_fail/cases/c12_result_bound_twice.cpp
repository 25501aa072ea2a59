// Two handlers for one result: the second would never run.
// expect: [banter C12]
// expect: describe::person
#include <banter/flow.hpp>
using namespace banter;

struct describe {
    struct person {};
    struct stopped {};
    struct asking {};

    static asking start(context& ctx);
    static next<finish<person>, finish<stopped>> answer(context& ctx, matched<text> words);

    static constexpr auto flow() {
        return conversation(entry_points(on(callback<"describe">, start)),
                            state<asking>(on(text, answer)));
    }
};

struct family {
    struct choosing {};

    static choosing start(context& ctx);
    static void added(describe::person who);
    static end leave(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"family">, start)),
                            state<choosing>(nest<describe>(on_result<describe::person>(added),
#ifndef FIXED
                                                           on_result<describe::person>(leave),
#endif
                                                           on_result<describe::stopped>(leave))));
    }
};

static_assert(verify<family>);
