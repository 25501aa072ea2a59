// A state's prompt: what is said whenever the state is entered.
//
//   struct waiting_amount {
//       static void prompt(context& ctx) { ctx.reply("How much?"); }
//   };
//
// By whichever way the conversation gets there (a handler, an entry point, a timeout, a result, an
// event, `back`), the prompt runs after that handler has returned and before anything changes: if it
// throws, the conversation stays where it was. What it declares is queued behind what the handler
// declared. `stay` enters nothing; returning the state one is in enters it again. It may take context&,
// bot&, the data of its own state by reference, stored data and services.
#pragma once

#include <banter/flow/model.hpp>
#include <banter/flow/rule.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter::detail {

enum class prompt_kind : std::uint8_t {
    absent,
    sound,
    faulty,  // no static function with one signature that returns void
};

/// Anything called `prompt` in a struct makes the name ambiguous here: functions with several
/// signatures and templates, which have no address to look at.
struct with_prompt {
    int prompt;
};
template <class State>
struct name_probe : State, with_prompt {};

/// What stands in a struct under the name `prompt`. Data of that name are the state's own affair.
template <class State>
constexpr prompt_kind kind_of_prompt() {
    if constexpr (is_place_of_form<State>) {
        return prompt_kind::sound;
    } else if constexpr (requires { &State::prompt; }) {
        using named = decltype(&State::prompt);
        if constexpr (std::is_member_function_pointer_v<named>) {
            return prompt_kind::faulty;
        } else if constexpr (std::is_pointer_v<named>) {
            // A static function, or a static object: a lambda will do, a text is none.
            using held = held_handler<std::remove_cvref_t<decltype(State::prompt)>>;
            if constexpr (!signature<held>::callable)
                return prompt_kind::absent;
            else
                return std::is_void_v<typename signature<held>::result> ? prompt_kind::sound
                                                                       : prompt_kind::faulty;
        } else {
            return prompt_kind::absent;
        }
    } else if constexpr (std::is_class_v<State> && !std::is_final_v<State> &&
                         !std::is_union_v<State>) {
        return requires { &name_probe<State>::prompt; } ? prompt_kind::absent : prompt_kind::faulty;
    } else {
        return prompt_kind::absent;
    }
}
template <class State>
inline constexpr prompt_kind prompt_kind_of = kind_of_prompt<State>();
template <class State>
inline constexpr bool has_prompt = prompt_kind_of<State> == prompt_kind::sound;

/// The prompt as a function; of a state without one, nothing that could be called. Of a form's states
/// the type alone: the question is in the form (prompt_in).
template <class State>
constexpr auto held_prompt() {
    if constexpr (is_place_of_form<State>)
        return static_cast<void (*)(context&, const State&)>(nullptr);
    else if constexpr (has_prompt<State>)
        return as_handler(State::prompt);
    else
        return not_a_handler<State>{};
}
template <class State>
inline constexpr auto prompt_of = held_prompt<State>();
/// The function that is run in C: where a form asks, C's form has the question.
template <class C, class State>
inline constexpr auto prompt_in = prompt_of<State>;
template <class C, auto Member, class Form>
inline constexpr auto prompt_in<C, asking<Member, Form>> =
    &form_steps<C, Form>::template prompt<asking<Member, Form>>;
template <class C, class Form>
inline constexpr auto prompt_in<C, confirming<Form>> =
    &form_steps<C, Form>::template prompt<confirming<Form>>;
template <class State>
using prompt_signature = signature<std::remove_const_t<decltype(prompt_of<State>)>>;

/// The prompt's parameters; none where there is no prompt.
template <class State>
using prompt_parameters = typename prompt_signature<State>::arguments;

template <class List>
inline constexpr bool any_prompt_in = false;
template <class... States>
inline constexpr bool any_prompt_in<type_list<States...>> =
    ((prompt_kind_of<States> != prompt_kind::absent) || ...);
template <class C>
inline constexpr bool any_prompt = any_prompt_in<typename states_of<C>::list>;

/// The parameters of all prompts of C.
template <class List>
struct parameters_of_prompts;
template <class... States>
struct parameters_of_prompts<type_list<States...>> {
    using type = decltype((type_list<>{} + ... + prompt_parameters<States>{}));
};

// ---- what is known of one prompt ----

struct prompt_facts {
    bool faulty = false;
    kind_mask kinds = all_kinds;      // of the updates that can supply it
    std::int16_t other_state = none;  // C8: a parameter
    std::int16_t unsupplied = none;   // C16: a parameter
};

template <class C, class State, class... Ps>
constexpr void read_prompt(prompt_facts& facts, type_list<Ps...>) {
    [[maybe_unused]] std::int16_t at = 0;
    [[maybe_unused]] const auto read = [&]<class P>(std::type_identity<P>) {
        using known = parameter<P>;
        if constexpr (known::from == source::reference) {
            using object = typename known::object_type;
            const bool of_other = !std::is_same_v<object, State> &&
                                  states_of<C>::template index<object> != states_of<C>::count;
            if (of_other && facts.other_state == none) facts.other_state = at;
        } else if constexpr (known::from == source::match || known::from == source::view ||
                             known::from == source::failure || known::from == source::nothing) {
            if (facts.unsupplied == none) facts.unsupplied = at;
        } else {
            facts.kinds &= known::kinds;
        }
        ++at;
    };
    (read(std::type_identity<Ps>{}), ...);
}

template <class C, class State>
inline constexpr prompt_facts prompt_facts_of = [] {
    prompt_facts facts;
    facts.faulty = prompt_kind_of<State> == prompt_kind::faulty;
    if constexpr (has_prompt<State>) read_prompt<C, State>(facts, prompt_parameters<State>{});
    return facts;
}();

/// Of each of C's states; asked for only where there is any prompt.
template <class C>
inline constexpr auto prompts_of = []<class... States>(type_list<States...>) {
    return std::array<prompt_facts, sizeof...(States) + 1>{prompt_facts_of<C, States>...};
}(typename states_of<C>::list{});

/// The name of a state's prompt, for what is logged.
template <class State>
constexpr std::string_view prompt_name() {
    if constexpr (is_place_of_form<State>)
        return state_name<State>;
    else if constexpr (requires { function_name<prompt_of<State>>(); })
        return function_name<prompt_of<State>>();
    else
        return type_name<State>();
}

}  // namespace banter::detail
