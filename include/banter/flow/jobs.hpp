// Jobs: what a bot does at a time instead of upon an update.
//
//     struct reminder {
//         std::string text;
//         static void run(context& ctx, const reminder& self) { ctx.reply(self.text); }
//     };
//     static void set(context& ctx, jobs<reminder>& reminders) {
//         reminders.cancel("timer");
//         reminders.once(10s, reminder{"Beep!"}, {.name = "timer"});
//     }
//
// A kind of job is a struct: its data, and a function `run`, plain or a coroutine (task<>), whose
// parameters are supplied as a handler's are: context&, which speaks to the job's chat, the job's own
// data by reference, const job_info&, jobs<T>&, bot&, stored data of the job's user and chat, services.
// What it changes in its data stays, if it does not fail. It runs in order with the updates of its chat
// and user.
//
// What a handler asks for is declared: it happens when the handler's transition is committed, and not
// at all if the handler fails. Times that were missed, because a job took longer than its interval or
// the clock jumped, are made up for by one run.
#pragma once

#include <banter/flow/cron.hpp>
#include <banter/flow/declared.hpp>
#include <banter/flow/incoming.hpp>
#include <banter/flow/job_book.hpp>
#include <banter/flow/job_kind.hpp>
#include <banter/flow/schedule.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace banter {

/// A point in time, or a time from now: once(10s, ...), once(sys_days(2030y/1/1) + 9h, ...).
class moment {
  public:
    template <class Rep, class Period>
    moment(std::chrono::duration<Rep, Period> from_now)
        : from_now_(std::chrono::duration_cast<schedule::time_point::duration>(from_now)) {}
    template <class Duration>
    moment(std::chrono::sys_time<Duration> when)
        : from_now_(std::chrono::duration_cast<schedule::time_point::duration>(
              when.time_since_epoch())),
          is_absolute_(true) {}

    [[nodiscard]] schedule::time_point seen_from(schedule::time_point now) const {
        return is_absolute_ ? schedule::time_point(from_now_) : now + from_now_;
    }

  private:
    schedule::time_point::duration from_now_;
    bool is_absolute_ = false;
};

/// For each kind of schedule. The chat and the user are those of the update that is handled, if
/// nothing else is said; a name need not be the only one.
struct job_options {
    std::string_view name = {};
    std::optional<std::int64_t> chat_id = {};
    std::optional<std::int64_t> user_id = {};
};
struct repeating_job_options {
    std::string_view name = {};
    std::optional<std::int64_t> chat_id = {};
    std::optional<std::int64_t> user_id = {};
    /// The first time; after one interval if nothing is said.
    std::optional<moment> first = {};
    /// No run after this.
    std::optional<moment> last = {};
};
struct daily_job_options {
    std::string_view name = {};
    std::optional<std::int64_t> chat_id = {};
    std::optional<std::int64_t> user_id = {};
    weekday_set days = every_day;
    time_zone zone = {};
};
struct calendar_job_options {
    std::string_view name = {};
    std::optional<std::int64_t> chat_id = {};
    std::optional<std::int64_t> user_id = {};
    time_zone zone = {};
};

/// The jobs of one kind. A handler that asks for `jobs<reminder>&` sees those of its update's chat;
/// dispatcher.jobs<reminder>(), for use on the bot's executor outside of handlers, sees all, and does
/// at once what it is asked for.
template <class Job>
class jobs : detail::declared {
  public:
    jobs(const jobs&) = delete;
    jobs& operator=(const jobs&) = delete;

    // ---- scheduling ----
    // Throws std::invalid_argument for what is no schedule (an interval of 0), and std::logic_error
    // where `run` needs a chat or a user and there is none.

    /// Once: after a duration, or at a time (PTB: run_once). A time that has passed: at once.
    job_id once(const moment& when, Job job, const job_options& options = {}) {
        return add(schedule::once(when.seen_from(now())), std::move(job), options);
    }
    /// Again and again (PTB: run_repeating).
    template <class Rep, class Period>
    job_id every(std::chrono::duration<Rep, Period> interval, Job job,
                 const repeating_job_options& options = {}) {
        const auto from = now();
        const auto first = options.first ? options.first->seen_from(from) : from + interval;
        std::optional<schedule::time_point> last;
        if (options.last) last = options.last->seen_from(from);
        return add(schedule::every(std::chrono::duration_cast<std::chrono::nanoseconds>(interval),
                                   std::chrono::time_point_cast<schedule::time_point::duration>(first),
                                   last),
                   std::move(job), options);
    }
    /// At a time of day, such as 9h + 30min (PTB: run_daily).
    job_id daily(std::chrono::seconds time, Job job, const daily_job_options& options = {}) {
        return add(schedule::daily(time, options.days, options.zone), std::move(job), options);
    }
    /// On a day of the month, or last_day (PTB: run_monthly).
    job_id monthly(int day, std::chrono::seconds time, Job job,
                   const calendar_job_options& options = {}) {
        return add(schedule::monthly(day, time, options.zone), std::move(job), options);
    }
    /// As a cron expression says: cron<"0 9 * * mon-fri">.
    job_id cron(const cron_fields& when, Job job, const calendar_job_options& options = {}) {
        return add(schedule::cron(when, options.zone), std::move(job), options);
    }
    /// As any schedule says. One without a time left gives no job (job_id::none).
    job_id scheduled(const schedule& when, Job job, const job_options& options = {}) {
        return add(when, std::move(job), options);
    }

    // ---- what there is ----
    // As it was before what this handler declares.

    /// In the order in which they were made.
    [[nodiscard]] std::vector<job_info> list() const { return list_if([](auto&) { return true; }); }
    [[nodiscard]] std::vector<job_info> named(std::string_view name) const {
        return list_if([&](const auto& record) { return record.name == name; });
    }
    /// A job of any chat, and its data; nothing, or null, once it is over.
    [[nodiscard]] std::optional<job_info> find(job_id id) const {
        const auto* const record = book_->find(id);
        return record == nullptr ? std::nullopt : std::optional(record->info());
    }
    [[nodiscard]] const Job* data(job_id id) const {
        const auto* const record = book_->find(id);
        return record == nullptr ? nullptr : &record->data;
    }

    // ---- changing it ----
    // By id: whether there is such a job. By name: how many there are.

    bool cancel(job_id id) { return change(what::cancel, id); }
    std::size_t cancel(std::string_view name) { return change_named(what::cancel, name); }
    /// A paused job's times pass without it.
    bool pause(job_id id) { return change(what::pause, id); }
    std::size_t pause(std::string_view name) { return change_named(what::pause, name); }
    /// Goes on with the next time to come; one whose only time has passed meanwhile runs at once.
    bool resume(job_id id) { return change(what::resume, id); }
    std::size_t resume(std::string_view name) { return change_named(what::resume, name); }
    /// An additional run at once, of a paused job too; its schedule stays as it is.
    bool run_now(job_id id) { return change(what::run_now, id); }
    std::size_t run_now(std::string_view name) { return change_named(what::run_now, name); }

  private:
    friend class detail::job_book<Job>;
    enum class what : std::uint8_t { add, cancel, pause, resume, run_now };
    struct wish {
        what to_do;
        job_id id;
        std::optional<job_record<Job>> record;
    };

    /// `update` and `list`: of the handler that asks; null outside of handlers.
    jobs(detail::job_book<Job>& book, const incoming* update, detail::declarations* list)
        : book_(&book), update_(update), list_(list) {
        settle = [](detail::declared& self, bool committed) {
            static_cast<jobs&>(self).carry_out(committed);
        };
    }

    [[nodiscard]] schedule::time_point now() const {
        return detail::time_of(book_->clock().now());
    }

    template <class Options>
    job_id add(schedule when, Job&& data, const Options& options) {
        constexpr detail::job_facts facts = detail::job_facts_of<Job>;
        update_address where = detail::job_address(update_ == nullptr ? nullptr : &update_->head(),
                                                   options.chat_id, options.user_id);
        detail::require_address(where, facts.needs_chat, facts.needs_user);
        const auto first = detail::first_run(when, now());
        if (!first) return job_id::none;
        const job_id id = book_->new_id();
        declare({what::add, id,
                 job_record<Job>{id, std::string(options.name), std::move(where), std::move(when),
                                 first, false, std::move(data)}});
        return id;
    }
    bool change(what to_do, job_id id) {
        const bool is_there = knows(id);
        if (is_there) declare({to_do, id, std::nullopt});
        return is_there;
    }
    std::size_t change_named(what to_do, std::string_view name) {
        const auto found = named(name);
        for (const job_info& one : found) declare({to_do, one.id, std::nullopt});
        return found.size();
    }
    /// One may change what one has just declared.
    [[nodiscard]] bool knows(job_id id) const {
        if (book_->find(id) != nullptr) return true;
        for (const wish& one : wishes_)
            if (one.to_do == what::add && one.id == id) return true;
        return false;
    }
    template <class Wanted>
    [[nodiscard]] std::vector<job_info> list_if(Wanted&& wanted) const {
        return book_->list([&](const job_record<Job>& record) {
            return (update_ == nullptr || record.where.chat_id == update_->head().chat_id) &&
                   wanted(record);
        });
    }

    void declare(wish&& one) {
        if (list_ == nullptr) return carry_out(one);
        if (wishes_.empty()) list_->add(*this);
        wishes_.push_back(std::move(one));
    }
    void carry_out(bool committed) {
        if (committed)
            for (wish& one : wishes_) carry_out(one);
        wishes_.clear();
    }
    void carry_out(wish& one) {
        switch (one.to_do) {
            case what::add: book_->add(std::move(*one.record)); break;
            case what::cancel: book_->cancel(one.id); break;
            case what::pause: book_->pause(one.id); break;
            case what::resume: book_->resume(one.id); break;
            case what::run_now: book_->run_now(one.id); break;
        }
    }

    detail::job_book<Job>* book_;
    const incoming* update_;
    detail::declarations* list_;
    std::vector<wish> wishes_;
};

}  // namespace banter
