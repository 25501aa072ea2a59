// An on_result handler has the result, and no update.
// expect: [banter C16]
// expect: family::added
// expect: banter::telegram::message
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
    struct choosing {
        int members;
    };

    static choosing start(context& ctx);
#ifdef FIXED
    static void added(const describe::person& who, choosing& here, context& ctx, bot& api);
#else
    static void added(const describe::person& who, choosing& here, telegram::message last);
#endif
    static end leave(describe::stopped&& why);

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"family">, start)),
            state<choosing>(nest<describe>(on_result<describe::person>(added),
                                           on_result<describe::stopped>(leave))));
    }
};

static_assert(verify<family>);
