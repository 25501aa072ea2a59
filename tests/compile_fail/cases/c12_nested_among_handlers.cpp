// Handlers have no state that the child could live in.
// expect: [banter C12]
// expect: describe
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
        constexpr auto child = nest<describe>(on_result<describe::person>(added),
                                              on_result<describe::stopped>(leave));
#ifdef FIXED
        return conversation(entry_points(on(command<"family">, start)),
                            state<choosing>(on(callback<"done">, leave)), fallbacks(child));
#else
        return handlers(on(callback<"done">, leave), child);
#endif
    }
};

static_assert(verify<family>);
