// Whether a filter guarantees another one: every update that the first accepts in a rule fits the
// second. What cannot be decided counts as guaranteed: a check never refuses a correct bot.
#pragma once

#include <banter/flow/solver.hpp>

#include <type_traits>

namespace banter::detail {

/// An update that the rule filter Given lets through and that does not fit Wanted.
template <class Given, class Wanted>
inline constexpr solution counterexample_to = [] {
    const term terms[] = {{rule_program<Given>}, {plain_program<Wanted>, false}};
    return solve(terms);
}();

/// Whether a filter is, or asks among others for, this very filter: seen without the solver.
template <class Given, class Wanted>
inline constexpr bool asks_for = std::is_same_v<Given, Wanted>;
template <class A, class B, class Wanted>
inline constexpr bool asks_for<and_filter<A, B>, Wanted> =
    std::is_same_v<and_filter<A, B>, Wanted> || asks_for<A, Wanted> || asks_for<B, Wanted>;

/// Whether every update that the filter Given accepts in a rule fits Wanted.
template <class Given, class Wanted, bool AsksFor = asks_for<Given, Wanted>>
inline constexpr bool guarantees = true;
template <class Given, class Wanted>
inline constexpr bool guarantees<Given, Wanted, false> =
    counterexample_to<Given, Wanted>.found != decided::yes;

}  // namespace banter::detail
