// What people are called: the name that Telegram shows, and a mention, of any user in an update.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/types.hpp>

#include <string>

namespace banter {

/// First name, and last name behind a space if there is one (PTB: User.full_name).
[[nodiscard]] std::string full_name(const telegram::user& who);

/// The user as an HTML link, for parse_mode::html (PTB: User.mention_html). Works for users without
/// a user name.
[[nodiscard]] std::string mention_html(const telegram::user& who);

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/names.ipp>
#endif
