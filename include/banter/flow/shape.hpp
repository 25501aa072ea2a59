// The shape of a flow: its states, its rules in the order they stand in, and its options. Types are
// read here once; the checks then work on small integers.
#pragma once

#include <banter/flow/conversation.hpp>
#include <banter/flow/form.hpp>
#include <banter/flow/menu.hpp>
#include <banter/flow/nest.hpp>
#include <banter/flow/outcome.hpp>
#include <banter/flow/parameters.hpp>
#include <banter/flow/stale_buttons.hpp>

#include <boost/hana/at.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter::detail {

// ---- what may stand in a list ----

enum class item : std::uint8_t { rule, error, mount, timeout, event, total, unknown };

template <class T>
inline constexpr item item_of = item::unknown;
template <class Filter, class Handler>
inline constexpr item item_of<rule<Filter, Handler>> = item::rule;
template <class Filter, class Handler, std::size_t Texts>
inline constexpr item item_of<menu_rule<Filter, Handler, Texts>> = item::rule;
template <class Handler, class Thrown>
inline constexpr item item_of<error_rule<Handler, Thrown>> = item::error;
template <class Handler>
inline constexpr item item_of<after_rule<Handler>> = item::timeout;
template <class Event, class Handler>
inline constexpr item item_of<event_rule<Event, Handler>> = item::event;
template <>
inline constexpr item item_of<total_part> = item::total;

template <class T>
inline constexpr bool is_result_rule = false;
template <class R, class Handler>
inline constexpr bool is_result_rule<result_rule<R, Handler>> = true;

template <class Child, class... Bindings>
inline constexpr item item_of<nest_rule<Child, Bindings...>> =
    (is_result_rule<Bindings> && ...) ? item::mount : item::unknown;

/// The number of rules that a mount holds for results.
template <class T>
inline constexpr std::uint8_t results_bound = 0;
template <class Child, class... Bindings>
inline constexpr std::uint8_t results_bound<nest_rule<Child, Bindings...>> = sizeof...(Bindings);

// ---- one part ----

/// Where a rule stands: the part of the flow and its place in it; the state it belongs to. The rules
/// for the results of a nested conversation come right behind its mount.
struct rule_place {
    std::uint16_t part = 0;
    std::uint16_t rule = 0;
    section where = section::entry;
    std::uint16_t state = 0;   // where in_state
    bool in_state = false;
    std::uint8_t result = 0;   // 0: the rule itself; from 1: the rules inside a mount
    section list = section::entry;  // the list it was written in
};

template <class... As, class... Bs>
type_list<As..., Bs...> operator+(type_list<As...>, type_list<Bs...>);

template <class Part>
struct part_items {
    static constexpr std::size_t rules = 0;
    static constexpr std::size_t mounts = 0;
    static constexpr std::size_t timeouts = 0;
    static constexpr std::size_t events = 0;
    static constexpr std::size_t errors = 0;
    static constexpr std::array<item, 1> items{};
    static constexpr std::array<std::uint8_t, 1> results{};
};
template <section Where, class... Rules>
struct part_items<flow_part<Where, Rules...>> {
    // Arrays, not folds: clang nests those no deeper than 256.
    static constexpr std::array<item, sizeof...(Rules) + 1> items{item_of<Rules>..., item::unknown};
    static constexpr std::array<std::uint8_t, sizeof...(Rules) + 1> results{results_bound<Rules>...};
    static constexpr std::size_t rules = [] {
        std::size_t count = 0;
        for (std::size_t i = 0; i != sizeof...(Rules); ++i)
            if (items[i] != item::unknown && items[i] != item::total) count += 1U + results[i];
        return count;
    }();
    static constexpr std::size_t count_of(item wanted) {
        std::size_t count = 0;
        for (const item one : items) count += one == wanted ? 1 : 0;
        return count;
    }
    static constexpr std::size_t mounts = count_of(item::mount);
    static constexpr std::size_t timeouts = count_of(item::timeout);
    static constexpr std::size_t events = count_of(item::event);
    static constexpr std::size_t errors = count_of(item::error);
};
template <class State, class... Rules>
struct part_items<state_part<State, Rules...>>
    : part_items<flow_part<section::state, Rules...>> {};

template <class Part>
struct states_in {
    using type = type_list<>;
};
template <class S, class... Rules>
struct states_in<state_part<S, Rules...>> {
    using type = type_list<S>;
};

template <class List, std::size_t I>
struct type_at;
template <class... Ts, std::size_t I>
struct type_at<type_list<Ts...>, I> {
    using type = pick<I, Ts...>;
};

/// The position of T in a list.
template <class T, class... Ts>
constexpr std::size_t position_in(type_list<Ts...>) {
    return position_of<T, Ts...>();
}

/// A state is a struct; what a handler can return beside states is none.
template <class S>
inline constexpr bool can_be_state = std::is_class_v<S>;
template <>
inline constexpr bool can_be_state<stay> = false;
template <>
inline constexpr bool can_be_state<end> = false;
template <>
inline constexpr bool can_be_state<back> = false;
template <class R>
inline constexpr bool can_be_state<finish<R>> = false;
template <class... Targets>
inline constexpr bool can_be_state<next<Targets...>> = false;

template <class List>
struct state_lookup;
template <class... States>
struct state_lookup<type_list<States...>> {
    using list = type_list<States...>;
    static constexpr std::size_t count = sizeof...(States);
    template <class S>
    static constexpr std::size_t index = position_of<S, States...>();
    template <std::size_t I>
    using at = pick<I, States...>;

    /// The first that can be no state, or stands there a second time; `count` if there is none.
    static constexpr std::size_t odd = [] {
        std::size_t at = 0;
        (void)((can_be_state<States> && index<States> == at && (++at, true)) && ...);
        return at;
    }();
};

template <class States, class Part>
constexpr std::uint16_t state_of_part() {
    if constexpr (requires { typename Part::state_type; })
        return States::template index<typename Part::state_type>;
    else
        return 0;
}

// ---- options ----

template <class Part>
inline constexpr std::string_view stored_name_of{};
template <fixed_string Name>
inline constexpr std::string_view stored_name_of<persistent_part<Name>> = fixed_text<Name>.view();
template <class Part>
inline constexpr bool is_persistent_part = false;
template <fixed_string Name>
inline constexpr bool is_persistent_part<persistent_part<Name>> = true;

template <class Part>
struct traps_in {
    using type = type_list<>;
};
template <class... States>
struct traps_in<trap_part<States...>> {
    using type = type_list<States...>;
};

/// The parts of keyed_by<...>, as bits; what else a part of the flow can be is not there.
struct key_bits {
    bool there = false;
    bool repeated = false;
    unsigned parts = 0;
};
template <class Part>
inline constexpr key_bits key_parts_of{};
template <key... Parts>
inline constexpr key_bits key_parts_of<key_part<Parts...>> = [] {
    key_bits out{true, false, 0};
    for (const unsigned bit : {0u, (1u << static_cast<unsigned>(Parts))...}) {
        out.repeated = out.repeated || (out.parts & bit) != 0;
        out.parts |= bit;
    }
    return out;
}();
constexpr bool has_odd_key(std::initializer_list<key_bits> parts) {
    bool there = false;
    for (const key_bits& one : parts) {
        if (!one.there) continue;
        if (there || one.repeated || one.parts == 0) return true;
        there = true;
    }
    return false;
}

// ---- the whole ----

/// Something given as a part or as an item that is none, or in a place where it cannot be.
struct odd_item {
    bool found = false;
    std::uint16_t part = 0;
    std::uint16_t item = 0;     // where in_part
    bool in_part = false;
};

template <class... Parts>
struct shape_of_parts {
    using states = state_lookup<decltype((type_list<>{} + ... + typename states_in<Parts>::type{}))>;
    using traps = decltype((type_list<>{} + ... + typename traps_in<Parts>::type{}));
    static constexpr std::size_t rule_count = (part_items<Parts>::rules + ... + 0);
    static constexpr bool reentry = (std::is_same_v<Parts, reentry_part> || ...);
    static constexpr bool parallel = (std::is_same_v<Parts, parallel_part> || ...);
    static constexpr bool total = (std::is_same_v<Parts, total_part> || ...);
    static constexpr bool persistent = (is_persistent_part<Parts> || ...);
    static constexpr bool faulty_form = (std::is_same_v<Parts, faulty_form_part> || ...);

    /// keyed_by<...> stands there twice, without a part, or with one part twice.
    static constexpr bool odd_key = has_odd_key({key_parts_of<Parts>...});

    /// Whether no stale_buttons(...) says what Telegram would refuse.
    static constexpr bool sound_answers = (has_sound_answer<Parts> && ...);

    /// The states of trap<...>, and the first there that is no state of the flow.
    static constexpr std::size_t no_trap = static_cast<std::size_t>(-1);
    static constexpr auto trapped = []<class... Trapped>(type_list<Trapped...>) {
        std::array<bool, states::count + 1> out{};
        ((out[states::template index<Trapped>] = true), ...);
        out[states::count] = false;
        return out;
    }(traps{});
    static constexpr std::size_t odd_trap = []<class... Trapped>(type_list<Trapped...>) {
        std::size_t at = 0;
        return ((states::template index<Trapped> != states::count && (++at, true)) && ...) ? no_trap
                                                                                           : at;
    }(traps{});

    static constexpr auto places = [] {
        std::array<rule_place, rule_count> out{};
        std::size_t at = 0;
        std::uint16_t part = 0;
        const auto add = [&]<class Part>(const Part*) {
            constexpr auto& items = part_items<Part>::items;
            constexpr auto& results = part_items<Part>::results;
            rule_place place{.part = part++,
                             .where = Part::where,
                             .state = state_of_part<states, Part>(),
                             .in_state = Part::where == section::state,
                             .list = Part::where};
            for (std::uint16_t i = 0; i != Part::size; ++i) {
                if (items[i] == item::unknown || items[i] == item::total) continue;
                place.rule = i;
                place.where = items[i] == item::error     ? section::error
                              : items[i] == item::timeout ? section::timeout
                              : items[i] == item::event   ? section::event
                                                          : Part::where;
                place.result = 0;
                out[at++] = place;
                place.where = section::result;
                for (std::uint8_t r = 0; r != results[i]; ++r) {
                    place.result = static_cast<std::uint8_t>(r + 1);
                    out[at++] = place;
                }
            }
        };
        (add(static_cast<const Parts*>(nullptr)), ...);
        return out;
    }();

    /// Nested conversations that are mounted here.
    static constexpr std::size_t mounts = (part_items<Parts>::mounts + ... + 0);
    static constexpr std::size_t timeouts = (part_items<Parts>::timeouts + ... + 0);
    static constexpr std::size_t events = (part_items<Parts>::events + ... + 0);
    /// Error handlers.
    static constexpr std::size_t errors = (part_items<Parts>::errors + ... + 0);

    /// The states in which everything must be answered.
    static constexpr auto total_states = [] {
        std::array<bool, states::count + 1> out{};
        const auto add = [&]<class Part>(const Part*) {
            for (std::size_t i = 0; i != Part::size; ++i)
                if (Part::where == section::state && part_items<Part>::items[i] == item::total)
                    out[state_of_part<states, Part>()] = true;
        };
        (add(static_cast<const Parts*>(nullptr)), ...);
        for (bool& one : out) one = one || total;
        return out;
    }();

    /// The first part or item that cannot be one.
    static constexpr odd_item odd = [] {
        odd_item out;
        std::uint16_t part = 0;
        const auto look = [&]<class Part>(const Part*) {
            if (std::is_same_v<Part, unknown_part> && !out.found) out = {true, part, 0, false};
            for (std::uint16_t i = 0; i != Part::size && !out.found; ++i) {
                const item one = part_items<Part>::items[i];
                if (one == item::unknown || (one == item::total && Part::where != section::state))
                    out = {true, part, i, true};
            }
            ++part;
        };
        (look(static_cast<const Parts*>(nullptr)), ...);
        return out;
    }();

    /// The name under which sessions are stored; empty where they are not.
    static constexpr std::string_view stored_name = [] {
        std::string_view name;
        for (const std::string_view one : {std::string_view{}, stored_name_of<Parts>...})
            if (name.empty()) name = one;
        return name;
    }();
};

template <class Flow>
struct flow_shape;
template <class... Parts>
struct flow_shape<conversation_flow<Parts...>> : shape_of_parts<Parts...> {
    static constexpr bool is_conversation = true;
};
template <class... Rules>
struct flow_shape<handlers_flow<Rules...>>
    : shape_of_parts<flow_part<section::entry, Rules...>> {
    static constexpr bool is_conversation = false;
};

template <class C>
using shape = flow_shape<std::remove_const_t<decltype(flow_of<C>)>>;

template <class C>
using states_of = typename shape<C>::states;

/// What stands at the place of C's I-th rule, as a value.
template <class C, std::size_t I>
inline constexpr const auto& item_at =
    nth<std::size_t{shape<C>::places[I].rule}>(
        nth<std::size_t{shape<C>::places[I].part}>(flow_of<C>.parts).rules);

template <class C, std::size_t I, std::size_t Result>
inline constexpr const auto& item_or_result =
    boost::hana::at_c<Result - 1>(item_at<C, I>.bindings);
template <class C, std::size_t I>
inline constexpr const auto& item_or_result<C, I, 0> = item_at<C, I>;

/// The I-th rule of C's flow, as a value.
template <class C, std::size_t I>
inline constexpr const auto& rule_at = item_or_result<C, I, shape<C>::places[I].result>;

template <class C, std::size_t I>
using rule_type = std::remove_cvref_t<decltype(rule_at<C, I>)>;

template <class C, std::size_t I>
inline constexpr auto handler_at = rule_at<C, I>.handler;

template <class C, std::size_t I>
using signature_at = signature<typename rule_type<C, I>::handler_type>;

template <class C, std::size_t I>
using filter_at = typename rule_type<C, I>::filter_type;

/// Stands for what a handler is given besides an update's things where there is none.
struct nothing_given {};

/// What a rule's handler is given: the result of a nested conversation, or an event.
template <class Rule>
struct given_to {
    using type = nothing_given;
};
template <class Result, class Handler>
struct given_to<result_rule<Result, Handler>> {
    using type = Result;
};
template <class Event, class Handler>
struct given_to<event_rule<Event, Handler>> {
    using type = Event;
};
template <class C, std::size_t R>
using given_at = typename given_to<rule_type<C, R>>::type;

template <class Rule>
inline constexpr bool is_error_rule = item_of<Rule> == item::error;
template <class Rule>
inline constexpr bool is_mount = item_of<Rule> == item::mount;

}  // namespace banter::detail
