// Which of some patterns on one property of an update a text can match together: the properties' part of
// the solver. Found once for a question, by a walk over the product of the patterns' automata.
#pragma once

#include <banter/flow/joint_states.hpp>
#include <banter/flow/worlds.hpp>

#include <cstddef>
#include <cstdint>

namespace banter::detail {

/// The patterns that a text matches, as bits in the order in which they were added, and the shortest
/// such text; or that there is no text.
struct property_case {
    static constexpr std::size_t most_text = 48;

    std::uint32_t matching = 0;
    bool present = false;
    std::uint8_t size = 0;
    char characters[most_text]{};
};

class property_cases {
  public:
    constexpr explicit property_cases(std::uint8_t of)
        : of_(of), facts_(&facts_of(static_cast<update_property>(of))) {}

    /// The property, as filter_node::value has it.
    [[nodiscard]] constexpr std::uint8_t of() const { return of_; }
    [[nodiscard]] constexpr const trait_facts& facts() const { return *facts_; }

    /// One more pattern; `variable` is the caller's name for it.
    constexpr void add(const filter_node& atom, std::uint16_t variable) {
        atoms_.push(&atom);
        variables_.push(variable);
    }
    [[nodiscard]] constexpr std::size_t size() const { return variables_.size(); }
    [[nodiscard]] constexpr std::uint16_t variable(std::size_t i) const { return variables_[i]; }

    /// Finds the cases; the first is that there is no text. False where a cap is reached.
    constexpr bool find(std::size_t& work_left) {
        cases_.push({});
        if (atoms_.size() + 1 > joint_states::most) return false;
        byte_groups bytes;
        group_bytes(bytes);
        const std::size_t grouping = 2000 + atoms_.size() * (100 + 4 * bytes.run_count());
        if (!spend(work_left, grouping)) return false;
        const command_syntax none;
        joint_states joint(bytes, none, command_syntax::form::none);
        joint.add(atoms_[0]->texts);
        for (std::size_t i = 0; i != atoms_.size(); ++i) joint.add(atoms_[i]->automaton);
        joint.begin();
        truth values[joint_states::most]{};
        for (std::size_t s = 0; s != joint.count(); ++s) {
            if (!spend(work_left, 20 + 4 * joint.width())) return false;
            if (joint.may_end(s)) {
                joint.results(s, values);
                add_case(joint, s, values);
            }
            if (!spend(work_left, joint.expand(s))) return false;
        }
        return !joint.full();
    }
    [[nodiscard]] constexpr const growing<property_case>& cases() const { return cases_; }

  private:
    static constexpr bool spend(std::size_t& left, std::size_t work) {
        if (left < work) return false;
        left -= work;
        return true;
    }
    constexpr void group_bytes(byte_groups& bytes) const {
        const automaton_view& texts = *atoms_[0]->texts;
        bytes.add(edges_of(texts));
        bool wide_alike = texts.wide_alike;
        for (std::size_t i = 0; i != atoms_.size(); ++i) {
            const filter_node& atom = *atoms_[i];
            wide_alike = wide_alike && atom.automaton->wide_alike;
            bytes.add(atom.edges->known ? *atom.edges : edges_of(*atom.automaton));
        }
        bytes.find_runs(wide_alike);
        bytes.split(texts);
        for (std::size_t i = 0; i != atoms_.size(); ++i) bytes.split(*atoms_[i]->automaton);
        bytes.choose();
    }
    constexpr void add_case(const joint_states& joint, std::size_t at, const truth* values) {
        property_case found{.present = true};
        for (std::size_t i = 0; i != atoms_.size(); ++i)
            if (values[i] == truth::yes) found.matching |= std::uint32_t{1} << i;
        for (std::size_t i = 1; i != cases_.size(); ++i)
            if (cases_[i].matching == found.matching) return;
        found.size = static_cast<std::uint8_t>(
            joint.spell(at, found.characters, property_case::most_text));
        cases_.push(found);
    }

    std::uint8_t of_;
    const trait_facts* facts_;
    growing<const filter_node*> atoms_;
    growing<std::uint16_t> variables_;
    growing<property_case> cases_;
};

}  // namespace banter::detail
