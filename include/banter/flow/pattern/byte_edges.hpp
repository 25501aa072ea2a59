// Which bytes an automaton tells from the byte before, as the solver looks at it.
#pragma once

#include <banter/flow/pattern/automaton.hpp>
#include <banter/flow/pattern/buffer.hpp>

#include <cstddef>
#include <cstdint>

namespace banter::detail {

/// Where bytes begin that an automaton tells from the byte before: a set of bytes.
struct byte_edges {
    std::uint64_t words[4]{1, 0, 0, 0};
    bool known = false;

    constexpr void add(std::uint8_t byte) { set_bit(words, byte); }
    /// The first edge not before a byte; 256 if there is none.
    [[nodiscard]] constexpr std::size_t next(std::size_t byte) const {
        if (byte > 255) return 256;
        std::size_t at = byte / 64;
        std::uint64_t left = words[at] >> (byte % 64) << (byte % 64);
        while (left == 0 && ++at != 4) left = words[at];
        return at == 4 ? 256 : at * 64 + lowest_bit(left);
    }
};

constexpr byte_edges edges_of(const automaton_view& automaton) {
    byte_edges found{.known = true};
    const std::uint8_t* const classes = automaton.classes;
    for (std::size_t b = 1; b != 256; ++b)
        if (classes[b] != classes[b - 1]) set_bit(found.words, b);
    return found;
}

inline constexpr byte_edges unknown_edges{};

}  // namespace banter::detail
