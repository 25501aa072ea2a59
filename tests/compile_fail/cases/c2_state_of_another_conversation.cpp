// A handler leads into another conversation.
// expect: [banter C2]
// expect: order::start
// expect: signup::asking
#include <banter/flow.hpp>
using namespace banter;

struct signup {
    struct asking {};
};

struct order {
    struct asking {};

#ifndef FIXED
    static signup::asking start(context& ctx);
#else
    static asking start(context& ctx);
#endif
    static end answer(context& ctx, matched<text> dish);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start))
#ifdef FIXED
                                ,
                            state<asking>(on(text, answer))
#endif
        );
    }
};

static_assert(verify<order>);
