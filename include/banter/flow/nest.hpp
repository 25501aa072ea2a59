// A conversation inside a state of another one:
//
//   state<choosing>(
//       nest<describe_person>(on_result<person>(added), on_result<stopped>(leave)),
//       on(callback<"show">, show))
#pragma once

#include <banter/flow/conversation.hpp>
#include <banter/flow/filter_faults.hpp>
#include <banter/flow/menu.hpp>

#include <boost/hana/tuple.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <type_traits>

namespace banter {

/// One kind of result of a nested conversation, and the handler that takes it.
template <class R, class Handler>
struct result_rule {
    using result_type = R;
    using filter_type = detail::nothing_filter;
    using handler_type = Handler;
    Handler handler;
};

/// When the nested conversation ends with finish<R>, the handler runs, and its return type says where
/// the parent goes. It may take the result (R by value, const R& or R&&), context&, bot&, the data of
/// the parent's state by reference, stored data and services; there is no update to take from.
template <class R, class Handler>
[[nodiscard]] constexpr auto on_result(Handler handler) {
    return result_rule<R, detail::held_handler<Handler>>{detail::as_handler(handler)};
}

namespace detail {
/// Stands for the handler where a conversation is nested.
template <class Child>
struct nested {};

/// The updates that start Child: those of its entry points. Above are the conversations whose entry
/// points this one is an entry point of.
template <class Child, class... Above>
struct entries_of : filter_tag {};
}  // namespace detail

/// A conversation mounted in a list of rules.
template <class Child, class... Bindings>
struct nest_rule {
    using filter_type = detail::entries_of<Child>;
    using handler_type = detail::nested<Child>;
    detail::nested<Child> handler{};
    boost::hana::tuple<Bindings...> bindings;
};

/// Child's entry points stand here as handlers do; once one of them has run, updates go to Child
/// until it ends. It lives inside the parent's state, with the parent's key, and is gone with it.
/// Each result it may end with needs its on_result<R>(handler); a plain `end` leaves the parent where
/// it is. Stands in state<S>(...), in entry_points(...), and for all states in globals(...) and
/// fallbacks(...): wherever it begins, it lives in the state that its parent is in, and dies with that
/// (check C12; PTB: a ConversationHandler in a list of another, and map_to_parent).
template <class Child, class... Bindings>
[[nodiscard]] constexpr auto nest(Bindings... bindings) {
    return nest_rule<Child, Bindings...>{{}, {bindings...}};
}

namespace detail {

// ---- what starts a nested conversation, as a filter ----

template <class... Filters>
struct filter_list {};

template <class... As, class... Bs>
filter_list<As..., Bs...> operator+(filter_list<As...>, filter_list<Bs...>);

/// The filter of one entry point: none of what is no rule, or is faulty (check C4 says so).
template <class Rule, class... Above>
struct entry_filter {
    using type = filter_list<>;
};
template <class Rule, class... Above>
    requires requires { typename Rule::filter_type; }
struct entry_filter<Rule, Above...> {
    using filter = typename Rule::filter_type;
    using type = std::conditional_t<filter_fault<filter>::none &&
                                        !std::is_same_v<filter, nothing_filter>,
                                    filter_list<filter>, filter_list<>>;
};
template <class Filter, class Handler, std::size_t Texts, class... Above>
struct entry_filter<menu_rule<Filter, Handler, Texts>, Above...>
    : entry_filter<rule<Filter, Handler>, Above...> {};
template <class Child, class... Bindings, class... Above>
    requires requires { typename nest_rule<Child, Bindings...>::filter_type; }
struct entry_filter<nest_rule<Child, Bindings...>, Above...> {
    // One that starts itself starts nothing (check C12 says so).
    using type = std::conditional_t<(std::is_same_v<Child, Above> || ...), filter_list<>,
                                    filter_list<entries_of<Child, Above...>>>;
};

template <class Part, class... Above>
struct entry_filters {
    using type = filter_list<>;
};
template <class... Rules, class... Above>
struct entry_filters<flow_part<section::entry, Rules...>, Above...> {
    using type = decltype((filter_list<>{} + ... + typename entry_filter<Rules, Above...>::type{}));
};

template <class Flow, class... Above>
struct start_filters {
    using type = filter_list<>;
};
template <class... Parts, class... Above>
struct start_filters<conversation_flow<Parts...>, Above...> {
    using type = decltype((filter_list<>{} + ... + typename entry_filters<Parts, Above...>::type{}));
};

template <class Child>
constexpr auto flow_type() {
    if constexpr (has_flow<Child>)
        return std::type_identity<std::remove_const_t<decltype(flow_of<Child>)>>{};
    else
        return std::type_identity<void>{};
}

template <class List>
struct joined_predicates;
template <>
struct joined_predicates<filter_list<>> {
    using type = predicate_list<>;
};
template <class First, class... More>
struct joined_predicates<filter_list<First, More...>> {
    using type = typename joined<typename filter_traits<First>::predicates,
                                 typename joined_predicates<filter_list<More...>>::type>::type;
};

/// The union of rules: each one's own program, with the kinds that it implies.
template <class List>
struct union_of_rules;
template <class... Filters>
struct union_of_rules<filter_list<Filters...>> {
    static constexpr std::size_t count = sizeof...(Filters);
    static constexpr std::size_t nodes =
        count == 0 ? 2 : (rule_program<Filters>.size() + ... + 0) + count - 1;
    static constexpr std::size_t depth = 2 + std::max({filter_traits<Filters>::depth..., std::size_t{1}});
    static constexpr std::uint8_t subjects = subject::kind;
    using predicates = typename joined_predicates<filter_list<Filters...>>::type;

    static constexpr void write(filter_writer& to) {
        bool first = true;
        const auto add = [&](const auto& program) {
            std::uint8_t leaves = 0;
            for (filter_node node : program) {
                if (node.what == filter_node::op::leaf) {
                    node.value = static_cast<std::uint8_t>(node.value + to.leaves);
                    ++leaves;
                }
                to.add(node);
            }
            to.leaves = static_cast<std::uint8_t>(to.leaves + leaves);
            if (!first) to.add({.what = filter_node::op::either});
            first = false;
        };
        (add(rule_program<Filters>), ...);
        if (count == 0) {
            to.add({.what = filter_node::op::everything});
            to.add({.what = filter_node::op::negate});
        }
    }
};

template <class Child, class... Above>
struct filter_traits<entries_of<Child, Above...>>
    : union_of_rules<
          typename start_filters<typename decltype(flow_type<Child>())::type, Child, Above...>::type> {
};

}  // namespace detail
}  // namespace banter
