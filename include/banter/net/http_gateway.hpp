// The way to a Bot API server: HTTP/1.1 over kept-alive connections, with TLS whose certificate and
// host name are verified. It stands behind banter::gateway; its Asio, Beast and OpenSSL code is in
// impl/*.ipp, so that a bot's own file compiles none of it where the library is compiled apart.
//
// - getUpdates has a connection of its own; all other calls share a few, and wait in order. So do
//   downloads, which therefore hold up no call.
// - A kept-alive connection that the server has closed meanwhile is noticed before it is used
//   again. If it breaks while it is used and not a byte of the answer has come, the call is sent
//   once more, over a new connection, where that cannot do anything twice: when the request had not
//   gone out whole (a server acts on whole requests only), and else for methods that only read or
//   set (see is_idempotent()). Everything else is reported as it is: whether Telegram acted on it is
//   unknown.
// - Each step has a limit of time: name, connection, handshake, each write, each read. A getUpdates
//   may in addition take the timeout that it carries.
// - Files are read from disk in pieces while they are sent, and handed on in pieces while they are
//   fetched (from <base>/file/bot<token>/<path>).
//
// Requests are written as plain buffers and answers are fed to Beast's parser, and every step waits for
// its socket in the same way (impl/http_connection.ipp), so that few operations are instantiated, and
// not for each type of message. With g++ 12.2 a file with one coroutine over http::async_write and
// http::async_read with an ssl_stream cost 13 s (-O0) and 29 s (-O2) where one that uses all of this room
// cost 9 s and 16 s, with Asio's ssl::stream; at -O2 it takes 0.7 of that since it does without.
#pragma once

#include <banter/config.hpp>
#include <banter/net/address.hpp>
#include <banter/net/errc.hpp>
#include <banter/telegram/gateway.hpp>
#include <banter/telegram/retry.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace banter::net {

namespace detail {
class http_pool;
}  // namespace detail

struct http_options {
    /// Connections for calls other than getUpdates, at least 1.
    std::size_t connections = 4;
    /// Connections for downloads, at least 1.
    std::size_t downloads = 2;
    std::chrono::milliseconds resolve_timeout{10000}, connect_timeout{10000},
        handshake_timeout{10000};
    /// For each piece that is written.
    std::chrono::milliseconds write_timeout{20000};
    /// For each piece that is read; also from the end of the request to the beginning of the
    /// answer.
    std::chrono::milliseconds read_timeout{30000};
    /// Added to read_timeout while the server works on files that were sent.
    std::chrono::milliseconds upload_margin{60000};
    /// An idle connection is not used again after this time.
    std::chrono::milliseconds idle_limit{45000};
    /// The largest body of an answer, in bytes.
    std::size_t answer_limit = 32u << 20;
    /// Certificate authorities (PEM text) that are trusted beside the system's own.
    std::string authorities = {};
};

/// Carries calls out over HTTP. One thread (or one strand) at a time: the executor's. It must
/// outlive the gateways made from it; when it is destroyed, its connections are closed and calls
/// that wait end with errc::stopped. A call can be cancelled through its handler's cancellation
/// slot: its connection is closed.
class http_gateway {
  public:
    http_gateway(boost::asio::any_io_executor executor, server_address address, token secret,
                 http_options options = {});
    ~http_gateway();
    http_gateway(const http_gateway&) = delete;
    http_gateway& operator=(const http_gateway&) = delete;

    // What banter::gateway asks of an implementation.
    void start_call(const request& what, answer& got, gateway::wait_handler handler);
    void start_wait(std::chrono::nanoseconds duration, gateway::wait_handler handler);
    std::chrono::system_clock::time_point now() const;
    boost::asio::any_io_executor get_executor() const noexcept;

    /// How many connections were opened, and how many requests were sent, so far.
    std::size_t connections_opened() const noexcept;
    std::size_t requests_sent() const noexcept;

  private:
    std::shared_ptr<detail::http_pool> pool_;
};

}  // namespace banter::net

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/http_gateway.ipp>
#endif
