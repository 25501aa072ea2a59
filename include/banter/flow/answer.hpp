// What the text of an answer spells, by the type of the value that is wanted: forms (form.hpp) read their
// users' answers so.
//
//   whole numbers, floating-point numbers   "42", "-7", "2.5"
//   bool                                    yes, no, true, false, on, off, y, n, 1, 0, in any case
//   std::string                             the text, without white space around it
//   std::chrono::year_month_day             2024-05-31 or 31.5.2024
//   std::optional<T>                        as T
//   anything else                           by answer_parser<T>
#pragma once

#include <banter/config.hpp>
#include <banter/flow/match.hpp>

#include <chrono>
#include <cmath>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace banter {

/// How answers of a type of one's own are read:
///
///   template <> struct banter::answer_parser<money> {
///       static std::optional<money> parse(std::string_view text);   // nothing: this is none
///   };
template <class T>
struct answer_parser {};

namespace detail {

template <class T>
concept has_answer_parser = requires(std::string_view words) {
    { answer_parser<T>::parse(words) } -> std::convertible_to<std::optional<T>>;
};

/// What an answer for a member of type T gives.
template <class T>
struct answered_type {
    using type = T;
};
template <class T>
struct answered_type<std::optional<T>> {
    using type = T;
};

template <class T>
inline constexpr bool is_character =
    std::is_same_v<T, char> || std::is_same_v<T, wchar_t> || std::is_same_v<T, char8_t> ||
    std::is_same_v<T, char16_t> || std::is_same_v<T, char32_t>;
template <class T>
concept plain_number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool> && !is_character<T>;

/// Whether a text can be read as a T.
template <class T>
inline constexpr bool is_readable_answer =
    has_answer_parser<T> || plain_number<T> || std::is_same_v<T, bool> ||
    std::is_same_v<T, std::string> || std::is_same_v<T, std::chrono::year_month_day>;

BANTER_DECL std::optional<bool> bool_in(std::string_view words);
BANTER_DECL std::optional<std::chrono::year_month_day> date_in(std::string_view words);
/// Equal but for white space around them and the case of ASCII letters.
BANTER_DECL bool is_same_word(std::string_view a, std::string_view b);

template <class T>
std::optional<T> read_answer(std::string_view words) {
    if constexpr (has_answer_parser<T>) {
        return answer_parser<T>::parse(words);
    } else if constexpr (std::is_same_v<T, bool>) {
        return bool_in(words);
    } else if constexpr (std::is_same_v<T, std::chrono::year_month_day>) {
        return date_in(words);
    } else if constexpr (std::is_floating_point_v<T>) {
        const std::optional<T> value = parse<T>(words);
        return value && std::isfinite(*value) ? value : std::nullopt;  // "nan" is no answer
    } else {
        return parse<T>(words);
    }
}

}  // namespace detail
}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/answer.ipp>
#endif
