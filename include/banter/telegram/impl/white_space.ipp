#pragma once

#include <banter/telegram/white_space.hpp>

namespace banter::detail {

namespace white_space {

inline constexpr std::size_t longest = 3;

/// White space that takes more than one byte, as UTF-8, but for the run U+2000 to U+200A.
inline constexpr std::string_view wide[] = {"\u0085", "\u00A0", "\u1680", "\u2028",
                                            "\u2029", "\u202F", "\u205F", "\u3000"};

BANTER_DECL bool is_narrow(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\x1C' && c <= '\x1F');
}

}  // namespace white_space

BANTER_DECL std::size_t white_space_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    if (static_cast<unsigned char>(text[at]) < 0x80) return white_space::is_narrow(text[at]) ? 1 : 0;
    const std::string_view rest = text.substr(at);
    for (const std::string_view space : white_space::wide)
        if (rest.starts_with(space)) return space.size();
    const bool in_run = rest.size() >= 3 && rest.starts_with("\xE2\x80") &&
                        static_cast<unsigned char>(rest[2]) >= 0x80 &&
                        static_cast<unsigned char>(rest[2]) <= 0x8A;
    return in_run ? 3 : 0;
}

BANTER_DECL std::string_view trimmed(std::string_view text) {
    while (const std::size_t size = white_space_at(text, 0)) text.remove_prefix(size);
    const auto space_before_end = [&text]() -> std::size_t {
        for (std::size_t size = 1; size <= white_space::longest && size <= text.size(); ++size)
            if (white_space_at(text, text.size() - size) == size) return size;
        return 0;
    };
    while (const std::size_t size = space_before_end()) text.remove_suffix(size);
    return text;
}

BANTER_DECL std::string_view take_word(std::string_view& text) {
    std::size_t end = 0;
    while (end != text.size() && white_space_at(text, end) == 0) ++end;
    const std::string_view first = text.substr(0, end);
    text.remove_prefix(end);
    while (const std::size_t size = white_space_at(text, 0)) text.remove_prefix(size);
    return first;
}

}  // namespace banter::detail
