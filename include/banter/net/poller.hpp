// Long polling as a plain state machine: events go in, the next action comes out, no clock, no
// socket. net/long_poll.hpp carries the actions out; tests drive it by hand.
//
// The rules it keeps:
// - Start-up: getMe, deleteWebhook (waiting updates are kept), then getUpdates for ever.
// - The offset moves only past updates whose handling has finished. Telegram hands out the 100
//   lowest updates from the offset on, so one update that is handled for ever lets 99 later ones
//   pass, then the bot waits for it (and says so).
// - An update_id that was taken already is skipped. The last 1024 finished ids are remembered.
// - While updates are being handled, getUpdates answers at once with the same ones again; so it is
//   asked again when the offset can move, or after a pause that grows from 50 ms to 1 s.
// - A failed call is repeated after 1 s, then 1.5 times as long each time, up to 30 s, with one
//   line in the log for each; after 429 no sooner than the server asks. 401 and 404 mean that the
//   token is refused: exit code 2.
// - An answer that cannot be read is asked for again. One that breaks off inside an update is asked
//   for again once; if it breaks off there again, the update is offered as it is (the sink reports
//   it) and passed by, as is every update that the sink cannot decode. An answer above the client's
//   limit is asked for again one update at a time, and a single update above it is passed by.
// - What getUpdates fails with is handed on to the bot's error handlers, but for what is no fault of
//   anybody's: 429, time-outs, and the token's refusal, which ends the program.
// - Stopping: nothing new is taken, what runs may finish within the grace period, then one last
//   getUpdates(timeout 0, limit 1) confirms the offset.
#pragma once

#include <banter/config.hpp>
#include <banter/log.hpp>
#include <banter/net/update_sink.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace banter::net {

struct poller_options {
    /// How long the server keeps a getUpdates open when there is nothing (0 to 50 s make sense).
    std::chrono::seconds timeout{10};
    /// How many updates are asked for at a time, 1 to 100; also how many may be under way.
    int window = 100;
    /// Pause after the first failed call, after each further one 1.5 times as long up to the
    /// second.
    std::chrono::milliseconds first_pause{1000}, longest_pause{30000};
    /// How long handlers that still run may go on when the bot is stopped.
    std::chrono::milliseconds grace{10000};
    /// Whether waiting updates are thrown away at the start (deleteWebhook's drop_pending_updates).
    bool drop_pending_updates = false;
};

/// What the program that uses the poller should return.
enum class poll_exit : int {
    success = 0,    ///< stopped in order
    cut_short = 1,  ///< stopped, but handlers were still running when the grace period ended
    refused = 2,    ///< the token is refused
};

class poller {
  public:
    enum class step : std::uint8_t {
        call,   ///< make a call (`method`, `body`), then report answered() or failed()
        offer,  ///< offer `text` to the sink, then report offered()
        wait,   ///< until finished() changes what is to be done, at most `pause` (then report
                ///< waited())
        stop,   ///< nothing more to do; `exit` is the program's result
    };

    /// The next thing to do. The views live until the next event.
    struct action {
        step what = step::stop;
        std::string_view method, body;
        std::int64_t ticket = 0;  ///< names an offered update in offered(); its id where it has one
        std::string_view text;
        std::chrono::milliseconds pause = for_ever;
        std::uint64_t wait_number = 0;  ///< the same for one wait, however often it is asked for
        poll_exit exit = poll_exit::success;
    };

    static constexpr auto for_ever = std::chrono::milliseconds::max();

    /// `allowed_updates`: names for getUpdates; empty leaves the choice to the server.
    poller(poller_options options, std::span<const std::string_view> allowed_updates, log_sink log);

    /// What to do now. Asking again before the event that the action waits for gives the same
    /// action.
    action next();

    /// The call was answered; `took` is how long that lasted, if known.
    void answered(int status, std::string body,
                  std::chrono::milliseconds took = std::chrono::milliseconds(1000));
    /// The call failed on the way. `too_large`: the answer was above the client's limit.
    void failed(std::string_view why, bool too_large = false);
    /// Why the last answer to getUpdates was none, for the bot's error handlers: api_error or
    /// decode_error. Null if there is nothing to tell; null the second time.
    std::exception_ptr take_fault() noexcept { return std::exchange(fault_, nullptr); }
    /// Whether the call that is due or under way is one for updates.
    bool fetching() const noexcept { return polling(); }
    /// The sink's decision about an offered update.
    void offered(std::int64_t ticket, offer_result result);
    /// The pause of a wait is over.
    void waited();
    /// The handling of a pending update has finished. Ids that are not under way are ignored.
    void finished(std::int64_t update_id);
    /// The bot is to stop: no new updates. A call under way is to be abandoned (its answer is
    /// ignored).
    void stop();

    /// The offset that the next getUpdates would carry; 0 = none yet. It never goes down, except
    /// where the server begins to number its updates anew.
    std::int64_t offset() const noexcept { return offset_; }
    /// How many updates were taken and have not finished.
    std::size_t under_way() const noexcept;
    bool stopping() const noexcept { return phase_ >= phase::draining; }
    /// What getMe said; id 0 until then.
    std::int64_t bot_id() const noexcept { return id_; }
    const std::string& username() const noexcept { return username_; }
    const std::string& first_name() const noexcept { return first_name_; }
    /// Updates that were passed by because they are broken, too large or without an id.
    std::size_t passed_by() const noexcept { return passed_by_; }

  private:
    enum class phase : std::uint8_t {
        get_me,
        delete_webhook,
        polling,
        draining,
        confirming,
        stopped
    };
    enum class taken : std::uint8_t { fresh, held, running };

    struct entry {  // an update that is known and has not finished
        std::int64_t id = 0;
        taken state = taken::fresh;
        bool tried = false;     // offered already in this pass
        std::string_view view;  // into body_, until it is kept
        std::string kept;       // its own copy, once the sink was busy
    };

    struct refusal {  // an answer with "ok": false
        bool is_json = false;
        bool ok = false;
        int code = 0;
        std::string description;
        std::int64_t retry_after = -1;
    };

    static refusal read_refusal(std::string_view body);
    bool polling() const noexcept { return phase_ == phase::polling; }
    void start_call(std::string_view method, std::string_view body);
    void start_fetch();
    void read_identity(int status, std::string_view body);
    void read_updates(int status, std::string body, std::chrono::milliseconds took);
    void take(std::string_view text);
    bool is_new(std::int64_t id);
    bool doubtful_tail();
    void close_batch();
    void judge(int status, const refusal& what);
    void refuse(std::string_view why);
    void cannot_read(const std::string& why);
    void back_off(std::string_view why, std::chrono::milliseconds at_least = {});
    void recovered() noexcept;
    void begin_wait(bool& flag) noexcept;
    void try_again() noexcept;
    void drain();
    void confirm_and_stop();
    void finish_entry(std::size_t index);
    bool move_offset() noexcept;
    entry* untried() noexcept;
    bool any(taken state) const noexcept;
    action wait(std::chrono::milliseconds pause) const noexcept;

    poller_options options_;
    std::string allowed_updates_;  // a JSON array, or empty
    log_sink log_;
    phase phase_ = phase::get_me;
    poll_exit exit_ = poll_exit::success;

    std::exception_ptr fault_;
    std::string method_, call_body_;  // the call that is due or under way; empty method = none
    std::vector<std::string_view> pieces_;
    std::string body_;  // the last answer, while entries look into it
    std::vector<entry> entries_;
    std::vector<std::int64_t> done_;  // a ring of the ids that finished last
    std::size_t done_next_ = 0;

    std::int64_t offset_ = 0, highest_ = 0;
    bool polled_ =
        false;  // whether getUpdates was ever reached: only then is there an offset to confirm

    // The answer in work.
    bool batch_open_ = false, nameless_ = false;
    std::size_t batch_count_ = 0, batch_new_ = 0;
    unsigned quick_empty_ = 0;

    // One update at a time, after an answer was too large.
    bool singly_ = false;
    int asked_limit_ = 0, singles_ = 0;
    unsigned too_large_ = 0;
    std::int64_t suspect_ =
        -1;  // the update inside which the last answer broke off; 0 = without an id
    std::size_t passed_by_ = 0;

    bool blind_ = false;                     // a full answer held nothing new
    bool pausing_ = false, idling_ = false;  // after a failure; between two getUpdates
    std::chrono::milliseconds pause_{0}, next_pause_{0}, idle_{0};
    std::uint64_t wait_number_ = 0;
    unsigned attempts_ = 0;

    std::int64_t id_ = 0;
    std::string username_, first_name_;
};

}  // namespace banter::net

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/poller.ipp>
#endif
