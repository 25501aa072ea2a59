// Handler groups: run<group<guard>, group<payment, help>, log>().
#pragma once

#include <banter/flow/conversation.hpp>
#include <banter/flow/parameters.hpp>

#include <cstddef>
#include <type_traits>

namespace banter {

/// Structs of a bot that form a handler group. An update goes through the groups in order; in each the
/// first struct that takes it handles it, and the next group sees it when that is through, unless the
/// handler returned stop<...> (PTB: add_handler(..., group), ApplicationHandlerStop). Structs that
/// stand side by side without group<...> form one.
template <class... Bots>
struct group {};

namespace detail {

template <class T>
inline constexpr bool is_group = false;
template <class... Bots>
inline constexpr bool is_group<group<Bots...>> = true;

template <class Item>
struct structs_of_item {
    using type = type_list<Item>;
};
template <class... Bots>
struct structs_of_item<group<Bots...>> {
    using type = type_list<Bots...>;
};

/// The lists that a bot's items make: of each group<...>, and of what stands between them.
template <class Done, class Open, class... Items>
struct grouped {
    using type = std::conditional_t<Open::size == 0, Done, decltype(Done{} + type_list<Open>{})>;
};
template <class Done, class... Open, class Item, class... More>
struct grouped<Done, type_list<Open...>, Item, More...>
    : grouped<Done, type_list<Open..., Item>, More...> {};
template <class Done, class... Open, class... Bots, class... More>
struct grouped<Done, type_list<Open...>, group<Bots...>, More...>
    : grouped<decltype(typename grouped<Done, type_list<Open...>>::type{} +
                       typename grouped<type_list<>, type_list<Bots...>>::type{}),
              type_list<>, More...> {};

/// The groups of a bot that has but one.
struct one_group {
    static constexpr std::size_t count = 1;
    template <class A, class B>
    static constexpr bool together = true;
};
/// Those of one that has several: a list of structs for each.
template <class... Lists>
struct groups {
    static constexpr std::size_t count = sizeof...(Lists);

    template <class C, class... Cs>
    static constexpr bool holds(type_list<Cs...>) {
        return (std::is_same_v<C, Cs> || ...);
    }
    template <class A, class B>
    static constexpr bool together = ((holds<A>(Lists{}) && holds<B>(Lists{})) || ...);
};

template <class Lists>
struct groups_from {
    using type = one_group;
};
template <class First, class Second, class... More>
struct groups_from<type_list<First, Second, More...>> {
    using type = groups<First, Second, More...>;
};

template <bool Any, class... Items>
struct arranged {
    using structs = type_list<Items...>;
    using type = one_group;
};
template <class... Items>
struct arranged<true, Items...> {
    using structs = decltype((type_list<>{} + ... + typename structs_of_item<Items>::type{}));
    using type =
        typename groups_from<typename grouped<type_list<>, type_list<>, Items...>::type>::type;
};
template <class... Items>
using plan_of = arranged<(is_group<Items> || ...), Items...>;
/// The structs of a bot in their order.
template <class... Items>
using structs_in = typename plan_of<Items...>::structs;
/// one_group or groups<...>.
template <class... Items>
using groups_in = typename plan_of<Items...>::type;

}  // namespace detail

/// What a bot is made of: structs with a flow, and groups of them.
template <class T>
concept bot_item = has_flow<T> || detail::is_group<T>;

}  // namespace banter
