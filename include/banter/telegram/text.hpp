// Small helpers for the texts a bot sends.
#pragma once

#include <banter/config.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace banter {

namespace detail {

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

/// A mention that works for users without a user name: `<a href="tg://user?id=...">name</a>`.
std::string mention_html(std::int64_t user_id, std::string_view name);

/// A link that starts the bot with `/start payload`. Throws std::invalid_argument unless the
/// payload is 0 to 64 characters of A-Z, a-z, 0-9, `_` and `-`, which is what Telegram accepts.
std::string deep_link(std::string_view bot_username, std::string_view payload);

} // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/text.ipp>
#endif
