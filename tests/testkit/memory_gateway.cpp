// Calls and waits without a network, on a virtual clock.
#include <doctest/doctest.h>

#include <banter/telegram/error.hpp>
#include <banter/testkit/memory_gateway.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

using namespace banter;
using namespace banter::testkit;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

struct desk {
    world w;
    std::int64_t anna = w.add_user("Anna");
    memory_gateway network{w};
    gateway g{network};
    std::vector<std::string> log;

    request make(std::string method, std::string body) {
        request r;
        r.method = std::move(method);
        r.body = std::move(body);
        return r;
    }
    void start(std::string method, std::string body = "{}") {
        gateway(g).start_call(make(std::move(method), std::move(body)),
                     [this](boost::system::error_code error, answer a) {
                         log.push_back(error ? error.message() : std::to_string(a.status));
                     });
    }
    void wait(std::chrono::nanoseconds duration, std::string name) {
        g.start_wait(duration, [this, name](boost::system::error_code error) {
            log.push_back(error ? error.message() : name);
        });
    }
    using lines = std::vector<std::string>;
};

}  // namespace

TEST_CASE("a call is answered at once, but never inside the call") {
    desk d;
    d.start("getMe");
    CHECK(d.log.empty());
    d.network.settle();
    CHECK(d.log == desk::lines{"200"});
    d.start("sendMessage", R"({"chat_id":1,"text":"x"})");
    d.network.settle();
    CHECK(d.log.back() == "400");
    CHECK(d.w.calls().size() == 2);
}

TEST_CASE("waits complete in the order of their times, when the clock passes them") {
    desk d;
    const auto begin = d.g.now();
    d.wait(2s, "second");
    d.wait(1s, "first");
    d.wait(0s, "at once");
    d.wait(2s, "third");
    d.network.settle();
    CHECK(d.log == desk::lines{"at once"});
    CHECK(d.network.pending() == 3);
    CHECK(d.network.until_next() == 1s);
    d.network.advance(1500ms);
    CHECK(d.log == desk::lines{"at once", "first"});
    d.network.advance(1h);
    CHECK(d.log == desk::lines{"at once", "first", "second", "third"});
    CHECK(d.g.now() - begin == 1h + 1500ms);
}

TEST_CASE("a wait that follows from a wait falls due within the same advance") {
    desk d;
    std::chrono::system_clock::time_point end;
    asio::co_spawn(
        d.network.context(),
        [](gateway g, std::chrono::system_clock::time_point& out) -> asio::awaitable<void> {
            co_await g.wait(1min);
            co_await g.wait(1min);
            out = g.now();
        }(d.g, end),
        asio::detached);
    const auto begin = d.g.now();
    d.network.advance(10min);
    CHECK(end - begin == 2min);
}

TEST_CASE("faults reach the bot as they would from a network") {
    desk d;
    d.w.inject(fault::cut_connection());
    d.start("getMe");
    d.network.settle();
    CHECK(d.log.back() == boost::system::error_code(asio::error::connection_reset).message());
    d.w.inject(fault::slow_answer(5s));
    d.start("getMe");
    d.network.settle();
    CHECK(d.log.size() == 1);
    d.network.advance(5s);
    CHECK(d.log.back() == "200");
    d.w.inject(fault::too_many_requests(1s));
    d.start("getMe");
    d.network.settle();
    CHECK(d.log.back() == "429");
}

TEST_CASE("getUpdates waits for news or for its timeout") {
    desk d;
    d.start("getUpdates", R"({"timeout":10})");
    d.network.settle();
    CHECK(d.log.empty());
    d.w.send(d.anna, {}, content::text("hello"));
    d.network.settle();
    CHECK(d.log == desk::lines{"200"});
    d.start("getUpdates", R"({"offset":999999999,"timeout":10})");
    d.network.advance(9s);
    CHECK(d.log.size() == 1);
    d.network.advance(1s);
    CHECK(d.log.size() == 2);
}

TEST_CASE("waits and calls can be cancelled") {
    desk d;
    asio::cancellation_signal signal;
    d.g.start_wait(1h, asio::bind_cancellation_slot(
                           signal.slot(), [&d](boost::system::error_code e) {
                               d.log.push_back(e.message());
                           }));
    signal.emit(asio::cancellation_type::terminal);
    d.network.settle();
    CHECK(d.network.pending() == 0);
    CHECK(d.log.back() == boost::system::error_code(asio::error::operation_aborted).message());
}

TEST_CASE("uploads are read; a file that is not there is an error") {
    desk d;
    request r = d.make("sendDocument", R"({"chat_id":)" + std::to_string(d.anna) + "}");
    r.uploads.push_back({"document", "a.txt", "", "abc"});
    gateway(d.g).start_call(std::move(r), [&d](boost::system::error_code, answer a) {
        d.log.push_back(std::to_string(a.status));
    });
    request missing = d.make("sendDocument", "{}");
    missing.uploads.push_back({"document", "", "/no/such/file", ""});
    gateway(d.g).start_call(std::move(missing), [&d](boost::system::error_code e, answer) {
        d.log.push_back(e ? "error" : "no error");
    });
    d.network.settle();
    CHECK(d.log == desk::lines{"200", "error"});
    CHECK(d.w.calls().at(0).files.at(0).bytes == "abc");
}
