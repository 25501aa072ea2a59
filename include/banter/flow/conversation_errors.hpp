// What the checks say of prompts, events and `back`: as in check_errors.hpp, one class template for each
// mistake.
#pragma once

#include <banter/flow/check_message.hpp>

#include <cstddef>

namespace banter::error {

/// All is well.
struct nothing_is_wrong {};

// C16. One gets here with a state that has a `prompt` which cannot be called as one: it is no static
// function, returns something, is a template or has several signatures, or is private.
template <class Conversation, class State>
inline constexpr bool has_a_static_prompt_that_returns_void = false;
template <class Conversation, class State>
struct prompt_is_malformed {
    static_assert(flow_is_sound && has_a_static_prompt_that_returns_void<Conversation, State>,
        BANTER_SAYS("[banter C16] this state's prompt cannot be run: write one public function, "
                    "no template and no coroutine, static void prompt(context&, ...)",
                    "state", detail::name_of_type<State>));
};

// C16. One gets here with a prompt that wants an update: a state is entered for other reasons too.
template <class State, class Parameter>
inline constexpr bool can_be_supplied_to_the_prompt = false;
template <class Conversation, class State, class Parameter>
struct parameter_of_prompt_cannot_be_supplied {
    static_assert(flow_is_sound && can_be_supplied_to_the_prompt<State, Parameter>,
        BANTER_SAYS("[banter C16] a state's prompt cannot have this parameter: take context&, "
                    "bot&, the data of its own state by reference, user_data<T>& or a service&",
                    "state", detail::name_of_type<State>,
                    "parameter", detail::name_of_type<Parameter>));
};

// C7. One gets here with a prompt that takes context&, or stored data of the user or the chat, and a
// handler that leads there upon an update which brings none: an inline query comes from no chat.
template <auto Handler, class State, auto Update>
inline constexpr bool brings_what_is_asked_for_in = false;
template <class Conversation, auto Handler, class State, auto Update>
struct prompt_is_not_guaranteed {
    static_assert(flow_is_sound && brings_what_is_asked_for_in<Handler, State, Update>,
        BANTER_SAYS("[banter C7] this handler leads to a state whose prompt asks for a chat or "
                    "user that the update named here lacks: narrow the filter, or let the "
                    "prompt ask for less",
                    "update", detail::name_of_value<Update>,
                    "handler", detail::name_of_value<Handler>,
                    "state", detail::name_of_type<State>));
};

// C16. One gets here by sending an event to a conversation in which no on_event<...> takes it.
template <class Conversation, class Event>
inline constexpr bool has_a_rule_for = false;
template <class Conversation, class Event>
struct event_is_unheard {
    static_assert(flow_is_sound && has_a_rule_for<Conversation, Event>,
        BANTER_SAYS("[banter C16] this conversation never takes the event that is sent to it: add "
                    "on_event<E>(handler) to its flow(), or send another",
                    "conversation", detail::name_of_type<Conversation>,
                    "event", detail::name_of_type<Event>));
};

// C16. One gets here by sending an event to {chat, user} where the key has other parts, or the like.
template <class Conversation, class Event, std::size_t Given, std::size_t Parts>
inline constexpr bool key_has_as_many_parts = false;
template <class Conversation, class Event, std::size_t Given, std::size_t Parts>
struct event_has_another_key {
    static_assert(flow_is_sound && key_has_as_many_parts<Conversation, Event, Given, Parts>,
        BANTER_SAYS("[banter C16] the conversation's key has another number of parts: write them "
                    "in braces, in the order of keyed_by<...>, {chat, user} where nothing else "
                    "is said",
                    "conversation", detail::name_of_type<Conversation>,
                    "given", detail::name_of_value<Given>,
                    "parts", detail::name_of_value<Parts>));
};

// C5. One gets here with two on_event<E>(...) for one E, of which the second is never asked.
template <class Conversation, auto Handler, class Event, auto Earlier>
inline constexpr bool is_left_the_event_by = false;
template <class Conversation, auto Handler, class Event, auto Earlier>
struct event_handler_never_runs {
    static_assert(flow_is_sound && is_left_the_event_by<Conversation, Handler, Event, Earlier>,
        BANTER_SAYS("[banter C5] this handler can never run: another one, named last, is asked "
                    "first and takes the same event; remove one of them",
                    "handler", detail::name_of_value<Handler>,
                    "event", detail::name_of_type<Event>,
                    "behind", detail::name_of_value<Earlier>));
};

// C10. One gets here with on_event among the entry points of a conversation whose key has no chat: a
// conversation that an event begins would have nobody to speak to.
template <class Conversation, auto Handler, class Event>
inline constexpr bool knows_the_chat_to_begin_in = false;
template <class Conversation, auto Handler, class Event>
struct event_cannot_begin_it {
    static_assert(flow_is_sound && knows_the_chat_to_begin_in<Conversation, Handler, Event>,
        BANTER_SAYS("[banter C10] an event cannot start this conversation: its key has no chat, so "
                    "there is nobody to speak to; add key::chat to keyed_by<...>, or let an update "
                    "start it",
                    "handler", detail::name_of_value<Handler>,
                    "event", detail::name_of_type<Event>));
};

// C14. One gets here with an event that holds a view of what is gone when the event arrives.
template <class Event, class Field>
inline constexpr bool event_owns_what_it_holds = false;
template <class Conversation, class Event, class Field>
struct event_would_dangle {
    static_assert(flow_is_sound && event_owns_what_it_holds<Event, Field>,
        BANTER_SAYS("[banter C14] this event holds a view, a pointer or a reference, which would "
                    "dangle when it arrives: hold a std::string, a value, an id or an owned copy",
                    "event", detail::name_of_type<Event>,
                    "field", detail::name_of_type<Field>));
};

// C16. One gets here by sending an event to a struct of handlers(...), which has no key.
template <class Struct, class Event>
inline constexpr bool has_conversations = false;
template <class Struct, class Event>
struct event_is_sent_to_handlers {
    static_assert(flow_is_sound && has_conversations<Struct, Event>,
        BANTER_SAYS("[banter C16] handlers(...) are no conversation with a key: post the event to the "
                    "bot instead, by posts<E>& or dispatcher.post(E{...})",
                    "struct", detail::name_of_type<Struct>,
                    "event", detail::name_of_type<Event>));
};

// C7. One gets here with an on_event handler in handlers(...) that asks for a chat or a user, of an event
// that has neither a member chat_id nor a member user_id, or no user_id for user_data<T>&.
template <auto Handler, class Event, class Parameter>
inline constexpr bool says_whose_it_is = false;
template <class Conversation, auto Handler, class Event, class Parameter>
struct event_does_not_say_whose {
    static_assert(flow_is_sound && says_whose_it_is<Handler, Event, Parameter>,
        BANTER_SAYS("[banter C7] this handler asks for a chat or user that the event does not name: "
                    "give the event a member std::int64_t user_id (of the user and the private chat), "
                    "or chat_id for the chat alone; or take bot&",
                    "event", detail::name_of_type<Event>,
                    "handler", detail::name_of_value<Handler>,
                    "parameter", detail::name_of_type<Parameter>));
};

// C9. One gets here by posting an event that no struct of the bot takes: none has on_event<E>(...), or only
// conversations whose key the event does not name.
template <class Event, class... Bots>
inline constexpr bool is_taken_by_the_bot = false;
template <class Event, class... Bots>
struct post_is_unheard {
    static_assert(flow_is_sound && is_taken_by_the_bot<Event, Bots...>,
        BANTER_SAYS("[banter C9] nothing in this bot takes an event that is posted to it: add "
                    "on_event<E>(handler) to some handlers(...); a conversation gets it only if the "
                    "event names its key, by members chat_id and user_id",
                    "event", detail::name_of_type<Event>,
                    "bot", detail::list_types<Bots...>()));
};

// C16. One gets here with an on_event handler that wants an update: it is an event that comes.
template <class Conversation, auto Handler, class Parameter>
inline constexpr bool can_be_supplied_with_an_event = false;
template <class Conversation, auto Handler, class Parameter>
struct parameter_of_event_cannot_be_supplied {
    static_assert(flow_is_sound && can_be_supplied_with_an_event<Conversation, Handler, Parameter>,
        BANTER_SAYS("[banter C16] an on_event handler cannot have this parameter: take the event, "
                    "context&, bot&, the data of its own state by reference, user_data<T>& or a "
                    "service&",
                    "handler", detail::name_of_value<Handler>,
                    "parameter", detail::name_of_type<Parameter>));
};

// C9. One gets here with conversations<C>& of a struct that is not in the bot, or is nested in one that
// is: nobody would get the events.
template <class Conversation, class... Bots>
inline constexpr bool is_a_struct_of_the_bot = false;
template <class Conversation, class... Bots>
struct events_for_a_stranger {
    static_assert(flow_is_sound && is_a_struct_of_the_bot<Conversation, Bots...>,
        BANTER_SAYS("[banter C9] a handler sends events to a struct that is none of this bot's: add "
                    "it to run<...>; to one that is nested, send through the struct around it",
                    "conversation", detail::name_of_type<Conversation>,
                    "bot", detail::list_types<Bots...>()));
};

}  // namespace banter::error
