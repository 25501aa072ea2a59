// Which conversations say what becomes of stale buttons, and what their sessions remember for it.
#pragma once

#include <banter/flow/model.hpp>
#include <banter/flow/stale_buttons.hpp>

#include <cstdint>
#include <type_traits>

namespace banter {

namespace detail {

template <class Part>
struct stale_policy_in {
    using type = type_list<>;
};
template <class Policy>
struct stale_policy_in<stale_part<Policy>> {
    using type = type_list<Policy>;
};
template <class Flow>
struct stale_policies {
    using type = type_list<>;
};
template <class... Parts>
struct stale_policies<conversation_flow<Parts...>> {
    using type = decltype((type_list<>{} + ... + typename stale_policy_in<Parts>::type{}));
};

/// The policies of C and of those nested in it; the first counts.
template <class C>
struct stale_policies_of {
    using type = decltype([]<class... Flows>(type_list<Flows...>) {
        return (type_list<>{} + ... +
                typename stale_policies<std::remove_const_t<decltype(flow_of<Flows>)>>::type{});
    }(family_of<C>{}));
};
template <class C>
inline constexpr bool has_stale_policy = stale_policies_of<C>::type::size != 0;
template <class C>
using stale_policy_of = typename type_at<typename stale_policies_of<C>::type, 0>::type;

/// What a bot struct's session remembers: the first message whose buttons are current, and its
/// chat; 0 where nothing is known.
template <class C, bool Needed = has_stale_policy<C>>
struct latest_keyboard {};
template <class C>
struct latest_keyboard<C, true> {
    std::int64_t keyboard_message = 0;
    std::int64_t keyboard_chat = 0;

    [[nodiscard]] bool is_older(std::int64_t chat, std::int64_t message) const {
        return message != 0 && chat == keyboard_chat && message < keyboard_message;
    }
};

}  // namespace detail

}  // namespace banter
