// The text is gone when the handler has returned.
// expect: [banter C14]
// expect: note::writing
// expect: basic_string_view<char>
#include <banter/flow.hpp>

#include <string>
#include <string_view>
using namespace banter;

struct note {
    struct writing {
        int lines;
#ifdef FIXED
        std::string title;
#else
        std::string_view title;
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
