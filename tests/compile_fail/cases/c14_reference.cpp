// A reference dangles as a pointer does.
// expect: [banter C14]
// expect: note::writing
// expect: const int&
#include <banter/flow.hpp>

using namespace banter;

struct note {
    struct writing {
        int lines;
#ifdef FIXED
        int limit;
#else
        const int& limit;
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
