// Keyboards under the input field, what takes them away, and what asks for a reply.
//
//   reply_keyboard().row("Boy", "Girl").row(contact_button("My phone number")).one_time()
//   remove_keyboard{}    force_reply{.input_field_placeholder = "Your name"}
//
// A plain button sends its label as a text. Others ask the user for something, which comes as a message
// of its own: a contact, a location, users_shared, chat_shared, web_app_data.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/button_style.hpp>
#include <banter/flow/keyboard.hpp>
#include <banter/telegram/json_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace banter {

struct force_reply;
struct reply_keyboard_remove;
struct keyboard_button_request_chat;
struct keyboard_button_request_managed_bot;
struct keyboard_button_request_users;

/// Takes the reply keyboard away (ReplyKeyboardRemove): remove_keyboard{.selective = true} only from
/// those whom the message mentions or answers.
using remove_keyboard = reply_keyboard_remove;

/// A button of a reply keyboard that sends its label.
class label_button {
  public:
    explicit label_button(std::string_view label) : label_(label) {}
    void write_json(json_writer& to) const;

  private:
    std::string label_;
};

/// A plain word in colour: styled("No", button_style::danger).
[[nodiscard]] inline auto styled(std::string_view label, button_style style,
                                 std::string_view icon = {}) {
    return styled(label_button(label), style, icon);
}

/// A button of a reply keyboard that asks the user for something.
class request_button {
  public:
    /// `field` is the Bot API's name, a literal; `value` is JSON.
    request_button(std::string_view label, std::string_view field, std::string value)
        : label_(label), field_(field), value_(std::move(value)) {}
    void write_json(json_writer& to) const;

  private:
    std::string label_;
    std::string_view field_;
    std::string value_;
};

/// Sends the user's phone number, in private chats only (request_contact).
[[nodiscard]] inline request_button contact_button(std::string_view label) {
    return {label, "request_contact", "true"};
}
/// Sends where the user is, in private chats only (request_location).
[[nodiscard]] inline request_button location_button(std::string_view label) {
    return {label, "request_location", "true"};
}

/// What a poll_button lets the user make (KeyboardButtonPollType).
enum class poll_kind : std::uint8_t { any, regular, quiz };

/// Lets the user make a poll and send it, in private chats only (request_poll).
[[nodiscard]] BANTER_DECL request_button poll_button(std::string_view label,
                                                     poll_kind kind = poll_kind::any);
/// Lets the user pick users, a chat, or make a managed bot; in private chats only (request_users,
/// request_chat, request_managed_bot). The answer has the same request_id:
/// users_button("Whom?", {.request_id = 1, .max_quantity = 3}).
[[nodiscard]] BANTER_DECL request_button users_button(std::string_view label,
                                                      const keyboard_button_request_users& wanted);
[[nodiscard]] BANTER_DECL request_button chat_button(std::string_view label,
                                                     const keyboard_button_request_chat& wanted);
[[nodiscard]] BANTER_DECL request_button
managed_bot_button(std::string_view label, const keyboard_button_request_managed_bot& wanted);

namespace detail {
template <class Part>
decltype(auto) as_reply_button(const Part& part) {
    if constexpr (std::is_convertible_v<const Part&, std::string_view>)
        return label_button(std::string_view(part));
    else
        return part;
}
}  // namespace detail

/// A keyboard under the input field (ReplyKeyboardMarkup), built row by row. Buttons are plain words,
/// those above, web_app_button(label, url), and any of these styled(...).
class reply_keyboard {
  public:
    /// Adds a row of buttons.
    template <class... Buttons>
        requires(sizeof...(Buttons) > 0)
    reply_keyboard& row(const Buttons&... buttons) {
        std::string written;
        json_writer to(written);
        to.begin_array();
        (detail::as_reply_button(buttons).write_json(to), ...);
        to.end_array();
        rows_.push_back(std::move(written));
        return *this;
    }
    /// Adds buttons one below the other.
    template <class... Buttons>
    reply_keyboard& column(const Buttons&... buttons) {
        (row(buttons), ...);
        return *this;
    }
    /// Adds a range of words or buttons in rows of `columns`, at least one.
    template <class Range>
    reply_keyboard& grid(std::size_t columns, const Range& buttons) {
        detail::write_grid(rows_, columns, buttons, [](const auto& button) -> decltype(auto) {
            return detail::as_reply_button(button);
        });
        return *this;
    }
    /// The client hides the keyboard after one use (one_time_keyboard).
    reply_keyboard& one_time() {
        one_time_ = true;
        return *this;
    }
    /// The client shows it whenever its own is hidden (is_persistent).
    reply_keyboard& persistent() {
        persistent_ = true;
        return *this;
    }
    /// As small as the buttons allow (resize_keyboard).
    reply_keyboard& resized() {
        resized_ = true;
        return *this;
    }
    /// Shown in the empty input field (input_field_placeholder), 1 to 64 characters.
    reply_keyboard& placeholder(std::string_view hint) {
        placeholder_ = hint;
        return *this;
    }
    /// Only for the users addressed (selective).
    reply_keyboard& selective() {
        selective_ = true;
        return *this;
    }
    /// The client begins a reply to the message at once (force_reply).
    reply_keyboard& force_reply() {
        force_reply_ = true;
        return *this;
    }
    void write_json(json_writer& to) const;

  private:
    std::vector<std::string> rows_;  // as JSON
    std::string placeholder_;
    bool one_time_ = false;
    bool persistent_ = false;
    bool resized_ = false;
    bool selective_ = false;
    bool force_reply_ = false;
};

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/reply_keyboard.ipp>
#endif
