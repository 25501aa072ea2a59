// Patterns that begin with plain characters, as most of a bot's do: bank_([0-9]+), back, ^Menu$.
//
// What stands behind the literal is compiled by itself, once for all patterns that end alike; a chain of
// states, one for each byte, leads there. A bot of 120 buttons bank_([0-9]+) and the like compiled in 5.8 s
// when each was compiled as a whole, in 4.6 s so (g++ 12, -fsyntax-only; 40 of them: 3.6 and 3.2 s).
#pragma once

#include <banter/flow/pattern/automaton.hpp>
#include <banter/flow/pattern/byte_edges.hpp>
#include <banter/flow/pattern/char_set.hpp>
#include <banter/flow/pattern/program.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace banter::detail {

inline constexpr std::size_t longest_literal_start = 64;  // bytes

/// Where a pattern's literal stands: behind a `^`, or at the beginning.
struct literal_start {
    std::size_t from = 0;
    std::size_t size = 0;

    [[nodiscard]] constexpr std::size_t end() const { return from + size; }
};

constexpr bool stands_for_itself(char c) {
    return std::string_view("^$.|?*+()[]{}\\").find(c) == std::string_view::npos;
}

/// Whether what stands behind a literal means by itself what it means there: nothing in it looks back or
/// belongs to the beginning of a pattern, and no `|` makes the literal one of several.
constexpr bool means_the_same_alone(std::string_view rest) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < rest.size(); ++i) switch (rest[i]) {
            case '\\':
                if (++i == rest.size() || std::string_view("AbB").find(rest[i]) != std::string_view::npos)
                    return false;
                break;
            case '^': return false;
            case '|':
                if (depth == 0) return false;
                break;
            case '(':
                ++depth;
                if (rest.substr(i).starts_with("(?") && !rest.substr(i).starts_with("(?:") &&
                    !rest.substr(i).starts_with("(?P<"))
                    return false;
                break;
            case ')':
                if (depth-- == 0) return false;
                break;
            case '[':
                i += rest.substr(i).starts_with("[^") ? 2 : 1;
                if (i < rest.size() && rest[i] == ']') ++i;  // in the first place it is one of the class
                for (; i < rest.size() && rest[i] != ']'; ++i)
                    if (rest[i] == '\\') ++i;
                break;
            default: break;
        }
    return true;
}

/// Finds it; of size 0 where the pattern has none that can be taken by itself.
constexpr literal_start find_literal_start(std::string_view pattern, match_kind kind) {
    if (pattern.size() > longest_pattern) return {};
    const bool anchored = pattern.starts_with('^');
    if (kind == match_kind::search && !anchored) return {};  // it may begin anywhere
    literal_start found{.from = anchored ? 1U : 0U};
    std::size_t last = 0;  // where its last character begins
    while (found.end() < pattern.size() && stands_for_itself(pattern[found.end()])) {
        const std::size_t size = decode_at(pattern, found.end()).size;
        if (size == 0 || found.size + size > longest_literal_start) break;
        last = found.size;
        found.size += size;
    }
    const std::string_view rest = pattern.substr(found.end());
    if (!rest.empty() && std::string_view("*+?{").find(rest[0]) != std::string_view::npos) found.size = last;
    if (!means_the_same_alone(pattern.substr(found.end()))) return {};
    return found;
}

/// How many bytes each class has.
constexpr std::array<std::uint16_t, 256> class_sizes_of(const automaton_view& automaton) {
    std::array<std::uint16_t, 256> sizes{};
    for (std::size_t byte = 0; byte != 256; ++byte) ++sizes[automaton.classes[byte]];
    return sizes;
}

/// The classes of a literal and what follows it: those of the rest, and one for each byte of the literal
/// that shared one with others.
struct chained_classes {
    std::array<std::uint8_t, 256> of_byte{};
    std::uint16_t count = 0;
    std::uint8_t split_from[longest_literal_start]{};  // of the classes that came to those of the rest
};

constexpr chained_classes classes_behind(std::string_view literal, const automaton_view& rest,
                                         std::array<std::uint16_t, 256> sizes) {
    chained_classes out{.count = rest.class_count};
    std::copy_n(rest.classes, 256, out.of_byte.data());
    for (const char c : literal) {
        std::uint8_t& own = out.of_byte[static_cast<unsigned char>(c)];
        if (own >= rest.class_count || sizes[own] == 1) continue;
        --sizes[own];
        out.split_from[out.count - rest.class_count] = own;
        own = static_cast<std::uint8_t>(out.count++);
    }
    return out;
}

/// Whether a state of the rest does what the chain's last state does, as in ab(ab)*: it takes this byte
/// only, and begins the rest anew. A chain would not be minimal then; else no state of it is one of the rest.
constexpr bool repeats_byte(const automaton_view& rest, const std::array<std::uint16_t, 256>& class_sizes,
                            char last) {
    const std::size_t own = rest.class_of(last);
    if (class_sizes[own] != 1) return false;
    for (std::size_t s = rest.settled; s != rest.state_count; ++s) {
        bool same = !rest.accepts(s) && rest.next(s, own) == rest.start;
        for (std::size_t c = 0; c != rest.class_count; ++c) same = same && (c == own || rest.next(s, c) == 0);
        if (same) return true;
    }
    return false;
}

/// The automaton of a literal and what follows it: the states of the rest keep their numbers, and the
/// chain's come behind them.
constexpr automaton_shape shape_behind(std::string_view literal, const automaton_view& rest,
                                       const chained_classes& classes) {
    automaton_shape shape{.verdict = {},
                          .state_count = static_cast<std::uint16_t>(rest.state_count + literal.size()),
                          .class_count = classes.count,
                          .start = rest.state_count,
                          .settled = rest.settled,
                          .wide_alike = rest.wide_alike};
    for (const char c : literal)
        if (static_cast<unsigned char>(c) >= 0x80) shape.wide_alike = false;
    return shape;
}
template <std::size_t Entries>
constexpr std::array<std::uint16_t, Entries> table_behind(std::string_view literal,
                                                          const automaton_view& rest,
                                                          const chained_classes& classes) {
    std::array<std::uint16_t, Entries> table{};
    std::uint16_t* row = table.data();
    const std::uint16_t* from = rest.table;
    for (std::size_t s = 0; s != rest.state_count; ++s) {
        for (std::size_t c = 0; c != rest.class_count; ++c) row[c] = from[c];
        for (std::size_t c = rest.class_count; c != classes.count; ++c)
            row[c] = from[classes.split_from[c - rest.class_count]];
        row[classes.count] = from[rest.class_count];  // accepts
        from += rest.class_count + 1U;
        row += classes.count + 1U;
    }
    for (std::size_t i = 0; i != literal.size(); ++i, row += classes.count + 1U)
        row[classes.of_byte[static_cast<unsigned char>(literal[i])]] =
            i + 1 == literal.size() ? rest.start : static_cast<std::uint16_t>(rest.state_count + i + 1);
    return table;
}

/// What all texts begin with: the literal, and what follows it where that has room.
constexpr literal_prefix chained_prefix(std::string_view literal, const automaton_view& rest,
                                        const literal_prefix& further) {
    literal_prefix out;
    out.size = static_cast<std::uint16_t>(std::min(literal.size(), sizeof(out.bytes)));
    std::copy_n(literal.data(), out.size, out.bytes);
    if (out.size < literal.size()) {
        out.state = static_cast<std::uint16_t>(rest.state_count + out.size);
    } else if (out.size + further.size > sizeof(out.bytes)) {
        out.state = rest.start;
    } else {
        std::copy_n(further.bytes, further.size, out.bytes + out.size);
        out.size = static_cast<std::uint16_t>(out.size + further.size);
        out.state = further.state;
        out.is_all = further.is_all;
    }
    return out;
}

/// Each byte of the literal has a class of its own.
constexpr byte_edges edges_behind(std::string_view literal, byte_edges edges) {
    for (const char c : literal) {
        const auto byte = static_cast<unsigned char>(c);
        edges.add(byte);
        if (byte != 255) edges.add(static_cast<std::uint8_t>(byte + 1U));
    }
    return edges;
}

}  // namespace banter::detail
