// A button with a value of a type that may need more than 64 bytes.
// expect: [banter C4]
// expect: rectangle
#include <banter/flow.hpp>
#include <cstdint>
using namespace banter;

struct rectangle {
#ifndef FIXED
    std::int64_t left, top, right, bottom;
#else
    std::int16_t left, top, right, bottom;
#endif
};

constexpr auto keyboard = inline_keyboard(row(button<rectangle{1, 2, 3, 4}>("Here")));
