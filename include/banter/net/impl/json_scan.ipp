#pragma once

#include <banter/net/json_scan.hpp>

#include <charconv>

namespace banter::net::detail {

BANTER_DECL member_scan::member_scan(std::string_view object) noexcept : text_(object) {
    skip_space();
    open_ = at_ < text_.size() && text_[at_] == '{';
    ++at_;
}

BANTER_DECL void member_scan::skip_space() noexcept {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
        ++at_;
}

BANTER_DECL bool member_scan::skip_string() noexcept {
    if (at_ >= text_.size() || text_[at_] != '"')
        return false;
    for (++at_; at_ < text_.size(); ++at_) {
        if (text_[at_] == '\\') {
            ++at_;
        } else if (text_[at_] == '"') {
            ++at_;
            return true;
        }
    }
    return false;
}

BANTER_DECL bool member_scan::skip_value() noexcept {
    if (at_ < text_.size() && text_[at_] == '"')
        return skip_string();
    const std::size_t begin = at_;
    std::size_t depth = 0;
    while (at_ < text_.size()) {
        const char c = text_[at_];
        if (c == '"') {
            if (!skip_string())
                return false;
            continue;
        }
        if (c == '{' || c == '[')
            ++depth;
        if (c == '}' || c == ']') {
            if (depth == 0)
                return at_ > begin;
            if (--depth == 0) {
                ++at_;
                return true;
            }
        }
        if (depth == 0 && (c == ',' || c == ' ' || c == '\n' || c == '\r' || c == '\t'))
            return at_ > begin;
        ++at_;
    }
    return false;
}

BANTER_DECL bool member_scan::next() noexcept {
    if (!open_)
        return false;
    skip_space();
    open_ = false;
    if (at_ >= text_.size())
        return false;
    if (text_[at_] == '}') {
        ++at_;
        skip_space();
        complete_ = at_ == text_.size();
        return false;
    }
    if (!first_) {
        if (text_[at_] != ',')
            return false;
        ++at_;
        skip_space();
    }
    first_ = false;
    const std::size_t key_begin = at_;
    if (!skip_string())
        return false;
    key_ = text_.substr(key_begin + 1, at_ - key_begin - 2);
    skip_space();
    if (at_ >= text_.size() || text_[at_] != ':')
        return false;
    ++at_;
    skip_space();
    const std::size_t value_begin = at_;
    if (!skip_value())
        return false;
    value_ = text_.substr(value_begin, at_ - value_begin);
    open_ = true;
    return true;
}

BANTER_DECL bool closes(std::string_view text) noexcept {
    std::ptrdiff_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\')
                ++i;
            if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return depth == 0 && !quoted;
}

BANTER_DECL std::optional<std::int64_t> whole_number(std::string_view value) noexcept {
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (fault != std::errc{} || end != value.data() + value.size())
        return std::nullopt;
    return number;
}

BANTER_DECL std::optional<std::int64_t> find_update_id(std::string_view update) noexcept {
    member_scan members(update);
    while (members.next())
        if (members.key() == "update_id")
            return whole_number(members.value());
    return std::nullopt;
}

BANTER_DECL std::optional<std::int64_t> find_any_update_id(std::string_view text) noexcept {
    constexpr std::string_view key = "\"update_id\"";
    const auto at = text.find(key);
    if (at == text.npos)
        return std::nullopt;
    text.remove_prefix(at + key.size());
    const auto digits = text.find_first_not_of(" :\t\r\n");
    if (digits == text.npos)
        return std::nullopt;
    text.remove_prefix(digits);
    return whole_number(text.substr(0, text.find_first_not_of("0123456789-")));
}

}  // namespace banter::net::detail
