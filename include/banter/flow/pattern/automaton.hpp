// The finished automaton: minimal, deterministic, over classes of bytes, in arrays of exactly its
// size. Here symbols (code points) become bytes, by way of states inside a UTF-8 sequence.
#pragma once

#include <banter/flow/pattern/buffer.hpp>
#include <banter/flow/pattern/determinise.hpp>
#include <banter/flow/pattern/minimise.hpp>
#include <banter/flow/pattern/positions.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

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
    bool wide_alike = false;    ///< known to tell no characters outside ASCII apart

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

/// The bytes with which every accepted text begins, as far as they are single, and the state there.
struct literal_prefix {
    char bytes[24]{};
    std::uint16_t size = 0;
    std::uint16_t state = 0;
    bool is_all = false;  // no other text is accepted
};

constexpr literal_prefix find_literal_prefix(const automaton_view& from) {
    literal_prefix result{.state = from.start};
    std::uint16_t only_byte[257]{};  // of a class, plus 1; 0xFFFF where there are several
    for (std::uint16_t b = 0; b < 256; ++b) {
        std::uint16_t& known = only_byte[from.classes[b]];
        known = known == 0 ? static_cast<std::uint16_t>(b + 1) : std::uint16_t{0xFFFF};
    }
    while (result.size < sizeof(result.bytes) && result.state >= from.settled &&
           !from.accepts(result.state)) {
        const std::uint16_t* row = from.table + result.state * (from.class_count + 1u);
        std::size_t only = 0;
        std::size_t ways = 0;
        for (std::size_t c = 0; c < from.class_count && ways < 2; ++c) {
            if (row[c] != 0) {
                only = c;
                ++ways;
            }
        }
        if (ways != 1 || only_byte[only] == 0xFFFF) {
            break;
        }
        const auto byte = static_cast<unsigned char>(only_byte[only] - 1);
        result.bytes[result.size++] = static_cast<char>(byte);
        result.state = row[only];
    }
    const std::uint16_t* const row = from.table + result.state * (from.class_count + 1u);
    result.is_all = row[from.class_count] != 0;
    for (std::size_t c = 0; c < from.class_count; ++c) {
        result.is_all = result.is_all && row[c] == 0;
    }
    return result;
}

/// The shape of an automaton; too_large is reported through the verdict.
struct automaton_shape {
    pattern_verdict verdict;
    std::uint16_t state_count = 1;
    std::uint16_t class_count = 1;
    std::uint16_t start = 0;
    std::uint16_t settled = 1;
    bool wide_alike = false;

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
    constexpr ~byte_expansion() { delete[] buckets_; }
    byte_expansion(const byte_expansion&) = delete;
    byte_expansion& operator=(const byte_expansion&) = delete;

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
        if (inner.size() * 2 >= bucket_count_) {
            enlarge_buckets();
        }
        std::size_t at = hash_of(found.data(), found.size()) & (bucket_count_ - 1);
        for (; buckets_[at] != 0; at = (at + 1) & (bucket_count_ - 1)) {
            const node& known = inner[buckets_[at] - 1u];
            if (known.run_count == found.size() && same(known, found)) {
                return static_cast<std::uint16_t>(outer_count_ + buckets_[at] - 1u);
            }
        }
        inner.push(keep(found));
        buckets_[at] = static_cast<std::uint16_t>(inner.size());
        return static_cast<std::uint16_t>(outer_count_ + inner.size() - 1);
    }

    static constexpr std::size_t hash_of(const byte_run* from, std::size_t count) {
        word hash = count;
        for (std::size_t i = 0; i < count; ++i) {
            hash = (hash ^ (from[i].first | word{from[i].last} << 8 | word{from[i].to} << 16)) *
                   0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
        }
        return hash;
    }

    constexpr void enlarge_buckets() {
        delete[] buckets_;
        bucket_count_ = bucket_count_ == 0 ? 32 : bucket_count_ * 4;
        buckets_ = new std::uint16_t[bucket_count_]{};
        for (std::size_t i = 0; i < inner.size(); ++i) {
            std::size_t at =
                hash_of(runs.data() + inner[i].first_run, inner[i].run_count) & (bucket_count_ - 1);
            while (buckets_[at] != 0) {
                at = (at + 1) & (bucket_count_ - 1);
            }
            buckets_[at] = static_cast<std::uint16_t>(i + 1);
        }
    }

    constexpr bool same(const node& known, const growing<byte_run>& found) const {
        for (std::size_t i = 0; i < known.run_count; ++i) {
            const byte_run& mine = runs[known.first_run + i];
            if (mine.to != found[i].to || mine.first != found[i].first ||
                mine.last != found[i].last) {
                return false;
            }
        }
        return true;
    }

    std::size_t outer_count_;
    std::uint16_t* buckets_ = nullptr;  // a hash table of inner states, each plus 1
    std::size_t bucket_count_ = 0;
    scratch<std::uint16_t> uniform_;  // [tail - 1][to]
    const segment* segments_ = nullptr;
    std::size_t segment_count_ = 0;
};

/// Puts the minimal automaton over symbols into its final form. It goes by edges, not by rows: most
/// rows have one.
class automaton_writer {
  public:
    constexpr automaton_writer(const symbolic_automaton& dfa, const alphabet& letters)
        : dfa_(dfa), symbols_(letters.symbols), pieces_(letters.pieces), number_(dfa.states.size()),
          class_of_symbol_(symbols_.size()), expansion_(dfa.states.size() + 1) {
        number_states();
    }

    /// Fills classes (256 zeros before) always and table (zeros before) where `room` is enough.
    constexpr automaton_shape write(std::uint8_t* classes, std::uint16_t* table, std::size_t room) {
        expand_all();
        if (!shape_.verdict.ok()) {
            return shape_;
        }
        number_classes(classes);
        shape_.state_count = static_cast<std::uint16_t>(outer_count_ + expansion_.inner.size());
        if (outer_count_ + expansion_.inner.size() > 0xFFFF || shape_.entries() > 0x100000) {
            shape_.verdict.fault = pattern_fault::too_large;
        } else if (shape_.entries() <= room) {
            write_table(classes, table);
        }
        return shape_;
    }

  private:
    /// 0 rejects for ever, 1 accepts for ever if there is such a state, the rest as they come.
    constexpr void number_states() {
        const std::size_t count = dfa_.states.size();
        std::uint16_t* const number = number_.data();
        for (std::size_t s = 0; s < count; ++s) {
            shape_.settled = dfa_.states[s] == state_kind::settled ? 2 : shape_.settled;
        }
        std::uint16_t next = shape_.settled;
        const bool empty = dfa_.edges.size() == 0 && dfa_.states[0] == state_kind::plain;
        for (std::size_t s = 0; s < count; ++s) {
            number[s] = dfa_.states[s] == state_kind::settled ? 1 : empty ? 0 : next++;
        }
        outer_count_ = next;
        shape_.start = number[0];
    }

    /// Gives each state its runs of bytes outside ASCII. Many states go the same way there.
    constexpr void expand_all() {
        // Only symbols outside ASCII matter here: number those.
        scratch<std::uint16_t> wide_number(symbols_.size());
        std::size_t count = 0;
        for (std::size_t s = 0; s < symbols_.size(); ++s) {
            if (symbols_[s].sample != 0) {
                wide_number.data()[s] = static_cast<std::uint16_t>(++count);
            }
        }
        shape_.wide_alike = count <= 1;
        scratch<std::uint16_t> successors(count * outer_count_);
        bool any = false;
        for (std::size_t i = 0; i < dfa_.edges.size(); ++i) {
            const edge& each = dfa_.edges.data()[i];
            const std::size_t wide = wide_number.data()[each.symbol];
            if (wide != 0) {
                any = true;
                successors.data()[number_.data()[each.from] * count + wide - 1] =
                    number_.data()[each.to];
            }
        }
        growing<byte_expansion::segment> segments;
        std::size_t effort = dfa_.effort;
        for (std::size_t state = 0; any && state < outer_count_; ++state) {
            const std::uint16_t* mine = successors.data() + state * count;
            std::size_t like = 0;
            while (like < state && (successors.data()[like * count] != mine[0] ||
                                    !equal(mine, successors.data() + like * count, count))) {
                ++like;
            }
            if (like < state) {
                wide_.push(wide_[like]);
                continue;
            }
            segments.shrink(0);
            for (std::size_t p = 0; p < pieces_.size(); ++p) {
                const alphabet_piece& piece = pieces_.data()[p];
                const bool surrogate = piece.symbol == no_symbol;
                add_segment(segments, piece.last,
                            surrogate ? std::uint16_t{0}
                                      : mine[wide_number.data()[piece.symbol] - 1]);
            }
            const std::size_t known = expansion_.inner.size();
            wide_.push(expansion_.expand(segments));
            effort += pieces_.size() * effort_of_piece +
                      (expansion_.inner.size() - known) * effort_of_inner;
            if (effort > largest_effort) {
                shape_.verdict.fault = pattern_fault::too_large;
                return;
            }
        }
    }

    static constexpr bool equal(const std::uint16_t* left, const std::uint16_t* right,
                                std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            if (left[i] != right[i]) {
                return false;
            }
        }
        return true;
    }

    static constexpr void add_segment(growing<byte_expansion::segment>& segments,
                                      std::uint32_t last, std::uint16_t to) {
        if (segments.size() > 0 && segments[segments.size() - 1].to == to) {
            segments[segments.size() - 1].last = last;
        } else {
            segments.push({last, to});
        }
    }

    /// ASCII symbols that no state tells apart share a class; so do bytes between the borders of
    /// runs.
    constexpr void number_classes(std::uint8_t* classes) {
        // Edges come sorted by their beginnings, so equal columns give equal sums; a chance
        // equality of different ones is as good as impossible, but is looked into all the same.
        const std::size_t symbol_count = symbols_.size();
        scratch<word> sums(symbol_count);
        word* const sum = sums.data();
        bool first_leads = false;
        for (std::size_t i = 0; i < dfa_.edges.size(); ++i) {
            const edge& each = dfa_.edges.data()[i];
            first_leads |= each.symbol == 0;
            sum[each.symbol] =
                (sum[each.symbol] + each.from * 0x10001u + each.to + 1) * 0x9E3779B97F4A7C15;
        }
        std::size_t class_count = 0;
        std::uint8_t* const class_of = class_of_symbol_.data();
        for (std::size_t s = 0; s < symbol_count; ++s) {
            const symbol& each = symbols_.data()[s];
            if ((each.low | each.high) == 0) {
                continue;
            }
            std::size_t like = 0;
            while (sum[like] != sum[s] || !is_ascii(like) || (like < s && !same_column(like, s))) {
                ++like;
            }
            class_of[s] = like < s ? class_of[like] : static_cast<std::uint8_t>(class_count++);
            if (class_of[s] == 0) {
                continue;
            }
            for (word rest = each.low; rest != 0; rest &= rest - 1) {
                classes[lowest_bit(rest)] = class_of[s];
            }
            for (word rest = each.high; rest != 0; rest &= rest - 1) {
                classes[64 + lowest_bit(rest)] = class_of[s];
            }
        }
        if (wide_.size() == 0) {
            // No byte outside ASCII leads anywhere: with luck class 0 does not either.
            if (first_leads) {
                for (std::size_t byte = 0x80; byte < 256; ++byte) {
                    classes[byte] = static_cast<std::uint8_t>(class_count);
                }
                ++class_count;
            }
        } else {
            scratch<bool> begins(257);
            begins.data()[0x80] = true;
            for (std::size_t i = 0; i < expansion_.runs.size(); ++i) {
                begins.data()[expansion_.runs[i].first] = true;
                begins.data()[expansion_.runs[i].last + 1u] = true;
            }
            for (std::size_t byte = 0x80; byte < 256; ++byte) {
                class_count += begins.data()[byte] ? 1 : 0;
                classes[byte] = static_cast<std::uint8_t>(class_count - 1);
            }
        }
        shape_.class_count = static_cast<std::uint16_t>(class_count);
    }

    constexpr bool is_ascii(std::size_t s) const {
        return (symbols_.data()[s].low | symbols_.data()[s].high) != 0;
    }

    constexpr bool same_column(std::size_t left, std::size_t right) const {
        const std::size_t count = dfa_.edges.size();
        const edge* const edges = dfa_.edges.data();
        std::size_t l = 0;
        std::size_t r = 0;
        for (;; ++l, ++r) {
            while (l < count && edges[l].symbol != left) {
                ++l;
            }
            while (r < count && edges[r].symbol != right) {
                ++r;
            }
            if (l == count || r == count) {
                return l == r;
            }
            if (edges[l].from != edges[r].from || edges[l].to != edges[r].to) {
                return false;
            }
        }
    }

    constexpr void write_table(const std::uint8_t* classes, std::uint16_t* table) const {
        const std::size_t stride = shape_.class_count + 1u;
        const std::uint16_t* const number = number_.data();
        for (std::size_t s = 0; s < dfa_.states.size(); ++s) {
            table[number[s] * stride + stride - 1] = dfa_.states[s] == state_kind::plain ? 0 : 1;
        }
        for (std::size_t c = 0; shape_.settled == 2 && c < shape_.class_count; ++c) {
            table[stride + c] = 1;
        }
        for (std::size_t i = 0; i < dfa_.edges.size(); ++i) {
            const edge& each = dfa_.edges.data()[i];
            if (is_ascii(each.symbol)) {
                table[number[each.from] * stride + class_of_symbol_.data()[each.symbol]] =
                    number[each.to];
            }
        }
        for (std::size_t s = 0; s < wide_.size(); ++s) {
            write_runs(wide_[s], classes, table + s * stride);
        }
        for (std::size_t s = 0; s < expansion_.inner.size(); ++s) {
            write_runs(expansion_.inner[s], classes, table + (outer_count_ + s) * stride);
        }
    }

    constexpr void write_runs(const byte_expansion::node& from, const std::uint8_t* classes,
                              std::uint16_t* row) const {
        for (std::size_t i = 0; i < from.run_count; ++i) {
            const byte_run& run = expansion_.runs[from.first_run + i];
            for (std::size_t c = classes[run.first]; c <= classes[run.last]; ++c) {
                row[c] = run.to;
            }
        }
    }

    const symbolic_automaton& dfa_;
    const growing<symbol>& symbols_;
    const growing<alphabet_piece>& pieces_;
    scratch<std::uint16_t> number_;  // state of dfa_ -> state of the result
    scratch<std::uint8_t> class_of_symbol_;
    std::uint16_t outer_count_ = 1;  // states between code points
    byte_expansion expansion_;
    growing<byte_expansion::node> wide_;  // of each of those, or empty where none leaves ASCII
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
    alphabet letters;
    collect_alphabet(program, positions.tells_newline, positions.tells_words, letters);
    if (letters.symbols.size() > largest_symbol_count ||
        letters.pieces.size() >= largest_piece_count) {
        return failed;
    }
    symbolic_automaton dfa;
    subset_construction(program, positions, letters.symbols, kind, dfa).run();
    if (dfa.too_large) {
        return failed;
    }
    bool may_be_dead = positions.asserts || program.look_ahead != 0;
    for (std::size_t i = 0; i < program.set_count; ++i) {
        const char_set& set = program.sets[i];
        may_be_dead |= (set.low | set.high) == 0 && set.interval_count == 0;
    }
    minimise(dfa, letters.symbols.size(), may_be_dead);
    return automaton_writer(dfa, letters).write(classes, table, capacity);
}

}  // namespace detail
}  // namespace banter
