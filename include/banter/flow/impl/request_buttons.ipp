#pragma once

#include <banter/flow/reply_keyboard.hpp>
#include <banter/telegram/methods.hpp>

namespace banter {

namespace detail {
template <class T>
request_button request_for(std::string_view label, std::string_view field, const T& wanted) {
    std::string value;
    json_writer to(value);
    wanted.write_json(to);
    return {label, field, std::move(value)};
}
}  // namespace detail

BANTER_DECL request_button users_button(std::string_view label,
                                        const keyboard_button_request_users& wanted) {
    return detail::request_for(label, "request_users", wanted);
}

BANTER_DECL request_button chat_button(std::string_view label,
                                       const keyboard_button_request_chat& wanted) {
    return detail::request_for(label, "request_chat", wanted);
}

BANTER_DECL request_button managed_bot_button(std::string_view label,
                                              const keyboard_button_request_managed_bot& wanted) {
    return detail::request_for(label, "request_managed_bot", wanted);
}

}  // namespace banter
