// Buttons in colour and with an icon, in inline and in reply keyboards:
// styled(button<"delete">("Delete"), button_style::danger).
#pragma once

#include <banter/telegram/json_writer.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter {

/// How a button looks (style of KeyboardButton and InlineKeyboardButton): red, green or blue.
enum class button_style : std::uint8_t { plain, danger, success, primary };

namespace detail {
/// The members of a button's JSON object, with style and icon (where not empty) among them.
void write_styled_button(json_writer& to, std::string_view button, button_style style,
                         std::string_view icon);
}  // namespace detail

/// A button as before, but for its looks. The icon's id is not copied.
template <class Button>
class styled_button : public Button {
  public:
    constexpr styled_button(Button button, button_style style, std::string_view icon)
        : Button(std::move(button)), style_(style), icon_(icon) {}
    void write_json(json_writer& to) const {
        std::string written;
        json_writer inner(written);
        Button::write_json(inner);
        detail::write_styled_button(to, written, style_, icon_);
    }

  private:
    button_style style_;
    std::string_view icon_;
};

/// The button in this style; `icon` is the id of a custom emoji that stands before the label.
template <class Button>
    requires(!std::is_convertible_v<const Button&, std::string_view>)
[[nodiscard]] constexpr auto styled(Button button, button_style style,
                                    std::string_view icon = {}) {
    return styled_button<Button>(std::move(button), style, icon);
}

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/button_style.ipp>
#endif
