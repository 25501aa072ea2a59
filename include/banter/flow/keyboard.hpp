// Keyboards, built by functions of classes with constructors: no braces in braces, which g++ 12
// rejects or breaks inside coroutines.
//
//   inline_keyboard(row(button<"bank_1">("First bank"), button<"wallet_BTC">("Bitcoin")),
//                   row(button<"back">("Back")))
//
// A state declares its keyboard, `static constexpr auto keyboard = inline_keyboard(...)`, out of
// buttons that the compiler knows: those with literal or typed data, which check C11 compares with the
// state's handlers, and those that need no handler (url_button<"https://...">("Docs") and so on).
// A button's data known only at run time is a dynamic_button, which the compiler cannot check; nor
// does it see keyboards that a handler builds in its body. Keyboards of the input field are in
// reply_keyboard.hpp, long lists in pages.hpp.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/callback_data.hpp>
#include <banter/flow/check_message.hpp>
#include <banter/telegram/json_writer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace banter {

namespace error {
// C4. One gets here with a button whose data Telegram would refuse.
template <auto Data>
inline constexpr bool has_1_to_64_bytes_of_callback_data = false;
template <auto Data>
struct callback_data_is_invalid {
    static_assert(flow_is_sound && has_1_to_64_bytes_of_callback_data<Data>,
        BANTER_SAYS("[banter C4] a button's callback data has 1 to 64 bytes: shorten it, or use "
                    "typed data, button<value>(label)",
                    "data", Data.view()));
};
struct sound_button {};
}  // namespace error

namespace detail {

void write_button(json_writer& to, std::string_view label, std::string_view field,
                  std::string_view value);
/// For fields that hold an object: {"text":label, field:{member:value}}.
void write_object_button(json_writer& to, std::string_view label, std::string_view field,
                         std::string_view member, std::string_view value);
/// One of the two: an object where there is a member.
void write_link_button(json_writer& to, std::string_view label, std::string_view field,
                       std::string_view member, std::string_view value);
/// `allowed`: bits, in the order of chosen_chat.
void write_chosen_button(json_writer& to, std::string_view label, std::string_view query,
                         unsigned allowed);
void write_pay_button(json_writer& to, std::string_view label);
/// Refuses data that Telegram would refuse. Throws std::invalid_argument.
void require_callback_data(std::string_view label, std::string_view data);

template <fixed_string Data>
inline constexpr bool sound_data = Data.size() >= 1 && Data.size() <= callback_data_limit;

template <class T>
inline constexpr bool is_fixed_string = false;
template <std::size_t N>
inline constexpr bool is_fixed_string<const fixed_string<N>> = true;

}  // namespace detail

/// An inline button whose data the compiler knows.
template <fixed_string Data>
class static_button {
  public:
    static constexpr auto data = Data;
    constexpr explicit static_button(std::string_view label) : label_(label) {}
    [[nodiscard]] constexpr std::string_view label() const { return label_; }
    [[nodiscard]] constexpr std::string_view callback_data() const { return data.view(); }
    void write_json(json_writer& to) const {
        detail::write_button(to, label_, "callback_data", data.view());
    }

  private:
    std::string_view label_;
};

/// A button with literal data: button<"back">("Back"); or with a named one, `constexpr fixed_string back =
/// "back"`. The label is not copied.
template <fixed_string Data>
[[nodiscard]] constexpr auto button(std::string_view label) {
    static_assert(sizeof(std::conditional_t<detail::sound_data<Data>, error::sound_button,
                                            error::callback_data_is_invalid<Data>>) > 0);
    return static_button<Data>(label);
}

/// A button with a typed value known to the compiler: button<color::red>("Red").
template <auto Value>
    requires(!detail::is_fixed_string<const decltype(Value)>)
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
    [[nodiscard]] constexpr std::string_view callback_data() const {
        return {data_.characters, data_.size};
    }
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
    static constexpr bool needs_no_handler = true;
    link_button(std::string_view label, std::string_view field, std::string_view member,
                std::string_view value)
        : label_(label), field_(field), member_(member), value_(value) {}
    void write_json(json_writer& to) const {
        detail::write_link_button(to, label_, field_, member_, value_);
    }

  private:
    std::string label_;
    std::string_view field_;   // a literal: the Bot API's name
    std::string_view member_;  // likewise; empty where the field is a plain string
    std::string value_;
};

/// The same for a value known to the compiler, so that a state's keyboard can hold it. The label is
/// not copied.
template <fixed_string Value>
class static_link_button {
  public:
    static constexpr bool needs_no_handler = true;
    constexpr static_link_button(std::string_view label, std::string_view field,
                                 std::string_view member = {})
        : label_(label), field_(field), member_(member) {}
    [[nodiscard]] constexpr std::string_view label() const { return label_; }
    void write_json(json_writer& to) const {
        detail::write_link_button(to, label_, field_, member_, Value.view());
    }

  private:
    std::string_view label_;
    std::string_view field_;
    std::string_view member_;
};

/// Opens a URL (InlineKeyboardButton.url).
[[nodiscard]] inline link_button url_button(std::string_view label, std::string_view url) {
    return {label, "url", "", url};
}
/// url_button<"https://example.org">("Docs").
template <fixed_string Url>
[[nodiscard]] constexpr auto url_button(std::string_view label) {
    return static_link_button<Url>(label, "url");
}
/// Opens a web app (InlineKeyboardButton.web_app).
[[nodiscard]] inline link_button web_app_button(std::string_view label, std::string_view url) {
    return {label, "web_app", "url", url};
}
template <fixed_string Url>
[[nodiscard]] constexpr auto web_app_button(std::string_view label) {
    return static_link_button<Url>(label, "web_app", "url");
}
/// Copies a text (InlineKeyboardButton.copy_text).
[[nodiscard]] inline link_button copy_button(std::string_view label, std::string_view copied) {
    return {label, "copy_text", "text", copied};
}
template <fixed_string Copied>
[[nodiscard]] constexpr auto copy_button(std::string_view label) {
    return static_link_button<Copied>(label, "copy_text", "text");
}
/// Starts an inline query in a chat to be chosen (switch_inline_query).
[[nodiscard]] inline link_button switch_inline_button(std::string_view label,
                                                      std::string_view query) {
    return {label, "switch_inline_query", "", query};
}
template <fixed_string Query>
[[nodiscard]] constexpr auto switch_inline_button(std::string_view label) {
    return static_link_button<Query>(label, "switch_inline_query");
}
/// Starts an inline query in this chat (switch_inline_query_current_chat).
[[nodiscard]] inline link_button switch_inline_here_button(std::string_view label,
                                                           std::string_view query) {
    return {label, "switch_inline_query_current_chat", "", query};
}
template <fixed_string Query>
[[nodiscard]] constexpr auto switch_inline_here_button(std::string_view label) {
    return static_link_button<Query>(label, "switch_inline_query_current_chat");
}
/// Logs the user in on a site (InlineKeyboardButton.login_url).
[[nodiscard]] inline link_button login_button(std::string_view label, std::string_view url) {
    return {label, "login_url", "url", url};
}
template <fixed_string Url>
[[nodiscard]] constexpr auto login_button(std::string_view label) {
    return static_link_button<Url>(label, "login_url", "url");
}

/// The chats that one may choose among (SwitchInlineQueryChosenChat).
enum class chosen_chat : std::uint8_t { user, bot, group, channel };

/// Starts an inline query in a chat of these sorts, of any where none is given
/// (switch_inline_query_chosen_chat):
/// switch_inline_chosen_button<"find", chosen_chat::group>("Find in a group").
template <fixed_string Query, chosen_chat... Allowed>
class switch_inline_chosen {
  public:
    static constexpr bool needs_no_handler = true;
    constexpr explicit switch_inline_chosen(std::string_view label) : label_(label) {}
    [[nodiscard]] constexpr std::string_view label() const { return label_; }
    void write_json(json_writer& to) const {
        constexpr bool all = sizeof...(Allowed) == 0;
        detail::write_chosen_button(to, label_, Query.view(),
                                    all ? 15U : ((1U << static_cast<unsigned>(Allowed)) | ... | 0U));
    }

  private:
    std::string_view label_;
};
template <fixed_string Query, chosen_chat... Allowed>
[[nodiscard]] constexpr auto switch_inline_chosen_button(std::string_view label) {
    return switch_inline_chosen<Query, Allowed...>(label);
}

/// A pay button whose label was made at run time; the label is copied.
class dynamic_pay_button {
  public:
    static constexpr bool needs_no_handler = true;
    explicit dynamic_pay_button(std::string_view label) : label_(label) {}
    void write_json(json_writer& to) const { detail::write_pay_button(to, label_); }

  private:
    std::string label_;
};
/// A pay button whose label the compiler knows.
template <fixed_string Label>
class static_pay_button {
  public:
    static constexpr bool needs_no_handler = true;
    void write_json(json_writer& to) const { detail::write_pay_button(to, Label.view()); }
};

/// The pay button of an invoice; it must be the first of its keyboard (InlineKeyboardButton.pay).
[[nodiscard]] inline dynamic_pay_button pay_button(std::string_view label) {
    return dynamic_pay_button(label);
}
/// pay_button<"Pay">(): one that a state's keyboard can hold.
template <fixed_string Label>
[[nodiscard]] constexpr auto pay_button() {
    return static_pay_button<Label>();
}

/// One row of buttons.
template <class... Buttons>
class keyboard_row {
  public:
    constexpr explicit keyboard_row(Buttons... buttons) : buttons_(std::move(buttons)...) {}
    static constexpr std::size_t size = sizeof...(Buttons);
    /// Calls `visit` with each button.
    template <class Visit>
    constexpr void for_each_button(Visit&& visit) const {
        std::apply([&visit](const auto&... button) { (visit(button), ...); }, buttons_);
    }
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

/// Buttons in rows of N, the last one shorter where they do not come out even; stands in a keyboard
/// as a row does.
template <std::size_t N, class... Buttons>
class keyboard_grid {
    static_assert(N > 0, "[banter] a grid has at least one column");

  public:
    constexpr explicit keyboard_grid(Buttons... buttons) : buttons_(std::move(buttons)...) {}
    static constexpr std::size_t size = sizeof...(Buttons);
    template <class Visit>
    constexpr void for_each_button(Visit&& visit) const {
        std::apply([&visit](const auto&... button) { (visit(button), ...); }, buttons_);
    }
    void write_json(json_writer& to) const {
        std::size_t at = 0;
        for_each_button([&](const auto& button) {
            if (at % N == 0) to.begin_array();
            button.write_json(to);
            if (++at % N == 0 || at == size) to.end_array();
        });
    }

  private:
    std::tuple<Buttons...> buttons_;
};

/// grid<3>(button..., ...): rows of three.
template <std::size_t N, class... Buttons>
[[nodiscard]] constexpr auto grid(Buttons... buttons) {
    return keyboard_grid<N, Buttons...>(std::move(buttons)...);
}
/// One button below the other.
template <class... Buttons>
[[nodiscard]] constexpr auto column(Buttons... buttons) {
    return keyboard_grid<1, Buttons...>(std::move(buttons)...);
}

namespace detail {
/// A row as it is; a button as a row of its own.
template <class Part>
constexpr auto as_row(Part part) {
    if constexpr (requires { Part::size; })
        return part;
    else
        return keyboard_row<Part>(std::move(part));
}
template <class Part>
using row_of = decltype(as_row(std::declval<Part>()));
}  // namespace detail

/// An inline keyboard whose shape the compiler knows (InlineKeyboardMarkup).
template <class... Rows>
class inline_keyboard_of {
  public:
    constexpr explicit inline_keyboard_of(Rows... rows) : rows_(std::move(rows)...) {}
    static constexpr bool is_closed = false;
    static constexpr std::size_t size = (Rows::size + ... + 0);
    /// Calls `visit` with each button, row by row.
    template <class Visit>
    constexpr void for_each_button(Visit&& visit) const {
        std::apply([&visit](const auto&... row) { (row.for_each_button(visit), ...); }, rows_);
    }
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

/// Of rows, columns and grids; a button alone is a row of its own.
template <class... Rows>
[[nodiscard]] constexpr auto inline_keyboard(Rows... rows) {
    return inline_keyboard_of<detail::row_of<Rows>...>(detail::as_row(std::move(rows))...);
}

/// A keyboard that shows all that there is: where a state declares it, every callback handler in the
/// state's own list has to have a button here (check C11). Used as the keyboard itself.
template <class... Rows>
class closed_keyboard_of : public inline_keyboard_of<Rows...> {
  public:
    constexpr explicit closed_keyboard_of(inline_keyboard_of<Rows...> keyboard)
        : inline_keyboard_of<Rows...>(std::move(keyboard)) {}
    static constexpr bool is_closed = true;
};

/// static constexpr auto keyboard = closed(inline_keyboard(...)).
template <class... Rows>
[[nodiscard]] constexpr auto closed(inline_keyboard_of<Rows...> keyboard) {
    return closed_keyboard_of<Rows...>(std::move(keyboard));
}

namespace detail {
/// Writes what `make` makes of the elements as rows of so many.
template <class Range, class Make>
void write_grid(std::vector<std::string>& rows, std::size_t columns, const Range& elements,
                const Make& make) {
    std::size_t in_row = 0;
    for (const auto& element : elements) {
        if (in_row == 0) rows.emplace_back(1, '[');
        if (in_row != 0) rows.back() += ',';
        json_writer to(rows.back());
        make(element).write_json(to);
        if (++in_row >= columns) in_row = 0;
        if (in_row == 0) rows.back() += ']';
    }
    if (in_row != 0) rows.back() += ']';
}
}  // namespace detail

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
    /// Adds a range of buttons in rows of `columns`, at least one.
    template <class Range>
    inline_keyboard_builder& grid(std::size_t columns, const Range& buttons) {
        return grid(columns, buttons, [](const auto& button) -> const auto& { return button; });
    }
    /// The same of any range: `make` makes a button of each of its elements.
    template <class Range, class Make>
    inline_keyboard_builder& grid(std::size_t columns, const Range& elements, const Make& make) {
        detail::write_grid(rows_, columns, elements, make);
        return *this;
    }
    /// Adds a row whose buttons are known one by one: `fill` is given a function that adds one.
    template <class Fill>
    inline_keyboard_builder& row_by(const Fill& fill) {
        std::string written;
        json_writer to(written);
        to.begin_array();
        fill([&to](const auto& button) { button.write_json(to); });
        to.end_array();
        rows_.push_back(std::move(written));
        return *this;
    }
    [[nodiscard]] std::size_t rows() const { return rows_.size(); }
    void write_json(json_writer& to) const;

  private:
    std::vector<std::string> rows_;  // as JSON
};

namespace detail {

/// What a declared button asks of the flow.
enum class button_kind : std::uint8_t {
    checked,           // its data must be taken in its state
    needs_no_handler,  // a link, a payment
};

struct declared_button {
    std::string_view data;  // where checked
    button_kind kind = button_kind::needs_no_handler;
};

template <class T>
inline constexpr bool is_inline_keyboard = false;
template <class... Rows>
inline constexpr bool is_inline_keyboard<inline_keyboard_of<Rows...>> = true;
template <class... Rows>
inline constexpr bool is_inline_keyboard<closed_keyboard_of<Rows...>> = true;

template <class T>
concept checked_button = requires(const T& button) { button.callback_data(); };

/// Reads all of a keyboard. Not constant where a button's data is known at run time only.
template <class Keyboard>
constexpr std::size_t bytes_in(const Keyboard& keyboard) {
    std::size_t bytes = 0;
    keyboard.for_each_button([&bytes]<class Button>(const Button& button) {
        if constexpr (checked_button<Button>)
            bytes += std::string_view(button.callback_data()).size();
        else if constexpr (!requires { Button::needs_no_handler; })
            throw "unchecked";
    });
    return bytes;
}

/// Whether a state declares an inline keyboard that the compiler can read.
template <class State>
constexpr bool declares_keyboard() {
    if constexpr (requires { &State::keyboard; }) {
        if constexpr (std::is_pointer_v<decltype(&State::keyboard)> &&
                      is_inline_keyboard<std::remove_cvref_t<decltype(State::keyboard)>>)
            return requires {
                typename std::integral_constant<std::size_t, bytes_in(State::keyboard)>;
            };
    }
    return false;
}

template <class State>
constexpr bool declares_closed_keyboard() {
    if constexpr (declares_keyboard<State>())
        return State::keyboard.is_closed;
    else
        return false;
}

/// The buttons of the state's declared keyboard, row by row; none where it declares none.
template <class State>
constexpr auto buttons_declared() {
    if constexpr (!declares_keyboard<State>()) {
        return std::array<declared_button, 0>{};
    } else {
        std::array<declared_button, State::keyboard.size> out{};
        std::size_t at = 0;
        State::keyboard.for_each_button([&]<class Button>(const Button& button) {
            if constexpr (checked_button<Button>)
                out[at] = {button.callback_data(), button_kind::checked};
            ++at;
        });
        return out;
    }
}
template <class State>
inline constexpr auto declared_buttons = buttons_declared<State>();

}  // namespace detail

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/keyboard.ipp>
#endif
