// The HTTP client against servers that do every wrong thing a server can do.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>

#include "loopback.hpp"

using banter::net::errc;
using banter::net::http_options;
using loopback::client;
using loopback::outcome;
using loopback::reply;
using loopback::seen_request;
using loopback::server;
using loopback::tcp;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view yes = R"({"ok":true,"result":true})";

/// Answers every request on every connection with the same text.
server::script always(server*& self, std::string text) {
    return [&self, text](tcp::socket& socket, int) {
        std::string buffer;
        seen_request one;
        while (loopback::read_request(socket, buffer, one)) {
            self->note(one);
            loopback::send(socket, text);
        }
    };
}

struct steady_server {
    server* self = nullptr;
    server it;
    explicit steady_server(std::string text = reply(yes)) : it(always(self, std::move(text))) {
        self = &it;
    }
};

std::chrono::steady_clock::duration timed(const std::function<void()>& what) {
    const auto begin = std::chrono::steady_clock::now();
    what();
    return std::chrono::steady_clock::now() - begin;
}

/// A folder of its own, gone at the end.
struct folder {
    std::filesystem::path path;
    folder() {
        std::random_device source;
        path = std::filesystem::temp_directory_path() /
               ("banter-net-" + std::to_string(source()) + std::to_string(source()));
        std::filesystem::create_directories(path);
    }
    ~folder() { std::filesystem::remove_all(path); }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    std::string write(const std::string& name, const std::string& bytes) const {
        std::ofstream(path / name, std::ios::binary) << bytes;
        return (path / name).string();
    }
};

std::string noise(std::size_t size) {
    std::mt19937 source(7);
    std::string out(size, '\0');
    for (char& c : out)
        c = static_cast<char>(source());
    return out;
}

}  // namespace

TEST_CASE("calls go over one kept-alive connection, as JSON, to the bot's path") {
    steady_server s;
    client c(s.it.url() + "/base/");
    for (int i = 0; i < 3; ++i) {
        const outcome got = c.call("sendMessage", R"({"chat_id":1,"text":"ä"})");
        CHECK(!got.fault);
        CHECK(got.what.status == 200);
        CHECK(got.what.body == yes);
    }
    CHECK(s.it.connections() == 1);
    CHECK(c.http.connections_opened() == 1);
    const auto seen = s.it.requests();
    REQUIRE(seen.size() == 3);
    CHECK(seen[2].head.starts_with(
        "POST /base/bot123456:SeCrEt_token-part/sendMessage HTTP/1.1\r\n"));
    CHECK(seen[2].head.find("Host: 127.0.0.1:" + std::to_string(s.it.port()) + "\r\n") !=
          std::string::npos);
    CHECK(seen[2].head.find("Content-Type: application/json\r\n") != std::string::npos);
    CHECK(seen[2].body == R"({"chat_id":1,"text":"ä"})");
}

TEST_CASE("names are resolved; getUpdates and other calls do not share a connection") {
    steady_server s;
    client c(s.it.url("http", "localhost"));
    CHECK(!c.call("getUpdates").fault);
    CHECK(!c.call("getMe").fault);
    CHECK(!c.call("getUpdates").fault);
    CHECK(!c.call("getMe").fault);
    CHECK(s.it.connections() == 2);
}

TEST_CASE("a small pool: no more connections than allowed, callers wait in order") {
    std::atomic<int> active = 0, most = 0;
    server* self = nullptr;
    std::mutex guard;
    std::map<int, std::vector<int>> taken;  // by connection: which calls came, in order
    server s([&](tcp::socket& socket, int connection) {
        std::string buffer;
        seen_request one;
        while (loopback::read_request(socket, buffer, one)) {
            self->note(one);
            {
                const std::lock_guard lock(guard);
                taken[connection].push_back(std::stoi(one.body.substr(5)));
            }
            most = std::max(most.load(), ++active);
            std::this_thread::sleep_for(10ms);
            --active;
            loopback::send(socket, reply(yes));
        }
    });
    self = &s;
    client c(s.url(), {.connections = 2});
    std::vector<outcome> all(12);
    std::vector<int> order;
    for (std::size_t i = 0; i < all.size(); ++i) {
        banter::request what{"sendMessage", "{\"n\":" + std::to_string(i) + "}", {}};
        banter::gateway(c.http).start_call(std::move(what), [&, i](boost::system::error_code fault, banter::answer) {
            all[i].fault = fault;
            all[i].called = true;
            order.push_back(static_cast<int>(i));
        });
        CHECK(!all[i].called);  // never inside the function that starts it
    }
    c.finish();
    for (const auto& one : all)
        CHECK((one.called && !one.fault));
    CHECK(s.connections() == 2);
    CHECK(most == 2);
    CHECK(s.requests().size() == 12);
    // A connection that is free takes the next call; which of the two is faster nobody knows.
    const std::lock_guard lock(guard);
    CHECK(taken.size() == 2);
    for (const auto& [connection, calls] : taken)
        CHECK(std::is_sorted(calls.begin(), calls.end()));
}

TEST_CASE("a long poll is waited for; other calls pass it") {
    std::atomic<bool> let_go = false;
    server s([&](tcp::socket& socket, int) {
        std::string buffer;
        seen_request one;
        while (loopback::read_request(socket, buffer, one)) {
            if (one.head.find("/getUpdates") != std::string::npos)
                while (!let_go)
                    std::this_thread::sleep_for(5ms);
            loopback::send(socket, reply(yes));
            if (one.head.find("/getMe") != std::string::npos) {
                std::this_thread::sleep_for(250ms);
                let_go = true;
            }
        }
    });
    // The poll outlasts the limit for a read, because it carries a timeout of its own.
    client c(s.url(), {.read_timeout = 100ms});
    outcome poll, me;
    c.start(poll, "getUpdates", R"({"timeout":5,"allowed_updates":["message"]})");
    c.start(me, "getMe");
    while (!me.called)
        c.io.run_one();
    CHECK(!me.fault);
    CHECK(!poll.called);
    c.finish();
    CHECK(poll.called);
    CHECK(!poll.fault);
}

TEST_CASE("limits of time: no answer, half an answer, nobody reads") {
    SUBCASE("no answer") {
        server s([](tcp::socket& socket, int) {
            std::string buffer;
            seen_request one;
            while (loopback::read_request(socket, buffer, one)) {
            }
        });
        client c(s.url(), {.read_timeout = 60ms});
        const auto took = timed([&] { CHECK(c.call("sendMessage").fault == errc::read_timeout); });
        CHECK(took > 50ms);
        CHECK(took < 2s);
        CHECK(c.call("getUpdates", R"({"timeout":0})").fault == errc::read_timeout);
        CHECK(!banter::never_sent(errc::read_timeout));
    }
    SUBCASE("half an answer") {
        server s([](tcp::socket& socket, int) {
            std::string buffer;
            seen_request one;
            loopback::read_request(socket, buffer, one);
            loopback::send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            loopback::read_request(socket, buffer, one);
        });
        client c(s.url(), {.read_timeout = 60ms});
        CHECK(c.call("getMe").fault == errc::read_timeout);
    }
    SUBCASE("nobody reads") {
        std::atomic<bool> over = false;
        server s([&](tcp::socket&, int) {
            while (!over)
                std::this_thread::sleep_for(5ms);
        });
        client c(s.url(), {.write_timeout = 60ms});
        CHECK(c.call("sendDocument", "{}", {{"document", "a.bin", "", std::string(16u << 20, 'x')}})
                  .fault == errc::write_timeout);
        over = true;
    }
}

TEST_CASE("nobody listens: the call was certainly not carried out") {
    unsigned short port = 0;
    {
        boost::asio::io_context io;
        tcp::acceptor acceptor(io, {boost::asio::ip::address_v4::loopback(), 0});
        port = acceptor.local_endpoint().port();
    }
    client c("http://127.0.0.1:" + std::to_string(port));
    const outcome got = c.call("sendMessage");
    CHECK(got.fault == boost::asio::error::connection_refused);
    CHECK(banter::never_sent(got.fault));
    client unknown("http://no-such-host.invalid");
    CHECK(banter::never_sent(unknown.call("getMe").fault));
}

TEST_CASE("the connection ends after each byte of the answer") {
    const std::string whole = reply(yes, "200 OK", "Server: x\r\n");
    const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
                                "chunked\r\n\r\n5\r\n{\"ok\"\r\n6\r\n:true}\r\n0\r\n\r\n";
    for (const std::string& text : {whole, chunked}) {
        server s([&](tcp::socket& socket, int number) {
            std::string buffer;
            seen_request one;
            loopback::read_request(socket, buffer, one);
            loopback::send(socket,
                           std::string_view(text).substr(0, static_cast<std::size_t>(number)));
        });
        client c(s.url());
        for (std::size_t length = 0; length < text.size(); ++length) {
            CAPTURE(length);
            const outcome got = c.call("sendMessage");
            CHECK(got.fault == errc::connection_lost);
            CHECK(got.what.body.empty());
        }
        CHECK(!c.call("sendMessage").fault);
        CHECK(s.connections() == static_cast<int>(text.size()) + 1);  // each sent exactly once
    }
}

TEST_CASE("answers in all shapes") {
    const auto shape = [](std::string text, http_options options = {}) {
        server s([&](tcp::socket& socket, int) {
            std::string buffer;
            seen_request one;
            loopback::read_request(socket, buffer, one);
            for (const char c : text)
                loopback::send(socket, {&c, 1});  // a byte at a time
        });
        client c(s.url(), options);
        return c.call("sendMessage");
    };
    SUBCASE("an HTML page of a proxy") {
        const outcome got = shape(reply("<html>Bad Gateway</html>", "502 Bad Gateway"));
        CHECK(!got.fault);
        CHECK(got.what.status == 502);
        CHECK(got.what.body == "<html>Bad Gateway</html>");
    }
    SUBCASE("chunks with extensions and a trailer") {
        const outcome got = shape("HTTP/1.1 200 OK\r\nTransfer-Encoding: "
                                  "chunked\r\n\r\n3;a=b\r\n{\"o\r\n4\r\nk\":1\r\n1\r\n}\r\n"
                                  "0\r\nX: y\r\n\r\n");
        CHECK(!got.fault);
        CHECK(got.what.body == "{\"ok\":1}");
    }
    SUBCASE("100 Continue first") {
        CHECK(shape("HTTP/1.1 100 Continue\r\n\r\n" + reply(yes)).what.body == yes);
    }
    SUBCASE("a body that ends with the connection") {
        const outcome got = shape("HTTP/1.1 200 OK\r\n\r\n{\"ok\":true}");
        CHECK(!got.fault);
        CHECK(got.what.body == "{\"ok\":true}");
    }
    SUBCASE("no HTTP") {
        CHECK(shape("SSH-2.0-OpenSSH_9.2\r\n").fault == errc::not_http);
        CHECK(shape("\x16\x03\x01").fault);
    }
    SUBCASE("too large, announced or not") {
        CHECK(shape(reply(std::string(1001, 'x')), {.answer_limit = 1000}).fault ==
              errc::answer_too_large);
        CHECK(!shape(reply(std::string(1000, 'x')), {.answer_limit = 1000}).fault);
        const std::string chunk = "1f4\r\n" + std::string(500, 'x') + "\r\n";
        CHECK(shape("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk +
                        chunk + "0\r\n\r\n",
                    {.answer_limit = 1000})
                  .fault == errc::answer_too_large);
        CHECK(shape("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n").fault);
    }
    SUBCASE("a head without an end") {
        CHECK(shape("HTTP/1.1 200 OK\r\nX: " + std::string(80000, 'x')).fault == errc::not_http);
    }
}

TEST_CASE("a server that closes idle connections: noticed before anything is sent") {
    server* self = nullptr;
    server s([&](tcp::socket& socket, int) {
        std::string buffer;
        seen_request one;
        loopback::read_request(socket, buffer, one);
        self->note(one);
        loopback::send(socket, reply(yes));  // and closes, without saying so
    });
    self = &s;
    client c(s.url());
    for (int i = 0; i < 3; ++i) {
        CHECK(!c.call("sendMessage").fault);
        std::this_thread::sleep_for(30ms);
    }
    CHECK(s.requests().size() == 3);
    CHECK(c.http.requests_sent() == 3);
    // "Connection: close" is heeded without a look at the connection.
    steady_server closing(reply(yes, "200 OK", "Connection: close\r\n"));
    client d(closing.it.url());
    CHECK(!d.call("sendMessage").fault);
    CHECK(!d.call("sendMessage").fault);
    CHECK(d.http.connections_opened() == 2);
    // And a connection that was idle for too long is not used again.
    steady_server idle;
    client e(idle.it.url(), {.idle_limit = 1ms});
    CHECK(!e.call("sendMessage").fault);
    std::this_thread::sleep_for(5ms);
    CHECK(!e.call("sendMessage").fault);
    CHECK(e.http.connections_opened() == 2);
}

TEST_CASE("a connection that ends instead of answering: only harmless calls are sent again") {
    server* self = nullptr;
    server s([&](tcp::socket& socket, int number) {
        std::string buffer;
        seen_request one;
        int count = 0;
        while (loopback::read_request(socket, buffer, one)) {
            self->note(one);
            if (number % 2 == 0 && ++count == 2)
                return;  // took the request, gives no answer
            loopback::send(socket, reply(yes));
        }
    });
    self = &s;
    {
        client c(s.url());
        CHECK(!c.call("sendMessage").fault);
        CHECK(c.call("sendMessage").fault == errc::connection_lost);
        CHECK(s.requests().size() == 2);
        CHECK(!c.call("sendMessage").fault);
    }
    const auto before = s.requests().size();
    client d(s.url());
    CHECK(!d.call("getMe").fault);
    CHECK(!d.call("getMe").fault);  // sent twice, over two connections
    CHECK(s.requests().size() == before + 3);
    CHECK(banter::is_idempotent("getUpdates"));
    CHECK(!banter::is_idempotent("sendMessage"));
    CHECK(!banter::is_idempotent("editMessageText"));
}

TEST_CASE("files arrive byte for byte, and parameters beside them") {
    const folder f;
    const std::string large = noise(3'000'001), small = "--x\r\n\r\nnot a boundary\r\n";
    const std::string path = f.write("photo \"1\".jpg", large);
    steady_server s;
    client c(s.it.url());
    const outcome got = c.call(
        "sendMediaGroup",
        R"({"chat_id":-5,"caption":"\u00e4\"\n","media":[{"type":"photo",)"
        R"("media":"attach://0"}], "flag" : true})",
        {{"0", "", path, ""}, {"1", "b.txt", "", small}, {"2", "empty", "", ""}});
    CHECK(!got.fault);
    const auto seen = s.it.requests();
    REQUIRE(seen.size() == 1);
    const auto at = seen[0].head.find("multipart/form-data; boundary=");
    REQUIRE(at != std::string::npos);
    const std::string boundary =
        seen[0].head.substr(at + 30, seen[0].head.find("\r\n", at) - at - 30);
    const std::string mark = "--" + boundary + "\r\nContent-Disposition: form-data; name=";
    const std::string octets = "\r\nContent-Type: application/octet-stream\r\n\r\n";
    const std::string expected =
        mark + "\"chat_id\"\r\n\r\n-5\r\n" + mark + "\"caption\"\r\n\r\nä\"\n\r\n" + mark +
        "\"media\"\r\n\r\n[{\"type\":\"photo\",\"media\":\"attach://0\"}]\r\n" + mark +
        "\"flag\"\r\n\r\ntrue\r\n" + mark + "\"0\"; filename=\"photo %221%22.jpg\"" + octets +
        large + "\r\n" + mark + "\"1\"; filename=\"b.txt\"" + octets + small + "\r\n" + mark +
        "\"2\"; filename=\"empty\"" + octets + "\r\n--" + boundary + "--\r\n";
    CHECK((seen[0].body == expected));
}

TEST_CASE("files that cannot be sent") {
    const folder f;
    steady_server s;
    client c(s.it.url());
    CHECK(c.call("sendPhoto", "{}", {{"photo", "", (f.path / "none").string(), ""}}).fault ==
          errc::file_unreadable);
    CHECK(c.call("sendPhoto", "{}", {{"photo", "", f.path.string(), ""}}).fault ==
          errc::file_unreadable);
    CHECK(c.call("sendPhoto", "[]", {{"photo", "", "", "x"}}).fault == errc::bad_request);
    CHECK(c.call("sendPhoto", R"({"a":"\x"})", {{"photo", "", "", "x"}}).fault);
    for (const auto* name : {"", "a/b", "getMe HTTP/1.1\r\nX: y", "getMe?"})
        CHECK(c.call(name).fault == errc::bad_request);
    CHECK(s.it.requests().empty());
    // A file that shrinks after its size was announced ends the call.
    const std::string path = f.write("shrinks", std::string(8u << 20, 'x'));
    server slow([&](tcp::socket& socket, int) {
        char some[1000];
        socket.read_some(boost::asio::buffer(some));
        std::filesystem::resize_file(path, 5u << 20);
        boost::system::error_code ignored;
        while (socket.read_some(boost::asio::buffer(some), ignored) > 0) {
        }
    });
    client d(slow.url());
    CHECK(d.call("sendDocument", "{}", {{"document", "", path, ""}}).fault == errc::file_changed);
}

TEST_CASE("a server that refuses a large upload before it has read it") {
    server s([](tcp::socket& socket, int) {
        char some[1000];
        socket.read_some(boost::asio::buffer(some));
        loopback::send(socket,
                       reply("too large", "413 Request Entity Too Large", "Connection: close\r\n"));
        boost::system::error_code ignored;
        socket.shutdown(tcp::socket::shutdown_send, ignored);
        // Reads on for a while, as servers do so that their answer is not lost.
        for (int i = 0; i < 20000 && socket.read_some(boost::asio::buffer(some), ignored) > 0;
             ++i) {
        }
    });
    client c(s.url());
    const outcome got =
        c.call("sendDocument", "{}", {{"document", "a", "", std::string(8u << 20, 'x')}});
    CHECK((got.fault || got.what.status == 413));
    CHECK(c.http.connections_opened() == 1);
}

TEST_CASE(
    "a call can be cancelled: while it waits for a connection, and while it waits for its answer") {
    std::atomic<int> count = 0;
    server s([&](tcp::socket& socket, int number) {
        std::string buffer;
        seen_request one;
        while (loopback::read_request(socket, buffer, one)) {
            ++count;
            if (number > 0)
                loopback::send(socket, reply(yes));
        }
    });
    client c(s.url(), {.connections = 1});
    boost::asio::cancellation_signal first, second;
    outcome a, b, d;
    const auto into = [](outcome& out) {
        return [&out](boost::system::error_code fault, banter::answer what) {
            out = {fault, what, true};
        };
    };
    banter::gateway(c.http).start_call({"getMe", "{}", {}},
                      boost::asio::bind_cancellation_slot(first.slot(), into(a)));
    banter::gateway(c.http).start_call({"getMe", "{}", {}},
                      boost::asio::bind_cancellation_slot(second.slot(), into(b)));
    c.start(d, "getMe");
    while (count == 0)
        c.io.run_for(5ms);
    second.emit(boost::asio::cancellation_type::terminal);
    CHECK(!b.called);
    first.emit(boost::asio::cancellation_type::terminal);
    c.finish();
    CHECK(a.fault == boost::asio::error::operation_aborted);
    CHECK(b.fault == boost::asio::error::operation_aborted);
    CHECK(!d.fault);
    CHECK(d.what.body == yes);
    first.emit(boost::asio::cancellation_type::terminal);  // too late: nothing
}

TEST_CASE("waits: they end in time, or when they are cancelled") {
    client c("http://127.0.0.1:1");
    bool rang = false;
    boost::system::error_code fault;
    c.http.start_wait(20ms, [&](boost::system::error_code) { rang = true; });
    boost::asio::cancellation_signal stop;
    c.http.start_wait(10s, boost::asio::bind_cancellation_slot(
                               stop.slot(), [&](boost::system::error_code what) { fault = what; }));
    CHECK(!rang);
    stop.emit(boost::asio::cancellation_type::terminal);
    CHECK(timed([&] { c.finish(); }) < 5s);
    CHECK(rang);
    CHECK(fault == boost::asio::error::operation_aborted);
}

TEST_CASE("a client that goes away ends its calls") {
    server s([](tcp::socket& socket, int) {
        std::string buffer;
        seen_request one;
        while (loopback::read_request(socket, buffer, one)) {
        }
    });
    boost::asio::io_context io;
    outcome first, second;
    {
        banter::net::http_gateway http(io.get_executor(),
                                       banter::net::server_address::parse(s.url()),
                                       banter::net::token(loopback::secret), {.connections = 1});
        banter::gateway(http).start_call({"sendMessage", "{}", {}},
                        [&](boost::system::error_code fault, banter::answer what) {
                            first = {fault, what, true};
                        });
        banter::gateway(http).start_call({"sendMessage", "{}", {}},
                        [&](boost::system::error_code fault, banter::answer what) {
                            second = {fault, what, true};
                        });
        io.run_for(30ms);
        CHECK(!first.called);
    }
    io.restart();
    CHECK(timed([&] { io.run(); }) < 2s);
    CHECK(first.fault == errc::stopped);
    CHECK(second.fault == errc::stopped);
}

TEST_CASE("nothing that comes back holds the token") {
    server s([](tcp::socket& socket, int) {
        std::string buffer;
        seen_request one;
        while (loopback::read_request(socket, buffer, one))
            loopback::send(socket,
                           reply("<html>" + one.head.substr(5, one.head.find(" HTTP") - 5) +
                                     " and SeCrEt_token-part and 123456%3ASeCrEt_token-part</html>",
                                 "404 Not Found"));
    });
    client c(s.url());
    const outcome got = c.call("getMe");
    CHECK(got.what.status == 404);
    CHECK(got.what.body == "<html>/bot<token>/getMe and <token> and <token></html>");
    for (int code = 1; code <= static_cast<int>(errc::stopped); ++code) {
        const std::string text = banter::net::make_error_code(static_cast<errc>(code)).message();
        CHECK(text.size() > 10);
        CHECK(text != "an unknown network error");
        CHECK(text.find("SeCrEt") == std::string::npos);
    }
}
