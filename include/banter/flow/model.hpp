// A conversation as plain values: what its rules take, need and lead to. The types are read once,
// here; the checks then work on small integers in ordinary constexpr functions.
#pragma once

#include <banter/flow/conversation.hpp>
#include <banter/flow/filter_faults.hpp>
#include <banter/flow/guarantee.hpp>

#include <boost/hana/at.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace banter::detail {

// ---- the shape of a flow ----

/// Where a rule stands: the part of the flow and its place in it; the state it belongs to.
struct rule_place {
    std::uint16_t part = 0;
    std::uint16_t rule = 0;
    section where = section::entry;
    std::uint16_t state = 0;
};

template <class... As, class... Bs>
type_list<As..., Bs...> operator+(type_list<As...>, type_list<Bs...>);

template <class Part>
struct states_in {
    using type = type_list<>;
};
template <class S, class... Rules>
struct states_in<state_part<S, Rules...>> {
    using type = type_list<S>;
};

template <class Part>
inline constexpr bool is_rule_part = Part::where != section::option;

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
};

template <class Flow>
struct flow_shape;

template <class States, class Part>
constexpr std::uint16_t state_of_part() {
    if constexpr (requires { typename Part::state_type; })
        return States::template index<typename Part::state_type>;
    else
        return 0;
}

template <class... Parts>
struct shape_of_parts {
    using states = state_lookup<decltype((type_list<>{} + ... + typename states_in<Parts>::type{}))>;
    static constexpr std::size_t rule_count = ((is_rule_part<Parts> ? Parts::size : 0) + ... + 0);
    static constexpr bool reentry = (std::is_same_v<Parts, reentry_part> || ...);

    static constexpr auto places = [] {
        std::array<rule_place, rule_count> out{};
        std::size_t at = 0;
        std::uint16_t part = 0;
        const auto add = [&]<class Part>(const Part*) {
            if constexpr (is_rule_part<Part>)
                for (std::size_t i = 0; i != Part::size; ++i)
                    out[at++] = {part, static_cast<std::uint16_t>(i), Part::where,
                                 state_of_part<states, Part>()};
            ++part;
        };
        (add(static_cast<const Parts*>(nullptr)), ...);
        return out;
    }();
};

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

/// The I-th rule of C's flow, as a value.
template <class C, std::size_t I>
inline constexpr const auto& rule_at =
    boost::hana::at_c<std::size_t{shape<C>::places[I].rule}>(
        boost::hana::at_c<std::size_t{shape<C>::places[I].part}>(flow_of<C>.parts).rules);

template <class C, std::size_t I>
using rule_type = std::remove_cvref_t<decltype(rule_at<C, I>)>;

template <class C, std::size_t I>
inline constexpr auto handler_at = rule_at<C, I>.handler;

template <class C, std::size_t I>
using signature_at = signature<typename rule_type<C, I>::handler_type>;

template <class C, std::size_t I>
using filter_at = typename rule_type<C, I>::filter_type;

// ---- what a rule does ----

template <class Rule>
inline constexpr bool is_error_rule = false;
template <class Handler>
inline constexpr bool is_error_rule<error_rule<Handler>> = true;

inline constexpr std::int16_t none = -1;
inline constexpr std::size_t most_targets = 16;

/// What is known of one rule. The indices of culprits are `none` where all is well.
struct rule_facts {
    section where = section::entry;
    std::uint16_t state = 0;
    bool ends = false;
    std::uint8_t target_count = 0;
    std::uint16_t targets[most_targets]{};      // states it may lead to
    bool callable = true;
    bool sound_filter = true;                   // C4
    std::int16_t unsound_match = none;          // C4: a parameter
    std::int16_t undeclared = none;             // C2: a target that is no state of this flow
    std::int16_t no_transition = none;          // C16: a target that is nothing at all
    std::int16_t not_guaranteed = none;         // C7: a parameter
    std::int16_t other_state = none;            // C8: a parameter
    std::int16_t unsupplied = none;             // C16: a parameter
    std::int16_t no_predicate = none;           // C16: a predicate that cannot be asked
};

/// Parameters of a rule are numbered: its handler's from 0, its I-th predicate's from here on.
constexpr std::int16_t first_parameter_of_predicate(std::size_t i) {
    return static_cast<std::int16_t>((i + 1) * 256);
}

template <class C>
struct target_reader {
    template <class Target>
    static constexpr void read(rule_facts& facts, std::int16_t at) {
        if constexpr (std::is_same_v<Target, stay>) {
        } else if constexpr (std::is_same_v<Target, end>) {
            facts.ends = true;
        } else if constexpr (states_of<C>::template index<Target> < states_of<C>::count) {
            if (facts.target_count != most_targets)
                facts.targets[facts.target_count++] = states_of<C>::template index<Target>;
        } else if constexpr (std::is_class_v<Target>) {
            if (facts.undeclared == none) facts.undeclared = at;
        } else {
            if (facts.no_transition == none) facts.no_transition = at;
        }
    }
    template <class... Targets>
    static constexpr void read_all(rule_facts& facts, type_list<Targets...>) {
        [[maybe_unused]] std::int16_t at = 0;
        (read<Targets>(facts, at++), ...);
    }
};

/// The signature of a predicate; of what cannot be asked, one that returns nothing.
template <auto Predicate>
constexpr auto signature_of_predicate() {
    if constexpr (requires { +Predicate; })
        return signature<std::remove_const_t<decltype(+Predicate)>>{};
    else
        return signature<decltype(Predicate)>{};
}
template <auto Predicate>
using predicate_signature = decltype(signature_of_predicate<Predicate>());

template <class C, std::size_t I>
struct parameter_reader {
    static constexpr auto program = std::span<const filter_node>(rule_program<filter_at<C, I>>);

    template <class P>
    static constexpr void read(rule_facts& facts, kind_mask kinds, std::int16_t at) {
        using known = parameter<P>;
        constexpr bool for_error = is_error_rule<rule_type<C, I>>;
        constexpr bool in_error = known::from == source::failure || known::from == source::bot ||
                                  known::from == source::bot_data ||
                                  known::from == source::reference;
        if constexpr (known::from == source::nothing || (for_error && !in_error) ||
                      (!for_error && known::from == source::failure)) {
            if (facts.unsupplied == none) facts.unsupplied = at;
        } else if constexpr (known::from == source::reference) {
            constexpr std::size_t state = states_of<C>::template index<typename known::object_type>;
            const bool own = at < first_parameter_of_predicate(0) &&
                             facts.where == section::state && facts.state == state;
            if (state != states_of<C>::count && !own && facts.other_state == none)
                facts.other_state = at;
        } else if constexpr (known::from == source::match) {
            using wanted = typename known::filter_type;
            if constexpr (!filter_fault<wanted>::none) {
                if (facts.unsound_match == none) facts.unsound_match = at;
            } else if (!guarantees<filter_at<C, I>, wanted>) {
                if (facts.not_guaranteed == none) facts.not_guaranteed = at;
            }
        } else {
            if (facts.not_guaranteed == none && (kinds & ~known::kinds) != 0)
                facts.not_guaranteed = at;
        }
    }
    template <class... Ps>
    static constexpr void read_all(rule_facts& facts, type_list<Ps...>,
                                   [[maybe_unused]] std::int16_t at = 0) {
        [[maybe_unused]] const kind_mask kinds = kinds_accepted(program);
        (read<Ps>(facts, kinds, at++), ...);
    }
    /// Predicates get their parameters as handlers do, but for a state's data.
    template <class Predicate>
    static constexpr void read_predicate(rule_facts& facts, std::int16_t i) {
        if constexpr (std::is_same_v<typename Predicate::result, bool>)
            read_all(facts, typename Predicate::arguments{},
                     first_parameter_of_predicate(static_cast<std::size_t>(i)));
        else if (facts.no_predicate == none)
            facts.no_predicate = i;
    }
    template <auto... Predicates>
    static constexpr void read_predicates(rule_facts& facts, predicate_list<Predicates...>) {
        [[maybe_unused]] std::int16_t i = 0;
        (read_predicate<predicate_signature<Predicates>>(facts, i++), ...);
    }
};

template <class C, std::size_t I>
constexpr rule_facts facts_of() {
    using handler = signature_at<C, I>;
    rule_facts facts{.where = shape<C>::places[I].where, .state = shape<C>::places[I].state};
    facts.callable = handler::callable;
    facts.sound_filter = filter_fault<filter_at<C, I>>::none;
    if (!handler::callable) return facts;
    target_reader<C>::read_all(facts, typename targets_of<typename handler::result>::type{});
    if constexpr (filter_fault<filter_at<C, I>>::none) {
        parameter_reader<C, I>::read_all(facts, typename handler::arguments{});
        parameter_reader<C, I>::read_predicates(
            facts, typename filter_traits<filter_at<C, I>>::predicates{});
    }
    return facts;
}

/// One evaluation for each rule: compilers bound the work of each.
template <class C, std::size_t I>
inline constexpr rule_facts facts_at = facts_of<C, I>();

template <class C>
inline constexpr auto facts = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<rule_facts, sizeof...(I)>{facts_at<C, I>...};
}(std::make_index_sequence<shape<C>::rule_count>{});

/// The kinds of updates that C's rules may take.
template <class C>
inline constexpr kind_mask kinds_of = []<std::size_t... I>(std::index_sequence<I...>) {
    const kind_mask of_rules[sizeof...(I) + 1] = {kinds_accepted(rule_program<filter_at<C, I>>)...,
                                                  0};
    kind_mask all = 0;
    for (const kind_mask one : of_rules) all |= one;
    return all;
}(std::make_index_sequence<shape<C>::rule_count>{});

/// Names of update kinds, for getUpdates' allowed_updates.
struct update_names {
    std::array<std::string_view, update_kind_count> names{};
    std::size_t count = 0;
    [[nodiscard]] constexpr std::span<const std::string_view> view() const {
        return {names.data(), count};
    }
};

/// The kinds that some rule of the bot may take.
template <class... Bots>
inline constexpr update_names allowed_names = [] {
    update_names out{};
    const kind_mask kinds = (kinds_of<Bots> | ... | kind_mask{0});
    for (std::size_t i = 0; i != update_kind_count; ++i)
        if ((kinds >> i & 1U) != 0) out.names[out.count++] = name_of(static_cast<update_kind>(i));
    return out;
}();

/// The name of a function, as the compiler spells it: "payment::start".
template <auto Function>
constexpr std::string_view function_name() {
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("Function = ") + 11);
    text = text.substr(0, text.find_first_of(";]"));
    if (text.starts_with('&')) text.remove_prefix(1);
    return text;
}

/// The name of a rule's handler; of the struct, where that is local to a function: g++ 12 takes no
/// pointer to a local struct's function as a template argument.
template <class C, std::size_t I>
constexpr std::string_view handler_name() {
    if constexpr (requires { function_name<handler_at<C, I>>(); })
        return function_name<handler_at<C, I>>();
    else
        return type_name<C>();
}

// ---- error handlers ----

template <class C, std::size_t I>
constexpr auto error_handler_in() {
    if constexpr (is_error_rule<rule_type<C, I>>)
        return predicate_list<handler_at<C, I>>{};
    else
        return predicate_list<>{};
}

template <auto... As, auto... Bs>
predicate_list<As..., Bs...> operator+(predicate_list<As...>, predicate_list<Bs...>);

/// Many lists as one. Eight at a time: clang nests a fold no deeper than 256.
template <class First, class... More>
struct list_joiner {
    using type = First;
};
template <class First, class Second>
struct list_joiner<First, Second> {
    using type = decltype(First{} + Second{});
};
template <class A, class B, class C, class... More>
struct list_joiner<A, B, C, More...> : list_joiner<decltype(A{} + B{} + C{}), More...> {};
template <class A, class B, class C, class D, class E, class F, class G, class H, class... More>
struct list_joiner<A, B, C, D, E, F, G, H, More...>
    : list_joiner<decltype(A{} + B{} + C{} + D{} + E{} + F{} + G{} + H{}), More...> {};
template <class... Lists>
using joined_lists = typename list_joiner<Lists...>::type;

template <class C, std::size_t... I>
auto error_handlers_in(std::index_sequence<I...>)
    -> joined_lists<predicate_list<>, decltype(error_handler_in<C, I>())...>;

/// The error handlers of a bot, in order.
template <class... Bots>
using error_handlers_of = joined_lists<
    predicate_list<>, decltype(error_handlers_in<Bots>(
                          std::make_index_sequence<shape<Bots>::rule_count>{}))...>;

}  // namespace banter::detail
