// What the child's own on_result handler finishes with counts as well.
// expect: [banter C12]
// expect: middle::failed
// expect: outer
#include <banter/flow.hpp>
using namespace banter;

struct inner {
    struct done {};
    struct asking {};
    static asking start(context& ctx);
    static finish<done> answer(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"inner">, start)),
                            state<asking>(on(text, answer)));
    }
};

struct middle {
    struct failed {};
    struct waiting {};
    static waiting start(context& ctx);
    static next<stay, finish<failed>> judge(inner::done result);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"middle">, start)),
                            state<waiting>(nest<inner>(on_result<inner::done>(judge))));
    }
};

struct outer {
    struct idle {};
    static idle start(context& ctx);
    static end failed(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"outer">, start)),
#ifdef FIXED
                            state<idle>(nest<middle>(on_result<middle::failed>(failed)))
#else
                            state<idle>(nest<middle>(), on(text, failed))
#endif
        );
    }
};

static_assert(verify<outer>);
