// Lets events run: each in order with the updates of its key, in a slot of its own, as soon as there is
// room for it. Those that are posted go through the structs and groups of the bot.
#pragma once

#include <banter/flow/job_book.hpp>
#include <banter/flow/post.hpp>
#include <banter/flow/rule_runner.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace banter::detail {

/// Where a posted event comes from, as far as it says so.
template <class Event>
update_address post_address([[maybe_unused]] const Event& event) {
    std::optional<std::int64_t> chat, user;
    if constexpr (names_user<Event>) chat = user = static_cast<std::int64_t>(event.user_id);
    if constexpr (requires { static_cast<std::int64_t>(event.chat_id); })
        chat = static_cast<std::int64_t>(event.chat_id);
    return job_address(nullptr, chat, user);
}

template <class Services, class Groups, class... Bots>
class event_runner : public rule_runner<Services, Groups, Bots...> {
    using base = rule_runner<Services, Groups, Bots...>;

  public:
    /// Tells C's conversation with this key of an event, as conversations<C>::send_event does: for what
    /// happens outside of the bot. To be called on the bot's executor.
    template <class C, std::size_t Parts, class Event>
    void send_event(const std::int64_t (&key)[Parts], Event event) {
        using wrong = sending_error_of<C, Event, Parts>;
        static_assert(sizeof(wrong) > 0);
        if constexpr (std::is_same_v<wrong, error::nothing_is_wrong>) {
            add<C>(key_from<C>(key), std::move(event));
            this->post_turn();
        }
    }

    /// Posts an event: it goes through the bot's structs and groups as an update does, to the rules
    /// on_event<Event>(...) that take it, in order with the updates of its chat and user if it names them.
    /// Where no rule takes it, it is counted in counters().unheard_events. `event` is moved from only if
    /// it is taken. To be called on the bot's executor; see poster() for other threads.
    template <class Event>
    [[nodiscard]] post_result post(Event&& event) {
        using type = std::remove_cvref_t<Event>;
        using wrong = post_error_of<type, Bots...>;
        static_assert(sizeof(wrong) > 0);
        if constexpr (std::is_same_v<wrong, error::nothing_is_wrong>) {
            if (const post_result refused = box_->reserve(); refused != post_result::queued)
                return refused;
            add_post(std::forward<Event>(event), true);
            this->post_turn();
        }
        return post_result::queued;
    }
    /// For posting events of this type from any thread.
    template <class Event>
    [[nodiscard]] banter::poster<Event> poster() {
        using wrong = post_error_of<Event, Bots...>;
        static_assert(sizeof(wrong) > 0);
        if constexpr (std::is_same_v<wrong, error::nothing_is_wrong>)
            return banter::poster<Event>(box_);
        else
            return {};
    }
    /// From here on posters refuse. To be called on the executor, before that goes.
    void close_posts() { close_box(); }

  protected:
    using typename base::slot;

    event_runner(bot& api, Services given, const dispatcher_options& options,
                 const dispatcher_base::continuations& next)
        : base(api, given, options, next) {
        if constexpr (has_posts)
            box_ = std::make_shared<box>(this->executor_, options.max_waiting_posts, this,
                                         &collect_posts);
    }
    ~event_runner() { close_box(); }

    static constexpr bool has_events = all_events<Bots...>::size != 0;
    static constexpr bool has_posts = any_post<Bots...>(all_events<Bots...>{});

    /// The handler's work is done: what it declared for conversations goes on its way.
    void deliver_events([[maybe_unused]] slot& at) {
        if constexpr (event_senders<sent_to<Bots...>>::any) {
            at.senders.for_each([this]<class C>(declared_event<C>& one) {
                std::visit(
                    [&]<class Event>(Event& what) {
                        if constexpr (!std::is_same_v<Event, std::monostate>)
                            add<C>(one.key, std::move(what));
                    },
                    one.what);
            });
            at.senders.clear();
        }
        if constexpr (post_outboxes<posted_by<Bots...>>::any) {
            at.posted.for_each([this]<class Event>(Event& one) { this->add_post(std::move(one), false); });
            at.posted.clear();
        }
        if constexpr (has_events)
            if (!waiting_.empty()) this->post_turn();
    }
    /// As many as there are slots for. On a turn of its own: a slot that has just become free may still be
    /// looked at by whoever used it.
    void let_in_events() {
        if constexpr (has_events) {
            held_back_.clear();
            for (auto one = waiting_.begin(); one != waiting_.end();) {
                const entry went = one->begin(*this, *one);
                if (went == entry::no_room) return;
                if (went == entry::key_is_full) {
                    ++one;
                    continue;
                }
                --this->in_flight_;
                if constexpr (has_posts)
                    if (one->counts) box_->make_room();
                one = waiting_.erase(one);
            }
        }
    }

  private:
    enum class entry : std::uint8_t { begun, no_room, key_is_full };
    using any_event = typename event_variant<all_events<Bots...>>::type;
    struct waiting_event {
        entry (*begin)(event_runner&, waiting_event&);
        std::array<std::int64_t, 5> key;
        any_event what;
        bool counts = false;  // in the box's limit
    };
    using box = post_box<any_event>;
    struct no_queue {};

    /// Whether the queues of an event's keys have room. Those behind it that share a key wait too, so
    /// that they stay in order.
    bool may_enter(const order_keys& keys) {
        const auto begin = keys.hashes.begin();
        const auto is_held = [&](std::uint64_t one) {
            return std::find(held_back_.begin(), held_back_.end(), one) != held_back_.end();
        };
        if (std::none_of(begin, begin + keys.count, is_held) &&
            this->sequencer_.longest_queue(keys) < this->options_.max_queue_for_key)
            return true;
        held_back_.insert(held_back_.end(), begin, begin + keys.count);
        return false;
    }
    entry enter(slot& at, waiting_event& one) {
        if (!may_enter(at.keys)) {
            this->release(at);
            return entry::key_is_full;
        }
        at.event.what = std::move(one.what);
        this->begin_internal(at);
        return entry::begun;
    }

    template <class C, class Event>
    void add(const typename key_of<C>::value& key, Event&& event) {
        waiting_event one{&begin_event<C, std::remove_cvref_t<Event>>, {}, std::forward<Event>(event)};
        std::copy(key.parts.begin(), key.parts.end(), one.key.begin());
        waiting_.push_back(std::move(one));
        ++this->in_flight_;
    }
    template <class C, class Event>
    static entry begin_event(event_runner& self, waiting_event& one) {
        typename key_of<C>::value key;
        std::copy_n(one.key.begin(), key.parts.size(), key.parts.begin());
        slot* const taken =
            self.take_internal(&run_event<C, Event>, self.sessions_.template address<C>(key));
        if (taken == nullptr) return entry::no_room;
        self.template put_key<C>(*taken, key);
        return self.enter(*taken, one);
    }
    template <class C, class Event>
    static void run_event(base& runner, work& w) {
        event_runner& self = static_cast<event_runner&>(runner);
        slot& at = base::slot_of(w);
        self.template find_again<C>(at);
        if (!self.template try_event<root_place<C>, Event>(at)) ++self.counters_.unheard_events;
    }

    /// Lets the conversation at a place take an event. What is nested in it is asked first.
    template <class Place, class Event>
    bool try_event(slot& at) {
        using C = typename Place::conversation;
        auto* const session = this->sessions_.template at<Place>();
        bool taken = false;
        for_each_mount<C>([&]<std::size_t Mount>() {
            using child = nested_place<Place, Mount>;
            if constexpr (is_among<Event, events_of<typename child::conversation>>)
                if (!taken && this->sessions_.template at<child>() != nullptr)
                    taken = this->template try_event<child, Event>(at);
        });
        if (taken) return true;
        const std::size_t state = session == nullptr ? 0 : session->state.index();
        for (std::size_t i = 0; i != choice_for<C, Event>.count; ++i) {
            const std::size_t rule = choice_for<C, Event>.tried[i];
            const rule_place& place = shape<C>::places[rule];
            if (!is_tried_in(place, state, shape<C>::reentry)) continue;
            if (place.where == section::event) {
                this->template run_rule<Place>(at, rule);
                return true;
            }
            for_each_mount<C>([&]<std::size_t Mount>() {
                using child = nested_place<Place, Mount>;
                if constexpr (event_choice<typename child::conversation, Event>::begins())
                    if (rule == Mount && this->sessions_.template at<child>() == nullptr)
                        taken = this->template try_event<child, Event>(at);
            });
            if (taken) return true;
        }
        return false;
    }

    // ---- posted to the bot as a whole ----

    template <class Event>
    void add_post(Event&& event, bool counts) {
        using type = std::remove_cvref_t<Event>;
        waiting_.push_back({&begin_post<type>, {}, std::forward<Event>(event), counts});
        ++this->in_flight_;
        ++this->counters_.posts;
    }
    static void collect_posts(void* which) {
        event_runner& self = *static_cast<event_runner*>(which);
        for (any_event& one : self.box_->take_arrived())
            std::visit(
                [&]<class Event>(Event& what) {
                    if constexpr (is_heard_post<Event, Bots...>) self.add_post(std::move(what), true);
                },
                one);
        self.let_in_events();
    }
    void close_box() {
        if constexpr (has_posts) box_->close();
    }

  protected:
    /// In one group, the one whose turn it is.
    template <class Event>
    static void run_post(base& runner, work& w) {
        event_runner& self = static_cast<event_runner&>(runner);
        slot& at = base::slot_of(w);
        if constexpr (Groups::count == 1) {
            at.event.heard = true;  // also if a handler throws
            at.event.heard = self.template offer_post<Event, Bots...>(at);
        } else {
            self.template run_post_in_group<Event>(at, Groups{});
        }
        const bool last = Groups::count == 1 || at.group + 1U == Groups::count;
        if (!std::is_same_v<Event, album> && last && !at.event.heard) ++self.counters_.unheard_events;
    }

  private:
    template <class Event>
    static entry begin_post(event_runner& self, waiting_event& one) {
        slot* const taken =
            self.take_internal(&run_post<Event>, post_address(std::get<Event>(one.what)));
        if (taken == nullptr) return entry::no_room;
        taken->is_post = true;
        (self.template add_order_key_of<Bots>(taken->update.head(), taken->keys), ...);
        return self.enter(*taken, one);
    }
    /// Each group gets the event as it was posted; what cannot be copied goes to the first that takes it.
    template <class Event, class... Lists>
    void run_post_in_group(slot& at, groups<Lists...>) {
        if constexpr (std::is_copy_constructible_v<Event>) {
            if (at.group != 0) at.event.what = std::move(at.event.kept);
            if (at.group + 1U != Groups::count)
                at.event.kept.template emplace<Event>(std::get<Event>(at.event.what));
        } else if (at.event.heard) {
            return;
        }
        const auto offer = [&]<class... Cs>(type_list<Cs...>) {
            return this->template offer_post<Event, Cs...>(at);
        };
        std::size_t number = 0;
        const auto offer_in = [&](auto list) {
            if (number++ != at.group) return;
            const bool heard_before = std::exchange(at.event.heard, true);  // also if a handler throws
            at.event.heard = offer(list) || heard_before;
        };
        (offer_in(Lists{}), ...);
    }
    template <class Event, class... Cs>
    bool offer_post(slot& at) {
        return (this->template try_post<Cs, Event>(at) || ...);
    }
    template <class C, class Event>
    bool try_post([[maybe_unused]] slot& at) {
        if constexpr (!takes_post<C, Event>) {
            return false;
        } else if constexpr (shape<C>::is_conversation) {
            const auto key = this->key_now(key_of<C>::of(at.update.head()));
            at.internal_key = {};
            std::copy(key.parts.begin(), key.parts.end(), at.internal_key.begin());
            this->template find_again<C>(at);
            return this->template try_event<root_place<C>, Event>(at);
        } else {
            return this->template try_event<root_place<C>, Event>(at);
        }
    }

    [[no_unique_address]] std::conditional_t<has_events, std::deque<waiting_event>, no_queue>
        waiting_;
    std::vector<std::uint64_t> held_back_;  // inside let_in_events(): keys whose queues are full
    [[no_unique_address]] std::conditional_t<has_posts, std::shared_ptr<box>, no_queue> box_;
};

}  // namespace banter::detail
