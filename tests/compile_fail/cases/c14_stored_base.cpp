// A base class hides fields from the compiler.
// expect: [banter C14]
// expect: note::writing
// expect: is_a_plain_struct
#include <banter/flow.hpp>

#include <string>
using namespace banter;

struct draft {
    std::string words;
};

struct note {
#ifdef FIXED
    struct writing {
        draft text;
        int lines = 0;
    };
#else
    struct writing : draft {
        int lines = 0;
    };
#endif
    static writing start(context& ctx);
    static end write(context& ctx, writing& here, matched<text> words);

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"note">, start)),
                            state<writing>(on(text, write)), persistent<"note">);
    }
};

static_assert(verify<note>);
