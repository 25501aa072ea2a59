// Runs the handler of one rule and commits where it leads. The dispatcher (flow_dispatcher.hpp) decides
// which rule that is, and what becomes of the update then.
#pragma once

#include <banter/array_view.hpp>
#include <banter/flow/group.hpp>
#include <banter/flow/handler_hooks.hpp>
#include <banter/flow/prompt.hpp>
#include <banter/flow/rule_watch.hpp>
#include <banter/flow/session_keeper.hpp>
#include <banter/flow/session_tree.hpp>
#include <banter/flow/slots.hpp>
#include <banter/flow/supplies.hpp>
#include <banter/flow/task.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string_view>
#include <utility>
#include <variant>

namespace banter::detail {

template <class Services, class Groups, class... Bots>
class rule_runner : public work_slots<rule_runner<Services, Groups, Bots...>, Bots...> {
    using base = work_slots<rule_runner<Services, Groups, Bots...>, Bots...>;

  protected:
    rule_runner(bot& api, Services given, const dispatcher_options& options,
                const dispatcher_base::continuations& next)
        : base(api, options, next),
          supplies_(api, given, options.max_stored_keyboards, data_faults(), moved_),
          kept_sessions_(given, data_faults()) {}
    ~rule_runner() = default;

    using typename base::error_taker, typename base::runner, typename base::runner_function,
        typename base::slot;
    using base::api_, base::data_faults, base::employ, base::moved_, base::note_error_handler_exception,
        base::note_exception, base::slot_of, base::wake_at;

    // ---- handlers in work ----

    /// A result that was handed over goes to the handler around, and so on outwards.
    void follow(slot& at) {
        tell_of_end(at, nullptr);
        while (!at.waits && at.next.run != nullptr) {
            const runner next = std::exchange(at.next, {});
            // An error that led to a result has been dealt with.
            if (std::exchange(at.error_taken, false)) at.failed.reset();
            start(at, next);
            tell_of_end(at, nullptr);
        }
    }
    void start(slot& at, const runner& chosen) {
        at.handler = chosen.name;
        at.errors = chosen.errors;
        if constexpr (hooks::any)
            if (!hooks_.open(supplies_.given(), at.ticket, {at.handler, at.said})) return skip(at);
        chosen.run(*this, at);
    }
    /// Middleware has kept a handler from running: nothing moves.
    void skip(slot& at) {
        if (at.tidy != nullptr) std::exchange(at.tidy, nullptr)(*this, at);
    }
    /// Tells middleware of a handler that has ended.
    void tell_of_end([[maybe_unused]] slot& at, [[maybe_unused]] std::exception_ptr error) {
        if constexpr (hooks::any)
            if (!at.waits)
                hooks_.close(supplies_.given(), at.ticket, {at.handler, at.said, std::move(error)},
                             [&](std::exception_ptr failed) {
                                 this->log_hook_failure(at.handler, std::move(failed));
                             });
    }

    /// A handler has failed, or an error handler.
    void note_failure(slot& at) {
        at.waits = false;
        tell_of_end(at, std::current_exception());
        at.senders.clear();
        at.posted.clear();
        at.declared.settle(false);
        supplies_.buttons().forget(at.buttons);
        at.begins_anew = false;
        at.stopped = false;
        if (at.error_taken)
            note_error_handler_exception(at, std::current_exception());
        else
            note_exception(at, std::current_exception());
        if (at.tidy != nullptr) std::exchange(at.tidy, nullptr)(*this, at);
    }
    /// Lets the conversation's error handlers have what went wrong. Whether there was one that is for
    /// it: it runs or has run, and at.error_taken.
    bool give_failure(slot& at) {
        bool taken = false;
        if constexpr (has_own_errors) {
            const bool inside = std::exchange(at.beginning, true);
            // One may lead to a result, whose handler fails.
            while (at.failed && !at.error_taken && at.errors != nullptr && !at.waits) try {
                    const error_taker errors = std::exchange(at.errors, nullptr);
                    taken = errors(*this, at) || taken;
                    follow(at);
                } catch (...) {
                    taken = true;
                    note_failure(at);
                }
            at.beginning = inside;
        }
        return taken;
    }

    // ---- one rule ----

    template <class Place, std::size_t R>
    using info_at = handler_info<typename Place::conversation, R>;

    /// What the handler of a rule is given besides an update: a result, an event, or what was thrown.
    template <class Place, std::size_t R>
    auto* given(work& at) {
        using C = typename Place::conversation;
        using rule = rule_type<C, R>;
        return given_by<given_at<C, R>, is_error_rule<rule>, shape<C>::places[R].where == section::event>(at);
    }
    template <class Given, bool OfError, bool OfEvent>
    Given* given_by([[maybe_unused]] work& at) {
        if constexpr (OfError)
            return static_cast<Given*>(slot_of(at).caught);
        else if constexpr (OfEvent)
            return std::get_if<Given>(&slot_of(at).event.what);
        else if constexpr (std::is_same_v<Given, nothing_given>)
            return nullptr;
        else
            return std::get_if<Given>(&slot_of(at).result.what);
    }

    template <class Place, std::size_t R>
    static void run_plain(rule_runner& self, work& at) {
        using info = info_at<Place, R>;
        using State = typename info::state;
        if constexpr (info::changes_state) {
            State here = *self.sessions_.template data<Place, State>();
            self.template run_and_commit<Place, R>(at, &here);
        } else if constexpr (info::reads_state) {
            self.template run_and_commit<Place, R>(at, self.sessions_.template data<Place, State>());
        } else {
            self.template run_and_commit<Place, R>(at, static_cast<State*>(nullptr));
        }
    }

    template <class Place, std::size_t R, class State>
    void run_and_commit(work& at, State* here) {
        using info = info_at<Place, R>;
        if constexpr (std::is_void_v<typename info::signature::result>) {
            supplies_.call(info::handler, at, here, given<Place, R>(at));
            conclude_rule<Place, R>(at, stay{}, here);
        } else {
            conclude_rule<Place, R>(
                at, supplies_.call(info::handler, at, here, given<Place, R>(at)), here);
        }
    }

    /// A coroutine handler in work: what it refers to, and itself.
    template <class Place, std::size_t R>
    struct task_in_work {
        using info = info_at<Place, R>;
        using State = typename info::state;
        // An exception stays where it is: at.failed holds it.
        static constexpr bool of_error = is_error_rule<rule_type<typename Place::conversation, R>>;
        using Given = std::conditional_t<of_error, nothing_given,
                                         given_at<typename Place::conversation, R>>;

        task_in_work(rule_runner& self, work& at)
            : kept(self.supplies_, at), here(copy(self)), result(take(self, at)), held(at.update),
              running(self.supplies_.call_task(info::handler, at, &here, given(self, at), held)) {}

        auto* given([[maybe_unused]] rule_runner& self, [[maybe_unused]] work& at) {
            if constexpr (of_error)
                return self.template given<Place, R>(at);
            else
                return &result;
        }

        static State copy(rule_runner& self) {
            if constexpr (std::is_same_v<State, no_state>)
                return {};
            else
                return *self.sessions_.template data<Place, State>();
        }
        // Sessions move while the coroutine waits.
        static Given take([[maybe_unused]] rule_runner& self, [[maybe_unused]] work& at) {
            if constexpr (std::is_same_v<Given, nothing_given>)
                return {};
            else
                return std::move(*self.template given<Place, R>(at));
        }
        static void* operator new(std::size_t size) {
            return frame_memory::allocate(size);
        }
        static void operator delete(void* memory, std::size_t size) {
            frame_memory::deallocate(memory, size);
        }
        static void destroy(void* which) { delete static_cast<task_in_work*>(which); }

        // Goes last: what the coroutine has changed is stored when its frame is gone.
        [[no_unique_address]] typename supplies<Services, Bots...>::template held_by<
            typename info::signature::arguments>
            kept;
        State here;
        [[no_unique_address]] Given result;
        held_arguments<typename info::signature::arguments> held;
        typename info::signature::result running;
    };

    /// Begins a coroutine handler. at.waits: it is not through yet, and on_worker_sleeps() goes on.
    template <class Place, std::size_t R>
    static void run_task(rule_runner& self, work& w) {
        slot& at = static_cast<slot&>(w);
        at.waits = true;
        if (!at.worker) {
            at.task = &run_task_later<Place, R>;
            self.employ(at);
            return;
        }
        auto* const mine = new task_in_work<Place, R>(self, at);
        at.coroutine->hold(mine, &task_in_work<Place, R>::destroy);
        at.task = &end_task<Place, R>;
        // A coroutine that waits takes the worker along, and may be through before this returns.
        sleeping_worker worker(std::move(*at.worker));
        at.worker.reset();
        if (!run_on(worker, mine->running)) return;
        at.worker.emplace(std::move(worker));
        at.waits = false;
        self.template take_result<Place, R, false>(at, *mine);
    }
    /// Once there is a worker: the session may have moved.
    template <class Place, std::size_t R>
    static void run_task_later(rule_runner& self, work& at) {
        self.template find_again<typename Place::root>(at);
        run_task<Place, R>(self, at);
    }
    /// Of a coroutine that had waited.
    template <class Place, std::size_t R>
    static void end_task(rule_runner& self, work& at) {
        at.waits = false;
        self.template take_result<Place, R, true>(at,
                                                  at.coroutine->template get<task_in_work<Place, R>>());
    }

    template <class Place, std::size_t R, bool HasWaited>
    void take_result(work& at, task_in_work<Place, R>& mine) {
        using info = info_at<Place, R>;
        const struct done {
            coroutine_in_work& coroutine;
            ~done() { coroutine.clear(); }
        } afterwards{*at.coroutine};
        using awaited = typename info::signature::result::value_type;
        if constexpr (std::is_void_v<awaited> || std::is_same_v<awaited, outcome<void>>) {
            mine.running.await_resume();
            if constexpr (HasWaited) find_again<typename Place::root>(at);
            conclude_rule<Place, R>(at, stay{}, &mine.here);
        } else {
            auto result = mine.running.await_resume();
            if constexpr (HasWaited) find_again<typename Place::root>(at);
            conclude_rule<Place, R>(at, std::move(result.value()), &mine.here);
        }
    }

    // ---- transitions ----

    /// After a wait: other conversations have come and gone, the session has moved.
    template <class C>
    void find_again(work& at) {
        if constexpr (shape<C>::is_conversation)
            sessions_.template of<C>().current =
                sessions_.template of<C>().find(this->template key_of_session<C>(at));
    }

    /// The handler of a rule has returned: the conversation goes where it says.
    template <class Place, std::size_t R, class Target, class State>
    void conclude_rule(work& at, Target&& target, State* here) {
        constexpr section where = shape<typename Place::conversation>::places[R].where;
        if constexpr (where == section::error && Place::is_nested)
            if (!has_a_place<Place>()) return;  // what it was nested in is over
        if constexpr (Groups::count != 1)
            if (says_stop(target)) slot_of(at).stopped = true;
        if constexpr (shape<typename Place::conversation>::is_conversation)
            commit<Place, R, where>(at, std::forward<Target>(target), here);
        else if constexpr (is_watched<Services>)
            watch().template led<typename Place::conversation, std::remove_cvref_t<Target>>();
    }

    template <class Place, std::size_t R, section Where, class Target, class State>
    void commit(work& at, Target&& target, State* here) {
        using plain = std::remove_cvref_t<Target>;
        using root = typename Place::root;
        if constexpr (has_prompt<plain>) ask<typename Place::conversation>(at, target);
        if constexpr (is_watched<Services> && !std::is_same_v<plain, back>)
            watch().template led<typename Place::conversation, plain>();
        if constexpr (is_next<plain>) {
            std::visit(
                [&](auto& chosen) { commit<Place, R, Where>(at, std::move(chosen), here); },
                target.target());
        } else if constexpr (std::is_same_v<plain, back>) {
            commit_back<Place, R, Where>(at, here);
        } else if constexpr (is_stop<plain>) {
            commit<Place, R, Where>(at, std::move(target.target()), here);
        } else if constexpr (is_finish<plain> && Place::is_nested) {
            // What led here is over when the parent's handler has returned: until then it can fail.
            using result = std::remove_cvref_t<decltype(target.result)>;
            const std::size_t rule = sessions_.template hand_over<Place, result>(
                this->template key_of_session<root>(at));
            slot_of(at).result.what.template emplace<result>(std::move(target.result));
            slot_of(at).next = runners<typename Place::parent>[rule];
            if (slot_of(at).tidy == nullptr) slot_of(at).tidy = &tidy<typename Place::parent>;
            if constexpr (is_watched<Services>)
                watch().template chose<typename Place::parent::conversation>(rule);
        } else {
            const due_time now = family_has_timeouts<root>() ? clock() : 0;
            sessions_.template move<Place, R, Where>(this->template key_of_session<root>(at), now,
                                                     std::forward<Target>(target), here);
            note_commit<root>(at);
        }
    }
    /// The sessions of a root have changed.
    template <class Root>
    void note_commit([[maybe_unused]] work& at) {
        if constexpr (family_runs_by_itself<Root>())
            sessions_.template note_address<Root>(at.update.head(),
                                                  slot_of(at).internal == nullptr);
        set_timer<Root>();
        note_change<Root>();
    }
    /// The root's current session is stored anew, where such sessions are, and whatever else has changed.
    template <class Root>
    void note_change() {
        if constexpr (kept_type::any) {
            auto& all = sessions_.template of<Root>();
            if (all.is_there(all.current)) all.changed.add(all.current->first);
            kept_sessions_.settle(sessions_);
        }
    }

    /// To the state before; where there is none, the conversation stays.
    template <class Place, std::size_t R, section Where, class State>
    void commit_back(work& at, State* here) {
        using C = typename Place::conversation;
        using root = typename Place::root;
        auto* const previous = sessions_.template previous<Place>();
        if (previous == nullptr) {
            if constexpr (is_watched<Services>) watch().template led_back<C>(rule_watch::to_stay);
            return commit<Place, R, Where>(at, stay{}, here);
        }
        std::visit([&](auto& there) { ask_again<C>(at, there); }, *previous);
        if constexpr (is_watched<Services>)
            watch().template led_back<C>(static_cast<std::int32_t>(previous->index()) - 1);
        sessions_.template go_back<Place, R, Where>(family_has_timeouts<root>() ? clock() : 0);
        note_commit<root>(at);
    }
    /// The prompt of a state that is entered again. If it throws, the past is what it was.
    template <class C, class State>
    void ask_again([[maybe_unused]] work& at, [[maybe_unused]] State& there) {
        if constexpr (has_prompt<State>) {
            if constexpr (is_among<State&, prompt_parameters<State>>) {
                State entered = there;
                ask<C>(at, entered);
                there = std::move(entered);
            } else {
                ask<C>(at, there);
            }
        }
    }

    /// A state is about to be entered: its prompt is run. If that throws, nothing has changed yet.
    template <class C, class State>
    void ask(work& at, State& entered) {
        const std::string_view handler = std::exchange(at.handler, prompt_name<State>());
        supplies_.call(prompt_in<C, State>, at, &entered);
        at.handler = handler;
    }

    /// Whether the nested conversation at a place is going on, or may begin.
    template <class Place>
    bool has_a_place() {
        constexpr auto& places = shape<typename Place::parent::conversation>::places;
        return places[Place::mount].list == section::entry ||
               sessions_.template at<typename Place::parent>() != nullptr;
    }

    /// The handler for a result has failed: the conversations that were made for it are over.
    template <class Place>
    static void tidy(rule_runner& self, work& at) {
        self.template find_again<typename Place::root>(at);
        self.sessions_.template end_if_idle<Place>();
    }

    [[nodiscard]] due_time clock() const {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(
                   api_->network().now().time_since_epoch())
            .count();
    }
    /// Sees to it that the session is looked at when its next timeout falls due.
    template <class C>
    void set_timer() {
        if constexpr (family_has_timeouts<C>()) {
            const due_time due = sessions_.template set_timer<C>();
            if (due != 0) wake_at(due);
        }
    }

    // ---- tables of rules ----

    /// Runs a rule of the conversation at a place, or begins it.
    template <class Place>
    void run_rule(slot& at, std::size_t rule) {
        if constexpr (is_watched<Services>) watch().template chose<typename Place::conversation>(rule);
        if constexpr (has_stale_policy<typename Place::root>) {
            watch_keyboards<typename Place::root>(at);
            at.begins_anew = !Place::is_nested &&
                             shape<typename Place::conversation>::places[rule].where == section::entry;
        }
        start(at, runners<Place>[rule]);
    }

    // ---- the latest keyboard ----

    template <class C>
    void watch_keyboards(slot& at) {
        at.notes_keyboards = true;
        at.remember = &remember_keyboard<C>;
    }
    /// All is sent: from now on the buttons of earlier messages are stale.
    template <class C>
    static void remember_keyboard(rule_runner& self, work& w) {
        const slot& at = slot_of(w);
        auto& all = self.sessions_.template of<C>();
        const auto place = all.find(self.template key_of_session<C>(at));
        if (!all.is_there(place)) return;
        latest_keyboard<C>& latest = place->second;
        std::int64_t message = at.keyboard_message;
        if (message == 0 && (at.begins_anew || latest.keyboard_message == 0))
            message = at.update.head().message_id;
        if (message == 0) return;
        latest = {message, at.update.head().chat_id};
        if constexpr (kept_type::any) {
            all.changed.add(place->first);
            self.kept_sessions_.settle(self.sessions_);
        }
    }

    template <class Place, std::size_t R>
    static constexpr runner runner_of() {
        using C = typename Place::conversation;
        runner out{};
        if constexpr (is_mount<rule_type<C, R>> ||
                      (is_error_rule<rule_type<C, R>> && !shape<C>::is_conversation))
            return out;
        else if constexpr (info_at<Place, R>::targets::is_task)
            out.run = &run_task<Place, R>;
        else
            out.run = &run_plain<Place, R>;
        out.name = handler_name<C, R>();
        if constexpr (has_errors_around<Place>()) out.errors = &take_error<Place>;
        return out;
    }
    template <class Place>
    static constexpr auto runners = []<std::size_t... R>(std::index_sequence<R...>) {
        return std::array<runner, sizeof...(R)>{runner_of<Place, R>()...};
    }(std::make_index_sequence<shape<typename Place::conversation>::rule_count>{});

    // ---- error handlers of conversations ----

    static constexpr bool has_own_errors = []<class... Flows>(type_list<Flows...>) {
        return ((shape<Flows>::is_conversation && shape<Flows>::errors != 0) || ...);
    }(flows_of<Bots...>{});

    template <class Place>
    static constexpr bool has_errors_around() {
        using C = typename Place::conversation;
        if constexpr (shape<C>::is_conversation && shape<C>::errors != 0)
            return true;
        else if constexpr (Place::is_nested)
            return has_errors_around<typename Place::parent>();
        else
            return false;
    }
    /// Runs the first error handler that is for what went wrong, of the conversation at a place or
    /// of those around it.
    template <class Place>
    static bool take_error(rule_runner& self, work& w) {
        self.template find_again<typename Place::root>(w);
        return self.template take_error_at<Place>(slot_of(w));
    }
    template <class Place>
    bool take_error_at(slot& at) {
        using C = typename Place::conversation;
        const bool taken = [&]<std::size_t... I>(std::index_sequence<I...>) {
            return (try_error<Place, error_rules_of<C>[I]>(at) || ...);
        }(std::make_index_sequence<shape<C>::errors>{});
        if constexpr (Place::is_nested)
            return taken || take_error_at<typename Place::parent>(at);
        else
            return taken;
    }
    template <class Place, std::size_t R>
    bool try_error(slot& at) {
        using C = typename Place::conversation;
        constexpr rule_place place = shape<C>::places[R];
        if constexpr (place.in_state) {
            const auto* const session = sessions_.template at<Place>();
            if (session == nullptr || session->state.index() != place.state + 1U) return false;
        }
        if constexpr (!std::is_void_v<caught_at<C, R>>) {
            auto* const caught = caught_as<caught_at<C, R>>(at.failed->error);
            if (caught == nullptr) return false;
            at.caught = const_cast<std::remove_const_t<caught_at<C, R>>*>(caught);
        }
        at.error_taken = true;
        at.effects.clear();
        run_rule<Place>(at, R);
        return true;
    }

    // ---- run-time predicates ----

    using predicate = bool (*)(rule_runner&, work&);

    template <auto Predicate>
    static bool ask_predicate(rule_runner& self, work& at) {
        return self.supplies_.call(+Predicate, at, static_cast<no_state*>(nullptr));
    }
    template <auto... Predicates>
    static array_view<predicate> predicates_in(predicate_list<Predicates...>) {
        static constexpr std::array<predicate, sizeof...(Predicates) + 1> list{
            &ask_predicate<Predicates>..., nullptr};
        return list;
    }
    template <class C>
    bool ask(work& at, std::uint16_t rule, std::uint8_t leaf) {
        static const auto lists = []<std::size_t... R>(std::index_sequence<R...>) {
            return std::array<array_view<predicate>, sizeof...(R)>{predicates_in(
                typename filter_traits<filter_at<C, R>>::predicates{})...};
        }(std::make_index_sequence<shape<C>::rule_count>{});
        return lists[rule][leaf](*this, at);
    }

    rule_watch& watch() const { return supplies_.given().template get<rule_watch>(); }

    using hooks = handler_hooks<Services>;
    using kept_type = session_keeper<Services, Bots...>;

    supplies<Services, Bots...> supplies_;
    session_tree<Groups, Bots...> sessions_;
    [[no_unique_address]] kept_type kept_sessions_;
    [[no_unique_address]] hooks hooks_;
};

}  // namespace banter::detail
