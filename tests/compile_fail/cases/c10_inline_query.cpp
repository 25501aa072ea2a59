// An inline query comes from a user in no chat.
// expect: [banter C10]
// expect: search::look
// expect: inline_query
// expect: banter::key::chat
#include <banter/flow.hpp>
using namespace banter;

struct search {
    struct looking {};

    static looking start(telegram::user who);
    static end look(bot& api, telegram::inline_query query);

    static constexpr auto flow() {
        return conversation(entry_points(on(text, start)), state<looking>(on(inline_query, look))
#ifdef FIXED
                                                               ,
                            keyed_by<key::user>
#endif
        );
    }
};

static_assert(verify<search>);
