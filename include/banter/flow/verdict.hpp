// The verdict on one conversation: which check it fails first, in the table's order, and where. Plain
// integers, computed by ordinary constexpr functions from the facts of model.hpp; nothing here raises
// an error.
#pragma once

#include <banter/flow/coverage.hpp>
#include <banter/flow/events.hpp>
#include <banter/flow/key.hpp>
#include <banter/flow/keyboard.hpp>
#include <banter/flow/model.hpp>
#include <banter/flow/prompt.hpp>
#include <banter/flow/state_fields.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace banter::detail {

enum class check : std::uint8_t {
    passed,
    faulty_form,   // C16: fault_of_forms says which error
    odd_part,      // C16: what is no part of a flow; where: the part, what: the item in it
    odd_state,     // C16: where: a state
    c1,            // where: a state
    c2,            // where: a rule, what: a target
    c2_finish,     // likewise
    c3,            // where: a state
    c3_trap,       // where: one of trap<...>
    c4,            // where: a rule, what: a parameter; none: the filter
    c4_menu,       // where: a rule, what: a menu_fault
    c4_answer,     // of stale_buttons(...)
    c5,            // where: a rule
    c5_event,      // where: a rule, what: the one that is asked before it
    c6,            // where: a rule
    c7,            // where: a rule, what: a parameter
    c7_prompt,     // where: a rule, what: the state it leads to
    c8,            // likewise
    c8_prompt,     // where: a state, what: a parameter of its prompt
    c9_prompt,     // of the whole bot. where: a state, what: a parameter of its prompt
    c10,           // where: a rule, what: an update kind
    c10_key,       // keyed_by<...> itself
    c10_event,     // where: a rule
    c11_button,    // where: a state, what: a button
    c11_handler,   // where: a rule, what: the state
    c12_place,     // where: a mount
    c12_child,
    c12_itself,
    c12_unbound,   // where: a mount, what: one of the child's results
    c12_twice,     // where: a mount, what: a binding
    c12_target,    // where: a rule for a result, what: a target
    c13_place,     // where: a timeout
    c13_duration,
    c13_parameter, // where: a timeout, what: a parameter
    c13_target,    // where: a timeout, what: a target
    c14_dangles,   // where: a state, what: a field
    c14_event,     // where: a rule, what: a field of its event
    c14_opaque,    // where: a state
    c14_stored,    // where: a state, what: a field
    c15_name,
    c16_callable,  // where: a rule
    c16_result,    // where: a rule, what: a target
    c16_parameter, // where: a rule, what: a parameter
    c16_predicate, // where: a rule, what: a predicate
    c16_prompt,    // where: a state
    c16_prompt_parameter,  // where: a state, what: a parameter of its prompt
    c17,           // where: a state
};

struct verdict {
    check failed = check::passed;
    std::uint16_t where = 0;
    std::int16_t what = none;
};

constexpr verdict at_rule(check which, std::size_t rule, std::int16_t what = none) {
    return {which, static_cast<std::uint16_t>(rule), what};
}

// ---- the graph ----

/// The states that some path of rules leads to from an entry point.
template <std::size_t States, std::size_t Rules>
constexpr std::array<bool, States + 1> reachable_states(
    const std::array<rule_facts, Rules>& rules) {
    std::array<bool, States + 1> reached{};
    bool entered = false;
    for (bool grew = true; grew;) {
        grew = false;
        for (const rule_facts& rule : rules) {
            // What stands in no state's list runs from outside, or in every state.
            // An error handler may be that of an entry point.
            const bool from_outside = rule.list == section::entry || rule.where == section::error;
            const bool runs = rule.in_state ? reached[rule.state] : from_outside || entered;
            if (!runs) continue;
            for (std::size_t t = 0; t != rule.target_count; ++t)
                if (!reached[rule.targets[t]]) grew = entered = reached[rule.targets[t]] = true;
        }
    }
    return reached;
}

/// Whether a rule runs in states although it stands in no state's list.
constexpr bool runs_everywhere(const rule_facts& rule, bool reentry) {
    return !rule.in_state && (rule.list != section::entry || reentry);
}

/// Whether `back` leads from a state to one with a way out: to one that may have come before it.
template <std::size_t States, std::size_t Rules>
constexpr bool back_leads_out(const std::array<rule_facts, Rules>& rules,
                              const std::array<bool, States + 1>& out, std::size_t from) {
    for (const rule_facts& rule : rules) {
        if (rule.list == section::entry) continue;  // it begins anew
        bool leads_here = false;
        for (std::size_t t = 0; t != rule.target_count; ++t) leads_here |= rule.targets[t] == from;
        for (std::size_t s = 0; s != States && leads_here; ++s)
            if (out[s] && s != from && (!rule.in_state || rule.state == s)) return true;
    }
    return false;
}

/// The states from which rules lead to an end or a timeout, or to a state that is meant to be a trap.
template <std::size_t States, std::size_t Rules>
constexpr std::array<bool, States + 1> states_with_a_way_out(
    const std::array<rule_facts, Rules>& rules, std::array<bool, States + 1> out, bool reentry) {
    for (bool grew = true; grew;) {
        grew = false;
        for (const rule_facts& rule : rules) {
            if (rule.where == section::error) continue;  // a failure is no way that is meant
            bool leaves = rule.ends || rule.where == section::timeout;
            for (std::size_t t = 0; t != rule.target_count; ++t) leaves |= out[rule.targets[t]];
            if (!leaves && !rule.backs) continue;
            for (std::size_t s = 0; s != States; ++s)
                if (!out[s] && (rule.in_state ? rule.state == s : runs_everywhere(rule, reentry)) &&
                    (leaves || back_leads_out<States>(rules, out, s)))
                    grew = out[s] = true;
        }
    }
    return out;
}

// ---- the checks, in order ----

/// The first rule of which something is wrong: where `test(rule)` gives more than none.
template <std::size_t Rules, class Test>
constexpr verdict first_rule(check which, const std::array<rule_facts, Rules>& rules, Test&& test) {
    for (std::size_t r = 0; r != Rules; ++r)
        if (const std::int16_t what = test(rules[r]); what != none) return at_rule(which, r, what);
    return {};
}
template <std::size_t Rules>
constexpr verdict first_rule(check which, const std::array<rule_facts, Rules>& rules,
                             std::int16_t rule_facts::* culprit) {
    return first_rule(which, rules, [culprit](const rule_facts& rule) { return rule.*culprit; });
}
template <std::size_t Rules, class Test>
constexpr verdict first_rule_that(check which, const std::array<rule_facts, Rules>& rules,
                                  Test&& test) {
    for (std::size_t r = 0; r != Rules; ++r)
        if (test(rules[r])) return at_rule(which, r);
    return {};
}

template <std::size_t N>
constexpr verdict first_failed_of(const verdict (&all)[N]) {
    for (const verdict& one : all)
        if (one.failed != check::passed) return one;
    return {};
}

/// Of handlers, timeouts and results the same mistake belongs to different checks.
constexpr auto of_handlers(std::int16_t rule_facts::* culprit) {
    return [culprit](const rule_facts& rule) {
        return rule.where == section::timeout || rule.where == section::result ? none
                                                                               : rule.*culprit;
    };
}
constexpr auto of(section where, std::int16_t rule_facts::* culprit) {
    return [=](const rule_facts& rule) { return rule.where == where ? rule.*culprit : none; };
}

/// C1 to C4.
template <class C>
struct check_shape {
    static constexpr verdict judge() {
        constexpr auto& rules = facts<C>;
        constexpr std::size_t states = states_of<C>::count;
        constexpr odd_item odd = shape<C>::odd;
        if (shape<C>::faulty_form) return {check::faulty_form};
        if (odd.found)
            return {check::odd_part, odd.part,
                    odd.in_part ? static_cast<std::int16_t>(odd.item) : none};

        if (states_of<C>::odd != states) return at_rule(check::odd_state, states_of<C>::odd);
        const verdict no_form = first_rule_that(
            check::c16_callable, rules, [](const rule_facts& rule) { return rule.starts_no_form; });
        if (no_form.failed != check::passed) return no_form;

        const auto reached = reachable_states<states>(rules);
        for (std::size_t s = 0; s != states; ++s)
            if (!reached[s]) return at_rule(check::c1, s);
        const verdict wrong_target =
            first_failed_of({first_rule(check::c2, rules, of_handlers(&rule_facts::undeclared)),
                             first_rule(check::c2_finish, rules, &rule_facts::finished)});
        if (wrong_target.failed != check::passed) return wrong_target;

        const auto way_out = states_with_a_way_out<states>(rules, shape<C>::trapped, shape<C>::reentry);
        // Where a handler cannot be read, nobody knows where it leads.
        bool readable = true;
        for (const rule_facts& rule : rules)
            readable = readable && rule.callable && rule.undeclared == none &&
                       rule.no_transition == none;
        for (std::size_t s = 0; s != states && readable; ++s)
            if (!way_out[s]) return at_rule(check::c3, s);
        if (shape<C>::odd_trap != shape<C>::no_trap) return at_rule(check::c3_trap, shape<C>::odd_trap);
        return first_failed_of(
            {first_rule_that(check::c4, rules, [](const rule_facts& r) { return !r.sound_filter; }),
             first_rule(check::c4, rules, &rule_facts::unsound_match),
             first_rule(check::c4_menu, rules, &rule_facts::unsound_menu),
             shape<C>::sound_answers ? verdict{} : at_rule(check::c4_answer, 0)});
    }
    static constexpr verdict found = judge();
};

/// Whether updates are tried on a rule.
constexpr bool is_tried(const rule_place& place) {
    return place.where == section::global || place.where == section::entry ||
           place.where == section::state || place.where == section::fallback;
}

/// C6, of one rule: nothing satisfies its filter. What is nested and is no conversation is a matter of C12.
template <class C, std::size_t Rule,
          bool Asked = is_tried(shape<C>::places[Rule]) && facts_at<C, Rule>.mounted == mount_fault::sound>
inline constexpr bool is_empty = false;
template <class C, std::size_t Rule>
inline constexpr bool is_empty<C, Rule, true> = takes_nothing<filter_at<C, Rule>>;

template <class C>
inline constexpr auto empty_rules = []<std::size_t... R>(std::index_sequence<R...>) {
    return std::array<bool, sizeof...(R) + 1>{is_empty<C, R>..., false};
}(std::make_index_sequence<shape<C>::rule_count>{});

/// C5: a handler that earlier ones leave nothing of what it takes.
template <class C>
struct check_hidden {
    template <std::size_t... R>
    static constexpr verdict first_of(std::index_sequence<R...>) {
        const bool hidden[] = {is_hidden<C, R>..., false};
        for (std::size_t r = 0; r != sizeof...(R); ++r)
            if (hidden[r] && !empty_rules<C>[r]) return at_rule(check::c5, r);
        return {};
    }
    static constexpr verdict found = first_of(std::make_index_sequence<shape<C>::rule_count>{});
};

/// C5 of events: a handler that is asked for its event nowhere.
template <class C>
struct check_events {
    static constexpr verdict judge() {
        if constexpr (shape<C>::events != 0)
            for (std::size_t r = 0; r != shape<C>::rule_count; ++r)
                if (facts<C>[r].where == section::event)
                    if (const std::size_t hider = event_hider<C>(r); hider != r)
                        return at_rule(check::c5_event, r, static_cast<std::int16_t>(hider));
        return {};
    }
    static constexpr verdict found = judge();
};

/// C6: a filter that nothing satisfies.
template <class C>
struct check_empty {
    static constexpr verdict judge() {
        for (std::size_t r = 0; r != shape<C>::rule_count; ++r)
            if (empty_rules<C>[r]) return at_rule(check::c6, r);
        return {};
    }
    static constexpr verdict found = judge();
};

/// The first of C's prompts of which something is wrong.
template <class C>
constexpr verdict first_prompt(check which, std::int16_t prompt_facts::* culprit) {
    if constexpr (any_prompt<C>)
        for (std::size_t s = 0; s != states_of<C>::count; ++s)
            if (prompts_of<C>[s].*culprit != none)
                return at_rule(which, s, prompts_of<C>[s].*culprit);
    return {};
}
template <class C>
constexpr verdict first_faulty_prompt() {
    if constexpr (any_prompt<C>)
        for (std::size_t s = 0; s != states_of<C>::count; ++s)
            if (prompts_of<C>[s].faulty) return at_rule(check::c16_prompt, s);
    return {};
}

/// C7, C8. Root is the conversation that the session belongs to.
template <class C, class Root>
struct check_parameters {
    /// The state that some update, which the rule takes and which has a key, leads to although it does
    /// not bring what the state's prompt asks for.
    static constexpr std::int16_t bare_prompt(const rule_facts& rule) {
        if constexpr (any_prompt<C>)
            for (std::size_t t = 0; t != rule.target_count; ++t)
                if ((rule.kinds & key_of<Root>::kinds & ~prompts_of<C>[rule.targets[t]].kinds) != 0)
                    return static_cast<std::int16_t>(rule.targets[t]);
        return none;
    }
    static constexpr verdict found =
        first_failed_of({first_rule(check::c7, facts<C>, &rule_facts::not_guaranteed),
                         first_rule(check::c7_prompt, facts<C>, bare_prompt),
                         first_rule(check::c8, facts<C>, &rule_facts::other_state),
                         first_prompt<C>(check::c8_prompt, &prompt_facts::other_state)});
};

/// C10. Root is the conversation that the session belongs to: the outermost one has the key.
template <class C, class Root>
struct check_key {
    static constexpr kind_mask fitting = key_of<Root>::kinds;

    /// The kind that a rule is for and that has no key.
    static constexpr std::int16_t unfit(const rule_facts& rule) {
        const bool takes_updates = rule.where == section::global || rule.where == section::entry ||
                                   rule.where == section::state || rule.where == section::fallback;
        if (!takes_updates || rule.mount) return none;
        const kind_mask named = rule.named_kinds & ~fitting;
        const bool none_fits = (rule.kinds & fitting) == 0;
        const kind_mask wrong = named != 0 ? named : none_fits ? rule.kinds : kind_mask{0};
        return wrong == 0 ? none : static_cast<std::int16_t>(std::countr_zero(wrong));
    }
    static constexpr bool begins_without_chat(const rule_facts& rule) {
        return rule.where == section::event && rule.list == section::entry &&
               !key_of<Root>::includes(key::chat);
    }
    static constexpr verdict judge() {
        if (!shape<C>::is_conversation) return {};
        if (shape<C>::odd_key) return at_rule(check::c10_key, 0);
        return first_failed_of(
            {first_rule(check::c10, facts<C>, unfit),
             first_rule_that(check::c10_event, facts<C>, begins_without_chat)});
    }
    static constexpr verdict found = judge();
};

/// C11: declared keyboards. While a nested conversation is going on, the one around it sees what
/// it leaves, and the other way round: their rules count as well.
template <class C, class Root>
struct check_keyboards {
    template <class... Nested>
    static constexpr bool taken_in(type_list<Nested...>, std::string_view data) {
        return (is_taken_somewhere(rules_of<Nested>, data) || ...);
    }
    static constexpr bool taken_elsewhere(std::string_view data) {
        if constexpr (!std::is_same_v<C, Root>)
            return taken_in(family_of<Root>{}, data);
        else if constexpr (shape<C>::mounts != 0)
            return taken_in(family_of<C>{}, data);
        else
            return false;
    }

    template <std::size_t S>
    static constexpr verdict judge() {
        using state = typename states_of<C>::template at<S>;
        if constexpr (declares_keyboard<state>()) {
            constexpr auto& buttons = declared_buttons<state>;
            std::array<std::string_view, buttons.size() + 1> data{};
            std::size_t count = 0;
            for (std::size_t b = 0; b != buttons.size(); ++b) {
                if (buttons[b].kind != button_kind::checked) continue;
                data[count++] = buttons[b].data;
                if (!is_taken_in(rules_of<C>, S, buttons[b].data) &&
                    !taken_elsewhere(buttons[b].data))
                    return at_rule(check::c11_button, S, static_cast<std::int16_t>(b));
            }
            if (declares_closed_keyboard<state>()) {
                const std::size_t idle = unreached_by(rules_of<C>, S, {data.data(), count});
                if (idle != none_unreached)
                    return at_rule(check::c11_handler, idle, static_cast<std::int16_t>(S));
            }
        }
        return {};
    }
    static constexpr verdict found = []<std::size_t... S>(std::index_sequence<S...>) {
        return first_failed_of({judge<S>()..., verdict{}});
    }(std::make_index_sequence<states_of<C>::count>{});
};

/// C12 to C16.
template <class C, class Root>
struct check_others {
    static constexpr auto mounted_as(mount_fault fault) {
        return [fault](const rule_facts& rule) { return rule.mounted == fault; };
    }
    static constexpr verdict nested() {
        constexpr auto& rules = facts<C>;
        constexpr auto with_result = [](mount_fault fault) {
            return [fault](const rule_facts& rule) {
                return rule.mounted == fault ? rule.mounted_result : none;
            };
        };
        return first_failed_of(
            {first_rule_that(check::c12_place, rules, mounted_as(mount_fault::misplaced)),
             first_rule_that(check::c12_child, rules, mounted_as(mount_fault::no_conversation)),
             first_rule_that(check::c12_itself, rules, mounted_as(mount_fault::in_itself)),
             first_rule(check::c12_unbound, rules, with_result(mount_fault::unbound_result)),
             first_rule(check::c12_twice, rules, with_result(mount_fault::result_bound_twice)),
             first_rule(check::c12_target, rules, of(section::result, &rule_facts::undeclared))});
    }
    static constexpr verdict timeouts() {
        constexpr auto& rules = facts<C>;
        return first_failed_of(
            {first_rule_that(check::c13_place, rules,
                             [](const rule_facts& rule) { return rule.misplaced_timeout; }),
             first_rule_that(check::c13_duration, rules,
                             [](const rule_facts& rule) { return rule.no_delay; }),
             first_rule(check::c13_parameter, rules, &rule_facts::of_update),
             first_rule(check::c13_target, rules, of(section::timeout, &rule_facts::undeclared)),
             first_rule(check::c13_target, rules, of(section::timeout, &rule_facts::no_transition))});
    }

    template <std::size_t... S>
    static constexpr verdict states(std::index_sequence<S...>) {
        const state_facts all[] = {state_facts_of<typename states_of<C>::template at<S>>...,
                                   state_facts{}};
        for (std::size_t s = 0; s != sizeof...(S); ++s)
            if (all[s].dangling != none) return at_rule(check::c14_dangles, s, all[s].dangling);
        if (!shape<C>::persistent && !shape<Root>::persistent) return {};
        for (std::size_t s = 0; s != sizeof...(S); ++s) {
            if (!all[s].readable) return at_rule(check::c14_opaque, s);
            if (all[s].not_stored != none) return at_rule(check::c14_stored, s, all[s].not_stored);
        }
        return {};
    }

    /// An event that would dangle.
    static constexpr verdict events() {
        if constexpr (shape<C>::events != 0)
            return []<std::size_t... R>(std::index_sequence<R...>) {
                const std::int16_t dangling[] = {dangling_in<R>()..., none};
                for (std::size_t r = 0; r != sizeof...(R); ++r)
                    if (dangling[r] != none) return at_rule(check::c14_event, r, dangling[r]);
                return verdict{};
            }(std::make_index_sequence<shape<C>::rule_count>{});
        else
            return {};
    }
    template <std::size_t R>
    static constexpr std::int16_t dangling_in() {
        if constexpr (shape<C>::places[R].where == section::event)
            return state_facts_of<given_at<C, R>>.dangling;
        else
            return none;
    }

    static constexpr verdict judge() {
        constexpr auto& rules = facts<C>;
        const bool nameless = shape<C>::persistent && shape<C>::stored_name.empty();
        return first_failed_of(
            {nested(), timeouts(), states(std::make_index_sequence<states_of<C>::count>{}),
             events(),
             nameless ? at_rule(check::c15_name, 0) : verdict{},
             first_rule_that(check::c16_callable, rules,
                             [](const rule_facts& rule) { return !rule.callable; }),
             first_rule(check::c16_result, rules, &rule_facts::no_transition),
             first_rule(check::c16_parameter, rules, &rule_facts::unsupplied),
             first_rule(check::c16_predicate, rules, &rule_facts::no_predicate),
             first_faulty_prompt<C>(),
             first_prompt<C>(check::c16_prompt_parameter, &prompt_facts::unsupplied)});
    }
    static constexpr verdict found = judge();
};

/// An update that goes unanswered in a state.
template <class C, class Root, std::size_t State>
inline constexpr solution unanswered_of =
    unanswered_in(rules_of<C>, State, std::is_same_v<C, Root> ? nullptr : &rules_of<Root>);

/// C17: a total state that leaves something unanswered.
template <class C, class Root>
struct check_total {
    template <std::size_t S>
    static constexpr bool wrong() {
        if constexpr (shape<C>::total_states[S])
            return unanswered_of<C, Root, S>.found == decided::yes;
        else
            return false;
    }
    static constexpr verdict found = []<std::size_t... S>(std::index_sequence<S...>) {
        const bool wrongs[] = {wrong<S>()..., false};
        for (std::size_t s = 0; s != sizeof...(S); ++s)
            if (wrongs[s]) return at_rule(check::c17, s);
        return verdict{};
    }(std::make_index_sequence<states_of<C>::count>{});
};

/// The first check that fails; those behind it are not even instantiated.
template <class... Checks>
struct first_failed {
    static constexpr verdict found{};
};
template <class First, class... More>
struct first_failed<First, More...>
    : std::conditional_t<First::found.failed != check::passed, First, first_failed<More...>> {};

/// The verdict on C: where it is nested, as a part of Root.
template <class C, class Root = C>
inline constexpr verdict verdict_of =
    first_failed<check_shape<C>, check_hidden<C>, check_events<C>, check_empty<C>, check_parameters<C, Root>,
                 check_key<C, Root>, check_keyboards<C, Root>, check_others<C, Root>,
                 check_total<C, Root>>::found;

}  // namespace banter::detail
