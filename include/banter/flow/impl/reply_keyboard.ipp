#pragma once

#include <banter/flow/reply_keyboard.hpp>
#include <banter/telegram/limits.hpp>

namespace banter {

BANTER_DECL void label_button::write_json(json_writer& to) const {
    to.begin_object();
    to.key("text");
    to.string(label_);
    to.end_object();
}

BANTER_DECL void request_button::write_json(json_writer& to) const {
    to.begin_object();
    to.key("text");
    to.string(label_);
    to.key(field_);
    to.raw(value_);
    to.end_object();
}

BANTER_DECL request_button poll_button(std::string_view label, poll_kind kind) {
    constexpr std::string_view values[] = {"{}", R"({"type":"regular"})", R"({"type":"quiz"})"};
    return {label, "request_poll", std::string(values[static_cast<std::size_t>(kind)])};
}

BANTER_DECL void reply_keyboard::write_json(json_writer& to) const {
    to.begin_object();
    to.key("keyboard");
    to.begin_array();
    for (const std::string& row : rows_) to.raw(row);
    to.end_array();
    const auto flag = [&to](std::string_view name, bool value) {
        if (!value) return;
        to.key(name);
        to.boolean(true);
    };
    flag("is_persistent", persistent_);
    flag("one_time_keyboard", one_time_);
    flag("resize_keyboard", resized_);
    flag("selective", selective_);
    flag("force_reply", force_reply_);
    if (!placeholder_.empty())
        detail::write_limited_text(to, "input_field_placeholder", placeholder_, 64);
    to.end_object();
}

}  // namespace banter
