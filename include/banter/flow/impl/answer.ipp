#pragma once

#include <banter/flow/answer.hpp>
#include <banter/telegram/white_space.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace banter::detail {

BANTER_DECL bool is_same_word(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    a = trimmed(a);
    b = trimmed(b);
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i != a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

BANTER_DECL std::optional<bool> bool_in(std::string_view words) {
    for (const std::string_view yes : {"yes", "y", "true", "on", "1"})
        if (is_same_word(words, yes)) return true;
    for (const std::string_view no : {"no", "n", "false", "off", "0"})
        if (is_same_word(words, no)) return false;
    return std::nullopt;
}

BANTER_DECL std::optional<std::chrono::year_month_day> date_in(std::string_view words) {
    std::string_view rest = trimmed(words);
    const bool year_first = rest.find('-') != std::string_view::npos;
    const char between = year_first ? '-' : '.';
    std::array<unsigned, 3> numbers{};
    std::size_t count = 0;
    for (bool more = true; more;) {
        const std::size_t at = rest.find(between);
        more = at != std::string_view::npos;
        const std::string_view digits = rest.substr(0, at);
        if (count == 3 || digits.empty() || digits.size() > 4 ||
            digits.find_first_not_of("0123456789") != std::string_view::npos)
            return std::nullopt;
        numbers[count++] = *parse<unsigned>(digits);
        if (more) rest.remove_prefix(at + 1);
    }
    if (count != 3) return std::nullopt;
    // A year of two digits is a guess.
    const unsigned year = numbers[year_first ? 0 : 2];
    const unsigned day = numbers[year_first ? 2 : 0];
    if (year < 1000 || numbers[1] > 12 || day > 31) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(year)},
                                           std::chrono::month{numbers[1]},
                                           std::chrono::day{day}};
    return date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace banter::detail
