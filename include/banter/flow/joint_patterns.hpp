// Which of several patterns one subject can match at once. The checks need it: whether
// callback<"bank_1"> lets through anything that "bank_([0-9]+)" does not match.
//
// All automata walk together, from one combined state to the next; each combined state that ends a
// subject gives the set of patterns that match there. So inclusion, disjointness and what several
// patterns cover together are all read off one walk. Two automata at a time was the other design:
// it cannot see that "a|b" is covered by "a" and "b".
#pragma once

#include <banter/flow/pattern.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace banter::detail {

/// The sets of patterns, as bits, each of which is exactly what some subject matches.
struct joint_sets {
    static constexpr std::size_t capacity = 64;

    bool decided = true;  // false: too much work; nothing is known then
    std::size_t count = 0;
    std::uint32_t sets[capacity]{};

    constexpr void add(std::uint32_t set) {
        for (std::size_t i = 0; i != count; ++i)
            if (sets[i] == set) return;
        if (count == capacity)
            decided = false;
        else
            sets[count++] = set;
    }
};

/// The walk. `universe` accepts what can be a subject at all.
class joint_walk {
  public:
    constexpr joint_walk(std::span<const automaton_view* const> automata,
                         const automaton_view& universe, std::size_t most_steps)
        : width_(automata.size() + 1), steps_left_(most_steps), table_(table_size),
          classes_(256) {
        for (std::size_t i = 0; i != automata.size(); ++i) automata_[i] = automata[i];
        automata_[width_ - 1] = &universe;
        find_bytes();
    }

    /// Subjects that begin with `prefix` and then `name`, its letters in either case.
    constexpr joint_sets run(std::string_view prefix, std::string_view name = {}) {
        std::uint16_t first[most + 1]{};
        for (std::size_t i = 0; i != width_; ++i) first[i] = automata_[i]->start;
        visit(first);
        std::size_t begin = 0;
        for (const std::string_view part : {prefix, name})
            for (const char c : part) begin = follow(begin, c);
        for (std::size_t at = begin; at != count_ && sets_.decided; ++at) expand(at);
        return sets_;
    }

    static constexpr std::size_t most = 32;  // patterns: the bits of a set

  private:
    static constexpr std::size_t table_size = 2048;

    /// From the combined states since `begin` to those behind a letter. Returns where these begin.
    constexpr std::size_t follow(std::size_t begin, char letter) {
        const char other = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A')
                                                          : letter;
        const std::size_t end = count_;
        known_from_ = end;  // earlier ones count as new
        for (std::size_t at = begin; at != end; ++at) {
            step(at, static_cast<unsigned char>(letter));
            if (other != letter) step(at, static_cast<unsigned char>(other));
        }
        return end;
    }

    /// One byte for each group of bytes that no automaton tells apart.
    constexpr void find_bytes() {
        std::uint16_t* const group = classes_.data();
        std::size_t groups = 1;
        for (std::size_t i = 0; i != width_; ++i) {
            const std::size_t stride = automata_[i]->class_count;
            const std::uint8_t* const classes = automata_[i]->classes;
            scratch<std::uint16_t> renamed(groups * stride);
            std::uint16_t* const names = renamed.data();
            std::size_t fresh = 0;
            for (std::size_t byte = 0; byte != 256; ++byte) {
                std::uint16_t& name = names[group[byte] * stride + classes[byte]];
                if (name == 0) name = static_cast<std::uint16_t>(++fresh);
                group[byte] = static_cast<std::uint16_t>(name - 1);
            }
            groups = fresh;
        }
        for (std::size_t byte = 0; byte != 256; ++byte)
            if (group[byte] == byte_count_) bytes_[byte_count_++] = static_cast<std::uint8_t>(byte);
    }

    /// Walks on from a combined state, unless all that may follow is known.
    constexpr void expand(std::size_t at) {
        const std::uint16_t* const states = states_.data() + at * width_;
        std::uint32_t set = 0;
        bool settled = true;
        for (std::size_t i = 0; i + 1 != width_; ++i) {
            set |= std::uint32_t{automata_[i]->accepts(states[i])} << i;
            settled = settled && states[i] < automata_[i]->settled;
        }
        if (settled || automata_[width_ - 1]->accepts(states[width_ - 1])) sets_.add(set);
        if (settled) return;
        if (steps_left_ < byte_count_) {
            sets_.decided = false;
            return;
        }
        steps_left_ -= byte_count_;
        for (std::size_t b = 0; b != byte_count_; ++b) step(at, bytes_[b]);
    }

    constexpr void step(std::size_t at, std::uint8_t byte) {
        const std::uint16_t* const states = states_.data() + at * width_;
        std::uint16_t next[most + 1]{};
        for (std::size_t i = 0; i != width_; ++i) {
            const automaton_view& automaton = *automata_[i];
            next[i] = automaton.table[states[i] * (automaton.class_count + 1u) +
                                      automaton.classes[byte]];
        }
        if (next[width_ - 1] != 0) visit(next);  // else it is no subject
    }

    /// Keeps a combined state that is new.
    constexpr void visit(const std::uint16_t* states) {
        std::size_t hash = 0;
        for (std::size_t i = 0; i != width_; ++i) hash = hash * 31 + states[i];
        std::uint16_t* const table = table_.data();
        for (hash %= table_size; table[hash] != 0; hash = (hash + 1) % table_size) {
            const std::uint16_t* const known = states_.data() + (table[hash] - 1u) * width_;
            std::size_t i = table[hash] > known_from_ ? 0 : width_ + 1;
            while (i < width_ && known[i] == states[i]) ++i;
            if (i == width_) return;
        }
        if (count_ == table_size / 2) {
            sets_.decided = false;
            return;
        }
        for (std::size_t i = 0; i != width_; ++i) states_.push(states[i]);
        table[hash] = static_cast<std::uint16_t>(++count_);
    }

    std::size_t width_;
    std::size_t steps_left_;
    const automaton_view* automata_[most + 1]{};
    growing<std::uint16_t> states_;  // width_ for each combined state
    std::size_t count_ = 0;
    std::size_t known_from_ = 0;
    scratch<std::uint16_t> table_;   // hash -> 1 + combined state
    scratch<std::uint16_t> classes_;
    std::uint8_t bytes_[256]{};
    std::size_t byte_count_ = 0;
    joint_sets sets_;
};

}  // namespace banter::detail
