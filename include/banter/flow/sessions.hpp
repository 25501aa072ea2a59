// The conversations that are going on, in memory: one map for each bot struct, from the
// conversation's key to the state it is in. A waiting user costs the state, no coroutine.
#pragma once

#include <banter/flow/key.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>

namespace banter {

namespace detail {

/// One conversation's place: nothing while it is moved, or the state it is in.
template <class List>
struct session_of;
template <class... States>
struct session_of<type_list<States...>> {
    using type = std::variant<std::monostate, States...>;
};

/// The sessions of one bot struct.
template <class C, bool Conversation = shape<C>::is_conversation>
class sessions {
  public:
    using policy = key_of<C>;
    using value = typename session_of<typename states_of<C>::list>::type;

    using map = boost::unordered_flat_map<typename policy::value, value, typename policy::hasher>;
    /// A session, or where there is none the end.
    using place = typename map::iterator;

    [[nodiscard]] place find(const typename policy::value& key) { return sessions_.find(key); }
    [[nodiscard]] bool is_there(place at) { return at != sessions_.end(); }
    template <class State>
    void enter(place at, const typename policy::value& key, State&& state) {
        value& session = is_there(at) ? at->second : sessions_[key];
        session.template emplace<std::remove_cvref_t<State>>(std::forward<State>(state));
    }
    void erase(place at) {
        if (is_there(at)) sessions_.erase(at);
    }

    /// Of the update that is being chosen for or whose plain handler runs: spares the second search.
    place current{};

    [[nodiscard]] std::size_t size() const { return sessions_.size(); }

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
