// A required parameter of a method is left out.
// expect: [no code]
// expect: required<
#include <banter/telegram/methods.hpp>
using namespace banter;

#ifndef FIXED
inline auto hello() { return send_message{.chat_id = 1}; }
#else
inline auto hello() { return send_message{.chat_id = 1, .text = "Hello"}; }
#endif
