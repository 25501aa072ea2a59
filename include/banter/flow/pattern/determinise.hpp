// Subset construction over symbols: sets of positions become states.
#pragma once

#include <banter/flow/pattern/buffer.hpp>
#include <banter/flow/pattern/fault.hpp>
#include <banter/flow/pattern/positions.hpp>

#include <cstddef>
#include <cstdint>

namespace banter::detail {

inline constexpr std::size_t largest_state_count = 1000;

// What keeps one pattern inside clang's default of 1,048,576 steps for one evaluation: costs
// measured with clang 16, in steps, added up while an automaton is made.
inline constexpr std::size_t largest_effort = 950'000;
inline constexpr std::size_t effort_of_edge = 300;    // found, indexed, split and written
inline constexpr std::size_t effort_of_element = 60;  // looked up while a state is expanded
inline constexpr std::size_t effort_of_inner = 400;   // a state inside a UTF-8 sequence
inline constexpr std::size_t effort_of_piece = 150;   // a piece of the alphabet, for each state

enum class state_kind : std::uint8_t {
    plain,
    accepting,
    settled,  // accepts whatever follows, valid UTF-8 or not
};

struct edge {
    std::uint16_t from = 0;
    std::uint16_t symbol = 0;
    std::uint16_t to = 0;
};

/// A partial automaton over symbols: a missing edge rejects. State 0 is the start.
struct symbolic_automaton {
    growing<state_kind> states;
    growing<edge> edges;
    std::size_t effort = 0;
    bool too_large = false;
};

class subset_construction {
  public:
    constexpr subset_construction(const program_view& program, position_automaton& positions,
                                  const growing<symbol>& symbols, match_kind kind,
                                  symbolic_automaton& out)
        : positions_(positions), symbols_(symbols), out_(out), search_(kind == match_kind::search),
          words_(positions.words()), stride_(positions.words() + 1),
          symbol_words_((symbols.size() + 63) / 64), masks_(symbols.size() * positions.words()),
          symbols_of_(program.set_count * symbol_words_), seen_as_(4 * symbol_words_),
          forbidden_(positions.words()), reached_(positions.words()), at_end_(positions.words()),
          key_(stride_), current_(stride_), candidates_(symbol_words_) {
        collect_masks(program);
        for (std::size_t i = 0; i < positions.size(); ++i) {
            set_of_.push(program.code[positions.code_of[i]].a);
        }
        has_look_ahead_ = program.look_ahead != 0;
        tries_later_ = search_ && can_begin_later();
    }
    constexpr ~subset_construction() { delete[] buckets_; }
    subset_construction(const subset_construction&) = delete;
    subset_construction& operator=(const subset_construction&) = delete;

    constexpr void run() {
        clear_key();
        key_.data()[words_] = at_beginning;
        find_or_add();
        const bool simple = !positions_.asserts && !has_look_ahead_;
        for (std::size_t state = 0; state < out_.states.size(); ++state) {
            for (std::size_t w = 0; w < stride_; ++w) {
                current_.data()[w] = keys_[state * stride_ + w];
            }
            if (simple) {
                take_simple(state);
            } else {
                out_.states[state] = kind_of(current_.data());
                if (out_.states[state] != state_kind::settled) {
                    expand(state);
                }
            }
            if (out_.states.size() > largest_state_count || out_.effort > largest_effort) {
                out_.too_large = true;
                return;
            }
        }
    }

  private:
    // The last word of a key holds these; the words before it are the positions just taken.
    static constexpr word at_beginning = 1;
    static constexpr word after_word = 2;
    static constexpr word found = 4;         // a search has succeeded; only a look-ahead may object
    static constexpr word accepts_here = 8;  // if the subject ends here (a `$` before '\n')
    static constexpr word rejects_here = 16;  // the same of a look-ahead
    static constexpr word settled_key = 32;

    /// For each symbol the positions that take it, for each set its symbols.
    constexpr void collect_masks(const program_view& program) {
        const std::size_t count = positions_.size();
        scratch<word> of_set(program.set_count * words_);
        for (std::size_t i = 0; i < count; ++i) {
            const instruction& chars = program.code[positions_.code_of[i]];
            set_bit(of_set.data() + chars.a * words_, i);
            if (program.look_ahead != 0 && positions_.code_of[i] >= program.look_ahead) {
                set_bit(forbidden_.data(), i);
            }
        }
        const symbol* const symbols = symbols_.data();
        word* const seen_as = seen_as_.data();
        for (std::size_t s = 0; s < symbols_.size(); ++s) {
            const word bit = word{1} << (s % 64);
            seen_as[static_cast<std::size_t>(symbols[s].seen_as) * symbol_words_ + s / 64] |= bit;
        }
        for (std::size_t set = 0; set < program.set_count; ++set) {
            const char_set& chars = program.sets[set];
            const word low = chars.low;
            const word high = chars.high;
            for (std::size_t s = 0; s < symbols_.size(); ++s) {
                const symbol& each = symbols[s];
                if (((low & each.low) | (high & each.high)) == 0 &&
                    (chars.interval_count == 0 || each.sample == 0 ||
                     !contains(chars, program.intervals, each.sample))) {
                    continue;
                }
                set_bit(symbols_of_.data() + set * symbol_words_, s);
                for (std::size_t w = 0; w < words_; ++w) {
                    masks_.data()[s * words_ + w] |= of_set.data()[set * words_ + w];
                }
            }
        }
    }

    constexpr bool can_begin_later() {
        for (const bool word_before : {false, true}) {
            for (const upcoming next :
                 {upcoming::end, upcoming::newline, upcoming::word_character, upcoming::other}) {
                const follow_set& set =
                    positions_.follow(positions_.later_try(), word_before, next);
                if (set.accept || set.accept_last_newline || any(set.positions) ||
                    (set.last_newline != nullptr && any(set.last_newline))) {
                    return true;
                }
            }
        }
        return false;
    }

    constexpr bool any(const word* bits) const {
        for (std::size_t w = 0; w < words_; ++w) {
            if (bits[w] != 0) {
                return true;
            }
        }
        return false;
    }
    constexpr bool any_common(const word* left, const word* right) const {
        for (std::size_t w = 0; w < words_; ++w) {
            if ((left[w] & right[w]) != 0) {
                return true;
            }
        }
        return false;
    }

    constexpr void clear_key() {
        for (std::size_t w = 0; w < stride_; ++w) {
            key_.data()[w] = 0;
        }
    }

    /// Everything that may follow a state before `next`, into reached_ and at_end_.
    struct outcome {
        bool accept = false;
        bool accept_last_newline = false;
        bool forbidden = false;
        bool forbidden_last_newline = false;
    };

    constexpr void add_follow(outcome& out, std::size_t element, bool word_before, upcoming next) {
        out_.effort += effort_of_element;
        const follow_set& set = positions_.follow(element, word_before, next);
        word* const reached = reached_.data();
        for (std::size_t w = 0; w < words_; ++w) {
            reached[w] |= set.positions[w];
        }
        if (set.last_newline != nullptr) {
            for (std::size_t w = 0; w < words_; ++w) {
                at_end_.data()[w] |= set.last_newline[w];
            }
        }
        out.accept |= set.accept;
        out.accept_last_newline |= set.accept_last_newline;
        out.forbidden |= set.forbidden;
        out.forbidden_last_newline |= set.forbidden_last_newline;
    }

    constexpr outcome look(const word* key, upcoming next) {
        outcome out;
        for (std::size_t w = 0; w < words_; ++w) {
            reached_.data()[w] = 0;
            at_end_.data()[w] = 0;
        }
        const word flags = key[words_];
        const bool word_before = (flags & after_word) != 0;
        for (std::size_t w = 0; w < words_; ++w) {
            for (word rest = key[w]; rest != 0; rest &= rest - 1) {
                add_follow(out, w * 64 + lowest_bit(rest), word_before, next);
            }
        }
        if ((flags & at_beginning) != 0) {
            add_follow(out, positions_.beginning(), word_before, next);
        } else if (tries_later_ && (flags & found) == 0) {
            add_follow(out, positions_.later_try(), word_before, next);
        }
        out.accept |= (flags & found) != 0;
        return out;
    }

    constexpr void expand(std::size_t state) {
        if (!positions_.tells_newline && !positions_.tells_words) {
            expand(state, upcoming::other, look(current_.data(), upcoming::other));
            return;
        }
        for (const upcoming next : {upcoming::newline, upcoming::word_character, upcoming::other}) {
            expand(state, next, look(current_.data(), next));
        }
    }

    constexpr void expand(std::size_t state, upcoming next, const outcome& out) {
        if (out.forbidden) {
            return;
        }
        const bool success = search_ && out.accept;
        const bool all_symbols = tries_later_ || success || next == upcoming::newline;
        find_candidates(next, all_symbols);
        if (success && !out.forbidden_last_newline &&
            !any_common(reached_.data(), forbidden_.data()) &&
            !any_common(at_end_.data(), forbidden_.data())) {
            clear_key();
            key_.data()[words_] = settled_key;
            const std::uint16_t settled = find_or_add();
            for (std::size_t w = 0; w < symbol_words_; ++w) {
                for (word rest = candidates_.data()[w]; rest != 0; rest &= rest - 1) {
                    add_edge(state, w * 64 + lowest_bit(rest), settled);
                }
            }
            return;
        }
        word* const target = key_.data();
        const word* const reached = reached_.data();
        for (std::size_t sw = 0; sw < symbol_words_; ++sw) {
            for (word rest = candidates_.data()[sw]; rest != 0; rest &= rest - 1) {
                const std::size_t s = sw * 64 + lowest_bit(rest);
                const word* mask = masks_.data() + s * words_;
                word all = 0;
                for (std::size_t w = 0; w < words_; ++w) {
                    target[w] = reached[w] & mask[w];
                    all |= target[w];
                }
                word flags = next == upcoming::newline ? flags_after_newline(mask, out) : 0;
                if (all == 0 && flags == 0 && !tries_later_ && !success) {
                    continue;
                }
                if (next == upcoming::word_character) {
                    flags |= after_word;
                }
                if (success) {
                    flags |= found;
                    for (std::size_t w = 0; w < words_; ++w) {
                        target[w] &= forbidden_.data()[w];
                    }
                }
                target[words_] = flags;
                add_edge(state, s, find_or_add());
            }
        }
    }

    /// The symbols worth a look: those that some reached position takes, or simply all.
    constexpr void find_candidates(upcoming next, bool all) {
        word* const candidates = candidates_.data();
        for (std::size_t sw = 0; sw < symbol_words_; ++sw) {
            candidates[sw] = all ? ~word{0} : 0;
        }
        for (std::size_t w = 0; !all && w < words_; ++w) {
            for (word rest = reached_.data()[w]; rest != 0; rest &= rest - 1) {
                const std::size_t set = set_of_.data()[w * 64 + lowest_bit(rest)];
                for (std::size_t sw = 0; sw < symbol_words_; ++sw) {
                    candidates[sw] |= symbols_of_.data()[set * symbol_words_ + sw];
                }
            }
        }
        const word* const wanted = seen_as_.data() + static_cast<std::size_t>(next) * symbol_words_;
        for (std::size_t sw = 0; sw < symbol_words_; ++sw) {
            candidates[sw] &= wanted[sw];
        }
    }

    /// Whether the subject may end, or must not end, right after the newline that is now taken.
    constexpr word flags_after_newline(const word* mask, const outcome& out) {
        bool accepts = search_ && out.accept_last_newline;
        bool rejects = out.forbidden_last_newline;
        for (std::size_t i = 0; i < positions_.size(); ++i) {
            if (has_bit(at_end_.data(), i) && has_bit(mask, i)) {
                const follow_set& end = positions_.follow(i, false, upcoming::end);
                accepts |= end.accept;
                rejects |= end.forbidden;
            }
        }
        return (accepts ? accepts_here : 0) | (rejects ? rejects_here : 0);
    }

    constexpr void add_edge(std::size_t from, std::size_t s, std::uint16_t to) {
        out_.edges.push({static_cast<std::uint16_t>(from), static_cast<std::uint16_t>(s), to});
        out_.effort += effort_of_edge;
    }

    /// A state of a program without assertions, where what comes next makes no difference.
    constexpr void take_simple(std::size_t state) {
        const outcome out = look(current_.data(), upcoming::other);
        if (out.accept) {
            out_.states[state] = search_ ? state_kind::settled : state_kind::accepting;
        }
        if (!search_ || !out.accept) {
            expand(state, upcoming::other, out);
        }
    }

    constexpr state_kind kind_of(const word* key) {
        const word flags = key[words_];
        if (flags == settled_key || settles(key)) {
            return state_kind::settled;
        }
        const outcome end = look(key, upcoming::end);
        const bool accepts = (end.accept || (flags & accepts_here) != 0) && !end.forbidden &&
                             (flags & rejects_here) == 0;
        return accepts ? state_kind::accepting : state_kind::plain;
    }

    /// Whether a search has succeeded in this state, whatever comes.
    constexpr bool settles(const word* key) {
        const word flags = key[words_];
        if (!search_ || (flags & rejects_here) != 0 || any_common(key, forbidden_.data()) ||
            (has_look_ahead_ && (flags & at_beginning) != 0)) {
            return false;
        }
        for (const upcoming next :
             {upcoming::end, upcoming::newline, upcoming::word_character, upcoming::other}) {
            if (!look(key, next).accept) {
                return false;
            }
            if (!positions_.tells_newline && !positions_.tells_words) {
                return look(key, upcoming::other).accept;
            }
        }
        return true;
    }

    /// The state whose key is in key_.
    constexpr std::uint16_t find_or_add() {
        if (out_.states.size() * 2 >= bucket_count_) {
            enlarge_buckets();
        }
        const word* key = key_.data();
        std::size_t at = hash_of(key) & (bucket_count_ - 1);
        for (; buckets_[at] != 0; at = (at + 1) & (bucket_count_ - 1)) {
            const word* known = keys_.data() + (buckets_[at] - 1u) * stride_;
            std::size_t w = 0;
            while (w < stride_ && known[w] == key[w]) {
                ++w;
            }
            if (w == stride_) {
                return static_cast<std::uint16_t>(buckets_[at] - 1u);
            }
        }
        for (std::size_t w = 0; w < stride_; ++w) {
            keys_.push(key[w]);
        }
        out_.states.push(state_kind::plain);
        buckets_[at] = static_cast<std::uint16_t>(out_.states.size());
        return static_cast<std::uint16_t>(out_.states.size() - 1);
    }

    constexpr std::size_t hash_of(const word* key) const {
        word hash = 0;
        for (std::size_t w = 0; w < stride_; ++w) {
            hash = (hash ^ key[w]) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
        }
        return hash;
    }

    constexpr void enlarge_buckets() {
        delete[] buckets_;
        bucket_count_ = bucket_count_ == 0 ? 64 : bucket_count_ * 4;
        buckets_ = new std::uint16_t[bucket_count_]{};
        for (std::size_t state = 0; state < out_.states.size(); ++state) {
            std::size_t at = hash_of(keys_.data() + state * stride_) & (bucket_count_ - 1);
            while (buckets_[at] != 0) {
                at = (at + 1) & (bucket_count_ - 1);
            }
            buckets_[at] = static_cast<std::uint16_t>(state + 1);
        }
    }

    position_automaton& positions_;
    const growing<symbol>& symbols_;
    symbolic_automaton& out_;
    bool search_ = false;
    bool has_look_ahead_ = false;
    bool tries_later_ = false;
    std::size_t words_ = 1;         // of a set of positions
    std::size_t stride_ = 2;        // of a key
    std::size_t symbol_words_ = 1;  // of a set of symbols
    scratch<word> masks_;           // symbol -> positions
    scratch<word> symbols_of_;      // set -> symbols
    scratch<word> seen_as_;         // upcoming -> symbols
    scratch<word> forbidden_;       // the positions of the look-ahead
    scratch<word> reached_;
    scratch<word> at_end_;
    scratch<word> key_;      // of the state being looked up
    scratch<word> current_;  // of the state being expanded
    scratch<word> candidates_;
    growing<std::uint16_t> set_of_;     // position -> set
    std::uint16_t* buckets_ = nullptr;  // a hash table of states, each plus 1
    std::size_t bucket_count_ = 0;
    growing<word> keys_;
};

}  // namespace banter::detail
