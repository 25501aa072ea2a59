// What a smart pointer owns cannot be written to a store.
// expect: [banter C14]
// expect: note::writing
// expect: std::shared_ptr<int>
#include <banter/flow.hpp>

#include <memory>
#include <optional>
using namespace banter;

struct note {
#ifdef FIXED
    struct writing {
        std::optional<int> limit;
    };
#else
    struct writing {
        std::shared_ptr<int> limit;
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
