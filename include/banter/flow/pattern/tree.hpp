// The tree of a pattern: nodes by number, siblings chained.
#pragma once

#include <cstdint>

namespace banter::detail {

enum class assertion : std::uint8_t {
    begin,           // ^ \A
    end_or_newline,  // $
    end,             // \Z
    word_edge,       // \b
    no_word_edge,    // \B
};

enum class node_kind : std::uint8_t {
    empty,
    chars,
    sequence,
    alternatives,
    repeat,
    group,
    assertion
};

inline constexpr std::uint16_t no_node = 0xFFFF;
inline constexpr int unlimited = -1;
inline constexpr int largest_count = 1000;  // of {m,n}
inline constexpr int deepest_nesting = 32;  // of groups

struct syntax_node {
    node_kind kind = node_kind::empty;
    bool greedy = true;
    std::uint16_t value = 0;        // set, group number or assertion
    std::uint16_t child = no_node;  // the first one
    std::uint16_t next = no_node;   // the next sibling
    std::int16_t least = 1;         // of a repeat
    std::int16_t most = 1;
    std::uint16_t position = 0;  // in the pattern
};

}  // namespace banter::detail
