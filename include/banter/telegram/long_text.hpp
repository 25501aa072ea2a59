// Texts that are longer than one message: split where people would split them.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/styled_text.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace banter {

/// What a message holds, in UTF-16 units: safe whichever way Telegram counts.
inline constexpr std::int64_t message_limit = 4096;

/// A text in pieces of at most `limit` UTF-16 units: it is split behind a paragraph, else a line, a
/// sentence, a word, else between two characters. White space at a piece's ends, which Telegram drops,
/// is left out; so are pieces of nothing else. The pieces refer to the text.
[[nodiscard]] std::vector<std::string_view> split_text(std::string_view text,
                                                       std::int64_t limit = message_limit);
/// The same of a text with entities: one that goes on over a split goes on in the next piece.
[[nodiscard]] std::vector<styled_text> split_text(const styled_text& text,
                                                  std::int64_t limit = message_limit);

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/long_text.ipp>
#endif
