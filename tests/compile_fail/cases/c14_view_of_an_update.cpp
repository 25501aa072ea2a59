// The Bot API's objects are views of the update that is being handled.
// expect: [banter C14]
// expect: note::writing
// expect: banter::telegram::user
#include <banter/flow.hpp>

using namespace banter;

struct note {
    struct writing {
        int lines;
#ifdef FIXED
        telegram::owned<telegram::user> author;
#else
        telegram::user author;
#endif
    };

    static writing start(context& ctx);
    static end write(context& ctx, writing& here, matched<text> words);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"note">, start)),
                            state<writing>(on(text, write)));
    }
};

static_assert(verify<note>);
