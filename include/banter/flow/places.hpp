// Where a conversation stands in a bot: by itself, or nested in another one, and there in how many.
// The dispatcher's functions for a rule are made for each place, because a place knows at compile
// time which session is whose, and who takes a result.
#pragma once

#include <banter/flow/model.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace banter::detail {

/// One of the bot's own structs.
template <class C>
struct root_place {
    static constexpr bool is_nested = false;
    using conversation = C;
    using root = C;
};

/// The conversation that is mounted by the rule number Mount of the conversation at Parent.
template <class Parent, std::size_t Mount>
struct nested_place {
    static constexpr bool is_nested = true;
    static constexpr std::size_t mount = Mount;
    using parent = Parent;
    using conversation = typename type_at<
        typename child_in<rule_type<typename Parent::conversation, Mount>>::type, 0>::type;
    using root = typename Parent::root;
};

template <class C, class First, class... More>
constexpr auto find_root() {
    if constexpr (is_among<C, family_of<First>>)
        return std::type_identity<First>{};
    else
        return find_root<C, More...>();
}
/// The first of the bot's structs that C is, or is nested in: whose key C's sessions have.
template <class C, class Structs>
struct root_in;
template <class C, class... Bots>
struct root_in<C, type_list<Bots...>> : decltype(find_root<C, Bots...>()) {};
template <class C, class... Bots>
using root_among = typename root_in<C, structs_in<Bots...>>::type;

/// Calls `visit.operator()<R>()` for each rule of C that mounts a conversation.
template <class C, class Visit>
constexpr void for_each_mount(Visit&& visit) {
    if constexpr (shape<C>::mounts != 0)
        [&]<std::size_t... R>(std::index_sequence<R...>) {
            const auto one = [&]<std::size_t Rule>() {
                if constexpr (is_mount<rule_type<C, Rule>>) visit.template operator()<Rule>();
            };
            (one.template operator()<R>(), ...);
        }(std::make_index_sequence<shape<C>::rule_count>{});
}

// ---- timeouts ----

/// The rules of C that are timeouts, in their order.
template <class C>
inline constexpr auto timeouts_of = [] {
    std::array<std::uint16_t, shape<C>::timeouts> out{};
    std::size_t count = 0;
    for (std::uint16_t r = 0; r != shape<C>::rule_count && count != out.size(); ++r)
        if (shape<C>::places[r].where == section::timeout) out[count++] = r;
    return out;
}();

template <class C>
constexpr bool family_has_timeouts() {
    return []<class... Flows>(type_list<Flows...>) {
        return ((shape<Flows>::timeouts != 0) || ...);
    }(family_of<C>{});
}

template <class C>
constexpr bool family_has_events() {
    return []<class... Flows>(type_list<Flows...>) {
        return ((shape<Flows>::events != 0) || ...);
    }(family_of<C>{});
}
/// Whether handlers of C or of what is nested in it run although no update has come.
template <class C>
constexpr bool family_runs_by_itself() {
    return family_has_timeouts<C>() || family_has_events<C>();
}

}  // namespace banter::detail
