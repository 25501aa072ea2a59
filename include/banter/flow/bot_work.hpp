// What an update in work holds that depends on the bot's types: the event that it stands for, what its
// handler has declared for conversations and for objects behind buttons, and the result of a nested
// conversation on its way to the one around it. Nothing in bots that have none.
#pragma once

#include <banter/flow/album.hpp>
#include <banter/flow/dispatcher_base.hpp>
#include <banter/flow/events.hpp>
#include <banter/flow/posts.hpp>
#include <banter/flow/stores.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace banter::detail {

/// What a handler has declared for conversations of C.
template <class C>
struct event_sender {
    event_outbox<C> outbox;
    conversations<C> handle{outbox};
};

template <class List>
struct event_senders;
template <class... Cs>
struct event_senders<type_list<Cs...>> : event_sender<Cs>... {
    static constexpr bool any = sizeof...(Cs) != 0;
    template <class C>
    conversations<C>& to() {
        return static_cast<event_sender<C>&>(*this).handle;
    }
    void clear() { (static_cast<event_sender<Cs>&>(*this).outbox.declared.clear(), ...); }
    /// Calls `visit.operator()<C>(declared)` for each event.
    template <class Visit>
    void for_each(Visit&& visit) {
        const auto all_of = [&visit]<class C>(event_sender<C>& of) {
            for (auto& one : of.outbox.declared) visit.template operator()<C>(one);
        };
        (all_of(static_cast<event_sender<Cs>&>(*this)), ...);
    }
};

/// What a handler has declared for the bot as a whole.
template <class List>
struct post_outboxes;
template <class... Events>
struct post_outboxes<type_list<Events...>> : posts<Events>... {
    static constexpr bool any = sizeof...(Events) != 0;
    template <class Event>
    posts<Event>& of() {
        return *this;
    }
    void clear() { (of<Events>().clear(), ...); }
    template <class Visit>
    void for_each(Visit&& visit) {
        (of<Events>().for_each(visit), ...);
    }
};

/// What a handler has declared for the objects behind buttons.
template <class List>
struct button_counter;
template <class... Stocks>
struct button_counter<type_list<Stocks...>> : stored_buttons<typename Stocks::object>... {};

/// An album that is being collected or handled: its updates.
struct album_in_work {
    std::vector<std::string> texts;
    std::vector<std::int64_t> ids;
    std::size_t next = 0;        // of those that are handled by themselves
    bool complete = false;
    bool turn_has_come = false;
    void clear() { *this = {}; }
};
struct no_album {
    void clear() {}
};

struct no_event {
    void clear() {}
};
template <class List>
struct event_in_work {
    typename event_variant<List>::type what;
    typename event_variant<List>::type kept;  // of one that is posted: for the groups to come
    bool heard = false;                       // in some group
    void clear() {
        what = std::monostate{};
        kept = std::monostate{};
        heard = false;
    }
};

/// What C and those nested in it may finish with, each once.
template <class C>
constexpr auto list_results() {
    if constexpr (family_of<C>::size == 1)
        return type_list<>{};
    else
        return []<class... Flows>(type_list<Flows...>) {
            return joined_lists<type_list<>, results_of<Flows>...>{};
        }(family_of<C>{});
}
/// The results that one conversation of a bot hands over to another.
template <class... Bots>
using all_results =
    typename unique_list<decltype((type_list<>{} + ... + list_results<Bots>()))>::type;

struct no_result {
    void clear() {}
};
template <class List>
struct result_in_work;
template <class... Results>
struct result_in_work<type_list<Results...>> {
    std::variant<std::monostate, Results...> what;
    void clear() { what = std::monostate{}; }
};

template <class... Bots>
struct bot_work : work {
    [[no_unique_address]] std::conditional_t<all_events<Bots...>::size == 0, no_event,
                                             event_in_work<all_events<Bots...>>>
        event;
    [[no_unique_address]] std::conditional_t<is_among<banter::album, all_events<Bots...>>,
                                             album_in_work, no_album>
        album;
    [[no_unique_address]] event_senders<sent_to<Bots...>> senders;
    [[no_unique_address]] post_outboxes<posted_by<Bots...>> posted;
    [[no_unique_address]] button_counter<button_stocks<Bots...>> buttons;
    /// Of a nested conversation, until the parent's handler has taken it.
    [[no_unique_address]] std::conditional_t<all_results<Bots...>::size == 0, no_result,
                                             result_in_work<all_results<Bots...>>>
        result;
};

}  // namespace banter::detail
