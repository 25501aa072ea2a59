// Deep links whose parameter the compiler knows and checks: deep_link<"invite">("shop_bot").
#pragma once

#include <banter/flow/check_message.hpp>
#include <banter/flow/fixed_string.hpp>
#include <banter/telegram/text.hpp>

#include <string>
#include <string_view>
#include <type_traits>

namespace banter {

namespace error {
// C4. One gets here with a parameter of a deep link that Telegram would refuse.
template <auto Parameter>
inline constexpr bool deep_link_has_at_most_64_of_A_Z_a_z_0_9_underscore_hyphen = false;
template <auto Parameter>
struct deep_link_is_invalid {
    static_assert(flow_is_sound &&
                      deep_link_has_at_most_64_of_A_Z_a_z_0_9_underscore_hyphen<Parameter>,
        BANTER_SAYS("[banter C4] Telegram would refuse this deep link's parameter: write at most 64 "
                    "of A-Z, a-z, 0-9, _ and -, and other data as base64url",
                    "parameter", Parameter.view()));
};
struct sound_deep_link {};
}  // namespace error

/// A link that starts the bot with `/start Parameter`, in a chat or in a group. Of the other form,
/// deep_link(username, payload), use is made where the parameter is known at run time only.
template <fixed_string Parameter>
[[nodiscard]] std::string deep_link(std::string_view bot_username,
                                    deep_link_to where = deep_link_to::chat) {
    static_assert(sizeof(std::conditional_t<detail::is_deep_link_parameter(Parameter.view()),
                                            error::sound_deep_link,
                                            error::deep_link_is_invalid<Parameter>>) > 0);
    if constexpr (detail::is_deep_link_parameter(Parameter.view()))
        return deep_link(bot_username, Parameter.view(), where);
    else
        return {};
}

}  // namespace banter
