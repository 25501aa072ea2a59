// Objects behind buttons: what is too large for callback data is kept by the bot, and the button
// carries a number for it (PTB: arbitrary_callback_data).
//
//   static choosing offer(context& ctx, stored_buttons<order>& orders) {
//       ctx.reply("Which?", inline_keyboard(row(orders.button("Tea", order{"tea", 2}))));
//   }
//   on(stored<order>, buy)            // end buy(context&, matched<stored<order>> pressed)
//   on(expired_button, too_late)      // a button whose object is not kept any more
//
// The data is a tag of four characters made from the type's name, "=", and the keyboard's random
// name with the object's place, so nobody can guess another button's. It is disjoint from the data of
// data<T> and of other types, and the checks see it as they see typed data. Objects are kept by
// keyboard: all that one handler makes. dispatcher_options says for how many keyboards, and the one
// that has not been used for the longest time goes first (button_store.hpp).
#pragma once

#include <banter/config.hpp>
#include <banter/flow/check_message.hpp>
#include <banter/flow/filter_faults.hpp>
#include <banter/flow/match.hpp>
#include <banter/flow/parameters.hpp>
#include <banter/flow/state_fields.hpp>
#include <banter/telegram/json_writer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace banter {

/// A pressed button with an object of type T behind it.
template <class T>
struct stored_filter : filter_tag {};
/// A pressed button whose object is not kept any more.
struct expired_button_filter : filter_tag {};

inline namespace filters {

/// Pressed inline buttons that stored_buttons<T> made, as long as their objects are kept:
/// matched<stored<T>> is the object.
template <class T>
inline constexpr stored_filter<T> stored{};

/// Pressed inline buttons that were made by a stored_buttons<T> of this bot, for whatever T, and whose
/// objects are kept no more (PTB: InvalidCallbackData).
inline constexpr expired_button_filter expired_button{};

}  // namespace filters

namespace error {
// C4. One gets here with a type that a bot cannot keep behind its buttons.
template <class Object>
inline constexpr bool can_be_kept_behind_a_button = false;
template <class Object>
struct type_is_no_stored_object {
    static_assert(flow_is_sound && can_be_kept_behind_a_button<Object>,
        BANTER_SAYS("[banter C4] an object behind a button is kept after the handler has returned: "
                    "take a class that can be copied, without views, pointers and references",
                    "type", detail::name_of_type<Object>));
};
struct sound_stored_object {};
}  // namespace error

/// The name of one keyboard's objects: 96 random bits.
struct keyboard_name {
    static constexpr std::size_t size = 16;
    std::array<char, size> characters{};

    [[nodiscard]] std::string_view view() const { return {characters.data(), size}; }
    bool operator==(const keyboard_name&) const = default;
    /// One that nobody has had yet.
    [[nodiscard]] static keyboard_name random();
};

namespace detail {

template <class T>
constexpr bool can_be_stored_object() {
    if constexpr (!std::is_same_v<T, std::remove_cvref_t<T>> || !std::is_copy_constructible_v<T> ||
                  !(std::is_class_v<T> || std::is_enum_v<T>))
        return false;
    else
        return !look_at_data<T>().dangles;
}

/// What all data of T's stored buttons begin with.
template <class T>
inline constexpr auto stored_tag = [] {
    const std::array<char, 4> tag = type_tag(type_name<T>());
    fixed_string<6> text;
    for (std::size_t i = 0; i != 4; ++i) text.characters[i] = tag[i];
    text.characters[4] = '=';
    return text;
}();
/// The pattern of all of them.
template <class T>
inline constexpr auto stored_pattern = [] {
    constexpr std::string_view rest = "[0-9A-Za-z_~]+";
    fixed_string<rest.size() + 6> text;
    for (std::size_t i = 0; i != 5; ++i) text.characters[i] = stored_tag<T>.characters[i];
    for (std::size_t i = 0; i != rest.size(); ++i) text.characters[5 + i] = rest[i];
    return text;
}();

template <class T>
struct filter_traits<stored_filter<T>>
    : pattern_atom<stored_pattern<T>, match_kind::whole, filter_node::op::callback> {
    static constexpr void write(filter_writer& to) {
        pattern_atom<stored_pattern<T>, match_kind::whole, filter_node::op::callback>::write(to);
        to.out[-1].said = short_type_name<T>();
    }
};
template <>
struct filter_traits<expired_button_filter>
    : pattern_atom<fixed_string(expired_button_data), match_kind::whole, filter_node::op::callback> {
    static constexpr void write(filter_writer& to) {
        pattern_atom<fixed_string(expired_button_data), match_kind::whole,
                     filter_node::op::callback>::write(to);
        to.out[-1].said = "of an earlier time";
    }
};

template <class T>
struct filter_fault<stored_filter<T>>
    : atom_fault<stored_filter<T>, can_be_stored_object<T>()> {};

/// Where one object is: its keyboard, and its place there.
struct stored_place {
    keyboard_name keyboard;
    std::size_t index = 0;
};
/// The data of a stored button: the tag, the keyboard's name, the place in decimal notation.
[[nodiscard]] std::string stored_button_data(std::string_view tag, const stored_place& where);
/// The place in such data; nothing if it is none, or of another type.
[[nodiscard]] std::optional<stored_place> stored_place_in(std::string_view tag,
                                                          std::string_view data);

struct button_desk;

/// What a handler asks of the objects behind buttons; done when it has returned.
template <class T>
struct button_orders {
    keyboard_name keyboard;
    std::vector<T> made;
    std::vector<keyboard_name> dropped;
    bool all_dropped = false;

    [[nodiscard]] bool any() const { return !made.empty() || !dropped.empty() || all_dropped; }
    void clear() {
        made.clear();
        dropped.clear();
        all_dropped = false;
    }
};

}  // namespace detail

/// A button with an object behind it; stored_buttons<T> makes it. Label and data are copied.
class stored_button {
  public:
    stored_button(std::string_view label, std::string data)
        : label_(label), data_(std::move(data)) {}
    void write_json(json_writer& to) const;

  private:
    std::string label_;
    std::string data_;
};

/// The object behind the pressed button. It lives as long as the handler, whatever is dropped.
template <class T>
class match<stored_filter<T>> {
  public:
    explicit match(const incoming& update)
        : object_(static_cast<const T*>(update.button_object())),
          where_(detail::stored_place_in(detail::stored_tag<T>.view(), update.head().data)) {
        if (object_ == nullptr) throw bad_match("there is no object behind this button");
    }
    [[nodiscard]] const T& value() const { return *object_; }
    [[nodiscard]] const T& operator*() const { return *object_; }
    [[nodiscard]] const T* operator->() const { return object_; }
    /// The keyboard that the button stands on.
    [[nodiscard]] const keyboard_name& keyboard() const { return where_->keyboard; }

  private:
    const T* object_;
    std::optional<detail::stored_place> where_;
};

/// Makes buttons with objects of type T behind them. A handler asks for `stored_buttons<T>&`. What it
/// does here is declared: objects are kept, and dropped, when the handler has returned, and not if
/// it fails. The objects that one handler makes are one keyboard.
template <class T>
class stored_buttons {
    static_assert(sizeof(std::conditional_t<detail::can_be_stored_object<T>(),
                                            error::sound_stored_object,
                                            error::type_is_no_stored_object<T>>) > 0);

  public:
    using object_type = T;

    stored_buttons() = default;
    stored_buttons(const stored_buttons&) = delete;
    stored_buttons& operator=(const stored_buttons&) = delete;

    /// A button with this object behind it.
    [[nodiscard]] stored_button button(std::string_view label, T object) {
        if (orders_.made.empty()) orders_.keyboard = keyboard_name::random();
        orders_.made.push_back(std::move(object));
        return {label, detail::stored_button_data(detail::stored_tag<T>.view(),
                                           {orders_.keyboard, orders_.made.size() - 1})};
    }
    /// Keeps the objects of the pressed button's keyboard no longer: its other buttons expire too
    /// (PTB: drop_callback_data).
    void drop(const match<stored_filter<T>>& pressed) {
        orders_.dropped.push_back(pressed.keyboard());
    }
    /// Keeps none of all objects of type T that were made before this handler
    /// (PTB: clear_callback_data).
    void clear() { orders_.all_dropped = true; }

  private:
    friend struct detail::button_desk;
    detail::button_orders<T> orders_;
};

namespace detail {

template <class T>
struct reference_parameter<stored_buttons<T>> : comes<source::stored_buttons> {
    using data_type = T;
};

struct button_desk {
    template <class T>
    static button_orders<T>& orders(stored_buttons<T>& of) {
        return of.orders_;
    }
};

}  // namespace detail
}  // namespace banter
