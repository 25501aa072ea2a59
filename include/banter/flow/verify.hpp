// The checks: static_assert(verify<payment>), and in run, dispatcher and testkit::app by
// themselves. One mistake gives one error, of the first check in the table's order.
//
// Two phases. judge() computes a verdict, as plain integers, and never fails. Then error_of names
// one class template in banter::error, whose one static_assert has a named condition over the
// user's own names, so that a compiler prints those and nothing of the flow's type. Tried on
// g++ 12 and clang 16: 9 to 16 lines. After a failed verdict nothing more of the flow is compiled,
// and verify itself stays true, so that no second error follows.
#pragma once

#include <banter/flow/check_errors.hpp>
#include <banter/flow/data.hpp>
#include <banter/flow/model.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace banter {
namespace detail {

// ---- the verdict ----

enum class check : std::uint8_t {
    passed, c1, c2, c4, c7, c8, c16_callable, c16_result, c16_parameter, c16_predicate
};

struct verdict {
    check failed = check::passed;
    std::uint16_t where = 0;   // a rule; for C1, a state
    std::int16_t what = none;  // a target or a parameter of the rule
};

/// The states that some path of rules leads to from an entry point.
template <std::size_t States, std::size_t Rules>
constexpr std::array<bool, States + 1> reachable_states(
    const std::array<rule_facts, Rules>& rules) {
    std::array<bool, States + 1> reached{};
    bool entered = false;
    for (bool grew = true; grew;) {
        grew = false;
        for (const rule_facts& rule : rules) {
            const bool runs = rule.where == section::entry ||
                              (rule.where == section::state ? reached[rule.state] : entered);
            if (!runs) continue;
            for (std::size_t t = 0; t != rule.target_count; ++t)
                if (!reached[rule.targets[t]]) grew = entered = reached[rule.targets[t]] = true;
        }
    }
    return reached;
}

template <class C>
constexpr verdict judge() {
    constexpr auto& rules = facts<C>;
    constexpr std::size_t states = states_of<C>::count;
    const auto reached = reachable_states<states>(rules);
    for (std::size_t s = 0; s != states; ++s)
        if (!reached[s]) return {check::c1, static_cast<std::uint16_t>(s), none};

    // In the table's order: one pass for each check.
    const auto first = [&](check which, std::int16_t rule_facts::* culprit) {
        for (std::uint16_t r = 0; r != rules.size(); ++r)
            if (rules[r].*culprit != none) return verdict{which, r, rules[r].*culprit};
        return verdict{};
    };
    const auto first_not = [&](check which, bool rule_facts::* sound) {
        for (std::uint16_t r = 0; r != rules.size(); ++r)
            if (!(rules[r].*sound)) return verdict{which, r, none};
        return verdict{};
    };
    const verdict found[] = {
        first(check::c2, &rule_facts::undeclared),
        first_not(check::c4, &rule_facts::sound_filter),
        first(check::c4, &rule_facts::unsound_match),
        first(check::c7, &rule_facts::not_guaranteed),
        first(check::c8, &rule_facts::other_state),
        first_not(check::c16_callable, &rule_facts::callable),
        first(check::c16_result, &rule_facts::no_transition),
        first(check::c16_parameter, &rule_facts::unsupplied),
        first(check::c16_predicate, &rule_facts::no_predicate),
    };
    for (const verdict& v : found)
        if (v.failed != check::passed) return v;
    return {};
}

template <class C>
inline constexpr verdict verdict_of = judge<C>();

// ---- from the verdict to the error ----

template <class List, std::size_t I>
struct element;
template <class... Ts, std::size_t I>
struct element<type_list<Ts...>, I> {
    using type = pick<I, Ts...>;
};

template <class List, std::size_t I>
struct predicate_at;
template <auto... Predicates, std::size_t I>
struct predicate_at<predicate_list<Predicates...>, I> {
    template <auto Predicate>
    struct holder {
        static constexpr auto value = Predicate;
    };
    static constexpr auto value = pick<I, holder<Predicates>...>::value;
};
template <class C, std::size_t R, std::size_t I>
inline constexpr auto predicate_of =
    predicate_at<typename filter_traits<filter_at<C, R>>::predicates, I>::value;

/// The handler of a rule, or the predicate, that a parameter belongs to.
template <class C, std::size_t R, std::size_t I, bool OfHandler = (I < 256)>
struct owner_of {
    static constexpr auto value = handler_at<C, R>;
    using type = typename element<typename signature_at<C, R>::arguments, I>::type;
};
template <class C, std::size_t R, std::size_t I>
struct owner_of<C, R, I, false> {
    static constexpr auto value = predicate_of<C, R, I / 256 - 1>;
    using type = typename element<typename predicate_signature<value>::arguments, I % 256>::type;
};
template <class C, std::size_t R, std::size_t I>
inline constexpr auto callee_at = owner_of<C, R, I>::value;
template <class C, std::size_t R, std::size_t I>
using parameter_at = typename owner_of<C, R, I>::type;
template <class C, std::size_t R, std::size_t I>
using target_at =
    typename element<typename targets_of<typename signature_at<C, R>::result>::type, I>::type;

/// A long text's surroundings of a position, for an error to show.
template <fixed_string Whole, std::size_t Position>
constexpr auto excerpt() {
    constexpr std::size_t most = 31;  // clang shows no more
    if constexpr (Whole.size() <= most) {
        return Whole;
    } else {
        constexpr std::size_t middle = Position < most / 2 ? 0 : Position - most / 2;
        constexpr std::size_t first = middle < Whole.size() - most ? middle : Whole.size() - most;
        fixed_string<most + 1> part;
        for (std::size_t i = 0; i != most; ++i) part.characters[i] = Whole.characters[first + i];
        return part;
    }
}

template <fixed_string P, match_kind K>
struct pattern_error {
    static constexpr pattern_verdict verdict = pattern<P, K>::verdict;
    using type = error::pattern_is_invalid<verdict.fault, verdict.position,
                                           excerpt<P, verdict.position>()>;
};

template <class Atom>
struct filter_error;
template <fixed_string P>
struct filter_error<callback_filter<P>> : pattern_error<P, match_kind::whole> {};
template <fixed_string P>
struct filter_error<regex_filter<P>> : pattern_error<P, match_kind::search> {};
template <fixed_string Name>
struct filter_error<command_filter<Name>> {
    using type = error::command_name_is_invalid<Name>;
};
template <class T>
struct filter_error<data_filter<T>> {
    using type = error::type_is_no_callback_data<T, callback_codec<T>::fault>;
};
template <auto V>
struct filter_error<data_is_filter<V>> : filter_error<data_filter<decltype(V)>> {};

template <class C, check Failed, std::size_t R, std::int16_t I>
struct error_for {
    using type = error::nothing;
};
template <class C, std::size_t S, std::int16_t I>
struct error_for<C, check::c1, S, I> {
    using type = error::state_is_unreachable<C, typename states_of<C>::template at<S>>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c2, R, I> {
    using type = error::target_is_not_declared<C, handler_at<C, R>, target_at<C, R, I>>;
};
template <class C, std::size_t R>
struct error_for<C, check::c4, R, none>
    : filter_error<typename filter_fault<filter_at<C, R>>::atom> {};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c4, R, I>
    : filter_error<
          typename filter_fault<typename parameter<parameter_at<C, R, I>>::filter_type>::atom> {};

/// An update that shows why Parameter is not guaranteed.
template <class Filter, class Parameter>
constexpr world witness() {
    using known = parameter<Parameter>;
    if constexpr (known::from == source::match) {
        return counterexample_to<Filter, typename known::filter_type>.update;
    } else {
        const kind_mask without = kinds_accepted(rule_program<Filter>) & ~known::kinds;
        return {static_cast<update_kind>(std::countr_zero(without))};
    }
}
/// The parameter as an error names it.
template <class Parameter, std::size_t Position>
struct parameter_name {
    using type = Parameter;
};
template <class Parameter, std::size_t Position>
    requires(parameter<Parameter>::from == source::match &&
             sizeof(plain_program<typename parameter<Parameter>::filter_type>) >
                 3 * sizeof(filter_node))
struct parameter_name<Parameter, Position> {
    using type = error::parameter_number<Position + 1>;
};

enum class seen_as : std::uint8_t { kind, content, command };
constexpr seen_as look_of(const world& at) {
    if (at.content.empty()) return seen_as::kind;
    return at.command == world::command_class::none ? seen_as::content : seen_as::command;
}
template <seen_as Look, class C, auto Handler, class Parameter, update_kind Kind,
          content_kind Content>
struct not_guaranteed {
    using type = error::parameter_is_not_guaranteed<C, Handler, Parameter, Kind>;
};
template <class C, auto Handler, class Parameter, update_kind Kind, content_kind Content>
struct not_guaranteed<seen_as::content, C, Handler, Parameter, Kind, Content> {
    using type = error::parameter_is_not_guaranteed<C, Handler, Parameter, Kind, Content>;
};
template <class C, auto Handler, class Parameter, update_kind Kind, content_kind Content>
struct not_guaranteed<seen_as::command, C, Handler, Parameter, Kind, Content> {
    using type = error::parameter_is_not_guaranteed<C, Handler, Parameter, Kind,
                                                    error::text::is_a_command>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c7, R, I> {
    static constexpr world seen = witness<filter_at<C, R>, parameter_at<C, R, I>>();
    using named = typename parameter_name<parameter_at<C, R, I>, I % 256>::type;
    using type = typename not_guaranteed<look_of(seen), C, callee_at<C, R, I>, named, seen.kind,
                                         seen.first>::type;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c8, R, I> {
    using type = error::data_is_of_another_state<C, callee_at<C, R, I>,
                                                 std::remove_cvref_t<parameter_at<C, R, I>>>;
};
template <class Given>
struct given_handler;
template <class Given>
struct given_handler<not_a_handler<Given>> {
    using type = Given;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c16_callable, R, I> {
    using type = error::handler_is_not_callable<
        C, typename given_handler<typename rule_type<C, R>::handler_type>::type>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c16_result, R, I> {
    using type = error::return_type_is_no_transition<C, handler_at<C, R>, target_at<C, R, I>>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c16_parameter, R, I> {
    using type = std::conditional_t<
        is_error_rule<rule_type<C, R>>,
        error::parameter_of_error_handler_cannot_be_supplied<C, handler_at<C, R>,
                                                             parameter_at<C, R, I>>,
        error::parameter_cannot_be_supplied<C, callee_at<C, R, I>, parameter_at<C, R, I>>>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c16_predicate, R, I> {
    using type = error::predicate_is_no_test<C, handler_at<C, R>, predicate_of<C, R, I>>;
};

template <class C>
struct first_error {
    using type = error::struct_has_no_flow<C>;
};
template <has_flow C>
struct first_error<C> {
    using type = typename error_for<C, verdict_of<C>.failed, verdict_of<C>.where,
                                    verdict_of<C>.what>::type;
};
template <class... Services>
struct first_error<services<Services...>> {
    using type = error::nothing;
};
template <class C>
using error_of = typename first_error<C>::type;

template <class C>
inline constexpr bool sound = false;
template <has_flow C>
inline constexpr bool sound<C> = verdict_of<C>.failed == check::passed;

// ---- the whole bot: C9 ----

/// Whether a T may be had, be it T or const T, out of what the bot was given.
template <class Services, class T>
inline constexpr bool provides = false;
template <class... Ts, class T>
inline constexpr bool provides<services<Ts...>, T> =
    ((std::is_same_v<Ts, T> || std::is_same_v<const Ts, T>) || ...);

/// The first parameter of rule R that asks for a service which is not there.
template <class C, class Services, std::size_t R, class... Ps>
constexpr std::int16_t missing_service(type_list<Ps...>, std::int16_t at = 0) {
    std::int16_t found = none;
    [[maybe_unused]] const auto look = [&]<class P>(std::type_identity<P>) {
        if constexpr (parameter<P>::from == source::reference) {
            using object = typename parameter<P>::object_type;
            if (states_of<C>::template index<object> == states_of<C>::count &&
                !provides<Services, std::remove_reference_t<P>> && found == none)
                found = at;
        }
        ++at;
    };
    (look(std::type_identity<Ps>{}), ...);
    return found;
}

template <class C, class Services, std::size_t R, auto... Predicates>
constexpr std::int16_t missing_service_of_predicates(predicate_list<Predicates...>) {
    std::int16_t found = none;
    [[maybe_unused]] std::size_t i = 0;
    [[maybe_unused]] const auto look = [&](std::int16_t parameter) {
        if (found == none) found = parameter;
    };
    (look(missing_service<C, Services, R>(typename predicate_signature<Predicates>::arguments{},
                                          first_parameter_of_predicate(i++))),
     ...);
    return found;
}

template <class C, class Services>
constexpr verdict service_verdict() {
    constexpr std::size_t rules = shape<C>::rule_count;
    // Arrays, not folds: clang nests those no deeper than 256.
    return []<std::size_t... R>(std::index_sequence<R...>) {
        const std::int16_t of_handlers[rules + 1] = {
            missing_service<C, Services, R>(typename signature_at<C, R>::arguments{})..., none};
        const std::int16_t of_predicates[rules + 1] = {
            missing_service_of_predicates<C, Services, R>(
                typename filter_traits<filter_at<C, R>>::predicates{})...,
            none};
        for (std::uint16_t rule = 0; rule != rules; ++rule)
            if (of_handlers[rule] != none) return verdict{check::passed, rule, of_handlers[rule]};
        for (std::uint16_t rule = 0; rule != rules; ++rule)
            if (of_predicates[rule] != none)
                return verdict{check::passed, rule, of_predicates[rule]};
        return verdict{};
    }(std::make_index_sequence<rules>{});
}

template <class C, class Services>
inline constexpr verdict service_verdict_of = service_verdict<C, Services>();

template <class C, std::size_t R, std::int16_t I>
struct service_error {
    using type =
        error::service_is_missing<C, callee_at<C, R, I>, parameter_at<C, R, I>>;
};
template <class C, std::size_t R>
struct service_error<C, R, none> {
    using type = error::nothing;
};

template <class C, class Services, bool Sound>
struct bot_error {
    using type = error::nothing;
};
template <class C, class Services>
struct bot_error<C, Services, true> {
    static constexpr verdict found = service_verdict_of<C, Services>;
    using type = typename service_error<C, found.where, found.what>::type;
};
template <class C, class Services>
using service_error_of =
    typename bot_error<C, Services, sound<C> && !std::is_void_v<Services>>::type;

template <class C, class Services, bool Sound>
inline constexpr bool served_if = false;
template <class C, class Services>
inline constexpr bool served_if<C, Services, true> =
    service_verdict_of<C, Services>.what == none;
template <class C, class Services>
inline constexpr bool served = served_if<C, Services, sound<C>>;

/// The arguments of verify: conversations, and services<...> at any place among them.
template <class T>
inline constexpr bool is_services = false;
template <class... Ts>
inline constexpr bool is_services<services<Ts...>> = true;

template <class... Arguments>
struct given_services {
    using type = void;
};
template <class First, class... More>
struct given_services<First, More...>
    : std::conditional_t<is_services<First>, std::type_identity<First>, given_services<More...>> {};

template <class Services, class... Arguments>
inline constexpr bool raised = ((sizeof(error_of<Arguments>) > 0) && ...) &&
                               ((sizeof(service_error_of<Arguments, Services>) > 0) && ...);

/// Raises the first error of a bot, if there is one; whether there is none.
template <class Services, class... Bots>
inline constexpr bool passes =
    raised<Services, Services, Bots...> && (served<Bots, Services> && ...);

}  // namespace detail

/// Checks conversations: static_assert(verify<payment>). True in any case; a mistake is an error of
/// its own, see docs/checks.md. With services<...> among the arguments the whole bot is checked,
/// services too: verify<payment, help, services<database>>.
template <class... Arguments>
inline constexpr bool verify =
    detail::raised<typename detail::given_services<Arguments...>::type, Arguments...>;

}  // namespace banter
