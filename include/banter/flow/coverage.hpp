// What the rules of a flow leave for each other: whether a rule can ever run (C5, C6), what a state
// leaves unanswered (C17), and which rules a button reaches (C11).
//
// Everything here works on the rules' programs, as values; a rule is its number in the flow.
#pragma once

#include <banter/array_view.hpp>
#include <banter/flow/model.hpp>
#include <banter/flow/solver.hpp>
#include <banter/flow/text_hash.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace banter::detail {

template <class C>
inline constexpr auto programs_of = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<array_view<filter_node>, sizeof...(I)>{rule_program<filter_at<C, I>>...};
}(std::make_index_sequence<shape<C>::rule_count>{});

// ---- what a rule is about, at a glance ----

/// What every update that a rule takes has, as numbers: enough to see that two rules have nothing in
/// common, which spares the solver most of its questions in a long list.
struct rule_outline {
    kind_mask kinds = 0;
    std::uint64_t command = 0;  // of its name; 0: it needs none
    // The first bytes that all callback data and all texts have, and which of them are known, as a
    // mask. Where a text ends, a zero is known to follow.
    std::uint64_t data = 0, data_known = 0;
    std::uint64_t text = 0, text_known = 0;
};

/// Whether nothing fits a program without fitting one of its atoms.
constexpr bool needs(array_view<filter_node> program, std::size_t atom) {
    const filter_node* const needed = program.data() + atom;
    return evaluate(program, [needed](const filter_node& node) {
               return &node == needed ? truth::no : truth::maybe;
           }) == truth::no;
}

template <class C, std::size_t Rule>
inline constexpr rule_outline outline_at = [] {
    const array_view<filter_node> program = rule_program<filter_at<C, Rule>>;
    rule_outline out{.kinds = facts<C>[Rule].kinds};
    const auto read = [](const literal_prefix& begins, std::uint64_t& bytes,
                         std::uint64_t& known) {
        for (std::size_t b = 0; b != begins.size && b != 8; ++b) {
            bytes |= std::uint64_t{static_cast<unsigned char>(begins.bytes[b])} << (8 * b);
            known |= std::uint64_t{0xff} << (8 * b);
        }
        if (begins.is_all && begins.size < 8) known |= std::uint64_t{0xff} << (8 * begins.size);
    };
    for (std::size_t i = 0; i != program.size(); ++i) {
        const filter_node& atom = program[i];
        using op = filter_node::op;
        if (atom.what != op::callback && atom.what != op::text && atom.what != op::command &&
            atom.what != op::any_command)
            continue;
        if (!needs(program, i)) continue;
        if (atom.what == op::callback && out.data_known == 0) {
            read(*atom.begins, out.data, out.data_known);
        } else if (atom.what == op::text && out.text_known == 0) {
            read(*atom.begins, out.text, out.text_known);
        } else if (atom.what == op::command || atom.what == op::any_command) {
            if (atom.what == op::command) out.command = hash_of(atom.word);  // of no name is it 0
            if (out.text_known == 0) {
                out.text = '/';
                out.text_known = 0xff;
            }
        }
    }
    return out;
}();
template <class C>
inline constexpr auto outlines_of = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<rule_outline, sizeof...(I)>{outline_at<C, I>...};
}(std::make_index_sequence<shape<C>::rule_count>{});

// ---- lists of rules ----

/// A flow's rules, sorted into lists that are tried together: globals, entry points, fallbacks,
/// and each state's own.
template <std::size_t Rules, std::size_t States>
struct sorted_rules {
    static constexpr std::size_t lists = States + 3;
    std::array<std::uint16_t, Rules> rules{};
    std::array<std::uint16_t, lists + 1> first{};  // of each list, and one past the last

    constexpr explicit sorted_rules(const std::array<rule_place, Rules>& places) {
        const auto list_of = [](const rule_place& place) -> std::size_t {
            switch (place.where) {
                case section::global: return 0;
                case section::entry: return 1;
                case section::fallback: return 2;
                case section::state: return std::size_t{3} + place.state;
                default: return lists;
            }
        };
        for (const rule_place& place : places)
            if (list_of(place) != lists) ++first[list_of(place) + 1];
        for (std::size_t list = 0; list != lists; ++list)
            first[list + 1] = static_cast<std::uint16_t>(first[list + 1] + first[list]);
        std::array<std::uint16_t, lists + 1> next = first;
        for (std::uint16_t r = 0; r != Rules; ++r)
            if (list_of(places[r]) != lists) rules[next[list_of(places[r])]++] = r;
    }
};
template <class C>
inline constexpr sorted_rules<shape<C>::rule_count, states_of<C>::count> sorted_rules_of{
    shape<C>::places};

/// The same as plain spans.
struct rule_list {
    array_view<array_view<filter_node>> programs;
    array_view<rule_facts> facts;
    array_view<rule_outline> outlines;
    array_view<std::uint16_t> sorted;
    array_view<std::uint16_t> first;
    bool reentry = false;

    [[nodiscard]] constexpr array_view<std::uint16_t> list(std::size_t number) const {
        return sorted.part(first[number], std::size_t{first[number + 1]} - first[number]);
    }
    [[nodiscard]] constexpr auto globals() const { return list(0); }
    [[nodiscard]] constexpr auto entries() const { return list(1); }
    [[nodiscard]] constexpr auto fallbacks() const { return list(2); }
    [[nodiscard]] constexpr auto of_state(std::size_t state) const { return list(3 + state); }
};
template <class C>
inline constexpr rule_list rules_of{programs_of<C>, facts<C>, outlines_of<C>,
                                    sorted_rules_of<C>.rules,
                                    sorted_rules_of<C>.first, shape<C>::reentry};

/// An update that a filter takes in a rule.
template <class Filter>
inline constexpr solution taken_by = [] {
    const term terms[] = {{rule_program<Filter>}};
    return solve(terms);
}();

/// Whether a filter takes nothing at all in a rule. One word by itself needs no solver.
template <class Filter>
inline constexpr bool takes_nothing = taken_by<Filter>.found == decided::no;
template <content_kind Kind>
inline constexpr bool takes_nothing<content_filter<Kind>> = false;
template <update_kind Kind>
inline constexpr bool takes_nothing<kind_filter<Kind>> = false;
template <fixed_string Name>
inline constexpr bool takes_nothing<command_filter<Name>> = false;
template <>
inline constexpr bool takes_nothing<callback_filter<"">> = false;
// A pattern that matches something, by itself: without counted repeats its shortest match is no longer
// than the pattern, so it fits into callback data; and a text is not empty.
template <fixed_string P>
    requires(P.size() != 0 && P.size() <= callback_data_limit &&
             P.view().find('{') == std::string_view::npos &&
             !compiled<P, match_kind::whole>::automaton.is_empty() &&
             compiled<P, match_kind::whole>::prefix.size != 0)
inline constexpr bool takes_nothing<callback_filter<P>> = false;
template <fixed_string P>
    requires(!compiled<P, match_kind::search>::automaton.is_empty() &&
             compiled<P, match_kind::search>::prefix.size != 0)
inline constexpr bool takes_nothing<regex_filter<P>> = false;
template <fixed_string P>
inline constexpr bool
    takes_nothing<and_filter<content_filter<content_kind::text>, regex_filter<P>>> =
        takes_nothing<regex_filter<P>>;

/// Outside of the conversation, where only entry points are tried.
inline constexpr std::size_t outside = static_cast<std::size_t>(-1);

/// Calls `visit(rule)` for the rules tried in a state, in order, until it returns false.
template <class Visit>
constexpr void for_each_tried(const rule_list& rules, std::size_t state, Visit&& visit) {
    const auto all_of = [&visit](array_view<std::uint16_t> list) {
        for (const std::uint16_t rule : list)
            if (!visit(rule)) return false;
        return true;
    };
    if (state == outside)
        (void)all_of(rules.entries());
    else
        (void)(all_of(rules.globals()) && (!rules.reentry || all_of(rules.entries())) &&
               all_of(rules.of_state(state)) && all_of(rules.fallbacks()));
}

/// The rules that are tried before one in a state and may take some of its updates. A nested
/// conversation takes none for good: while it is going on, its entry points are not tried.
constexpr void find_rivals(const rule_list& rules, std::size_t rule, std::size_t state,
                           growing<std::uint16_t>& out) {
    const bool inside = state != outside;
    const array_view<std::uint16_t> none_of_these{};
    const array_view<std::uint16_t> lists[] = {
        inside ? rules.globals() : none_of_these,
        !inside || rules.reentry ? rules.entries() : none_of_these,
        inside ? rules.of_state(state) : none_of_these,
        inside ? rules.fallbacks() : none_of_these};
    // Plain pointers and no calls: this is the part that grows with the square of a list.
    const rule_outline* const outlines = rules.outlines.data();
    const rule_outline own = outlines[rule];
    for (const auto list : lists) {
        const std::uint16_t* const numbers = list.data();
        const std::size_t size = list.size();
        for (std::size_t i = 0; i != size; ++i) {
            if (numbers[i] == rule) return;
            const rule_outline& other = outlines[numbers[i]];
            if ((own.kinds & other.kinds) == 0 ||
                (own.command != other.command && own.command != 0 && other.command != 0) ||
                ((own.data ^ other.data) & own.data_known & other.data_known) != 0 ||
                ((own.text ^ other.text) & own.text_known & other.text_known) != 0)
                continue;
            if (!rules.facts[numbers[i]].mount) out.push(numbers[i]);
        }
    }
}

/// An update that a rule takes in a state and that the rules tried before it leave.
constexpr solution left_for(const rule_list& rules, std::size_t rule, std::size_t state) {
    growing<std::uint16_t> rivals;
    find_rivals(rules, rule, state, rivals);
    if (rivals.size() == 0) return {.found = decided::yes};
    growing<term> terms;
    terms.push({rules.programs[rule]});
    for (std::size_t i = 0; i != rivals.size(); ++i)
        terms.push({rules.programs[rivals[i]], false});
    return solve({terms.data(), terms.size()});
}

/// Whether earlier rules leave nothing to a rule in one state. One evaluation each: compilers bound
/// the work of an evaluation.
template <class C, std::size_t Rule, std::size_t State>
inline constexpr bool is_hidden_in =
    left_for(rules_of<C>, Rule, State).found == decided::no;

/// Of a fallback: one state that leaves something is enough.
template <class C, std::size_t Rule, std::size_t State = 0>
constexpr bool is_hidden_in_all() {
    if constexpr (State == states_of<C>::count)
        return State != 0;
    else if constexpr (is_hidden_in<C, Rule, State>)
        return is_hidden_in_all<C, Rule, State + 1>();
    else
        return false;
}

/// Of what stands in one list only: an entry point is tried outside of the conversation, a global rule
/// first in every state alike.
constexpr bool is_hidden_where_tried(const rule_list& rules, std::size_t rule, const rule_place& place,
                                     std::size_t states) {
    switch (place.where) {
        case section::entry: return left_for(rules, rule, outside).found == decided::no;
        case section::state: return left_for(rules, rule, place.state).found == decided::no;
        case section::global: return states != 0 && left_for(rules, rule, 0).found == decided::no;
        default: return false;
    }
}

/// Whether a rule can never run, because earlier rules take every update it accepts, wherever it is
/// tried.
template <class C, std::size_t Rule, bool Everywhere = shape<C>::places[Rule].where == section::fallback>
inline constexpr bool is_hidden =
    is_hidden_where_tried(rules_of<C>, Rule, shape<C>::places[Rule], states_of<C>::count);
template <class C, std::size_t Rule>
inline constexpr bool is_hidden<C, Rule, true> = is_hidden_in_all<C, Rule>();

/// The earlier rules that take everything from a hidden one: the one that does so by itself, else
/// the first few that take something.
struct hiding_rules {
    static constexpr std::size_t most = 2;  // what a line of a diagnostic has room for
    std::uint16_t rules[most]{};
    std::size_t count = 0;
};
constexpr hiding_rules find_hiders(const rule_list& rules, std::size_t rule, std::size_t state) {
    growing<std::uint16_t> rivals;
    find_rivals(rules, rule, state, rivals);
    hiding_rules found;
    for (std::size_t i = 0; i != rivals.size(); ++i) {
        const auto rival = rules.programs[rivals[i]];
        const term without[] = {{rules.programs[rule]}, {rival, false}};
        if (solve(without).found == decided::no) return {{rivals[i]}, 1};
        const term common[] = {{rules.programs[rule]}, {rival}};
        if (found.count != hiding_rules::most && solve(common).found == decided::yes)
            found.rules[found.count++] = rivals[i];
    }
    return found;
}
template <class C, std::size_t Rule>
inline constexpr hiding_rules hiders_of = [] {
    constexpr rule_place place = shape<C>::places[Rule];
    constexpr std::size_t state = place.where == section::entry ? outside : place.state;
    return find_hiders(rules_of<C>, Rule, state);
}();

/// A message or callback query that no rule of a state takes.
/// `also`: of the conversation that this one is nested in; its rules for every state answer too.
constexpr solution unanswered_in(const rule_list& rules, std::size_t state,
                                 const rule_list* also = nullptr) {
    growing<term> terms;
    const auto add = [&](std::size_t rule) {
        terms.push({rules.programs[rule], false});
        return true;
    };
    for_each_tried(rules, state, add);
    if (also != nullptr)
        for (const auto list : {also->globals(), also->fallbacks()})
            for (const std::uint16_t rule : list) terms.push({also->programs[rule], false});
    return solve({terms.data(), terms.size()},
                 mask_of(update_kind::message, update_kind::callback_query));
}

// ---- buttons ----

/// Whether a rule takes a pressed button with this data: `maybe` where predicates or the chat say.
constexpr truth takes_data(array_view<filter_node> program, std::string_view data) {
    const world pressed{.kind = update_kind::callback_query};
    return evaluate(program, [&](const filter_node& atom) {
        return atom.what == filter_node::op::callback ? truth_of(atom.automaton->matches(data))
                                                      : ask_world(pressed, atom);
    });
}

/// Whether some rule tried in a state may take the data.
constexpr bool is_taken_in(const rule_list& rules, std::size_t state, std::string_view data) {
    bool taken = false;
    for_each_tried(rules, state, [&](std::size_t rule) {
        taken = takes_data(rules.programs[rule], data) != truth::no;
        return !taken;
    });
    return taken;
}

/// Whether any rule at all may take the data: of conversations nested here, or around this one.
constexpr bool is_taken_somewhere(const rule_list& rules, std::string_view data) {
    for (const auto program : rules.programs)
        if (takes_data(program, data) != truth::no) return true;
    return false;
}

/// Whether a rule of a state is made for particular buttons: it takes pressed buttons only, and
/// not whatever data they have.
constexpr bool is_for_buttons(array_view<filter_node> program) {
    if (kinds_accepted(program) != mask_of(update_kind::callback_query)) return false;
    const world pressed{.kind = update_kind::callback_query};
    const truth of_any_data = evaluate(program, [&](const filter_node& atom) {
        return atom.what == filter_node::op::callback ? truth::no : ask_world(pressed, atom);
    });
    return of_any_data == truth::no;
}

/// The first of a state's own rules for buttons that none of these data reaches; `none_unreached`
/// if all are reached.
inline constexpr std::size_t none_unreached = static_cast<std::size_t>(-1);
constexpr std::size_t unreached_by(const rule_list& rules, std::size_t state,
                                   std::span<const std::string_view> buttons) {
    for (const std::uint16_t own : rules.of_state(state)) {
        if (!is_for_buttons(rules.programs[own])) continue;
        bool reached = false;
        for (const std::string_view data : buttons)
            for_each_tried(rules, state, [&](std::size_t rule) {
                const truth takes = takes_data(rules.programs[rule], data);
                reached = reached || (rule == own && takes != truth::no);
                return !reached && takes != truth::yes;
            });
        if (!reached) return own;
    }
    return none_unreached;
}

}  // namespace banter::detail
