// Buttons that are no longer current: what a conversation does when one is pressed.
//
//   conversation(..., stale_buttons(tell<"This button is no longer current.">))
//
// A button is stale if no rule takes it now but one of the conversation's would in another state, and,
// where the conversation has this part, if its message stands above the latest one with a keyboard
// that the conversation has sent.
#pragma once

#include <banter/flow/check_message.hpp>
#include <banter/flow/conversation.hpp>
#include <banter/flow/fixed_string.hpp>
#include <banter/flow/menu.hpp>

#include <cstddef>
#include <string_view>

namespace banter {

namespace error {
// C4. One gets here with tell<"..."> of a text that Telegram would refuse.
template <class Conversation, auto Text>
inline constexpr bool has_1_to_200_characters = false;
template <class Conversation, auto Text>
struct answer_is_invalid {
    static_assert(flow_is_sound && has_1_to_200_characters<Conversation, Text>,
        BANTER_SAYS("[banter C4] the answer to a pressed button has 1 to 200 characters: shorten it, "
                    "or use stale_buttons(ignore)",
                    "conversation", detail::name_of_type<Conversation>,
                    "text", Text.view()));
};
}  // namespace error

namespace detail {

/// The user sees nothing.
struct ignore_policy {};
/// The user is told this.
template <fixed_string Text>
struct tell_policy {
    static constexpr std::string_view text{Text.characters, Text.size()};
};

/// The state's prompt is run again.
struct prompt_policy {};

template <class Policy>
inline constexpr bool is_stale_policy = false;
template <>
inline constexpr bool is_stale_policy<prompt_policy> = true;
template <>
inline constexpr bool is_stale_policy<ignore_policy> = true;
template <fixed_string Text>
inline constexpr bool is_stale_policy<tell_policy<Text>> = true;

template <class Policy>
struct stale_part : option_part {};

template <fixed_string Text>
constexpr bool sound_answer_text() {
    const std::size_t count = characters_in({Text.characters, Text.size()});
    return count >= 1 && count <= 200;
}

/// Whether a part holds no text that Telegram would refuse (check C4).
template <class Part>
inline constexpr bool has_sound_answer = true;
template <fixed_string Text>
inline constexpr bool has_sound_answer<stale_part<tell_policy<Text>>> = sound_answer_text<Text>();

template <class C, class Part>
struct answer_error_in {};
template <class C, fixed_string Text>
    requires(!sound_answer_text<Text>())
struct answer_error_in<C, stale_part<tell_policy<Text>>> {
    using type = error::answer_is_invalid<C, Text>;
};

template <class... Given>
struct stale_part_of_given {
    using type = unknown_part;
};
template <class Policy>
    requires is_stale_policy<Policy>
struct stale_part_of_given<Policy> {
    using type = stale_part<Policy>;
};

}  // namespace detail

/// The press is answered, and nothing is shown.
inline constexpr detail::ignore_policy ignore{};

/// The press is answered with a notification, of 1 to 200 characters:
/// tell<"This button is no longer current.">.
template <fixed_string Text>
inline constexpr detail::tell_policy<Text> tell{};

/// The press is answered, and the prompt of the state that the conversation is in is run again; where
/// none is going on, or the state has no prompt, the press is only answered.
inline constexpr detail::prompt_policy prompt_again{};

/// A part of a conversation: what becomes of its stale buttons. It counts for the conversations that
/// are nested in this one too. Without it a button that nothing takes is answered silently, and an
/// older keyboard works as long as the state takes its buttons.
template <class... Policy>
[[nodiscard]] constexpr auto stale_buttons(Policy...) {
    return typename detail::stale_part_of_given<Policy...>::type{};
}

}  // namespace banter
