// The part of a dispatcher that does not depend on the bot's types: the updates in work, their
// order, and the sending of declared effects.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/choice.hpp>
#include <banter/flow/declared.hpp>
#include <banter/flow/failure.hpp>
#include <banter/flow/handlers.hpp>
#include <banter/flow/frame_memory.hpp>
#include <banter/flow/moved_chats.hpp>
#include <banter/flow/query_context.hpp>
#include <banter/flow/records.hpp>
#include <banter/flow/sequencer.hpp>
#include <banter/flow/worker.hpp>
#include <banter/log.hpp>
#include <banter/telegram/bot.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banter {

struct dispatcher_options {
    /// Updates in work or waiting for their key, at most; further ones are offered again later.
    std::size_t max_in_flight = 1024;
    /// Updates of one key in work or waiting, at most.
    std::size_t max_queue_for_key = 32;
    /// An album is complete when no message of it has come for so long, or with the tenth.
    std::chrono::milliseconds album_quiet_time{700};
    /// Events that are posted from outside and wait for a slot, at most; further ones are refused.
    std::size_t max_waiting_posts = 1024;
    /// Keyboards whose buttons have objects behind them, of each type, at most: the one that was not
    /// used for the longest time expires (PTB: arbitrary_callback_data=1024).
    std::size_t max_stored_keyboards = 1024;
    /// A pressed button that nothing else has answered gets a bare answer. False: the bot sees to it,
    /// later for example.
    bool answer_presses = true;
    /// What holds for all messages where nothing else is said (PTB: Defaults).
    message_defaults defaults = {};
    log_sink log = {};
};

/// What became of an offered update.
enum class accepted : std::uint8_t {
    done,     ///< finished: handled, or of no interest, or unreadable and reported
    pending,  ///< in work; the done handler hears of it
    busy,     ///< not taken: its key's queue or the bot is full. To be offered again
};

/// Told of each pending update when it has finished.
struct done_handler {
    void (*call)(void* object, std::int64_t update_id) = nullptr;
    void* object = nullptr;
};

/// Figures since the start.
struct dispatcher_counters {
    std::uint64_t updates = 0;     ///< taken
    std::uint64_t handled = 0;     ///< that some rule took
    std::uint64_t unreadable = 0;  ///< skipped because they could not be read
    std::uint64_t unheard_events = 0;  ///< that no conversation, or no rule of its state, was for
    std::uint64_t posts = 0;       ///< events that have been posted
    std::uint64_t failures = 0;    ///< handlers that threw, effects that failed
    std::uint64_t stale_buttons = 0;  ///< presses that a stale_buttons(...) answered
};

namespace detail {

/// One update in work. Reused; its buffers keep their memory.
struct work {
    work() = default;
    work(const work&) = delete;
    work& operator=(const work&) = delete;

    incoming update;
    outbox effects;
    declarations declared;
    context said{update, effects};
    query_contexts asked{update, effects};
    classified known;
    order_keys keys;
    std::uint32_t ticket = 0;
    std::string_view handler;
    std::optional<failure> failed;

    bool entered = false;    // stands in the sequencer's queues
    bool offering = false;   // inside offer(): nobody has to be told when it finishes
    bool beginning = false;  // inside begin(), which sees to what follows
    bool waits = false;      // its handler is a coroutine that has not ended
    bool finished = false;
    bool error_taken = false;  // by an error handler of the conversation

    // The declared effect that is being sent.
    std::size_t effect = 0;
    int attempt = 1;
    bool silent_before = false;  // a try brought no answer, but may have arrived
    std::exception_ptr refusal;  // of the last try, while the next is waited for
    answer got;

    open_query query;          // while a pressed button's handler runs
    bool bare_answer = false;  // the last effect is the answer that nobody declared
    bool answers = false;      // a call or an effect answers the pressed button
    bool answered = false;     // it was, before the handler that runs now

    bool notes_keyboards = false;       // it matters which message has the latest keyboard
    std::int64_t keyboard_message = 0;  // the first sent here with one

    std::optional<sleeping_worker> worker;
    coroutine_in_work* coroutine = nullptr;  // in the worker's frame
};

class dispatcher_base {
  public:
    /// What the dispatcher of the bot's types goes on with.
    struct continuations {
        void (*worker_sleeps)(dispatcher_base&, work&);
        void (*effects_sent)(dispatcher_base&, work&);
        void (*run_waiting)(dispatcher_base&);
        void (*alarm)(dispatcher_base&);
    };

    dispatcher_base(bot& api, const dispatcher_options& options, const continuations& next)
        : api_(&api), options_(options), executor_(api.network().get_executor()), next_(&next) {
        if (options.defaults != message_defaults{}) api.set_defaults(options.defaults);
    }
    dispatcher_base(const dispatcher_base&) = delete;
    dispatcher_base& operator=(const dispatcher_base&) = delete;

    void on_done(done_handler handler) { done_ = handler; }
    /// Updates in work or waiting.
    [[nodiscard]] std::size_t in_flight() const { return in_flight_; }
    [[nodiscard]] const dispatcher_counters& counters() const { return counters_; }

  protected:
    ~dispatcher_base() { stop_alarm(); }

    /// Sends the declared effects in order. The first that fails is noted in at.failed, and those
    /// after it are not sent (PTB: the rest of such a handler does not run). Then effects_sent.
    void send_effects(work& at);

    /// Starts the worker of a slot; worker_sleeps hears of it, at once or later, and then whenever
    /// a coroutine that had waited has come to its end.
    void employ(work& at);

    /// Lets the executor call run_waiting, once for all that may run by then.
    void post_turn();

    /// Lets `alarm` be called at a time, in nanoseconds since 1970; of several times that were asked
    /// for the first counts.
    void wake_at(std::int64_t time);
    /// Forgets the time that was asked for.
    void stop_alarm();

    /// The client of a user who pressed a button waits for an answer, and gets one: from here on it
    /// is seen which call of a handler answers it.
    void expect_answer(work& at) {
        if (is_press(at)) api_->queries().open(at.query, at.update.head().query_id);
    }
    /// The handler has ended, if there was any: unless it answered the pressed button by a call or
    /// declared an answer, a bare one is declared behind all else. Of several the last counts.
    /// Not `last`: others will see the button, and may answer it.
    void declare_answer(work& at, bool last) {
        at.bare_answer = false;
        if (is_press(at)) declare_one_answer(at, last && options_.answer_presses);
    }

    /// Notes what a handler threw. Nothing that it declared is sent.
    void note_exception(work& at, std::exception_ptr error);
    /// Notes what an error handler of a conversation threw: that is as far as it goes.
    void note_error_handler_exception(work& at, std::exception_ptr error);
    void note_unreadable(work& at, telegram::decode_fault fault);
    void note_failed_fetch(work& at, std::exception_ptr error);
    /// One line about a failure that no error handler took, or that one of them threw.
    void log_failure(const failure& what) const;
    /// To be told when a store of user, chat or bot data has failed.
    store_faults data_faults();
    /// One line about middleware that threw behind a handler.
    void log_hook_failure(std::string_view handler, std::exception_ptr error) const;
    void log_error_handler_failure(const failure& about, std::exception_ptr error) const;

  private:
    /// A step of an update that the network calls; its memory is kept.
    struct step {
        using executor_type = boost::asio::any_io_executor;
        using allocator_type = frame_allocator<void>;

        dispatcher_base* self;
        work* at;
        void (dispatcher_base::*run)(work&, boost::system::error_code);

        executor_type get_executor() const noexcept { return self->executor_; }
        allocator_type get_allocator() const noexcept { return {}; }
        void operator()(boost::system::error_code error) const { (self->*run)(*at, error); }
    };
    /// One that the executor calls. It names no executor: Asio would copy that for each.
    struct turn {
        using allocator_type = frame_allocator<void>;

        dispatcher_base* self;

        allocator_type get_allocator() const noexcept { return {}; }
        void operator()() const {
            self->turn_is_posted_ = false;
            self->next_->run_waiting(*self);
        }
    };
    struct falling_asleep;
    /// The one wait for the next alarm. Its handler holds it too, and may outlive the dispatcher.
    struct alarm_wait {
        dispatcher_base* owner = nullptr;
        std::int64_t time = 0;
        boost::asio::cancellation_signal stop;
    };
    struct alarm_step {
        using executor_type = boost::asio::any_io_executor;
        using allocator_type = frame_allocator<void>;
        using cancellation_slot_type = boost::asio::cancellation_slot;

        std::shared_ptr<alarm_wait> wait;
        boost::asio::any_io_executor executor;

        executor_type get_executor() const noexcept { return executor; }
        allocator_type get_allocator() const noexcept { return {}; }
        cancellation_slot_type get_cancellation_slot() const noexcept { return wait->stop.slot(); }
        void operator()(boost::system::error_code error) const;
    };

    static boost::asio::awaitable<void> sleep(dispatcher_base& self, work& at);
    static bool is_press(const work& at) {
        return at.update.head().kind == update_kind::callback_query &&
               !at.update.head().query_id.empty();
    }
    void declare_one_answer(work& at, bool last);
    static void add_bare_answer(work& at);
    static void note_keyboard(work& at);
    void send_next(work& at);
    void on_answer(work& at, boost::system::error_code error);
    void on_failed_try(work& at, boost::system::error_code error);
    void on_waited(work& at, boost::system::error_code error);
    void next_effect(work& at);
    void give_up(work& at);

  protected:
    bot* api_;
    dispatcher_options options_;
    boost::asio::any_io_executor executor_;
    const continuations* next_;
    choice_index index_;
    sequencer sequencer_;
    done_handler done_;
    dispatcher_counters counters_;
    moved_chats moved_;
    std::size_t in_flight_ = 0;
    bool turn_is_posted_ = false;

  private:
    std::shared_ptr<alarm_wait> alarm_;
};

}  // namespace detail
}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/dispatcher_base.ipp>
#endif
