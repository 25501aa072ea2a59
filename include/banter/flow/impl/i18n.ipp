#pragma once

#include <banter/flow/i18n.hpp>

namespace banter::detail {

/// Tags are compared without regard to case, and "_" is "-".
inline bool same_tag(std::string_view a, std::string_view b) noexcept {
    const auto plain = [](char c) { return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i != a.size(); ++i)
        if (plain(a[i]) != plain(b[i]))
            return false;
    return true;
}

// zh-Hant-TW, then zh-Hant, then zh.
BANTER_DECL std::size_t choose_language(const language_part* all, std::size_t count,
                                        std::string_view code) noexcept {
    while (!code.empty()) {
        for (std::size_t i = 0; i != count; ++i)
            if (same_tag(all[i].code, code))
                return i;
        const std::size_t cut = code.find_last_of("-_");
        code = code.substr(0, cut == std::string_view::npos ? 0 : cut);
    }
    return 0;
}

BANTER_DECL std::string fill_places(std::string_view pattern, const text_piece* values,
                                    std::size_t count) {
    std::size_t size = pattern.size(), next = 0;
    for (std::size_t i = 0; i != count; ++i)
        size += values[i].view().size();
    std::string out;
    out.reserve(size);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '{' && pattern[i] != '}') {
            out.push_back(pattern[i]);
        } else if (pattern[i + 1] == pattern[i]) {
            out.push_back(pattern[i++]);
        } else if (pattern[i + 1] == '}') {
            out.append(values[next++].view());
            ++i;
        } else {
            out.append(values[static_cast<std::size_t>(pattern[i + 1] - '0')].view());
            i += 2;
        }
    }
    return out;
}

}  // namespace banter::detail
