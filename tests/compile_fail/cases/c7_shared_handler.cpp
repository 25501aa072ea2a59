// A handler shared by two rules, and one of them cannot give what it takes.
// expect: [banter C7]
// expect: menu::back
// expect: content_kind::text
#include <banter/flow.hpp>
using namespace banter;

struct menu {
#ifndef FIXED
    static void back(context& ctx, matched<command<"back">> typed);
#else
    static void back(context& ctx);
#endif
    static constexpr auto flow() {
        return handlers(on(command<"back">, back), on(text, back));
    }
};

static_assert(verify<menu>);
