// Patterns: regular expressions given as template arguments, compiled by the compiler into minimal
// deterministic automata over bytes, for filters (`callback<P>`, `regex<P>`) and for what the
// compiler proves about them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <banter/flow/fixed_string.hpp>
#include <banter/flow/pattern/automaton.hpp>
#include <banter/flow/pattern/capture.hpp>
#include <banter/flow/pattern/fault.hpp>
#include <banter/flow/pattern/program.hpp>
#include <banter/flow/pattern/set.hpp>
#include <banter/flow/pattern/storage.hpp>

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
    static constexpr automaton_view automaton{
        detail::classes_of<P, K>.data(), detail::table_of<P, K>.data(),
        shape_.state_count, shape_.class_count, shape_.start, shape_.settled};

    /// Whether the subject, as UTF-8, matches.
    [[nodiscard]] static constexpr bool matches(std::string_view subject) {
        return automaton.matches(subject);
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
