// Where a pattern's tables live: static arrays of exactly their size. Each phase is a constant of
// its own, because clang counts steps for each constant separately.
#pragma once

#include <banter/flow/fixed_string.hpp>
#include <banter/flow/pattern/automaton.hpp>
#include <banter/flow/pattern/program.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace banter::detail {

inline constexpr std::size_t usual_code = 64;
inline constexpr std::size_t usual_sets = 32;

template <std::size_t Code, std::size_t Others>
constexpr program_storage<Code, Others, Others> draft_program(std::string_view text) {
    program_storage<Code, Others, Others> result;
    result.sizes = read_program(text, result.shape, result.code.data(), Code, result.sets.data(),
                                result.intervals.data(), Others);
    return result;
}

template <fixed_string P>
inline constexpr auto first_program_of = draft_program<usual_code, usual_sets>(P.view());

/// The same again with enough room; only large patterns get here.
template <fixed_string P>
inline constexpr auto second_program_of =
    draft_program<first_program_of<P>.sizes.code,
                  (first_program_of<P>.sizes.sets > first_program_of<P>.sizes.intervals
                       ? first_program_of<P>.sizes.sets
                       : first_program_of<P>.sizes.intervals)>(P.view());

template <fixed_string P, bool Fits = first_program_of<P>.sizes.fit(usual_code, usual_sets)>
inline constexpr const auto& program_draft_of = first_program_of<P>;
template <fixed_string P>
inline constexpr const auto& program_draft_of<P, false> = second_program_of<P>;

template <fixed_string P>
inline constexpr program_sizes program_sizes_of = first_program_of<P>.sizes;

template <std::size_t Code, std::size_t Sets, std::size_t Intervals, class Draft>
constexpr program_storage<Code, Sets, Intervals> fit_program(const Draft& draft) {
    program_storage<Code, Sets, Intervals> result;
    result.sizes = draft.sizes;
    result.shape = draft.shape;
    copy_some(draft.code.data(), Code, result.code.data());
    copy_some(draft.sets.data(), Sets, result.sets.data());
    copy_some(draft.intervals.data(), Intervals, result.intervals.data());
    return result;
}

/// The program in exactly the room it needs; made only where groups are captured.
template <fixed_string P>
inline constexpr auto program_of = fit_program<program_sizes_of<P>.code, program_sizes_of<P>.sets,
                                               program_sizes_of<P>.intervals>(program_draft_of<P>);

/// An automaton on its way to arrays of the right size.
template <std::size_t Entries>
struct automaton_draft {
    automaton_shape shape;
    std::array<std::uint8_t, 256> classes{};
    std::array<std::uint16_t, Entries> table{};
};

inline constexpr std::size_t usual_entries = 1024;

template <std::size_t Entries>
constexpr automaton_draft<Entries> draft_automaton(const program_sizes& sizes,
                                                   const program_view& program, match_kind kind) {
    automaton_draft<Entries> result;
    result.shape.verdict = sizes.verdict;
    if (sizes.verdict.ok() && kind == match_kind::search && sizes.has_look_ahead &&
        !sizes.begins_with_caret) {
        result.shape.verdict.fault = pattern_fault::floating_look_ahead;
    }
    if (result.shape.verdict.ok()) {
        result.shape =
            build_automaton(program, kind, result.classes.data(), result.table.data(), Entries);
    }
    if (!result.shape.verdict.ok()) {
        result.shape = {.verdict = result.shape.verdict};
        result.classes = {};
        result.table = {};
    }
    return result;
}

template <fixed_string P, match_kind K>
inline constexpr auto first_draft_of = draft_automaton<usual_entries>(program_sizes_of<P>,
                                                                      program_draft_of<P>.view(),
                                                                      K);

/// The same again with enough room; only large patterns get here.
template <fixed_string P, match_kind K>
inline constexpr auto second_draft_of = draft_automaton<first_draft_of<P, K>.shape.entries()>(
    program_sizes_of<P>, program_draft_of<P>.view(), K);

template <std::size_t Entries, std::size_t From>
constexpr std::array<std::uint16_t, Entries>
first_entries(const std::array<std::uint16_t, From>& from) {
    std::array<std::uint16_t, Entries> result{};
    for (std::size_t i = 0; i < Entries; ++i) {
        result[i] = from[i];
    }
    return result;
}

template <fixed_string P, match_kind K,
          bool Fits = first_draft_of<P, K>.shape.entries() <= usual_entries>
inline constexpr auto
    table_of = first_entries<first_draft_of<P, K>.shape.entries()>(first_draft_of<P, K>.table);
template <fixed_string P, match_kind K>
inline constexpr auto table_of<P, K, false> = second_draft_of<P, K>.table;

template <fixed_string P, match_kind K>
inline constexpr std::array<std::uint8_t, 256> classes_of = first_draft_of<P, K>.classes;

}  // namespace banter::detail
