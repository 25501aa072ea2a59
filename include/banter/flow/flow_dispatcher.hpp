// From an update to a finished handler: decode, find the session, choose the rule, run its handler,
// commit, send what it declared.
//
// Conversations nested in a state are tried where they are mounted, and live in the session of the one
// around them; a timeout is handled as an update is, in order with those of its key.
//
// A plain handler runs to its end inside offer(), and so does a coroutine that does not wait; one
// that does goes on in one of a bounded set of workers, which are started once and reused
// (worker.hpp). Effects are sent step by step without a coroutine (dispatcher_base.hpp). Updates of
// one key run in arrival order, those of different keys together (sequencer.hpp). Everything runs on
// one executor, which must be a single thread or a strand.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/call_hooks.hpp>
#include <banter/flow/chooser.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace banter {

/// The bot's structs at work; named dispatcher<payment, help> without services, else
/// basic_dispatcher<services<database>, payment, help>, which check the flows first. See run() for
/// the ready-made program.
template <class Services, class Groups, class... Bots>
class flow_dispatcher : public detail::chooser<Services, Groups, Bots...> {
    using base = detail::chooser<Services, Groups, Bots...>;
    using rule_runner = detail::rule_runner<Services, Groups, Bots...>;
    using typename base::runner;
    using typename base::slot;
    using base::api_, base::counters_, base::done_, base::executor_, base::in_flight_, base::moved_,
        base::index_, base::options_, base::runnable_, base::sequencer_, base::sessions_,
        base::slots_, base::supplies_, base::kept_sessions_;
    using base::begin_internal, base::clock, base::employ, base::follow,
        base::give_failure,
        base::log_error_handler_failure, base::log_failure, base::note_failure,
        base::note_failed_fetch,
        base::note_unreadable, base::post_turn, base::release, base::send_effects, base::slot_of,
        base::stop_alarm, base::take, base::take_internal, base::wake_at;
    using work = detail::work;
    /// The bots and what is nested in them.
    using flows = detail::flows_of<Bots...>;

  public:
    flow_dispatcher(bot& api, Services given, dispatcher_options options = {})
        : base(api, given, options, how_to_go_on), calls_(api, given, options.log) {
        [this]<class... Flows>(detail::type_list<Flows...>) {
            (this->template add<Flows>(), ...);
        }(flows{});
        index_.build();
        slots_.reserve(options.max_in_flight);
        (kept_sessions_.template load<Bots>(sessions_, [this] { this->template set_timer<Bots>(); }),
         ...);
    }

    /// Takes an update: the text of one Update. The text is copied. `update_id` is set wherever it
    /// can be found.
    accepted offer(std::string_view json, std::int64_t& update_id);

    /// Whoever fetches updates has failed, and will try again: the bot's error handlers are told, as of
    /// a failure without an update (PTB: errors of polling).
    void fetching_failed([[maybe_unused]] std::exception_ptr error) {
        if constexpr (shared_errors::size != 0) {
            slot* const taken = take_internal([](rule_runner&, work&) {}, {});
            if (taken == nullptr) return;  // the bot is full: it has other things to do
            note_failed_fetch(*taken, std::move(error));
            begin_internal(*taken);
        }
    }

    /// Waits until nothing is in work, and lets the sleeping workers and the next timeout go: an
    /// io_context with nothing else to do then returns from run().
    [[nodiscard]] boost::asio::awaitable<void> drain() {
        while (in_flight_ != 0) {
            auto waiting = api_->network().wait(std::chrono::milliseconds{5});
            co_await std::move(waiting);
        }
        save_data();
        stop_alarm();
        for (const auto& one : slots_) {
            one->coroutine = nullptr;
            one->worker.reset();
        }
    }

    /// The names of the update kinds that the bot's filters can take: for getUpdates.
    [[nodiscard]] static std::span<const std::string_view> allowed_updates() {
        return detail::allowed_names<Bots...>.view();
    }

    /// The state of C's conversation with these key parts, in the order of keyed_by; null where
    /// there is none or it is in another state.
    template <class C, class State, class... Parts>
    [[nodiscard]] State* state_of(Parts... parts) {
        auto* const session = session_with<C>(parts...);
        return session == nullptr ? nullptr : std::get_if<State>(&session->state);
    }

    /// Whether C's conversation with these key parts is going on.
    template <class C, class... Parts>
    [[nodiscard]] bool in_conversation(Parts... parts) {
        return session_with<C>(parts...) != nullptr;
    }

    /// The number of C's conversations.
    template <class C>
    [[nodiscard]] std::size_t conversations() const {
        return sessions_.template of<C>().size();
    }

    /// A group goes on under another id: it has become a supergroup. Its conversations, data and jobs
    /// move, once; where the new chat has its own conversation or data already, for the same key, those
    /// stay, and the old chat's conversation is over. Telegram's service messages have this done; it is
    /// for what learns it otherwise, by api_error::migrate_to_chat_id().
    BANTER_COLD void move_chat(std::int64_t from, std::int64_t to) {
        if (!moved_.add(from, to)) return;
        sessions_.move_chat(from, to);
        kept_sessions_.settle(sessions_);
        supplies_.stores().move_chat(from, to);
        this->move_jobs(from, to);
    }

    /// Stored data of a user, a chat, the bot; until it is dropped. What is changed here is stored by
    /// save_data(), by drain(), or with the next handler that takes it.
    template <class T>
    [[nodiscard]] T& user(std::int64_t id) {
        return *supplies_.stores().template at_now<user_data<T>>(id, moved_);
    }
    template <class T>
    [[nodiscard]] T& chat(std::int64_t id) {
        return *supplies_.stores().template at_now<chat_data<T>>(id, moved_);
    }
    template <class T>
    [[nodiscard]] T& whole_bot() {
        return *supplies_.stores().template at<bot_data<T>>(0);
    }
    /// Drops stored data: of one type, or all that there is of a user or a chat (PTB: drop_user_data,
    /// drop_chat_data). A handler that waits with a reference to it goes on with an empty value.
    template <class T>
    void drop_user(std::int64_t id) {
        supplies_.stores().template drop<user_data<T>>(id);
    }
    void drop_user(std::int64_t id) { supplies_.stores().drop_user(id); }
    template <class T>
    void drop_chat(std::int64_t id) {
        supplies_.stores().template drop<chat_data<T>>(id);
    }
    void drop_chat(std::int64_t id) { supplies_.stores().drop_chat(id); }
    template <class T>
    void drop_whole_bot() {
        supplies_.stores().template drop<bot_data<T>>(0);
    }
    /// Writes what has changed and is not in the store yet.
    void save_data() {
        supplies_.stores().save_all();
        kept_sessions_.settle_all(sessions_);
    }

    /// The jobs of one kind, of all chats. To be used on the executor, outside of handlers.
    template <class Job>
    [[nodiscard]] banter::jobs<Job>& jobs() {
        return this->template book<Job>().outside();
    }

    /// The number of keyboards whose objects of type T are kept (stored_buttons<T>).
    template <class T>
    [[nodiscard]] std::size_t stored_keyboards() {
        return supplies_.buttons().template kept<T>().keyboards();
    }

  private:
    template <class C>
    using root_of = detail::root_among<C, Bots...>;

    template <class C, class... Parts>
    detail::session<C>* session_with(Parts... parts) {
        auto& sessions = sessions_.template of<root_of<C>>();
        typename detail::key_of<root_of<C>>::value key{{static_cast<std::int64_t>(parts)...}};
        const auto at = sessions.find(this->key_now(key));
        if (!sessions.is_there(at)) return nullptr;
        return detail::find_session<C>(static_cast<detail::session<root_of<C>>&>(at->second));
    }

    // ---- building ----

    template <class C>
    void add() {
        constexpr std::size_t count = detail::shape<C>::rule_count;
        const auto rules = []<std::size_t... R>(std::index_sequence<R...>) {
            return std::array<detail::indexed_rule, count>{detail::indexed_rule{
                detail::rule_program<detail::filter_at<C, R>>, detail::shape<C>::places[R].where,
                detail::shape<C>::places[R].state, detail::is_mount<detail::rule_type<C, R>>}...};
        }(std::make_index_sequence<count>{});
        index_.add(rules, detail::states_of<C>::count, detail::shape<C>::reentry);
    }

    // ---- timeouts ----

    /// The clock has reached an alarm: everything that is due begins, in the order of its times.
    void on_alarm() {
        const detail::due_time now = clock();
        for (;;) {
            detail::due_time next = 0;
            (earlier(next, sessions_.template next_look<Bots>()), ...);
            earlier(next, this->next_job());
            if constexpr (base::takes_albums) earlier(next, this->next_album());
            if (next == 0) return;
            if (next > now) return wake_at(next);
            if constexpr (base::takes_albums)
                if (this->close_album_due(next)) continue;
            (void)((look_at_next<Bots>(next, now) || ...) || this->begin_job_due(next, now));
        }
    }
    static void earlier(detail::due_time& first, detail::due_time time) {
        if (time != 0 && (first == 0 || time < first)) first = time;
    }
    /// False if C's next session does not have this time.
    template <class C>
    bool look_at_next([[maybe_unused]] detail::due_time next,
                      [[maybe_unused]] detail::due_time now) {
        if constexpr (detail::family_has_timeouts<C>()) {
            if (sessions_.template next_look<C>() != next) return false;
            sessions_.template look_at_next<C>(
                now, [this](const auto& key, const update_address& from) {
                    return this->template begin_timeout<C>(key, from);
                });
            return true;
        } else {
            return false;
        }
    }

    /// Lets a timeout run, in order with the updates of its key. False: there is no room.
    template <class C>
    bool begin_timeout(const typename detail::key_of<C>::value& key,
                       const update_address& address) {
        slot* const taken = take_internal(&run_timeout<C>, address);
        if (taken == nullptr) return false;
        this->template put_key<C>(*taken, key);
        begin_internal(*taken);
        return true;
    }
    template <class C>
    static void run_timeout(rule_runner& runner, work& w) {
        flow_dispatcher& self = static_cast<flow_dispatcher&>(runner);
        slot& at = slot_of(w);
        self.base::template find_again<C>(at);
        // Whatever becomes of the handler, the session is looked at again.
        const struct timer_again {
            flow_dispatcher& self;
            ~timer_again() { self.base::template set_timer<C>(); }
        } afterwards{self};
        (void)self.template run_due<detail::root_place<C>>(at, self.clock());
    }
    /// Runs one timeout that is due, of the outermost conversation that has one.
    template <class Place>
    bool run_due(slot& at, detail::due_time now) {
        using C = typename Place::conversation;
        const std::size_t rule = sessions_.template take_due<Place>(now);
        if (rule != detail::shape<C>::rule_count) {
            this->template run_rule<Place>(at, rule);
            return true;
        }
        bool found = false;
        detail::for_each_mount<C>([&]<std::size_t Mount>() {
            found = found || run_due<detail::nested_place<Place, Mount>>(at, now);
        });
        return found;
    }

    // ---- groups ----

    /// Whether another group is to see the update.
    static bool goes_further([[maybe_unused]] const slot& at) {
        if constexpr (Groups::count == 1)
            return false;
        else
            return (at.internal == nullptr || at.is_post) && !at.stopped && at.group + 1U != Groups::count &&
                   !(at.failed && at.failed->where == failure::stage::decoding);
    }
    /// What a group has done is done: the next one sees the update as if it had just come.
    bool enter_next_group([[maybe_unused]] slot& at) {
        if constexpr (Groups::count == 1) {
            return false;
        } else {
            if (!goes_further(at)) return false;
            at.declared.settle(true);
            this->deliver_events(at);
            this->release_group(at);
            ++at.group;
            return true;
        }
    }
    /// A group has done what it does.
    void pass_on(slot& at) {
        if (enter_next_group(at)) {
            begin(at);
            if (!at.waits) go_on(at);
            return;
        }
        if constexpr (base::takes_albums)
            if (this->enter_next_message(at)) {
                begin(at);
                if (!at.waits) go_on(at);
                return;
            }
        if constexpr (Groups::count != 1)
            if (!at.answers) {  // an error handler has stopped whoever would have answered the button
                at.failed.reset();
                at.effects.clear();
                this->declare_answer(at, true);
                if (!at.effects.empty()) return send_effects(at);
            }
        finish(at);
    }

    // ---- one update in work ----

    /// Chooses a handler and runs it, as far as it goes without waiting.
    void begin(slot& at) {
        at.beginning = true;
        this->expect_answer(at);
        try {
            if (at.internal != nullptr) {
                at.internal(*this, at);
            } else {
                supplies_.buttons().find(at.update);
                at.known = index_.classify(at.update);
                this->choose_and_run(at);
            }
            follow(at);
        } catch (...) {
            note_failure(at);
        }
        (void)give_failure(at);
        at.beginning = false;
        if (!at.waits) has_ended(at);
    }
    /// Its handler has ended, if there was one.
    void has_ended(slot& at) {
        this->declare_answer(at, !goes_further(at));
        supplies_.buttons().settle(at.buttons);
    }

    static bool is_through(const slot& at) {
        return at.effects.empty() && at.declared.empty() && !at.failed && at.remember == nullptr;
    }

    /// The handler has ended: what it declared is sent, what failed is reported.
    void go_on(slot& at) {
        at.declared.settle(true);
        if (at.effects.empty())
            conclude(at);
        else
            send_effects(at);
    }
    void conclude(slot& at) {
        if (at.remember != nullptr) at.remember(*this, at);
        if (!at.failed || at.error_taken) return pass_on(at);
        at.answered = at.answers;
        if (give_failure(at)) {  // of an effect that was refused
            if (at.waits) return;
            has_ended(at);
            return go_on(at);
        }
        if constexpr (shared_errors::size != 0) {
            boost::asio::co_spawn(executor_, report(at), boost::asio::detached);
        } else {
            log_failure(*at.failed);
            pass_on(at);
        }
    }

    static flow_dispatcher& self_of(detail::dispatcher_base& self) {
        return static_cast<flow_dispatcher&>(self);
    }

    /// The worker is there, or a coroutine that had waited has come to its end.
    static void on_worker_sleeps(detail::dispatcher_base& self, work& w) {
        slot& at = slot_of(w);
        if (!at.waits) return;
        const bool inside = std::exchange(at.beginning, true);
        try {
            at.task(self_of(self), at);
            self_of(self).follow(at);
        } catch (...) {
            self_of(self).note_failure(at);
        }
        (void)self_of(self).give_failure(at);
        at.beginning = inside;
        if (at.waits || inside) return;
        self_of(self).has_ended(at);
        self_of(self).go_on(at);
    }
    /// Updates whose predecessors have finished.
    static void on_turn(detail::dispatcher_base& which) {
        flow_dispatcher& self = self_of(which);
        self.let_in_events();
        std::swap(self.runnable_, self.running_);
        for (const detail::sequencer::ticket one : self.running_) {
            slot& at = *self.slots_[one];
            self.begin(at);
            if (!at.waits) self.go_on(at);
        }
        self.running_.clear();
    }
    static constexpr detail::dispatcher_base::continuations how_to_go_on{
        &on_worker_sleeps,
        [](detail::dispatcher_base& self, work& w) { self_of(self).conclude(slot_of(w)); }, &on_turn,
        [](detail::dispatcher_base& self) { self_of(self).on_alarm(); }};

    /// The update is through: its key is free, and its slot.
    void finish(slot& at) {
        --in_flight_;
        at.finished = true;
        const std::int64_t id = at.update.head().update_id;
        const bool tell = !at.offering && at.internal == nullptr && done_.call != nullptr;
        [[maybe_unused]] auto album = std::exchange(at.album, {});
        if (at.entered) sequencer_.leave(at.ticket, at.keys, runnable_);
        // Even a plain handler runs on its own turn: finish() must not nest.
        if (!runnable_.empty()) post_turn();
        at.declared.settle(true);  // of error handlers
        this->deliver_events(at);
        release(at);
        if constexpr (base::takes_albums) {
            if (!album.ids.empty()) {
                if (done_.call != nullptr)
                    for (const std::int64_t one : album.ids) done_.call(done_.object, one);
                return;
            }
        }
        if (tell) done_.call(done_.object, id);
    }

    // ---- error handlers of the bot ----

    using shared_errors = detail::shared_errors_of<Bots...>;

    template <class Rule>
    boost::asio::awaitable<void> report_to(slot& at) {
        using flow = typename Rule::flow;
        using given = detail::given_at<flow, Rule::rule>;
        constexpr auto handler = detail::handler_at<flow, Rule::rule>;
        using signature = detail::signature_at<flow, Rule::rule>;
        detail::no_state* const no_state = nullptr;
        given* caught = nullptr;
        if constexpr (!std::is_same_v<given, detail::nothing_given>) {
            caught = detail::caught_as<given>(at.failed->error);
            if (caught == nullptr) co_return;
        }
        at.error_taken = true;
        if constexpr (detail::targets_of<typename signature::result>::is_task) {
            const typename detail::supplies<Services, Bots...>::template held_by<
                typename signature::arguments>
                kept(supplies_, at);
            auto running = supplies_.call(handler, at, no_state, caught);
            if constexpr (detail::may_stop<typename signature::result>) {
                auto said = co_await std::move(running);
                at.stopped = detail::says_stop(said.value());
            } else {
                co_await std::move(running);
            }
        } else if constexpr (detail::may_stop<typename signature::result>) {
            at.stopped = detail::says_stop(supplies_.call(handler, at, no_state, caught));
        } else {
            supplies_.call(handler, at, no_state, caught);
        }
    }
    /// Tells the error handlers; what they throw is logged and goes no further.
    template <class... Rules>
    boost::asio::awaitable<void> report_to_all(slot& at, detail::type_list<Rules...>) {
        boost::asio::awaitable<void> reports[] = {report_to<Rules>(at)...};
        for (auto& next : reports) {
            std::exception_ptr error;
            try {
                co_await std::move(next);
            } catch (...) {
                error = std::current_exception();
            }
            if (error) log_error_handler_failure(*at.failed, error);
            if (at.stopped) break;
        }
    }
    boost::asio::awaitable<void> report(slot& at) {
        auto reporting = report_to_all(at, shared_errors{});
        co_await std::move(reporting);
        if (!at.error_taken) log_failure(*at.failed);
        pass_on(at);
    }

    /// Telegram tells twice that a group has become a supergroup, each time in one of the two chats.
    void note_move(const telegram::envelope& head) {
        if (head.content.contains(content_kind::migrate_to_chat_id))
            move_chat(head.chat_id, head.migrated_chat_id);
        else
            move_chat(head.migrated_chat_id, head.chat_id);
    }

    std::vector<detail::sequencer::ticket> running_;  // inside on_turn()
    [[no_unique_address]] detail::call_hooks<Services> calls_;
};

template <class Services, class Groups, class... Bots>
accepted flow_dispatcher<Services, Groups, Bots...>::offer(std::string_view json,
                                                    std::int64_t& update_id) {
    slot* const taken = take();
    if (taken == nullptr) return accepted::busy;
    slot& at = *taken;
    at.update.set_bot_username(api_->me().username);
    const telegram::decode_fault fault = at.update.read(json);
    update_id = at.update.head().update_id;
    at.clear();
    const bool readable = fault == telegram::decode_fault::none;
    if (readable && at.update.head().migrated_chat_id != 0) note_move(at.update.head());
    if constexpr (base::takes_albums)
        if (readable)
            switch (this->collect(at)) {
                case base::collected::taken: ++counters_.updates; return accepted::pending;
                case base::collected::busy: release(at); return accepted::busy;
                case base::collected::no_album: break;
            }
    const auto add_keys = [&] {
        if (readable && at.keys.count == 0)
            (this->template add_order_key_of<Bots>(at.update.head(), at.keys), ...);
    };
    if (!sequencer_.idle()) add_keys();

    if (sequencer_.must_wait(at.keys)) {
        if (sequencer_.longest_queue(at.keys) >= options_.max_queue_for_key) {
            release(at);
            return accepted::busy;
        }
        ++counters_.updates;
        ++in_flight_;
        sequencer_.enter(at.ticket, at.keys);
        at.entered = true;
        return accepted::pending;
    }

    ++counters_.updates;
    if (!readable)
        note_unreadable(at, fault);
    else
        begin(at);
    while (!at.waits && is_through(at)) {
        if (enter_next_group(at)) {
            begin(at);
            continue;
        }
        this->deliver_events(at);
        release(at);
        return accepted::done;
    }
    ++in_flight_;
    if (!at.waits) {
        at.offering = true;
        go_on(at);
        at.offering = false;
        if (at.finished) return accepted::done;
    }
    add_keys();
    sequencer_.enter(at.ticket, at.keys);
    at.entered = true;
    return accepted::pending;
}

}  // namespace banter
