// The checks of a whole bot, which no struct can fail by itself: services that nobody hands over (C9),
// structs, names and commands that are there twice (C15).
#pragma once

#include <banter/array_view.hpp>
#include <banter/flow/bot_errors.hpp>
#include <banter/flow/check_errors.hpp>
#include <banter/flow/data.hpp>
#include <banter/flow/error_choice.hpp>
#include <banter/flow/verdict.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace banter::detail {

// ---- a struct and what is nested in it ----

/// The first of some conversations whose verdict is not `passed`; as parts of Root.
template <class Root, class List>
struct first_unsound {
    static constexpr bool sound = true;
    using type = error::nothing;
};
template <class Root, class First, class... More>
struct first_unsound<Root, type_list<First, More...>> {
    static constexpr bool well = verdict_of<First, Root>.failed == check::passed;
    using rest = first_unsound<Root, std::conditional_t<well, type_list<More...>, type_list<>>>;
    static constexpr bool sound = well && rest::sound;
    using type = typename std::conditional_t<well, rest, chosen_error<First, Root>>::type;
};

/// The arguments of verify: conversations, and services<...> at any place among them.
template <class T>
inline constexpr bool is_services = false;
template <class... Ts>
inline constexpr bool is_services<services<Ts...>> = true;

template <class C>
struct first_error : first_unsound<C, family_of<C>> {};
template <class C>
    requires(!has_flow<C> && !is_services<C>)
struct first_error<C> {
    static constexpr bool sound = false;
    using type = error::struct_has_no_flow<C>;
};
template <class C>
    requires is_services<C>
struct first_error<C> : first_unsound<C, type_list<>> {};
template <class C>
using error_of = typename first_error<C>::type;

/// Whether C and what is nested in it passed all checks.
template <class C>
inline constexpr bool sound = has_flow<C> && first_error<C>::sound;

// ---- C9: services ----

/// Whether a T may be had, be it T or const T, out of what the bot was given.
template <class Services, class T>
inline constexpr bool provides = false;
template <class... Ts, class T>
inline constexpr bool provides<services<Ts...>, T> =
    ((std::is_same_v<Ts, T> || std::is_same_v<const Ts, T>) || ...);

/// The first parameter of a job's run, or of the runs that it asks for, that needs a service which is
/// not there.
template <class Services, class Job, class Parameter>
struct job_service {
    static constexpr bool missing = false;
};
template <class Services, class Job, class Parameter>
    requires(is_service_of_run<Job, Parameter>() &&
             !provides<Services, std::remove_reference_t<Parameter>>)
struct job_service<Services, Job, Parameter> {
    static constexpr bool missing = true;
    using job = Job;
    using parameter = Parameter;
};
template <class... Found>
struct first_missing {
    static constexpr bool missing = false;
};
template <class Found, class... More>
struct first_missing<Found, More...>
    : std::conditional_t<Found::missing, Found, first_missing<More...>> {};
template <class Services, class Job, class List>
struct services_of_run;
template <class Services, class Job, class... Ps>
struct services_of_run<Services, Job, type_list<Ps...>>
    : first_missing<job_service<Services, Job, Ps>...> {};
template <class Services, class List>
struct services_of_jobs;
template <class Services, class... Jobs>
struct services_of_jobs<Services, type_list<Jobs...>>
    : first_missing<services_of_run<Services, Jobs, run_parameters<Jobs>>...> {};
template <class Services, class Job>
using missing_in_job = services_of_jobs<Services, job_family<Job>>;

/// The first parameter of rule R that asks for a service which is not there.
template <class C, class Services, std::size_t R, class... Ps>
constexpr std::int16_t missing_service(type_list<Ps...>, std::int16_t at = 0) {
    std::int16_t found = none;
    [[maybe_unused]] const auto look = [&]<class P>(std::type_identity<P>) {
        if constexpr (parameter<P>::from == source::reference) {
            using object = typename parameter<P>::object_type;
            if (!still_parameter_reader<C, R>::template is_given<P>() &&
                states_of<C>::template index<object> == states_of<C>::count &&
                !provides<Services, std::remove_reference_t<P>> && found == none)
                found = at;
        } else if constexpr (parameter<P>::from == source::jobs) {
            if (missing_in_job<Services, typename parameter<P>::job_type>::missing && found == none)
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

/// The first parameter of a prompt that asks for a service which is not there.
template <class C, class Services>
constexpr verdict missing_service_of_prompts() {
    verdict found;
    if constexpr (any_prompt<C>)
        [&]<std::size_t... S>(std::index_sequence<S...>) {
            const auto look = [&]<class... Ps>(std::size_t state, type_list<Ps...>) {
                [[maybe_unused]] std::int16_t at = 0;
                [[maybe_unused]] const auto look_at = [&]<class P>(std::type_identity<P>) {
                    if constexpr (parameter<P>::from == source::reference)
                        if (states_of<C>::template index<typename parameter<P>::object_type> ==
                                states_of<C>::count &&
                            !provides<Services, std::remove_reference_t<P>> && found.what == none)
                            found = at_rule(check::c9_prompt, state, at);
                    if constexpr (parameter<P>::from == source::jobs)
                        if (missing_in_job<Services, typename parameter<P>::job_type>::missing &&
                            found.what == none)
                            found = at_rule(check::c9_prompt, state, at);
                    ++at;
                };
                (look_at(std::type_identity<Ps>{}), ...);
            };
            (look(S, prompt_parameters<typename states_of<C>::template at<S>>{}), ...);
        }(std::make_index_sequence<states_of<C>::count>{});
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
        return missing_service_of_prompts<C, Services>();
    }(std::make_index_sequence<rules>{});
}


template <class C, class Services>
inline constexpr verdict service_verdict_of = service_verdict<C, Services>();

/// C9, by the parameter that asks: for a service, or for jobs whose run does.
template <class C, class Services, auto Asks, class Parameter>
struct missing_service_error {
    using type = error::service_is_missing<C, Asks, Parameter>;
};
template <class C, class Services, auto Asks, class Job>
struct missing_service_error<C, Services, Asks, jobs<Job>&> {
    using missing = missing_in_job<Services, Job>;
    using type = error::service_is_missing<C, run_of<typename missing::job>,
                                           typename missing::parameter>;
};

/// A const T& of an error handler may have been meant as an exception.
template <class C, class Services, std::size_t R, std::int16_t I,
          bool MayBeThrown = is_error_rule<rule_type<C, R>> &&
                             std::is_const_v<std::remove_reference_t<parameter_at<C, R, I>>>>
struct missing_parameter
    : missing_service_error<C, Services, callee_at<C, R, I>, parameter_at<C, R, I>> {};
template <class C, class Services, std::size_t R, std::int16_t I>
struct missing_parameter<C, Services, R, I, true> {
    using type =
        error::neither_service_nor_exception<C, callee_at<C, R, I>, parameter_at<C, R, I>>;
};
template <class C, class Services, verdict Found = service_verdict_of<C, Services>>
struct service_error : missing_parameter<C, Services, Found.where, Found.what> {};
template <class C, class Services, verdict Found>
    requires(Found.failed == check::c9_prompt)
struct service_error<C, Services, Found>
    : missing_service_error<C, Services, prompt_of<state_at<C, Found.where>>,
                            prompt_parameter_at<C, Found.where, Found.what>> {};

/// The first struct of a family that lacks a service.
template <class Services, class List>
struct first_unserved {
    static constexpr bool served = true;
    using type = error::nothing;
};
template <class Services, class First, class... More>
struct first_unserved<Services, type_list<First, More...>> {
    static constexpr bool has_all = service_verdict_of<First, Services>.what == none;
    using rest =
        first_unserved<Services, std::conditional_t<has_all, type_list<More...>, type_list<>>>;
    static constexpr bool served = has_all && rest::served;
    using type = typename std::conditional_t<has_all, rest, service_error<First, Services>>::type;
};

template <class C, class Services, bool Sound>
struct services_checked {
    static constexpr bool served = false;
    using type = error::nothing;
};
template <class C, class Services>
struct services_checked<C, Services, true> : first_unserved<Services, family_of<C>> {};
template <class C>
struct services_checked<C, void, true> : first_unserved<void, type_list<>> {};

template <class C, class Services>
using checked_services = services_checked<C, Services, sound<C>>;
template <class C, class Services>
using service_error_of = typename checked_services<C, Services>::type;

// ---- C15: what is there twice ----

/// The rule of the later list whose command the earlier list takes; the command.
struct command_taken {
    bool found = false;
    std::uint16_t rule = 0;
    std::string_view command{};
};

/// A command that rule and list both ask for; empty where there is none.
constexpr std::string_view common_command(const rule_list& earlier,
                                          array_view<filter_node> later) {
    for (std::size_t i = 0; i != later.size(); ++i) {
        if (later[i].what != filter_node::op::command || !is_asked_for(later, i)) continue;
        for (const std::uint16_t entry : earlier.entries()) {
            const auto program = earlier.programs[entry];
            for (std::size_t j = 0; j != program.size(); ++j)
                if (program[j].what == filter_node::op::command &&
                    program[j].word == later[i].word && is_asked_for(program, j))
                    return later[i].word;
        }
    }
    return {};
}

/// Whether the earlier list leaves nothing to a rule.
constexpr bool takes_all_of(const rule_list& earlier, array_view<filter_node> later) {
    growing<term> terms;
    terms.push({later});
    for (const std::uint16_t entry : earlier.entries())
        terms.push({earlier.programs[entry], false});
    return solve({terms.data(), terms.size()}).found == decided::no;
}

/// One evaluation for each rule: compilers bound the work of each.
template <class Earlier, class Later, std::size_t R>
constexpr std::string_view taken_command() {
    if constexpr (shape<Later>::places[R].where == section::entry) {
        constexpr std::string_view command =
            common_command(rules_of<Earlier>, programs_of<Later>[R]);
        if (!command.empty() && takes_all_of(rules_of<Earlier>, programs_of<Later>[R]))
            return command;
    }
    return {};
}
template <class Earlier, class Later, std::size_t R>
inline constexpr std::string_view taken_command_of = taken_command<Earlier, Later, R>();

template <class Earlier, class Later>
inline constexpr command_taken command_taken_between =
    []<std::size_t... R>(std::index_sequence<R...>) {
        const std::string_view taken[] = {taken_command_of<Earlier, Later, R>..., {}};
        for (std::uint16_t r = 0; r != sizeof...(R); ++r)
            if (!taken[r].empty()) return command_taken{true, r, taken[r]};
        return command_taken{};
    }(std::make_index_sequence<shape<Later>::rule_count>{});

template <class A, class B>
constexpr bool share_a_name() {
    return !std::is_same_v<A, B> && shape<A>::persistent && shape<B>::persistent &&
           shape<A>::stored_name == shape<B>::stored_name;
}

/// The position of the first conversation that has the name of A.
template <class A, class... Bs>
constexpr std::size_t namesake(type_list<Bs...>) {
    std::size_t at = 0;
    (void)((share_a_name<A, Bs>() || (++at, false)) || ...);
    return at;
}

template <class A, class B>
struct name_error {
    static constexpr std::string_view name = shape<A>::stored_name;
    using type = error::conversations_share_a_name<A, B, fixed_copy<name.size()>(name)>;
};
template <class A, class B>
struct command_error {
    static constexpr command_taken taken = command_taken_between<A, B>;
    using type =
        error::command_is_taken_already<A, B, handler_at<B, taken.rule>,
                                        fixed_copy<taken.command.size()>(taken.command)>;
};

/// The first of the mistakes in a list; `type` is nothing where there is none.
template <class Found, class... More>
struct first_of : std::conditional_t<Found::found, Found, first_of<More...>> {};
template <class Found>
struct first_of<Found> : Found {};
struct no_mistake {
    static constexpr bool found = false;
    struct raised {
        using type = error::nothing;
    };
};

template <class C, class... Later>
struct repeated_struct {
    static constexpr bool found = (std::is_same_v<C, Later> || ...);
    struct raised {
        using type = error::struct_is_given_twice<C>;
    };
};
template <class List>
struct repeated_in : no_mistake {};
template <class C, class... Later>
struct repeated_in<type_list<C, Later...>>
    : first_of<repeated_struct<C, Later...>, repeated_in<type_list<Later...>>> {};

template <class A, class Later>
struct named_twice {
    static constexpr std::size_t at = namesake<A>(Later{});
    static constexpr bool found = at != Later::size;
    struct raised : name_error<A, typename type_at<Later, at>::type> {};
};
template <class List>
struct names_in : no_mistake {};
template <class C, class... Later>
struct names_in<type_list<C, Later...>>
    : first_of<named_twice<C, type_list<Later...>>, names_in<type_list<Later...>>> {};

template <class A, class B>
struct taken_from {
    static constexpr bool found = command_taken_between<A, B>.found;
    struct raised : command_error<A, B> {};
};
template <class List>
struct commands_in : no_mistake {};
template <class C, class... Later>
struct commands_in<type_list<C, Later...>>
    : first_of<taken_from<C, Later>..., commands_in<type_list<Later...>>> {};

/// C15, of a bot in which every struct is sound and served.
template <bool Sound, class Groups, class Bots>
struct twice_checked {
    using mistake = no_mistake;
};
template <class Bots>
struct twice_checked<true, one_group, Bots> {
    using all = typename closure<type_list<>, Bots>::type;
    using mistake = first_of<repeated_in<Bots>, names_in<all>, commands_in<Bots>>;
};
/// What one group takes, the next may take as well.
template <class... Lists, class Bots>
struct twice_checked<true, groups<Lists...>, Bots> {
    using all = typename closure<type_list<>, Bots>::type;
    using mistake = first_of<repeated_in<Bots>, names_in<all>, commands_in<Lists>...>;
};

}  // namespace banter::detail
