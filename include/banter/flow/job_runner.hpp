// Runs jobs: what is due begins as internal work (rule_runner.hpp), in order with the updates of its chat
// and user. Nothing of this is compiled for bots whose handlers ask for no jobs<...>.
#pragma once

#include <banter/flow/album_collector.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter::detail {

/// The name of a kind's run, for what is logged.
template <class Job>
constexpr std::string_view job_name() {
    if constexpr (requires { function_name<run_of<Job>>(); })
        return function_name<run_of<Job>>();
    else
        return type_name<Job>();
}

template <class Services, class Groups, class... Bots>
class job_runner : public album_collector<Services, Groups, Bots...> {
    using base = album_collector<Services, Groups, Bots...>;
    using rule_runner = detail::rule_runner<Services, Groups, Bots...>;

  protected:
    using typename base::slot;
    using base::slot_of, base::supplies_;

    job_runner(bot& api, Services given, const dispatcher_options& options,
               const dispatcher_base::continuations& next)
        : base(api, given, options, next) {
        attach(all_jobs<Bots...>{});
    }

    /// When the next job falls due; 0: never.
    [[nodiscard]] due_time next_job() { return next_of(all_jobs<Bots...>{}); }
    /// Begins the first job that is due at this time. False if there is none.
    bool begin_job_due(due_time due, due_time now) {
        return begin_first_of(all_jobs<Bots...>{}, due, now);
    }

    template <class Job>
    job_book<Job>& book() {
        return supplies_.books().template of<Job>();
    }

    /// A group goes on under another id.
    void move_jobs(std::int64_t from, std::int64_t to) {
        [&]<class... Jobs>(type_list<Jobs...>) {
            (book<Jobs>().move_chat(from, to), ...);
        }(all_jobs<Bots...>{});
    }

  private:
    template <class Job>
    static bool begin_job(void* which, job_id id) {
        job_runner& self = *static_cast<job_runner*>(which);
        slot* const at = self.take_internal(&run_job<Job>, self.book<Job>().find(id)->where);
        if (at == nullptr) return false;
        self.book<Job>().run_at(at->ticket).id = id;
        (self.template add_order_key_of<Bots>(at->update.head(), at->keys), ...);
        self.begin_internal(*at);
        return true;
    }
    template <class Job>
    static constexpr job_clock::functions clock_functions{
        [](void* self) -> due_time { return static_cast<job_runner*>(self)->clock(); },
        [](void* self, due_time time) { static_cast<job_runner*>(self)->wake_at(time); },
        &begin_job<Job>};

    template <class... Jobs>
    void attach(type_list<Jobs...>) {
        (book<Jobs>().attach(job_clock(this, clock_functions<Jobs>)), ...);
    }
    template <class... Jobs>
    due_time next_of(type_list<Jobs...>) {
        due_time first = 0;
        [[maybe_unused]] const auto look = [&](due_time due) {
            if (due != 0 && (first == 0 || due < first)) first = due;
        };
        (look(book<Jobs>().next_due()), ...);
        return first;
    }
    template <class... Jobs>
    bool begin_first_of(type_list<Jobs...>, [[maybe_unused]] due_time due,
                        [[maybe_unused]] due_time now) {
        [[maybe_unused]] const auto look = [&](auto& of) {
            if (of.next_due() != due) return false;
            of.look_at_next(now);
            return true;
        };
        return (look(book<Jobs>()) || ...);
    }

    // ---- one run ----

    template <class Job>
    static void run_job(rule_runner& runner, work& at) {
        job_runner& self = static_cast<job_runner&>(runner);
        job_run<Job>& run = self.book<Job>().run_at(at.ticket);
        at.declared.add(run);
        const auto* const record = self.book<Job>().find(run.id);
        if (record == nullptr) return;  // cancelled while it waited for its key
        at.handler = job_name<Job>();
        run.data.emplace(record->data);
        run.info = record->info();
        if constexpr (targets_of<typename run_signature<Job>::result>::is_task)
            run_job_task<Job>(runner, at);
        else
            self.supplies_.call(run_of<Job>, at, &*run.data, &run.info);
    }

    /// A run that is a coroutine, in work.
    template <class Job>
    struct job_task {
        job_task(job_runner& self, work& at, job_run<Job>& run)
            : held(at.update),
              records(self.supplies_, at),
              running(self.supplies_.call_task(run_of<Job>, at, &*run.data, &run.info, held)) {}

        static void* operator new(std::size_t size) { return frame_memory::allocate(size); }
        static void operator delete(void* memory, std::size_t size) {
            frame_memory::deallocate(memory, size);
        }
        static void destroy(void* which) { delete static_cast<job_task*>(which); }

        held_arguments<run_parameters<Job>> held;
        typename supplies<Services, Bots...>::template held_by<run_parameters<Job>> records;
        typename run_signature<Job>::result running;
    };

    /// As base::run_task() does it for a rule.
    template <class Job>
    static void run_job_task(rule_runner& runner, work& w) {
        job_runner& self = static_cast<job_runner&>(runner);
        slot& at = slot_of(w);
        at.waits = true;
        if (!at.worker) {
            at.task = &run_job_task<Job>;
            self.employ(at);
            return;
        }
        auto* const mine = new job_task<Job>(self, at, self.book<Job>().run_at(at.ticket));
        at.coroutine->hold(mine, &job_task<Job>::destroy);
        at.task = &end_job_task<Job>;
        sleeping_worker worker(std::move(*at.worker));
        at.worker.reset();
        if (!run_on(worker, mine->running)) return;
        at.worker.emplace(std::move(worker));
        end_job_task<Job>(runner, at);
    }
    template <class Job>
    static void end_job_task(rule_runner&, work& at) {
        at.waits = false;
        const struct done {
            coroutine_in_work& coroutine;
            ~done() { coroutine.clear(); }
        } afterwards{*at.coroutine};
        at.coroutine->template get<job_task<Job>>().running.await_resume();
    }
};

}  // namespace banter::detail
