// The rules of a list and the parts of a flow: values of different types, taken out by number.
//
// Not a tuple of Boost.Hana or of the standard library: each access to those instantiates a function
// whose name holds the types of all its elements, and a flow's list can have hundreds. With hana::tuple
// each of 120 handlers in one list took 35 ms to compile, with this one 26 (button patterns, g++ 12, -O2).
// Here a name holds the one element.
#pragma once

#include <cstddef>
#include <utility>

namespace banter::detail {

template <std::size_t I, class T>
struct numbered {
    T value;
};

template <class Indices, class... Ts>
struct numbered_values;
template <std::size_t... I, class... Ts>
struct numbered_values<std::index_sequence<I...>, Ts...> : numbered<I, Ts>... {
    constexpr numbered_values(Ts... values) : numbered<I, Ts>{values}... {}
};

template <class... Ts>
struct value_list : numbered_values<std::index_sequence_for<Ts...>, Ts...> {
    using numbered_values<std::index_sequence_for<Ts...>, Ts...>::numbered_values;
};
template <>
struct value_list<> {};

/// The I-th value. The compiler finds T among the bases.
template <std::size_t I, class T>
constexpr const T& nth(const numbered<I, T>& one) {
    return one.value;
}

/// Calls a function with all values.
template <class... Ts, class Function>
constexpr decltype(auto) apply_to(const value_list<Ts...>& values, Function&& function) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
        return function(nth<I, Ts>(values)...);
    }(std::index_sequence_for<Ts...>{});
}

}  // namespace banter::detail
