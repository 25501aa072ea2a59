// A conversation that is keyed by nothing would be one for all users of the bot at once.
// expect: [banter C10]
// expect: key_is_odd<order>
#include <banter/flow.hpp>
using namespace banter;

struct order {
    struct choosing {};

    static choosing start(context& ctx);
    static end choose(context& ctx, matched<text> dish);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)), state<choosing>(on(text, choose)),
#ifdef FIXED
                            keyed_by<key::user>);
#else
                            keyed_by<>);
#endif
    }
};

static_assert(verify<order>);
