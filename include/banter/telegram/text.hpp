// Small helpers for the texts a bot sends.
#pragma once

#include <banter/config.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace banter {

namespace detail {

/// An ASCII letter, a digit or an underscore: what names of users and methods are made of.
constexpr bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// What may stand behind `/start` in a deep link: A-Z, a-z, 0-9, _ and -, at most 64 of them.
constexpr bool is_deep_link_parameter(std::string_view parameter) {
    for (const char c : parameter)
        if (!is_word_character(c) && c != '-') return false;
    return parameter.size() <= 64;
}

/// One part of a text: a view of characters, or a number that is written into its own buffer.
class text_piece {
  public:
    template <class T>
        requires std::convertible_to<const T&, std::string_view>
    text_piece(const T& text) : view_(text) {}
    text_piece(char c) : view_(digits_, 1) { digits_[0] = c; }
    text_piece(bool value) : view_(value ? "true" : "false") {}
    template <std::signed_integral T>
    text_piece(T value) {
        write(static_cast<std::int64_t>(value));
    }
    template <std::unsigned_integral T>
    text_piece(T value) {
        write(static_cast<std::uint64_t>(value));
    }
    text_piece(double value) { write(value); }

    text_piece(const text_piece&) = delete;
    text_piece& operator=(const text_piece&) = delete;

    std::string_view view() const { return view_; }

  private:
    void write(std::int64_t value);
    void write(std::uint64_t value);
    void write(double value);

    char digits_[32];
    std::string_view view_;
};

std::string join(const text_piece* pieces, std::size_t count);

} // namespace detail

/// Builds a text of its arguments: strings, characters, numbers, bools. Numbers are written in the
/// shortest form that reads back the same. (g++ 12 has no std::format.)
template <class... Parts> std::string concat(const Parts&... parts) {
    const detail::text_piece pieces[sizeof...(Parts) + 1] = {parts..., std::string_view()};
    return detail::join(pieces, sizeof...(Parts));
}

/// Escapes `& < > "` for parse_mode::html, in texts and in attributes.
std::string escape_html(std::string_view text);

/// Where a text stands in MarkdownV2, which decides what has to be escaped there.
enum class markdown_place : std::uint8_t {
    text, ///< anywhere else
    code, ///< inside `code` and ```pre``` (PTB: entity_type "code", "pre")
    link, ///< the part in brackets of a link or a custom emoji (PTB: "text_link", "custom_emoji")
};

/// Escapes a text for parse_mode::markdown_v2, so that it is read as it stands.
std::string escape_markdown(std::string_view text, markdown_place place = markdown_place::text);

/// A mention that works for users without a user name: `<a href="tg://user?id=...">name</a>`.
std::string mention_html(std::int64_t user_id, std::string_view name);
/// The same in MarkdownV2: `[name](tg://user?id=...)`.
std::string mention_markdown(std::int64_t user_id, std::string_view name);

/// What a deep link opens.
enum class deep_link_to : std::uint8_t {
    chat,    ///< the chat with the bot, which gets `/start payload`
    group,   ///< a group to be chosen, to which the bot is added; it gets `/start payload` there
    channel, ///< a channel to be chosen, to which the bot is added as an administrator; no payload
};

/// A link that starts the bot with `/start payload`. Throws std::invalid_argument unless the
/// payload is 0 to 64 characters of A-Z, a-z, 0-9, `_` and `-`, which is what Telegram accepts, and
/// the user name is one; a channel takes no payload.
std::string deep_link(std::string_view bot_username, std::string_view payload,
                      deep_link_to where = deep_link_to::chat);

/// Any bytes as a payload that a deep link takes: base64url without padding. 48 bytes make 64
/// characters, the most there may be.
std::string encode_payload(std::string_view bytes);
/// The bytes again; nothing where the text is no base64url.
std::optional<std::string> decode_payload(std::string_view payload);

} // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/text.ipp>
#endif
