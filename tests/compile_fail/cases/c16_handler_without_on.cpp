// A handler in a list, without on(filter, ...).
// expect: [banter C16]
// expect: part_number<1>
// expect: item_number<2>
#include <banter/flow.hpp>
using namespace banter;

struct help {
    static void show(context& ctx);
    static void greet(context& ctx);

    static constexpr auto flow() {
#ifdef FIXED
        return handlers(on(command<"help">, show), on(command<"hello">, greet));
#else
        return handlers(on(command<"help">, show), greet);
#endif
    }
};

static_assert(verify<help>);
