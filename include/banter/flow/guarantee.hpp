// Whether a filter guarantees another one: every update that the first accepts in a rule fits the
// second. What cannot be decided counts as guaranteed: a check never refuses a correct bot.
#pragma once

#include <banter/flow/solver.hpp>

namespace banter::detail {

/// An update that the rule filter Given lets through and that does not fit Wanted.
template <class Given, class Wanted>
inline constexpr solution counterexample_to = [] {
    const term terms[] = {{rule_program<Given>}, {plain_program<Wanted>, false}};
    return solve(terms);
}();

/// Whether every update that the filter Given accepts in a rule fits Wanted.
template <class Given, class Wanted>
inline constexpr bool guarantees = counterexample_to<Given, Wanted>.found != decided::yes;

}  // namespace banter::detail
