// Texts with entities: bold words, links, mentions, code, built without any mark-up to escape.
//
//   styled_text bill("Pay ");
//   bill.bold(sum, " EUR").add(" to ").mention(id, name).add(" by ").italic("tomorrow");
//   ctx.reply(bill);
//
// What is styled may be styled inside: bill.quote(styled_text("see ").link("here", url)). Offsets and
// lengths are counted in UTF-16 units, as the Bot API's are (MessageEntity), whatever the text holds.
// The same text as HTML or MarkdownV2: to_html(), to_markdown().
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/generated/values.hpp>
#include <banter/telegram/kinds.hpp>
#include <banter/telegram/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace banter {

/// An entity of a text, with what it needs to be sent; becomes a message_entity of the Bot API.
/// Offset and length count UTF-16 units.
struct text_entity {
    entity_kind kind = entity_kind::bold;
    std::int64_t offset = 0;
    std::int64_t length = 0;
    /// The link's URL, the language of `pre`, the custom emoji's id, the date's format.
    std::string argument = {};
    /// The mentioned user's id, the date in seconds since 1970.
    std::int64_t number = 0;

    [[nodiscard]] std::int64_t end() const { return offset + length; }
    /// Refers to this object's strings.
    operator message_entity() const;
    bool operator==(const text_entity&) const = default;
};

class styled_text;

namespace detail {

/// A text's length in UTF-16 units. Bytes that are no UTF-8 count one each.
[[nodiscard]] std::int64_t utf16_length(std::string_view text);
/// Where in a UTF-8 text a number of UTF-16 units ends; the text's size where it is shorter.
[[nodiscard]] std::size_t utf16_place(std::string_view text, std::int64_t units);

/// Text and entities as HTML or MarkdownV2. `with_urls`: bare addresses become links too.
[[nodiscard]] std::string html_of(std::string_view text, const std::vector<text_entity>& entities,
                                  bool with_urls);
[[nodiscard]] std::string markdown_of(std::string_view text, const std::vector<text_entity>& entities,
                                      bool with_urls);

}  // namespace detail

/// A text and its entities, which it owns. Parts are strings, characters, numbers, bools, and other
/// styled texts.
class styled_text {
  public:
    styled_text() = default;
    template <class... Parts>
        requires(sizeof...(Parts) > 0 && (!std::is_same_v<Parts, styled_text> || ...))
    explicit styled_text(const Parts&... parts) {
        add(parts...);
    }
    /// A text whose entities are known already, such as a received one.
    styled_text(std::string text, std::vector<text_entity> entities)
        : text_(std::move(text)), entities_(std::move(entities)),
          length_(detail::utf16_length(text_)) {}

    template <class... Parts>
    styled_text& add(const Parts&... parts) {
        (append(parts), ...);
        return *this;
    }
    template <class... Parts>
    styled_text& bold(const Parts&... parts) {
        return style({.kind = entity_kind::bold}, parts...);
    }
    template <class... Parts>
    styled_text& italic(const Parts&... parts) {
        return style({.kind = entity_kind::italic}, parts...);
    }
    template <class... Parts>
    styled_text& underline(const Parts&... parts) {
        return style({.kind = entity_kind::underline}, parts...);
    }
    template <class... Parts>
    styled_text& strikethrough(const Parts&... parts) {
        return style({.kind = entity_kind::strikethrough}, parts...);
    }
    template <class... Parts>
    styled_text& spoiler(const Parts&... parts) {
        return style({.kind = entity_kind::spoiler}, parts...);
    }
    template <class... Parts>
    styled_text& code(const Parts&... parts) {
        return style({.kind = entity_kind::code}, parts...);
    }
    /// A block of code; `language` ("cpp") lets clients colour it.
    template <class Part>
    styled_text& pre(const Part& part, std::string_view language = {}) {
        return style({.kind = entity_kind::pre, .argument = std::string(language)}, part);
    }
    /// A quotation, which has lines of its own.
    template <class... Parts>
    styled_text& quote(const Parts&... parts) {
        return style({.kind = entity_kind::blockquote}, parts...);
    }
    /// One that clients show folded.
    template <class... Parts>
    styled_text& expandable_quote(const Parts&... parts) {
        return style({.kind = entity_kind::expandable_blockquote}, parts...);
    }
    template <class Part>
    styled_text& link(const Part& part, std::string_view url) {
        return style({.kind = entity_kind::text_link, .argument = std::string(url)}, part);
    }
    /// Names a user by id, also one without a user name.
    template <class Part>
    styled_text& mention(std::int64_t user_id, const Part& name) {
        return style({.kind = entity_kind::text_mention, .number = user_id}, name);
    }
    /// `emoji` is what those see who cannot see the custom one.
    styled_text& custom_emoji(std::string_view emoji, std::string_view id) {
        return style({.kind = entity_kind::custom_emoji, .argument = std::string(id)}, emoji);
    }
    /// A date that each client shows in its own time zone; `format` as in date_time_format.
    styled_text& date(std::string_view fallback, std::int64_t unix_time,
                      std::string_view format = {}) {
        return style({.kind = entity_kind::date_time,
                      .argument = std::string(format),
                      .number = unix_time},
                     fallback);
    }

    [[nodiscard]] const std::string& text() const { return text_; }
    /// In the order in which they were closed: an inner one before the one around it.
    [[nodiscard]] const std::vector<text_entity>& entities() const { return entities_; }
    /// In UTF-16 units.
    [[nodiscard]] std::int64_t length() const { return length_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }

    /// For parse_mode::html. `with_urls`: bare addresses become links too (PTB: text_html_urled).
    [[nodiscard]] std::string to_html(bool with_urls = false) const {
        return detail::html_of(text_, entities_, with_urls);
    }
    /// For parse_mode::markdown_v2.
    [[nodiscard]] std::string to_markdown(bool with_urls = false) const {
        return detail::markdown_of(text_, entities_, with_urls);
    }

    bool operator==(const styled_text&) const = default;

  private:
    template <class... Parts>
    styled_text& style(text_entity as, const Parts&... parts) {
        as.offset = length_;
        add(parts...);
        return close(std::move(as));
    }
    template <class Part>
    void append(const Part& part) {
        if constexpr (std::is_same_v<Part, styled_text>)
            append_styled(part);
        else
            append_plain(detail::text_piece(part).view());
    }
    void append_plain(std::string_view plain);
    void append_styled(const styled_text& other);
    /// Ends an entity here; an empty one is none.
    styled_text& close(text_entity as);

    std::string text_;
    std::vector<text_entity> entities_;
    std::int64_t length_ = 0;
};

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/styled_text.ipp>
#endif
