// One struct twice in one bot.
// expect: [banter C15]
// expect: help
#include <banter/flow.hpp>
using namespace banter;

struct help {
    static void show(context& ctx);
    static constexpr auto flow() { return handlers(on(command<"help">, show)); }
};
struct echo {
    static void repeat(context& ctx, matched<text> words);
    static constexpr auto flow() { return handlers(on(text && !command<>, repeat)); }
};

#ifdef FIXED
static_assert(verify<help, echo>);
#else
static_assert(verify<help, echo, help>);
#endif
