// A pointer to what a handler had, or to what may be gone at the next update.
// expect: [banter C14]
// expect: note::writing
// expect: const char*
#include <banter/flow.hpp>

#include <optional>
using namespace banter;

struct note {
    struct writing {
        int lines;
#ifdef FIXED
        std::optional<char> title;
#else
        const char* title = nullptr;
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
