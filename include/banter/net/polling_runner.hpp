// A bot's main loop over long polling: runs until a signal (or a refused token) ends it, and gives
// the program's exit code.
#pragma once

#include <banter/config.hpp>
#include <banter/log.hpp>
#include <banter/net/poller.hpp>
#include <banter/net/update_sink.hpp>
#include <banter/telegram/bot.hpp>

#include <boost/asio/io_context.hpp>

#include <span>
#include <string_view>

namespace banter::net {

struct polling_options {
    poller_options poll = {};
    log_sink log = {};
    /// Whether SIGINT and SIGTERM stop the bot in order (a second one: at once).
    bool handle_signals = true;
};

/// Polls and runs `io` until the bot is stopped. Exit codes: 0 stopped in order, 1 stopped while
/// handlers were still running after the grace period, 2 the token is refused, 128 + the signal's
/// number after a second signal. Exceptions out of the event loop's handlers are passed on.
int run_polling(boost::asio::io_context& io, bot& api, update_sink sink,
                std::span<const std::string_view> allowed_updates,
                const polling_options& options = {});

}  // namespace banter::net

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/polling_runner.ipp>
#endif
