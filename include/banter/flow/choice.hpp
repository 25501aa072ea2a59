// Which rule takes an update: an index, built once at start-up, instead of a scan.
//
// An update is put into a slot: by its kind; a new message by its content, a text by its command; a
// callback query by the class of its data in the union automaton of all callback patterns. For each
// state and slot the index lists the rules that may take such an update, in order, up to the first
// that certainly does. What the slot leaves open (a pattern on the text, the chat's type, a
// predicate) is evaluated for the few rules listed. So the time does not grow with the number of
// handlers. Building it in constexpr was the other design: it costs every compilation what
// start-up does in microseconds.
#pragma once

#include <banter/array_view.hpp>
#include <banter/config.hpp>
#include <banter/flow/conversation.hpp>
#include <banter/flow/filter_program.hpp>
#include <banter/flow/incoming.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace banter::detail {

/// A rule as the index sees it.
struct indexed_rule {
    array_view<filter_node> program;
    section where = section::entry;
    std::uint16_t state = 0;
    bool mount = false;  // a nested conversation: it says itself what it takes
};

/// The names of all commands in use, without case.
class command_table {
  public:
    static constexpr std::uint16_t unknown = 0xffff;
    std::uint16_t add(std::string_view name);
    [[nodiscard]] std::uint16_t find(std::string_view name) const;
    [[nodiscard]] std::size_t size() const { return names_.size(); }

  private:
    static std::uint64_t hash(std::string_view name);
    void place(std::uint16_t id);

    std::vector<std::string> names_;
    std::vector<std::uint16_t> slots_;  // open addressing, a power of two
};

/// What the index knows of one update.
struct classified {
    std::uint32_t slot = 0;
    std::uint16_t command = command_table::unknown;
    bool foreign_command = false;
    std::uint32_t data_class = 0;
    std::uint32_t text_class = 0;
    bool text_classified = false;
};

class choice_index {
  public:
    static constexpr std::int32_t no_rule = -1;
    static constexpr std::int32_t taken_by_nested = -2;

    /// Adds the rules of one bot struct: `states` states (0: no conversation, outside only).
    /// Returns its number, from 0.
    std::size_t add(array_view<indexed_rule> rules, std::size_t states, bool reentry);
    /// To be called once, when all are added.
    void build();

    /// Puts an update into its slot.
    [[nodiscard]] classified classify(const incoming& update);

    /// The first rule that takes the update, or no_rule. State 0 is outside of a conversation,
    /// state s + 1 is the s-th state. `leaf(rule, i)` evaluates the rule's i-th predicate;
    /// `nested(rule)` offers the update to the conversation nested there, and says whether that took
    /// it.
    template <class Leaf, class Nested>
    [[nodiscard]] std::int32_t choose(std::size_t bot, std::size_t state, const incoming& update,
                                      classified& known, Leaf&& leaf, Nested&& nested) {
        const table& rules = tables_[bot];
        const range found = rules.ranges[state * slot_count_ + known.slot];
        for (std::uint32_t i = found.first; i != found.last; ++i) {
            const candidate next = rules.candidates[i];
            if (next.certain) return next.rule;
            if (next.mount) {
                if (nested(next.rule)) return taken_by_nested;
                continue;
            }
            const truth fits = evaluate(rules.rules[next.rule].program, [&](const filter_node& atom) {
                return atom.what == filter_node::op::leaf
                           ? truth_of(leaf(next.rule, atom.value))
                           : ask_exactly(update, known, atom);
            });
            if (fits == truth::yes) return next.rule;
        }
        return no_rule;
    }

    /// Whether some rule of a bot struct would take such a pressed button, in whatever state.
    [[nodiscard]] bool knows_button(std::size_t bot, const incoming& update, classified& known);

  private:
    struct range {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };
    struct candidate {
        std::uint16_t rule;
        bool certain;
        bool mount;
    };
    struct table {
        table() = default;
        table(table&&) = default;  // a copy's rules would look into the original

        std::vector<filter_node> atoms;   // of all rules, with the numbers they have in this index
        std::vector<indexed_rule> rules;  // their programs are in there
        std::size_t states = 0;
        bool reentry = false;
        std::vector<range> ranges;  // [state][slot]
        std::vector<candidate> candidates;
    };

    void number_atoms(table& rules);
    void fill(table& rules);
    [[nodiscard]] std::vector<std::uint16_t> order(const table& rules, std::size_t state) const;
    [[nodiscard]] truth ask_slot(std::uint32_t slot, const filter_node& atom) const;
    [[nodiscard]] truth ask_exactly(const incoming& update, classified& known,
                                    const filter_node& atom);
    [[nodiscard]] bool accepts(const pattern_set& set, std::uint32_t of, std::uint16_t id) const;

    // The slots, one range after another.
    static constexpr std::uint32_t content_slots = update_kind_count + 1;
    static constexpr std::uint32_t mixed_slot = content_slots + content_kind_count;
    static constexpr std::uint32_t plain_text_slot = mixed_slot + 1;
    static constexpr std::uint32_t unnamed_command_slot = plain_text_slot + 1;
    static constexpr std::uint32_t foreign_command_slot = unnamed_command_slot + 1;
    static constexpr std::uint32_t command_slots = foreign_command_slot + 1;

    std::vector<table> tables_;
    command_table commands_;
    pattern_set callbacks_;
    pattern_set texts_;
    std::vector<const automaton_view*> numbered_callbacks_;  // by their numbers in the set
    std::vector<const automaton_view*> numbered_texts_;
    std::uint32_t callback_slots_ = 0;
    bool callback_classes_ = false;  // one slot for each class of the data
    std::uint32_t slot_count_ = 0;
};

}  // namespace banter::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/choice.ipp>
#endif
