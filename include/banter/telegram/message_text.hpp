// What a received message says: the words of its entities, and its text with mark-up again.
//
//   for (const found_entity& one : parse_entities(message, entity_kind::hashtag))
//       note(one.text);
//   ctx.reply_html(text_html(message));
//
// All of these read the text, or the caption where there is no text. Offsets of entities are UTF-16
// units: cut a text by entity_text, never by substr.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/styled_text.hpp>
#include <banter/telegram/types.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banter {

/// The part of a UTF-8 text that an entity is about.
[[nodiscard]] std::string_view entity_text(std::string_view text,
                                           const telegram::message_entity& entity);

/// An entity of a message, and its words. Both refer to the message.
struct found_entity {
    telegram::message_entity entity;
    std::string_view text;
};

/// The entities of a message, of one kind only where one is named, in their order (PTB:
/// parse_entities, parse_caption_entities).
[[nodiscard]] std::vector<found_entity> parse_entities(const telegram::message& message,
                                                       std::optional<entity_kind> kind = {});

/// The text of a message with its entities, as one can be sent again. Kinds of entities that this
/// library does not know are left out.
[[nodiscard]] styled_text styled_text_of(const telegram::message& message);

/// The text of a message as HTML or MarkdownV2 (PTB: text_html, caption_html; with `with_urls`
/// text_html_urled: bare addresses become links too).
[[nodiscard]] std::string text_html(const telegram::message& message, bool with_urls = false);
[[nodiscard]] std::string text_markdown(const telegram::message& message, bool with_urls = false);

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/message_text.ipp>
#endif
