// The words a flow is written in: conversation(...), handlers(...), and their parts.
//
// A flow is a value: Boost.Hana tuples of rules, grouped by part. It is looked at through the
// struct it belongs to (flow_of<C>), so its own type, kilobytes long, appears in no error message.
#pragma once

#include <banter/flow/filter_names.hpp>
#include <banter/flow/rule.hpp>

#include <boost/hana/fwd/at.hpp>
#include <boost/hana/tuple.hpp>

#include <cstdint>

namespace banter {

/// What a conversation is keyed by.
enum class key : std::uint8_t { chat, user, message, thread, business };

namespace detail {

enum class section : std::uint8_t {
    global, entry, state, fallback, error, option
};

template <section Where, class... Rules>
struct flow_part {
    static constexpr section where = Where;
    static constexpr std::size_t size = sizeof...(Rules);
    boost::hana::tuple<Rules...> rules;
};

template <class State, class... Rules>
struct state_part : flow_part<section::state, Rules...> {
    using state_type = State;
};

template <class... Parts>
struct conversation_flow {
    static constexpr bool is_conversation = true;
    static constexpr std::size_t size = sizeof...(Parts);
    boost::hana::tuple<Parts...> parts;
};

template <class... Rules>
struct handlers_flow {
    static constexpr bool is_conversation = false;
    static constexpr std::size_t size = 1;
    boost::hana::tuple<flow_part<section::entry, Rules...>> parts;
};

template <key... Parts>
struct key_part {
    static constexpr section where = section::option;
    static constexpr std::size_t size = 0;
};
struct reentry_part {
    static constexpr section where = section::option;
    static constexpr std::size_t size = 0;
};

}  // namespace detail

/// Rules that start the conversation (PTB: entry_points).
template <class... Rules>
[[nodiscard]] constexpr auto entry_points(Rules... rules) {
    return detail::flow_part<detail::section::entry, Rules...>{{rules...}};
}

/// The rules of one state, tried in order while the conversation is in it (PTB: states).
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

/// One conversation for each combination of these; chat and user unless said otherwise. It is at
/// once the storage key and the ordering key.
template <key... Parts>
inline constexpr detail::key_part<Parts...> keyed_by{};

namespace detail {
/// on_error(...) stands among a conversation's parts as a part of one rule.
template <class Part>
constexpr Part as_part(Part part) {
    return part;
}
template <class Handler>
constexpr auto as_part(error_rule<Handler> rule) {
    return flow_part<section::error, error_rule<Handler>>{{rule}};
}
template <class... Parts>
constexpr auto conversation_of(Parts... parts) {
    return conversation_flow<Parts...>{{parts...}};
}
}  // namespace detail

/// A conversation: entry_points(...), state<S>(...) for each state, and as wanted fallbacks(...),
/// globals(...), allow_reentry, keyed_by<...>, on_error(...).
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

/// The flow of a struct, as a value.
template <has_flow C>
inline constexpr auto flow_of = C::flow();

}  // namespace banter
