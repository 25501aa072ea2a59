#pragma once

#include <banter/flow/choice.hpp>
#include <banter/flow/text_hash.hpp>
#include <banter/flow/worlds.hpp>

#include <algorithm>

namespace banter::detail {

// ---- command names ----

BANTER_DECL std::uint64_t command_table::hash(std::string_view name) {
    text_hash hash;  // over lower-case letters
    for (const char c : name) hash.add(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    return hash.value() ^ (hash.value() >> 32);
}

BANTER_COLD_DECL void command_table::place(std::uint16_t id) {
    std::size_t at = hash(names_[id]) & (slots_.size() - 1);
    while (slots_[at] != unknown) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = id;
}

BANTER_COLD_DECL std::uint16_t command_table::add(std::string_view name) {
    if (const std::uint16_t known = find(name); known != unknown) return known;
    const auto id = static_cast<std::uint16_t>(names_.size());
    names_.emplace_back(name);
    if (slots_.size() < names_.size() * 2) {
        slots_.assign(std::max<std::size_t>(16, slots_.size() * 2), unknown);
        for (std::uint16_t i = 0; i != names_.size(); ++i) place(i);
    } else {
        place(id);
    }
    return id;
}

BANTER_DECL std::uint16_t command_table::find(std::string_view name) const {
    if (slots_.empty()) return unknown;
    std::size_t at = hash(name) & (slots_.size() - 1);
    for (; slots_[at] != unknown; at = (at + 1) & (slots_.size() - 1))
        if (equal_without_case(names_[slots_[at]], name)) return slots_[at];
    return unknown;
}

// ---- building ----

BANTER_COLD_DECL std::size_t choice_index::add(array_view<indexed_rule> rules, std::size_t states,
                                               bool reentry) {
    table next;
    next.rules.assign(rules.begin(), rules.end());
    next.states = states;
    next.reentry = reentry;
    std::size_t count = 0;
    for (const indexed_rule& rule : rules) count += rule.program.size();
    next.atoms.reserve(count);
    for (indexed_rule& rule : next.rules) {
        const filter_node* const own = next.atoms.data() + next.atoms.size();
        next.atoms.insert(next.atoms.end(), rule.program.begin(), rule.program.end());
        rule.program = {own, rule.program.size()};
    }
    number_atoms(next);
    tables_.push_back(std::move(next));
    return tables_.size() - 1;
}

BANTER_COLD_DECL void choice_index::number_atoms(table& rules) {
    using op = filter_node::op;
    const auto number = [](pattern_set& set, std::vector<const automaton_view*>& known,
                           const automaton_view* automaton) {
        std::size_t id = 0;
        while (id != known.size() && known[id] != automaton) ++id;
        if (id == known.size()) {
            known.push_back(automaton);
            set.add(*automaton);
        }
        return static_cast<std::uint16_t>(id);
    };
    for (filter_node& atom : rules.atoms) {
        if (atom.what == op::command) atom.id = commands_.add(atom.word);
        if (atom.what == op::callback)
            atom.id = number(callbacks_, numbered_callbacks_, atom.automaton);
        if (atom.what == op::text) atom.id = number(texts_, numbered_texts_, atom.automaton);
    }
}

BANTER_COLD_DECL void choice_index::build() {
    callbacks_.build();
    texts_.build();
    // Slots of callback queries: without data, then one for each class, if classes can be counted.
    callback_classes_ = callbacks_.group_count() <= 1;
    callback_slots_ = command_slots + static_cast<std::uint32_t>(commands_.size());
    slot_count_ = callback_slots_ + 1 +
                  (callback_classes_ && callbacks_.size() != 0
                       ? static_cast<std::uint32_t>(callbacks_.class_count())
                       : 1);
    for (table& rules : tables_) fill(rules);
}

BANTER_COLD_DECL std::vector<std::uint16_t> choice_index::order(const table& rules,
                                                                std::size_t state) const {
    std::vector<std::uint16_t> out;
    const auto take = [&](section where) {
        for (std::uint16_t r = 0; r != rules.rules.size(); ++r) {
            const indexed_rule& rule = rules.rules[r];
            if (rule.where != where) continue;
            if (where == section::state && rule.state + std::size_t{1} != state) continue;
            out.push_back(r);
        }
    };
    if (state == 0) {
        take(section::entry);
        return out;
    }
    take(section::global);
    if (rules.reentry) take(section::entry);
    take(section::state);
    take(section::fallback);
    return out;
}

BANTER_COLD_DECL void choice_index::fill(table& rules) {
    const std::size_t count = rules.rules.size();
    std::vector<truth> fits(count * slot_count_);
    for (std::size_t r = 0; r != count; ++r)
        for (std::uint32_t slot = 0; slot != slot_count_; ++slot)
            fits[r * slot_count_ + slot] =
                evaluate(rules.rules[r].program,
                         [&](const filter_node& atom) { return ask_slot(slot, atom); });
    rules.ranges.reserve((rules.states + 1) * slot_count_);
    for (std::size_t state = 0; state != rules.states + 1; ++state) {
        const std::vector<std::uint16_t> tried = order(rules, state);
        for (std::uint32_t slot = 0; slot != slot_count_; ++slot) {
            const auto first = static_cast<std::uint32_t>(rules.candidates.size());
            for (const std::uint16_t r : tried) {
                const bool mount = rules.rules[r].mount;
                const truth fit = mount ? truth::maybe : fits[r * slot_count_ + slot];
                if (fit == truth::no) continue;
                rules.candidates.push_back({r, fit == truth::yes, mount});
                if (fit == truth::yes) break;
            }
            rules.ranges.push_back({first, static_cast<std::uint32_t>(rules.candidates.size())});
        }
    }
}

// ---- what a slot says of an atom ----

BANTER_DECL bool choice_index::accepts(const pattern_set& set, std::uint32_t of,
                                       std::uint16_t id) const {
    const auto accepted = set.accepted(of);
    return ((accepted[id / 64U] >> (id % 64U)) & 1U) != 0;
}

BANTER_DECL truth choice_index::ask_slot(std::uint32_t slot, const filter_node& atom) const {
    using op = filter_node::op;
    const bool whole_kind = slot < content_slots;
    const bool callback = slot >= callback_slots_;
    const bool text = slot >= plain_text_slot && slot < callback_slots_;
    const bool mixed = slot == mixed_slot;
    const update_kind kind = callback     ? update_kind::callback_query
                             : whole_kind ? static_cast<update_kind>(slot)
                                          : update_kind::message;
    // A message kind whose contents the slot does not tell apart.
    const bool open = whole_kind && is_message_kind(kind);
    const bool command = text && slot != plain_text_slot;
    switch (atom.what) {
        case op::everything: return truth::yes;
        case op::kind: return truth_of(kind == static_cast<update_kind>(atom.value));
        case op::content: {
            if (open || mixed) return truth::maybe;
            const auto content = static_cast<content_kind>(atom.value);
            if (text) return truth_of(content == content_kind::text);
            return truth_of(!callback && !whole_kind &&
                            slot == content_slots + static_cast<std::uint32_t>(atom.value));
        }
        case op::any_command: return open || mixed ? truth::maybe : truth_of(command);
        case op::command:
            if (open || mixed) return truth::maybe;
            return truth_of(text && slot == command_slots + std::uint32_t{atom.id});
        case op::text: return open || mixed || text ? truth::maybe : truth::no;
        case op::entity: return open || mixed || text ? truth::maybe : truth::no;
        case op::service:
        case op::caption:
        case op::caption_entity:
        case op::caption_text: {
            if (open || mixed) return truth::maybe;
            if (text || callback || whole_kind) return truth::no;
            const auto content = static_cast<content_kind>(slot - content_slots);
            if (atom.what == op::service) return truth_of(is_service(content));
            return may_have_caption(content) ? truth::maybe : truth::no;
        }
        case op::any_callback: return truth_of(callback);
        case op::callback:
            if (!callback || slot == callback_slots_) return truth::no;
            if (!callback_classes_) return truth::maybe;
            return truth_of(accepts(callbacks_, slot - callback_slots_ - 1, atom.id));
        case op::flag:
        case op::property: {
            const trait_facts& facts = facts_of(atom);
            if ((facts.kinds & mask_of(kind)) == 0) return truth::no;
            if (facts.contents.empty() || open || mixed || whole_kind || callback)
                return truth::maybe;
            const auto content = text ? content_kind::text
                                      : static_cast<content_kind>(slot - content_slots);
            return facts.contents.contains(content) ? truth::maybe : truth::no;
        }
        case op::implied_kinds:
            return truth_of((kind == update_kind::message && (atom.value & subject::message) != 0) ||
                            (callback && (atom.value & subject::callback) != 0));
        default: return truth::maybe;
    }
}

// ---- one update ----

BANTER_DECL classified choice_index::classify(const incoming& update) {
    const telegram::envelope& head = update.head();
    classified known;
    if (head.kind == update_kind::callback_query) {
        if (head.data.empty()) {
            known.slot = callback_slots_;
            return known;
        }
        known.data_class = callbacks_.classify(head.data);
        known.slot = callback_slots_ + 1 + (callback_classes_ ? known.data_class : 0);
        return known;
    }
    if (!head.command.empty()) {
        const std::string_view own = update.own_command();
        known.foreign_command = own.empty();
        if (!own.empty()) known.command = commands_.find(own);
    }
    if (head.kind != update_kind::message) {
        known.slot = static_cast<std::uint32_t>(head.kind);
        return known;
    }
    if (head.content.size() != 1) {
        known.slot = mixed_slot;
        return known;
    }
    const content_kind content = *head.content.first();
    if (content != content_kind::text)
        known.slot = content_slots + static_cast<std::uint32_t>(content);
    else if (head.command.empty())
        known.slot = plain_text_slot;
    else if (known.foreign_command)
        known.slot = foreign_command_slot;
    else if (known.command == command_table::unknown)
        known.slot = unnamed_command_slot;
    else
        known.slot = command_slots + known.command;
    return known;
}

BANTER_DECL bool choice_index::knows_button(std::size_t bot, const incoming& update,
                                            classified& known) {
    for (const indexed_rule& rule : tables_[bot].rules)
        if (evaluate(rule.program, [&](const filter_node& atom) {
                return ask_exactly(update, known, atom);
            }) != truth::no)
            return true;
    return false;
}

BANTER_DECL truth choice_index::ask_exactly(const incoming& update, classified& known,
                                            const filter_node& atom) {
    using op = filter_node::op;
    const telegram::envelope& head = update.head();
    switch (atom.what) {
        case op::command: return truth_of(known.command == atom.id);
        case op::callback:
            return truth_of(!head.data.empty() && accepts(callbacks_, known.data_class, atom.id));
        case op::text:
            if (!head.content.contains(content_kind::text)) return truth::no;
            if (!known.text_classified) {
                known.text_class = texts_.classify(head.text);
                known.text_classified = true;
            }
            return truth_of(accepts(texts_, known.text_class, atom.id));
        default: return ask_update(update, atom);
    }
}

}  // namespace banter::detail
