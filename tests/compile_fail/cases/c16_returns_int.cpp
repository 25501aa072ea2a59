// A number is no transition: a state is a struct.
// expect: [banter C16]
// expect: order::start
// expect: int
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {};

#ifndef FIXED
    static int start(context& ctx);
#else
    static choosing start(context& ctx);
#endif
    static choosing again(context& ctx);
    static end choose(context& ctx);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start), on(command<"again">, again)),
                            state<choosing>(on(text, choose)));
    }
};

static_assert(verify<order>);
