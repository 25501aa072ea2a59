// Views of everything that Telegram sends: `telegram::message`, `telegram::chat`, ... all 400 types
// of the Bot API, generated. A view reads fields of a parsed document when they are asked for.
//
//   telegram::message m = update.message();
//   if (m && m.from().username() == "durov") ...
//   for (telegram::photo_size size : m.photo()) ...
//   if (auto owner = member.as<telegram::chat_member_owner>()) ...
//
// Optional scalars are std::optional; objects, lists and unions are null-like. Strings of a closed
// list stay strings, members of a union that are not known here are kept: `raw()` shows them.
//
// Cost to a file that includes this (g++ 12.2 -fsyntax-only, November 2026): 0.05 s beyond the
// standard headers with separate compilation; header-only 0.6 s, of which Boost.JSON's are 0.5 s.
#pragma once

#include <banter/telegram/generated/views.hpp>

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/generated/views.ipp>
#include <banter/telegram/impl/view.ipp>
#endif
