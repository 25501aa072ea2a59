// What the checks say: one class template for each mistake, with one static_assert over a named
// condition, so that a compiler prints the user's own names. error_choice.hpp chooses which to name.
#pragma once

#include <banter/flow/check_message.hpp>
#include <banter/flow/fixed_string.hpp>

#include <cstddef>
#include <cstdint>

namespace banter::error {

/// All is well.
struct nothing {};

// C1. One gets here with a state that no rule leads to: let a reachable handler's return type name
// it, or delete it.
template <class Conversation, class State>
inline constexpr bool reached_from_an_entry_point = false;
template <class Conversation, class State>
struct state_is_unreachable {
    static_assert(flow_is_sound && reached_from_an_entry_point<Conversation, State>,
        BANTER_SAYS("[banter C1] no entry point leads to this state: let a handler that "
                    "can run return it, or remove state<...> from the flow",
                    "state", detail::name_of_type<State>,
                    "states", detail::list_states<Conversation>()));
};

// C2. One gets here with a handler whose return type names a struct that the flow has no state<...>
// for.
template <class Conversation, auto Handler, class Target>
inline constexpr bool leads_to_a_declared_state = false;
template <class Conversation, auto Handler, class Target>
struct target_is_not_declared {
    static_assert(flow_is_sound && leads_to_a_declared_state<Conversation, Handler, Target>,
        BANTER_SAYS("[banter C2] this handler returns a state that its conversation "
                    "does not declare: add state<...> for it to flow(), or return a "
                    "declared one",
                    "handler", detail::name_of_value<Handler>,
                    "returns", detail::name_of_type<Target>,
                    "declared", detail::list_states<Conversation>()));
};

// C2. One gets here with finish<...> or back in handlers(...): there is no conversation.
template <class Conversation, auto Handler, class Finish>
inline constexpr bool stands_in_a_conversation = false;
template <class Conversation, auto Handler, class Finish>
struct nothing_is_finished_here {
    static_assert(flow_is_sound && stands_in_a_conversation<Conversation, Handler, Finish>,
        BANTER_SAYS("[banter C2] this handler returns finish<...> or back, and handlers(...) "
                    "are no conversation: return void, or make it a conversation(...)",
                    "handler", detail::name_of_value<Handler>,
                    "returns", detail::name_of_type<Finish>));
};

// C3. One gets here with a state that one can enter and never leave: let one of its handlers, a
// fallback or a global return end, finish<...> or a state with a way out, or give it a timeout.
template <class Conversation, class State>
inline constexpr bool leads_to_an_end = false;
template <class Conversation, class State>
struct state_has_no_way_out {
    static_assert(flow_is_sound && leads_to_an_end<Conversation, State>,
        BANTER_SAYS("[banter C3] nothing leads from this state to end, finish<...> or a "
                    "timeout: let a handler or fallback lead out, add after(...), or "
                    "declare trap<State> if it is meant so",
                    "state", detail::name_of_type<State>));
};

// C3. One gets here with trap<...> of a struct that is no state of the flow.
template <class State, class Conversation>
inline constexpr bool is_a_state_of = false;
template <class Conversation, class State>
struct trap_is_no_state {
    static_assert(flow_is_sound && is_a_state_of<State, Conversation>,
        BANTER_SAYS("[banter C3] trap<...> names a struct that is no state of this "
                    "conversation: name one that flow() declares with state<...>",
                    "named", detail::name_of_type<State>,
                    "declared", detail::list_states<Conversation>()));
};

// C4. One gets here with a pattern that is none, or that is outside the supported syntax. The
// position counts bytes from 0.
template <auto Fault, std::size_t Position, fixed_string Pattern>
inline constexpr bool pattern_is_supported = false;
template <auto Fault, std::size_t Position, fixed_string Pattern>
struct pattern_is_invalid {
    static_assert(flow_is_sound && pattern_is_supported<Fault, Position, Pattern>,
        BANTER_SAYS("[banter C4] this pattern is invalid or not supported: named here "
                    "are the fault, its position in bytes from 0, and the pattern",
                    "pattern", Pattern.view(),
                    "fault", detail::name_of_value<Fault>,
                    "at byte", detail::name_of_value<Position>));
};

// C4. One gets here with a command that Telegram would refuse.
template <fixed_string Name>
inline constexpr bool command_has_1_to_32_of_a_z_0_9_underscore = false;
template <fixed_string Name>
struct command_name_is_invalid {
    static_assert(flow_is_sound && command_has_1_to_32_of_a_z_0_9_underscore<Name>,
        BANTER_SAYS("[banter C4] Telegram would refuse this command's name: write 1 to "
                    "32 of a-z, 0-9 and _, without the slash",
                    "command", Name.view()));
};

// C4. One gets here with in_menu(...) that Telegram would refuse, or beside a filter that names no
// command.
template <auto Handler, auto Fault>
inline constexpr bool menu_entry_is_sound = false;
template <class Conversation, auto Handler, auto Fault>
struct menu_entry_is_invalid {
    static_assert(flow_is_sound && menu_entry_is_sound<Handler, Fault>,
        BANTER_SAYS("[banter C4] in_menu(...) cannot stand here so, the fault is named: "
                    "it needs a filter with a command, descriptions of 1 to 256 "
                    "characters, and languages of two letters, each once",
                    "handler", detail::name_of_value<Handler>,
                    "fault", detail::name_of_value<Fault>));
};

/// An update that shows what a check means: its kind or content, and its text or data.
template <auto... Update>
struct for_example {};

// C5. One gets here with a handler that earlier handlers of the same list leave nothing to do: they
// are named last, or the first few of them. Move it before them, narrow their filters, or remove it.
template <class Conversation, auto Handler, class Example, auto... Earlier>
inline constexpr bool is_left_an_update_by = false;
template <class Conversation, auto Handler, class Example, auto... Earlier>
struct handler_never_runs {
    static_assert(flow_is_sound && is_left_an_update_by<Conversation, Handler, Example, Earlier...>,
        BANTER_SAYS("[banter C5] this handler can never run: those named last are tried first "
                    "and take all that it accepts; move it up, or narrow their filters",
                    "handler", detail::name_of_value<Handler>,
                    "behind", detail::list_values<Earlier...>()));
};

// C6. One gets here with a filter that no update can satisfy, such as photo && text.
template <class Conversation, auto Handler>
inline constexpr bool some_update_fits_the_filter_of = false;
template <class Conversation, auto Handler>
struct filter_takes_nothing {
    static_assert(flow_is_sound && some_update_fits_the_filter_of<Conversation, Handler>,
        BANTER_SAYS("[banter C6] no update can satisfy this handler's filter: its parts "
                    "exclude each other; alternatives are joined with ||",
                    "handler", detail::name_of_value<Handler>));
};

/// Stands in an error for a parameter whose type would fill the screen; counted from 1.
template <std::size_t Position>
struct parameter_number;
/// Stands in an error for a message that is a command.
enum class text : std::uint8_t { is_a_command };

// C7. One gets here with a handler that takes what its filter does not promise: narrow the filter,
// or ask for less. Update is one that shows it: its kind, and its content.
template <auto Handler, auto... Update>
inline constexpr bool filter_guarantees_it_for = false;
template <class Conversation, auto Handler, class Parameter, auto... Update>
struct parameter_is_not_guaranteed {
    static_assert(flow_is_sound && filter_guarantees_it_for<Handler, Update...>,
        BANTER_SAYS("[banter C7] this handler asks for what its filter does not "
                    "guarantee: the update named here is taken as well; narrow the "
                    "filter, or ask for less",
                    "update", detail::list_values<Update...>(),
                    "handler", detail::name_of_value<Handler>,
                    "asks for", detail::name_of_type<Parameter>));
};

// C8. One gets here with a handler that takes the data of a state in which it does not run.
template <class Conversation, auto Handler, class State>
inline constexpr bool runs_only_in_state = false;
template <class Conversation, auto Handler, class State>
struct data_is_of_another_state {
    static_assert(flow_is_sound && runs_only_in_state<Conversation, Handler, State>,
        BANTER_SAYS("[banter C8] this handler asks for the data of a state other than "
                    "its own: move its rule into that state<...>, or drop the parameter",
                    "handler", detail::name_of_value<Handler>,
                    "asks for", detail::name_of_type<State>));
};

// C9. One gets here with a handler that takes a reference to an object nobody handed to the bot.
template <class Conversation, auto Handler, class Service>
inline constexpr bool bot_provides = false;
template <class Conversation, auto Handler, class Service>
struct service_is_missing {
    static_assert(flow_is_sound && bot_provides<Conversation, Handler, Service>,
        BANTER_SAYS("[banter C9] this handler needs a service that the bot does not "
                    "provide: hand it over, run<...>(services(object)), or drop the "
                    "parameter; an object handed over as const is taken by const&",
                    "handler", detail::name_of_value<Handler>,
                    "service", detail::name_of_type<Service>));
};

// C11. One gets here with a button of a state's declared keyboard that no handler, global or
// fallback takes in that state.
template <class Conversation, class State, fixed_string Data>
inline constexpr bool button_is_taken_in = false;
template <class Conversation, class State, fixed_string Data>
struct button_leads_nowhere {
    static_assert(flow_is_sound && button_is_taken_in<Conversation, State, Data>,
        BANTER_SAYS("[banter C11] nothing in this state takes this button of its "
                    "keyboard: add on(callback<...>, handler) for its data, or remove "
                    "the button",
                    "state", detail::name_of_type<State>,
                    "data", Data.view()));
};

// C11. One gets here with a state whose declared keyboard is closed(...), and a handler for buttons
// that the keyboard does not have.
template <class Conversation, class State, auto Handler>
inline constexpr bool some_button_reaches = false;
template <class Conversation, class State, auto Handler>
struct no_button_reaches {
    static_assert(flow_is_sound && some_button_reaches<Conversation, State, Handler>,
        BANTER_SAYS("[banter C11] no button of this state's closed keyboard reaches "
                    "this handler: add the button, remove the handler, or declare the "
                    "keyboard without closed(...)",
                    "state", detail::name_of_type<State>,
                    "handler", detail::name_of_value<Handler>));
};

// C12. One gets here with nest<Child>(...) without on_result<R>(...) for something that Child may
// finish with.
template <class Conversation, class Child, class Result>
inline constexpr bool binds_every_result_of = false;
template <class Conversation, class Child, class Result>
struct result_is_not_bound {
    static_assert(flow_is_sound && binds_every_result_of<Conversation, Child, Result>,
        BANTER_SAYS("[banter C12] the nested conversation may finish with a result that "
                    "is not bound here: add on_result<R>(handler) for it to "
                    "nest<...>(...)",
                    "nested", detail::name_of_type<Child>,
                    "result", detail::name_of_type<Result>));
};

// C12. One gets here with two on_result<R>(...) for one R in the same nest<...>(...).
template <class Conversation, class Child, class Result>
inline constexpr bool binds_each_result_once = false;
template <class Conversation, class Child, class Result>
struct result_is_bound_twice {
    static_assert(flow_is_sound && binds_each_result_once<Conversation, Child, Result>,
        BANTER_SAYS("[banter C12] this result of the nested conversation is bound "
                    "twice, and the second handler would never run: remove one "
                    "on_result<R>(...)",
                    "nested", detail::name_of_type<Child>,
                    "result", detail::name_of_type<Result>));
};

// C12. One gets here with an on_result handler whose return type names a struct that is no state of
// the parent.
template <class Conversation, auto Handler, class Target>
inline constexpr bool result_leads_to_a_declared_state = false;
template <class Conversation, auto Handler, class Target>
struct result_leads_to_no_state {
    static_assert(flow_is_sound && result_leads_to_a_declared_state<Conversation, Handler, Target>,
        BANTER_SAYS("[banter C12] this on_result handler leads to a state that its "
                    "conversation does not declare: it leads on in the parent, so "
                    "return one of the parent's states",
                    "handler", detail::name_of_value<Handler>,
                    "returns", detail::name_of_type<Target>,
                    "declared", detail::list_states<Conversation>()));
};

// C12. One gets here with nest<...> in handlers(...): a conversation is nested in another one, and
// lives in its state.
template <class Conversation, class Child>
inline constexpr bool stands_in_a_list_of_a_conversation = false;
template <class Conversation, class Child>
struct conversation_cannot_be_nested_here {
    static_assert(flow_is_sound && stands_in_a_list_of_a_conversation<Conversation, Child>,
        BANTER_SAYS("[banter C12] nest<...> stands in a list of a conversation(...), "
                    "in whose state the nested one lives; handlers(...) have no state: list "
                    "the struct in the bot itself",
                    "nested", detail::name_of_type<Child>));
};

// C12. One gets here with nest<T> of a T that has no flow, or one made by handlers(...).
template <class Child, class Conversation>
inline constexpr bool is_a_conversation = false;
template <class Conversation, class Child>
struct nested_is_no_conversation {
    static_assert(flow_is_sound && is_a_conversation<Child, Conversation>,
        BANTER_SAYS("[banter C12] what is nested here is no conversation: its flow() "
                    "has to return conversation(...), and it has to be complete",
                    "nested", detail::name_of_type<Child>));
};

// C12. One gets here with a conversation that contains itself: it would live inside its own state.
template <class Child, class Conversation>
inline constexpr bool does_not_contain = false;
template <class Conversation, class Child>
struct conversation_is_nested_in_itself {
    static_assert(flow_is_sound && does_not_contain<Child, Conversation>,
        BANTER_SAYS("[banter C12] this conversation is nested in itself, here or "
                    "further down: lead back to a state instead",
                    "nested", detail::name_of_type<Child>));
};

// C13. One gets here with an after(...) handler that wants an update, or the data of a state other
// than the one that its after(...) stands in.
template <auto Handler, class Parameter>
inline constexpr bool can_be_supplied_without_an_update = false;
template <class Conversation, auto Handler, class Parameter>
struct parameter_of_timeout_cannot_be_supplied {
    static_assert(flow_is_sound && can_be_supplied_without_an_update<Handler, Parameter>,
        BANTER_SAYS("[banter C13] a timeout has no update that could supply this "
                    "parameter: take context&, bot&, the data of the state that "
                    "after(...) stands in, user_data<T>& or a service&",
                    "handler", detail::name_of_value<Handler>,
                    "parameter", detail::name_of_type<Parameter>));
};

// C13. One gets here with an after(...) handler whose return type names no state of the flow, or no
// transition at all.
template <class Conversation, auto Handler, class Target>
inline constexpr bool timeout_leads_to_a_declared_state = false;
template <class Conversation, auto Handler, class Target>
struct timeout_leads_nowhere {
    static_assert(flow_is_sound && timeout_leads_to_a_declared_state<Conversation, Handler, Target>,
        BANTER_SAYS("[banter C13] this after(...) handler leads to what is no state of "
                    "its conversation: return void, stay, end, finish<...>, a declared "
                    "state, or next<...> of them",
                    "handler", detail::name_of_value<Handler>,
                    "returns", detail::name_of_type<Target>,
                    "declared", detail::list_states<Conversation>()));
};

// C13. One gets here with after(0min, ...) or a negative duration.
template <class Conversation, auto Handler>
inline constexpr bool has_a_positive_duration = false;
template <class Conversation, auto Handler>
struct timeout_has_no_duration {
    static_assert(flow_is_sound && has_a_positive_duration<Conversation, Handler>,
        BANTER_SAYS("[banter C13] this after(...) has a duration of zero or less: write "
                    "how long nothing may happen, after(30min, handler)",
                    "handler", detail::name_of_value<Handler>));
};

// C13. One gets here with after(...) in entry points, fallbacks, globals or handlers.
template <class Conversation, auto Handler>
inline constexpr bool stands_in_a_state_or_in_the_conversation = false;
template <class Conversation, auto Handler>
struct timeout_cannot_stand_here {
    static_assert(flow_is_sound && stands_in_a_state_or_in_the_conversation<Conversation, Handler>,
        BANTER_SAYS("[banter C13] after(...) stands in state<S>(...), for that state, "
                    "or directly in conversation(...), for all of them: move it there",
                    "handler", detail::name_of_value<Handler>));
};

/// Stands in an error for a field whose type would fill the screen; counted from 1.
template <std::size_t Position>
struct field_number;

// C14. One gets here with a state that holds a view of what is gone when the handler has returned.
template <class State, class Field>
inline constexpr bool owns_what_it_holds = false;
template <class Conversation, class State, class Field>
struct state_would_dangle {
    static_assert(flow_is_sound && owns_what_it_holds<State, Field>,
        BANTER_SAYS("[banter C14] this state holds a view, a pointer or a reference, which "
                    "would dangle after its handler: hold a std::string, a value, an id or "
                    "an owned copy",
                    "state", detail::name_of_type<State>,
                    "field", detail::name_of_type<Field>));
};

// C14. One gets here with a persistent<...> conversation and a state that holds something which
// cannot be written to a store.
template <class State, class Field>
inline constexpr bool can_be_stored = false;
template <class Conversation, class State, class Field>
struct state_cannot_be_stored {
    static_assert(flow_is_sound && can_be_stored<State, Field>,
        BANTER_SAYS("[banter C14] this field of a persistent conversation's state "
                    "cannot be stored: hold numbers, enums, strings, times, standard "
                    "containers and plain structs of them, or specialise "
                    "serialisable<T>",
                    "state", detail::name_of_type<State>,
                    "field", detail::name_of_type<Field>));
};

// C14. One gets here with a persistent<...> conversation and a state whose fields the compiler
// cannot find: it has a base class, an array, a constructor, or more than 24 fields.
template <class State, class Conversation>
inline constexpr bool is_a_plain_struct = false;
template <class Conversation, class State>
struct state_cannot_be_looked_into {
    static_assert(flow_is_sound && is_a_plain_struct<State, Conversation>,
        BANTER_SAYS("[banter C14] the fields of this state cannot be seen, so a "
                    "persistent conversation cannot store it: make it a plain struct "
                    "without bases and arrays (std::array is fine), or a Boost.Hana "
                    "struct",
                    "state", detail::name_of_type<State>));
};

// C15. One gets here with persistent<"">.
template <class Conversation>
inline constexpr bool is_stored_under_a_name = false;
template <class Conversation>
struct conversation_has_no_name {
    static_assert(flow_is_sound && is_stored_under_a_name<Conversation>,
        BANTER_SAYS("[banter C15] persistent<...> needs a name, under which the "
                    "conversation's sessions are stored: persistent<\"order\">",
                    "conversation", detail::name_of_type<Conversation>));
};

// C15. One gets here with run<A, A> or verify<A, A>.
template <class Conversation>
inline constexpr bool stands_once_in_the_bot = false;
template <class Conversation>
struct struct_is_given_twice {
    static_assert(flow_is_sound && stands_once_in_the_bot<Conversation>,
        BANTER_SAYS("[banter C15] this struct is given twice to one bot, and the second "
                    "would never get an update: remove one",
                    "struct", detail::name_of_type<Conversation>));
};

// C15. One gets here with two structs of one bot whose sessions would be stored under one name.
template <class First, class Second, fixed_string Name>
inline constexpr bool are_stored_apart = false;
template <class First, class Second, fixed_string Name>
struct conversations_share_a_name {
    static_assert(flow_is_sound && are_stored_apart<First, Second, Name>,
        BANTER_SAYS("[banter C15] these two conversations are persistent under one "
                    "name, and each would read the other's sessions: give each its own, "
                    "persistent<\"...\">",
                    "first", detail::name_of_type<First>,
                    "second", detail::name_of_type<Second>,
                    "name", Name.view()));
};

// C15. One gets here with two structs of one bot whose entry points, or handlers, are for one
// command, so that the earlier takes all that the later one's handler is for.
template <class Earlier, class Later, auto Handler, fixed_string Command>
inline constexpr bool leaves_the_command_to = false;
template <class Earlier, class Later, auto Handler, fixed_string Command>
struct command_is_taken_already {
    static_assert(flow_is_sound && leaves_the_command_to<Earlier, Later, Handler, Command>,
        BANTER_SAYS("[banter C15] two structs of this bot have this command in their entry "
                    "lists, and the earlier takes all that the later one's handler is "
                    "for: rename one, or narrow the earlier filter",
                    "earlier", detail::name_of_type<Earlier>,
                    "later", detail::name_of_type<Later>,
                    "handler", detail::name_of_value<Handler>,
                    "command", Command.view()));
};

// C16. One gets here with a return type that is no transition, such as int or bool.
template <class Conversation, auto Handler, class Returned>
inline constexpr bool is_a_transition = false;
template <class Conversation, auto Handler, class Returned>
struct return_type_is_no_transition {
    static_assert(flow_is_sound && is_a_transition<Conversation, Handler, Returned>,
        BANTER_SAYS("[banter C16] this handler's return type is no transition: return "
                    "void, stay, end, a state, next<...> of them, or a task<...> of "
                    "these",
                    "handler", detail::name_of_value<Handler>,
                    "returns", detail::name_of_type<Returned>,
                    "states", detail::list_states<Conversation>()));
};

// C16. One gets here with a parameter that is nothing the library knows how to supply.
template <class Conversation, auto Handler, class Parameter>
inline constexpr bool can_be_supplied = false;
template <class Conversation, auto Handler, class Parameter>
struct parameter_cannot_be_supplied {
    static_assert(flow_is_sound && can_be_supplied<Conversation, Handler, Parameter>,
        BANTER_SAYS("[banter C16] nothing can supply this parameter: take context&, "
                    "bot&, the state's data&, matched<filter>, an object of the update, "
                    "user_data<T>& or a service&",
                    "handler", detail::name_of_value<Handler>,
                    "parameter", detail::name_of_type<Parameter>));
};

// C16. One gets here with an on_result handler that wants an update: the child has ended, and it is
// the result that comes.
template <class Conversation, auto Handler, class Parameter>
inline constexpr bool can_be_supplied_with_a_result = false;
template <class Conversation, auto Handler, class Parameter>
struct parameter_of_result_cannot_be_supplied {
    static_assert(flow_is_sound && can_be_supplied_with_a_result<Conversation, Handler, Parameter>,
        BANTER_SAYS("[banter C16] an on_result handler cannot have this parameter: take "
                    "the result, context&, bot&, the parent state's data by reference, "
                    "user_data<T>& or a service&",
                    "handler", detail::name_of_value<Handler>,
                    "parameter", detail::name_of_type<Parameter>));
};

// C16. One gets here with when<...> of something that is no test of an update.
template <class Conversation, auto Handler, auto Predicate>
inline constexpr bool returns_bool = false;
template <class Conversation, auto Handler, auto Predicate>
struct predicate_is_no_test {
    static_assert(flow_is_sound && returns_bool<Conversation, Handler, Predicate>,
        BANTER_SAYS("[banter C16] when<...> takes a function, or a lambda without "
                    "captures and without auto parameters, that returns bool and is no "
                    "coroutine",
                    "handler", detail::name_of_value<Handler>,
                    "predicate", detail::name_of_value<Predicate>));
};

// C16. One gets here with on_error(...) and a handler that wants an update: there may be none.
template <class Conversation, auto Handler, class Parameter>
inline constexpr bool can_be_supplied_with_an_error = false;
template <class Conversation, auto Handler, class Parameter>
struct parameter_of_error_handler_cannot_be_supplied {
    static_assert(flow_is_sound && can_be_supplied_with_an_error<Conversation, Handler, Parameter>,
        BANTER_SAYS("[banter C16] an error handler takes const failure&, an exception by "
                    "const&, bot&, bot_data<T>&, services; in a conversation context& too",
                    "handler", detail::name_of_value<Handler>,
                    "parameter", detail::name_of_type<Parameter>));
};

// C16. One gets here with something that is no function: a generic lambda, a lambda with captures.
template <class Conversation, class Given>
inline constexpr bool is_a_function_or_captureless_lambda = false;
template <class Conversation, class Given>
struct handler_is_not_callable {
    static_assert(flow_is_sound && is_a_function_or_captureless_lambda<Conversation, Given>,
        BANTER_SAYS("[banter C16] this handler cannot be called: give on(...) a "
                    "function, or a lambda without captures and without auto parameters",
                    "given", detail::name_of_type<Given>));
};

/// Where something stands in a flow, counted from 1: the part of conversation(...), the item in it.
template <std::size_t Position>
struct part_number;
template <std::size_t Position>
struct item_number;

// C16. One gets here with conversation(...) or a list in it that was given something which does not
// belong there: on(...) outside of any list, a handler without on(...).
template <class Conversation, class... Position>
inline constexpr bool is_made_of_its_parts = false;
template <class Conversation, class... Position>
struct flow_has_an_odd_part {
    static_assert(flow_is_sound && is_made_of_its_parts<Conversation, Position...>,
        BANTER_SAYS("[banter C16] this does not belong here: a conversation is made of "
                    "entry_points(...), state<S>(...), fallbacks(...), globals(...) and "
                    "options, a list of on(filter, handler)",
                    "conversation", detail::name_of_type<Conversation>,
                    "at", detail::list_types<Position...>()));
};

// C17. One gets here with `total`, and a state in which the update named here would go unanswered:
// add a handler or a fallback for it.
template <class Conversation, class State, class Example>
inline constexpr bool everything_is_answered_in = false;
template <class Conversation, class State, class Example>
struct update_goes_unanswered {
    static_assert(flow_is_sound && everything_is_answered_in<Conversation, State, Example>,
        BANTER_SAYS("[banter C17] this state is total, and nothing in it takes the "
                    "update named here: add a handler, or a fallback for all that is "
                    "left",
                    "state", detail::name_of_type<State>,
                    "update", detail::name_of_type<Example>));
};

// One gets here with verify<T> or run<T> of a struct that is no bot.
template <class T>
inline constexpr bool has_a_flow = false;
template <class T>
struct struct_has_no_flow {
    static_assert(flow_is_sound && has_a_flow<T>,
        BANTER_SAYS("[banter C16] this is no conversation: give the struct a public "
                    "function static constexpr auto flow() that returns "
                    "conversation(...) or handlers(...)",
                    "struct", detail::name_of_type<T>));
};

// One gets here by running a bot with a persistent<...> conversation, and nothing that could store it.
template <class Conversation>
inline constexpr bool has_a_session_store = false;
template <class Conversation>
struct session_store_is_missing {
    static_assert(flow_is_sound && has_a_session_store<Conversation>,
        BANTER_SAYS("[banter] this conversation is persistent<...>, and the bot has no store for it: "
                    "hand over a service that says `using stores = persistent_sessions` "
                    "(banter::session_store), or leave persistent out",
                    "conversation", detail::name_of_type<Conversation>));
};

}  // namespace banter::error
