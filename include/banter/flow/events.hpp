// Which events a conversation takes, in which order its rules are asked, and how handlers send them:
//
//   static void guessed(context& ctx, conversations<game>& games, const playing& here) {
//       games.send_event({ctx.chat_id(), here.opponent}, guess{3});
//   }
#pragma once

#include <banter/flow/conversation_errors.hpp>
#include <banter/flow/key.hpp>
#include <banter/flow/model.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace banter {
namespace detail {

// ---- which events there are ----

template <class Rule>
struct event_in {
    using type = type_list<>;
};
template <class Event, class Handler>
struct event_in<event_rule<Event, Handler>> {
    using type = type_list<Event>;
};

/// The events that C's own rules take, each once.
template <class C>
constexpr auto list_own_events() {
    if constexpr (shape<C>::events == 0)
        return type_list<>{};
    else
        return []<std::size_t... R>(std::index_sequence<R...>) {
            return typename unique_list<
                joined_lists<type_list<>, typename event_in<rule_type<C, R>>::type...>>::type{};
        }(std::make_index_sequence<shape<C>::rule_count>{});
}
template <class C>
using own_events_of = decltype(list_own_events<C>());

template <class List>
struct events_of_flows;
template <class... Flows>
struct events_of_flows<type_list<Flows...>> {
    using type = typename unique_list<decltype((type_list<>{} + ... + own_events_of<Flows>{}))>::type;
};
/// The events that C or what is nested in it takes.
template <class C>
using events_of = typename events_of_flows<family_of<C>>::type;
/// The events of a bot.
template <class... Bots>
using all_events = typename events_of_flows<flows_of<Bots...>>::type;

// ---- in which order rules are asked ----

/// Whether a rule stands in a list that is tried in a state, from 1; 0: outside of the conversation.
constexpr bool is_tried_in(const rule_place& place, std::size_t state, bool reentry) {
    switch (place.list) {
        case section::global:
        case section::fallback: return state != 0;
        case section::entry: return state == 0 || reentry;
        case section::state: return place.state + std::size_t{1} == state;
        default: return false;
    }
}
/// Globals, entry points, the state's own, fallbacks.
constexpr std::size_t rank_of(section list) {
    switch (list) {
        case section::global: return 0;
        case section::entry: return 1;
        case section::state: return 2;
        default: return 3;
    }
}

/// The rules of C for one event, in the order in which they are tried, and the mounts of conversations
/// that it may begin.
template <class C, class Event>
struct event_choice {
    static constexpr std::size_t rules = shape<C>::rule_count;
    std::array<std::uint16_t, rules> tried{};
    std::size_t count = 0;

    template <class Rule>
    static constexpr bool takes() {
        if constexpr (is_mount<Rule>)
            return event_choice<typename type_at<typename child_in<Rule>::type, 0>::type,
                                Event>::begins();
        else
            return std::is_same_v<typename event_in<Rule>::type, type_list<Event>>;
    }
    static constexpr auto taking = []<std::size_t... R>(std::index_sequence<R...>) {
        return std::array<bool, rules>{takes<rule_type<C, R>>()...};
    }(std::make_index_sequence<rules>{});

    /// Whether the event may begin C.
    static constexpr bool begins() {
        for (std::size_t r = 0; r != rules; ++r)
            if (taking[r] && shape<C>::places[r].list == section::entry) return true;
        return false;
    }
    constexpr event_choice() {
        for (std::size_t rank = 0; rank != 4; ++rank)
            for (std::uint16_t r = 0; r != rules; ++r)
                if (taking[r] && rank_of(shape<C>::places[r].list) == rank) tried[count++] = r;
    }
};
template <class C, class Event>
inline constexpr event_choice<C, Event> choice_for{};

/// The rule for the same event that is asked before a rule in each state where that could run; the rule
/// itself if it runs in some state.
template <class C>
constexpr std::size_t event_hider(std::size_t rule) {
    constexpr auto& places = shape<C>::places;
    constexpr auto events = []<std::size_t... R>(std::index_sequence<R...>) {
        return std::array<std::size_t, sizeof...(R)>{
            []<class... Es>(type_list<Es...>) {
                if constexpr (sizeof...(Es) == 1)
                    return position_in<Es...>(own_events_of<C>{});
                else
                    return own_events_of<C>::size;
            }(typename event_in<rule_type<C, R>>::type{})...};
    }(std::make_index_sequence<shape<C>::rule_count>{});

    std::size_t hider = rule;
    for (std::size_t state = 0; state != states_of<C>::count + 1; ++state) {
        if (!is_tried_in(places[rule], state, shape<C>::reentry)) continue;
        std::size_t first = rule;
        for (std::size_t r = 0; r != places.size(); ++r)
            if (events[r] == events[rule] && is_tried_in(places[r], state, shape<C>::reentry) &&
                (rank_of(places[r].list) < rank_of(places[first].list) ||
                 (rank_of(places[r].list) == rank_of(places[first].list) && r < first)))
                first = r;
        if (first == rule) return rule;
        hider = first;
    }
    return hider;
}

// ---- posting ----

/// Whether an event names all parts of C's key.
template <class C, class Event>
constexpr bool names_key_of() {
    using policy = key_of<C>;
    return (!policy::includes(key::chat) || names_chat<Event>) &&
           (!policy::includes(key::user) || names_user<Event>) && !policy::includes(key::message);
}
/// Whether C, a struct of the bot, may take an event that is posted.
template <class C, class Event>
constexpr bool may_take_post() {
    if constexpr (!is_among<Event, events_of<C>>)
        return false;
    else if constexpr (shape<C>::is_conversation)
        return names_key_of<C, Event>();
    else
        return true;
}
template <class C, class Event>
inline constexpr bool takes_post = may_take_post<C, Event>();
template <class Event, class... Bots>
inline constexpr bool is_heard_post = (takes_post<Bots, Event> || ...);
template <class... Bots, class... Events>
constexpr bool any_post(type_list<Events...>) {
    return (is_heard_post<Events, Bots...> || ...);
}
template <class Event, class... Bots>
using post_error_of =
    std::conditional_t<is_heard_post<Event, Bots...>, std::type_identity<error::nothing_is_wrong>,
                       std::type_identity<error::post_is_unheard<Event, Bots...>>>::type;

// ---- sending ----

template <class List>
struct event_variant;
template <class... Events>
struct event_variant<type_list<Events...>> {
    using type = std::variant<std::monostate, Events...>;
};

/// An event on its way to a conversation.
template <class C>
struct declared_event {
    typename key_of<C>::value key;
    typename event_variant<events_of<C>>::type what;
};
template <class C>
struct event_outbox {
    std::vector<declared_event<C>> declared;
};

template <class C>
inline constexpr std::size_t key_size = decltype(key_of<C>::value::parts){}.size();

/// What is wrong with sending C an event to a key of so many parts.
template <class C, class Event, std::size_t Parts>
constexpr auto sending_error() {
    if constexpr (is_among<Event, events_of<C>> && !shape<C>::is_conversation)
        return std::type_identity<error::event_is_sent_to_handlers<C, Event>>{};
    else if constexpr (!is_among<Event, events_of<C>>)
        return std::type_identity<error::event_is_unheard<C, Event>>{};
    else if constexpr (Parts != key_size<C>)
        return std::type_identity<error::event_has_another_key<C, Event, Parts, key_size<C>>>{};
    else
        return std::type_identity<error::nothing_is_wrong>{};
}
template <class C, class Event, std::size_t Parts>
using sending_error_of = typename decltype(sending_error<C, Event, Parts>())::type;

template <class C, std::size_t Parts>
constexpr typename key_of<C>::value key_from(const std::int64_t (&parts)[Parts]) {
    typename key_of<C>::value key;
    std::copy(parts, parts + Parts, key.parts.begin());
    return key;
}

}  // namespace detail

/// What a handler asks for (`conversations<game>&`) to tell conversations of C what has happened. C is
/// one of the bot's structs.
template <class C>
class conversations {
  public:
    explicit conversations(detail::event_outbox<C>& to) : to_(&to) {}
    conversations(const conversations&) = delete;
    conversations& operator=(const conversations&) = delete;

    /// Tells the conversation with this key, its parts in the order of keyed_by<...>: {chat, user}. It is
    /// declared: sent after the handler's own transition is committed, dropped if the handler fails.
    /// Handled in order with the updates of that key. Where no conversation is going on, and the event
    /// begins none, or where the state has no rule for it, it is counted in
    /// dispatcher.counters().unheard_events, and nothing else happens.
    template <std::size_t Parts, class Event>
    void send_event(const std::int64_t (&key)[Parts], Event event) {
        using wrong = detail::sending_error_of<C, Event, Parts>;
        static_assert(sizeof(wrong) > 0);
        if constexpr (std::is_same_v<wrong, error::nothing_is_wrong>)
            to_->declared.push_back({detail::key_from<C>(key), std::move(event)});
    }

  private:
    detail::event_outbox<C>* to_;
};

}  // namespace banter
