// A pressed button brings its data, and no text.
// expect: [banter C7]
// expect: menu::back
#include <banter/flow.hpp>
using namespace banter;

struct menu {
#ifndef FIXED
    static void back(context& ctx, matched<text> pressed);
#else
    static void back(context& ctx, matched<callback<"back">> pressed);
#endif
    static constexpr auto flow() { return handlers(on(callback<"back">, back)); }
};

static_assert(verify<menu>);
