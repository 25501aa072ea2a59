// What the checks say of forms (ask.hpp, form.hpp): all of them C16, a form that cannot be what it says.
#pragma once

#include <banter/flow/check_errors.hpp>

namespace banter::error {

// C16. One gets here with ask<...> of something that is no data member of the form's struct: a member of
// another one, a function.
template <class Form, auto Member>
inline constexpr bool has_data_member = false;
template <class Conversation, class Form, auto Member>
struct form_has_no_such_member {
    static_assert(flow_is_sound && has_data_member<Form, Member>,
        BANTER_SAYS("[banter C16] a form asks for data members of its own struct, and this is "
                    "none: write ask<&Form::member>(...) in form<Form>(...)",
                    "form", detail::name_of_type<Form>,
                    "asked for", detail::name_of_value<Member>));
};

// C16. One gets here with two ask<...> for one member.
template <class Form, auto Member>
inline constexpr bool is_asked_for_once = false;
template <class Conversation, class Form, auto Member>
struct form_asks_twice {
    static_assert(flow_is_sound && is_asked_for_once<Form, Member>,
        BANTER_SAYS("[banter C16] this form asks twice for one member, and the second answer "
                    "would replace the first: remove one",
                    "form", detail::name_of_type<Form>,
                    "asked for", detail::name_of_value<Member>));
};

// C16. One gets here with a member of a type that no text is read as: an enum, a struct.
template <class Type, auto Member>
inline constexpr bool can_be_read_from_a_text = false;
template <class Conversation, auto Member, class Type>
struct answer_cannot_be_read {
    static_assert(flow_is_sound && can_be_read_from_a_text<Type, Member>,
        BANTER_SAYS("[banter C16] the library cannot read this member's type from a text: give "
                    "ask<...> one_of(labelled(...), ...), parsed_by(function) or takes(filter, "
                    "reader), or specialise answer_parser<T>",
                    "member", detail::name_of_value<Member>,
                    "type", detail::name_of_type<Type>));
};

// C16. One gets here with a test, a choice or a reader that is for another type than the member has.
template <auto Member, class Type, class Option>
inline constexpr bool fits_the_member = false;
template <class Conversation, auto Member, class Type, class Option>
struct option_does_not_fit {
    static_assert(flow_is_sound && fits_the_member<Member, Type, Option>,
        BANTER_SAYS("[banter C16] this cannot be said of this member's answer: tests take the "
                    "member's type, choices and readers give it; of a text, limits count its "
                    "characters",
                    "member", detail::name_of_value<Member>,
                    "type", detail::name_of_type<Type>,
                    "option", detail::name_of_type<Option>));
};

// C16. One gets here with a question that is no text, and no function that makes it.
template <auto Asked, class Given>
inline constexpr bool is_a_question = false;
template <class Conversation, auto Asked, class Given>
struct question_is_no_text {
    static_assert(flow_is_sound && is_a_question<Asked, Given>,
        BANTER_SAYS("[banter C16] a question is a text, a function from const Form& to a text, or, "
                    "without one_of(...), a function void(context&, const Form&)",
                    "member", detail::name_of_value<Asked>,
                    "given", detail::name_of_type<Given>));
};

// C16. One gets here with confirm(...) of something that is no text and makes none.
template <class Form, class Given>
inline constexpr bool is_a_summary_of = false;
template <class Conversation, class Form, class Given>
struct summary_is_no_text {
    static_assert(flow_is_sound && is_a_summary_of<Form, Given>,
        BANTER_SAYS("[banter C16] confirm(...) takes a text, or a function from const Form& to "
                    "a text",
                    "form", detail::name_of_type<Form>,
                    "given", detail::name_of_type<Given>));
};

// C16. One gets here with something in form<...>(...), or in ask<...>(...), that does not belong there.
template <class Form, class... Position>
inline constexpr bool form_is_made_of_its_parts = false;
template <class Conversation, class Form, class... Position>
struct form_has_an_odd_part {
    static_assert(flow_is_sound && form_is_made_of_its_parts<Form, Position...>,
        BANTER_SAYS("[banter C16] this does not belong here: a form has ask<...>(...), one "
                    "then(...), and as wanted confirm, back_on, retry, on and after; "
                    "ask<...>(...) a question and options",
                    "form", detail::name_of_type<Form>,
                    "at", detail::list_types<Position...>()));
};

// C16. One gets here with a form without questions, or without then(...).
template <class Form>
inline constexpr bool has_questions_and_then = false;
template <class Conversation, class Form>
struct form_is_incomplete {
    static_assert(flow_is_sound && has_questions_and_then<Form>,
        BANTER_SAYS("[banter C16] this form lacks something: it needs an ask<...>(...), and a "
                    "then(handler) for when all is answered",
                    "form", detail::name_of_type<Form>));
};

// C16. One gets here with two forms for one struct, whose states would be the same.
template <class Conversation, class Form>
inline constexpr bool has_one_form_for = false;
template <class Conversation, class Form>
struct form_stands_twice {
    static_assert(flow_is_sound && has_one_form_for<Conversation, Form>,
        BANTER_SAYS("[banter C16] this conversation has two forms for one struct: remove one, or "
                    "give it a struct of its own",
                    "form", detail::name_of_type<Form>));
};

// C16. One gets here with start_form<Form> in a conversation that has no form<Form>(...).
template <class Conversation, class Form>
inline constexpr bool has_form = false;
template <class Conversation, class Form>
struct form_is_not_there {
    static_assert(flow_is_sound && has_form<Conversation, Form>,
        BANTER_SAYS("[banter C16] start_form<Form> starts a form of this conversation, and there "
                    "is none for this struct: add form<Form>(...) to conversation(...)",
                    "form", detail::name_of_type<Form>));
};

// C16. One gets here with a form's struct that cannot be made without arguments, or not be copied.
template <class Form>
inline constexpr bool can_be_filled_in = false;
template <class Conversation, class Form>
struct form_cannot_be_filled_in {
    static_assert(flow_is_sound && can_be_filled_in<Form>,
        BANTER_SAYS("[banter C16] a form begins with a Form{} and keeps copies of it between the "
                    "answers: make the struct default constructible and copyable",
                    "form", detail::name_of_type<Form>));
};

// C16. One gets here with then(...) of something that is no function.
template <class Form, class Given>
inline constexpr bool then_can_be_called = false;
template <class Conversation, class Form, class Given>
struct then_is_not_callable {
    static_assert(flow_is_sound && then_can_be_called<Form, Given>,
        BANTER_SAYS("[banter C16] then(...) takes a function, or a lambda without captures and "
                    "without auto parameters",
                    "form", detail::name_of_type<Form>,
                    "given", detail::name_of_type<Given>));
};

// C16. One gets here with a then(...) handler that wants an update: the last answer may have been any.
template <class Form, auto Handler, class Parameter>
inline constexpr bool can_be_supplied_with_a_form = false;
template <class Conversation, class Form, auto Handler, class Parameter>
struct parameter_of_then_cannot_be_supplied {
    static_assert(flow_is_sound && can_be_supplied_with_a_form<Form, Handler, Parameter>,
        BANTER_SAYS("[banter C16] the handler in then(...) cannot have this parameter: it may take "
                    "the form's struct, context&, bot&, user_data<T>& and the like, and services",
                    "handler", detail::name_of_value<Handler>,
                    "parameter", detail::name_of_type<Parameter>));
};

// C16. One gets here with a then(...) handler that does not say where the conversation goes.
template <class Form, auto Handler, class Returned>
inline constexpr bool leads_on_from_the_form = false;
template <class Conversation, class Form, auto Handler, class Returned>
struct then_leads_nowhere {
    static_assert(flow_is_sound && leads_on_from_the_form<Form, Handler, Returned>,
        BANTER_SAYS("[banter C16] all is answered, and the handler in then(...) does not say where "
                    "the conversation goes: return end, finish<...>, a state, next<...> of these",
                    "handler", detail::name_of_value<Handler>,
                    "returns", detail::name_of_type<Returned>));
};

}  // namespace banter::error
