#pragma once

#include <banter/flow/button_style.hpp>

namespace banter::detail {

BANTER_DECL void write_styled_button(json_writer& to, std::string_view button, button_style style,
                                     std::string_view icon) {
    constexpr std::string_view names[] = {"", "danger", "success", "primary"};
    to.begin_object();
    to.members(button);
    if (style != button_style::plain) {
        to.key("style");
        to.string(names[static_cast<std::size_t>(style)]);
    }
    if (!icon.empty()) {
        to.key("icon_custom_emoji_id");
        to.string(icon);
    }
    to.end_object();
}

}  // namespace banter::detail
