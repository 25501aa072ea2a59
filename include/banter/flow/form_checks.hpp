// What can be wrong with a form as it is written: the first mistake, as the type of its error.
#pragma once

#include <banter/flow/form_errors.hpp>
#include <banter/flow/form_facts.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace banter::detail {

template <class Error>
using form_fault = std::type_identity<Error>;
using no_form_fault = form_fault<void>;

/// The first that is one.
template <class... Faults>
struct first_form_fault {
    using type = void;
};
template <class First, class... More>
struct first_form_fault<First, More...>
    : std::conditional_t<std::is_void_v<typename First::type>, first_form_fault<More...>, First> {};

// ---- options of a question ----

template <class Answer, class Made>
inline constexpr bool gives = std::is_convertible_v<Made, std::optional<Answer>>;

template <class Answer, class Option>
inline constexpr bool option_fits = true;
template <class Answer, class Test>
inline constexpr bool option_fits<Answer, check_option<Test>> =
    requires(const Test& test, const Answer& value) {
        { test(value) } -> std::convertible_to<bool>;
    };
template <class Answer, class Value>
inline constexpr bool choice_fits = false;
template <class Answer, class Value>
inline constexpr bool choice_fits<Answer, labelled<Value>> = std::is_constructible_v<Answer, Value>;
template <class Answer, class... Choices>
inline constexpr bool option_fits<Answer, choices_option<Choices...>> =
    (choice_fits<Answer, Choices> && ...) && sizeof...(Choices) <= 100;
template <class Answer, class Parser>
inline constexpr bool option_fits<Answer, parsed_option<Parser>> =
    requires(const Parser& parser, std::string_view words) {
        requires gives<Answer, decltype(parser(words))>;
    };
template <class Answer, class Filter, class Reader>
inline constexpr bool option_fits<Answer, takes_option<Filter, Reader>> = [] {
    if constexpr (reader_facts<Reader>::sound)
        return gives<Answer, typename reader_facts<Reader>::result>;
    else
        return false;
}();

/// An option is named by its number: types of choices and limits would fill the screen.
template <class C, class Question, std::size_t O>
constexpr auto fault_of_option() {
    if constexpr (!option_fits<typename Question::answer, typename Question::template option<O>>)
        return form_fault<error::option_does_not_fit<C, Question::member, typename Question::type,
                                                     error::item_number<O + 1>>>{};
    else
        return no_form_fault{};
}
template <class C, class Question, std::size_t... O>
constexpr auto fault_of_options(std::index_sequence<O...>) {
    return first_form_fault<decltype(fault_of_option<C, Question, O>())...>{};
}

/// The first option, from 1, that cannot stand here: none of them, or one too many; 0 if all can.
template <class Question>
constexpr std::size_t odd_option() {
    constexpr auto& items = Question::items;
    for (const ask_item once : {ask_item::retry, ask_item::choices, ask_item::parsed})
        if (items.count(once) > 1) return items.nth(once, 1) + 1;
    if (items.has(ask_item::unknown)) return items.nth(ask_item::unknown) + 1;
    // Two ways to read a text.
    const int ways = (items.has(ask_item::choices) ? 1 : 0) + (items.has(ask_item::takes) ? 1 : 0) +
                     (items.has(ask_item::parsed) ? 1 : 0);
    if (ways <= 1) return 0;
    return items.nth(items.has(ask_item::parsed) ? ask_item::parsed : ask_item::takes) + 1;
}

// ---- a question ----

template <class C, class Form, class Question, std::size_t Item>
constexpr auto fault_of_question() {
    using answer = typename Question::answer;
    constexpr text_kind asked = kind_of_text<typename Question::text, Form>();
    if constexpr (!Question::member_facts::is_data)
        return form_fault<error::form_has_no_such_member<C, Form, Question::member>>{};
    else if constexpr (!std::is_base_of_v<typename Question::owner, Form>)
        return form_fault<error::form_has_no_such_member<C, Form, Question::member>>{};
    else if constexpr (asked == text_kind::none ||
                       (asked == text_kind::said && Question::items.has(ask_item::choices)))
        return form_fault<error::question_is_no_text<C, Question::member, typename Question::text>>{};
    else if constexpr (odd_option<Question>() != 0)
        return form_fault<error::form_has_an_odd_part<C, Form, error::part_number<Item + 1>,
                                                 error::item_number<odd_option<Question>()>>>{};
    else if constexpr (Question::takes_texts && !Question::items.has(ask_item::parsed) &&
                       !is_readable_answer<answer>)
        return form_fault<
            error::answer_cannot_be_read<C, Question::member, typename Question::type>>{};
    else
        return fault_of_options<C, Question>(std::make_index_sequence<Question::options::size>{});
}

template <class Facts, std::size_t Q>
constexpr bool is_asked_before() {
    return []<std::size_t... Before>(std::index_sequence<Before...>) {
        return (std::is_same_v<typename Facts::template place<Before>::type,
                               typename Facts::template place<Q>::type> ||
                ...);
    }(std::make_index_sequence<Q>{});
}

template <class C, class Facts, std::size_t... Q>
constexpr auto fault_of_questions(std::index_sequence<Q...>) {
    return first_form_fault<decltype(fault_of_question<C, typename Facts::form,
                                                  typename Facts::template question<Q>,
                                                  Facts::items.nth(form_item::question, Q)>())...,
                       std::conditional_t<
                           is_asked_before<Facts, Q>(),
                           form_fault<error::form_asks_twice<C, typename Facts::form,
                                                        Facts::template question<Q>::member>>,
                           no_form_fault>...>{};
}

// ---- then(...) ----

template <class Form, class P>
constexpr bool can_be_handed_to_then() {
    using known = parameter<P>;
    if constexpr (std::is_same_v<std::remove_cvref_t<P>, Form>)
        return !std::is_rvalue_reference_v<P>;  // a coroutine would keep it
    else
        return known::from != source::match && known::from != source::view &&
               known::from != source::failure && known::from != source::nothing;
}
template <class... Ps, class Form>
constexpr std::size_t first_not_for_then(type_list<Ps...>, std::type_identity<Form>) {
    std::size_t at = 0;
    (void)((can_be_handed_to_then<Form, Ps>() && (++at, true)) && ...);
    return at;
}

template <class List>
inline constexpr bool lead_on = false;
template <class... Targets>
inline constexpr bool lead_on<type_list<Targets...>> =
    ((std::is_class_v<Targets> && !std::is_same_v<Targets, stay>) || ...) &&
    (std::is_class_v<Targets> && ...);

template <class List, std::size_t I>
struct listed;
template <class... Ts, std::size_t I>
struct listed<type_list<Ts...>, I> {
    using type = pick<I, Ts...>;
};

/// The form's then(...) handler, for an error to name.
template <class C, class Form>
inline constexpr auto then_of =
    boost::hana::at_c<facts_of_form<C, Form>::items.nth(form_item::then)>(form_of<C, Form>.items)
        .handler;

template <class C, class Form>
constexpr auto fault_of_then() {
    using handler = std::remove_const_t<decltype(then_of<C, Form>)>;
    using known = signature<handler>;
    if constexpr (!known::callable) {
        return form_fault<error::then_is_not_callable<C, Form, handler>>{};
    } else {
        constexpr std::size_t odd =
            first_not_for_then(typename known::arguments{}, std::type_identity<Form>{});
        if constexpr (odd != known::arguments::size)
            return form_fault<error::parameter_of_then_cannot_be_supplied<
                C, Form, then_of<C, Form>, typename listed<typename known::arguments, odd>::type>>{};
        else if constexpr (!lead_on<typename targets_of<typename known::result>::type>)
            return form_fault<error::then_leads_nowhere<C, Form, then_of<C, Form>,
                                                   typename known::result>>{};
        else
            return no_form_fault{};
    }
}

// ---- the form ----

/// The first item, from 1, that cannot stand here; 0 if all can.
template <class Facts>
constexpr std::size_t odd_form_item() {
    constexpr auto& items = Facts::items;
    for (const form_item once :
         {form_item::then, form_item::confirm, form_item::back, form_item::retry})
        if (items.count(once) > 1) return items.nth(once, 1) + 1;
    return items.has(form_item::unknown) ? items.nth(form_item::unknown) + 1 : 0;
}

template <class C, class Facts>
constexpr auto fault_of_summary() {
    if constexpr (Facts::confirms) {
        using summary = std::remove_cvref_t<
            decltype(Facts::template item<Facts::items.nth(form_item::confirm)>::summary)>;
        constexpr text_kind kind = kind_of_text<summary, typename Facts::form>();
        if constexpr (kind != text_kind::literal && kind != text_kind::made)
            return form_fault<error::summary_is_no_text<C, typename Facts::form, summary>>{};
        else
            return no_form_fault{};
    } else {
        return no_form_fault{};
    }
}

/// The first mistake in a form, as a type_identity of its error; of void where there is none.
template <class C, class Part>
constexpr auto fault_of_form() {
    using facts = form_facts<Part>;
    using form = typename facts::form;
    if constexpr (form_in<C, form>::count > 1) {
        return form_fault<error::form_stands_twice<C, form>>{};
    } else if constexpr (odd_form_item<facts>() != 0) {
        return form_fault<error::form_has_an_odd_part<C, form, error::part_number<odd_form_item<facts>()>>>{};
    } else if constexpr (facts::questions == 0 || !facts::items.has(form_item::then)) {
        return form_fault<error::form_is_incomplete<C, form>>{};
    } else if constexpr (!std::is_class_v<form> || !std::is_default_constructible_v<form> ||
                         !std::is_copy_constructible_v<form>) {
        return form_fault<error::form_cannot_be_filled_in<C, form>>{};
    } else {
        using asked = decltype(fault_of_questions<C, facts>(std::make_index_sequence<facts::questions>{}));
        if constexpr (!std::is_void_v<typename asked::type>)
            return asked{};
        else if constexpr (!std::is_void_v<typename decltype(fault_of_summary<C, facts>())::type>)
            return fault_of_summary<C, facts>();
        else
            return fault_of_then<C, form>();
    }
}

/// The first mistake in C's forms; void where there is none.
template <class C, class Flow>
struct first_fault_in {
    using type = void;
};
template <class C, class Part>
constexpr auto fault_of_part() {
    if constexpr (is_form_part<Part>)
        return fault_of_form<C, Part>();
    else
        return no_form_fault{};
}
template <class C, class... Parts>
struct first_fault_in<C, conversation_flow<Parts...>>
    : first_form_fault<decltype(fault_of_part<C, Parts>())...> {};
template <class C>
using fault_of_forms =
    typename first_fault_in<C, std::remove_const_t<decltype(written_flow_of<C>)>>::type;

}  // namespace banter::detail
