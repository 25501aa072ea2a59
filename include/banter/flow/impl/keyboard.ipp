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

}  // namespace detail

BANTER_DECL void link_button::write_json(json_writer& to) const {
    if (member_.empty())
        detail::write_button(to, label_, field_, value_);
    else
        detail::write_object_button(to, label_, field_, member_, value_);
}

BANTER_DECL void pay_button::write_json(json_writer& to) const {
    to.begin_object();
    to.key("text");
    to.string(label_);
    to.key("pay");
    to.boolean(true);
    to.end_object();
}

BANTER_DECL void inline_keyboard_builder::write_json(json_writer& to) const {
    to.begin_object();
    to.key("inline_keyboard");
    to.begin_array();
    for (const std::string& row : rows_) to.raw(row);
    to.end_array();
    to.end_object();
}

BANTER_DECL void reply_keyboard::write_json(json_writer& to) const {
    to.begin_object();
    to.key("keyboard");
    to.begin_array();
    for (const auto& row : rows_) {
        to.begin_array();
        for (const std::string& label : row) {
            to.begin_object();
            to.key("text");
            to.string(label);
            to.end_object();
        }
        to.end_array();
    }
    to.end_array();
    const auto flag = [&to](std::string_view name, bool value) {
        if (!value) return;
        to.key(name);
        to.boolean(true);
    };
    flag("one_time_keyboard", one_time_);
    flag("resize_keyboard", resized_);
    flag("selective", selective_);
    if (!placeholder_.empty()) {
        to.key("input_field_placeholder");
        to.string(placeholder_);
    }
    to.end_object();
}

}  // namespace banter
