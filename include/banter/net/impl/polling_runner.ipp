#pragma once

#include <banter/net/long_poll.hpp>
#include <banter/net/polling_runner.hpp>

#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <memory>

namespace banter::net {

namespace detail {

/// Ends a run of the event loop: the polling's, and that of a call which is waited for.
struct stop_loop {
    boost::asio::io_context* io;
    boost::system::error_code* outcome;
    void operator()(boost::system::error_code fault) const {
        *outcome = fault;
        io->stop();
    }
};

/// What one run needs while the event loop turns.
struct polling_run {
    polling_run(boost::asio::io_context& context, bot& api, update_sink sink,
                std::span<const std::string_view> allowed_updates, const polling_options& options)
        : io(context), signals(context), log(options.log),
          poll(api, sink, allowed_updates, options.poll, options.log) {}

    void watch() {
        signals.async_wait([this](boost::system::error_code fault, int number) {
            if (fault)
                return;
            if (poll.state().stopping()) {
                log("stopped at once");
                killed_by = number;
                io.stop();
                return;
            }
            log("stopping: running handlers may finish; a second signal stops at once");
            poll.stop();
            watch();
        });
    }

    boost::asio::io_context& io;
    boost::asio::signal_set signals;
    log_sink log;
    long_poll poll;
    int killed_by = 0;  // the second signal
};

}  // namespace detail

BANTER_COLD_DECL int run_polling(boost::asio::io_context& io, bot& api, update_sink sink,
                                 std::span<const std::string_view> allowed_updates,
                                 const polling_options& options) {
    detail::polling_run run(io, api, sink, allowed_updates, options);
    if (options.handle_signals) {
        run.signals.add(SIGINT);
        run.signals.add(SIGTERM);
        run.watch();
    }
    boost::system::error_code none;
    run.poll.start(gateway::wait_handler(detail::stop_loop{&io, &none}));
    io.restart();
    io.run();
    return run.killed_by != 0 ? 128 + run.killed_by : static_cast<int>(run.poll.exit());
}

}  // namespace banter::net
