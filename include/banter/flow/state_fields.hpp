// What a state holds, as far as the compiler can see: whether a field would dangle, and whether all
// can be stored (check C14).
//
// Members of a Boost.Hana Struct are known by name; those of a plain aggregate are found by counting
// what it can be initialised with, and bound. Boost.PFR does the same, but an aggregate with a base
// class, an array or a reference is a hard error there; here it is something that cannot be looked
// into. Such a state is legal where it is not stored.
#pragma once

#include <banter/flow/match.hpp>
#include <banter/flow/parameters.hpp>
#include <banter/telegram/view.hpp>

#include <boost/hana/accessors.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/unpack.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace banter {

/// Says that a type of one's own can be stored in a persistent conversation although the library
/// cannot look into it: template <> struct banter::serialisable<money> : std::true_type {}. Where it is
/// stored (stored_value.hpp), that has two functions: std::string to_text(const money&) and
/// money from_text(std::string_view), both static.
template <class T>
struct serialisable : std::false_type {};

namespace detail {

// ---- the fields of an aggregate ----

/// Initialises anything by value, and anything but an rvalue reference by reference.
struct value_probe {
    template <class T>
    operator T() const;
};
struct reference_probe {
    template <class T>
    operator T&() const;
};
/// Initialises nothing but a base class of T.
template <class T>
struct base_probe {
    template <class Base>
        requires(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T>)
    operator Base() const;
};

template <class Probe, std::size_t>
using repeated = Probe;

template <class T, class Probe, class Indices>
inline constexpr bool takes_probes = false;
template <class T, class Probe, std::size_t... I>
inline constexpr bool takes_probes<T, Probe, std::index_sequence<I...>> =
    requires { T{repeated<Probe, I>{}...}; };

/// Whether T can be initialised with this many probes.
template <class T, class Probe, std::size_t N>
inline constexpr bool takes = takes_probes<T, Probe, std::make_index_sequence<N>>;

inline constexpr std::size_t most_fields = 24;
inline constexpr std::size_t unreadable = static_cast<std::size_t>(-1);

/// The most probes that T takes; unreadable where it takes no number of them, or too many.
template <class T, class Probe, std::size_t N = 1, bool Before = false>
constexpr std::size_t most_probes() {
    if constexpr (N > most_fields + 1)
        return unreadable;
    else if constexpr (takes<T, Probe, N>)
        return most_probes<T, Probe, N + 1, true>();
    else if constexpr (Before)
        return N - 1;
    else
        return most_probes<T, Probe, N + 1, false>();
}

template <class T, class Probe, class First, class Last>
inline constexpr bool takes_empty_between = false;
template <class T, class Probe, std::size_t... I, std::size_t... J>
inline constexpr bool
    takes_empty_between<T, Probe, std::index_sequence<I...>, std::index_sequence<J...>> =
        requires { T{repeated<Probe, I>{}..., {}, repeated<Probe, J>{}...}; };

template <class T, class Probe, class First, class Inner, class Last>
inline constexpr bool takes_list_between = false;
template <class T, class Probe, std::size_t... I, std::size_t... K, std::size_t... J>
inline constexpr bool takes_list_between<T, Probe, std::index_sequence<I...>,
                                         std::index_sequence<K...>, std::index_sequence<J...>> =
    requires { T{repeated<Probe, I>{}..., {repeated<Probe, K>{}...}, repeated<Probe, J>{}...}; };

/// Whether an array begins at the K-th of N probes: it takes several of them, unless it has braces of
/// its own. Of what has no empty value it can be a class with a constructor as well.
template <class T, class Probe, std::size_t N, std::size_t K, std::size_t Left = 2>
constexpr bool begins_array() {
    using before = std::make_index_sequence<K>;
    if constexpr (Left == 2 && takes_empty_between<T, Probe, before, std::make_index_sequence<N - K - 1>>)
        return false;
    else if constexpr (K + Left > N)
        return false;
    else if constexpr (takes_empty_between<T, Probe, before, std::make_index_sequence<N - K - Left>> ||
                       takes_list_between<T, Probe, before, std::make_index_sequence<Left>,
                                          std::make_index_sequence<N - K - Left>>)
        return true;
    else
        return begins_array<T, Probe, N, K, Left + 1>();
}

template <class T, class Probe, std::size_t N, std::size_t... K>
constexpr bool has_array(std::index_sequence<K...>) {
    return (begins_array<T, Probe, N, K>() || ...);
}

template <class T, class Probe, std::size_t N, std::size_t... I>
constexpr bool has_base(std::index_sequence<I...>) {
    return requires { T{base_probe<T>{}, repeated<Probe, I>{}...}; };
}

template <class T, std::size_t... I>
constexpr bool takes_reference_behind(std::index_sequence<I...>) {
    return requires { T{repeated<value_probe, I>{}..., reference_probe{}}; };
}

template <class T, class Probe>
constexpr std::size_t fields_with() {
    constexpr std::size_t n = most_probes<T, Probe>();
    if constexpr (n == unreadable || n > most_fields)
        return unreadable;
    else if constexpr (has_base<T, Probe, n>(std::make_index_sequence<n - 1>{}) ||
                       has_array<T, Probe, n>(std::make_index_sequence<n>{}))
        return unreadable;
    else
        return n;
}

/// The number of an aggregate's fields.
template <class T>
constexpr std::size_t count_fields() {
    if constexpr (!std::is_aggregate_v<T> || !std::is_class_v<T>) {
        return unreadable;
    } else {
        constexpr std::size_t by_value = most_probes<T, value_probe>();
        if constexpr (by_value == unreadable) {
            return fields_with<T, reference_probe>();
        } else if constexpr (by_value <= most_fields) {
            if constexpr (takes_reference_behind<T>(std::make_index_sequence<by_value>{}))
                return fields_with<T, reference_probe>();
            else
                return fields_with<T, value_probe>();
        } else {
            return unreadable;
        }
    }
}

/// Calls `visit(types, fields...)`: an aggregate's N fields, and their types as they were declared.
template <std::size_t N, class T, class Visit>
constexpr auto bind_fields([[maybe_unused]] T& of, Visit&& visit) {
    if constexpr (N == 1) {
        auto& [a] = of;
        return visit(type_list<decltype(a)>{}, a);
    } else if constexpr (N == 2) {
        auto& [a, b] = of;
        return visit(type_list<decltype(a), decltype(b)>{}, a, b);
    } else if constexpr (N == 3) {
        auto& [a, b, c] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c)>{}, a, b, c);
    } else if constexpr (N == 4) {
        auto& [a, b, c, d] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d)>{}, a, b, c, d);
    } else if constexpr (N == 5) {
        auto& [a, b, c, d, e] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e)>{},
            a, b, c, d, e);
    } else if constexpr (N == 6) {
        auto& [a, b, c, d, e, f] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f)>{}, a, b, c, d, e, f);
    } else if constexpr (N == 7) {
        auto& [a, b, c, d, e, f, g] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g)>{}, a, b, c, d, e, f, g);
    } else if constexpr (N == 8) {
        auto& [a, b, c, d, e, f, g, h] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h)>{}, a, b, c, d, e, f, g, h);
    } else if constexpr (N == 9) {
        auto& [a, b, c, d, e, f, g, h, i] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i)>{}, a, b, c, d, e, f, g, h, i);
    } else if constexpr (N == 10) {
        auto& [a, b, c, d, e, f, g, h, i, j] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j)>{}, a, b, c, d, e, f, g,
            h, i, j);
    } else if constexpr (N == 11) {
        auto& [a, b, c, d, e, f, g, h, i, j, k] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k)>{}, a, b,
            c, d, e, f, g, h, i, j, k);
    } else if constexpr (N == 12) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l)>{}, a, b, c, d, e, f, g, h, i, j, k, l);
    } else if constexpr (N == 13) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l), decltype(m)>{}, a, b, c, d, e, f, g, h, i, j, k, l, m);
    } else if constexpr (N == 14) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l), decltype(m), decltype(n)>{}, a, b, c, d, e, f, g, h, i, j, k, l, m, n);
    } else if constexpr (N == 15) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l), decltype(m), decltype(n), decltype(o)>{}, a, b, c, d, e, f, g, h, i, j, k,
            l, m, n, o);
    } else if constexpr (N == 16) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l), decltype(m), decltype(n), decltype(o), decltype(p)>{}, a, b, c, d, e, f, g,
            h, i, j, k, l, m, n, o, p);
    } else if constexpr (N == 17) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l), decltype(m), decltype(n), decltype(o), decltype(p), decltype(q)>{}, a, b,
            c, d, e, f, g, h, i, j, k, l, m, n, o, p, q);
    } else if constexpr (N == 18) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l), decltype(m), decltype(n), decltype(o), decltype(p), decltype(q),
            decltype(r)>{}, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r);
    } else if constexpr (N == 19) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l), decltype(m), decltype(n), decltype(o), decltype(p), decltype(q),
            decltype(r), decltype(s)>{}, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s);
    } else if constexpr (N == 20) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l), decltype(m), decltype(n), decltype(o), decltype(p), decltype(q),
            decltype(r), decltype(s), decltype(t)>{}, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o,
            p, q, r, s, t);
    } else if constexpr (N == 21) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l), decltype(m), decltype(n), decltype(o), decltype(p), decltype(q),
            decltype(r), decltype(s), decltype(t), decltype(u)>{}, a, b, c, d, e, f, g, h, i, j, k,
            l, m, n, o, p, q, r, s, t, u);
    } else if constexpr (N == 22) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l), decltype(m), decltype(n), decltype(o), decltype(p), decltype(q),
            decltype(r), decltype(s), decltype(t), decltype(u), decltype(v)>{}, a, b, c, d, e, f, g,
            h, i, j, k, l, m, n, o, p, q, r, s, t, u, v);
    } else if constexpr (N == 23) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l), decltype(m), decltype(n), decltype(o), decltype(p), decltype(q),
            decltype(r), decltype(s), decltype(t), decltype(u), decltype(v), decltype(w)>{}, a, b,
            c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w);
    } else if constexpr (N == 24) {
        auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x] = of;
        return visit(type_list<decltype(a), decltype(b), decltype(c), decltype(d), decltype(e),
            decltype(f), decltype(g), decltype(h), decltype(i), decltype(j), decltype(k),
            decltype(l), decltype(m), decltype(n), decltype(o), decltype(p), decltype(q),
            decltype(r), decltype(s), decltype(t), decltype(u), decltype(v), decltype(w),
            decltype(x)>{}, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x);
    }
}

template <class T>
constexpr auto list_fields() {
    if constexpr (boost::hana::Struct<T>::value) {
        using accessors = decltype(boost::hana::accessors<T>());
        return decltype(boost::hana::unpack(
            std::declval<accessors>(), []<class... Members>(const Members&...) {
                return type_list<std::remove_reference_t<decltype(boost::hana::second(
                    std::declval<const Members&>())(std::declval<T&>()))>...>{};
            })){};
    } else if constexpr (std::is_empty_v<T>) {
        return type_list<>{};
    } else {
        constexpr std::size_t n = count_fields<T>();
        if constexpr (n == unreadable)
            return;
        else
            // By const reference: a bit-field has no other.
            return decltype(bind_fields<n>(std::declval<T&>(),
                                           [](auto types, const auto&...) { return types; })){};
    }
}

/// A type_list of T's fields; void where the compiler cannot see them.
template <class T>
using fields_of = decltype(list_fields<T>());

// ---- what a field is ----

template <class T>
inline constexpr bool is_view_type =
    std::is_base_of_v<telegram::detail::view, T> || telegram::detail::is_list<T>;
template <class Char, class Traits>
inline constexpr bool is_view_type<std::basic_string_view<Char, Traits>> = true;
template <class T, std::size_t N>
inline constexpr bool is_view_type<std::span<T, N>> = true;
template <class T>
inline constexpr bool is_view_type<std::reference_wrapper<T>> = true;
template <class T>
inline constexpr bool is_view_type<std::initializer_list<T>> = true;
template <class F>
inline constexpr bool is_view_type<match<F>> = true;

template <class T>
inline constexpr bool is_time = false;
template <class Rep, class Period>
inline constexpr bool is_time<std::chrono::duration<Rep, Period>> = true;
template <class Clock, class Duration>
inline constexpr bool is_time<std::chrono::time_point<Clock, Duration>> = true;

/// What is made of others: the types that stand in it, and whether it is one that can be stored.
struct no_compound {
    static constexpr bool found = false;
};
template <bool Stored, class... Ts>
struct compound {
    static constexpr bool found = true;
    static constexpr bool stored = Stored;
    using parts = type_list<Ts...>;
};

template <class T>
concept range_of_values = requires(T& of) {
    typename T::value_type;
    of.begin();
    of.end();
    of.size();
};
template <class T>
concept growing_range = requires(T& of, typename T::value_type&& one) {
    of.clear();
    of.insert(of.end(), std::move(one));
};
/// std::unique_ptr and std::shared_ptr: they own what they point to.
template <class T>
concept owning_pointer = requires(T& of) {
    typename T::element_type;
    of.get();
    of.reset();
};
template <class T>
concept tuple_shaped = requires { std::tuple_size<T>::value; };

template <class T>
constexpr auto compound_of() {
    if constexpr (tuple_shaped<T>)
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return compound<true, std::tuple_element_t<I, T>...>{};
        }(std::make_index_sequence<std::tuple_size<T>::value>{});
    else if constexpr (range_of_values<T>)
        return compound<growing_range<T>, typename T::value_type>{};
    else if constexpr (owning_pointer<T>)
        return compound<false, typename T::element_type>{};
    else
        return no_compound{};
}
template <class T>
struct compound_type {
    using type = decltype(compound_of<T>());
};
template <class T>
struct compound_type<std::optional<T>> {
    using type = compound<true, T>;
};
template <class... Ts>
struct compound_type<std::variant<Ts...>> {
    using type = compound<true, Ts...>;
};

struct data_facts {
    bool dangles = false;
    bool stored = true;  // can be
};

/// What is known of data of type T. Above are the types that it stands in: a tree of nodes has an end.
template <class T, class... Above>
constexpr data_facts look_at_data();

template <class... Above, class... Ts>
constexpr data_facts look_at_all(type_list<Ts...>) {
    data_facts all;
    [[maybe_unused]] const auto add = [&all](data_facts one) {
        all.dangles = all.dangles || one.dangles;
        all.stored = all.stored && one.stored;
    };
    (add(look_at_data<Ts, Above...>()), ...);
    return all;
}

template <class T, class... Above>
constexpr data_facts look_at_class() {
    using parts = typename compound_type<T>::type;
    if constexpr (parts::found) {
        data_facts known = look_at_all<T, Above...>(typename parts::parts{});
        known.stored = known.stored && parts::stored;
        return known;
    } else if constexpr (std::is_void_v<fields_of<T>>) {
        return {.stored = false};
    } else {
        return look_at_all<T, Above...>(fields_of<T>{});
    }
}

template <class T, class... Above>
constexpr data_facts look_at_data() {
    using plain = std::remove_cv_t<T>;
    if constexpr (std::is_reference_v<T>)
        return {.dangles = true, .stored = false};
    else if constexpr (std::is_pointer_v<plain>)
        return {.dangles = !std::is_function_v<std::remove_pointer_t<plain>>, .stored = false};
    else if constexpr ((std::is_same_v<plain, Above> || ...) || serialisable<plain>::value ||
                       std::is_arithmetic_v<plain> || std::is_enum_v<plain> || is_time<plain> ||
                       std::is_same_v<plain, std::string>)
        return {};
    else if constexpr (is_view_type<plain>)
        return {.dangles = true, .stored = false};
    else if constexpr (std::is_array_v<plain>)
        return look_at_data<std::remove_all_extents_t<plain>, Above...>();
    else if constexpr (std::is_class_v<plain>)
        return look_at_class<plain, Above...>();
    else
        return {.stored = false};
}

// ---- a state ----

/// What is known of a state's data; indices are those of its fields.
struct state_facts {
    static constexpr std::int16_t none = -1;
    std::int16_t dangling = none;
    std::int16_t not_stored = none;
    bool readable = true;
};

template <class State, class... Fields>
constexpr state_facts facts_of_fields(type_list<Fields...>) {
    state_facts facts;
    [[maybe_unused]] std::int16_t at = 0;
    [[maybe_unused]] const auto add = [&](data_facts one) {
        if (one.dangles && facts.dangling == state_facts::none) facts.dangling = at;
        if (!one.stored && facts.not_stored == state_facts::none) facts.not_stored = at;
        ++at;
    };
    (add(look_at_data<Fields, State>()), ...);
    return facts;
}

template <class State>
constexpr state_facts facts_of_state() {
    if constexpr (std::is_empty_v<State> || serialisable<State>::value)
        return {};
    else if constexpr (std::is_void_v<fields_of<State>>)
        return {.readable = false};
    else
        return facts_of_fields<State>(fields_of<State>{});
}

/// One evaluation for each state, once for all checks.
template <class State>
inline constexpr state_facts state_facts_of = facts_of_state<State>();

}  // namespace detail
}  // namespace banter
