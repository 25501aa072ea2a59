// Where a pattern's tables live: static arrays of exactly their size. Each phase is a constant of its
// own, because clang counts steps for each constant separately.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <banter/flow/fixed_string.hpp>
#include <banter/flow/pattern/automaton.hpp>
#include <banter/flow/pattern/program.hpp>

namespace banter::detail {

template <fixed_string P>
inline constexpr program_sizes program_sizes_of = read_program(P.view(), nullptr, nullptr, nullptr, nullptr);

template <std::size_t Code, std::size_t Sets, std::size_t Intervals>
constexpr program_storage<Code, Sets, Intervals> write_program(std::string_view text) {
    program_storage<Code, Sets, Intervals> result;
    if (Code > 0) {
        read_program(text, result.code.data(), result.sets.data(), result.intervals.data(),
                     &result.shape);
    }
    return result;
}

template <fixed_string P>
inline constexpr auto program_of =
    write_program<program_sizes_of<P>.code, program_sizes_of<P>.sets, program_sizes_of<P>.intervals>(
        P.view());

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
        result.shape = build_automaton(program, kind, result.classes.data(), result.table.data(), Entries);
    }
    if (!result.shape.verdict.ok()) {
        result.shape = {.verdict = result.shape.verdict};
        result.classes = {};
        result.table = {};
    }
    return result;
}

template <fixed_string P, match_kind K>
inline constexpr auto first_draft_of =
    draft_automaton<usual_entries>(program_sizes_of<P>, program_of<P>.view(), K);

/// The same again with enough room; only large patterns get here.
template <fixed_string P, match_kind K>
inline constexpr auto second_draft_of = draft_automaton<first_draft_of<P, K>.shape.entries()>(
    program_sizes_of<P>, program_of<P>.view(), K);

template <std::size_t Entries, std::size_t From>
constexpr std::array<std::uint16_t, Entries> first_entries(const std::array<std::uint16_t, From>& from) {
    std::array<std::uint16_t, Entries> result{};
    for (std::size_t i = 0; i < Entries; ++i) {
        result[i] = from[i];
    }
    return result;
}

template <fixed_string P, match_kind K, std::size_t Entries = first_draft_of<P, K>.shape.entries()>
inline constexpr std::array<std::uint16_t, Entries> table_of =
    first_entries<Entries>(first_draft_of<P, K>.table);

template <fixed_string P, match_kind K, std::size_t Entries>
    requires(Entries > usual_entries)
inline constexpr std::array<std::uint16_t, Entries> table_of<P, K, Entries> =
    second_draft_of<P, K>.table;

template <fixed_string P, match_kind K>
inline constexpr std::array<std::uint8_t, 256> classes_of = first_draft_of<P, K>.classes;

}  // namespace banter::detail
