// Which exceptions an error handler is for, and the error handlers of a flow and of a bot.
#pragma once

#include <banter/flow/shape.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <type_traits>
#include <utility>

namespace banter::detail {

/// Whether a parameter of that type is an exception, if on_error does not say which it is for. A class
/// that is only declared may be a service.
template <class T>
constexpr bool is_exception() {
    if constexpr (std::is_class_v<T> && requires { sizeof(T); })
        return std::is_base_of_v<std::exception, T>;
    else
        return false;
}

template <class... Ps>
constexpr auto first_exception(type_list<Ps...>) {
    constexpr std::size_t at = [] {
        std::size_t i = 0;
        (void)((is_exception<std::remove_cvref_t<Ps>>() || (++i, false)) || ...);
        return i;
    }();
    if constexpr (at == sizeof...(Ps))
        return std::type_identity<void>{};
    else
        return std::type_identity<std::remove_cvref_t<pick<at, Ps...>>>{};
}

/// The exceptions that a rule is for: those of a type; void: all, and failures without any.
template <class Rule>
struct caught_by {
    using type = void;
};
template <class Handler, class Thrown>
struct caught_by<error_rule<Handler, Thrown>> {
    using type = Thrown;
};
template <class Handler>
struct caught_by<error_rule<Handler, void>> {
    using type =
        typename decltype(first_exception(typename signature<Handler>::arguments{}))::type;
};
template <class C, std::size_t R>
using caught_at = typename caught_by<rule_type<C, R>>::type;

/// An error handler is given the exception.
template <class Handler, class Thrown>
struct given_to<error_rule<Handler, Thrown>> {
    using caught = typename caught_by<error_rule<Handler, Thrown>>::type;
    using type = std::conditional_t<std::is_void_v<caught>, nothing_given, caught>;
};

/// Whether a parameter of C's rule R is the exception it is for.
template <class C, std::size_t R, class P>
inline constexpr bool is_caught =
    std::is_same_v<std::remove_cvref_t<P>, caught_at<C, R>> && !std::is_rvalue_reference_v<P>;

/// The exception, if it is a T. It lives as long as something refers to it.
template <class T>
T* caught_as(const std::exception_ptr& thrown) {
    if (!thrown) return nullptr;
    try {
        std::rethrow_exception(thrown);
    } catch (T& it) {
        return &it;
    } catch (...) {
        return nullptr;
    }
}

/// C's error handlers in the order they are tried in: those in states before the others.
template <class C>
inline constexpr auto error_rules_of = [] {
    std::array<std::uint16_t, shape<C>::errors> out{};
    std::size_t count = 0;
    for (const bool in_state : {true, false})
        for (std::uint16_t r = 0; r != shape<C>::rule_count; ++r)
            if (shape<C>::places[r].where == section::error &&
                shape<C>::places[r].in_state == in_state)
                out[count++] = r;
    return out;
}();

template <class C, std::size_t R>
struct rule_ref {
    using flow = C;
    static constexpr std::size_t rule = R;
};
template <class C>
constexpr auto shared_error_rules() {
    if constexpr (shape<C>::is_conversation || shape<C>::errors == 0)
        return type_list<>{};
    else
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return type_list<rule_ref<C, error_rules_of<C>[I]>...>{};
        }(std::make_index_sequence<shape<C>::errors>{});
}
/// The error handlers for a whole bot, in order.
template <class... Bots>
using shared_errors_of = decltype((type_list<>{} + ... + shared_error_rules<Bots>()));

}  // namespace banter::detail
