// Telegram's limits of texts and lists, seen to while a call is written down: what is surely too long is
// noted in the request, and such a call fails without being sent.
//
// Lengths are counted in characters (code points), the smallest of the ways in which Telegram may count;
// of a text with mark-up only what surely is visible counts.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/json_writer.hpp>
#include <banter/telegram/values.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace banter::detail {

/// The number of characters that a text has at least when Telegram has read it: without white space
/// at both ends, and without marks.
[[nodiscard]] std::size_t least_length(std::string_view text, parse_mode mode);

/// The parse mode of a text: the one given, else the writer's default unless it `needs_none`, because
/// there are entities, or no text.
[[nodiscard]] parse_mode mode_of(const json_writer& writer, parse_mode given, bool needs_none);

// What the generated bodies write fields of bounded length with.
void write_limited_text(json_writer& writer, const char* name, std::string_view text,
                        std::size_t limit);
void write_limited_bytes(json_writer& writer, const char* name, std::string_view text,
                         std::size_t limit);
/// A text that may have mark-up, of this mode.
void write_marked_text(json_writer& writer, const char* name, std::string_view text,
                       std::size_t limit, parse_mode mode);
void write_if_limited_text(json_writer& writer, const char* name,
                           const std::optional<std::string_view>& text, std::size_t limit);
void write_if_limited_bytes(json_writer& writer, const char* name,
                            const std::optional<std::string_view>& text, std::size_t limit);
void write_if_marked_text(json_writer& writer, const char* name,
                          const std::optional<std::string_view>& text, std::size_t limit,
                          parse_mode mode);
/// Of a list: how many elements there may be.
void check_count(json_writer& writer, const char* name, std::size_t count, std::size_t least,
                 std::size_t most);
/// A keyboard: an inline one has at most 100 buttons, another at most 300.
void write_keyboard(json_writer& writer, const char* name, const reply_markup& keyboard);

}  // namespace banter::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/limits.ipp>
#endif
