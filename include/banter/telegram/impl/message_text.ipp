#pragma once

#include <banter/telegram/impl/styled_text.ipp>
#include <banter/telegram/message_text.hpp>

#include <utility>

namespace banter {

namespace detail {

BANTER_DECL std::string_view words_of(const telegram::message& message) {
    return message.text() ? *message.text() : message.caption().value_or(std::string_view());
}

BANTER_DECL telegram::list<telegram::message_entity> entities_of(const telegram::message& message) {
    return message.text() ? message.entities() : message.caption_entities();
}

BANTER_DECL std::optional<entity_kind> entity_kind_of(std::string_view name) {
    for (std::size_t i = 0; i != entity_kind_names.size(); ++i)
        if (entity_kind_names[i] == name) return static_cast<entity_kind>(i);
    return std::nullopt;
}

BANTER_DECL text_entity owned_entity(const telegram::message_entity& from, entity_kind kind) {
    text_entity out{.kind = kind, .offset = from.offset(), .length = from.length()};
    switch (kind) {
    case entity_kind::text_link: out.argument = from.url().value_or(""); break;
    case entity_kind::pre: out.argument = from.language().value_or(""); break;
    case entity_kind::custom_emoji: out.argument = from.custom_emoji_id().value_or(""); break;
    case entity_kind::date_time:
        out.argument = from.date_time_format().value_or("");
        out.number = from.unix_time().value_or(0);
        break;
    case entity_kind::text_mention: out.number = from.user() ? from.user().id() : 0; break;
    default: break;
    }
    return out;
}

}  // namespace detail

BANTER_DECL std::string_view entity_text(std::string_view whole,
                                         const telegram::message_entity& entity) {
    const std::string_view rest = whole.substr(detail::utf16_place(whole, entity.offset()));
    return rest.substr(0, detail::utf16_place(rest, entity.length()));
}

BANTER_DECL std::vector<found_entity> parse_entities(const telegram::message& said,
                                                     std::optional<entity_kind> kind) {
    const std::string_view words = detail::words_of(said);
    std::vector<found_entity> out;
    for (const telegram::message_entity one : detail::entities_of(said))
        if (!kind || one.type() == name_of(*kind)) out.push_back({one, entity_text(words, one)});
    return out;
}

BANTER_DECL styled_text styled_text_of(const telegram::message& said) {
    std::vector<text_entity> entities;
    for (const telegram::message_entity one : detail::entities_of(said))
        if (const auto kind = detail::entity_kind_of(one.type()))
            entities.push_back(detail::owned_entity(one, *kind));
    return styled_text(std::string(detail::words_of(said)), std::move(entities));
}

BANTER_DECL std::string text_html(const telegram::message& said, bool with_urls) {
    return styled_text_of(said).to_html(with_urls);
}

BANTER_DECL std::string text_markdown(const telegram::message& said, bool with_urls) {
    return styled_text_of(said).to_markdown(with_urls);
}

}  // namespace banter
