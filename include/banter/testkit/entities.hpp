// Texts as Telegram's servers see them: the entities they find in plain text (commands, mentions,
// links, ...), the marked-up texts that a bot sends with a parse_mode, and lengths in UTF-16 units.
#pragma once

#include <banter/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace banter::testkit {

/// A MessageEntity; offset and length count UTF-16 code units.
struct text_entity {
    std::string type;
    std::size_t offset = 0;
    std::size_t length = 0;
    std::string argument = {};  // the URL, the language, the custom emoji's id or the user's id
};

/// Puts entities into the order of the text: the longer one first where two begin together.
void sort_entities(std::vector<text_entity>& all);

/// Length of a UTF-8 text in UTF-16 code units.
std::size_t utf16_length(std::string_view text);

/// Entities that the server finds by itself: bot_command, mention, hashtag, cashtag, url, email and
/// phone_number, in the order of the text.
std::vector<text_entity> find_entities(std::string_view text);

/// A text without its mark-up, and what the mark-up said.
struct plain_text {
    std::string text;
    std::vector<text_entity> entities;
    std::string fault;  // not empty: the mark-up is wrong, in Telegram's words
};

/// Reads mark-up: `mode` is "HTML", "MarkdownV2" or "Markdown" (any case), or empty for none.
plain_text read_markup(std::string_view text, std::string_view mode);

}  // namespace banter::testkit

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/entities.ipp>
#include <banter/testkit/impl/markup.ipp>
#endif
