// The whole way: signals, HTTP, a server on loopback.
#include <banter/net/polling_runner.hpp>

#include <boost/asio/steady_timer.hpp>
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include "loopback.hpp"

using loopback::seen_request;
using loopback::tcp;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view me =
    R"({"ok":true,"result":{"id":5,"username":"u_bot","first_name":"N"}})";
constexpr std::string_view yes = R"({"ok":true,"result":true})";
constexpr std::string_view none = R"({"ok":true,"result":[]})";

std::string method_of(const seen_request& one) {
    const auto end = one.head.find(" HTTP");
    const auto begin = one.head.rfind('/', end);
    return one.head.substr(begin + 1, end - begin - 1);
}

/// Has one update, 41; a poll beyond it hangs for its timeout.
struct telegram {
    loopback::server it;
    std::atomic<bool> over = false;

    telegram()
        : it([this](tcp::socket& socket, int) {
              std::string buffer;
              seen_request one;
              while (loopback::read_request(socket, buffer, one)) {
                  it.note(one);
                  const std::string method = method_of(one);
                  if (method == "getMe")
                      loopback::send(socket, loopback::reply(me));
                  if (method == "deleteWebhook")
                      loopback::send(socket, loopback::reply(yes));
                  if (method != "getUpdates")
                      continue;
                  const bool beyond = one.body.find("\"offset\":42") != std::string::npos;
                  if (!beyond) {
                      loopback::send(socket,
                                     loopback::reply(R"({"ok":true,"result":[{"update_id":41}]})"));
                      continue;
                  }
                  for (int i = 0;
                       one.body.find("\"timeout\":0") == std::string::npos && i < 400 && !over; ++i)
                      std::this_thread::sleep_for(5ms);
                  loopback::send(socket, loopback::reply(none));
              }
          }) {}
    ~telegram() { over = true; }
    telegram(const telegram&) = delete;
    telegram& operator=(const telegram&) = delete;
};

/// Takes updates, and finishes them after a time; sends signals to this process meanwhile.
struct slow_bot {
    enum class accepted { done, pending, busy };
    boost::asio::io_context& io;
    std::chrono::milliseconds work;
    std::vector<std::chrono::milliseconds> signals;
    int number = SIGTERM;
    int offered = 0, finished = 0;
    void (*listener)(void*, std::int64_t) = nullptr;
    void* listening = nullptr;
    std::vector<std::unique_ptr<boost::asio::steady_timer>> timers;

    accepted offer(std::string_view, std::int64_t& id) {
        id = 41;
        ++offered;
        after(work, [this] {
            ++finished;
            if (listener != nullptr)
                listener(listening, 41);
        });
        for (const auto when : signals)
            after(when, [this] { std::raise(number); });
        return accepted::pending;
    }
    template <class F>
    void after(std::chrono::milliseconds when, F what) {
        timers.push_back(std::make_unique<boost::asio::steady_timer>(io, when));
        timers.back()->async_wait([what](boost::system::error_code fault) {
            if (!fault)
                what();
        });
    }
    void on_done(void (*function)(void*, std::int64_t), void* object) {
        listener = function;
        listening = object;
    }
};

struct run_result {
    int code = -1, finished = 0;
    std::vector<seen_request> requests;
    std::vector<std::string> log;
    std::chrono::steady_clock::duration took{};
};

run_result run(std::chrono::milliseconds work, std::vector<std::chrono::milliseconds> signals,
               int number, std::chrono::milliseconds grace) {
    run_result out;
    telegram server;
    boost::asio::io_context io;
    banter::net::http_gateway http(io.get_executor(),
                                   banter::net::server_address::parse(server.it.url()),
                                   banter::net::token(loopback::secret));
    banter::bot api{banter::gateway(http)};
    slow_bot bot{io, work, std::move(signals), number, 0, 0, nullptr, nullptr, {}};
    banter::net::polling_options options;
    options.poll.grace = grace;
    options.log = {[](void* to, std::string_view line) {
                       static_cast<std::vector<std::string>*>(to)->emplace_back(line);
                   },
                   &out.log};
    const std::vector<std::string_view> kinds{"message"};
    const auto begin = std::chrono::steady_clock::now();
    out.code = banter::net::run_polling(io, api, banter::net::sink_of(bot), kinds, options);
    out.took = std::chrono::steady_clock::now() - begin;
    out.finished = bot.finished;
    out.requests = server.it.requests();
    CHECK(api.me().username == "u_bot");
    CHECK(bot.offered == 1);
    return out;
}

}  // namespace

TEST_CASE("a signal while the server holds a poll: the poll is given up, the offset confirmed, "
          "exit code 0") {
    for (const int number : {SIGTERM, SIGINT}) {
        const auto got = run(20ms, {150ms}, number, 10s);
        CHECK(got.code == 0);
        CHECK(got.finished == 1);
        CHECK(got.took < 1500ms);
        REQUIRE(got.requests.size() >= 5);
        CHECK(method_of(got.requests[0]) == "getMe");
        CHECK(method_of(got.requests[1]) == "deleteWebhook");
        CHECK(method_of(got.requests[2]) == "getUpdates");
        CHECK(got.requests[2].body == R"({"timeout":10,"allowed_updates":["message"]})");
        CHECK(got.requests.back().body == R"({"offset":42,"limit":1,"timeout":0})");
    }
}

TEST_CASE("a signal while a handler runs: it finishes, then its offset is confirmed") {
    const auto got = run(300ms, {50ms}, SIGTERM, 10s);
    CHECK(got.code == 0);
    CHECK(got.finished == 1);
    CHECK(got.requests.back().body == R"({"offset":42,"limit":1,"timeout":0})");
}

TEST_CASE("a handler that outlives the grace period: its update is not confirmed") {
    const auto got = run(60s, {20ms}, SIGTERM, 100ms);
    CHECK(got.code == 1);
    CHECK(got.finished == 0);
    CHECK(got.took < 2s);
    CHECK(got.requests.back().body == R"({"offset":41,"limit":1,"timeout":0})");
}

TEST_CASE("a second signal stops at once") {
    const auto got = run(60s, {20ms, 60ms}, SIGINT, 30s);
    CHECK(got.code == 128 + SIGINT);
    CHECK(got.took < 2s);
    CHECK(got.log.back() == "stopped at once");
}

TEST_CASE("a refused token: exit code 2, one line, no token in it") {
    loopback::server s([](tcp::socket& socket, int) {
        std::string buffer;
        seen_request one;
        while (loopback::read_request(socket, buffer, one))
            loopback::send(socket,
                           loopback::reply(R"({"ok":false,"error_code":401,"description":"no )" +
                                               one.head.substr(5, 40) + R"("})",
                                           "401 Unauthorized"));
    });
    boost::asio::io_context io;
    banter::net::http_gateway http(io.get_executor(), banter::net::server_address::parse(s.url()),
                                   banter::net::token(loopback::secret));
    banter::bot api{banter::gateway(http)};
    slow_bot bot{io, 0ms, {}, 0, 0, 0, nullptr, nullptr, {}};
    std::vector<std::string> log;
    banter::net::polling_options options;
    options.log = {[](void* to, std::string_view line) {
                       static_cast<std::vector<std::string>*>(to)->emplace_back(line);
                   },
                   &log};
    CHECK(banter::net::run_polling(io, api, banter::net::sink_of(bot), {}, options) == 2);
    REQUIRE(log.size() == 1);
    CHECK(log[0].find("SeCrEt") == std::string::npos);
    CHECK(log[0].find("<token>") != std::string::npos);
    CHECK(log[0].find("BOT_TOKEN") != std::string::npos);
}
