// A nested conversation is checked with its parent; the error names the child.
// expect: [banter C7]
// expect: portrait::take
#include <banter/flow.hpp>
using namespace banter;

struct portrait {
    struct waiting {};
    static waiting start(context& ctx);
#ifdef FIXED
    static end take(context& ctx, matched<document || photo> picture);
#else
    static end take(context& ctx, matched<photo> picture);
#endif
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"portrait">, start)),
                            state<waiting>(on(document || photo, take)));
    }
};

struct family {
    struct choosing {};
    static choosing start(context& ctx);
    static end leave(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"family">, start)),
                            state<choosing>(nest<portrait>(), on(text, leave)));
    }
};

static_assert(verify<family>);
