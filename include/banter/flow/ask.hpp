// The words of a form: questions for the members of a struct, one after another.
//
//   form<person>(
//       ask<&person::name>("What is your name?"),
//       ask<&person::age>("How old are you?", in_range(1, 150), retry("From 1 to 150, please.")),
//       ask<&person::size>("Which size?", one_of(labelled("Small", size::s), labelled("Large", size::l))),
//       ask<&person::mail>("Your address, or /skip", skip_on(command<"skip">)),
//       back_on(command<"back">),
//       confirm(summary),
//       then(done))
//
// A form stands among the parts of a conversation(...); form.hpp makes ordinary states of it.
#pragma once

#include <banter/flow/answer.hpp>
#include <banter/flow/conversation.hpp>
#include <banter/flow/keyboard.hpp>
#include <banter/flow/menu.hpp>

#include <boost/hana/tuple.hpp>

#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter {

class context;

namespace detail {

template <class Pointer>
struct member_pointer {
    static constexpr bool is_data = false;
    using owner = void;
    using type = void;
};
template <class T, class Owner>
struct member_pointer<T Owner::*> {
    static constexpr bool is_data = !std::is_function_v<T> && !std::is_const_v<T>;
    using owner = Owner;
    using type = T;
};
template <auto Member>
using owner_of_member = typename member_pointer<decltype(Member)>::owner;
template <auto Member>
using type_of_member = typename member_pointer<decltype(Member)>::type;

}  // namespace detail

// ---- the states of a form ----

/// The state in which a form waits for the answer that goes into Member. Its data are the answers so
/// far. A state like any other: a handler may return it, asking<&person::age>{{.name = "Anna"}}, and
/// so start in the middle.
template <auto Member, class Form = detail::owner_of_member<Member>>
struct asking {
    Form answers{};
};

/// The state in which a form shows what was answered, and waits for a yes.
template <class Form>
struct confirming {
    Form answers{};
};

namespace detail {

// ---- what stands in ask<...>(...) ----

template <class T>
concept text_like = std::is_convertible_v<T, std::string_view>;

/// A question as it is held: a text, or a function that makes it.
template <class Text>
constexpr auto held_text(Text words) {
    if constexpr (text_like<Text>)
        return std::string_view(words);
    else
        return as_handler(words);
}

struct retry_option {
    std::string_view text;
};
template <class Test>
struct check_option {
    Test test;
    std::string_view text;
};
template <class Value>
struct labelled {
    std::string_view label;
    Value value;
};
template <class... Choices>
struct choices_option {
    boost::hana::tuple<Choices...> choices;
    std::size_t columns;

    /// So many buttons in each row.
    [[nodiscard]] constexpr choices_option in_rows_of(std::size_t buttons) const {
        return {choices, buttons};
    }
};
template <class Filter>
struct skip_option {};
/// Stands for the reader that takes a file's id.
template <class Filter>
struct file_of {};
template <class Filter, class Reader>
struct takes_option {
    Reader reader;
};
template <class Parser>
struct parsed_option {
    Parser parser;
};

template <auto Member, class Text, class... Options>
struct question {
    Text text;
    boost::hana::tuple<Options...> options;
};

// ---- what stands in form<...>(...) beside the questions ----

template <class Handler>
struct then_part {
    Handler handler;
};
template <class Summary>
struct confirm_part {
    Summary summary;
    std::string_view yes;
    std::string_view no;
};
template <class Filter>
struct back_part {};

/// form<Form>(...) as it was written. As a part it is an option, until it is expanded into states.
template <class Form, class... Items>
struct form_part : option_part {
    boost::hana::tuple<Items...> items;
    constexpr explicit form_part(Items... of) : items(of...) {}
};

/// The handler that starts a form, until the conversation is known.
template <class Form>
struct form_start {};
template <class Handler>
inline constexpr bool is_form_start = false;
template <class Form>
inline constexpr bool is_form_start<not_a_handler<form_start<Form>>> = true;

// ---- tests of answers ----

/// What a limit is compared with: of a text the number of its characters.
template <class T>
constexpr decltype(auto) measure(const T& value) {
    if constexpr (text_like<T>)
        return characters_in(value);
    else
        return (value);
}
/// Whether a is less than b, whatever the signs of their types are.
template <class A, class B>
constexpr bool is_less(const A& a, const B& b) {
    if constexpr (plain_number<A> && plain_number<B> && std::is_integral_v<A> && std::is_integral_v<B>)
        return std::cmp_less(a, b);
    else if constexpr (plain_number<A> && plain_number<B>)
        return static_cast<long double>(a) < static_cast<long double>(b);
    else
        return a < b;
}
template <class A, class B>
concept comparable_answer =
    (plain_number<A> && plain_number<B>) || (!plain_number<A> && !plain_number<B> && requires(
                                                 const A& a, const B& b) { bool(a < b); });
template <class T, class Limit>
concept limited_by =
    comparable_answer<std::remove_cvref_t<decltype(measure(std::declval<const T&>()))>, Limit>;

template <class Low, class High>
struct between {
    Low low;
    High high;
    template <class T>
        requires limited_by<T, Low> && limited_by<T, High>
    constexpr bool operator()(const T& value) const {
        return !is_less(measure(value), low) && !is_less(high, measure(value));
    }
};
template <class Low>
struct not_below {
    Low low;
    template <class T>
        requires limited_by<T, Low>
    constexpr bool operator()(const T& value) const {
        return !is_less(measure(value), low);
    }
};
template <class High>
struct not_above {
    High high;
    template <class T>
        requires limited_by<T, High>
    constexpr bool operator()(const T& value) const {
        return !is_less(high, measure(value));
    }
};

/// What was given as a choice and is none: a value without a label.
template <class Given>
struct not_a_choice {};
template <class Value>
constexpr auto as_choice(Value value) {
    if constexpr (text_like<Value>)
        return labelled<std::string_view>{value, value};
    else
        return not_a_choice<Value>{};
}
template <class Value>
constexpr auto as_choice(labelled<Value> value) {
    return value;
}

}  // namespace detail

// ---- questions ----

/// Asks for one member of the form's struct. The question is a text, or a function that makes it from
/// the answers so far: `std::string question(const person&)`, or `void question(context&, const
/// person&)`, which says it itself. Options: tests of the answer (in_range, at_least, at_most,
/// valid_if), retry(...), one_of(...), skip_on(...), takes(...), parsed_by(...), and rules of its own,
/// on(...) and after(...).
template <auto Member, class Text, class... Options>
[[nodiscard]] constexpr auto ask(Text words, Options... options) {
    using held = decltype(detail::held_text(words));
    return detail::question<Member, held, Options...>{detail::held_text(words), {options...}};
}

/// What is said where an answer is none or does not pass: of one question, or of those of the form
/// that have no text of their own. Without it the question is asked again.
[[nodiscard]] constexpr detail::retry_option retry(std::string_view words) { return {words}; }

/// The answer lies between these, both included: a number, a date; of a text the number of its
/// characters. `words` are said otherwise.
template <class Low, class High>
[[nodiscard]] constexpr auto in_range(Low low, High high, std::string_view words = {}) {
    return detail::check_option<detail::between<Low, High>>{{low, high}, words};
}
template <class Low>
[[nodiscard]] constexpr auto at_least(Low low, std::string_view words = {}) {
    return detail::check_option<detail::not_below<Low>>{{low}, words};
}
template <class High>
[[nodiscard]] constexpr auto at_most(High high, std::string_view words = {}) {
    return detail::check_option<detail::not_above<High>>{{high}, words};
}
/// A test of one's own: a function or captureless lambda that takes the answer and returns bool.
template <class Test>
[[nodiscard]] constexpr auto valid_if(Test test, std::string_view words = {}) {
    return detail::check_option<detail::held_handler<Test>>{detail::as_handler(test), words};
}

/// A button's label and the value it stands for.
template <class Value>
[[nodiscard]] constexpr auto labelled(std::string_view label, Value value) {
    if constexpr (detail::text_like<Value>)
        return detail::labelled<std::string_view>{label, value};
    else
        return detail::labelled<Value>{label, value};
}
/// The answer is one of these, and nothing else: one_of("Berlin", "Rome") of a text, of any other
/// member one_of(labelled("Small", size::small), ...). Shown as inline buttons; whoever types a label
/// means it too. Up to three stand in one row, more below each other, unless in_rows_of(n) says more.
template <class... Choices>
    requires(sizeof...(Choices) != 0)
[[nodiscard]] constexpr auto one_of(Choices... choices) {
    return detail::choices_option<decltype(detail::as_choice(choices))...>{
        {detail::as_choice(choices)...}, sizeof...(Choices) <= 3 ? sizeof...(Choices) : 1};
}

/// Such an update leaves the member as it is, and the form goes on: skip_on(command<"skip">).
template <filter F>
[[nodiscard]] constexpr auto skip_on(F) {
    return detail::skip_option<F>{};
}

/// Such updates are answers, instead of texts: takes(photo, largest). The reader takes one
/// matched<...> that the filter guarantees and returns the value, or an optional that is empty where
/// it is none.
template <filter F, class Reader>
[[nodiscard]] constexpr auto takes(F, Reader reader) {
    return detail::takes_option<F, detail::held_handler<Reader>>{detail::as_handler(reader)};
}
/// The same for a file: the member, a std::string, gets its file_id. takes(document || photo).
template <filter F>
[[nodiscard]] constexpr auto takes(F) {
    return detail::takes_option<F, detail::file_of<F>>{};
}

/// The text is read by this function, from a std::string_view to the member's type or an optional of
/// it. For every member of a type, specialise answer_parser instead.
template <class Parser>
[[nodiscard]] constexpr auto parsed_by(Parser parser) {
    return detail::parsed_option<detail::held_handler<Parser>>{detail::as_handler(parser)};
}

// ---- the form ----

/// When all is answered, this handler runs. It takes the answers, Form& or const Form& or Form, beside
/// context&, bot&, stored data and services, and says where the conversation goes: end, finish<...>, a
/// state, a task<...> of these. A `stay` in its next<...> waits for another last answer.
template <class Handler>
[[nodiscard]] constexpr auto then(Handler handler) {
    return detail::then_part<detail::held_handler<Handler>>{detail::as_handler(handler)};
}

/// Before then(...) the form shows what was answered, with two buttons: go on, or ask all again. The
/// summary is a text or a function, as a question is.
template <class Summary>
[[nodiscard]] constexpr auto confirm(Summary summary, std::string_view yes = "Yes",
                                     std::string_view no = "Start over") {
    using held = decltype(detail::held_text(summary));
    return detail::confirm_part<held>{detail::held_text(summary), yes, no};
}

/// Such an update leads to the question before, with all answers kept: back_on(command<"back">). At
/// the first one it is asked again.
template <filter F>
[[nodiscard]] constexpr auto back_on(F) {
    return detail::back_part<F>{};
}

/// A form: asks for members of Form, in this order, and hands them to then(...). A part of
/// conversation(...), where fallbacks and globals work in each of its questions. Items: ask<...>(...)
/// for each question, then(...), and as wanted confirm(...), back_on(...), retry(...), and on(...) and
/// after(...), which then stand in each question.
template <class Form, class... Items>
[[nodiscard]] constexpr auto form(Items... items) {
    return detail::form_part<Form, Items...>(items...);
}

/// The handler that starts a form at its first question: on(command<"survey">, start_form<person>).
template <class Form>
inline constexpr detail::form_start<Form> start_form{};

}  // namespace banter
