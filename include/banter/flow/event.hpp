// Events: what happens elsewhere, told to the bot as a value of a type of one's own.
//
//   state<waiting_payment>(on_event<paid>(thank), on(command<"cancel">, cancel))
//   handlers(on_event<payload_submitted>(report), on(command<"start">, start))
#pragma once

#include <banter/flow/rule.hpp>

#include <concepts>
#include <cstdint>

namespace banter {

/// An event and its handler. It stands among other rules, where no update reaches it.
template <class Event, class Handler>
struct event_rule {
    using event_type = Event;
    using filter_type = detail::nothing_filter;
    using handler_type = Handler;
    Handler handler;
};

/// When the conversation is told of an Event, the handler runs, and its return type says where it leads,
/// as any handler's does. It may take the event (Event by value, const Event& or Event&&), context&,
/// bot&, the data of its own state by reference, stored data and services; there is no update to take
/// from. It stands wherever on(filter, handler) does in a conversation, and is tried in the same order:
/// globals, entry points outside or under allow_reentry, the state's own, fallbacks. An event starts a
/// conversation only if the key has a chat (check C10), which is then spoken to. Sent by a handler with
/// `conversations<C>&`, from outside with dispatcher.send_event<C>(...).
///
/// In handlers(...) it takes events that are posted to the bot as a whole, dispatcher.post(Event{}) or
/// posts<Event>&, wherever they are for no conversation that is asked before (post.hpp). Its handler may
/// take the event, bot&, bot_data<T>&, services; and, if the event names them, context& and chat_data<T>&
/// (a member chat_id, or user_id for the user's private chat) and user_data<T>& (a member user_id):
/// check C7. (PTB: application.update_queue and TypeHandler; an Event of std::string does what
/// StringCommandHandler and StringRegexHandler do there.)
template <class Event, class Handler>
[[nodiscard]] constexpr auto on_event(Handler handler) {
    return event_rule<Event, detail::held_handler<Handler>>{detail::as_handler(handler)};
}

namespace detail {

/// Whether events of a type say whose they are: by members chat_id or user_id, integers.
template <class Event>
inline constexpr bool names_user = requires(const Event& event) {
    { event.user_id } -> std::convertible_to<std::int64_t>;
};
/// The chat of an event that only names a user is that user's private chat.
template <class Event>
inline constexpr bool names_chat = names_user<Event> || requires(const Event& event) {
    { event.chat_id } -> std::convertible_to<std::int64_t>;
};

}  // namespace detail
}  // namespace banter
