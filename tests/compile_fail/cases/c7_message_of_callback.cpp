// A callback query is no message.
// expect: [banter C7]
// expect: menu::back
// expect: telegram::message
// expect: update_kind::callback_query
#include <banter/flow.hpp>
using namespace banter;

struct menu {
#ifndef FIXED
    static void back(telegram::message pressed);
#else
    static void back(telegram::callback_query pressed);
#endif
    static constexpr auto flow() { return handlers(on(callback<"back">, back)); }
};

static_assert(verify<menu>);
