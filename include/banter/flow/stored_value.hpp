// Values as texts and back again: the states of persistent conversations, and whatever else a bot's store
// wants to write down.
//
//   std::string text = write_stored(order{"tea", 2});       // JSON: ["tea",2]
//   order back = read_stored<order>(text);
//
// All that check C14 lets a persistent conversation's state hold can be written: numbers, texts, enums,
// times, plain structs and Boost.Hana Structs of such, optional, variant, pair, tuple and containers. A
// struct is the array of its fields, in their order: one that has got other fields reads no old texts.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/state_fields.hpp>
#include <banter/telegram/json_writer.hpp>
#include <banter/telegram/view.hpp>

#include <boost/hana/for_each.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace banter {

/// A stored text that is not what a value of the type was written as: it is damaged, or older than the
/// type's last change.
class bad_stored_value : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The value as JSON text.
template <class T>
[[nodiscard]] std::string write_stored(const T& value);

/// The value that write_stored() has written. Throws bad_stored_value.
template <class T>
[[nodiscard]] T read_stored(std::string_view text);

namespace detail {

/// A value inside a stored text. Each function throws bad_stored_value where the value is another.
class stored_json {
  public:
    explicit stored_json(const boost::json::value& value) : value_(&value) {}

    [[nodiscard]] bool is_null() const;
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] std::int64_t integer() const;
    [[nodiscard]] std::uint64_t natural() const;
    /// Also those that JSON has no words for.
    [[nodiscard]] double number() const;
    [[nodiscard]] std::string_view text() const;
    /// Of an array: its size, and that it has this one.
    [[nodiscard]] std::size_t size() const;
    void require_size(std::size_t wanted) const;
    [[nodiscard]] stored_json operator[](std::size_t i) const;

  private:
    const boost::json::value* value_;
};

[[noreturn]] void refuse_stored(std::string_view why);
owned_json parse_stored(std::string_view text);
void write_stored_number(json_writer& to, double value);
void write_stored_natural(json_writer& to, std::uint64_t value);

template <class T>
void write_value(json_writer& to, const T& value);
template <class T>
T read_value(stored_json from);

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_variant = false;
template <class... Ts>
inline constexpr bool is_variant<std::variant<Ts...>> = true;

/// What a container is made of, without the const of a map's keys.
template <class T>
struct stored_element {
    using type = T;
};
template <class A, class B>
struct stored_element<std::pair<const A, B>> {
    using type = std::pair<A, B>;
};

template <class Value>
void write_fields(json_writer& to, const Value& value) {
    to.begin_array();
    if constexpr (boost::hana::Struct<Value>::value) {
        boost::hana::for_each(boost::hana::accessors<Value>(), [&](auto member) {
            write_value(to, boost::hana::second(member)(value));
        });
    } else if constexpr (!std::is_empty_v<Value>) {
        bind_fields<count_fields<Value>()>(
            value, [&](auto, const auto&... fields) { (write_value(to, fields), ...); });
    }
    to.end_array();
}

template <class Value, class... Fields, std::size_t... I>
Value read_aggregate(stored_json from, type_list<Fields...>, std::index_sequence<I...>) {
    return Value{read_value<std::remove_cv_t<Fields>>(from[I])...};
}
template <class Value>
Value read_fields(stored_json from) {
    if constexpr (boost::hana::Struct<Value>::value) {
        Value out{};
        std::size_t at = 0;
        boost::hana::for_each(boost::hana::accessors<Value>(), [&](auto member) {
            auto& field = boost::hana::second(member)(out);
            field = read_value<std::remove_cvref_t<decltype(field)>>(from[at++]);
        });
        from.require_size(at);
        return out;
    } else if constexpr (std::is_empty_v<Value>) {
        from.require_size(0);
        return Value{};
    } else {
        using fields = fields_of<Value>;
        from.require_size(fields::size);
        return read_aggregate<Value>(from, fields{}, std::make_index_sequence<fields::size>{});
    }
}

template <class Tuple, std::size_t... I>
Tuple read_tuple(stored_json from, std::index_sequence<I...>) {
    from.require_size(sizeof...(I));
    return Tuple{read_value<std::remove_cv_t<std::tuple_element_t<I, Tuple>>>(from[I])...};
}

template <class Variant, std::size_t... I>
Variant read_variant(stored_json from, std::index_sequence<I...>) {
    from.require_size(2);
    const std::uint64_t which = from[0].natural();
    std::optional<Variant> out;
    ((which == I ? void(out.emplace(std::in_place_index<I>,
                                    read_value<std::variant_alternative_t<I, Variant>>(from[1])))
                 : void()),
     ...);
    if (!out) refuse_stored("it has no such alternative");
    return *std::move(out);
}

template <class T>
void write_arithmetic(json_writer& to, T value) {
    if constexpr (std::is_same_v<T, bool>)
        to.boolean(value);
    else if constexpr (std::is_floating_point_v<T>)
        write_stored_number(to, static_cast<double>(value));
    else if constexpr (std::is_signed_v<T>)
        to.integer(value);
    else
        write_stored_natural(to, value);
}
template <class T>
T read_arithmetic(stored_json from) {
    if constexpr (std::is_same_v<T, bool>) {
        return from.boolean();
    } else if constexpr (std::is_floating_point_v<T>) {
        return static_cast<T>(from.number());
    } else {
        const auto whole = [&] {
            if constexpr (std::is_signed_v<T>)
                return from.integer();
            else
                return from.natural();
        }();
        if (whole < std::numeric_limits<T>::min() || whole > std::numeric_limits<T>::max())
            refuse_stored("a number is out of its type's range");
        return static_cast<T>(whole);
    }
}

template <class T>
void write_value(json_writer& to, const T& value) {
    if constexpr (serialisable<T>::value) {
        to.string(serialisable<T>::to_text(value));
    } else if constexpr (std::is_arithmetic_v<T>) {
        write_arithmetic(to, value);
    } else if constexpr (std::is_enum_v<T>) {
        write_arithmetic(to, static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::is_same_v<T, std::string>) {
        to.string(value);
    } else if constexpr (is_time<T>) {
        if constexpr (requires { value.time_since_epoch(); })
            write_arithmetic(to, value.time_since_epoch().count());
        else
            write_arithmetic(to, value.count());
    } else if constexpr (is_optional<T>) {
        to.begin_array();
        if (value) write_value(to, *value);
        to.end_array();
    } else if constexpr (is_variant<T>) {
        to.begin_array();
        to.integer(static_cast<std::int64_t>(value.index()));
        std::visit([&](const auto& held) { write_value(to, held); }, value);
        to.end_array();
    } else if constexpr (tuple_shaped<T>) {
        to.begin_array();
        std::apply([&](const auto&... parts) { (write_value(to, parts), ...); }, value);
        to.end_array();
    } else if constexpr (range_of_values<T>) {
        to.begin_array();
        for (const typename T::value_type& one : value) write_value(to, one);
        to.end_array();
    } else {
        write_fields(to, value);
    }
}

template <class T>
T read_value(stored_json from) {
    if constexpr (serialisable<T>::value) {
        return serialisable<T>::from_text(from.text());
    } else if constexpr (std::is_arithmetic_v<T>) {
        return read_arithmetic<T>(from);
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<T>(read_arithmetic<std::underlying_type_t<T>>(from));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return T(from.text());
    } else if constexpr (is_time<T>) {
        if constexpr (requires(const T& time) { time.time_since_epoch(); })
            return T(read_value<typename T::duration>(from));
        else
            return T(read_arithmetic<typename T::rep>(from));
    } else if constexpr (is_optional<T>) {
        if (from.size() == 0) return std::nullopt;
        from.require_size(1);
        return read_value<std::remove_cv_t<typename T::value_type>>(from[0]);
    } else if constexpr (is_variant<T>) {
        return read_variant<T>(from, std::make_index_sequence<std::variant_size_v<T>>{});
    } else if constexpr (tuple_shaped<T>) {
        return read_tuple<T>(from, std::make_index_sequence<std::tuple_size_v<T>>{});
    } else if constexpr (range_of_values<T>) {
        T out;
        for (std::size_t i = 0; i != from.size(); ++i)
            out.insert(out.end(),
                       read_value<typename stored_element<typename T::value_type>::type>(from[i]));
        return out;
    } else {
        return read_fields<T>(from);
    }
}

}  // namespace detail

template <class T>
std::string write_stored(const T& value) {
    std::string out;
    json_writer to(out);
    detail::write_value(to, value);
    return out;
}

template <class T>
T read_stored(std::string_view written) {
    const owned_json parsed = detail::parse_stored(written);
    return detail::read_value<T>(detail::stored_json(parsed.value()));
}

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/stored_value.ipp>
#endif
