#pragma once

#include <banter/flow/keyboard.hpp>

#include <stdexcept>

namespace banter {

namespace detail {

BANTER_DECL void write_button(json_writer& to, std::string_view label, std::string_view field,
                              std::string_view value) {
    to.begin_object();
    to.key("text");
    to.string(label);
    to.key(field);
    to.string(value);
    to.end_object();
}

BANTER_DECL void write_object_button(json_writer& to, std::string_view label,
                                     std::string_view field, std::string_view member,
                                     std::string_view value) {
    to.begin_object();
    to.key("text");
    to.string(label);
    to.key(field);
    to.begin_object();
    to.key(member);
    to.string(value);
    to.end_object();
    to.end_object();
}

BANTER_DECL void require_callback_data(std::string_view label, std::string_view data) {
    if (!data.empty() && data.size() <= callback_data_limit) return;
    throw std::invalid_argument("the button '" + std::string(label) + "' has callback data of " +
                                std::to_string(data.size()) +
                                " bytes, and Telegram takes 1 to 64: shorten it");
}

BANTER_DECL void write_link_button(json_writer& to, std::string_view label,
                                   std::string_view field, std::string_view member,
                                   std::string_view value) {
    if (member.empty())
        write_button(to, label, field, value);
    else
        write_object_button(to, label, field, member, value);
}

BANTER_DECL void write_chosen_button(json_writer& to, std::string_view label,
                                     std::string_view query, unsigned allowed) {
    to.begin_object();
    to.key("text");
    to.string(label);
    to.key("switch_inline_query_chosen_chat");
    to.begin_object();
    to.key("query");
    to.string(query);
    for (const std::string_view sort : {"allow_user_chats", "allow_bot_chats", "allow_group_chats",
                                        "allow_channel_chats"}) {
        if ((allowed & 1U) != 0) {
            to.key(sort);
            to.boolean(true);
        }
        allowed >>= 1;
    }
    to.end_object();
    to.end_object();
}

BANTER_DECL void write_pay_button(json_writer& to, std::string_view label) {
    to.begin_object();
    to.key("text");
    to.string(label);
    to.key("pay");
    to.boolean(true);
    to.end_object();
}

}  // namespace detail

BANTER_DECL void inline_keyboard_builder::write_json(json_writer& to) const {
    to.begin_object();
    to.key("inline_keyboard");
    to.begin_array();
    for (const std::string& row : rows_) to.raw(row);
    to.end_array();
    to.end_object();
}

}  // namespace banter
