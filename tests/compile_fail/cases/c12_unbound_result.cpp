// The child may finish with a result that nobody takes.
// expect: [banter C12]
// expect: describe::stopped
// expect: family
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
                            state<choosing>(nest<describe>(
#ifdef FIXED
                                on_result<describe::stopped>(leave),
#endif
                                on_result<describe::person>(added)), on(callback<"done">, leave)));
    }
};

static_assert(verify<family>);
