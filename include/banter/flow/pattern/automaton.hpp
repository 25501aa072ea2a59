// The finished automaton: minimal, deterministic, over classes of bytes, in arrays of exactly its
// size. Here symbols (code points) become bytes, by way of states inside a UTF-8 sequence.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <banter/flow/pattern/buffer.hpp>
#include <banter/flow/pattern/determinise.hpp>
#include <banter/flow/pattern/minimise.hpp>
#include <banter/flow/pattern/positions.hpp>

namespace banter {

/// A deterministic automaton over bytes, stored elsewhere (a pattern's are static). State 0 rejects
/// whatever follows. States below `settled` never change again.
struct automaton_view {
    const std::uint8_t* classes = nullptr;  ///< 256: byte -> class
    const std::uint16_t* table = nullptr;   ///< rows of class_count successors and one accept flag
    std::uint16_t state_count = 0;
    std::uint16_t class_count = 0;
    std::uint16_t start = 0;
    std::uint16_t settled = 1;  ///< 2 where state 1 accepts whatever follows, else 1

    [[nodiscard]] constexpr std::size_t class_of(char byte) const {
        return classes[static_cast<unsigned char>(byte)];
    }
    /// The state after a byte of class `byte_class`.
    [[nodiscard]] constexpr std::size_t next(std::size_t state, std::size_t byte_class) const {
        return table[state * (class_count + 1u) + byte_class];
    }
    [[nodiscard]] constexpr bool accepts(std::size_t state) const {
        return table[state * (class_count + 1u) + class_count] != 0;
    }
    /// Whether the automaton accepts no text at all.
    [[nodiscard]] constexpr bool is_empty() const { return start == 0; }

    [[nodiscard]] constexpr bool matches(std::string_view subject) const {
        std::size_t state = start;
        for (const char byte : subject) {
            if (state < settled) {
                break;
            }
            state = next(state, class_of(byte));
        }
        return accepts(state);
    }
};

namespace detail {

/// The shape of an automaton; too_large is reported through the verdict.
struct automaton_shape {
    pattern_verdict verdict;
    std::uint16_t state_count = 1;
    std::uint16_t class_count = 1;
    std::uint16_t start = 0;
    std::uint16_t settled = 1;

    [[nodiscard]] constexpr std::size_t entries() const {
        return std::size_t{state_count} * (class_count + 1u);
    }
};

/// Successors of a state for a run of bytes outside ASCII.
struct byte_run {
    std::uint16_t first = 0;
    std::uint16_t last = 0;
    std::uint16_t to = 0;
};

/// Turns transitions on code points into transitions on bytes. States inside a sequence are shared
/// wherever they lead to the same places, so the result is as small as it was before.
class byte_expansion {
  public:
    struct node {
        std::size_t first_run = 0;
        std::size_t run_count = 0;
    };
    growing<byte_run> runs;
    growing<node> inner;  // the states inside a sequence, numbered from `outer_count`

    constexpr explicit byte_expansion(std::size_t outer_count)
        : outer_count_(outer_count), uniform_(3 * outer_count) {}

    /// The runs of a state whose successors by code point are `targets` (sorted, 0 rejects).
    struct segment {
        std::uint32_t last = 0;
        std::uint16_t to = 0;
    };
    constexpr node expand(const growing<segment>& segments) {
        segments_ = segments.data();
        segment_count_ = segments.size();
        growing<byte_run> found;
        cover(found, 0xC0, 1, 0, 0x80, 0x7FF);
        cover(found, 0xE0, 2, 0, 0x800, 0xFFFF);
        cover(found, 0xF0, 3, 0, 0x10000, last_code_point);
        return keep(found);
    }

  private:
    constexpr node keep(const growing<byte_run>& found) {
        const node result{runs.size(), found.size()};
        for (std::size_t i = 0; i < found.size(); ++i) {
            runs.push(found[i]);
        }
        return result;
    }

    constexpr segment segment_at(std::uint32_t code_point) const {
        for (std::size_t i = 0; i < segment_count_; ++i) {
            if (code_point <= segments_[i].last) {
                return segments_[i];
            }
        }
        return {last_code_point, 0};
    }

    /// Adds the runs for [low, high], where byte `offset` + i stands for the i-th block of
    /// 64^`tail` code points from `base`.
    constexpr void cover(growing<byte_run>& found, std::uint32_t offset, unsigned tail,
                         std::uint32_t base, std::uint32_t low, std::uint32_t high) {
        const std::uint32_t block_size = 1u << (6 * tail);
        while (low <= high) {
            const std::uint32_t block = (low - base) / block_size;
            const std::uint32_t block_first = base + block * block_size;
            const std::uint32_t block_last = block_first + block_size - 1;
            const segment here = segment_at(low);
            std::uint32_t last_block = block;
            std::uint16_t to = 0;
            std::uint32_t done = block_last < high ? block_last : high;
            if (low == block_first && here.last >= block_last && block_last <= high) {
                const std::uint32_t last = here.last < high ? here.last : high;
                last_block = block + (last - block_first + 1) / block_size - 1;
                done = base + (last_block + 1) * block_size - 1;
                to = uniform(tail, here.to);
            } else {
                growing<byte_run> within;
                cover(within, 0x80, tail - 1, block_first, low, done);
                to = within.size() == 0 ? std::uint16_t{0} : find_or_add(within);
            }
            if (to != 0) {
                push_run(found, static_cast<std::uint16_t>(offset + block),
                         static_cast<std::uint16_t>(offset + last_block), to);
            }
            low = done + 1;
        }
    }

    static constexpr void push_run(growing<byte_run>& found, std::uint16_t first,
                                   std::uint16_t last, std::uint16_t to) {
        if (found.size() > 0) {
            byte_run& before = found[found.size() - 1];
            if (before.to == to && before.last + 1 == first) {
                before.last = last;
                return;
            }
        }
        found.push({first, last, to});
    }

    /// The state before `tail` continuation bytes, whatever they are, and then `to`.
    constexpr std::uint16_t uniform(unsigned tail, std::uint16_t to) {
        if (tail == 0 || to == 0) {
            return to;
        }
        std::uint16_t& known = uniform_.data()[(tail - 1) * outer_count_ + to];
        if (known == 0) {
            growing<byte_run> only;
            only.push({0x80, 0xBF, uniform(tail - 1, to)});
            known = find_or_add(only);
        }
        return known;
    }

    constexpr std::uint16_t find_or_add(const growing<byte_run>& found) {
        for (std::size_t i = 0; i < inner.size(); ++i) {
            if (inner[i].run_count == found.size() && same(inner[i], found)) {
                return static_cast<std::uint16_t>(outer_count_ + i);
            }
        }
        inner.push(keep(found));
        return static_cast<std::uint16_t>(outer_count_ + inner.size() - 1);
    }

    constexpr bool same(const node& known, const growing<byte_run>& found) const {
        for (std::size_t i = 0; i < known.run_count; ++i) {
            const byte_run& mine = runs[known.first_run + i];
            if (mine.to != found[i].to || mine.first != found[i].first || mine.last != found[i].last) {
                return false;
            }
        }
        return true;
    }

    std::size_t outer_count_;
    scratch<std::uint16_t> uniform_;  // [tail - 1][to]
    const segment* segments_ = nullptr;
    std::size_t segment_count_ = 0;
};

/// Puts the minimal automaton over symbols into its final form.
class automaton_writer {
  public:
    constexpr automaton_writer(const symbolic_automaton& dfa, const growing<symbol>& symbols)
        : dfa_(dfa), symbols_(symbols), number_(dfa.states.size()),
          accepting_(dfa.states.size() + 2), class_of_symbol_(symbols.size()) {
        number_states();
        successors_ = new std::uint16_t[shape_.state_count * symbols.size() + 1]{};
        for (std::size_t i = 0; i < dfa.edges.size(); ++i) {
            const edge& each = dfa.edges[i];
            successors_[number_.data()[each.from] * symbols.size() + each.symbol] =
                number_.data()[each.to];
        }
    }
    constexpr ~automaton_writer() { delete[] successors_; }
    automaton_writer(const automaton_writer&) = delete;
    automaton_writer& operator=(const automaton_writer&) = delete;

    /// Fills classes (256) always and table where `capacity` entries are enough.
    constexpr automaton_shape write(std::uint8_t* classes, std::uint16_t* table,
                                    std::size_t capacity) {
        const std::size_t outer = shape_.state_count;
        byte_expansion expansion(outer);
        growing<byte_expansion::node> wide;
        expand_all(expansion, wide);
        const std::size_t states = outer + expansion.inner.size();
        const std::size_t class_count = number_classes(expansion, classes);
        shape_.state_count = static_cast<std::uint16_t>(states);
        shape_.class_count = static_cast<std::uint16_t>(class_count);
        if (states > 0xFFFF || shape_.entries() > 0x100000) {
            shape_.verdict.fault = pattern_fault::too_large;
            return shape_;
        }
        if (shape_.entries() <= capacity) {
            for (std::size_t s = 0; s < states; ++s) {
                const byte_expansion::node& mine = s < outer ? wide[s] : expansion.inner[s - outer];
                write_row(s, mine, expansion, classes, table + s * (class_count + 1));
            }
        }
        return shape_;
    }

  private:
    /// 0 rejects for ever, 1 accepts for ever if there is such a state, the rest as they come.
    constexpr void number_states() {
        const std::size_t count = dfa_.states.size();
        scratch<bool> goes_on(count);
        for (std::size_t i = 0; i < dfa_.edges.size(); ++i) {
            goes_on.data()[dfa_.edges[i].from] = true;
        }
        for (std::size_t s = 0; s < count; ++s) {
            if (dfa_.states[s] == state_kind::settled) {
                shape_.settled = 2;
            }
        }
        std::uint16_t next = shape_.settled;
        for (std::size_t s = 0; s < count; ++s) {
            if (dfa_.states[s] == state_kind::settled) {
                number_.data()[s] = 1;
            } else if (dfa_.states[s] == state_kind::accepting || goes_on.data()[s]) {
                accepting_.data()[next] = dfa_.states[s] == state_kind::accepting;
                number_.data()[s] = next++;
            }
        }
        shape_.state_count = outer_count_ = next;
        shape_.start = number_.data()[0];
    }

    constexpr bool is_settled(std::size_t state) const { return state == 1 && shape_.settled == 2; }

    constexpr void expand_all(byte_expansion& expansion, growing<byte_expansion::node>& wide) {
        std::size_t first_wide = 0;
        while (symbols_[first_wide].first == 0) {
            ++first_wide;
        }
        const std::size_t count = symbols_.size();
        growing<byte_expansion::segment> segments;
        for (std::size_t state = 0; state < shape_.state_count; ++state) {
            const std::uint16_t* mine = successors_ + state * count;
            // Many states go the same way outside ASCII.
            std::size_t like = 0;
            for (; like < state; ++like) {
                const std::uint16_t* other = successors_ + like * count;
                std::size_t s = first_wide;
                while (s < count && mine[s] == other[s]) {
                    ++s;
                }
                if (s == count) {
                    break;
                }
            }
            if (like < state) {
                wide.push(wide[like]);
                continue;
            }
            segments.shrink(0);
            for (std::size_t s = first_wide; s < count; ++s) {
                const symbol& each = symbols_[s];
                if (each.first == 0xE000) {
                    add_segment(segments, 0xDFFF, 0);
                }
                add_segment(segments, each.last, mine[s]);
            }
            wide.push(expansion.expand(segments));
        }
    }

    static constexpr void add_segment(growing<byte_expansion::segment>& segments,
                                      std::uint32_t last, std::uint16_t to) {
        if (segments.size() > 0 && segments[segments.size() - 1].to == to) {
            segments[segments.size() - 1].last = last;
        } else {
            segments.push({last, to});
        }
    }

    /// ASCII symbols that no state tells apart share a class; so do bytes between the borders of runs.
    constexpr std::size_t number_classes(const byte_expansion& expansion, std::uint8_t* classes) {
        std::size_t class_count = 0;
        const std::size_t count = symbols_.size();
        for (std::size_t s = 0; s < count && symbols_[s].first == 0; ++s) {
            std::size_t like = 0;
            while (like < s && !same_column(like, s)) {
                ++like;
            }
            const std::uint8_t mine = like < s ? class_of_symbol_.data()[like]
                                               : static_cast<std::uint8_t>(class_count++);
            class_of_symbol_.data()[s] = mine;
            for (std::uint8_t c = 0; c < 64; ++c) {
                if (((symbols_[s].low >> c) & 1) != 0) {
                    classes[c] = mine;
                }
                if (((symbols_[s].high >> c) & 1) != 0) {
                    classes[c + 64] = mine;
                }
            }
        }
        scratch<bool> begins(257);
        begins.data()[0x80] = true;
        for (std::size_t i = 0; i < expansion.runs.size(); ++i) {
            begins.data()[expansion.runs[i].first] = true;
            begins.data()[expansion.runs[i].last + 1u] = true;
        }
        for (std::size_t byte = 0x80; byte < 256; ++byte) {
            class_count += begins.data()[byte] ? 1 : 0;
            classes[byte] = static_cast<std::uint8_t>(class_count - 1);
        }
        return class_count;
    }

    constexpr bool same_column(std::size_t left, std::size_t right) const {
        const std::size_t count = symbols_.size();
        const std::uint16_t* row = successors_;
        for (std::size_t state = 0; state < shape_.state_count; ++state, row += count) {
            if (row[left] != row[right]) {
                return false;
            }
        }
        return true;
    }

    constexpr void write_row(std::size_t state, const byte_expansion::node& wide,
                             const byte_expansion& expansion, const std::uint8_t* classes,
                             std::uint16_t* row) const {
        if (is_settled(state)) {
            for (std::size_t c = 0; c < shape_.class_count; ++c) {
                row[c] = 1;
            }
            row[shape_.class_count] = 1;
            return;
        }
        if (state < outer_count_) {
            const std::uint16_t* mine = successors_ + state * symbols_.size();
            for (std::size_t s = 0; s < symbols_.size() && symbols_[s].first == 0; ++s) {
                if (mine[s] != 0) {
                    row[class_of_symbol_.data()[s]] = mine[s];
                }
            }
            row[shape_.class_count] = accepting_.data()[state] ? 1 : 0;
        }
        for (std::size_t i = 0; i < wide.run_count; ++i) {
            const byte_run& run = expansion.runs[wide.first_run + i];
            for (std::size_t c = classes[run.first]; c <= classes[run.last]; ++c) {
                row[c] = run.to;
            }
        }
    }

    const symbolic_automaton& dfa_;
    const growing<symbol>& symbols_;
    scratch<std::uint16_t> number_;  // of a state of dfa_
    scratch<bool> accepting_;        // by that number
    scratch<std::uint8_t> class_of_symbol_;
    std::uint16_t outer_count_ = 0;
    std::uint16_t* successors_ = nullptr;
    automaton_shape shape_;
};

/// From a program to its automaton. Fills classes (256 entries) and, where `capacity` entries are
/// enough, table; the answer holds the capacity that is needed.
constexpr automaton_shape build_automaton(const program_view& program, match_kind kind,
                                          std::uint8_t* classes, std::uint16_t* table,
                                          std::size_t capacity) {
    automaton_shape failed{.verdict = {pattern_fault::too_large, 0}};
    position_automaton positions(program);
    if (positions.size() > largest_position_count) {
        return failed;
    }
    growing<symbol> symbols;
    collect_symbols(program, positions.tells_newline, positions.tells_words, symbols);
    if (symbols.size() > largest_symbol_count) {
        return failed;
    }
    symbolic_automaton dfa;
    subset_construction(program, positions, symbols, kind, dfa).run();
    if (dfa.too_large) {
        return failed;
    }
    minimise(dfa, symbols.size());
    return automaton_writer(dfa, symbols).write(classes, table, capacity);
}

}  // namespace detail
}  // namespace banter
