// Files over HTTP: fetched in pieces, taken up where the connection broke, sent with progress.
#include <doctest/doctest.h>

#include <banter/telegram/bot.hpp>
#include <banter/telegram/methods.hpp>
#include <banter/testkit/fake_bot_api.hpp>

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "loopback.hpp"

using namespace banter;
using namespace std::chrono_literals;
using boost::asio::awaitable;
using loopback::client;
using loopback::seen_request;
using loopback::server;
using loopback::tcp;
namespace fs = std::filesystem;

namespace {

std::string noise(std::size_t size) {
    std::mt19937 source(7);
    std::string out(size, '\0');
    for (char& c : out)
        c = static_cast<char>(source());
    return out;
}

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

struct folder {
    fs::path path = fs::temp_directory_path() / ("banter-files-" + std::to_string(std::random_device()()));
    folder() { fs::create_directories(path); }
    ~folder() { fs::remove_all(path); }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    std::string operator/(const std::string& name) const { return (path / name).string(); }
};

void run(boost::asio::io_context& io, awaitable<void> job) {
    std::exception_ptr failure;
    boost::asio::co_spawn(io, std::move(job), [&](std::exception_ptr e) { failure = e; });
    io.restart();
    io.run();
    if (failure)
        std::rethrow_exception(failure);
}

/// What getFile would give.
struct known_file {
    std::string_view file_id() const { return "id"; }
    std::optional<std::string_view> file_path() const { return "photos/file_1 ä.jpg"; }
    std::optional<std::int64_t> file_size() const { return size; }
    std::optional<std::int64_t> size = {};
};

awaitable<void> to_disk(bot& api, known_file file, std::string path, transfer_watch watch = {}) {
    const downloaded_file got = co_await api.download(file, path, watch);
    CHECK(got.name == "file_1 ä.jpg");
}

awaitable<void> to_memory(bot& api, known_file file, std::uint64_t limit, std::string& out) {
    out = co_await api.download_bytes(file, limit);
}

std::string head(std::string_view status, std::size_t length, std::string_view more = "") {
    return "HTTP/1.1 " + std::string(status) + "\r\n" + std::string(more) +
           "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

/// Answers each request with the next text; where it ends, so does the connection.
struct script {
    std::vector<std::string> answers;
    std::atomic<std::size_t> at = 0;
    server it{[this](tcp::socket& socket, int) {
        std::string buffer;
        seen_request one;
        if (!loopback::read_request(socket, buffer, one))
            return;
        it.note(one);
        const std::size_t now = at++;
        if (now < answers.size())
            loopback::send(socket, answers[now]);
    }};
    explicit script(std::vector<std::string> what) : answers(std::move(what)) {}
};

}  // namespace

TEST_CASE("a file is fetched from the server's file path, with the name escaped") {
    const std::string bytes = noise(300'000);
    script s({head("200 OK", bytes.size()) + bytes});
    client c(s.it.url() + "/base/");
    bot api{gateway(c.http)};
    const folder f;
    std::uint64_t last = 0;
    auto watch = [&](transfer now) {
        CHECK(now.bytes > last);
        CHECK(now.of == 300'000);
        last = now.bytes;
    };
    run(c.io, to_disk(api, {}, f / "x.jpg", watch));
    CHECK(last == 300'000);
    CHECK(read(f / "x.jpg") == bytes);
    REQUIRE(s.it.requests().size() == 1);
    const std::string asked = s.it.requests()[0].head;
    CHECK(asked.starts_with("GET /base/file/bot123456:SeCrEt_token-part/photos/file_1%20%C3%A4.jpg "
                            "HTTP/1.1\r\n"));
    CHECK(asked.find("Range") == std::string::npos);
}

TEST_CASE("what a broken connection left out is asked for by its range") {
    const std::string bytes = noise(100'000);
    script s({head("200 OK", bytes.size()) + bytes.substr(0, 60'000),
              head("206 Partial Content", 40'000, "Content-Range: bytes 60000-99999/100000\r\n") +
                  bytes.substr(60'000)});
    client c(s.it.url());
    bot api{gateway(c.http)};
    const folder f;
    run(c.io, to_disk(api, {}, f / "x", {}));
    CHECK(read(f / "x") == bytes);
    REQUIRE(s.it.requests().size() == 2);
    CHECK(s.it.requests()[1].head.find("Range: bytes=60000-\r\n") != std::string::npos);
}

TEST_CASE("a server that knows no ranges begins anew, and so does the file") {
    const std::string bytes = noise(100'000);
    script s({head("200 OK", bytes.size()) + bytes.substr(0, 60'000),
              head("200 OK", bytes.size()) + bytes});
    client c(s.it.url());
    bot api{gateway(c.http)};
    const folder f;
    run(c.io, to_disk(api, {}, f / "x", {}));
    CHECK(read(f / "x") == bytes);
    script again({head("200 OK", bytes.size()) + bytes.substr(0, 60'000),
                  head("200 OK", bytes.size()) + bytes});
    client other(again.it.url());
    bot other_api{gateway(other.http)};
    std::string got;
    run(other.io, to_memory(other_api, {}, 100'000, got));
    CHECK(got == bytes);
}

TEST_CASE("another part than the one that was asked for is not taken for it") {
    const std::string bytes = noise(1000);
    const std::string wrong =
        head("206 Partial Content", 500, "Content-Range: bytes 500-999/1000\r\n") + bytes.substr(500);
    script s({wrong, wrong, wrong, wrong, wrong});
    client c(s.it.url());
    bot api{gateway(c.http)};
    const folder f;
    CHECK_THROWS_AS(run(c.io, to_disk(api, {}, f / "x", {})), network_error);
    CHECK(fs::is_empty(f.path));
}

TEST_CASE("fewer bytes than the file has, with nobody saying so, are an error") {
    script s({"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf of i"});
    client c(s.it.url());
    bot api{gateway(c.http)};
    const folder f;
    CHECK_THROWS_AS(run(c.io, to_disk(api, {.size = 10}, f / "x", {})), download_error);
    CHECK(fs::is_empty(f.path));
}

TEST_CASE("an error's text is bounded and holds no token, whatever the server puts into it") {
    const std::string page = "/file/bot123456:SeCrEt_token-part/x is not here";
    const std::string body = R"({"ok":false,"error_code":404,"description":")" + page + "\"}";
    script s({head("404 Not Found", body.size()) + body});
    client c(s.it.url());
    bot api{gateway(c.http)};
    const folder f;
    try {
        run(c.io, to_disk(api, {}, f / "x", {}));
        FAIL("nothing was thrown");
    } catch (const api_error& error) {
        CHECK(std::string(error.what()) == "download: /file/bot<token>/x is not here (error 404)");
    }
    const std::string flood(5000, 'x');
    script much({head("404 Not Found", flood.size()) + flood});
    client small(much.it.url(), {.answer_limit = 1000});
    bot other{gateway(small.http)};
    CHECK_THROWS_AS(run(small.io, to_disk(other, {}, f / "x", {})), network_error);
}

TEST_CASE("a file larger than the limit is left as soon as its size is known") {
    const std::string bytes = noise(1000);
    script s({head("200 OK", bytes.size()) + bytes});
    client c(s.it.url());
    bot api{gateway(c.http)};
    std::string got;
    CHECK_THROWS_AS(run(c.io, to_memory(api, {}, 999, got)), download_error);
    CHECK(s.it.requests().size() == 1);
}

TEST_CASE("downloads hold up no call") {
    std::atomic<bool> called = false;
    server* self = nullptr;
    server s([&](tcp::socket& socket, int) {
        std::string buffer;
        seen_request one;
        while (loopback::read_request(socket, buffer, one)) {
            if (one.head.starts_with("POST")) {
                called = true;
                loopback::send(socket, loopback::reply(R"({"ok":true,"result":true})"));
                continue;
            }
            for (int i = 0; i < 500 && !called; ++i)
                std::this_thread::sleep_for(10ms);
            loopback::send(socket, head("200 OK", 2) + "ok");
        }
    });
    self = &s;
    client c(self->url(), {.connections = 1, .downloads = 1});
    bot api{gateway(c.http)};
    std::string got;
    boost::asio::co_spawn(c.io, to_memory(api, {}, 10, got), [&](std::exception_ptr e) {
        CHECK(e == nullptr);
    });
    loopback::outcome out;
    c.start(out, "getMe");
    c.finish();
    CHECK(called);
    CHECK(!out.fault);
    CHECK(got == "ok");
}

TEST_CASE("sending a file tells how far it is; who watches may end it") {
    const std::string bytes = noise(500'000);
    std::vector<transfer> seen;
    auto watch = [&](transfer now) { seen.push_back(now); };
    const auto job = [](bot& api, const std::string& contents,
                        transfer_watch told) -> awaitable<void> {
        co_await api(send_document{.chat_id = 1, .document = input_file::bytes(contents, "a")}, told);
    };
    const std::string message =
        R"({"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":5,"type":"private"}}})";
    script s({loopback::reply(message), loopback::reply(message)});
    client c(s.it.url());
    bot api{gateway(c.http)};
    run(c.io, job(api, bytes, watch));
    REQUIRE(!seen.empty());
    CHECK(seen.back().bytes == seen.back().of);
    CHECK(seen.back().of > 500'000);
    CHECK(seen.back().of == s.it.requests()[0].body.size());
    auto enough = [](transfer) { throw std::out_of_range("enough"); };
    CHECK_THROWS_AS(run(c.io, job(api, bytes, enough)), network_error);
}

TEST_CASE("the fake server gives what users sent, and parts of it") {
    testkit::fake_bot_api telegram;
    auto anna = telegram.user("Anna");
    const std::string bytes = noise(200'000);
    anna.sends(testkit::content::document().file("a.bin", bytes));
    boost::asio::io_context io;
    net::http_gateway http(io.get_executor(), net::server_address::parse(telegram.url()),
                           net::token(telegram.token()));
    bot api{gateway(http)};
    const folder f;
    const auto job = [](bot& me, std::string path) -> awaitable<void> {
        const auto updates = co_await me(get_updates{});
        for (const telegram::update one : *updates) {
            const downloaded_file got = co_await me.download(one.message().document(), path);
            CHECK(got.size == 200'000);
        }
    };
    telegram.inject(testkit::fault::cut_answer().on("download"));
    run(io, job(api, f / "x"));
    CHECK(read(f / "x") == bytes);
    CHECK(telegram.calls("download").size() == 2);
}
