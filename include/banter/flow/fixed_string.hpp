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

}  // namespace banter
