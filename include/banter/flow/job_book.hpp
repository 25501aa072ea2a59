// The jobs of one kind that are to be run: who, when, and with what data. No handler runs here.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/declared.hpp>
#include <banter/flow/incoming.hpp>
#include <banter/flow/job_kind.hpp>
#include <banter/flow/schedule.hpp>
#include <banter/flow/timer_queue.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace banter {

/// The number of a job; those of one kind are never used twice while the bot runs.
enum class job_id : std::uint64_t { none = 0 };

/// What is known of a job. A `run` may ask for it as `const job_info&`.
struct job_info {
    job_id id = job_id::none;
    std::string name;
    /// 0 where the job has none.
    std::int64_t chat_id = 0;
    std::int64_t user_id = 0;
    /// The next time; nothing when the last one has come.
    std::optional<schedule::time_point> next;
    bool paused = false;
};

/// A job as a store keeps it.
template <class Job>
struct job_record {
    job_id id = job_id::none;
    std::string name;
    update_address where;
    schedule when;
    std::optional<schedule::time_point> next;
    bool paused = false;
    Job data;

    [[nodiscard]] job_info info() const {
        return {id, name, where.chat_id, where.user_id, next, paused};
    }
};

/// Where a book keeps its records. A record stays where it is until it is erased; `changed` is called
/// after it was written to.
template <class Store, class Job>
concept job_store = requires(Store& store, job_record<Job>&& record, job_id id) {
    { store.put(std::move(record)) } -> std::same_as<job_record<Job>&>;
    { store.find(id) } -> std::same_as<job_record<Job>*>;
    store.changed(*store.find(id));
    store.erase(id);
    store.for_each([](job_record<Job>&) {});
};

/// In memory: gone when the bot ends.
template <class Job>
class memory_job_store {
  public:
    job_record<Job>& put(job_record<Job>&& record) {
        const job_id id = record.id;
        return records_.insert_or_assign(id, std::move(record)).first->second;
    }
    job_record<Job>* find(job_id id) {
        const auto at = records_.find(id);
        return at == records_.end() ? nullptr : &at->second;
    }
    void changed(const job_record<Job>&) {}
    void erase(job_id id) { records_.erase(id); }
    template <class Visit>
    void for_each(Visit&& visit) {
        for (auto& [id, record] : records_) visit(record);
    }

  private:
    std::unordered_map<job_id, job_record<Job>> records_;
};

namespace detail {

inline schedule::time_point time_of(due_time due) {
    return schedule::time_point(
        std::chrono::duration_cast<schedule::time_point::duration>(std::chrono::nanoseconds(due)));
}
inline due_time due_of(schedule::time_point when) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(when.time_since_epoch()).count();
}

/// The chat and user of a job: the update's, unless others are named.
[[nodiscard]] update_address job_address(const telegram::envelope* update,
                                         std::optional<std::int64_t> chat_id,
                                         std::optional<std::int64_t> user_id);
/// Throws std::logic_error.
void require_address(const update_address& where, bool needs_chat, bool needs_user);
/// The first time of a schedule that was made now; a single one may have passed.
[[nodiscard]] std::optional<schedule::time_point> first_run(const schedule& when,
                                                            schedule::time_point now);

/// What a book needs of the dispatcher.
class job_clock {
  public:
    struct functions {
        due_time (*now)(void* dispatcher);
        void (*wake_at)(void* dispatcher, due_time time);
        /// Lets a job run. False: there is no room.
        bool (*begin)(void* dispatcher, job_id id);
    };

    job_clock() = default;
    job_clock(void* dispatcher, const functions& calls) : dispatcher_(dispatcher), calls_(&calls) {}

    [[nodiscard]] due_time now() const { return calls_->now(dispatcher_); }
    void wake_at(due_time time) const { calls_->wake_at(dispatcher_, time); }
    [[nodiscard]] bool begin(job_id id) const { return calls_->begin(dispatcher_, id); }

  private:
    void* dispatcher_ = nullptr;
    const functions* calls_ = nullptr;
};

template <class Job>
class job_book;

/// One run, from the moment at which the job may begin until what it declared is settled.
template <class Job>
struct job_run : declared {
    job_book<Job>* book = nullptr;
    job_id id = job_id::none;
    std::optional<Job> data;
    job_info info;
};

template <class Job, job_store<Job> Store>
class stored_job_book {
  public:
    void attach(job_clock clock) { clock_ = clock; }
    [[nodiscard]] const job_clock& clock() const { return clock_; }
    [[nodiscard]] Store& store() { return store_; }

    [[nodiscard]] job_id new_id() { return static_cast<job_id>(++last_id_); }
    [[nodiscard]] job_record<Job>* find(job_id id) { return store_.find(id); }

    template <class Wanted>
    [[nodiscard]] std::vector<job_info> list(Wanted&& wanted) {
        std::vector<job_info> out;
        store_.for_each([&](const job_record<Job>& record) {
            if (wanted(record)) out.push_back(record.info());
        });
        std::sort(out.begin(), out.end(),
                  [](const job_info& a, const job_info& b) { return a.id < b.id; });
        return out;
    }

    void add(job_record<Job>&& made) {
        const job_record<Job>& record = store_.put(std::move(made));
        arm(record, live_[record.id]);
    }
    void cancel(job_id id) {
        const auto at = live_.find(id);
        if (at == live_.end()) return;
        timers_.cancel(at->second.timer);
        live_.erase(at);
        store_.erase(id);
    }
    void pause(job_id id) {
        job_record<Job>* const record = find(id);
        if (record == nullptr) return;
        record->paused = true;
        store_.changed(*record);
        live& state = live_[id];
        state.again = false;
        timers_.cancel(state.timer);
    }
    void resume(job_id id) {
        job_record<Job>* const record = find(id);
        if (record == nullptr || !record->paused) return;
        record->paused = false;
        const auto now = time_of(clock_.now());
        if (record->when.repeats() && record->next && *record->next <= now)
            record->next = record->when.next(now);
        store_.changed(*record);
        if (record->next)
            arm(*record, live_[id]);
        else
            end_if_over(*record, live_[id]);
    }
    void run_now(job_id id) {
        if (find(id) != nullptr) start(id, live_[id]);
    }

    // ---- the clock ----

    /// When something falls due next; 0: never.
    [[nodiscard]] due_time next_due() const { return timers_.empty() ? 0 : timers_.next_due(); }
    /// The first of them begins.
    void look_at_next(due_time now) {
        const job_id id = timers_.take();
        job_record<Job>* const record = find(id);
        if (record == nullptr) return;
        // All times up to now are one run; what follows is in the future.
        record->next = record->when.next(time_of(now));
        store_.changed(*record);
        live& state = live_[id];
        arm(*record, state);
        start(id, state);
    }

    // ---- runs ----

    /// The run of the update in work with this number.
    [[nodiscard]] job_run<Job>& run_at(std::size_t ticket) {
        if (runs_.size() <= ticket) runs_.resize(ticket + 1);
        if (!runs_[ticket]) {
            runs_[ticket] = std::make_unique<job_run<Job>>();
            runs_[ticket]->book = static_cast<job_book<Job>*>(this);
            runs_[ticket]->settle = [](declared& self, bool committed) {
                auto& run = static_cast<job_run<Job>&>(self);
                run.book->end(run, committed);
            };
        }
        return *runs_[ticket];
    }
    /// A run has ended, and what it declared is settled.
    void end(job_run<Job>& run, bool committed) {
        std::optional<Job> data = std::exchange(run.data, std::nullopt);
        const auto at = live_.find(run.id);
        if (at == live_.end()) return;  // cancelled meanwhile
        job_record<Job>& record = *find(run.id);
        live& state = at->second;
        state.running = false;
        if constexpr (job_facts_of<Job>.changes_payload && std::is_move_assignable_v<Job>)
            if (committed && data) {
                record.data = std::move(*data);
                store_.changed(record);
            }
        if (std::exchange(state.again, false))
            start(run.id, state);
        else
            end_if_over(record, state);
    }

    /// The chat has got another id (it has become a supergroup).
    void move_chat(std::int64_t from, std::int64_t to) {
        store_.for_each([&](job_record<Job>& record) {
            update_address& where = record.where;
            if (where.chat_id != from) return;
            where.chat_id = to;
            where.chat = chat_type::supergroup;
            if (where.sender_chat_id == from) where.sender_chat_id = to;  // an anonymous administrator
            store_.changed(record);
        });
    }

  private:
    static constexpr due_time soon = 100'000'000;

    /// What is no part of the record.
    struct live {
        timer_handle timer;
        bool running = false;
        bool again = false;  // a time came while it ran
    };

    void arm(const job_record<Job>& record, live& state) {
        if (record.paused || !record.next) return;
        set_timer(record.id, state, due_of(*record.next));
    }
    void set_timer(job_id id, live& state, due_time due) {
        if (!timers_.move(state.timer, due)) state.timer = timers_.add(due, id);
        clock_.wake_at(due);
    }
    void start(job_id id, live& state) {
        if (state.running)
            state.again = true;
        else if (clock_.begin(id))
            state.running = true;
        else
            set_timer(id, state, clock_.now() + soon);
    }
    void end_if_over(const job_record<Job>& record, live& state) {
        if (record.next || state.running || timers_.pending(state.timer)) return;
        const job_id id = record.id;
        live_.erase(id);
        store_.erase(id);
    }

    Store store_;
    job_clock clock_;
    std::unordered_map<job_id, live> live_;
    timer_queue<job_id> timers_;
    std::uint64_t last_id_ = 0;
    std::vector<std::unique_ptr<job_run<Job>>> runs_;  // by ticket
};

/// The book of a bot's jobs of one kind, and what handlers are given of it.
template <class Job>
class job_book : public stored_job_book<Job, memory_job_store<Job>> {
  public:
    /// For the handler of the update in work with this number.
    [[nodiscard]] jobs<Job>& of_handler(std::size_t ticket, const incoming& update,
                                        declarations& list) {
        if (handles_.size() <= ticket) handles_.resize(ticket + 1);
        if (!handles_[ticket]) handles_[ticket].reset(new jobs<Job>(*this, &update, &list));
        return *handles_[ticket];
    }
    [[nodiscard]] jobs<Job>& outside() {
        if (!outside_) outside_.reset(new jobs<Job>(*this, nullptr, nullptr));
        return *outside_;
    }

  private:
    std::vector<std::unique_ptr<jobs<Job>>> handles_;  // by ticket
    std::unique_ptr<jobs<Job>> outside_;
};

}  // namespace detail
}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/job_book.ipp>
#endif
