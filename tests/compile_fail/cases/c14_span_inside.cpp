// A vector of spans: each of them is a view.
// expect: [banter C14]
// expect: note::writing
// expect: field_number<2>
#include <banter/flow.hpp>

#include <span>
#include <vector>
using namespace banter;

struct note {
    struct writing {
        int lines;
#ifdef FIXED
        std::vector<std::vector<int>> pages;
#else
        std::vector<std::span<const int>> pages;
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
