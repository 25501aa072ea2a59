// Finds where the groups of a pattern matched, in the order of preference of Perl and Python,
// without heap and in linear time: backtracking that never tries one choice twice at one place, and
// where its fixed memory does not suffice (long texts), a list of threads in order of preference
// (Pike's VM).
#pragma once

#include <banter/flow/pattern/automaton.hpp>
#include <banter/flow/pattern/char_set.hpp>
#include <banter/flow/pattern/fault.hpp>
#include <banter/flow/pattern/program.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace banter::detail {

inline constexpr std::uint32_t no_position = 0xFFFFFFFF;

enum class backtrack_result : std::uint8_t { matched, no_match, out_of_memory };

constexpr bool is_word_at(std::string_view text, std::size_t at) {
    const auto c = at < text.size() ? static_cast<unsigned char>(text[at]) : 0x80u;
    return c < 128 && ascii_contains({digits_low, word_high}, c);
}

constexpr bool assertion_holds(assertion what, std::string_view text, std::size_t at) {
    switch (what) {
    case assertion::begin:
        return at == 0;
    case assertion::end:
        return at == text.size();
    case assertion::end_or_newline:
        return at == text.size() || (at + 1 == text.size() && text[at] == '\n');
    case assertion::word_edge:
    case assertion::no_word_edge: {
        const bool before = at > 0 && is_word_at(text, at - 1);
        return (before != is_word_at(text, at)) == (what == assertion::word_edge);
    }
    }
    return false;
}

/// The bytes of the code point at `at` if `set` has it, else 0.
constexpr std::size_t step_over(const program_view& program, std::uint16_t set,
                                std::string_view text, std::size_t at) {
    if (at >= text.size()) {
        return 0;
    }
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 128) {
        return ascii_contains(program.sets[set], lead) ? 1 : 0;
    }
    const decoded next = decode_at(text, at);
    return next.size != 0 && contains(program.sets[set], program.intervals, next.value) ? next.size
                                                                                        : 0;
}

/// Backtracking in fixed memory: one bit for each choice at each place, and a small stack.
class backtracker {
  public:
    constexpr backtracker(const program_view& program, std::string_view text, match_kind kind,
                          std::uint32_t* slots)
        : program_(program), text_(text), kind_(kind), slots_(slots) {}

    constexpr backtrack_result run() {
        const std::size_t bits = (std::size_t{program_.split_count} * (text_.size() + 1))
                                 << program_.levels;
        if (bits > 64 * memo_words) {
            return backtrack_result::out_of_memory;
        }
        for (std::size_t w = 0; w < (bits + 63) / 64; ++w) {
            memo_[w] = 0;
        }
        for (std::size_t start = 0;;) {
            const backtrack_result result = run_from(start);
            if (result != backtrack_result::no_match || kind_ == match_kind::whole) {
                return result;
            }
            const decoded skipped = decode_at(text_, start);
            if (start >= text_.size() || skipped.size == 0) {
                return result;
            }
            start += skipped.size;
        }
    }

  private:
    static constexpr std::size_t memo_words = 128;
    static constexpr std::size_t stack_size = 512;

    // Either a choice to go back to (instruction and flags; place) or a slot's former value.
    struct entry {
        std::uint32_t what;
        std::uint32_t value;
    };
    static constexpr std::uint32_t restores = 0x80000000;

    constexpr backtrack_result run_from(std::size_t start) {
        const std::size_t slot_count = 2 * (std::size_t{program_.group_count} + 1);
        for (std::size_t i = 0; i < slot_count; ++i) {
            slots_[i] = no_position;
        }
        std::size_t pending = 0;
        std::uint32_t pc = 0;
        std::uint32_t flags = 0;  // rounds of repeats that have taken nothing yet
        std::size_t at = start;
        for (;;) {
            const instruction& each = program_.code[pc];
            bool failed = false;
            switch (each.op) {
            case opcode::chars: {
                const std::size_t size = step_over(program_, each.a, text_, at);
                failed = size == 0;
                at += size;
                flags = 0;
                ++pc;
                break;
            }
            case opcode::split: {
                const std::size_t key =
                    ((each.number * (text_.size() + 1) + at) << program_.levels) | flags;
                failed = has_bit(memo_, key);
                set_bit(memo_, key);
                if (!failed) {
                    if (pending == stack_size) {
                        return backtrack_result::out_of_memory;
                    }
                    stack_[pending++] = {each.b | flags << 16, static_cast<std::uint32_t>(at)};
                }
                pc = each.a;
                break;
            }
            case opcode::jump:
                pc = each.a;
                break;
            case opcode::save:
                if (pending == stack_size) {
                    return backtrack_result::out_of_memory;
                }
                if (pending > 0) {
                    stack_[pending++] = {restores | each.argument, slots_[each.argument]};
                }
                slots_[each.argument] = static_cast<std::uint32_t>(at);
                ++pc;
                break;
            case opcode::assertion:
                failed = !assertion_holds(static_cast<assertion>(each.argument), text_, at);
                ++pc;
                break;
            case opcode::mark:
                flags |= 1u << each.argument;
                ++pc;
                break;
            case opcode::check:
                pc = (flags >> each.argument & 1) != 0 ? each.a : pc + 1;
                break;
            case opcode::accept:
                if (kind_ == match_kind::search || at == text_.size()) {
                    slots_[0] = static_cast<std::uint32_t>(start);
                    slots_[1] = static_cast<std::uint32_t>(at);
                    return backtrack_result::matched;
                }
                failed = true;
                break;
            }
            if (!failed) {
                continue;
            }
            while (pending > 0 && (stack_[pending - 1].what & restores) != 0) {
                --pending;
                slots_[stack_[pending].what & ~restores] = stack_[pending].value;
            }
            if (pending == 0) {
                return backtrack_result::no_match;
            }
            --pending;
            pc = stack_[pending].what & 0xFFFF;
            flags = stack_[pending].what >> 16;
            at = stack_[pending].value;
        }
    }

    const program_view& program_;
    std::string_view text_;
    match_kind kind_;
    std::uint32_t* slots_;
    word memo_[memo_words];
    entry stack_[stack_size];
};

/// The memory of a thread_list_machine.
struct thread_arrays {
    std::uint16_t* threads[2];
    std::uint32_t* slots[2];
    std::uint32_t* seen;  // the step in which an instruction was last reached, plus 1
    std::size_t states;   // entries of `seen`
    std::uint32_t* stack;
    std::uint32_t* current;
};

/// As large as one program needs.
template <std::size_t Code, std::size_t Chars, std::size_t Slots, unsigned Levels>
struct thread_memory {
    static constexpr std::size_t states = Code << Levels;
    std::uint16_t threads[2][Chars + 1];
    std::uint32_t slots[2][(Chars + 1) * Slots];
    std::uint32_t seen[states];
    std::uint32_t stack[3 * states + 1];
    std::uint32_t current[Slots];

    [[nodiscard]] constexpr thread_arrays arrays() {
        return {{threads[0], threads[1]}, {slots[0], slots[1]}, seen, states, stack, current};
    }
};

/// All ways through the program at once, one character at a time, ordered by preference.
class thread_list_machine {
  public:
    constexpr thread_list_machine(const program_view& program, std::string_view text,
                                  match_kind kind, const thread_arrays& memory, std::uint32_t* slots)
        : program_(program), text_(text), kind_(kind), memory_(memory), slots_(slots),
          slot_count_(2 * (std::size_t{program.group_count} + 1)) {}

    constexpr bool run() {
        for (std::size_t i = 0; i < memory_.states; ++i) {
            memory_.seen[i] = 0;
        }
        bool matched = false;
        std::size_t now = 0;
        std::size_t now_count = 0;
        for (std::size_t at = 0;;) {
            if (!matched && (at == 0 || kind_ == match_kind::search)) {
                for (std::size_t i = 0; i < slot_count_; ++i) {
                    memory_.current[i] = no_position;
                }
                memory_.current[0] = static_cast<std::uint32_t>(at);
                add(now, now_count, 0, at);
            }
            if (now_count == 0 && (matched || kind_ == match_kind::whole)) {
                return matched;
            }
            std::size_t next_count = 0;
            const decoded c = at < text_.size() ? decode_at(text_, at) : decoded{};
            for (std::size_t i = 0; i < now_count; ++i) {
                const instruction& each = program_.code[memory_.threads[now][i]];
                const std::uint32_t* from = memory_.slots[now] + i * slot_count_;
                if (each.op == opcode::accept) {
                    if (kind_ == match_kind::whole && at != text_.size()) {
                        continue;
                    }
                    copy(from, slots_);
                    slots_[1] = static_cast<std::uint32_t>(at);
                    matched = true;
                    break;  // what follows is less preferred
                }
                if (c.size != 0 && contains(program_.sets[each.a], program_.intervals, c.value)) {
                    copy(from, memory_.current);
                    add(1 - now, next_count, memory_.threads[now][i] + 1u, at + c.size);
                }
            }
            if (c.size == 0) {
                return matched;
            }
            at += c.size;
            now = 1 - now;
            now_count = next_count;
        }
    }

  private:
    static constexpr std::uint32_t restores = 0x80000000;

    constexpr void copy(const std::uint32_t* from, std::uint32_t* to) const {
        for (std::size_t i = 0; i < slot_count_; ++i) {
            to[i] = from[i];
        }
    }

    /// Follows everything that takes no character, most preferred first.
    constexpr void add(std::size_t list, std::size_t& count, std::uint32_t first, std::size_t at) {
        std::uint32_t* const stack = memory_.stack;
        const auto stamp = static_cast<std::uint32_t>(at + 1);
        std::size_t pending = 0;
        stack[pending++] = first;
        while (pending > 0) {
            const std::uint32_t top = stack[--pending];
            if ((top & restores) != 0) {
                memory_.current[top & ~restores] = stack[--pending];
                continue;
            }
            const std::uint32_t pc = top & 0xFFFF;
            const std::uint32_t flags = top >> 16;
            std::uint32_t& seen = memory_.seen[(pc << program_.levels) | flags];
            if (seen == stamp) {
                continue;
            }
            seen = stamp;
            const instruction& each = program_.code[pc];
            const std::uint32_t onward = (pc + 1) | flags << 16;
            switch (each.op) {
            case opcode::chars:
            case opcode::accept:
                if (!listed(list, count, pc)) {
                    memory_.threads[list][count] = static_cast<std::uint16_t>(pc);
                    copy(memory_.current, memory_.slots[list] + count * slot_count_);
                    ++count;
                }
                break;
            case opcode::split:
                stack[pending++] = each.b | flags << 16;
                stack[pending++] = each.a | flags << 16;
                break;
            case opcode::jump:
                stack[pending++] = each.a | flags << 16;
                break;
            case opcode::save:
                stack[pending++] = memory_.current[each.argument];
                stack[pending++] = restores | each.argument;
                memory_.current[each.argument] = static_cast<std::uint32_t>(at);
                stack[pending++] = onward;
                break;
            case opcode::assertion:
                if (assertion_holds(static_cast<assertion>(each.argument), text_, at)) {
                    stack[pending++] = onward;
                }
                break;
            case opcode::mark:
                stack[pending++] = onward | 1u << (16 + each.argument);
                break;
            case opcode::check:
                stack[pending++] =
                    (flags >> each.argument & 1) != 0 ? each.a | flags << 16 : onward;
                break;
            }
        }
    }

    /// Flags no longer matter once a character is taken, so one thread for an instruction is
    /// enough.
    constexpr bool listed(std::size_t list, std::size_t count, std::uint32_t pc) const {
        for (std::size_t i = 0; program_.levels > 0 && i < count; ++i) {
            if (memory_.threads[list][i] == pc) {
                return true;
            }
        }
        return false;
    }

    const program_view& program_;
    std::string_view text_;
    match_kind kind_;
    thread_arrays memory_;
    std::uint32_t* slots_;
    std::size_t slot_count_;
};

/// The same with memory of its own. True where the program matches.
template <std::size_t Code, std::size_t Chars, std::size_t Slots, unsigned Levels>
constexpr bool capture_with_threads(const program_view& program, std::string_view text, match_kind kind,
                                    std::uint32_t* slots) {
    thread_memory<Code, Chars, Slots, Levels> space;
    return thread_list_machine(program, text, kind, space.arrays(), slots).run();
}

/// What the groups of a pattern are found with: values, so that one function does it for all patterns.
struct capture_plan {
    const automaton_view* automaton = nullptr;
    const literal_prefix* prefix = nullptr;
    program_view program{};  // of what stands behind the literal; none where it has no groups
    std::size_t literal_size = 0;
    match_kind kind = match_kind::whole;
    bool (*with_threads)(const program_view&, std::string_view, match_kind, std::uint32_t*) = nullptr;
};

/// Whether a subject matches. A table look-up for a byte waits for the one before it; the comparison
/// with what all subjects begin with does not.
constexpr bool matches_behind(const literal_prefix& prefix, const automaton_view& automaton,
                              std::string_view subject) {
    if (subject.size() < prefix.size ||
        subject.substr(0, prefix.size) != std::string_view{prefix.bytes, prefix.size})
        return false;
    std::size_t state = prefix.state;
    for (std::size_t i = prefix.size; i < subject.size() && state >= automaton.settled; ++i)
        state = automaton.next(state, automaton.class_of(subject[i]));
    return automaton.accepts(state);
}

/// pattern<>::capture.
constexpr bool capture(const capture_plan& plan, std::string_view subject,
                       std::span<std::string_view> groups) {
    if (!matches_behind(*plan.prefix, *plan.automaton, subject)) return false;
    if (plan.program.code == nullptr) {
        if (!groups.empty()) groups[0] = subject;
        return true;
    }
    const std::string_view rest = subject.substr(plan.literal_size);
    std::uint32_t slots[2 * (largest_group_count + 1)];
    const auto result = backtracker(plan.program, rest, plan.kind, slots).run();
    if (result == backtrack_result::no_match ||
        (result == backtrack_result::out_of_memory &&
         !plan.with_threads(plan.program, rest, plan.kind, slots)))
        return false;
    for (std::size_t i = 0; i < groups.size() && i <= plan.program.group_count; ++i) {
        const std::uint32_t first = slots[2 * i];
        const std::uint32_t last = slots[2 * i + 1];
        groups[i] = first == no_position || last == no_position ? std::string_view{}
                                                                : rest.substr(first, last - first);
    }
    // The literal belongs to the whole match.
    if (plan.literal_size != 0 && !groups.empty())
        groups[0] = subject.substr(0, plan.literal_size + groups[0].size());
    return true;
}

}  // namespace banter::detail
