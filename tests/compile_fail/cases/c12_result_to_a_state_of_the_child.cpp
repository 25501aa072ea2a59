// The result's handler leads on in the parent, which lacks the child's state.
// expect: [banter C12]
// expect: family::added
// expect: describe::asking
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
#ifdef FIXED
    static choosing added(describe::person who);
#else
    static describe::asking added(describe::person who);
#endif
    static end leave(context& ctx);

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"family">, start)),
            state<choosing>(nest<describe>(on_result<describe::person>(added),
                                           on_result<describe::stopped>(leave))));
    }
};

static_assert(verify<family>);
