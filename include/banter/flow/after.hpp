// Timeouts: after(30min, expired).
#pragma once

#include <banter/flow/rule.hpp>

#include <chrono>

namespace banter {

/// A timeout and its handler. It stands among a state's rules or among a conversation's parts, where
/// no update reaches it.
template <class Handler>
struct after_rule {
    using filter_type = detail::nothing_filter;
    using handler_type = Handler;
    std::chrono::milliseconds delay;
    Handler handler;
    bool extended = true;

    /// The time counts from when the state was entered, whatever the user does since then.
    [[nodiscard]] constexpr after_rule fixed() const { return {delay, handler, false}; }
};

/// If nothing happens for `delay`, the handler runs: in state<S>(...) while the conversation is in
/// S, directly in conversation(...) while it is in any state. Its return type says where it leads,
/// as any handler's does, so a timeout may also move to another state (PTB: conversation_timeout and
/// ConversationHandler.TIMEOUT, which can only end). There is no update: the handler may take
/// context&, bot&, the data of its own state by reference, stored data and services (check C13).
/// Each update that the conversation handles starts the time anew (PTB does the same), unless the rule
/// is after(...).fixed(). A handler that stays has had its turn: the next update starts the time again.
/// Parts of a millisecond count as a whole one.
template <class Rep, class Period, class Handler>
[[nodiscard]] constexpr auto after(std::chrono::duration<Rep, Period> delay, Handler handler) {
    return after_rule<detail::held_handler<Handler>>{
        std::chrono::ceil<std::chrono::milliseconds>(delay), detail::as_handler(handler)};
}

}  // namespace banter
