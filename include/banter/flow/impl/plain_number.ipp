#pragma once

#include <banter/flow/generated/digit_tables.hpp>
#include <banter/flow/pattern/char_set.hpp>
#include <banter/flow/plain_number.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace banter {

namespace detail {

/// A digit's value as a character, whatever its script; 0 for what is no digit.
BANTER_DECL char plain_digit(std::uint32_t code) {
    const auto* const after = std::upper_bound(std::begin(digit_zeros), std::end(digit_zeros), code);
    if (after == std::begin(digit_zeros) || code - after[-1] > 9) return 0;
    return static_cast<char>('0' + (code - after[-1]));
}

inline bool is_plain_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace detail

BANTER_DECL std::string plain_number(std::string_view typed) {
    std::string digits;
    for (std::size_t at = 0; at != typed.size();) {
        const detail::decoded here = detail::decode_at(typed, at);
        const char digit = here.size == 0 ? '\0' : detail::plain_digit(here.value);
        const bool letter = here.size == 1 && (here.value | 0x20U) >= 'a' && (here.value | 0x20U) <= 'z';
        if (here.size == 0 || (letter && (here.value | 0x20U) != 'e')) return {};
        if (digit != '\0')
            digits += digit;
        else
            digits += typed.substr(at, here.size);
        at += here.size;
    }
    std::string out;
    for (std::size_t i = 0; i != digits.size(); ++i) {
        const bool groups = digits[i] == '_' && i != 0 && i + 1 != digits.size() &&
                            detail::is_plain_digit(digits[i - 1]) && detail::is_plain_digit(digits[i + 1]);
        if (!groups) out += digits[i];
    }
    return out;
}

}  // namespace banter
