// The parts that method parameters are made of: required fields, chat ids, lists, files, keyboards.
//
// All of them are trivially copyable and refer to what they were made from, as std::string_view
// does: a call is written down before the full expression ends, so temporaries are fine inside
// `api(send_message{...})`. A parameter struct that is kept in a variable must not outlive the
// strings, lists and keyboards it was given. (g++ 12 destroys owning members of an aggregate twice
// inside a co_await expression; these types have nothing to destroy.)
//
// Lists and unions are small classes of our own. The unions as std::variant with std::visit, and
// std::span for lists, would nearly double what <banter/telegram/methods.hpp> costs each file:
// 0.60 s instead of 0.33 s (g++ 12.2 -fsyntax-only, November 2026). A list_of also takes elements
// of other types, which a span cannot: a vector of input_media_photo where input_media are wanted.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/json_writer.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter {

/// What can be written as JSON: keyboards, and every generated aggregate.
template <class T>
concept json_writable =
    requires(const T& object, json_writer& writer) { object.write_json(writer); };

/// A field that must be given: it has no default, so a designated initialiser that leaves it out
/// does not compile.
template <class T> struct required {
    T value;
    constexpr required(const T& given) noexcept : value(given) {}
};

template <> struct required<std::string_view> {
    std::string_view value;
    template <class S>
        requires std::is_convertible_v<const S&, std::string_view>
    constexpr required(const S& given) noexcept : value(given) {}
};

template <> struct required<bool> {
    bool value;
    constexpr required(std::same_as<bool> auto given) noexcept : value(given) {}
};

/// How Telegram reads the marks in a text. Unset: as the bot's defaults say, else as it stands.
enum class parse_mode : std::uint8_t { unset, none, html, markdown_v2, markdown };

/// A chat's number, or its public name "@channel".
class chat_id_ref {
  public:
    template <std::integral I>
        requires(!std::same_as<I, bool> && !std::same_as<I, char>)
    constexpr chat_id_ref(I id) noexcept : id_(static_cast<std::int64_t>(id)) {}

    template <class S>
        requires std::is_convertible_v<const S&, std::string_view>
    constexpr chat_id_ref(const S& name) noexcept : name_(name) {}

    /// The number; 0 where the chat is given by name.
    constexpr std::int64_t id() const noexcept { return id_; }
    constexpr std::string_view name() const noexcept { return name_; }

    void write_json(json_writer& writer) const;

  private:
    std::int64_t id_ = 0;
    std::string_view name_;
};

/// A file to send: one that Telegram has (file_id), one that it fetches (URL), or an upload, from
/// disk or from memory. A plain string is a file_id or a URL. Refers to its strings.
class input_file {
  public:
    enum class form : std::uint8_t { text, path, bytes };

    template <class S>
        requires std::is_convertible_v<const S&, std::string_view>
    constexpr input_file(const S& file_id_or_url) noexcept : value_(file_id_or_url) {}

    static constexpr input_file file_id(std::string_view id) noexcept { return input_file(id); }
    static constexpr input_file url(std::string_view address) noexcept {
        return input_file(address);
    }
    /// A file on disk; it is read when the call is sent. `name` is what users see, by default the
    /// last part of the path.
    static constexpr input_file path(std::string_view file, std::string_view name = {}) noexcept {
        return input_file(form::path, file, name);
    }
    /// Contents in memory, which the call copies.
    static constexpr input_file bytes(std::string_view contents, std::string_view name) noexcept {
        return input_file(form::bytes, contents, name);
    }

    constexpr form kind() const noexcept { return kind_; }
    /// The file_id or URL, the path, or the contents.
    constexpr std::string_view value() const noexcept { return value_; }
    constexpr std::string_view name() const noexcept { return name_; }

    /// Inside other JSON: the text, or "attach://..." and an upload.
    void write_json(json_writer& writer) const;
    /// As a method's own parameter: a member, or an upload of the parameter's name.
    void write_parameter(json_writer& writer, std::string_view parameter) const;

  private:
    constexpr input_file(form kind, std::string_view value, std::string_view name) noexcept
        : value_(value), name_(name), kind_(kind) {}

    std::string_view value_;
    std::string_view name_;
    form kind_ = form::text;
};

/// A keyboard, or what takes one away: refers to any object that writes itself as JSON.
class reply_markup {
  public:
    constexpr reply_markup() noexcept = default;

    template <json_writable T>
        requires(!std::same_as<T, reply_markup>)
    constexpr reply_markup(const T& keyboard) noexcept
        : object_(&keyboard), write_([](const void* object, json_writer& writer) {
              static_cast<const T*>(object)->write_json(writer);
          }) {
        // One gets here with a keyboard type of one's own that is a plain struct with strings.
        static_assert(!std::is_aggregate_v<T> || std::is_trivially_destructible_v<T>,
                      "[banter] give this keyboard type a constructor: g++ 12 destroys an aggregate "
                      "that owns memory twice inside a co_await expression");
    }

    constexpr explicit operator bool() const noexcept { return write_ != nullptr; }
    void write_json(json_writer& writer) const { write_(object_, writer); }

  private:
    const void* object_ = nullptr;
    void (*write_)(const void*, json_writer&) = nullptr;
};

template <class T> class list_of;

namespace detail {

template <class T> inline constexpr bool is_list_of = false;
template <class T> inline constexpr bool is_list_of<list_of<T>> = true;

/// An object that is often no more than its text: input_poll_option, keyboard_button.
template <class T>
concept made_of_text = std::is_aggregate_v<T> && requires(std::string_view words) {
    T{.text = words};
};

template <class T, class X> void write_element(json_writer& writer, const X& element) {
    if constexpr (std::same_as<T, std::string_view>)
        writer.string(element);
    else if constexpr (std::same_as<T, std::int64_t>)
        writer.integer(element);
    else if constexpr (json_writable<X>)
        element.write_json(writer);
    else if constexpr (made_of_text<T>)
        T{.text = std::string_view(element)}.write_json(writer);
    else
        T(element).write_json(writer);
}

template <class T, class X>
void write_elements(json_writer& writer, const void* first, std::size_t count) {
    const X* const elements = static_cast<const X*>(first);
    for (std::size_t i = 0; i != count; ++i)
        write_element<T>(writer, elements[i]);
}

template <class R>
using element_of = std::remove_cvref_t<decltype(*std::declval<const R&>().data())>;

template <class X, class T>
concept element_for = std::same_as<X, T> || std::convertible_to<const X&, T> ||
                      (std::convertible_to<const X&, std::string_view> && made_of_text<T>);

/// Whatever has data() and size() over elements that a T can be made of.
template <class R, class T>
concept list_source = !is_list_of<R> && requires(const R& range) {
    { range.size() } -> std::convertible_to<std::size_t>;
    requires element_for<element_of<R>, T>;
};

} // namespace detail

/// A list as a parameter: refers to a vector, array, span or `list(...)` of T, or of what a T can
/// be made of (strings of any kind, also where an object needs no more than its text; the members of
/// a union: a vector of input_media_photo).
template <class T> class list_of {
  public:
    constexpr list_of() noexcept = default;

    template <detail::list_source<T> R>
    constexpr list_of(const R& range) noexcept
        : data_(range.data()), size_(range.size()),
          write_(&detail::write_elements<T, detail::element_of<R>>) {}

    template <class X, std::size_t N>
        requires detail::element_for<X, T>
    constexpr list_of(const X (&array)[N]) noexcept
        : data_(array), size_(N), write_(&detail::write_elements<T, X>) {}

    constexpr std::size_t size() const noexcept { return size_; }

    /// Whether a list was given, be it empty.
    constexpr explicit operator bool() const noexcept { return write_ != nullptr; }

    void write_json(json_writer& writer) const {
        writer.begin_array();
        write_(writer, data_, size_);
        writer.end_array();
    }

  private:
    const void* data_ = nullptr;
    std::size_t size_ = 0;
    void (*write_)(json_writer&, const void*, std::size_t) = nullptr;
};

template <class T> struct required<list_of<T>> {
    list_of<T> value;
    template <class R>
        requires std::convertible_to<const R&, list_of<T>>
    constexpr required(const R& given) noexcept : value(given) {}
};

namespace detail {

template <class T, class... Xs> struct list_element { using type = T; };
template <class X, class... Xs> struct list_element<void, X, Xs...> {
    static_assert((std::same_as<X, Xs> && ...),
                  "[banter] the elements of a list differ: name their common type, as in "
                  "list<input_media>(photo, video)");
    using type = X;
};
template <class X, std::size_t N, class... Xs>
    requires(!(std::same_as<std::array<X, N>, Xs> && ...))
struct list_element<void, std::array<X, N>, Xs...> {
    using type = list_of<X>;
};

} // namespace detail

/// A list written in place: `list(a, b, c)`; rows of different lengths:
/// `list(list(a, b), list(c))`; elements of different types: `list<input_media>(photo, video)`.
/// (g++ 12 rejects braces here, inside a co_await expression.)
template <class T = void, class... Xs>
    requires(sizeof...(Xs) > 0)
constexpr auto list(const Xs&... elements) {
    using element = typename detail::list_element<T, std::decay_t<const Xs&>...>::type;
    return std::array<element, sizeof...(Xs)>{{element(elements)...}};
}

namespace detail {

// What the generated bodies write a field with. Plain functions with names of their own, and names of
// fields as plain pointers: 1400 calls of one overloaded function cost g++ 41 MB more.
void write_name(json_writer& writer, const char* name);
void write_text(json_writer& writer, const char* name, std::string_view text);
void write_integer(json_writer& writer, const char* name, std::int64_t value);
void write_number(json_writer& writer, const char* name, double value);
void write_boolean(json_writer& writer, const char* name, bool value);
void write_chat(json_writer& writer, const char* name, const chat_id_ref& chat);
/// Writes nothing where there is none.
void write_parse_mode(json_writer& writer, const char* name, parse_mode mode);
void write_if_text(json_writer& writer, const char* name,
                   const std::optional<std::string_view>& text);
void write_if_integer(json_writer& writer, const char* name,
                      const std::optional<std::int64_t>& value);
void write_if_number(json_writer& writer, const char* name, const std::optional<double>& value);
void write_if_boolean(json_writer& writer, const char* name, const std::optional<bool>& value);
void write_if_chat(json_writer& writer, const char* name, const std::optional<chat_id_ref>& chat);

} // namespace detail

} // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/values.ipp>
#endif
