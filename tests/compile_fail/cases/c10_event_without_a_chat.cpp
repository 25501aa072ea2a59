// A conversation that an event begins speaks to the chat in its key.
// expect: [banter C10]
// expect: order::begin
#include <banter/flow.hpp>
using namespace banter;

struct invited {};

struct order {
    struct paying {};

    static paying begin(bot& api, invited to);
    static end pay(matched<text> amount);

    static constexpr auto flow() {
        return conversation(entry_points(on_event<invited>(begin)), state<paying>(on(text, pay)),
#ifdef FIXED
                            keyed_by<key::chat, key::user>);
#else
                            keyed_by<key::user>);
#endif
    }
};

static_assert(verify<order>);
