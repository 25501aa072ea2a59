// From an update to a finished handler: decode, find the session, choose the rule, run its handler,
// commit, send what it declared.
//
// A plain handler runs to its end inside offer(), without a coroutine. A handler that is a
// coroutine, and whatever has effects to send, continues in one of a bounded set of worker
// coroutines, which are started once and reused. Updates of one key run in arrival order, those of
// different keys together (sequencer.hpp). Everything runs on one executor, which must be a single
// thread or a strand.
#pragma once

#include <banter/flow/dispatcher_base.hpp>
#include <banter/flow/handler_info.hpp>
#include <banter/flow/sessions.hpp>
#include <banter/flow/stores.hpp>
#include <banter/flow/task.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

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
template <class Services, class... Bots>
class flow_dispatcher : public detail::dispatcher_base {
    struct slot;
    using work = detail::work;

  public:
    flow_dispatcher(bot& api, Services given, dispatcher_options options = {})
        : dispatcher_base(api, options), services_(given) {
        (add<Bots>(), ...);
        index_.build();
        slots_.reserve(options.max_in_flight);
    }

    /// Takes an update: the text of one Update. The text is copied. `update_id` is set wherever it
    /// can be found.
    accepted offer(std::string_view json, std::int64_t& update_id);

    /// Waits until nothing is in work, and lets the sleeping workers go: an io_context with nothing
    /// else to do then returns from run().
    [[nodiscard]] boost::asio::awaitable<void> drain() {
        while (in_flight_ != 0) {
            auto waiting = api_->network().wait(std::chrono::milliseconds{5});
            co_await std::move(waiting);
        }
        for (const auto& one : slots_) {
            one->parked.reset();
            one->started = false;
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
        auto& sessions = std::get<detail::sessions<C>>(sessions_);
        const auto at = sessions.find({{static_cast<std::int64_t>(parts)...}});
        return sessions.is_there(at) ? std::get_if<State>(&at->second) : nullptr;
    }

    /// Whether C's conversation with these key parts is going on.
    template <class C, class... Parts>
    [[nodiscard]] bool in_conversation(Parts... parts) {
        auto& sessions = std::get<detail::sessions<C>>(sessions_);
        return sessions.is_there(sessions.find({{static_cast<std::int64_t>(parts)...}}));
    }

    /// The number of C's conversations.
    template <class C>
    [[nodiscard]] std::size_t conversations() const {
        return std::get<detail::sessions<C>>(sessions_).size();
    }

    /// Stored data of a user, a chat, the bot.
    template <class T>
    [[nodiscard]] T& user(std::int64_t id) {
        return *stores_.template user<T>(id);
    }
    template <class T>
    [[nodiscard]] T& chat(std::int64_t id) {
        return *stores_.template chat<T>(id);
    }
    template <class T>
    [[nodiscard]] T& whole_bot() {
        return *stores_.template whole_bot<T>();
    }

  private:
    // ---- building ----

    template <class C>
    void add() {
        constexpr std::size_t count = detail::shape<C>::rule_count;
        const auto rules = []<std::size_t... R>(std::index_sequence<R...>) {
            return std::array<detail::indexed_rule, count>{detail::indexed_rule{
                detail::rule_program<detail::filter_at<C, R>>, detail::shape<C>::places[R].where,
                detail::shape<C>::places[R].state}...};
        }(std::make_index_sequence<count>{});
        index_.add(rules, detail::states_of<C>::count, detail::shape<C>::reentry);
    }

    // ---- supplying parameters ----

    template <class P>
    decltype(auto) supply(work& at) {
        using known = detail::parameter<P>;
        using detail::source;
        if constexpr (known::from == source::context)
            return static_cast<context&>(at.said);
        else if constexpr (known::from == source::bot)
            return static_cast<bot&>(*api_);
        else if constexpr (known::from == source::match || known::from == source::view)
            return supply_value<std::remove_cvref_t<P>>(at.update);
        else if constexpr (known::from == source::user_data)
            return (stores_.template user<typename known::data_type>(at.update.head().user_id));
        else if constexpr (known::from == source::chat_data)
            return (stores_.template chat<typename known::data_type>(at.update.head().chat_id));
        else if constexpr (known::from == source::bot_data)
            return (stores_.template whole_bot<typename known::data_type>());
        else if constexpr (known::from == source::failure)
            return static_cast<const failure&>(*at.failed);
        else
            return static_cast<std::remove_reference_t<P>&>(
                services_.template get<typename known::object_type>());
    }
    template <class Value>
    static Value supply_value(const incoming& update) {
        if constexpr (detail::view_source<Value>::kinds != 0)
            return detail::view_source<Value>::get(update);
        else
            return Value(update);
    }

    /// Calls a function with its parameters supplied. `here` is the state's data, for State&.
    template <class State, class R, class... Ps>
    R call(R (*handler)(Ps...), [[maybe_unused]] work& at, [[maybe_unused]] State* here) {
        return handler(supply_or_state<Ps>(at, here)...);
    }
    template <class State, class R, class... Ps>
    R call(R (*handler)(Ps...) noexcept, [[maybe_unused]] work& at, [[maybe_unused]] State* here) {
        return handler(supply_or_state<Ps>(at, here)...);
    }
    template <class P, class State>
    decltype(auto) supply_or_state(work& at, State* here) {
        if constexpr (std::is_same_v<std::remove_cvref_t<P>, State>)
            return static_cast<std::remove_reference_t<P>&>(*here);
        else
            return supply<P>(at);
    }

    // ---- one rule ----

    template <class C>
    detail::sessions<C>& sessions_of() {
        return std::get<detail::sessions<C>>(sessions_);
    }

    template <class C, std::size_t R>
    static void run_plain(flow_dispatcher& self, work& at) {
        using info = detail::handler_info<C, R>;
        using State = typename info::state;
        if constexpr (info::changes_state) {
            State here = *std::get_if<State>(&self.template sessions_of<C>().current->second);
            self.template run_and_commit<C, R>(at, &here);
        } else if constexpr (info::reads_state) {
            self.template run_and_commit<C, R>(
                at, std::get_if<State>(&self.template sessions_of<C>().current->second));
        } else {
            self.template run_and_commit<C, R>(at, static_cast<State*>(nullptr));
        }
    }

    template <class C, std::size_t R, class State>
    void run_and_commit(work& at, State* here) {
        using info = detail::handler_info<C, R>;
        if constexpr (std::is_void_v<typename info::signature::result>) {
            call(info::handler, at, here);
            commit<C, info::changes_state>(at, stay{}, here);
        } else {
            commit<C, info::changes_state>(at, call(info::handler, at, here), here);
        }
    }

    // A coroutine around the handler's: it holds the state's copy and commits. Two statements, so
    // that no temporary lives inside the co_await expression (g++ 12).
    template <class C, std::size_t R>
    static task<> run_task(flow_dispatcher& self, work& at) {
        using info = detail::handler_info<C, R>;
        using State = typename info::state;
        // The coroutine may have begun later than its rule was chosen.
        self.template find_again<C>(at);
        std::optional<State> copy;
        if constexpr (!std::is_same_v<State, detail::no_state>)
            copy.emplace(
                *std::get_if<State>(&self.template sessions_of<C>().current->second));
        detail::held_arguments<typename info::signature::arguments> held(at.update);
        auto running = self.call_task(info::handler, at, copy ? &*copy : nullptr, held);
        using awaited = typename info::signature::result::value_type;
        if constexpr (std::is_void_v<awaited> || std::is_same_v<awaited, outcome<void>>) {
            co_await std::move(running);
            self.template find_again<C>(at);
            self.template commit<C, info::changes_state>(at, stay{}, copy ? &*copy : nullptr);
        } else {
            auto result = co_await std::move(running);
            self.template find_again<C>(at);
            self.template commit<C, info::changes_state>(at, std::move(result.value()),
                                                         copy ? &*copy : nullptr);
        }
        co_return;
    }

    template <class State, class R, class... Ps>
    R call_task(R (*handler)(Ps...), work& at, State* here,
                detail::held_arguments<detail::type_list<Ps...>>& held) {
        return call_held(handler, at, here, held, std::index_sequence_for<Ps...>{});
    }
    template <class State, class R, class... Ps, std::size_t... I>
    R call_held(R (*handler)(Ps...), [[maybe_unused]] work& at, [[maybe_unused]] State* here,
                [[maybe_unused]] detail::held_arguments<detail::type_list<Ps...>>& held,
                std::index_sequence<I...>) {
        return handler(held_or_supplied<I, Ps>(at, here, held)...);
    }
    // A match or view taken by const& must outlive the call: it is held beside the coroutine.
    template <std::size_t I, class P, class State, class Held>
    decltype(auto) held_or_supplied(work& at, State* here, Held& held) {
        if constexpr (detail::is_held<P>)
            return static_cast<P>(held.template get<I>());
        else
            return supply_or_state<P>(at, here);
    }

    // ---- transitions ----

    /// After a wait: other conversations have come and gone, the session has moved.
    template <class C>
    void find_again(work& at) {
        if constexpr (detail::shape<C>::is_conversation)
            sessions_of<C>().current = sessions_of<C>().find(key_in<C>(at));
    }

    template <class C, bool Changed, class Target, class State>
    void commit(work& at, Target&& target, State* here) {
        using plain = std::remove_cvref_t<Target>;
        if constexpr (!detail::shape<C>::is_conversation) {
        } else if constexpr (std::is_same_v<plain, stay>) {
            if constexpr (Changed)
                *std::get_if<State>(&sessions_of<C>().current->second) = std::move(*here);
        } else if constexpr (std::is_same_v<plain, end>) {
            sessions_of<C>().erase(sessions_of<C>().current);
        } else if constexpr (detail::is_next<plain>) {
            std::visit(
                [&](auto& chosen) { commit<C, Changed>(at, std::move(chosen), here); },
                target.target());
        } else {
            sessions_of<C>().enter(sessions_of<C>().current, key_in<C>(at),
                                   std::forward<Target>(target));
        }
    }

    // ---- choosing ----

    template <class C>
    static typename detail::key_of<C>::value key_in(const work& at) {
        return detail::key_of<C>::of(at.update.head());
    }

    using plain_runner = void (*)(flow_dispatcher&, work&);
    using task_runner = task<> (*)(flow_dispatcher&, work&);

    /// How one rule's handler is run: one of the two.
    struct runner {
        plain_runner plain = nullptr;
        task_runner task = nullptr;
        std::string_view name;
    };

    template <class C, std::size_t R>
    static constexpr runner runner_of() {
        runner out{};
        if constexpr (detail::is_error_rule<detail::rule_type<C, R>>)
            return out;
        else if constexpr (detail::handler_info<C, R>::targets::is_task)
            out.task = &run_task<C, R>;
        else
            out.plain = &run_plain<C, R>;
        out.name = detail::handler_name<C, R>();
        return out;
    }
    template <class C>
    static constexpr auto runners = []<std::size_t... R>(std::index_sequence<R...>) {
        return std::array<runner, sizeof...(R)>{runner_of<C, R>()...};
    }(std::make_index_sequence<detail::shape<C>::rule_count>{});

    /// Lets C take the update: chooses a rule and, if its handler is plain, runs it. False if no
    /// rule of C takes it.
    template <class C, std::size_t Number>
    bool try_bot(slot& at) {
        std::size_t state = 0;
        if constexpr (detail::shape<C>::is_conversation) {
            if (!detail::key_of<C>::available(at.update.head())) return false;
            find_again<C>(at);
            const auto session = sessions_of<C>().current;
            if (sessions_of<C>().is_there(session)) state = session->second.index();
        }
        const std::int32_t rule =
            index_.choose(Number, state, at.update, at.known,
                          [&](std::uint16_t r, std::uint8_t leaf) { return ask<C>(at, r, leaf); });
        if (rule == detail::choice_index::no_rule) return false;
        const runner& chosen = runners<C>[static_cast<std::size_t>(rule)];
        at.handler = chosen.name;
        ++counters_.handled;
        if (chosen.plain != nullptr)
            chosen.plain(*this, at);
        else
            at.task = chosen.task;
        return true;
    }

    template <std::size_t... I>
    void choose_and_run(slot& at, std::index_sequence<I...>) {
        (void)(try_bot<Bots, I>(at) || ...);
    }

    // ---- one update in work ----

    using parked_handler =
        typename boost::asio::async_result<boost::asio::use_awaitable_t<>, void()>::handler_type;

    struct slot : detail::work {
        task_runner task = nullptr;
        std::optional<parked_handler> parked;  // the worker, waiting for its next update
        bool started = false;
        bool starting = false;  // inside offer(): whether the worker finishes before it returns
        bool finished = false;
        bool entered = false;  // stands in the sequencer's queues
    };

    /// Puts the worker to sleep in its slot, which only then is free for another update.
    struct park {
        flow_dispatcher* self;
        slot* at;
        void operator()(parked_handler&& handler) const {
            at->parked.emplace(std::move(handler));
            self->release(*at);
        }
    };

    /// Decodes have been done: runs what can run without a coroutine. True if all is finished.
    bool begin(slot& at) {
        at.task = nullptr;
        try {
            at.known = index_.classify(at.update);
            choose_and_run(at, std::index_sequence_for<Bots...>{});
        } catch (...) {
            note_exception(at, std::current_exception());
        }
        return at.task == nullptr && at.effects.empty() && !at.failed;
    }

    /// One for each slot, for as long as the dispatcher lives.
    boost::asio::awaitable<void> work_on(slot& at) {
        for (;;) {
            if (at.task != nullptr) {
                std::exception_ptr error;
                try {
                    auto running = at.task(*this, at);
                    co_await std::move(running);
                } catch (...) {
                    error = std::current_exception();
                }
                if (error) note_exception(at, error);
            }
            if (!at.effects.empty()) {
                auto delivering = deliver(at);
                co_await std::move(delivering);
            }
            if (at.failed) {
                auto reporting = report(at);
                co_await std::move(reporting);
            }
            finish(at);
            auto sleeping = boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void()>(
                park{this, &at}, boost::asio::use_awaitable);
            co_await std::move(sleeping);
        }
    }

    void start(slot& at, bool inside_offer) {
        if (!at.started) {
            at.started = true;
            boost::asio::co_spawn(api_->network().get_executor(), work_on(at),
                                  boost::asio::detached);
            return;
        }
        parked_handler worker = std::move(*at.parked);
        at.parked.reset();
        if (inside_offer)
            worker();
        else
            boost::asio::post(api_->network().get_executor(), std::move(worker));
    }

    /// The update is through: its key is free.
    void finish(slot& at) {
        --in_flight_;
        at.finished = true;
        const std::int64_t id = at.update.head().update_id;
        if (at.entered) sequencer_.leave(at.ticket, at.keys, runnable_);
        while (!runnable_.empty()) {
            slot& next = *slots_[runnable_.back()];
            runnable_.pop_back();
            // Even a plain handler runs on its own turn: finish() must not nest.
            next.task = &run_begin;
            start(next, false);
        }
        if (!at.starting && done_.call != nullptr) done_.call(done_.object, id);
    }

    /// Of an update that had to wait: all of it happens in its worker.
    static task<> run_begin(flow_dispatcher& self, work& at) {
        slot& mine = static_cast<slot&>(at);
        self.begin(mine);
        if (mine.task != nullptr) {
            auto running = mine.task(self, at);
            co_await std::move(running);
        }
        co_return;
    }

    slot* take() {
        if (!free_.empty()) {
            slot* const out = free_.back();
            free_.pop_back();
            return out;
        }
        if (slots_.size() == options_.max_in_flight) return nullptr;
        slots_.push_back(std::make_unique<slot>());
        slots_.back()->ticket = static_cast<std::uint32_t>(slots_.size() - 1);
        return slots_.back().get();
    }
    void release(slot& at) {
        at.effects.clear();
        at.failed.reset();
        at.task = nullptr;
        free_.push_back(&at);
    }

    // ---- run-time predicates ----

    using predicate = bool (*)(flow_dispatcher&, work&);

    template <auto Predicate>
    static bool ask_predicate(flow_dispatcher& self, work& at) {
        return self.call(+Predicate, at, static_cast<detail::no_state*>(nullptr));
    }
    template <auto... Predicates>
    static std::span<const predicate> predicates_in(detail::predicate_list<Predicates...>) {
        static constexpr std::array<predicate, sizeof...(Predicates) + 1> list{
            &ask_predicate<Predicates>..., nullptr};
        return list;
    }
    template <class C>
    bool ask(work& at, std::uint16_t rule, std::uint8_t leaf) {
        static const auto lists = []<std::size_t... R>(std::index_sequence<R...>) {
            return std::array<std::span<const predicate>, sizeof...(R)>{predicates_in(
                typename detail::filter_traits<detail::filter_at<C, R>>::predicates{})...};
        }(std::make_index_sequence<detail::shape<C>::rule_count>{});
        return lists[rule][leaf](*this, at);
    }

    // ---- error handlers ----

    template <auto Handler>
    boost::asio::awaitable<void> report_to(work& at) {
        using signature = detail::signature<std::remove_const_t<decltype(Handler)>>;
        if constexpr (detail::targets_of<typename signature::result>::is_task) {
            auto running = call(Handler, at, static_cast<detail::no_state*>(nullptr));
            co_await std::move(running);
        } else {
            call(Handler, at, static_cast<detail::no_state*>(nullptr));
        }
        co_return;
    }
    template <auto... Handlers>
    boost::asio::awaitable<void> report_to_all(work& at, detail::predicate_list<Handlers...>) {
        boost::asio::awaitable<void> reports[] = {report_to<Handlers>(at)...,
                                                  boost::asio::awaitable<void>()};
        for (std::size_t i = 0; i != sizeof...(Handlers); ++i) co_await std::move(reports[i]);
    }

    /// Tells the error handlers; what they throw is logged and goes no further.
    boost::asio::awaitable<void> report(work& at) {
        using handlers = detail::error_handlers_of<Bots...>;
        if (handlers::size == 0) log_failure(*at.failed);
        std::exception_ptr error;
        try {
            auto reporting = report_to_all(at, handlers{});
            co_await std::move(reporting);
        } catch (...) {
            error = std::current_exception();
        }
        if (error) log_error_handler_failure(*at.failed, error);
    }

    template <class C>
    static void add_order_key(const telegram::envelope& head, detail::order_keys& keys) {
        using policy = detail::key_of<C>;
        if (policy::available(head)) keys.add(policy::hash(policy::of(head)));
    }

    Services services_;
    std::tuple<detail::sessions<Bots>...> sessions_;
    detail::data_stores<Bots...> stores_;
    std::vector<std::unique_ptr<slot>> slots_;
    std::vector<slot*> free_;
    std::vector<detail::sequencer::ticket> runnable_;
};

template <class Services, class... Bots>
accepted flow_dispatcher<Services, Bots...>::offer(std::string_view json,
                                                    std::int64_t& update_id) {
    slot* const taken = take();
    if (taken == nullptr) return accepted::busy;
    slot& at = *taken;
    at.update.set_bot_username(api_->me().username);
    const telegram::decode_fault fault = at.update.read(json);
    update_id = at.update.head().update_id;
    at.keys.count = 0;
    at.finished = false;
    at.entered = false;
    at.handler = {};
    const bool readable = fault == telegram::decode_fault::none;
    const auto add_keys = [&] {
        if (readable && at.keys.count == 0)
            (add_order_key<Bots>(at.update.head(), at.keys), ...);
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
    else if (begin(at)) {
        release(at);
        return accepted::done;
    }
    ++in_flight_;
    at.starting = true;
    start(at, true);
    at.starting = false;
    if (at.finished) return accepted::done;
    add_keys();
    sequencer_.enter(at.ticket, at.keys);
    at.entered = true;
    return accepted::pending;
}

}  // namespace banter
