#pragma once

#include <banter/telegram/text.hpp>

#include <algorithm>
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

BANTER_DECL bool is_start_payload(std::string_view payload) {
    return payload.size() <= 64 && std::all_of(payload.begin(), payload.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-';
           });
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

BANTER_DECL std::string mention_html(std::int64_t user_id, std::string_view name) {
    return concat("<a href=\"tg://user?id=", user_id, "\">", escape_html(name), "</a>");
}

BANTER_DECL std::string deep_link(std::string_view bot_username, std::string_view payload) {
    if (!detail::is_start_payload(payload))
        throw std::invalid_argument("banter: a deep link's payload is at most 64 characters of "
                                    "A-Z, a-z, 0-9, _ and -; encode other data, for instance as "
                                    "base64url");
    if (!bot_username.empty() && bot_username.front() == '@')
        bot_username.remove_prefix(1);
    if (payload.empty())
        return concat("https://t.me/", bot_username);
    return concat("https://t.me/", bot_username, "?start=", payload);
}

} // namespace banter
