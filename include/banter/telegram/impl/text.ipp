#pragma once

#include <banter/telegram/text.hpp>

#include <charconv>
#include <stdexcept>

namespace banter {

namespace detail {

BANTER_DECL void text_piece::write(std::int64_t value) {
    const auto end = std::to_chars(digits_, digits_ + sizeof digits_, value).ptr;
    view_ = std::string_view(digits_, static_cast<std::size_t>(end - digits_));
}

BANTER_DECL void text_piece::write(std::uint64_t value) {
    const auto end = std::to_chars(digits_, digits_ + sizeof digits_, value).ptr;
    view_ = std::string_view(digits_, static_cast<std::size_t>(end - digits_));
}

BANTER_DECL void text_piece::write(double value) {
    const auto end = std::to_chars(digits_, digits_ + sizeof digits_, value).ptr;
    view_ = std::string_view(digits_, static_cast<std::size_t>(end - digits_));
}

BANTER_DECL std::string join(const text_piece* pieces, std::size_t count) {
    std::size_t size = 0;
    for (std::size_t i = 0; i != count; ++i)
        size += pieces[i].view().size();
    std::string out;
    out.reserve(size);
    for (std::size_t i = 0; i != count; ++i)
        out += pieces[i].view();
    return out;
}

} // namespace detail

BANTER_DECL std::string escape_html(std::string_view plain) {
    std::string out;
    out.reserve(plain.size());
    for (const char c : plain) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
    }
    return out;
}

BANTER_DECL std::string escape_markdown(std::string_view plain, markdown_place place) {
    constexpr std::string_view marks[] = {"_*[]()~`>#+-=|{}.!\\", "`\\", ")\\"};
    const std::string_view escaped = marks[static_cast<std::size_t>(place)];
    std::string out;
    out.reserve(plain.size());
    for (const char c : plain) {
        if (escaped.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

BANTER_DECL std::string mention_html(std::int64_t user_id, std::string_view name) {
    return concat("<a href=\"tg://user?id=", user_id, "\">", escape_html(name), "</a>");
}

BANTER_DECL std::string mention_markdown(std::int64_t user_id, std::string_view name) {
    return concat('[', escape_markdown(name), "](tg://user?id=", user_id, ')');
}

namespace detail {

BANTER_DECL std::string_view checked_username(std::string_view name) {
    if (name.starts_with('@')) name.remove_prefix(1);
    bool sound = !name.empty() && name.size() <= 32;
    for (const char c : name) sound = sound && is_word_character(c);
    if (!sound)
        throw std::invalid_argument(concat("banter: '", name, "' is no user name of a bot: a deep "
                                           "link needs one, such as api.me().username"));
    return name;
}

} // namespace detail

BANTER_DECL std::string deep_link(std::string_view bot_username, std::string_view payload,
                                  deep_link_to where) {
    if (!detail::is_deep_link_parameter(payload))
        throw std::invalid_argument("banter: a deep link's payload is at most 64 characters of "
                                    "A-Z, a-z, 0-9, _ and -; encode other data with "
                                    "encode_payload");
    const std::string_view name = detail::checked_username(bot_username);
    switch (where) {
    case deep_link_to::group:
        return concat("https://t.me/", name, "?startgroup", payload.empty() ? "" : "=", payload);
    case deep_link_to::channel:
        if (!payload.empty())
            throw std::invalid_argument("banter: a deep link to a channel takes no payload");
        return concat("https://t.me/", name, "?startchannel");
    case deep_link_to::chat: break;
    }
    return concat("https://t.me/", name, payload.empty() ? "" : "?start=", payload);
}

namespace detail {

inline constexpr std::string_view base64url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

} // namespace detail

BANTER_DECL std::string encode_payload(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t waiting = 0;
    unsigned bits = 0;
    for (const char c : bytes) {
        waiting = (waiting << 8) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 6; bits -= 6)
            out += detail::base64url[(waiting >> (bits - 6)) & 63];
    }
    if (bits != 0) out += detail::base64url[(waiting << (6 - bits)) & 63];
    return out;
}

BANTER_DECL std::optional<std::string> decode_payload(std::string_view payload) {
    std::string out;
    std::uint32_t waiting = 0;
    unsigned bits = 0;
    for (const char c : payload) {
        const std::size_t value = detail::base64url.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        waiting = (waiting << 6) | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>((waiting >> bits) & 255);
        }
    }
    // What is left are the zeros that filled the last character up.
    if (bits >= 6 || (waiting & ((1U << bits) - 1)) != 0) return std::nullopt;
    return out;
}

} // namespace banter
