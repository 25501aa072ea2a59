// Patterns: regular expressions given as template arguments, compiled by the compiler into minimal
// deterministic automata over bytes, for filters (`callback<P>`, `regex<P>`) and for what the
// compiler proves about them.
//
// The way of a pattern, one small header each: literal_start (its plain beginning, taken off), syntax
// (text to tree), program (tree to instructions), positions (which character may follow which,
// Glushkov), determinise (subset construction over symbols, not bytes), minimise (Valmari and
// Lehtinen), automaton (symbols to UTF-8 bytes, exact arrays), storage (the phases as constants),
// compiled (all of one pattern), capture (groups), set (many patterns at once).
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
#include <banter/flow/pattern/byte_edges.hpp>
#include <banter/flow/pattern/capture.hpp>
#include <banter/flow/pattern/compiled.hpp>
#include <banter/flow/pattern/fault.hpp>
#include <banter/flow/pattern/set.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace banter {

/// The pattern P as it meets a subject in the way K. Naming it never fails to compile: look at
/// `verdict` first. A pattern with a fault matches nothing.
template <fixed_string P, match_kind K>
struct pattern {
  private:
    using compiled = detail::compiled<P, K>;

  public:
    /// What is wrong with P, and at which byte; `fault` is none where P is usable.
    static constexpr pattern_verdict verdict = compiled::verdict;

    /// How many groups P has, not counting group 0, the whole match.
    static constexpr std::size_t capture_count = compiled::capture_count;

    /// The automaton, minimal. For match_kind::search it accepts each text that contains a match.
    static constexpr const automaton_view& automaton = compiled::automaton;

    /// The bytes with which every subject that matches begins.
    static constexpr const detail::literal_prefix& prefix = compiled::prefix;

    /// Whether the subject, as UTF-8, matches.
    [[nodiscard]] static constexpr bool matches(std::string_view subject) {
        return detail::matches_behind(prefix, automaton, subject);
    }

    /// Whether the subject matches, and where: groups[0] is the whole match, groups[i] the i-th
    /// group, with a null data() where the group took no part. Groups beyond the span are left out.
    /// The match is the one that Python's re finds. No heap; time linear in the subject's length.
    static constexpr bool capture(std::string_view subject, std::span<std::string_view> groups) {
        return detail::capture(detail::capture_plan_of<compiled>, subject, groups);
    }
};

}  // namespace banter
