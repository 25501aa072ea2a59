// Sets of code points: two words for ASCII, sorted intervals for the rest; \d \w \s and case
// folding; decoding of UTF-8.
#pragma once

#include <banter/flow/pattern/buffer.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace banter::detail {

inline constexpr std::uint32_t last_code_point = 0x10FFFF;

/// A run of code points outside ASCII.
struct interval {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
};

/// A set as a program stores it: its intervals lie in a pool of the program.
struct char_set {
    word low = 0;   // code points 0 to 63
    word high = 0;  // code points 64 to 127
    std::uint16_t first_interval = 0;
    std::uint16_t interval_count = 0;
};

constexpr bool ascii_contains(const char_set& set, std::uint32_t c) {
    return (((c < 64 ? set.low >> c : set.high >> (c - 64))) & 1) != 0;
}

constexpr bool contains(const char_set& set, const interval* pool, std::uint32_t c) {
    if (c < 128) {
        return ascii_contains(set, c);
    }
    for (unsigned i = 0; i < set.interval_count; ++i) {
        const interval& run = pool[set.first_interval + i];
        if (c <= run.last) {
            return c >= run.first;
        }
    }
    return false;
}

/// One decoded code point; size 0 where the bytes are not valid UTF-8.
struct decoded {
    std::uint32_t value = 0;
    std::uint32_t size = 0;
};

constexpr decoded decode_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
    };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) {
        return {lead, 1};
    }
    const std::uint32_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4) {
        return {};
    }
    std::uint32_t value = lead & (0x7Fu >> size);
    for (std::uint32_t i = 1; i < size; ++i) {
        const std::uint32_t next = byte(i);
        if ((next & 0xC0) != 0x80) {
            return {};
        }
        value = value << 6 | (next & 0x3F);
    }
    const std::uint32_t least = size == 4 ? 0x10000 : size == 3 ? 0x800 : 0x80;
    if (value < least || value > last_code_point || (value >= 0xD800 && value <= 0xDFFF)) {
        return {};
    }
    return {value, size};
}

// ASCII digits, letters with '_', and Python's ASCII white space (space, \t \n \r \f \v).
inline constexpr word digits_low = 0x03FF000000000000;
inline constexpr word word_high = 0x07FFFFFE87FFFFFE;
inline constexpr word space_low = 0x0000000100003E00;

/// Lower and upper case at a fixed distance; alternating: neighbours, the upper one is even.
struct case_pair {
    std::uint32_t first_upper;
    std::uint32_t last_upper;
    std::uint32_t distance;
    bool alternating;
};

// Latin-1, Greek and Cyrillic, one to one: what chats are written in, and small.
inline constexpr case_pair case_pairs[] = {
    {0xC0, 0xD6, 32, false},   {0xD8, 0xDE, 32, false},   {0x386, 0x386, 38, false},
    {0x388, 0x38A, 37, false}, {0x38C, 0x38C, 64, false}, {0x38E, 0x38F, 63, false},
    {0x391, 0x3A1, 32, false}, {0x3A3, 0x3AB, 32, false}, {0x400, 0x40F, 80, false},
    {0x410, 0x42F, 32, false}, {0x460, 0x480, 1, true},   {0x48A, 0x4BE, 1, true},
    {0x4D0, 0x52E, 1, true},
};

/// A set while it is read. intervals may be unsorted until normalise().
class set_builder {
  public:
    word low = 0;
    word high = 0;
    growing<interval> wide;

    constexpr void add(std::uint32_t c) {
        if (c < 64) {
            low |= word{1} << c;
        } else if (c < 128) {
            high |= word{1} << (c - 64);
        } else {
            wide.push({c, c});
        }
    }

    constexpr void add(std::uint32_t first, std::uint32_t last) {
        for (; first <= last && first < 128; ++first) {
            add(first);
        }
        if (first <= last) {
            wide.push({first, last});
        }
    }

    /// \d \w \s and, in upper case, their complements.
    constexpr void add_class(char letter) {
        const char lower = static_cast<char>(letter | 0x20);
        const word class_low = lower == 's' ? space_low : digits_low;
        const word class_high = lower == 'w' ? word_high : 0;
        if (lower == letter) {
            low |= class_low;
            high |= class_high;
        } else {
            low |= ~class_low;
            high |= ~class_high;
            wide.push({0x80, last_code_point});
        }
    }

    /// Adds the other case of every member.
    constexpr void fold() {
        const word letters = high & 0x07FFFFFE07FFFFFE;
        high |= (letters << 32) | (letters >> 32);
        const std::size_t count = wide.size();
        for (std::size_t i = 0; i < count; ++i) {
            const interval run = wide[i];
            for (const case_pair& pair : case_pairs) {
                fold(run, pair);
            }
        }
    }

    constexpr void negate() {
        low = ~low;
        high = ~high;
        normalise();
        growing<interval> rest;
        std::uint32_t next = 0x80;
        for (std::size_t i = 0; i < wide.size(); ++i) {
            if (wide[i].first > next) {
                rest.push({next, wide[i].first - 1});
            }
            next = wide[i].last + 1;
        }
        if (next <= last_code_point) {
            rest.push({next, last_code_point});
        }
        wide.shrink(0);
        for (std::size_t i = 0; i < rest.size(); ++i) {
            wide.push(rest[i]);
        }
    }

    /// Sorts the intervals and joins those that touch.
    constexpr void normalise() {
        const std::size_t count = wide.size();
        if (count < 2) {
            return;
        }
        for (std::size_t i = 1; i < count; ++i) {
            const interval moved = wide[i];
            std::size_t at = i;
            for (; at > 0 && wide[at - 1].first > moved.first; --at) {
                wide[at] = wide[at - 1];
            }
            wide[at] = moved;
        }
        std::size_t kept = 0;
        for (std::size_t i = 1; i < count; ++i) {
            if (wide[i].first <= wide[kept].last + 1) {
                wide[kept].last = wide[i].last > wide[kept].last ? wide[i].last : wide[kept].last;
            } else {
                wide[++kept] = wide[i];
            }
        }
        wide.shrink(kept + 1);
    }

  private:
    constexpr void add_common(interval run, std::uint32_t first, std::uint32_t last,
                              std::int64_t shift) {
        const std::uint32_t from = run.first > first ? run.first : first;
        const std::uint32_t to = run.last < last ? run.last : last;
        if (from <= to) {
            wide.push(
                {static_cast<std::uint32_t>(from + shift), static_cast<std::uint32_t>(to + shift)});
        }
    }

    constexpr void fold(interval run, const case_pair& pair) {
        if (pair.alternating) {
            const std::uint32_t last = pair.last_upper + 1;
            if (run.first <= last && run.last >= pair.first_upper) {
                const std::uint32_t from =
                    run.first > pair.first_upper ? run.first : pair.first_upper;
                const std::uint32_t to = run.last < last ? run.last : last;
                wide.push({from & ~1u, to | 1u});
            }
            return;
        }
        const std::int64_t shift = pair.distance;
        add_common(run, pair.first_upper, pair.last_upper, shift);
        add_common(run, pair.first_upper + pair.distance, pair.last_upper + pair.distance, -shift);
    }
};

}  // namespace banter::detail
