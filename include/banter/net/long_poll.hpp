// Carries out what the poller decides, with a bot's gateway: real, or the test kit's in memory. No
// socket, no clock of its own.
#pragma once

#include <banter/config.hpp>
#include <banter/log.hpp>
#include <banter/net/poller.hpp>
#include <banter/net/update_sink.hpp>
#include <banter/telegram/bot.hpp>

#include <memory>
#include <span>
#include <string_view>

namespace banter::net {

namespace detail {
class poll_loop;
}  // namespace detail

/// Long polling for one bot. Everything happens on the gateway's executor, one thing at a time; the
/// member functions are to be called there too. The bot and the sink's object must outlive it.
class long_poll {
  public:
    /// `allowed_updates`: names of update kinds, copied; empty leaves the choice to the server.
    long_poll(bot& api, update_sink sink, std::span<const std::string_view> allowed_updates = {},
              poller_options options = {}, log_sink log = {});
    /// Ends at once what is under way; the exit handler is not called any more.
    ~long_poll();
    long_poll(const long_poll&) = delete;
    long_poll& operator=(const long_poll&) = delete;

    /// Begins with getMe (which tells the bot who it is), deleteWebhook and getUpdates. `handler`
    /// is called once, without an error, when polling has ended: after stop(), or because the token
    /// is refused. Which, exit() tells.
    void start(gateway::wait_handler handler);
    /// Begins to end in order: no new update is taken, what runs may finish within the grace
    /// period, the last offset is confirmed.
    void stop();

    /// How polling has ended, once it has.
    poll_exit exit() const noexcept;

    /// For a look at the state.
    const poller& state() const noexcept;

  private:
    std::shared_ptr<detail::poll_loop> loop_;
};

}  // namespace banter::net

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/long_poll.ipp>
#endif
