#pragma once

#include <banter/net/query.hpp>

#include <algorithm>

namespace banter::net {

namespace detail {

inline int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Undoes the encoding; nothing where it is broken.
inline std::optional<std::string> url_decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i != text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i] == '+' ? ' ' : text[i]);
            continue;
        }
        if (text.size() - i < 3) return std::nullopt;
        const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return out;
}

}  // namespace detail

BANTER_DECL std::optional<query_fields> parse_query(std::string_view text, std::size_t most) {
    query_fields out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) continue;
        if (out.size() == most) return std::nullopt;
        const std::size_t middle = std::min(pair.find('='), pair.size());
        std::optional<std::string> name = detail::url_decoded(pair.substr(0, middle));
        std::optional<std::string> value =
            detail::url_decoded(pair.substr(std::min(middle + 1, pair.size())));
        if (!name || !value) return std::nullopt;
        out.emplace_back(*std::move(name), *std::move(value));
    }
    return out;
}

BANTER_DECL const std::string* field_of(const query_fields& fields, std::string_view name) noexcept {
    const std::string* found = nullptr;
    for (const auto& [key, value] : fields)
        if (key == name) found = &value;
    return found;
}

}  // namespace banter::net
