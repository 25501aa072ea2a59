// What the checks say of a conversation's parts by themselves, its states and its key: as in
// check_errors.hpp, one class template for each mistake.
#pragma once

#include <banter/flow/check_message.hpp>

namespace banter::error {

// C16. One gets here with state<end>(...), state<int>(...) or the like, or with state<S>(...) twice in
// one conversation.
template <class Conversation, class State>
inline constexpr bool is_one_of_the_states_of = false;
template <class Conversation, class State>
struct state_is_odd {
    static_assert(flow_is_sound && is_one_of_the_states_of<Conversation, State>,
        BANTER_SAYS("[banter C16] this cannot be a state, or is one already: a state is a struct "
                    "of its own, and all its rules stand in one state<...>(...)",
                    "state", detail::name_of_type<State>,
                    "conversation", detail::name_of_type<Conversation>));
};

// C10. One gets here with keyed_by<> without a part, with the same part twice in it, or with two
// keyed_by<...> in one conversation (PTB: rule R3).
template <class Conversation>
inline constexpr bool has_one_key = false;
template <class Conversation>
struct key_is_odd {
    static_assert(flow_is_sound && has_one_key<Conversation>,
        BANTER_SAYS("[banter C10] a conversation has one key, of one or more different parts: "
                    "write keyed_by<key::chat, key::user> or the like once, or leave it out",
                    "conversation", detail::name_of_type<Conversation>));
};

// C10. One gets here with a handler whose filter names a kind of update that lacks a part of the
// conversation's key: such an update belongs to no conversation. Part is what it lacks.
template <class Conversation, auto Handler, auto Kind, auto Part>
inline constexpr bool has_the_key_of = false;
template <class Conversation, auto Handler, auto Kind, auto Part>
struct update_cannot_supply_the_key {
    static_assert(flow_is_sound && has_the_key_of<Conversation, Handler, Kind, Part>,
        BANTER_SAYS("[banter C10] such updates lack a part of the conversation's key, "
                    "so this handler can never run: put it into handlers(...), or "
                    "choose another key, keyed_by<...>",
                    "update", detail::name_of_value<Kind>,
                    "lacks", detail::name_of_value<Part>,
                    "handler", detail::name_of_value<Handler>));
};

}  // namespace banter::error
