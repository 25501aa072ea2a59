// Keyboards, built by functions of classes with constructors: no braces in braces, which g++ 12
// rejects or breaks inside coroutines.
//
//   inline_keyboard(row(button<"bank_1">("First bank"), button<"wallet_BTC">("Bitcoin")),
//                   row(button<"back">("Back")))
//
// A state's keyboard with compile-time buttons can be `static constexpr`. A button's data known
// only at run time is a dynamic_button, which the compiler cannot check.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/callback_data.hpp>
#include <banter/telegram/json_writer.hpp>

#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace banter {

namespace error {
// C4. One gets here with a button whose data Telegram would refuse.
template <auto Data>
inline constexpr bool has_1_to_64_bytes_of_callback_data = false;
template <auto Data>
struct callback_data_is_invalid {
    static_assert(has_1_to_64_bytes_of_callback_data<Data>,
                  "[banter C4] a button's callback data has 1 to 64 bytes: shorten it, or use "
                  "typed data, button<value>(label)");
};
struct sound_button {};
}  // namespace error

namespace detail {

void write_button(json_writer& to, std::string_view label, std::string_view field,
                  std::string_view value);
/// For fields that hold an object: {"text":label, field:{member:value}}.
void write_object_button(json_writer& to, std::string_view label, std::string_view field,
                         std::string_view member, std::string_view value);
/// Refuses data that Telegram would refuse. Throws std::invalid_argument.
void require_callback_data(std::string_view label, std::string_view data);

template <fixed_string Data>
inline constexpr bool sound_data = Data.size() >= 1 && Data.size() <= callback_data_limit;

}  // namespace detail

/// An inline button whose data the compiler knows.
template <fixed_string Data>
class static_button {
  public:
    static constexpr auto data = Data;
    constexpr explicit static_button(std::string_view label) : label_(label) {}
    [[nodiscard]] constexpr std::string_view label() const { return label_; }
    void write_json(json_writer& to) const {
        detail::write_button(to, label_, "callback_data", data.view());
    }

  private:
    std::string_view label_;
};

/// A button with literal data: button<"back">("Back"). The label is not copied.
template <fixed_string Data>
[[nodiscard]] constexpr auto button(std::string_view label) {
    static_assert(sizeof(std::conditional_t<detail::sound_data<Data>, error::sound_button,
                                            error::callback_data_is_invalid<Data>>) > 0);
    return static_button<Data>(label);
}

/// A button with a typed value known to the compiler: button<color::red>("Red").
template <auto Value>
[[nodiscard]] constexpr auto button(std::string_view label) {
    using value_type = std::remove_const_t<decltype(Value)>;
    static_assert(sizeof(detail::callback_data_error<value_type,
                                                     callback_codec<value_type>::fault>) > 0);
    return static_button<callback_codec<value_type>::template literal<Value>>(label);
}

/// A button with a typed value known at run time; data<T> takes it. The label is not copied.
template <class T>
class data_button {
  public:
    constexpr data_button(const T& value, std::string_view label)
        : label_(label), data_(callback_codec<T>::encode(value)) {}
    void write_json(json_writer& to) const {
        detail::write_button(to, label_, "callback_data", data_);
    }

  private:
    std::string_view label_;
    typename callback_codec<T>::text data_;
};

/// A button whose data is a string known at run time only: the compiler cannot check that anything
/// takes it. Label and data are copied. Throws std::invalid_argument if the data is empty or has
/// more than 64 bytes.
class dynamic_button {
  public:
    dynamic_button(std::string_view label, std::string_view data) : label_(label), data_(data) {
        detail::require_callback_data(label, data);
    }
    void write_json(json_writer& to) const {
        detail::write_button(to, label_, "callback_data", data_);
    }

  private:
    std::string label_;
    std::string data_;
};

/// A button that opens a link or does something else in the client; nothing has to take it.
class link_button {
  public:
    link_button(std::string_view label, std::string_view field, std::string_view member,
                std::string_view value)
        : label_(label), field_(field), member_(member), value_(value) {}
    void write_json(json_writer& to) const;

  private:
    std::string label_;
    std::string_view field_;   // a literal: the Bot API's name
    std::string_view member_;  // likewise; empty where the field is a plain string
    std::string value_;
};

/// Opens a URL (InlineKeyboardButton.url).
[[nodiscard]] inline link_button url_button(std::string_view label, std::string_view url) {
    return {label, "url", "", url};
}
/// Opens a web app (InlineKeyboardButton.web_app).
[[nodiscard]] inline link_button web_app_button(std::string_view label, std::string_view url) {
    return {label, "web_app", "url", url};
}
/// Copies a text (InlineKeyboardButton.copy_text).
[[nodiscard]] inline link_button copy_button(std::string_view label, std::string_view copied) {
    return {label, "copy_text", "text", copied};
}
/// Starts an inline query in a chat to be chosen (switch_inline_query).
[[nodiscard]] inline link_button switch_inline_button(std::string_view label,
                                                      std::string_view query) {
    return {label, "switch_inline_query", "", query};
}
/// Logs the user in on a site (InlineKeyboardButton.login_url).
[[nodiscard]] inline link_button login_button(std::string_view label, std::string_view url) {
    return {label, "login_url", "url", url};
}

/// The pay button of an invoice; it must be the first of its keyboard (InlineKeyboardButton.pay).
class pay_button {
  public:
    explicit pay_button(std::string_view label) : label_(label) {}
    void write_json(json_writer& to) const;

  private:
    std::string label_;
};

/// One row of buttons.
template <class... Buttons>
class keyboard_row {
  public:
    constexpr explicit keyboard_row(Buttons... buttons) : buttons_(std::move(buttons)...) {}
    void write_json(json_writer& to) const {
        to.begin_array();
        std::apply([&to](const auto&... button) { (button.write_json(to), ...); }, buttons_);
        to.end_array();
    }

  private:
    std::tuple<Buttons...> buttons_;
};

template <class... Buttons>
[[nodiscard]] constexpr auto row(Buttons... buttons) {
    return keyboard_row<Buttons...>(std::move(buttons)...);
}

/// An inline keyboard whose shape the compiler knows (InlineKeyboardMarkup).
template <class... Rows>
class inline_keyboard_of {
  public:
    constexpr explicit inline_keyboard_of(Rows... rows) : rows_(std::move(rows)...) {}
    void write_json(json_writer& to) const {
        to.begin_object();
        to.key("inline_keyboard");
        to.begin_array();
        std::apply([&to](const auto&... row) { (row.write_json(to), ...); }, rows_);
        to.end_array();
        to.end_object();
    }

  private:
    std::tuple<Rows...> rows_;
};

template <class... Rows>
[[nodiscard]] constexpr auto inline_keyboard(Rows... rows) {
    return inline_keyboard_of<Rows...>(std::move(rows)...);
}

/// An inline keyboard built at run time, row by row, when its size is not known before.
class inline_keyboard_builder {
  public:
    /// Adds a row of buttons.
    template <class... Buttons>
    inline_keyboard_builder& row(const Buttons&... buttons) {
        std::string written;
        json_writer to(written);
        to.begin_array();
        (buttons.write_json(to), ...);
        to.end_array();
        rows_.push_back(std::move(written));
        return *this;
    }
    void write_json(json_writer& to) const;

  private:
    std::vector<std::string> rows_;
};

/// A keyboard of plain words under the input field, sent back as texts (ReplyKeyboardMarkup).
/// reply_keyboard().row("Boy", "Girl").one_time().
class reply_keyboard {
  public:
    /// Adds a row of plain buttons.
    template <class... Labels>
        requires(std::is_convertible_v<const Labels&, std::string_view> && ...)
    reply_keyboard& row(const Labels&... labels) {
        rows_.push_back({std::string(std::string_view(labels))...});
        return *this;
    }
    /// The client hides the keyboard after one use (one_time_keyboard).
    reply_keyboard& one_time() {
        one_time_ = true;
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
    void write_json(json_writer& to) const;

  private:
    std::vector<std::vector<std::string>> rows_;
    std::string placeholder_;
    bool one_time_ = false;
    bool resized_ = false;
    bool selective_ = false;
};

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/keyboard.ipp>
#endif
