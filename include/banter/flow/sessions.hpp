// The conversations that are going on, in memory: one map for each bot struct, from the
// conversation's key to the state it is in. A waiting user costs the state, no coroutine; what nested
// conversations and timeouts need is there only in flows that have them.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/incoming.hpp>
#include <banter/flow/key.hpp>
#include <banter/flow/places.hpp>
#include <banter/flow/latest_keyboard.hpp>
#include <banter/flow/timer_queue.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace banter {

namespace detail {

template <class List>
struct session_of;
template <class... States>
struct session_of<type_list<States...>> {
    using type = std::variant<std::monostate, States...>;
};

/// When each of C's timeouts falls due.
template <class C, bool Any = (shape<C>::timeouts != 0)>
struct due_times {};
template <class C>
struct due_times<C, true> {
    std::array<due_time, shape<C>::timeouts> at{};
};

/// The states that a conversation has been in before the one it is in, in flows that lead back.
template <class C, bool Kept = leads_back<C>>
struct past_states {
    void clear() {}
};
template <class C>
struct past_states<C, true> {
    using state = typename session_of<typename states_of<C>::list>::type;
    std::vector<state> states;  // the last one last

    void clear() { states.clear(); }
    void add(state&& left) {
        if (states.size() == most_steps_back) states.erase(states.begin());
        states.push_back(std::move(left));
    }
};

template <class C>
struct session;

/// What a mount holds: the nested conversation while it is going on.
template <class C, std::size_t Mount>
struct nested_slot {
    using child = typename nested_place<root_place<C>, Mount>::conversation;
    std::optional<session<child>> going_on;
};

template <class C, class Indices>
struct nested_slots;

template <std::size_t Rule, bool IsMount>
struct mount_index {
    using type = std::index_sequence<>;
};
template <std::size_t Rule>
struct mount_index<Rule, true> {
    using type = std::index_sequence<Rule>;
};
template <std::size_t... As, std::size_t... Bs>
std::index_sequence<As..., Bs...> operator+(std::index_sequence<As...>, std::index_sequence<Bs...>);

template <class C, std::size_t... R>
auto mounts_in(std::index_sequence<R...>)
    -> decltype((std::index_sequence<>{} + ... +
                 typename mount_index<R, is_mount<rule_type<C, R>>>::type{}));

template <class C, std::size_t... Mounts>
struct nested_slots<C, std::index_sequence<Mounts...>> : nested_slot<C, Mounts>... {
    template <std::size_t Mount>
    nested_slot<C, Mount>& slot() {
        return *this;
    }
    void clear() {
        ((slot<Mounts>() = {}), ...);
    }
    [[nodiscard]] bool any() {
        return (slot<Mounts>().going_on.has_value() || ...);
    }
};

/// The nested conversations of one session.
template <class C, bool Any = (shape<C>::mounts != 0)>
struct nested_sessions {
    void clear() {}
    [[nodiscard]] bool any() { return false; }
};
template <class C>
struct nested_sessions<C, true>
    : nested_slots<C, decltype(mounts_in<C>(std::make_index_sequence<shape<C>::rule_count>{}))> {};

/// One conversation's place: the state it is in (none while only a nested one is going on), and what
/// goes with it.
template <class C>
struct session {
    typename session_of<typename states_of<C>::list>::type state;
    [[no_unique_address]] nested_sessions<C> nested;
    [[no_unique_address]] due_times<C> due;
    [[no_unique_address]] past_states<C> past;
};

/// The earliest time at which a session or one nested in it has a timeout; 0 if there is none.
template <class C>
due_time earliest(session<C>& in) {
    due_time first = 0;
    const auto look = [&first](due_time time) {
        if (time != 0 && (first == 0 || time < first)) first = time;
    };
    if constexpr (shape<C>::timeouts != 0)
        for (const due_time time : in.due.at) look(time);
    if constexpr (shape<C>::mounts != 0)
        for_each_mount<C>([&]<std::size_t Mount>() {
            if (auto& nested = in.nested.template slot<Mount>().going_on) look(earliest(*nested));
        });
    return first;
}

/// The session of Wanted, in this one or nested in it; null if it is not going on.
template <class Wanted, class C>
session<Wanted>* find_session(session<C>& in) {
    if constexpr (std::is_same_v<Wanted, C>) {
        return &in;
    } else if constexpr (shape<C>::mounts != 0) {
        session<Wanted>* found = nullptr;
        for_each_mount<C>([&]<std::size_t Mount>() {
            auto& nested = in.nested.template slot<Mount>().going_on;
            if (nested && found == nullptr) found = find_session<Wanted>(*nested);
        });
        return found;
    } else {
        return nullptr;
    }
}

/// A session of a bot struct, with what handlers without an update need: whom to speak to, and the timer
/// that has it looked at, not later than its next timeout falls due.
template <class C, bool RunsByItself = family_runs_by_itself<C>()>
struct root_session : session<C>, latest_keyboard<C> {};
template <class C>
struct root_session<C, true> : session<C>, latest_keyboard<C> {
    update_address address;
    timer_handle timer;
};

/// The timers of sessions, by key.
template <class Key, bool Timed>
struct session_timers {};
template <class Key>
struct session_timers<Key, true> : timer_queue<Key> {};

/// The keys of sessions that have changed since they were stored.
template <class Key, bool Persistent>
struct changed_sessions {
    void add(const Key&) {}
};
template <class Key>
struct changed_sessions<Key, true> {
    std::vector<Key> keys;

    void add(const Key& key) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
};

/// The sessions of one bot struct.
template <class C, bool Conversation = shape<C>::is_conversation>
class sessions {
  public:
    using policy = key_of<C>;
    using value = root_session<C>;

    using map = boost::unordered_flat_map<typename policy::value, value, typename policy::hasher>;
    /// A session, or where there is none the end.
    using place = typename map::iterator;

    [[nodiscard]] place find(const typename policy::value& key) { return sessions_.find(key); }
    [[nodiscard]] bool is_there(place at) { return at != sessions_.end(); }
    [[nodiscard]] place nowhere() { return sessions_.end(); }
    /// The current session, made if there is none.
    value& ensure(const typename policy::value& key) {
        if (!is_there(current)) current = sessions_.try_emplace(key).first;
        return current->second;
    }
    void erase_current() {
        if (is_there(current)) {
            changed.add(current->first);
            if constexpr (timed) timers.cancel(current->second.timer);
            sessions_.erase(current);
        }
        current = sessions_.end();
    }

    /// Sessions whose key names one chat get the key that names the other; those for which
    /// `is_taken(key)` are over.
    template <class IsTaken>
    BANTER_COLD void move_chat(std::int64_t from, std::int64_t to, const IsTaken& is_taken) {
        const auto rename = [&](std::int64_t id) { return id == from ? to : id; };
        std::vector<typename policy::value> moving;
        for (const auto& [key, one] : sessions_)
            if (renamed(key, rename) != key) moving.push_back(key);
        for (const auto& key : moving) {
            const auto new_key = renamed(key, rename);
            current = find(key);
            if (is_taken(new_key)) {
                erase_current();
                continue;
            }
            value moved = std::move(current->second);
            if constexpr (timed) {
                if (timers.pending(moved.timer)) timers.what(moved.timer) = new_key;
                current->second.timer = {};
            }
            erase_current();
            ensure(new_key) = std::move(moved);
            changed.add(new_key);
        }
        current = sessions_.end();
    }

    /// Of the update that is being chosen for or whose plain handler runs: spares the second search.
    place current{};

    [[nodiscard]] std::size_t size() const { return sessions_.size(); }

    static constexpr bool timed = family_has_timeouts<C>();
    [[no_unique_address]] session_timers<typename policy::value, timed> timers;
    [[no_unique_address]] changed_sessions<typename policy::value, shape<C>::persistent> changed;

  private:
    map sessions_;
};

template <class C>
class sessions<C, false> {
  public:
    using policy = key_of<C>;
};

}  // namespace detail

}  // namespace banter
