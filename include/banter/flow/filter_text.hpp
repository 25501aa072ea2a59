// A filter in words, as a user would say it: "text and not a command", "/pay", "button matching
// bank_([0-9]+)". Diagrams label their edges with it.
#pragma once

#include <banter/array_view.hpp>
#include <banter/config.hpp>
#include <banter/flow/filter_program.hpp>

#include <string>
#include <string_view>

namespace banter {
namespace detail {

/// The text of a filter's program. That a rule takes new messages or callback queries where its
/// filter names no kind of update goes without saying.
[[nodiscard]] std::string filter_text(array_view<filter_node> program);

}  // namespace detail

/// The text of a filter: filter_text(text && !command<>) is "text and not a command".
template <filter F>
[[nodiscard]] std::string filter_text(F) {
    return detail::filter_text(detail::plain_program<F>);
}

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
// Programs that are there at run time refer to bodies of flags and properties.
#include <banter/flow/handlers.hpp>
#include <banter/flow/impl/filter_text.ipp>
#endif
