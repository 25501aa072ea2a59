// What the generated views of Telegram's objects are made of: a pointer into a parsed document.
//
// Nothing is copied or converted until it is asked for. Boost.JSON's own headers are needed only
// where raw JSON is used: they cost three times as much to parse as all 400 views. So there are
// declarations only; <banter/telegram/types.hpp> has the bodies.
#pragma once

#include <banter/config.hpp>

#include <boost/json/fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter {

/// A parsed JSON document that owns its memory. Moving it does not move the values: views into it
/// stay valid.
class owned_json {
  public:
    owned_json() noexcept = default;
    /// Throws decode_error if `text` is not JSON or is nested more than 64 deep.
    static owned_json parse(std::string_view text);
    static owned_json copy_of(const boost::json::value& value);

    owned_json(owned_json&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
    owned_json& operator=(owned_json&& other) noexcept {
        std::swap(state_, other.state_);
        return *this;
    }
    ~owned_json() {
        if (state_)
            destroy();
    }

    explicit operator bool() const noexcept { return state_ != nullptr; }
    /// The document; JSON's null where there is none.
    const boost::json::value& value() const noexcept;
    /// Puts the member `name` of the document, an object, in the document's place.
    void keep_member(std::string_view name);

  private:
    struct state;
    explicit owned_json(state* s) noexcept : state_(s) {}
    void destroy() noexcept;

    state* state_ = nullptr;
};

} // namespace banter

namespace banter::telegram {

namespace detail {

using json = boost::json::value;

/// Where a value was found, in the Bot API's names, for the messages of decode_error.
struct place {
    const char* type;
    std::string_view field;
    bool element = false; ///< of the list that the field is
};

/// What marks the members of a union: a field with a fixed text, a key that only one member has
/// and one that it must not have, a date that is 0 or not.
struct member_mark {
    const char* field = nullptr;
    const char* text = nullptr;
    const char* present = nullptr;
    const char* absent = nullptr;
    enum class date_rule : unsigned char { any, zero, not_zero } date = date_rule::any;
};

// Each reads one field of the object `from`. `required_` ones throw decode_error where the field is
// missing; all throw where it has another type; null counts as missing. A null `from` has none.
std::int64_t required_integer(const json* from, place at);
double required_number(const json* from, place at);
bool required_boolean(const json* from, place at);
std::string_view required_text(const json* from, place at);
std::optional<std::int64_t> integer(const json* from, place at);
std::optional<double> number(const json* from, place at);
std::optional<bool> boolean(const json* from, place at);
std::optional<std::string_view> text(const json* from, place at);

// Objects, arrays and values of any kind are null-like themselves. Read from a null view they are
// null even where they are required.
const json* required_object(const json* from, place at);
const json* object(const json* from, place at);
const json* required_array(const json* from, place at);
const json* array(const json* from, place at);
const json* required_any(const json* from, place at);
const json* any(const json* from, place at);

/// `from` itself if it carries the mark, else nullptr.
const json* member(const json* from, const member_mark& mark);

// Each reads a value that is there, and throws decode_error where it has another type.
std::int64_t as_integer(const json& value, place at);
double as_number(const json& value, place at);
bool as_boolean(const json& value, place at);
std::string_view as_text(const json& value, place at);
const json* as_object(const json* value, place at);
const json* as_array(const json* value, place at);

/// What a value of any kind is: `value` itself, the text, or nothing.
const json* if_object(const json* value);
const json* if_array(const json* value);
std::optional<std::string_view> if_text(const json* value);

std::size_t length_of(const json* array);
std::int64_t integer_at(const json* array, std::size_t index, place at);
double number_at(const json* array, std::size_t index, place at);
bool boolean_at(const json* array, std::size_t index, place at);
std::string_view text_at(const json* array, std::size_t index, place at);
const json* object_at(const json* array, std::size_t index, place at);
const json* array_at(const json* array, std::size_t index, place at);
const json* any_at(const json* array, std::size_t index, place at);

/// The base of every view.
class view {
  public:
    constexpr view() noexcept = default;
    constexpr explicit view(const boost::json::value* value) noexcept : value_(value) {}

    /// Whether there is an object: a view of an absent field is false, and what it is asked for is
    /// absent too, except for required scalars, which throw decode_error.
    constexpr explicit operator bool() const noexcept { return value_ != nullptr; }

    /// The object as it was received, with the fields that this library does not know; an empty
    /// object where there is none. `#include <boost/json/object.hpp>` to use it.
    const boost::json::object& raw() const noexcept;

    /// The value behind the view, or nullptr.
    constexpr const boost::json::value* json() const noexcept { return value_; }

  protected:
    const boost::json::value* value_ = nullptr;
};

} // namespace detail

/// A list of views or of scalars; lists nest.
template <class T> class list {
  public:
    class iterator;

    constexpr list() noexcept = default;
    constexpr list(const boost::json::value* array, detail::place at) noexcept
        : array_(array), at_(at) {}

    /// Whether the field was there, be it empty.
    constexpr explicit operator bool() const noexcept { return array_ != nullptr; }
    std::size_t size() const { return detail::length_of(array_); }
    bool empty() const { return size() == 0; }

    /// Throws std::out_of_range past the end, and decode_error for an element of another type.
    T operator[](std::size_t index) const;
    T front() const { return (*this)[0]; }
    T back() const { return (*this)[size() - 1]; }

    iterator begin() const { return iterator(*this, 0); }
    iterator end() const { return iterator(*this, size()); }

    constexpr const boost::json::value* json() const noexcept { return array_; }

  private:
    const boost::json::value* array_ = nullptr;
    detail::place at_{"", ""};
};

/// A chat id as it stands in objects: a number, or the name of a public chat.
class chat_reference : public detail::view {
  public:
    using view::view;
    std::optional<std::int64_t> id() const;
    std::optional<std::string_view> name() const;
};

namespace detail {

template <class T> inline constexpr bool is_list = false;
template <class T> inline constexpr bool is_list<list<T>> = true;

/// Unions that may be a string or an array say so; all other views are of objects.
template <class T> inline constexpr bool is_any = requires { T::is_any; };
template <> inline constexpr bool is_any<chat_reference> = true;

template <class T> T element_at(const boost::json::value* from, std::size_t index, place at) {
    if constexpr (std::is_same_v<T, std::int64_t>)
        return integer_at(from, index, at);
    else if constexpr (std::is_same_v<T, double>)
        return number_at(from, index, at);
    else if constexpr (std::is_same_v<T, bool>)
        return boolean_at(from, index, at);
    else if constexpr (std::is_same_v<T, std::string_view>)
        return text_at(from, index, at);
    else if constexpr (is_list<T>)
        return T(array_at(from, index, at), at);
    else if constexpr (is_any<T>)
        return T(any_at(from, index, at));
    else
        return T(object_at(from, index, at));
}

} // namespace detail

template <class T> T list<T>::operator[](std::size_t index) const {
    return detail::element_at<T>(array_, index, at_);
}

template <class T> class list<T>::iterator {
  public:
    using value_type = T;
    using reference = T;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::forward_iterator_tag;

    iterator() noexcept = default;
    iterator(const list& from, std::size_t index) noexcept : from_(from), index_(index) {}

    T operator*() const { return from_[index_]; }
    iterator& operator++() {
        ++index_;
        return *this;
    }
    iterator operator++(int) {
        iterator before = *this;
        ++index_;
        return before;
    }
    friend bool operator==(const iterator& a, const iterator& b) noexcept {
        return a.index_ == b.index_;
    }

  private:
    list from_;
    std::size_t index_ = 0;
};

/// A view together with the document it looks into. It can be null: `if (message)`.
template <class View> class owned {
  public:
    owned() noexcept = default;
    owned(owned_json document, View view) noexcept
        : document_(std::move(document)), view_(std::move(view)) {}

    explicit operator bool() const noexcept { return static_cast<bool>(view_); }
    const View* operator->() const noexcept { return &view_; }
    const View& operator*() const& noexcept { return view_; }
    /// A view must not outlive its document.
    const View& operator*() const&& = delete;
    const owned_json& document() const noexcept { return document_; }

  private:
    owned_json document_;
    View view_;
};

/// A copy of what `view` looks at, with its own memory.
template <class View> owned<View> owned_copy(const View& view) {
    if (!view)
        return {};
    owned_json document = owned_json::copy_of(*view.json());
    const View copy(&document.value());
    return owned<View>(std::move(document), copy);
}

/// Reads JSON text as an object of Telegram's: `parse<telegram::update>(text)`. Throws decode_error
/// if the text is not JSON. Fields are looked at when they are asked for.
template <class View> owned<View> parse(std::string_view text) {
    owned_json document = owned_json::parse(text);
    const View view(&document.value());
    return owned<View>(std::move(document), view);
}

} // namespace banter::telegram

namespace banter {
using telegram::owned;
using telegram::owned_copy;
} // namespace banter
