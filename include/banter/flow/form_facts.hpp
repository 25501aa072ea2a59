// A form as it was written (ask.hpp), read by types: its questions, their options, the states to be.
#pragma once

#include <banter/flow/after.hpp>
#include <banter/flow/ask.hpp>
#include <banter/flow/nest.hpp>
#include <banter/flow/parameters.hpp>

#include <boost/hana/at.hpp>
#include <boost/hana/tuple.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter::detail {

// ---- what stands in a form ----

enum class form_item : std::uint8_t { question, then, confirm, back, retry, rule, unknown };

/// on(...), after(...), nest<...>(...) and the like have a handler.
template <class T>
inline constexpr form_item form_item_of =
    requires { typename T::handler_type; } ? form_item::rule : form_item::unknown;
template <auto Member, class Text, class... Options>
inline constexpr form_item form_item_of<question<Member, Text, Options...>> = form_item::question;
template <class Handler>
inline constexpr form_item form_item_of<then_part<Handler>> = form_item::then;
template <class Summary>
inline constexpr form_item form_item_of<confirm_part<Summary>> = form_item::confirm;
template <class Filter>
inline constexpr form_item form_item_of<back_part<Filter>> = form_item::back;
template <>
inline constexpr form_item form_item_of<retry_option> = form_item::retry;

/// What stands in a question.
enum class ask_item : std::uint8_t { test, retry, choices, skip, takes, parsed, rule, unknown };

template <class T>
inline constexpr ask_item ask_item_of =
    form_item_of<T> == form_item::rule ? ask_item::rule : ask_item::unknown;
template <class Test>
inline constexpr ask_item ask_item_of<check_option<Test>> = ask_item::test;
template <>
inline constexpr ask_item ask_item_of<retry_option> = ask_item::retry;
template <class... Choices>
inline constexpr ask_item ask_item_of<choices_option<Choices...>> = ask_item::choices;
template <class Filter>
inline constexpr ask_item ask_item_of<skip_option<Filter>> = ask_item::skip;
template <class Filter, class Reader>
inline constexpr ask_item ask_item_of<takes_option<Filter, Reader>> = ask_item::takes;
template <class Parser>
inline constexpr ask_item ask_item_of<parsed_option<Parser>> = ask_item::parsed;

/// The places of the items of each kind in a list.
template <class Kind, std::size_t N>
struct item_kinds {
    std::array<Kind, N + 1> kinds;

    [[nodiscard]] constexpr std::size_t count(Kind of) const {
        std::size_t found = 0;
        for (std::size_t i = 0; i != N; ++i) found += kinds[i] == of ? 1U : 0U;
        return found;
    }
    /// Where the n-th of a kind stands; N if there are fewer.
    [[nodiscard]] constexpr std::size_t nth(Kind of, std::size_t n = 0) const {
        for (std::size_t i = 0; i != N; ++i)
            if (kinds[i] == of && n-- == 0) return i;
        return N;
    }
    [[nodiscard]] constexpr bool has(Kind of) const { return count(of) != 0; }
};

template <class Question>
struct question_facts;
template <auto Member, class Text, class... Options>
struct question_facts<question<Member, Text, Options...>> {
    static constexpr auto member = Member;
    using member_facts = member_pointer<decltype(Member)>;
    using owner = typename member_facts::owner;
    using type = std::remove_cv_t<typename member_facts::type>;
    /// What an answer gives.
    using answer = typename answered_type<type>::type;
    using text = Text;
    using options = type_list<Options...>;
    static constexpr item_kinds<ask_item, sizeof...(Options)> items{
        {ask_item_of<Options>..., ask_item::unknown}};
    template <std::size_t I>
    using option = pick<I, Options...>;
    static constexpr bool takes_texts = !items.has(ask_item::takes) && !items.has(ask_item::choices);
    /// Every text is an answer.
    static constexpr bool takes_any_text = takes_texts && std::is_same_v<answer, std::string> &&
                                           !has_answer_parser<std::string> &&
                                           !items.has(ask_item::parsed) && !items.has(ask_item::test);
};

template <class Part>
struct form_facts;
template <class Form, class... Items>
struct form_facts<form_part<Form, Items...>> {
    using form = Form;
    using items_list = type_list<Items...>;
    static constexpr item_kinds<form_item, sizeof...(Items)> items{
        {form_item_of<Items>..., form_item::unknown}};
    static constexpr std::size_t questions = items.count(form_item::question);
    static constexpr bool confirms = items.has(form_item::confirm);
    /// void where there is no such item.
    template <std::size_t I>
    using item = pick<I, Items..., void>;
    template <std::size_t Q>
    using question = question_facts<item<items.nth(form_item::question, Q)>>;
    using then = item<items.nth(form_item::then)>;

    template <std::size_t Q, bool Asks = (Q < questions)>
    struct place {
        using type = asking<question<Q>::member, Form>;
    };
    template <std::size_t Q>
    struct place<Q, false> {
        using type = confirming<Form>;
    };
};

template <class Form, class Part>
inline constexpr bool is_form_of = false;
template <class Form, class... Items>
inline constexpr bool is_form_of<Form, form_part<Form, Items...>> = true;

/// C's flow as it was written.
template <class C>
inline constexpr auto written_flow_of = C::flow();

template <class Form, class Flow>
struct form_finder {
    static constexpr std::size_t count = 0;
};
template <class Form, class... Parts>
struct form_finder<Form, conversation_flow<Parts...>> {
    static constexpr bool found[] = {is_form_of<Form, Parts>..., false};
    static constexpr std::size_t count = [] {
        std::size_t all = 0;
        for (const bool one : found) all += one ? 1U : 0U;
        return all;
    }();
    static constexpr std::size_t position = [] {
        std::size_t at = 0;
        while (at != sizeof...(Parts) && !found[at]) ++at;
        return at;
    }();
};
template <class C, class Form>
using form_in = form_finder<Form, std::remove_const_t<decltype(written_flow_of<C>)>>;

/// form<Form>(...) in C's flow.
template <class C, class Form>
inline constexpr const auto& form_of =
    nth<form_in<C, Form>::position>(written_flow_of<C>.parts);

template <class C, class Form>
using facts_of_form = form_facts<std::remove_cvref_t<decltype(form_of<C, Form>)>>;

// ---- how an answer comes ----

inline constexpr auto plain_text = text && !command<>;
inline constexpr std::size_t not_taken = static_cast<std::size_t>(-1);

/// As a text.
struct typed_answer {
    static constexpr std::size_t option = not_taken;
    using filter = std::remove_const_t<decltype(plain_text)>;
    using given = matched<text>;
};
/// By a button of one_of(...). The data belong to the question: a button of another one is none.
template <auto Member, class Form>
struct picked {
    std::uint8_t which;
};
template <auto Member, class Form>
struct picked_answer {
    static constexpr std::size_t option = not_taken;
    using data = picked<Member, Form>;
    using given = matched<callback<>>;  // a number that no button had is no answer, and no error
};
/// By takes(filter, reader), the option at this place.
template <class Given, std::size_t Option>
struct taken_answer {
    static constexpr std::size_t option = Option;
    using given = Given;
};
/// What the buttons of confirm(...) hold.
template <class Form>
struct confirmed {
    bool all_right;
};

/// The reader of a file's id takes what its filter guarantees.
template <class Reader>
struct reader_facts {
    static constexpr bool sound = false;
};
template <class Filter>
struct reader_facts<file_of<Filter>> {
    static constexpr bool sound = requires(const match<Filter>& file) { file.file_id(); };
    using given = match<Filter>;
    using result = std::string;
};
template <class R, class Parameter>
struct reader_of {
    static constexpr bool sound = parameter<Parameter>::from == source::match;
    using given = std::remove_cvref_t<Parameter>;
    using result = R;
};
template <class R, class Parameter>
struct reader_facts<R (*)(Parameter)> : reader_of<R, Parameter> {};
template <class R, class Parameter>
struct reader_facts<R (*)(Parameter) noexcept> : reader_of<R, Parameter> {};

// ---- names ----

/// A state's name where it is shown: of a question the member's, person::age.
template <class State>
inline constexpr std::string_view state_name = type_name<State>();
template <auto Member, class Form>
inline constexpr std::string_view state_name<asking<Member, Form>> = name_of_value<Member>;

template <class State>
inline constexpr bool is_place_of_form = false;
template <auto Member, class Form>
inline constexpr bool is_place_of_form<asking<Member, Form>> = true;
template <class Form>
inline constexpr bool is_place_of_form<confirming<Form>> = true;

template <class Form>
inline constexpr auto confirming_characters = [] {
    constexpr std::string_view form = type_name<Form>(), last = "::confirming";
    std::array<char, form.size() + last.size()> out{};
    for (std::size_t i = 0; i != out.size(); ++i)
        out[i] = i < form.size() ? form[i] : last[i - form.size()];
    return out;
}();
template <class Form>
inline constexpr std::string_view state_name<confirming<Form>>{confirming_characters<Form>.data(),
                                                               confirming_characters<Form>.size()};

// ---- texts ----

enum class text_kind : std::uint8_t {
    literal,
    made,  // a function of the answers returns it
    said,  // a function of the answers says it
    none
};

template <class Text, class Form>
constexpr text_kind kind_of_text() {
    if constexpr (std::is_same_v<Text, std::string_view>)
        return text_kind::literal;
    else if constexpr (std::is_invocable_v<const Text&, const Form&>)
        return text_like<std::invoke_result_t<const Text&, const Form&>> ? text_kind::made
                                                                         : text_kind::none;
    else if constexpr (std::is_invocable_r_v<void, const Text&, context&, const Form&>)
        return text_kind::said;
    else
        return text_kind::none;
}

}  // namespace banter::detail
