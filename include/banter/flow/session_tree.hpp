// The sessions of a bot as places see them (places.hpp): who is where, what a transition changes, and
// when something falls due. No handler runs here, and nothing is sent.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/handler_info.hpp>
#include <banter/flow/outcome.hpp>
#include <banter/flow/sessions.hpp>

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace banter::detail {

/// The mount that a rule for a result stands in.
template <class C, std::size_t R>
inline constexpr std::size_t mount_of = R - shape<C>::places[R].result;

/// The rule that takes a result where it is mounted.
template <class Result, std::size_t Mount, class Child, class... Bindings>
constexpr std::size_t binding_in(const nest_rule<Child, Bindings...>*) {
    return Mount + 1 + position_of<Result, typename Bindings::result_type...>();
}
template <class C, std::size_t Mount, class Result>
inline constexpr std::size_t binding_of =
    binding_in<Result, Mount>(static_cast<const rule_type<C, Mount>*>(nullptr));

// ---- timeouts ----

template <class C, std::size_t T>
inline constexpr due_time delay_of =
    std::chrono::nanoseconds(rule_at<C, timeouts_of<C>[T]>.delay).count();

template <class C, class Visit>
constexpr void for_each_timeout(Visit&& visit) {
    [&]<std::size_t... T>(std::index_sequence<T...>) {
        (visit.template operator()<T>(), ...);
    }(std::make_index_sequence<shape<C>::timeouts>{});
}
/// Whether the T-th timeout of C counts in a state, numbered from 0.
template <class C, std::size_t T>
constexpr bool counts_in(std::size_t state) {
    constexpr rule_place place = shape<C>::places[timeouts_of<C>[T]];
    return !place.in_state || place.state == state;
}

/// Two conversations of a bot that cannot both go on for one key.
template <class A, class B>
inline constexpr bool are_rivals = [] {
    if constexpr (std::is_same_v<A, B> || !shape<A>::is_conversation || !shape<B>::is_conversation)
        return false;
    else
        return !shape<A>::parallel && !shape<B>::parallel && key_of<A>::parts == key_of<B>::parts;
}();

template <class Groups, class... Bots>
class session_tree {
  public:
    template <class C>
    sessions<C>& of() {
        return std::get<sessions<C>>(sessions_);
    }
    template <class C>
    const sessions<C>& of() const {
        return std::get<sessions<C>>(sessions_);
    }

    // ---- who is where ----

    /// The session at a place, of the root's current one; null if it is not going on.
    template <class Place>
    session<typename Place::conversation>* at() {
        if constexpr (Place::is_nested) {
            auto* const parent = at<typename Place::parent>();
            if (parent == nullptr) return nullptr;
            auto& nested = parent->nested.template slot<Place::mount>().going_on;
            return nested ? &*nested : nullptr;
        } else if constexpr (shape<typename Place::root>::is_conversation) {
            auto& all = of<typename Place::root>();
            return all.is_there(all.current) ? &all.current->second : nullptr;
        } else {
            return nullptr;
        }
    }
    /// The data of the state that the conversation at a place is in.
    template <class Place, class State>
    State* data() {
        return std::get_if<State>(&at<Place>()->state);
    }

    // ---- transitions ----

    /// A nested conversation finishes with a Result, which goes to the parent's handler: the number of
    /// that rule. The parent may be there only for that, where an entry point finishes at once: if its
    /// handler fails, end_if_idle() is to be called for it.
    template <class Place, class Result, class Key>
    std::size_t hand_over(const Key& key) {
        using parent = typename Place::parent;
        ensure<parent>(key);
        return binding_of<typename parent::conversation, Place::mount, Result>;
    }

    /// The handler of rule R, which stands in Where, has led to a target, which is no next<...>. `here`
    /// is the data that it worked on, `key` that of the root's session, `now` the time where there
    /// are timeouts.
    template <class Place, std::size_t R, section Where, class Key, class Target, class State>
    void move(const Key& key, due_time now, Target&& target, State* here) {
        using C = typename Place::conversation;
        using plain = std::remove_cvref_t<Target>;
        if constexpr (Where == section::result) slot<Place, mount_of<C, R>>() = {};
        if constexpr (std::is_same_v<plain, stay>) {
            if constexpr (handler_info<C, R>::changes_state)
                *data<Place, State>() = std::move(*here);
            if constexpr (Where == section::result) end_if_idle<Place>();
            if constexpr (Where == section::timeout)
                disarm<Place, R>();
            else if constexpr (Where != section::error)
                extend<Place>(now);
        } else if constexpr (std::is_same_v<plain, end> || is_finish<plain>) {
            end_at<Place>();
            if constexpr (Place::is_nested) extend<typename Place::parent>(now);
        } else {
            [[maybe_unused]] bool begins = false;
            if constexpr (has_rivals<typename Place::root>)
                begins = is_in_no_state<typename Place::root>();
            auto& session = ensure<Place>(key);
            const bool began = session.state.index() == 0;
            if constexpr (leads_back<C>) remember<Place, R, plain>(session, here);
            session.state.template emplace<plain>(std::forward<Target>(target));
            session.nested.clear();
            arm<Place>(session, began, now);
            if constexpr (Place::is_nested) extend<typename Place::parent>(now);
            if (begins) end_rivals<typename Place::root>(key);
        }
    }

    /// The state that the conversation at a place was in before; null if there is none.
    template <class Place>
    auto* previous() {
        auto* const in = at<Place>();
        return in == nullptr || in->past.states.empty() ? nullptr : &in->past.states.back();
    }
    /// The handler of rule R has led back to that state.
    template <class Place, std::size_t R, section Where>
    void go_back(due_time now) {
        using C = typename Place::conversation;
        if constexpr (Where == section::result) slot<Place, mount_of<C, R>>() = {};
        auto& session = *at<Place>();
        session.state = std::move(session.past.states.back());
        session.past.states.pop_back();
        session.nested.clear();
        arm<Place>(session, false, now);
        if constexpr (Place::is_nested) extend<typename Place::parent>(now);
    }

    /// Ends the conversation at a place if it is in no state, and nothing nested in it is going on.
    template <class Place>
    void end_if_idle() {
        auto* const session = at<Place>();
        if (session != nullptr && session->state.index() == 0 && !session->nested.any())
            end_at<Place>();
    }

    // ---- what falls due ----

    /// The timeout of the conversation at a place that is due, a rule; the number of its rules if there
    /// is none. If its handler fails, its turn comes again after the same time.
    template <class Place>
    std::size_t take_due(due_time now) {
        using C = typename Place::conversation;
        std::size_t rule = shape<C>::rule_count;
        if constexpr (shape<C>::timeouts != 0)
            if (auto* const session = at<Place>())
                for_each_timeout<C>([&]<std::size_t T>() {
                    due_time& due = session->due.at[T];
                    if (due == 0 || due > now || rule != shape<C>::rule_count) return;
                    rule = timeouts_of<C>[T];
                    due = now + delay_of<C, T>;
                });
        return rule;
    }

    /// The root's current session speaks to where something was handled; to where it did before, if
    /// that was no update.
    template <class C>
    void note_address(const telegram::envelope& handled, bool is_update) {
        auto& all = of<C>();
        if (!all.is_there(all.current)) return;
        update_address& address = all.current->second.address;
        if (is_update || (address.chat == chat_type::none && !address.has_user))
            address.assign(handled);
    }
    /// Whom C's session with this key speaks to.
    template <class C>
    update_address address(const typename key_of<C>::value& key) {
        auto& all = of<C>();
        const auto place = all.find(key);
        return all.is_there(place) ? place->second.address : key_of<C>::address(key);
    }

    /// Sets the timer of the root's current session, if it has to be set. Returns its time, or 0.
    template <class C>
    due_time set_timer() {
        auto& all = of<C>();
        if (!all.is_there(all.current)) return 0;
        auto& root = all.current->second;
        const due_time due = earliest(static_cast<session<C>&>(root));
        if (due == 0) return 0;
        // One before its time finds out that there is nothing to do yet: an update that extends a
        // timeout need not touch it.
        const bool pending = all.timers.pending(root.timer);
        if (pending && all.timers.due(root.timer) <= due) return 0;
        if (pending)
            all.timers.move(root.timer, due);
        else
            root.timer = all.timers.add(due, all.current->first);
        return due;
    }

    /// When a session of C has to be looked at; 0 for never.
    template <class C>
    due_time next_look() const {
        if constexpr (family_has_timeouts<C>()) {
            const auto& timers = of<C>().timers;
            if (!timers.empty()) return timers.next_due();
        }
        return 0;
    }
    /// Looks at the session of C whose timer is the first; calls `begin(key, address)` if it has
    /// something due. Where that has no room, the session is looked at again soon.
    template <class C, class Begin>
    void look_at_next(due_time now, Begin&& begin) {
        constexpr due_time soon = 100'000'000;
        auto& timers = of<C>().timers;
        const auto key = timers.next();
        auto& root = of<C>().find(key)->second;
        const due_time due = earliest(static_cast<session<C>&>(root));
        if (due > timers.next_due()) {
            timers.move(root.timer, due);
            return;
        }
        timers.take();
        // The map may change in there.
        if (due == 0 || begin(key, update_address(root.address))) return;
        of<C>().find(key)->second.timer = timers.add(now + soon, key);
    }

    // ---- a chat that goes on under another id ----

    /// Moves the conversations of a chat. One that may not go on beside what the new chat has for the
    /// same key is over.
    BANTER_COLD void move_chat(std::int64_t from, std::int64_t to) {
        const auto move_one = [&]<class C>(std::type_identity<C>) {
            if constexpr (shape<C>::is_conversation)
                of<C>().move_chat(from, to, [&](const typename key_of<C>::value& key) {
                    return (is_taken<C, Bots>(key) || ...);
                });
        };
        (move_one(std::type_identity<Bots>{}), ...);
    }

  private:
    /// Each group has conversations of its own.
    template <class A, class B>
    static constexpr bool rivals = are_rivals<A, B> && Groups::template together<A, B>;

    /// Whether Other goes on for a key, or C does, so that C cannot come there.
    template <class C, class Other>
    bool is_taken(const typename key_of<C>::value& key) {
        if constexpr (std::is_same_v<C, Other>)
            return of<C>().is_there(of<C>().find(key));
        else if constexpr (rivals<C, Other>)
            return of<Other>().is_there(of<Other>().find(same_key<key_of<Other>>(key)));
        else
            return false;
    }

    // ---- one conversation for a key ----

    template <class C>
    static constexpr bool has_rivals = (rivals<C, Bots> || ...);

    template <class C>
    bool is_in_no_state() {
        auto* const root = at<root_place<C>>();
        return root == nullptr || root->state.index() == 0;
    }
    /// C has begun: those that may not go on beside it are over.
    template <class C>
    void end_rivals(const typename key_of<C>::value& key) {
        const auto end_one = [&]<class Other>(std::type_identity<Other>) {
            if constexpr (rivals<C, Other>) {
                auto& others = of<Other>();
                others.current = others.find(same_key<key_of<Other>>(key));
                others.erase_current();
            }
        };
        (end_one(std::type_identity<Bots>{}), ...);
    }

    template <class Place, std::size_t Mount>
    auto& slot() {
        return at<Place>()->nested.template slot<Mount>();
    }

    /// The session at a place, made where there is none, together with those around it.
    template <class Place, class Key>
    session<typename Place::conversation>& ensure(const Key& key) {
        if constexpr (Place::is_nested) {
            auto& nested = ensure<typename Place::parent>(key)
                               .nested.template slot<Place::mount>()
                               .going_on;
            if (!nested) nested.emplace();
            return *nested;
        } else {
            return of<typename Place::root>().ensure(key);
        }
    }
    /// The conversation at a place is over. One around it that was in no state is over as well.
    template <class Place>
    void end_at() {
        if constexpr (!Place::is_nested) {
            of<typename Place::root>().erase_current();
        } else if (at<typename Place::parent>() != nullptr) {
            slot<typename Place::parent, Place::mount>() = {};
            end_if_idle<typename Place::parent>();
        }
    }
    /// A state is about to be left for Next. A handler that has worked on its data leaves it so.
    template <class Place, std::size_t R, class Next, class State>
    void remember(session<typename Place::conversation>& in, [[maybe_unused]] State* here) {
        using C = typename Place::conversation;
        if constexpr (shape<C>::places[R].list == section::entry) {
            in.past.clear();
        } else if (in.state.index() != 0 && !std::holds_alternative<Next>(in.state)) {
            if constexpr (handler_info<C, R>::changes_state)
                if (State* const left = std::get_if<State>(&in.state)) *left = std::move(*here);
            in.past.add(std::move(in.state));
        }
    }
    /// A state has been entered: its timeouts begin, those of others are over.
    template <class Place>
    void arm([[maybe_unused]] session<typename Place::conversation>& in,
             [[maybe_unused]] bool began, [[maybe_unused]] due_time now) {
        using C = typename Place::conversation;
        if constexpr (shape<C>::timeouts != 0)
            for_each_timeout<C>([&]<std::size_t T>() {
                constexpr rule_place place = shape<C>::places[timeouts_of<C>[T]];
                constexpr bool fixed = !rule_at<C, timeouts_of<C>[T]>.extended;
                if (!counts_in<C, T>(in.state.index() - 1))
                    in.due.at[T] = 0;
                else if (place.in_state || !fixed || began)
                    in.due.at[T] = now + delay_of<C, T>;
            });
    }
    /// Something was handled at a place: its timeouts begin anew, and those around it.
    template <class Place>
    void extend([[maybe_unused]] due_time now) {
        using C = typename Place::conversation;
        if constexpr (shape<C>::timeouts != 0)
            if (auto* const in = at<Place>())
                for_each_timeout<C>([&]<std::size_t T>() {
                    if (rule_at<C, timeouts_of<C>[T]>.extended &&
                        counts_in<C, T>(in->state.index() - 1))
                        in->due.at[T] = now + delay_of<C, T>;
                });
        if constexpr (Place::is_nested) extend<typename Place::parent>(now);
    }
    /// The timeout rule R has had its turn and stayed.
    template <class Place, std::size_t R>
    void disarm() {
        using C = typename Place::conversation;
        if (auto* const in = at<Place>())
            for_each_timeout<C>([&]<std::size_t T>() {
                if (timeouts_of<C>[T] == R) in->due.at[T] = 0;
            });
    }

    std::tuple<sessions<Bots>...> sessions_;
};

}  // namespace banter::detail
