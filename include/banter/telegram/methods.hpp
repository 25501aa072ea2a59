// Every method of the Bot API as an aggregate of its parameters (`send_message{...}`), and the
// objects that go into them (`input_media_photo`, `reply_parameters`, ...), generated.
//
//   co_await api(send_message{.chat_id = id, .text = "Hello", .parse_mode = parse_mode::html});
//
// Required parameters come first and have no default: leaving one out does not compile. All are
// trivially copyable views (see values.hpp). `result_of<M>` is what the call gives: void where
// Telegram only says True, a number, a string, or an owned view.
//
// Cost to a file that calls three methods (g++ 12.2 -fsyntax-only, November 2026): 0.15 s beyond
// the standard headers with separate compilation; header-only 0.9 s, of which Boost.JSON 0.5 s.
#pragma once

#include <banter/telegram/generated/methods.hpp>
#include <banter/telegram/request.hpp>

#include <string>

namespace banter {

/// What a call of the method gives.
template <class M> using result_of = typename M::result;

} // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/generated/methods.ipp>
#include <banter/telegram/generated/values.ipp>
#include <banter/telegram/impl/json_writer.ipp>
#endif
