// A state's data in words, for failure messages of tests and for logs: "waiting_details{amount: 100}".
//
// Members are known by name where the state is a Boost.Hana Struct (BOOST_HANA_DEFINE_STRUCT inside
// it, or BOOST_HANA_ADAPT_STRUCT beside it); of other states the type's name is all that is shown.
#pragma once

#include <banter/flow/callback_data.hpp>

#include <boost/hana/accessors.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/string.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

namespace banter {

/// What is known of a state's data, as a text for people.
template <class State>
[[nodiscard]] std::string state_text(const State& state);

namespace detail {

template <class T>
std::string member_text(const T& value) {
    if constexpr (std::is_same_v<T, bool>)
        return value ? "true" : "false";
    else if constexpr (std::is_arithmetic_v<T>)
        return std::to_string(value);
    else if constexpr (std::is_enum_v<T>)
        return std::to_string(static_cast<std::underlying_type_t<T>>(value));
    else if constexpr (std::convertible_to<const T&, std::string_view>)
        return '"' + std::string(std::string_view(value)) + '"';
    else if constexpr (boost::hana::Struct<T>::value)
        return state_text(value);
    else
        return "...";
}

}  // namespace detail

template <class State>
std::string state_text(const State& state) {
    std::string out(detail::type_name<State>());
    if constexpr (boost::hana::Struct<State>::value) {
        out += '{';
        bool first = true;
        boost::hana::for_each(boost::hana::accessors<State>(), [&](auto member) {
            if (!first) out += ", ";
            first = false;
            out.append(boost::hana::first(member).c_str()).append(": ");
            out += detail::member_text(boost::hana::second(member)(state));
        });
        out += '}';
    }
    return out;
}

}  // namespace banter
