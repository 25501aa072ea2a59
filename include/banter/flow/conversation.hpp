// The words a flow is written in: conversation(...), handlers(...), and their parts.
//
// A flow is a value: lists of rules, grouped by part. It is looked at through the struct it belongs to
// (flow_of<C>), so its own type, kilobytes long, appears in no error message.
#pragma once

#include <banter/flow/after.hpp>
#include <banter/flow/event.hpp>
#include <banter/flow/filter_names.hpp>
#include <banter/flow/fixed_string.hpp>
#include <banter/flow/rule.hpp>
#include <banter/flow/value_list.hpp>

#include <cstdint>

namespace banter {

/// What a conversation is keyed by: the chat; the user, or the chat on whose behalf somebody wrote
/// (an anonymous administrator, a channel); the message whose button was pressed; the forum's topic;
/// the business connection.
enum class key : std::uint8_t { chat, user, message, thread, business };

namespace detail {

/// Where a rule stands. Updates are offered to the first four; a timeout's rule, those for events and
/// those for the results of a nested conversation run for other reasons.
enum class section : std::uint8_t {
    global, entry, state, fallback, error, option, timeout, result, event
};

/// A part that is no list of rules.
struct option_part {
    static constexpr section where = section::option;
    static constexpr std::size_t size = 0;
};

template <section Where, class... Rules>
struct flow_part {
    static constexpr section where = Where;
    static constexpr std::size_t size = sizeof...(Rules);
    value_list<Rules...> rules;
};

template <class State, class... Rules>
struct state_part : flow_part<section::state, Rules...> {
    using state_type = State;
};

template <class... Parts>
struct conversation_flow {
    static constexpr bool is_conversation = true;
    static constexpr std::size_t size = sizeof...(Parts);
    value_list<Parts...> parts;
};

template <class... Rules>
struct handlers_flow {
    static constexpr bool is_conversation = false;
    static constexpr std::size_t size = 1;
    value_list<flow_part<section::entry, Rules...>> parts;
};

template <key... Parts>
struct key_part : option_part {};
struct reentry_part : option_part {};
struct parallel_part : option_part {};
struct total_part : option_part {};
template <class... States>
struct trap_part : option_part {};
template <fixed_string Name>
struct persistent_part : option_part {};
/// What was given as a part and is none: a rule outside of any list, for example.
struct unknown_part : option_part {};
template <class Form, class... Items>
struct form_part;

}  // namespace detail

/// Rules that start the conversation (PTB: entry_points).
template <class... Rules>
[[nodiscard]] constexpr auto entry_points(Rules... rules) {
    return detail::flow_part<detail::section::entry, Rules...>{{rules...}};
}

/// The rules of one state, tried in order while the conversation is in it (PTB: states). Among them
/// may stand nest<Child>(...), after(...) and `total`.
template <class State, class... Rules>
[[nodiscard]] constexpr auto state(Rules... rules) {
    return detail::state_part<State, Rules...>{{{rules...}}};
}

/// Rules tried in every state after the state's own (PTB: fallbacks).
template <class... Rules>
[[nodiscard]] constexpr auto fallbacks(Rules... rules) {
    return detail::flow_part<detail::section::fallback, Rules...>{{rules...}};
}

/// Rules tried in every state before the state's own: /help and /cancel that work everywhere.
template <class... Rules>
[[nodiscard]] constexpr auto globals(Rules... rules) {
    return detail::flow_part<detail::section::global, Rules...>{{rules...}};
}

/// Entry points are tried in every state too, before the state's rules (PTB: allow_reentry=True).
inline constexpr detail::reentry_part allow_reentry{};

/// The conversation goes on beside others. Without it a bot has one conversation for a key at a time:
/// when another one with the same key parts begins, this one is over, with all that is nested in it
/// and without its timeouts, unless one of the two is `parallel` (PTB: all may go on at once, and the
/// first in the group takes the update, rule R36).
inline constexpr detail::parallel_part parallel{};

/// One conversation for each combination of these; chat and user unless said otherwise. It is at
/// once the storage key and the ordering key.
template <key... Parts>
inline constexpr detail::key_part<Parts...> keyed_by{};

/// Every message and every callback query must be answered: in all states as a part of the
/// conversation, in one as an item of its state<S>(...). A state in which one would go unanswered is
/// an error that names such an update (check C17).
inline constexpr detail::total_part total{};

/// These states are meant to have no way to `end`, `finish` or a timeout: check C3 accepts them, and
/// those that lead to nothing but them.
template <class... States>
inline constexpr detail::trap_part<States...> trap{};

/// The conversation outlives a restart of the bot: its sessions are kept in the bot's store under
/// this name, which is its own (checks C14 and C15; PTB: persistent=True, name="...").
template <fixed_string Name>
inline constexpr detail::persistent_part<Name> persistent{};

namespace detail {
/// on_error(...) and after(...) stand among a conversation's parts as parts of one rule.
template <class Part>
constexpr auto as_part(Part part) {
    if constexpr (requires { Part::where; })
        return part;
    else
        return unknown_part{};
}
template <class Handler>
constexpr auto as_part(after_rule<Handler> rule) {
    return flow_part<section::timeout, after_rule<Handler>>{{rule}};
}
template <class Handler, class Thrown>
constexpr auto as_part(error_rule<Handler, Thrown> rule) {
    return flow_part<section::error, error_rule<Handler, Thrown>>{{rule}};
}
template <class... Parts>
constexpr auto conversation_of(Parts... parts) {
    return conversation_flow<Parts...>{{parts...}};
}
}  // namespace detail

/// A conversation: entry_points(...), state<S>(...) for each state, and as wanted fallbacks(...),
/// globals(...), allow_reentry, parallel, keyed_by<...>, after(...), on_error(...), total, trap<...>,
/// persistent<"name">, form<person>(...).
template <class... Parts>
[[nodiscard]] constexpr auto conversation(Parts... parts) {
    return detail::conversation_of(detail::as_part(parts)...);
}

/// Handlers without a conversation, tried in order; the first that fits runs.
template <class... Rules>
[[nodiscard]] constexpr auto handlers(Rules... rules) {
    return detail::handlers_flow<Rules...>{{{{rules...}}}};
}

/// A struct with a flow.
template <class C>
concept has_flow = requires { C::flow(); };

namespace detail {
template <class Part>
inline constexpr bool is_form_part = false;
template <class Form, class... Items>
inline constexpr bool is_form_part<form_part<Form, Items...>> = true;

template <class Flow>
inline constexpr bool has_forms = false;
template <class... Parts>
inline constexpr bool has_forms<conversation_flow<Parts...>> = (is_form_part<Parts> || ...);

/// The flow of a conversation with forms, which are states by then (form.hpp).
template <class C>
struct expanded_flow;

template <class C>
constexpr auto read_flow() {
    if constexpr (has_forms<decltype(C::flow())>)
        return expanded_flow<C>::make();
    else
        return C::flow();
}
}  // namespace detail

/// The flow of a struct, as a value.
template <has_flow C>
inline constexpr auto flow_of = detail::read_flow<C>();

}  // namespace banter
