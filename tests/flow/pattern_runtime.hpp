// Patterns made at run time, by the same functions that the compiler runs: for tests that need
// thousands of them.
#pragma once

#include <banter/flow/pattern.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace banter::test {

using spans = std::vector<std::pair<std::size_t, std::size_t>>;  // npos where a group took no part
inline constexpr std::size_t npos = static_cast<std::size_t>(-1);

enum class machine { backtracker, threads };

class runtime_pattern {
  public:
    runtime_pattern(std::string_view text, match_kind kind) : kind_(kind) {
        sizes_ = detail::read_program(text, program_, nullptr, 0, nullptr, nullptr, 0);
        verdict = sizes_.verdict;
        if (!verdict.ok()) {
            return;
        }
        code_.resize(sizes_.code);
        sets_.resize(sizes_.sets + 1);
        intervals_.resize(sizes_.intervals + 1);
        detail::read_program(text, program_, code_.data(), sizes_.code, sets_.data(),
                             intervals_.data(), sizes_.sets + sizes_.intervals);
        program_.code = code_.data();
        program_.sets = sets_.data();
        program_.intervals = intervals_.data();
        detail::automaton_shape shape = detail::build_automaton(
            program_, kind, std::vector<std::uint8_t>(256).data(), nullptr, 0);
        verdict = shape.verdict;
        if (!verdict.ok()) {
            return;
        }
        classes_.resize(256);
        table_.resize(shape.entries());
        detail::build_automaton(program_, kind, classes_.data(), table_.data(), table_.size());
        automaton = {classes_.data(), table_.data(), shape.state_count, shape.class_count,
                     shape.start,     shape.settled, shape.wide_alike};
    }
    runtime_pattern(const runtime_pattern&) = delete;
    runtime_pattern& operator=(const runtime_pattern&) = delete;

    bool matches(std::string_view subject) const { return automaton.matches(subject); }
    std::size_t group_count() const { return program_.group_count; }

    /// The spans of all groups, or nothing where there is no match.
    std::optional<spans> capture(std::string_view subject, machine with) const {
        if (!matches(subject)) {
            return std::nullopt;
        }
        std::vector<std::uint32_t> slots(2 * (group_count() + 1));
        bool matched = false;
        if (with == machine::backtracker) {
            const auto result = detail::backtracker(program_, subject, kind_, slots.data()).run();
            if (result == detail::backtrack_result::out_of_memory) {
                return capture(subject, machine::threads);
            }
            matched = result == detail::backtrack_result::matched;
        } else {
            using memory =
                detail::thread_memory<detail::largest_program + 1, detail::largest_program, 66,
                                      detail::deepest_empty_repeats>;
            static const auto space = std::make_unique<memory>();
            matched =
                detail::thread_list_machine(program_, subject, kind_, space->arrays(), slots.data())
                    .run();
        }
        if (!matched) {
            return spans{};  // the automaton said otherwise: never right
        }
        spans result;
        for (std::size_t i = 0; i <= group_count(); ++i) {
            const bool took_part =
                slots[2 * i] != detail::no_position && slots[2 * i + 1] != detail::no_position;
            result.push_back(
                took_part ? std::pair<std::size_t, std::size_t>{slots[2 * i], slots[2 * i + 1]}
                          : std::pair{npos, npos});
        }
        return result;
    }

    pattern_verdict verdict;
    automaton_view automaton;

  private:
    match_kind kind_;
    detail::program_sizes sizes_;
    detail::program_view program_;
    std::vector<detail::instruction> code_;
    std::vector<detail::char_set> sets_;
    std::vector<detail::interval> intervals_;
    std::vector<std::uint8_t> classes_;
    std::vector<std::uint16_t> table_;
};

inline std::string print(const std::optional<spans>& found) {
    if (!found) {
        return "none";
    }
    std::string text;
    for (const auto& [first, last] : *found) {
        text += text.empty() ? "" : " ";
        text += first == npos ? "-" : std::to_string(first) + ":" + std::to_string(last);
    }
    return text;
}

}  // namespace banter::test
