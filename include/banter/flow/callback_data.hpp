// Typed callback data: how a struct or enum of the user becomes a button's data and comes back.
//
// The data is a tag of four characters, made from the type's name, and the fields as decimal
// numbers, each behind a colon: "kW2x:17:-3". So a value stays readable in logs, needs no store,
// and a keyboard sent before a restart still works; renaming the type retires its old buttons.
// The pattern that accepts exactly these texts is derived too, so the checks see typed data and
// literal patterns on the same footing.
#pragma once

#include <banter/flow/check_message.hpp>
#include <banter/flow/fixed_string.hpp>
#include <banter/flow/text_hash.hpp>

#include <boost/hana/accessors.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/second.hpp>
#include <boost/pfr/core.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter {

/// Telegram's limit for callback data, in bytes.
inline constexpr std::size_t callback_data_limit = 64;

/// Why a type cannot be callback data.
enum class callback_type_fault : std::uint8_t {
    none,
    not_copyable,       // not trivially copyable, or no struct or enum
    unsupported_field,  // a pointer, a floating-point number, an array
    too_long,           // its longest text exceeds 64 bytes
};

namespace error {
// C4. One gets here with a type that cannot be callback data, in data<T> or in a button.
template <class Data, auto Fault>
inline constexpr bool fits_into_64_bytes_of_callback_data = false;
template <class Data, auto Fault>
struct type_is_no_callback_data {
    static_assert(flow_is_sound && fits_into_64_bytes_of_callback_data<Data, Fault>,
        BANTER_SAYS("[banter C4] this type cannot be callback data: take a trivially copyable "
                    "struct of whole numbers and enums, or an enum, of at most 64 bytes as text",
                    "type", detail::name_of_type<Data>, "fault", detail::name_of_value<Fault>));
};
struct sound_callback_data {};
}  // namespace error

namespace detail {

/// The name of T as the compiler spells it, the same on g++ and clang.
template <class T>
constexpr std::string_view type_name() {
    std::string_view text = __PRETTY_FUNCTION__;
    text.remove_prefix(text.find("T = ") + 4);
    return text.substr(0, text.find_first_of(";]"));
}

/// The characters that tags and names in callback data are made of.
inline constexpr std::string_view tag_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~";

/// Four characters that stand for a type's name.
constexpr std::array<char, 4> type_tag(std::string_view name) {
    text_hash hash;
    while (!name.empty()) {
        // Compilers spell an unnamed namespace differently.
        for (const std::string_view unnamed : {"{anonymous}", "(anonymous namespace)"})
            if (name.starts_with(unnamed)) name.remove_prefix(unnamed.size());
        hash.add(name.front());
        name.remove_prefix(1);
    }
    std::array<char, 4> tag{};
    for (std::size_t i = 0; i != 4; ++i) tag[i] = tag_alphabet[(hash.value() >> (6 * i)) & 63U];
    return tag;
}

template <class T>
concept callback_number = std::is_integral_v<T> || std::is_enum_v<T>;

template <class T>
struct number_of {
    using type = T;
};
template <class T>
    requires std::is_enum_v<T>
struct number_of<T> {
    using type = std::underlying_type_t<T>;
};
template <>
struct number_of<bool> {
    using type = unsigned char;
};

/// Calls `visit` with each number in the value, in order of declaration: members of a Hana struct,
/// else of an aggregate.
template <class T, class Visit>
constexpr void for_each_number(T& value, Visit&& visit) {
    using plain = std::remove_const_t<T>;
    if constexpr (callback_number<plain>) {
        visit(value);
    } else if constexpr (boost::hana::Struct<plain>::value) {
        boost::hana::for_each(boost::hana::accessors<plain>(), [&](auto member) {
            for_each_number(boost::hana::second(member)(value), visit);
        });
    } else if constexpr (std::is_aggregate_v<plain> && !std::is_array_v<plain>) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (for_each_number(boost::pfr::get<I>(value), visit), ...);
        }(std::make_index_sequence<boost::pfr::tuple_size_v<plain>>{});
    } else {
        visit(value);
    }
}

template <class T, callback_type_fault Fault>
using callback_data_error =
    std::conditional_t<Fault == callback_type_fault::none, error::sound_callback_data,
                       error::type_is_no_callback_data<T, Fault>>;

}  // namespace detail

/// Encoding, decoder and pattern of T as callback data.
template <class T>
struct callback_codec {
  private:
    struct shape {
        callback_type_fault fault = callback_type_fault::none;
        std::size_t fields = 0;
        std::size_t longest = 4;
        std::size_t digits[callback_data_limit]{};
        bool negative[callback_data_limit]{};
    };

    static constexpr shape measured() {
        shape found{};
        if constexpr (!std::is_trivially_copyable_v<T> || !std::is_default_constructible_v<T> ||
                      !(std::is_enum_v<T> || std::is_aggregate_v<T>)) {
            found.fault = callback_type_fault::not_copyable;
        } else {
            T value{};
            detail::for_each_number(value, [&found](auto& field) {
                using field_type = std::remove_cvref_t<decltype(field)>;
                if constexpr (!detail::callback_number<field_type>) {
                    found.fault = callback_type_fault::unsupported_field;
                } else {
                    using number = typename detail::number_of<field_type>::type;
                    constexpr std::size_t digits = std::numeric_limits<number>::digits10 + 1;
                    found.longest += 1 + digits + (std::is_signed_v<number> ? 1 : 0);
                    if (found.fields == callback_data_limit) return;
                    found.digits[found.fields] = digits;
                    found.negative[found.fields++] = std::is_signed_v<number>;
                }
            });
            if (found.fault == callback_type_fault::none && found.longest > callback_data_limit)
                found.fault = callback_type_fault::too_long;
        }
        return found;
    }
    static constexpr shape form = measured();

    struct text_writer {
        char characters[1024]{};
        std::size_t size = 0;
        constexpr void add(char c) { characters[size++] = c; }
        constexpr void add(std::string_view text) {
            for (const char c : text) add(c);
        }
        constexpr void add_number(std::uint64_t number) {
            char digits[20]{};
            std::size_t count = 0;
            do {
                digits[count++] = static_cast<char>('0' + number % 10);
                number /= 10;
            } while (number != 0);
            while (count != 0) add(digits[--count]);
        }
    };

    static constexpr void write_tag(text_writer& to) {
        for (const char c : detail::type_tag(detail::type_name<T>())) to.add(c);
    }

    static constexpr text_writer written_pattern() {
        text_writer to;
        write_tag(to);
        for (std::size_t i = 0; i != form.fields; ++i) {
            to.add(form.negative[i] ? std::string_view{":-?[0-9]{1,"} : std::string_view{":[0-9]{1,"});
            to.add_number(form.digits[i]);
            to.add('}');
        }
        return to;
    }

    static constexpr text_writer written_value(const T& value) {
        text_writer to;
        write_tag(to);
        detail::for_each_number(value, [&to](const auto& field) {
            using field_type = std::remove_cvref_t<decltype(field)>;
            if constexpr (detail::callback_number<field_type>) {
                using number = typename detail::number_of<field_type>::type;
                const auto plain = static_cast<number>(field);
                to.add(':');
                if constexpr (std::is_signed_v<number>) {
                    if (plain < 0) to.add('-');
                    const auto wide = static_cast<std::uint64_t>(static_cast<std::int64_t>(plain));
                    to.add_number(plain < 0 ? ~wide + 1 : wide);
                } else {
                    to.add_number(static_cast<std::uint64_t>(plain));
                }
            }
        });
        return to;
    }

    template <std::size_t N>
    static constexpr fixed_string<N + 1> trimmed(const text_writer& from) {
        fixed_string<N + 1> text;
        for (std::size_t i = 0; i != N; ++i) text.characters[i] = from.characters[i];
        return text;
    }

  public:
    /// Whether T can be callback data, and why not.
    static constexpr callback_type_fault fault = form.fault;
    /// The longest data a T may need, in bytes.
    static constexpr std::size_t longest = form.longest;
    /// The pattern of every T's data.
    static constexpr auto pattern = trimmed<written_pattern().size>(written_pattern());
    /// The data of one value known at compile time. It holds no character special in a pattern.
    template <auto Value>
    static constexpr auto literal = trimmed<written_value(Value).size>(written_value(Value));

    /// A value's data.
    struct text {
        char characters[callback_data_limit];
        std::size_t size;
        operator std::string_view() const { return {characters, size}; }
    };
    static constexpr text encode(const T& value) {
        static_assert(sizeof(detail::callback_data_error<T, fault>) > 0);
        const text_writer written = written_value(value);
        text out{};
        out.size = written.size;
        for (std::size_t i = 0; i != written.size; ++i) out.characters[i] = written.characters[i];
        return out;
    }

    /// The value behind the data; nothing if the data is not of this type or out of range.
    static std::optional<T> decode(std::string_view data) {
        text_writer tag;
        write_tag(tag);
        if (!data.starts_with(std::string_view{tag.characters, 4})) return std::nullopt;
        data.remove_prefix(4);
        T value{};
        bool sound = true;
        detail::for_each_number(value, [&](auto& field) {
            using field_type = std::remove_cvref_t<decltype(field)>;
            typename detail::number_of<field_type>::type number{};
            if (!sound || data.empty() || data.front() != ':') {
                sound = false;
                return;
            }
            const auto [after, error] =
                std::from_chars(data.data() + 1, data.data() + data.size(), number);
            if (error != std::errc{}) {
                sound = false;
                return;
            }
            field = static_cast<field_type>(number);
            data.remove_prefix(static_cast<std::size_t>(after - data.data()));
        });
        if (!sound || !data.empty()) return std::nullopt;
        return value;
    }
};

/// g++ 12 takes the type of a constant of a class for const.
template <class T>
struct callback_codec<const T> : callback_codec<T> {};

}  // namespace banter
