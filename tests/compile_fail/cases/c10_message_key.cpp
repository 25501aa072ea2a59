// Keyed by the message with the buttons: only a pressed button belongs to one.
// expect: [banter C10]
// expect: counter::start
// expect: banter::key::message
#include <banter/flow.hpp>
using namespace banter;

struct counter {
    struct counting {};

    static counting start(context& ctx);
    static next<end, stay> add(context& ctx);

    static constexpr auto flow() {
        return conversation(
#ifdef FIXED
            entry_points(on(callback<"start">, start)),
#else
            entry_points(on(command<"start">, start)),
#endif
            state<counting>(on(callback<"add">, add)), keyed_by<key::chat, key::message>);
    }
};

static_assert(verify<counter>);
