// What the checks say: one class template for each mistake, with one static_assert over a named
// condition, so that a compiler prints the user's own names. verify.hpp chooses which to name.
#pragma once

#include <banter/flow/fixed_string.hpp>

#include <cstddef>
#include <cstdint>

namespace banter {

namespace error {

/// All is well.
struct nothing {};

// C1. One gets here with a state that no rule leads to: let a reachable handler's return type
// name it, or delete it.
template <class Conversation, class State>
inline constexpr bool reached_from_an_entry_point = false;
template <class Conversation, class State>
struct state_is_unreachable {
    static_assert(reached_from_an_entry_point<Conversation, State>,
                  "[banter C1] no entry point leads to this state: let a handler that can run "
                  "return it, or remove state<...> from the flow");
};

// C2. One gets here with a handler whose return type names a struct that the flow has no
// state<...> for.
template <class Conversation, auto Handler, class Target>
inline constexpr bool leads_to_a_declared_state = false;
template <class Conversation, auto Handler, class Target>
struct target_is_not_declared {
    static_assert(leads_to_a_declared_state<Conversation, Handler, Target>,
                  "[banter C2] this handler returns a state that its conversation does not "
                  "declare: add state<...> for it to flow(), or return a declared one");
};

// C4. One gets here with a pattern that is none, or that is outside the supported syntax. The
// position counts bytes from 0.
template <auto Fault, std::size_t Position, fixed_string Pattern>
inline constexpr bool pattern_is_supported = false;
template <auto Fault, std::size_t Position, fixed_string Pattern>
struct pattern_is_invalid {
    static_assert(pattern_is_supported<Fault, Position, Pattern>,
                  "[banter C4] this pattern is invalid or not supported: named here are the fault, "
                  "its position in bytes from 0, and the pattern");
};

// C4. One gets here with a command that Telegram would refuse.
template <fixed_string Name>
inline constexpr bool command_has_1_to_32_of_a_z_0_9_underscore = false;
template <fixed_string Name>
struct command_name_is_invalid {
    static_assert(command_has_1_to_32_of_a_z_0_9_underscore<Name>,
                  "[banter C4] Telegram would refuse this command's name: write 1 to 32 of "
                  "a-z, 0-9 and _, without the slash");
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
    static_assert(filter_guarantees_it_for<Handler, Update...>,
                  "[banter C7] this handler asks for what its filter does not guarantee: the "
                  "update named here is taken as well; narrow the filter, or ask for less");
};

// C8. One gets here with a handler that takes the data of a state in which it does not run.
template <class Conversation, auto Handler, class State>
inline constexpr bool runs_only_in_state = false;
template <class Conversation, auto Handler, class State>
struct data_is_of_another_state {
    static_assert(runs_only_in_state<Conversation, Handler, State>,
                  "[banter C8] this handler asks for the data of a state other than its own: "
                  "move its rule into that state<...>, or drop the parameter");
};

// C9. One gets here with a handler that takes a reference to an object nobody handed to the bot.
template <class Conversation, auto Handler, class Service>
inline constexpr bool bot_provides = false;
template <class Conversation, auto Handler, class Service>
struct service_is_missing {
    static_assert(bot_provides<Conversation, Handler, Service>,
                  "[banter C9] this handler needs a service that the bot does not provide: hand "
                  "it over, run<...>(services(object)), or drop the parameter; an object handed "
                  "over as const is taken by const&");
};

// C16. One gets here with a return type that is no transition, such as int or bool.
template <class Conversation, auto Handler, class Returned>
inline constexpr bool is_a_transition = false;
template <class Conversation, auto Handler, class Returned>
struct return_type_is_no_transition {
    static_assert(is_a_transition<Conversation, Handler, Returned>,
                  "[banter C16] this handler's return type is no transition: return void, stay, "
                  "end, a state, next<...> of them, or a task<...> of these");
};

// C16. One gets here with a parameter that is nothing the library knows how to supply.
template <class Conversation, auto Handler, class Parameter>
inline constexpr bool can_be_supplied = false;
template <class Conversation, auto Handler, class Parameter>
struct parameter_cannot_be_supplied {
    static_assert(can_be_supplied<Conversation, Handler, Parameter>,
                  "[banter C16] nothing can supply this parameter: take context&, bot&, the "
                  "state's data&, matched<filter>, an object of the update, user_data<T>& or "
                  "a service&");
};

// C16. One gets here with when<...> of something that is no test of an update.
template <class Conversation, auto Handler, auto Predicate>
inline constexpr bool returns_bool = false;
template <class Conversation, auto Handler, auto Predicate>
struct predicate_is_no_test {
    static_assert(returns_bool<Conversation, Handler, Predicate>,
                  "[banter C16] when<...> takes a function, or a lambda without captures and "
                  "without auto parameters, that returns bool and is no coroutine");
};

// C16. One gets here with on_error(...) and a handler that wants an update: an error may have none.
template <class Conversation, auto Handler, class Parameter>
inline constexpr bool can_be_supplied_with_an_error = false;
template <class Conversation, auto Handler, class Parameter>
struct parameter_of_error_handler_cannot_be_supplied {
    static_assert(can_be_supplied_with_an_error<Conversation, Handler, Parameter>,
                  "[banter C16] an error handler cannot have this parameter: it may take "
                  "const failure&, bot&, bot_data<T>& and services");
};

// C16. One gets here with something that is no function: a generic lambda, a lambda with captures.
template <class Conversation, class Given>
inline constexpr bool is_a_function_or_captureless_lambda = false;
template <class Conversation, class Given>
struct handler_is_not_callable {
    static_assert(is_a_function_or_captureless_lambda<Conversation, Given>,
                  "[banter C16] this handler cannot be called: give on(...) a function, or a "
                  "lambda without captures and without auto parameters");
};

// One gets here with verify<T> or run<T> of a struct that is no bot.
template <class T>
inline constexpr bool has_a_flow = false;
template <class T>
struct struct_has_no_flow {
    static_assert(has_a_flow<T>,
                  "[banter C16] this is no conversation: give the struct a public function "
                  "static constexpr auto flow() that returns conversation(...) or handlers(...)");
};

}  // namespace error

}  // namespace banter
