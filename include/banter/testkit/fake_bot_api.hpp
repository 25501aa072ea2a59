// A Bot API server on loopback with a fake Telegram behind it, for end-to-end tests of a bot that
// runs as it does in production:
//
//     testkit::fake_bot_api api;                       // listens, in a thread of its own
//     start my bot with api.url() and api.token()
//     auto anna = api.user("Anna");
//     anna.sends("/start");
//     api.wait_for(1, 2s);                             // one call, getUpdates not counted
//     anna.last_reply().text()
#pragma once

#include <banter/config.hpp>
#include <banter/testkit/actor.hpp>
#include <banter/testkit/world.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace banter::testkit {

struct fake_bot_api_options {
    world_options telegram = {.real_time = true};
    std::uint16_t port = 0;  ///< 0: a free one
    std::string_view token = "123456:TEST-token_of_the_fake_server00000";
};

/// Plain HTTP on 127.0.0.1: keep-alive, JSON, forms and multipart; long polling as Telegram's; file
/// downloads; faults of the world, with connections that are really cut.
class fake_bot_api {
  public:
    /// Listens in a thread of its own. Throws boost::system::system_error if the port is taken.
    explicit fake_bot_api(fake_bot_api_options options = {});
    /// Works on the given executor's context.
    explicit fake_bot_api(boost::asio::any_io_executor executor, fake_bot_api_options options = {});
    /// Stops listening and cuts all connections. A context that was given must not run meanwhile
    /// in another thread.
    ~fake_bot_api();
    fake_bot_api(const fake_bot_api&) = delete;
    fake_bot_api& operator=(const fake_bot_api&) = delete;

    /// What belongs into BOT_API_URL: "http://127.0.0.1:54321".
    std::string url() const;
    std::string token() const;
    std::uint16_t port() const;
    world& telegram();

    /// Adds a user.
    actor user(std::string_view first_name, user_options options = {});
    /// Every call but getUpdates, and what was downloaded ("download").
    std::vector<call_record> calls() { return telegram().calls(); }
    std::vector<call_record> calls(std::string_view method) { return telegram().calls(method); }
    std::vector<call_record> polls() { return telegram().polls(); }
    /// Waits until there are that many calls, of one method if named.
    bool wait_for(std::size_t count, std::chrono::milliseconds timeout,
                  std::string_view method = {}) {
        return telegram().wait_for_calls(count, timeout, method);
    }
    void inject(fault f) { telegram().inject(std::move(f)); }

    /// Connections accepted so far.
    std::size_t connections() const;
    /// Resets every open connection.
    void cut_connections();

  private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace banter::testkit

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/fake_bot_api.ipp>
#endif
