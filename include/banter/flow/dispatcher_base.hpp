// The part of a dispatcher that does not depend on the bot's types: the updates in work, their
// order, and the sending of declared effects.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/choice.hpp>
#include <banter/flow/context.hpp>
#include <banter/flow/failure.hpp>
#include <banter/flow/sequencer.hpp>
#include <banter/log.hpp>
#include <banter/telegram/bot.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banter {

struct dispatcher_options {
    /// Updates in work or waiting for their key, at most; further ones are offered again later.
    std::size_t max_in_flight = 256;
    /// Updates of one key in work or waiting, at most.
    std::size_t max_queue_for_key = 32;
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
    std::uint64_t failures = 0;    ///< handlers that threw, effects that failed
};

namespace detail {

/// One update in work. Reused; its buffers keep their memory.
struct work {
    work() = default;
    work(const work&) = delete;
    work& operator=(const work&) = delete;

    incoming update;
    outbox effects;
    context said{update, effects};
    classified known;
    order_keys keys;
    std::uint32_t ticket = 0;
    std::string_view handler;
    std::optional<failure> failed;
};

class dispatcher_base {
  public:
    dispatcher_base(bot& api, const dispatcher_options& options) : api_(&api), options_(options) {}
    dispatcher_base(const dispatcher_base&) = delete;
    dispatcher_base& operator=(const dispatcher_base&) = delete;

    void on_done(done_handler handler) { done_ = handler; }
    /// Updates in work or waiting.
    [[nodiscard]] std::size_t in_flight() const { return in_flight_; }
    [[nodiscard]] const dispatcher_counters& counters() const { return counters_; }

  protected:
    ~dispatcher_base() = default;

    /// Sends the declared effects in order. The first that fails is noted in at.failed, and those
    /// after it are not sent (PTB: the rest of such a handler does not run).
    boost::asio::awaitable<void> deliver(work& at);

    /// Notes what a handler threw. Nothing that it declared is sent; a pressed button gets a bare
    /// answer, so that the user's client stops waiting.
    void note_exception(work& at, std::exception_ptr error);
    void note_unreadable(work& at, telegram::decode_fault fault);
    /// One line about a failure that no error handler took, or that one of them threw.
    void log_failure(const failure& what) const;
    void log_error_handler_failure(const failure& about, std::exception_ptr error) const;

    bot* api_;
    dispatcher_options options_;
    choice_index index_;
    sequencer sequencer_;
    done_handler done_;
    dispatcher_counters counters_;
    std::size_t in_flight_ = 0;
};

}  // namespace detail
}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/dispatcher_base.ipp>
#endif
