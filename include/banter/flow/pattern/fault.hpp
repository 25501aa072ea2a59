// What can be wrong with a pattern, and where: a plain value, so that the caller words the error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace banter {

/// Why a pattern cannot be used.
enum class pattern_fault : std::uint8_t {
    none,
    not_utf8,              ///< the pattern itself is not valid UTF-8
    unclosed_group,        ///< '(' without ')'
    unopened_group,        ///< ')' without '('
    unclosed_class,        ///< '[' without ']'
    bad_range,             ///< '[z-a]', or a range with '\d' at one end
    nothing_to_repeat,     ///< '*' at the start, or after '^', '$', '\b'
    repeated_repeat,       ///< 'a**', 'a+{2}' and the possessive 'a++'
    bad_repeat,            ///< '{3,2}'
    bad_escape,            ///< an unknown '\x' letter, a broken '\xhh', a lone '\'
    backreference,         ///< '\1', '(?P=name)'
    bad_group_name,        ///< '(?P<1a>...)', or one name used twice
    unsupported_group,     ///< '(?=', '(?<=', '(?<!', '(?>', '(?(', '(?#' and the like
    unsupported_flag,      ///< flags other than i and s, or flags that are not at the start
    misplaced_look_ahead,  ///< '(?!...)' that is not the pattern's beginning
    floating_look_ahead,   ///< a search that begins with '(?!...)' and not with '^(?!...)'
    too_large,             ///< a cap was reached (see pattern.hpp)
};

/// The fault as the middle of a sentence, without a full stop.
[[nodiscard]] constexpr std::string_view sentence_of(pattern_fault fault) {
    switch (fault) {
    case pattern_fault::none:
        return "the pattern is fine";
    case pattern_fault::not_utf8:
        return "the pattern is not valid UTF-8";
    case pattern_fault::unclosed_group:
        return "this '(' has no ')'";
    case pattern_fault::unopened_group:
        return "this ')' has no '('";
    case pattern_fault::unclosed_class:
        return "this '[' has no ']'";
    case pattern_fault::bad_range:
        return "this character range is empty or has a class at an end";
    case pattern_fault::nothing_to_repeat:
        return "there is nothing here to repeat";
    case pattern_fault::repeated_repeat:
        return "a repeat of a repeat needs a group, as in (?:a*)+";
    case pattern_fault::bad_repeat:
        return "the smallest count is above the largest";
    case pattern_fault::bad_escape:
        return "this escape is unknown or incomplete";
    case pattern_fault::backreference:
        return "backreferences are not supported";
    case pattern_fault::bad_group_name:
        return "this group name is malformed or used twice";
    case pattern_fault::unsupported_group:
        return "this kind of group is not supported";
    case pattern_fault::unsupported_flag:
        return "only the flags i and s, at the start, are supported";
    case pattern_fault::misplaced_look_ahead:
        return "a look-ahead may only begin the pattern, in front of all alternatives";
    case pattern_fault::floating_look_ahead:
        return "in a search a look-ahead must follow '^', or it merely moves the match";
    case pattern_fault::too_large:
        return "the pattern is too large";
    }
    return "the pattern is not usable";
}

/// The result of reading a pattern: fault none means usable; position counts bytes from 0.
struct pattern_verdict {
    pattern_fault fault = pattern_fault::none;
    std::size_t position = 0;

    [[nodiscard]] constexpr bool ok() const { return fault == pattern_fault::none; }
    bool operator==(const pattern_verdict&) const = default;
};

/// How a pattern meets its subject.
enum class match_kind : std::uint8_t {
    whole,   ///< the pattern is the whole subject, as Python's re.fullmatch
    search,  ///< the pattern is somewhere in the subject, as Python's re.search
};

}  // namespace banter
