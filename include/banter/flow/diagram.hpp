// Diagrams of flows, drawn from the types: to_mermaid<payment>(), to_dot<payment, office>(). Any
// bot prints its own with --diagram mermaid or --diagram dot.
//
// Every rule is in it, in the order of the flow, labelled with its filter. Rules that keep a state
// share one loop. What holds in every state is drawn once, from the pseudo-states "any state, first"
// (globals, and entry points under allow_reentry) and "any state, otherwise" (fallbacks, and timeouts
// of the whole conversation). A nested conversation is a box of its own. Error handlers are not shown:
// they lead nowhere.
#pragma once

#include <banter/array_view.hpp>
#include <banter/config.hpp>
#include <banter/flow/description.hpp>

#include <string>

namespace banter {
namespace detail {

using flow_descriptions = array_view<const flow_description*>;

[[nodiscard]] std::string draw_mermaid(flow_descriptions flows);
[[nodiscard]] std::string draw_dot(flow_descriptions flows);

/// The bot's flows, in order.
template <class Structs>
inline constexpr int descriptions_in = 0;
template <class... Bots>
inline constexpr std::array<const flow_description*, sizeof...(Bots)>
    descriptions_in<type_list<Bots...>>{&description_of<Bots>...};
template <class... Items>
inline constexpr auto& descriptions_of = descriptions_in<structs_in<Items...>>;

}  // namespace detail

/// The bot as a Mermaid state diagram (stateDiagram-v2), which GitHub and GitLab show in Markdown.
template <bot_item... Bots>
    requires(sizeof...(Bots) != 0)
[[nodiscard]] std::string to_mermaid() {
    return detail::draw_mermaid(detail::descriptions_of<Bots...>);
}

/// The bot as a Graphviz graph: `my_bot --diagram dot | dot -Tsvg`.
template <bot_item... Bots>
    requires(sizeof...(Bots) != 0)
[[nodiscard]] std::string to_dot() {
    return detail::draw_dot(detail::descriptions_of<Bots...>);
}

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/diagram.ipp>
#endif
