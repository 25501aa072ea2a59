// White space around and between the words that people type: Unicode's, as Python's str.split() and
// str.strip() see it (a telephone's keyboard puts in U+00A0).
#pragma once

#include <banter/config.hpp>

#include <cstddef>
#include <string_view>

namespace banter::detail {

/// The bytes of the white space character at this place; 0 where there is none.
[[nodiscard]] std::size_t white_space_at(std::string_view text, std::size_t at);

/// The text without white space at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Takes the first word off the text, and the white space behind it.
std::string_view take_word(std::string_view& text);

}  // namespace banter::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/white_space.ipp>
#endif
