// The position automaton of a program: which character instructions may come after which, given
// what stands on either side (for ^ $ \b); and the partition of all code points that its sets
// induce.
#pragma once

#include <banter/flow/pattern/buffer.hpp>
#include <banter/flow/pattern/char_set.hpp>
#include <banter/flow/pattern/program.hpp>

#include <cstddef>
#include <cstdint>

namespace banter::detail {

inline constexpr std::size_t largest_position_count = 512;
inline constexpr std::size_t largest_symbol_count = 250;
inline constexpr std::size_t largest_piece_count = 1000;

/// What comes next, as far as an assertion cares.
enum class upcoming : std::uint8_t { end, newline, word_character, other };

/// Code points that no set of the program tells apart. Those outside ASCII are pieces of the
/// alphabet.
struct symbol {
    word low = 0;  // its ASCII characters
    word high = 0;
    std::uint32_t sample = 0;  // one of those outside ASCII; 0: there is none
    upcoming seen_as = upcoming::other;
};

/// A run outside ASCII whose code points are one symbol.
struct alphabet_piece {
    std::uint32_t last = 0;  // its first code point is behind the piece before
    std::uint16_t symbol = 0;
};

inline constexpr std::uint16_t no_symbol = 0xFFFF;  // of the surrogates, which UTF-8 does not have

struct alphabet {
    growing<symbol> symbols;
    growing<alphabet_piece> pieces;  // from 0x80 on, without gaps
};

constexpr void split_ascii(growing<symbol>& symbols, word low, word high) {
    const std::size_t count = symbols.size();
    for (std::size_t i = 0; i < count; ++i) {
        const symbol old = symbols[i];
        const word inner_low = old.low & low;
        const word inner_high = old.high & high;
        if ((inner_low | inner_high) == 0 || (inner_low == old.low && inner_high == old.high)) {
            continue;
        }
        // The rest stays where it is, so that what no set mentions is the first symbol.
        symbols[i].low = old.low & ~inner_low;
        symbols[i].high = old.high & ~inner_high;
        symbols.push({.low = inner_low, .high = inner_high});
    }
}

/// Where runs outside ASCII begin, sorted; the surrogates are a run of their own.
constexpr void collect_borders(const program_view& program, growing<std::uint32_t>& borders) {
    const auto add = [&](std::uint32_t border) {
        std::size_t at = borders.size();
        while (at > 0 && borders[at - 1] > border) {
            --at;
        }
        if (at > 0 && borders[at - 1] == border) {
            return;
        }
        borders.push(border);
        for (std::size_t i = borders.size() - 1; i > at; --i) {
            borders[i] = borders[i - 1];
        }
        borders[at] = border;
    };
    add(0x80);
    add(0xD800);
    add(0xE000);
    for (std::size_t s = 0; s < program.set_count; ++s) {
        const char_set& set = program.sets[s];
        for (unsigned i = 0; i < set.interval_count; ++i) {
            const interval& run = program.intervals[set.first_interval + i];
            add(run.first);
            if (run.last < last_code_point) {
                add(run.last + 1);
            }
        }
    }
}

/// Whether the same sets contain a symbol's ASCII characters or sample and the code point.
constexpr bool told_apart(const program_view& program, const symbol& known,
                          std::uint32_t code_point) {
    for (std::size_t s = 0; s < program.set_count; ++s) {
        const char_set& set = program.sets[s];
        const bool has_known = ((set.low & known.low) | (set.high & known.high)) != 0 ||
                               (known.sample != 0 && set.interval_count != 0 &&
                                contains(set, program.intervals, known.sample));
        const bool has_this =
            set.interval_count != 0 && contains(set, program.intervals, code_point);
        if (has_known != has_this) {
            return true;
        }
    }
    return false;
}

constexpr void collect_alphabet(const program_view& program, bool tells_newline, bool tells_words,
                                alphabet& out) {
    growing<symbol>& symbols = out.symbols;
    symbols.push({.low = ~word{0}, .high = ~word{0}});
    for (std::size_t s = 0; s < program.set_count; ++s) {
        split_ascii(symbols, program.sets[s].low, program.sets[s].high);
    }
    if (tells_newline) {
        split_ascii(symbols, word{1} << '\n', 0);
    }
    if (tells_words) {
        split_ascii(symbols, digits_low, word_high);
    }
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        if (tells_newline && symbols[i].low == (word{1} << '\n') && symbols[i].high == 0) {
            symbols[i].seen_as = upcoming::newline;
        } else if (tells_words &&
                   ((symbols[i].low & digits_low) | (symbols[i].high & word_high)) != 0) {
            symbols[i].seen_as = upcoming::word_character;
        }
    }
    growing<std::uint32_t> borders;
    collect_borders(program, borders);
    for (std::size_t i = 0; i < borders.size() && i < largest_piece_count; ++i) {
        const std::uint32_t first = borders[i];
        const std::uint32_t last = i + 1 < borders.size() ? borders[i + 1] - 1 : last_code_point;
        if (first == 0xD800) {
            out.pieces.push({last, no_symbol});
            continue;
        }
        std::size_t same = 0;
        while (same < symbols.size() && (symbols[same].seen_as != upcoming::other ||
                                         told_apart(program, symbols[same], first))) {
            ++same;
        }
        if (same == symbols.size()) {
            symbols.push({.sample = first});
        } else if (symbols[same].sample == 0) {
            symbols[same].sample = first;
        }
        out.pieces.push({last, static_cast<std::uint16_t>(same)});
    }
}

/// What may follow an element: positions, and whether the end of the pattern (or of a look-ahead)
/// is reached. `last_newline` holds what is reached only if the coming newline is the last
/// character.
struct follow_set {
    word* positions = nullptr;
    word* last_newline = nullptr;
    bool accept = false;
    bool accept_last_newline = false;
    bool forbidden = false;
    bool forbidden_last_newline = false;
};

/// Positions are numbered in the order of their instructions. An element is a position that has
/// just been taken, or one of two beginnings: of the subject, or of a later try of a search.
class position_automaton {
  public:
    growing<std::uint16_t> code_of;  // position -> instruction
    bool tells_newline = false;      // `$` occurs
    bool tells_words = false;        // `\b` or `\B` occurs
    bool asserts = false;            // any of ^ $ \A \Z \b \B occurs

    constexpr explicit position_automaton(const program_view& program) : program_(program) {
        for (std::uint16_t i = 0; i < program.code_size; ++i) {
            const instruction& each = program.code[i];
            if (each.op == opcode::chars) {
                code_of.push(i);
            } else if (each.op == opcode::assertion) {
                const auto what = static_cast<assertion>(each.argument);
                tells_newline |= what == assertion::end_or_newline;
                tells_words |= what == assertion::word_edge || what == assertion::no_word_edge;
                asserts = true;
            }
        }
        words_ = (code_of.size() + 63) / 64;
        words_ = words_ == 0 ? 1 : words_;
        elements_ = code_of.size() + 2;
        sets_ = new follow_set[elements_ * contexts]{};
        known_ = new std::uint8_t[elements_ * contexts]{};
        visited_ = new word[2 * visited_words()]{};
    }
    constexpr ~position_automaton() {
        for (std::size_t i = 0; i < owned_.size(); ++i) {
            delete[] owned_[i];
        }
        delete[] sets_;
        delete[] known_;
        delete[] visited_;
    }
    position_automaton(const position_automaton&) = delete;
    position_automaton& operator=(const position_automaton&) = delete;

    [[nodiscard]] constexpr std::size_t size() const { return code_of.size(); }
    [[nodiscard]] constexpr std::size_t words() const { return words_; }
    [[nodiscard]] constexpr std::size_t beginning() const { return code_of.size(); }
    [[nodiscard]] constexpr std::size_t later_try() const { return code_of.size() + 1; }

    /// What may follow `element`, which ended in a word character or not, before `next`.
    constexpr const follow_set& follow(std::size_t element, bool after_word, upcoming next) {
        const std::size_t context =
            !asserts ? 0 : static_cast<std::size_t>(next) + (after_word ? 4u : 0u);
        const std::size_t at = element * contexts + context;
        if (known_[at] == 0) {
            known_[at] = 1;
            compute(sets_[at], element, after_word, next);
        }
        return sets_[at];
    }

  private:
    static constexpr std::size_t contexts = 8;

    constexpr std::size_t visited_words() const { return (program_.code_size + 63u) / 64; }

    constexpr void compute(follow_set& out, std::size_t element, bool after_word, upcoming next) {
        out.positions = new word[words_]{};
        owned_.push(out.positions);
        if (next == upcoming::newline) {
            out.last_newline = new word[words_]{};
            owned_.push(out.last_newline);
        }
        stack_.shrink(0);
        if (element < code_of.size()) {
            std::uint16_t onward = static_cast<std::uint16_t>(code_of[element] + 1);
            while (program_.code[onward].op == opcode::save) {
                ++onward;
            }
            const instruction& each = program_.code[onward];
            if (each.op == opcode::chars) {  // as most do, within a literal
                set_bit(out.positions, each.number);
                return;
            }
            stack_.push({onward, false});
        } else {
            stack_.push({0, false});
            if (element == beginning() && program_.look_ahead != 0) {
                stack_.push({program_.look_ahead, false});
            }
        }
        const std::size_t visited_size = visited_words();
        for (std::size_t i = 0; i < 2 * visited_size; ++i) {
            visited_[i] = 0;
        }
        while (stack_.size() > 0) {
            const step here = stack_[stack_.size() - 1];
            stack_.shrink(stack_.size() - 1);
            word* seen = visited_ + (here.last_newline ? visited_size : 0);
            if (has_bit(seen, here.code)) {
                continue;
            }
            set_bit(seen, here.code);
            advance(out, here, element == beginning(), after_word, next);
        }
    }

    struct step {
        std::uint16_t code = 0;
        bool last_newline = false;  // a `$` was passed before the coming newline
    };

    constexpr void advance(follow_set& out, step here, bool at_begin, bool after_word,
                           upcoming next) {
        const instruction& each = program_.code[here.code];
        const auto onward = static_cast<std::uint16_t>(here.code + 1);
        switch (each.op) {
        case opcode::chars:
            set_bit(here.last_newline ? out.last_newline : out.positions, each.number);
            break;
        case opcode::split:
            stack_.push({each.a, here.last_newline});
            stack_.push({each.b, here.last_newline});
            break;
        case opcode::jump:
            stack_.push({each.a, here.last_newline});
            break;
        // A round that took nothing leaves; the next round's own choice can leave as well, so
        // going on reaches all that leaving does.
        case opcode::check:
            stack_.push({each.a, here.last_newline});
            stack_.push({onward, here.last_newline});
            break;
        case opcode::save:
        case opcode::mark:
            stack_.push({onward, here.last_newline});
            break;
        case opcode::assertion: {
            const auto what = static_cast<assertion>(each.argument);
            if (what == assertion::end_or_newline && next == upcoming::newline) {
                stack_.push({onward, true});
            } else if (holds(what, at_begin, after_word, next)) {
                stack_.push({onward, here.last_newline});
            }
            break;
        }
        case opcode::accept: {
            const bool main = program_.look_ahead == 0 || here.code < program_.look_ahead;
            if (here.last_newline) {
                (main ? out.accept_last_newline : out.forbidden_last_newline) = true;
            } else {
                (main ? out.accept : out.forbidden) = true;
            }
            break;
        }
        }
    }

    static constexpr bool holds(assertion what, bool at_begin, bool after_word, upcoming next) {
        switch (what) {
        case assertion::begin:
            return at_begin;
        case assertion::end_or_newline:
        case assertion::end:
            return next == upcoming::end;
        case assertion::word_edge:
            return after_word != (next == upcoming::word_character);
        case assertion::no_word_edge:
            return after_word == (next == upcoming::word_character);
        }
        return false;
    }

    program_view program_;
    std::size_t words_ = 1;
    std::size_t elements_ = 0;
    follow_set* sets_ = nullptr;
    std::uint8_t* known_ = nullptr;
    word* visited_ = nullptr;
    growing<word*> owned_;
    growing<step> stack_;
};

}  // namespace banter::detail
