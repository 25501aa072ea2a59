// Patterns: regular expressions given as template arguments, compiled by the compiler into minimal
// deterministic automata over bytes, for filters (`callback<P>`, `regex<P>`) and for what the
// compiler proves about them.
//
// The way of a pattern, one small header each: syntax (text to tree), program (tree to
// instructions), positions (which character may follow which, Glushkov), determinise (subset
// construction over symbols, not bytes), minimise (Valmari and Lehtinen), automaton (symbols to
// UTF-8 bytes, exact arrays), storage (the phases as constants), capture (groups), set (many
// patterns at once).
//
// Why a table and not the position automaton alone, run with one bit for each position (measured
// 2026-11-20 on bank_([0-9]+), wallet_(BTC|ETH|USDT), ^(approve|reject)_(\d+)$; best of many on a
// busy machine): compile time of one pattern, g++ -O0 / clang 16: 4 / 5 ms for the positions alone,
// 14 / 16 ms for the table (clang: 6,000 to 28,000 of its 1,048,576 steps). One match at -O2: 7 to
// 12 ns with bits, 3 to 11 ns with the table and the literal prefix compared at once, and the bits
// need one word for each 64 positions. The proofs need deterministic automata in any case, so the
// table costs nothing more. Groups of the same patterns: 32 to 53 ns. A set of 500: 10 ns for one
// subject.
//
// Syntax: Python's re: literals, `.`, classes with ranges and negation, \d \w \s \D \W \S, groups,
// (?:...), (?P<name>...) (counted like any group), |, * + ? {m} {m,} {,n} {m,n} and their lazy
// forms, ^ $ \A \Z \b \B, escapes (\n \t \r \f \v \a \0 \xhh \uhhhh \Uhhhhhhhh), flags (?i) and
// (?s) at the start, negative look-aheads (?!...) at the start (in a search behind ^). `$` is also
// before a newline that ends the text; in a whole match ^ and $ at the ends say nothing new. Not
// Python's: \d \w \s \b mean ASCII (re.ASCII); (?i) folds ASCII, Latin-1, Greek and Cyrillic
// letters one to one (so no sharp s, no final sigma, no dotless i); an empty text is a place for
// \B.
//
// Subjects are UTF-8: `.` and classes take whole code points. A whole match takes no invalid bytes,
// and a search looks at the text up to the first one.
//
// Caps, past which the fault is too_large: 1024 bytes of pattern, 32 groups, 32 nested groups,
// counts of 1000, 2048 instructions, 512 positions, 250 symbols, 1000 states before minimising,
// repeats of what may be empty nested 4 deep, and an estimate of clang's steps (determinise.hpp):
// about 3,000 transitions, or 260 times `.` in a row.
#pragma once

#include <banter/flow/fixed_string.hpp>
#include <banter/flow/pattern/automaton.hpp>
#include <banter/flow/pattern/capture.hpp>
#include <banter/flow/pattern/fault.hpp>
#include <banter/flow/pattern/program.hpp>
#include <banter/flow/pattern/set.hpp>
#include <banter/flow/pattern/storage.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace banter {

/// The pattern P as it meets a subject in the way K. Naming it never fails to compile: look at
/// `verdict` first. A pattern with a fault matches nothing.
template <fixed_string P, match_kind K>
struct pattern {
  private:
    static constexpr detail::automaton_shape shape_ = detail::first_draft_of<P, K>.shape;

  public:
    /// What is wrong with P, and at which byte; `fault` is none where P is usable.
    static constexpr pattern_verdict verdict = shape_.verdict;

    /// How many groups P has, not counting group 0, the whole match.
    static constexpr std::size_t capture_count = detail::first_program_of<P>.shape.group_count;

    /// The minimal automaton. For match_kind::search it accepts each text that contains a match.
    static constexpr automaton_view automaton{detail::classes_of<P, K>.data(),
                                              detail::table_of<P, K>.data(),
                                              shape_.state_count,
                                              shape_.class_count,
                                              shape_.start,
                                              shape_.settled,
                                              shape_.wide_alike};

    /// Whether the subject, as UTF-8, matches.
    [[nodiscard]] static constexpr bool matches(std::string_view subject) {
        // A table look-up for a byte waits for the one before it; a comparison does not.
        constexpr std::size_t skipped = prefix.size;
        if (subject.size() < skipped ||
            subject.substr(0, skipped) != std::string_view{prefix.bytes, skipped}) {
            return false;
        }
        constexpr std::size_t stride = automaton.class_count + 1u;
        std::size_t state = prefix.state;
        for (std::size_t i = skipped; i < subject.size() && state >= automaton.settled; ++i) {
            state = automaton.table[state * stride + automaton.class_of(subject[i])];
        }
        return automaton.accepts(state);
    }

    /// Whether the subject matches, and where: groups[0] is the whole match, groups[i] the i-th
    /// group, with a null data() where the group took no part. Groups beyond the span are left out.
    /// The match is the one that Python's re finds. No heap; time linear in the subject's length.
    static constexpr bool capture(std::string_view subject, std::span<std::string_view> groups) {
        if (!matches(subject)) {
            return false;
        }
        constexpr std::size_t slot_count = 2 * (capture_count + 1);
        std::uint32_t slots[slot_count]{};
        const detail::program_view program = detail::program_of<P>.view();
        const auto result = detail::backtracker(program, subject, K, slots).run();
        if (result == detail::backtrack_result::no_match ||
            (result == detail::backtrack_result::out_of_memory && !capture_long(subject, slots))) {
            return false;
        }
        for (std::size_t i = 0; i < groups.size() && i <= capture_count; ++i) {
            const std::uint32_t first = slots[2 * i];
            const std::uint32_t last = slots[2 * i + 1];
            groups[i] = first == detail::no_position || last == detail::no_position
                            ? std::string_view{}
                            : subject.substr(first, last - first);
        }
        return true;
    }

    /// The bytes with which every subject that matches begins.
    static constexpr detail::literal_prefix prefix = detail::find_literal_prefix(automaton);

  private:
    static constexpr bool capture_long(std::string_view subject, std::uint32_t* slots) {
        constexpr detail::program_view shape = detail::program_of<P>.shape;
        using memory = detail::thread_memory<shape.code_size + 1u, shape.chars_count,
                                             2 * (capture_count + 1), shape.levels>;
        memory space;
        const detail::program_view program = detail::program_of<P>.view();
        return detail::thread_list_machine<memory>(program, subject, K, space, slots).run();
    }
};

}  // namespace banter
