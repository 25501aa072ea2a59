#pragma once

#include <banter/flow/generated/case_tables.hpp>
#include <banter/flow/letter_case.hpp>
#include <banter/flow/pattern/char_set.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace banter {

namespace detail {

/// One character of a given; a byte that is no part of UTF-8 is one that has no case.
inline decoded character_at(std::string_view given, std::size_t at) {
    const decoded found = decode_at(given, at);
    return found.size != 0 ? found : decoded{0xFFFD, 1};
}

BANTER_DECL void append_utf8(std::string& to, std::uint32_t code) {
    const auto more = [code](unsigned shift) {
        return static_cast<char>(0x80U | (code >> shift & 0x3FU));
    };
    if (code < 0x80) {
        to += static_cast<char>(code);
    } else if (code < 0x800) {
        to += {static_cast<char>(0xC0U | code >> 6U), more(0)};
    } else if (code < 0x10000) {
        to += {static_cast<char>(0xE0U | code >> 12U), more(6), more(0)};
    } else {
        to += {static_cast<char>(0xF0U | code >> 18U), more(12), more(6), more(0)};
    }
}

/// The range that a character is in; null if it is in none.
template <class Range, std::size_t N>
const Range* range_of(const Range (&ranges)[N], std::uint32_t code) {
    const Range* const found = std::lower_bound(
        ranges, ranges + N, code, [](const Range& one, std::uint32_t wanted) { return one.last < wanted; });
    return found != ranges + N && found->first <= code ? found : nullptr;
}

template <std::size_t N>
std::uint32_t in_other_case(const case_range (&ranges)[N], std::uint32_t code) {
    const case_range* const found = range_of(ranges, code);
    if (found == nullptr || (code - found->first) % static_cast<std::uint32_t>(found->step) != 0) return code;
    return static_cast<std::uint32_t>(static_cast<std::int32_t>(code) + found->delta);
}

/// The several letters that this one becomes; null if it becomes one.
BANTER_DECL const char* long_upper_of(std::uint32_t code) {
    const long_upper* const end = std::end(long_uppers);
    const long_upper* const found =
        std::lower_bound(long_uppers, end, code,
                         [](const long_upper& one, std::uint32_t wanted) { return one.letter < wanted; });
    return found != end && found->letter == code ? found->upper : nullptr;
}

/// Unicode's Final_Sigma: letters before it in its word, and none behind it. What is ignorable, an
/// apostrophe or an accent, ends no word.
class sigma_watch {
  public:
    void passed(std::uint32_t code) {
        if (range_of(case_ignorable_ranges, code) == nullptr)
            behind_letter_ = range_of(cased_ranges, code) != nullptr;
    }
    [[nodiscard]] bool is_final(std::string_view rest) const {
        for (std::size_t at = 0; at != rest.size();) {
            const decoded next = character_at(rest, at);
            if (range_of(case_ignorable_ranges, next.value) == nullptr)
                return behind_letter_ && range_of(cased_ranges, next.value) == nullptr;
            at += next.size;
        }
        return behind_letter_;
    }

  private:
    bool behind_letter_ = false;
};

}  // namespace detail

BANTER_DECL std::string upper_case(std::string_view given) {
    std::string out;
    out.reserve(given.size());
    for (std::size_t at = 0; at != given.size();) {
        const detail::decoded here = detail::character_at(given, at);
        const std::uint32_t upper = detail::in_other_case(detail::upper_ranges, here.value);
        if (const char* const letters = detail::long_upper_of(here.value))
            out += letters;
        else if (upper != here.value)
            detail::append_utf8(out, upper);
        else
            out += given.substr(at, here.size);
        at += here.size;
    }
    return out;
}

BANTER_DECL std::string lower_case(std::string_view given) {
    constexpr std::uint32_t sigma = 0x3A3, final_sigma = 0x3C2, dotted_i = 0x130;
    std::string out;
    out.reserve(given.size());
    detail::sigma_watch words;
    for (std::size_t at = 0; at != given.size();) {
        const detail::decoded here = detail::character_at(given, at);
        const std::uint32_t lower = detail::in_other_case(detail::lower_ranges, here.value);
        const std::size_t behind = at + here.size;
        if (here.value == dotted_i)
            out += "i\xCC\x87";  // an i, and the dot that it keeps
        else if (here.value == sigma && words.is_final(given.substr(behind)))
            detail::append_utf8(out, final_sigma);
        else if (lower != here.value)
            detail::append_utf8(out, lower);
        else
            out += given.substr(at, here.size);
        words.passed(here.value);
        at = behind;
    }
    return out;
}

}  // namespace banter
