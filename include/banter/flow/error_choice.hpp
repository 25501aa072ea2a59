// From a verdict to its error: names one class template of check_errors.hpp, with the user's own names
// as arguments. Naming is all that happens here; whoever completes the type raises the error.
#pragma once

#include <banter/flow/check_errors.hpp>
#include <banter/flow/deep_link.hpp>
#include <banter/flow/conversation_errors.hpp>
#include <banter/flow/jobs.hpp>
#include <banter/flow/part_errors.hpp>
#include <banter/flow/stored_buttons.hpp>
#include <banter/flow/verdict.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace banter::detail {

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
    using type = typename type_at<typename signature_at<C, R>::arguments, I>::type;
};
template <class C, std::size_t R, std::size_t I>
struct owner_of<C, R, I, false> {
    static constexpr auto value = predicate_of<C, R, I / 256 - 1>;
    using type = typename type_at<typename predicate_signature<value>::arguments, I % 256>::type;
};
template <class C, std::size_t R, std::size_t I>
inline constexpr auto callee_at = owner_of<C, R, I>::value;
template <class C, std::size_t R, std::size_t I>
using parameter_at = typename owner_of<C, R, I>::type;
template <class C, std::size_t R, std::size_t I>
using target_at =
    typename type_at<typename targets_of<typename signature_at<C, R>::result>::type, I>::type;

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
template <fixed_string P>
struct filter_error<caption_regex_filter<P>> : pattern_error<P, match_kind::search> {};
template <fixed_string Name>
struct filter_error<command_filter<Name>> {
    using type = error::command_name_is_invalid<Name>;
};
template <update_property Property, fixed_string P>
struct filter_error<property_filter<Property, P>> : pattern_error<P, match_kind::whole> {};
template <fixed_string Parameter>
struct filter_error<start_link_filter<Parameter>> {
    using type = error::deep_link_is_invalid<Parameter>;
};
template <class T>
struct filter_error<data_filter<T>> {
    using type = error::type_is_no_callback_data<T, callback_codec<T>::fault>;
};
template <class T>
struct filter_error<stored_filter<T>> {
    using type = error::type_is_no_stored_object<T>;
};
template <auto V>
struct filter_error<data_is_filter<V>> : filter_error<data_filter<decltype(V)>> {};

template <class C, check Failed, std::size_t R, std::int16_t I>
struct error_for {
    using type = error::nothing;
};
template <class C, std::size_t P, std::int16_t I>
struct error_for<C, check::faulty_form, P, I> {
    using type = fault_of_forms<C>;
};
template <class C, std::size_t P>
struct error_for<C, check::odd_part, P, none> {
    using type = error::flow_has_an_odd_part<C, error::part_number<P + 1>>;
};
template <class C, std::size_t P, std::int16_t I>
struct error_for<C, check::odd_part, P, I> {
    using type = error::flow_has_an_odd_part<C, error::part_number<P + 1>, error::item_number<I + 1>>;
};
template <class C, std::size_t S, std::int16_t I>
struct error_for<C, check::odd_state, S, I> {
    using type = error::state_is_odd<C, typename states_of<C>::template at<S>>;
};
template <class C, std::size_t S, std::int16_t I>
struct error_for<C, check::c1, S, I> {
    using type = error::state_is_unreachable<C, typename states_of<C>::template at<S>>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c2, R, I> {
    using type = error::target_is_not_declared<C, handler_at<C, R>, target_at<C, R, I>>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c2_finish, R, I> {
    using type = error::nothing_is_finished_here<C, handler_at<C, R>, target_at<C, R, I>>;
};
template <class C, std::size_t S, std::int16_t I>
struct error_for<C, check::c3, S, I> {
    using type = error::state_has_no_way_out<C, typename states_of<C>::template at<S>>;
};
template <class C, std::size_t T, std::int16_t I>
struct error_for<C, check::c3_trap, T, I> {
    using type = error::trap_is_no_state<C, typename type_at<typename shape<C>::traps, T>::type>;
};
template <class C, std::size_t R>
struct error_for<C, check::c4, R, none>
    : filter_error<typename filter_fault<filter_at<C, R>>::atom> {};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c4, R, I>
    : filter_error<
          typename filter_fault<typename parameter<parameter_at<C, R, I>>::filter_type>::atom> {};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c4_menu, R, I> {
    using type =
        error::menu_entry_is_invalid<C, handler_at<C, R>, static_cast<menu_fault>(I)>;
};
template <class C, class Flow>
struct answer_error;
template <class C, class... Parts>
struct answer_error<C, conversation_flow<Parts...>> : answer_error_in<C, Parts>... {};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c4_answer, R, I>
    : answer_error<C, std::remove_const_t<decltype(flow_of<C>)>> {};

/// An update that shows why Parameter is not guaranteed.
template <class Filter, class Parameter>
constexpr world witness() {
    using known = parameter<Parameter>;
    if constexpr (known::from == source::match) {
        return counterexample_to<Filter, typename known::filter_type>.example.at;
    } else {
        const kind_mask without = kinds_taken<Filter> & ~known::kinds;
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
/// An update as an error names it: Raised<Kind>, with its content where it is a message.
template <seen_as Look, template <auto...> class Raised, update_kind Kind, content_kind Content>
struct with_update {
    using type = typename Raised<Kind>::type;
};
template <template <auto...> class Raised, update_kind Kind, content_kind Content>
struct with_update<seen_as::content, Raised, Kind, Content> {
    using type = typename Raised<Kind, Content>::type;
};
template <template <auto...> class Raised, update_kind Kind, content_kind Content>
struct with_update<seen_as::command, Raised, Kind, Content> {
    using type = typename Raised<Kind, error::text::is_a_command>::type;
};
template <class C, std::size_t R, std::int16_t I>
struct not_guaranteed {
    static constexpr world seen = witness<filter_at<C, R>, parameter_at<C, R, I>>();
    using named = typename parameter_name<parameter_at<C, R, I>, I % 256>::type;
    template <auto... Update>
    struct raised {
        using type =
            error::parameter_is_not_guaranteed<C, callee_at<C, R, I>, named, Update...>;
    };
    using type = typename with_update<look_of(seen), raised, seen.kind, seen.first>::type;
};
template <class C, std::size_t R, std::int16_t I>
struct not_named_by_event {
    using type =
        error::event_does_not_say_whose<C, handler_at<C, R>, given_at<C, R>, parameter_at<C, R, I>>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c7, R, I>
    : std::conditional_t<shape<C>::places[R].where == section::event, not_named_by_event<C, R, I>,
                         not_guaranteed<C, R, I>> {};
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
template <class C, class Given>
struct uncallable {
    using type = error::handler_is_not_callable<C, Given>;
};
template <class C, class Form>
struct uncallable<C, form_start<Form>> {
    using type = error::form_is_not_there<C, Form>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c16_callable, R, I>
    : uncallable<C, typename given_handler<typename rule_type<C, R>::handler_type>::type> {};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c16_result, R, I> {
    using type = error::return_type_is_no_transition<C, handler_at<C, R>, target_at<C, R, I>>;
};
template <class C, std::size_t R, std::int16_t I, section Where>
struct unsupplied {
    using type = error::parameter_cannot_be_supplied<C, callee_at<C, R, I>, parameter_at<C, R, I>>;
};
template <class C, std::size_t R, std::int16_t I>
struct unsupplied<C, R, I, section::error> {
    using type = error::parameter_of_error_handler_cannot_be_supplied<C, handler_at<C, R>,
                                                                      parameter_at<C, R, I>>;
};
template <class C, std::size_t R, std::int16_t I>
struct unsupplied<C, R, I, section::result> {
    using type = error::parameter_of_result_cannot_be_supplied<C, handler_at<C, R>,
                                                               parameter_at<C, R, I>>;
};
template <class C, std::size_t R, std::int16_t I>
struct unsupplied<C, R, I, section::event> {
    using type = error::parameter_of_event_cannot_be_supplied<C, handler_at<C, R>,
                                                              parameter_at<C, R, I>>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c16_parameter, R, I>
    : job_error_or<parameter_at<C, R, I>, unsupplied<C, R, I, shape<C>::places[R].where>> {};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c16_predicate, R, I> {
    using type = error::predicate_is_no_test<C, handler_at<C, R>, predicate_of<C, R, I>>;
};

// ---- keys, nested conversations, timeouts, states ----

/// The first part of Root's key that updates of a kind lack.
template <class Root>
constexpr key lacking_part(update_kind kind) {
    for (const key part : {key::chat, key::user, key::message})
        if (key_of<Root>::lacks(kind, part)) return part;
    return key::chat;
}
template <class C, class Root, std::size_t R, std::int16_t Kind>
struct key_error {
    static constexpr auto kind = static_cast<update_kind>(Kind);
    using type =
        error::update_cannot_supply_the_key<C, handler_at<C, R>, kind, lacking_part<Root>(kind)>;
};

template <class C, std::size_t R>
struct mounted_at {
    using child = typename type_at<typename child_in<rule_type<C, R>>::type, 0>::type;
};
template <class C, std::size_t R>
struct error_for<C, check::c12_place, R, none> {
    using type = error::conversation_cannot_be_nested_here<C, typename mounted_at<C, R>::child>;
};
template <class C, std::size_t R>
struct error_for<C, check::c12_child, R, none> {
    using type = error::nested_is_no_conversation<C, typename mounted_at<C, R>::child>;
};
template <class C, std::size_t R>
struct error_for<C, check::c12_itself, R, none> {
    using type = error::conversation_is_nested_in_itself<C, typename mounted_at<C, R>::child>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c12_unbound, R, I> {
    using child = typename mounted_at<C, R>::child;
    using type = error::result_is_not_bound<C, child, typename type_at<results_of<child>, I>::type>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c12_twice, R, I> {
    using child = typename mounted_at<C, R>::child;
    using type =
        error::result_is_bound_twice<C, child, typename rule_type<C, R + 1 + I>::result_type>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c12_target, R, I> {
    using type = error::result_leads_to_no_state<C, handler_at<C, R>, target_at<C, R, I>>;
};

template <class C, std::size_t R>
struct error_for<C, check::c13_place, R, none> {
    using type = error::timeout_cannot_stand_here<C, handler_at<C, R>>;
};
template <class C, std::size_t R>
struct error_for<C, check::c13_duration, R, none> {
    using type = error::timeout_has_no_duration<C, handler_at<C, R>>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c13_parameter, R, I> {
    struct of_timeout {
        using type = error::parameter_of_timeout_cannot_be_supplied<
            C, handler_at<C, R>, typename parameter_name<parameter_at<C, R, I>, I>::type>;
    };
    using type = typename job_error_or<parameter_at<C, R, I>, of_timeout>::type;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c13_target, R, I> {
    using type = error::timeout_leads_nowhere<C, handler_at<C, R>, target_at<C, R, I>>;
};

template <class C, std::size_t S>
using state_at = typename states_of<C>::template at<S>;
template <class C, std::size_t S, std::int16_t I>
using field_at = typename type_at<fields_of<state_at<C, S>>, I>::type;
/// The field's type, or its number where that is long.
template <class C, std::size_t S, std::int16_t I>
using field_name = std::conditional_t<(type_name<field_at<C, S, I>>().size() > 30),
                                      error::field_number<I + 1>, field_at<C, S, I>>;

template <class C, std::size_t S, std::int16_t I>
struct error_for<C, check::c14_dangles, S, I> {
    using type = error::state_would_dangle<C, state_at<C, S>, field_name<C, S, I>>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c14_event, R, I> {
    using event = given_at<C, R>;
    using type =
        error::event_would_dangle<C, event, typename type_at<fields_of<event>, I>::type>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c5_event, R, I> {
    using type = error::event_handler_never_runs<C, handler_at<C, R>, given_at<C, R>,
                                                 handler_at<C, I>>;
};
template <class C, std::size_t R>
struct error_for<C, check::c10_event, R, none> {
    using type = error::event_cannot_begin_it<C, handler_at<C, R>, given_at<C, R>>;
};
template <class C, std::size_t S>
struct error_for<C, check::c14_opaque, S, none> {
    using type = error::state_cannot_be_looked_into<C, state_at<C, S>>;
};
template <class C, std::size_t S, std::int16_t I>
struct error_for<C, check::c14_stored, S, I> {
    using type = error::state_cannot_be_stored<C, state_at<C, S>, field_name<C, S, I>>;
};
template <class C, std::size_t S>
struct error_for<C, check::c16_prompt, S, none> {
    using type = error::prompt_is_malformed<C, state_at<C, S>>;
};
template <class C, std::size_t S, std::int16_t I>
using prompt_parameter_at = typename type_at<prompt_parameters<state_at<C, S>>, I>::type;
template <class C, std::size_t S, std::int16_t I>
struct error_for<C, check::c16_prompt_parameter, S, I> {
    struct of_prompt {
        using type = error::parameter_of_prompt_cannot_be_supplied<
            C, state_at<C, S>, typename parameter_name<prompt_parameter_at<C, S, I>, I>::type>;
    };
    using type = typename job_error_or<prompt_parameter_at<C, S, I>, of_prompt>::type;
};
template <class C, std::size_t S, std::int16_t I>
struct error_for<C, check::c8_prompt, S, I> {
    using type = error::data_is_of_another_state<C, prompt_of<state_at<C, S>>,
                                                 std::remove_cvref_t<prompt_parameter_at<C, S, I>>>;
};
template <class C, std::size_t S, std::int16_t I>
struct error_for<C, check::c15_name, S, I> {
    using type = error::conversation_has_no_name<C>;
};

// ---- what the solver finds ----

template <auto... As, auto... Bs>
error::for_example<As..., Bs...> operator+(error::for_example<As...>, error::for_example<Bs...>);

/// The solver's example as an error names it: a new message by its content, all else by its kind,
/// and its text or data where that matters. From holds it.
template <class From>
struct example_name {
    static constexpr const example_update& seen = From::example;

    static constexpr auto kind() {
        if constexpr (seen.at.kind == update_kind::message && !seen.at.content.empty())
            return error::for_example<>{};
        else
            return error::for_example<seen.at.kind>{};
    }
    static constexpr auto content() {
        if constexpr (look_of(seen.at) == seen_as::kind)
            return error::for_example<>{};
        else if constexpr (look_of(seen.at) == seen_as::command)
            return error::for_example<error::text::is_a_command>{};
        else
            return error::for_example<seen.at.first>{};
    }
    static constexpr auto text() {
        if constexpr (seen.size == 0 || seen.size > 40)
            return error::for_example<>{};
        else
            return error::for_example<fixed_copy<seen.size>(seen.text())>{};
    }
    using type = decltype(kind() + content() + text());
};

template <class C, std::size_t R>
struct example_for_rule {
    static constexpr example_update example = taken_by<filter_at<C, R>>.example;
};
template <class C, class Root, std::size_t S>
struct example_unanswered {
    static constexpr example_update example = unanswered_of<C, Root, S>.example;
};

template <class C, std::size_t R, class Indices>
struct hidden_by;
template <class C, std::size_t R, std::size_t... I>
struct hidden_by<C, R, std::index_sequence<I...>> {
    using example = typename example_name<example_for_rule<C, R>>::type;
    using type = error::handler_never_runs<C, handler_at<C, R>, example,
                                           handler_at<C, hiders_of<C, R>.rules[I]>...>;
};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c5, R, I>
    : hidden_by<C, R, std::make_index_sequence<hiders_of<C, R>.count>> {};
template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c6, R, I> {
    using type = error::filter_takes_nothing<C, handler_at<C, R>>;
};

template <class C, std::size_t R, std::int16_t I>
struct error_for<C, check::c10_key, R, I> {
    using type = error::key_is_odd<C>;
};
template <class C, std::size_t S, std::int16_t I>
struct error_for<C, check::c11_button, S, I> {
    static constexpr std::string_view data = declared_buttons<state_at<C, S>>[I].data;
    using type =
        error::button_leads_nowhere<C, state_at<C, S>, fixed_copy<data.size()>(data)>;
};
template <class C, std::size_t R, std::int16_t S>
struct error_for<C, check::c11_handler, R, S> {
    using type = error::no_button_reaches<C, state_at<C, S>, handler_at<C, R>>;
};

/// The kind of update that leads to a state by a rule and does not bring what its prompt asks for.
template <class C, class Root, std::size_t R, std::int16_t S>
struct bare_prompt_error {
    static constexpr kind_mask lacking =
        facts<C>[R].kinds & key_of<Root>::kinds & ~prompts_of<C>[S].kinds;
    static constexpr auto kind = static_cast<update_kind>(std::countr_zero(lacking));
    using type = error::prompt_is_not_guaranteed<C, handler_at<C, R>, state_at<C, S>, kind>;
};

/// The error of a verdict on C as a part of Root.
template <class C, class Root, verdict Found = verdict_of<C, Root>>
struct chosen_error : error_for<C, Found.failed, Found.where, Found.what> {};
template <class C, class Root, verdict Found>
    requires(Found.failed == check::c10)
struct chosen_error<C, Root, Found> : key_error<C, Root, Found.where, Found.what> {};
template <class C, class Root, verdict Found>
    requires(Found.failed == check::c7_prompt)
struct chosen_error<C, Root, Found> : bare_prompt_error<C, Root, Found.where, Found.what> {};
template <class C, class Root, verdict Found>
    requires(Found.failed == check::c17)
struct chosen_error<C, Root, Found> {
    using type = error::update_goes_unanswered<
        C, state_at<C, Found.where>,
        typename example_name<example_unanswered<C, Root, Found.where>>::type>;
};

}  // namespace banter::detail
