// The tree as a list of instructions, in the order in which Perl and Python try things. Captures
// run it as it is; automata are made from its character instructions (Glushkov's positions).
#pragma once

#include <banter/flow/pattern/buffer.hpp>
#include <banter/flow/pattern/char_set.hpp>
#include <banter/flow/pattern/fault.hpp>
#include <banter/flow/pattern/syntax.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace banter::detail {

inline constexpr std::size_t longest_pattern = 1024;  // bytes
inline constexpr std::size_t largest_program = 2048;  // instructions
inline constexpr std::size_t largest_group_count = 32;
inline constexpr unsigned deepest_empty_repeats = 4;  // repeats of what can be empty, nested

enum class opcode : std::uint8_t {
    chars,      // one code point out of set `a`
    split,      // try `a`, then `b`
    jump,       // to `a`
    save,       // the position, into slot `argument`
    assertion,  // `argument` says which
    mark,       // a round of the repeat at level `argument` begins here
    check,      // leaves for `a` if that round has taken nothing
    accept,
};

struct instruction {
    opcode op = opcode::accept;
    std::uint8_t argument = 0;
    std::uint16_t a = 0;
    std::uint16_t b = 0;
    std::uint16_t number = 0;  // of a split among the splits, of chars among the chars
};

/// A program wherever it is stored.
struct program_view {
    const instruction* code = nullptr;
    const char_set* sets = nullptr;
    const interval* intervals = nullptr;
    std::uint16_t code_size = 0;
    std::uint16_t set_count = 0;
    std::uint16_t look_ahead = 0;  // where the forbidden beginning starts; 0: there is none
    std::uint16_t group_count = 0;
    std::uint16_t split_count = 0;
    std::uint16_t chars_count = 0;
    std::uint8_t levels = 0;  // of mark and check
};

/// Turns a tree into instructions.
class program_writer {
  public:
    growing<instruction> code;
    std::uint16_t look_ahead = 0;
    std::uint16_t split_count = 0;
    std::uint16_t chars_count = 0;
    std::uint8_t levels = 0;
    pattern_verdict verdict;

    constexpr explicit program_writer(const syntax_reader& tree) : tree_(tree) {
        if (tree.group_count > largest_group_count) {
            verdict = {pattern_fault::too_large, 0};
            return;
        }
        write(tree.root, 0);
        code.push({.op = opcode::accept});
        if (tree.look_ahead != no_node) {
            look_ahead = here();
            silent_ = true;
            write(tree.look_ahead, 0);
            code.push({.op = opcode::accept});
        }
        for (std::size_t i = 0; i < code.size(); ++i) {
            if (code[i].op == opcode::split) {
                code[i].number = split_count++;
            } else if (code[i].op == opcode::chars) {
                code[i].number = chars_count++;
            }
        }
    }

  private:
    constexpr std::uint16_t here() const { return static_cast<std::uint16_t>(code.size()); }
    constexpr void too_large(std::size_t position) {
        if (verdict.ok()) {
            verdict = {pattern_fault::too_large, position};
        }
    }

    constexpr void write(std::uint16_t at, unsigned level) {
        const syntax_node& node = tree_.nodes[at];
        if (code.size() > largest_program) {
            too_large(node.position);
        }
        if (!verdict.ok()) {
            return;
        }
        switch (node.kind) {
        case node_kind::empty:
            break;
        case node_kind::chars:
            code.push({.op = opcode::chars, .a = node.value});
            break;
        case node_kind::assertion:
            code.push({.op = opcode::assertion, .argument = static_cast<std::uint8_t>(node.value)});
            break;
        case node_kind::sequence:
            for (std::uint16_t i = node.child; i != no_node; i = tree_.nodes[i].next) {
                write(i, level);
            }
            break;
        case node_kind::alternatives:
            write_alternatives(node, level);
            break;
        case node_kind::repeat:
            write_repeat(node, level);
            break;
        case node_kind::group: {
            const bool captures = node.value != 0 && !silent_;
            const auto slot = static_cast<std::uint8_t>(2 * node.value);
            if (captures) {
                code.push({.op = opcode::save, .argument = slot});
            }
            write(node.child, level);
            if (captures) {
                code.push({.op = opcode::save, .argument = static_cast<std::uint8_t>(slot + 1)});
            }
            break;
        }
        }
    }

    constexpr void write_alternatives(const syntax_node& node, unsigned level) {
        std::uint16_t leaving = no_node;  // the jumps to the end, chained through `a`
        for (std::uint16_t i = node.child; i != no_node; i = tree_.nodes[i].next) {
            if (tree_.nodes[i].next == no_node) {
                write(i, level);
                break;
            }
            const std::uint16_t split = here();
            code.push({.op = opcode::split, .a = static_cast<std::uint16_t>(split + 1)});
            write(i, level);
            code.push({.op = opcode::jump, .a = leaving});
            leaving = static_cast<std::uint16_t>(here() - 1);
            code[split].b = here();
        }
        while (leaving != no_node) {
            const std::uint16_t next = code[leaving].a;
            code[leaving].a = here();
            leaving = next;
        }
    }

    /// A split into the next round (pushed here) and the end (to be filled in, chained).
    constexpr void push_choice(bool greedy, std::uint16_t& leaving) {
        const auto round = static_cast<std::uint16_t>(here() + 1);
        code.push(greedy ? instruction{opcode::split, 0, round, leaving, 0}
                         : instruction{opcode::split, 1, leaving, round, 0});
        leaving = static_cast<std::uint16_t>(here() - 1);
    }
    constexpr void push_check(unsigned level, std::uint16_t& leaving) {
        code.push(
            {.op = opcode::check, .argument = static_cast<std::uint8_t>(level), .a = leaving});
        leaving = static_cast<std::uint16_t>(here() - 1);
    }
    constexpr void leave_here(std::uint16_t leaving) {
        while (leaving != no_node) {
            instruction& from = code[leaving];
            // A lazy choice leaves through a, as a check does.
            const bool through_b = from.op == opcode::split && from.argument == 0;
            std::uint16_t& target = through_b ? from.b : from.a;
            leaving = target;
            target = here();
        }
    }

    constexpr void write_repeat(const syntax_node& node, unsigned level) {
        const bool guarded =
            (node.most == unlimited || node.most > node.least) && nullable(node.child);
        const unsigned inner = guarded ? level + 1 : level;
        if (inner > deepest_empty_repeats) {
            too_large(node.position);
            return;
        }
        levels = inner > levels ? static_cast<std::uint8_t>(inner) : levels;
        const bool loops = node.most == unlimited;
        // x{3,} is xxx+ where x takes something each time, and xxxx* otherwise.
        const bool ends_in_plus = loops && node.least > 0 && !guarded;
        const int copies = ends_in_plus ? node.least - 1 : node.least;
        for (int i = 0; i < copies && verdict.ok(); ++i) {
            write(node.child, inner);
        }
        std::uint16_t leaving = no_node;
        if (ends_in_plus) {
            const std::uint16_t start = here();
            write(node.child, inner);
            const auto after = static_cast<std::uint16_t>(here() + 1);
            code.push(node.greedy ? instruction{opcode::split, 0, start, after, 0}
                                  : instruction{opcode::split, 0, after, start, 0});
            return;
        }
        const int rounds = loops ? 1 : node.most - node.least;
        for (int i = 0; i < rounds && verdict.ok(); ++i) {
            const std::uint16_t start = here();
            push_choice(node.greedy, leaving);
            if (guarded) {
                code.push({.op = opcode::mark, .argument = static_cast<std::uint8_t>(level)});
            }
            write(node.child, inner);
            if (guarded) {
                push_check(level, leaving);
            }
            if (loops) {
                code.push({.op = opcode::jump, .a = start});
            }
        }
        leave_here(leaving);
    }

    constexpr bool nullable(std::uint16_t at) const {
        const syntax_node& node = tree_.nodes[at];
        switch (node.kind) {
        case node_kind::chars:
            return false;
        case node_kind::empty:
        case node_kind::assertion:
            return true;
        case node_kind::group:
            return nullable(node.child);
        case node_kind::repeat:
            return node.least == 0 || nullable(node.child);
        case node_kind::sequence:
            for (std::uint16_t i = node.child; i != no_node; i = tree_.nodes[i].next) {
                if (!nullable(i)) {
                    return false;
                }
            }
            return true;
        case node_kind::alternatives:
            for (std::uint16_t i = node.child; i != no_node; i = tree_.nodes[i].next) {
                if (nullable(i)) {
                    return true;
                }
            }
            return false;
        }
        return true;
    }

    const syntax_reader& tree_;
    bool silent_ = false;  // inside a look-ahead, whose groups never take part
};

/// What a pattern's program needs, and what is wrong with the pattern.
struct program_sizes {
    pattern_verdict verdict;
    std::size_t code = 0;
    std::size_t sets = 0;
    std::size_t intervals = 0;
    bool has_look_ahead = false;
    bool begins_with_caret = false;

    [[nodiscard]] constexpr bool fit(std::size_t code_room, std::size_t other_room) const {
        return code <= code_room && sets <= other_room && intervals <= other_room;
    }
};

/// A program with room for so many instructions, sets and intervals.
template <std::size_t Code, std::size_t Sets, std::size_t Intervals>
struct program_storage {
    program_sizes sizes;
    program_view shape;  // without pointers
    std::array<instruction, Code> code{};
    std::array<char_set, Sets + 1> sets{};
    std::array<interval, Intervals + 1> intervals{};

    [[nodiscard]] constexpr program_view view() const {
        program_view result = shape;
        result.code = code.data();
        result.sets = sets.data();
        result.intervals = intervals.data();
        return result;
    }
};

template <class T>
constexpr void copy_some(const T* from, std::size_t count, T* to) {
    for (std::size_t i = 0; i < count; ++i) {
        to[i] = from[i];
    }
}

/// Reads a pattern; where its program fits into `code_room` instructions and `other_room` sets and
/// intervals, writes it.
constexpr program_sizes read_program(std::string_view text, program_view& shape, instruction* code,
                                     std::size_t code_room, char_set* sets, interval* intervals,
                                     std::size_t other_room) {
    if (text.size() > longest_pattern) {
        return {.verdict = {pattern_fault::too_large, longest_pattern}};
    }
    syntax_reader tree(text);
    tree.parse();
    if (!tree.verdict.ok()) {
        return {.verdict = tree.verdict};
    }
    const program_writer writer(tree);
    const program_sizes sizes{.verdict = writer.verdict,
                              .code = writer.code.size(),
                              .sets = tree.sets.size(),
                              .intervals = tree.intervals.size(),
                              .has_look_ahead = tree.look_ahead != no_node,
                              .begins_with_caret = tree.begins_with_caret};
    shape.code_size = static_cast<std::uint16_t>(sizes.code);
    shape.set_count = static_cast<std::uint16_t>(sizes.sets);
    shape.look_ahead = writer.look_ahead;
    shape.group_count = tree.group_count;
    shape.split_count = writer.split_count;
    shape.chars_count = writer.chars_count;
    shape.levels = writer.levels;
    if (sizes.fit(code_room, other_room)) {
        copy_some(writer.code.data(), sizes.code, code);
        copy_some(tree.sets.data(), sizes.sets, sets);
        copy_some(tree.intervals.data(), sizes.intervals, intervals);
    }
    return sizes;
}

}  // namespace banter::detail
