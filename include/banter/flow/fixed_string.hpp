// A string as a template argument: command<"pay">, callback<"bank_([0-9]+)">.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace banter {

/// The characters of a string literal, as a value that may be a template argument.
/// N counts the terminating zero, as the literal's own type does.
template <std::size_t N>
struct fixed_string {
    char characters[N]{};

    constexpr fixed_string() = default;
    constexpr fixed_string(const char (&literal)[N]) { std::copy_n(literal, N, characters); }

    [[nodiscard]] constexpr std::string_view view() const { return {characters, N - 1}; }
    [[nodiscard]] constexpr std::size_t size() const { return N - 1; }

    bool operator==(const fixed_string&) const = default;
};

namespace detail {
/// The characters of a template argument, kept where a view of them stays good.
template <fixed_string Text>
inline constexpr auto fixed_text = Text;

/// A text as a template argument. N: its size, without a terminating zero.
template <std::size_t N>
constexpr fixed_string<N + 1> fixed_copy(std::string_view text) {
    fixed_string<N + 1> out;
    std::copy_n(text.data(), N, out.characters);
    return out;
}
}  // namespace detail

}  // namespace banter
