// Callback data has at least one byte.
// expect: [banter C4]
#include <banter/flow.hpp>
using namespace banter;

#ifndef FIXED
constexpr auto keyboard = inline_keyboard(row(button<"">("Back")));
#else
constexpr auto keyboard = inline_keyboard(row(button<"back">("Back")));
#endif
