// A server on loopback for tests: one thread, one script for each connection, blocking sockets. It
// is written by hand so that a test decides about every byte. And a client that makes one call and
// waits.
#pragma once

#include <banter/net/http_gateway.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace loopback {

using boost::asio::ip::tcp;

struct seen_request {
    std::string head, body;
};

/// Reads one HTTP request with a Content-Length from anything with read_some; false at the end.
template <class Stream>
bool read_request(Stream& stream, std::string& buffer, seen_request& out) {
    boost::system::error_code fault;
    char chunk[65536];
    const auto more = [&] {
        const auto got = stream.read_some(boost::asio::buffer(chunk), fault);
        buffer.append(chunk, got);
        return !fault;
    };
    std::size_t end;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos)
        if (!more())
            return false;
    out.head = buffer.substr(0, end + 4);
    const auto at = out.head.find("Content-Length: ");
    const std::size_t length = at == std::string::npos ? 0 : std::stoul(out.head.substr(at + 16));
    while (buffer.size() < end + 4 + length)
        if (!more())
            return false;
    out.body = buffer.substr(end + 4, length);
    buffer.erase(0, end + 4 + length);
    return true;
}

inline std::string reply(std::string_view body, std::string_view status = "200 OK",
                         std::string_view more = "") {
    return "HTTP/1.1 " + std::string(status) + "\r\nContent-Type: application/json\r\n" +
           std::string(more) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

/// Runs `script(socket, number of the connection)` in a thread of its own for each connection.
class server {
  public:
    using script = std::function<void(tcp::socket&, int)>;

    explicit server(script what)
        : script_(std::move(what)), acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}) {
        thread_ = std::thread([this] { accept(); });
    }
    ~server() {
        stopping_ = true;
        boost::system::error_code ignored;
        tcp::socket knock(io_);
        knock.connect(acceptor_.local_endpoint(), ignored);
        thread_.join();
        {
            const std::lock_guard lock(mutex_);
            for (auto& one : sockets_)
                one.shutdown(tcp::socket::shutdown_both, ignored);
        }
        for (auto& one : threads_)
            one.join();
    }
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    unsigned short port() const { return acceptor_.local_endpoint().port(); }
    std::string url(std::string_view scheme = "http", std::string_view host = "127.0.0.1") const {
        return std::string(scheme) + "://" + std::string(host) + ":" + std::to_string(port());
    }
    int connections() const { return connections_; }
    void note(seen_request one) {
        const std::lock_guard lock(mutex_);
        requests_.push_back(std::move(one));
    }
    std::vector<seen_request> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

  private:
    void accept() {
        while (true) {
            tcp::socket* socket = nullptr;
            {
                const std::lock_guard lock(mutex_);
                socket = &sockets_.emplace_back(io_);
            }
            boost::system::error_code fault;
            acceptor_.accept(*socket, fault);
            if (fault || stopping_)
                return;
            const int number = connections_++;
            threads_.emplace_back([this, socket, number] {
                script_(*socket, number);
                boost::system::error_code ignored;
                const std::lock_guard lock(mutex_);
                socket->close(ignored);
            });
        }
    }

    script script_;
    boost::asio::io_context io_;
    tcp::acceptor acceptor_;
    std::thread thread_;
    mutable std::mutex mutex_;
    std::list<tcp::socket> sockets_;
    std::list<std::thread> threads_;
    std::vector<seen_request> requests_;
    std::atomic<int> connections_ = 0;
    std::atomic<bool> stopping_ = false;
};

inline void send(tcp::socket& socket, std::string_view text) {
    boost::system::error_code ignored;
    boost::asio::write(socket, boost::asio::buffer(text.data(), text.size()), ignored);
}

struct outcome {
    boost::system::error_code fault;
    banter::answer what;
    bool called = false;
};

inline constexpr std::string_view secret = "123456:SeCrEt_token-part";

/// A client with its own event loop.
struct client {
    boost::asio::io_context io;
    banter::net::http_gateway http;

    explicit client(std::string_view url, banter::net::http_options options = {})
        : http(io.get_executor(), banter::net::server_address::parse(url),
               banter::net::token(secret), std::move(options)) {}

    outcome call(std::string method, std::string body = "{}",
                 std::vector<banter::upload> files = {}) {
        outcome out;
        start(out, std::move(method), std::move(body), std::move(files));
        finish();
        return out;
    }
    void start(outcome& out, std::string method, std::string body = "{}",
               std::vector<banter::upload> files = {}) {
        banter::request what{std::move(method), std::move(body), std::move(files)};
        banter::gateway(http).start_call(std::move(what),
                        [&out](boost::system::error_code fault, banter::answer result) {
                            out = {fault, std::move(result), true};
                        });
    }
    void finish() {
        io.restart();
        io.run();
    }
};

}  // namespace loopback
