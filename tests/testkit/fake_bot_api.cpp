// The fake server, spoken to over plain sockets.
#include <doctest/doctest.h>

#include <banter/testkit/fake_bot_api.hpp>

#include <boost/asio/buffers_iterator.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <thread>

using namespace banter::testkit;
using namespace std::chrono_literals;
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// A client as simple as can be.
struct client {
    asio::io_context io;
    asio::ip::tcp::socket socket{io};
    asio::streambuf in;
    boost::system::error_code error;
    std::string head;

    explicit client(const fake_bot_api& api) {
        socket.connect({asio::ip::address_v4::loopback(), api.port()});
    }
    void send(const std::string& text) { asio::write(socket, asio::buffer(text)); }
    std::string receive() {
        const auto n = asio::read_until(socket, in, "\r\n\r\n", error);
        if (error) return "";
        const auto text = std::string(asio::buffers_begin(in.data()), asio::buffers_end(in.data()));
        head = text.substr(0, n);
        in.consume(n);
        const auto at = head.find("Content-Length: ");
        const auto length = std::stoul(head.substr(at + 16));
        if (in.size() < length) asio::read(socket, in, asio::transfer_exactly(length - in.size()), error);
        const auto size = std::min<std::size_t>(length, in.size());
        std::string body(asio::buffers_begin(in.data()),
                         asio::buffers_begin(in.data()) + static_cast<std::ptrdiff_t>(size));
        in.consume(size);
        return body;
    }
    static std::string post(const fake_bot_api& api, std::string_view method, std::string_view body,
                            std::string_view type = "application/json") {
        return "POST /bot" + api.token() + "/" + std::string(method) +
               " HTTP/1.1\r\nHost: x\r\nContent-Type: " + std::string(type) +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
    }
    json::value call(const fake_bot_api& api, std::string_view method, std::string_view body,
                     std::string_view type = "application/json") {
        send(post(api, method, body, type));
        const auto answer = receive();
        return answer.empty() ? json::value() : json::parse(answer);
    }
};

}  // namespace

TEST_CASE("methods over one connection, by JSON, form, query and multipart") {
    fake_bot_api api;
    auto anna = api.user("Anna");
    const auto id = std::to_string(anna.id());
    client c(api);
    CHECK(c.call(api, "getMe", "{}").at("result").at("username") == "banter_test_bot");
    CHECK(c.call(api, "sendMessage", R"({"chat_id":)" + id + R"(,"text":"json"})").at("ok") == true);
    CHECK(c.call(api, "sendMessage", "chat_id=" + id + "&text=a+form%21",
                 "application/x-www-form-urlencoded")
              .at("ok") == true);
    c.send("GET /bot" + api.token() + "/sendMessage?chat_id=" + id +
           "&text=query HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(json::parse(c.receive()).at("ok") == true);
    const std::string multipart =
        "--B\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n" + id +
        "\r\n--B\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a.txt\"\r\n"
        "Content-Type: text/plain\r\n\r\nline\r\n\r\nline\r\n--B--\r\n";
    CHECK(c.call(api, "sendDocument", multipart, "multipart/form-data; boundary=B")
              .at("result").at("document").at("file_name") == "a.txt");
    REQUIRE(api.wait_for(5, 1s));
    CHECK(api.calls()[2].text("text") == "a form!");
    CHECK(api.calls()[2].integer("chat_id") == anna.id());
    CHECK(api.calls()[3].text("text") == "query");
    CHECK(api.calls()[4].files.at(0).bytes == "line\r\n\r\nline");
    CHECK(anna.replies().size() == 4);
    CHECK(api.connections() == 1);

    const auto file = c.call(api, "getFile", R"({"file_id":")" + anna.last_reply().file_id() + R"("})");
    const std::string path(file.at("result").at("file_path").as_string());
    c.send("GET /file/bot" + api.token() + "/" + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(c.receive() == "line\r\n\r\nline");
    CHECK(api.calls("download").size() == 1);
}

TEST_CASE("a wrong token, a wrong path, a body that is not JSON") {
    fake_bot_api api;
    client c(api);
    c.send("GET /bot1:wrong/getMe HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(json::parse(c.receive()).at("error_code") == 401);
    c.send("GET /else HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(json::parse(c.receive()).at("error_code") == 404);
    CHECK(c.call(api, "getMe", "{").at("error_code") == 400);
}

TEST_CASE("a long poll is answered by news, by its timeout, or by a second poller") {
    fake_bot_api api;
    auto anna = api.user("Anna");
    client c(api);
    c.send(client::post(api, "getUpdates", R"({"timeout":20})"));
    REQUIRE(api.wait_for(1, 1s, "getUpdates"));
    anna.sends("hello");
    const auto first = json::parse(c.receive()).at("result").as_array();
    REQUIRE(first.size() == 1);
    const auto next = std::to_string(first[0].at("update_id").as_int64() + 1);
    CHECK_FALSE(api.telegram().wait_until_confirmed(10ms));

    const auto begin = std::chrono::steady_clock::now();
    const auto empty = c.call(api, "getUpdates", R"({"timeout":1,"offset":)" + next + "}");
    CHECK(empty.at("result").as_array().empty());
    CHECK(std::chrono::steady_clock::now() - begin > 900ms);
    CHECK(api.telegram().wait_until_confirmed(10ms));

    c.send(client::post(api, "getUpdates", R"({"timeout":20})"));
    REQUIRE(api.wait_for(3, 1s, "getUpdates"));
    client second(api);
    second.send(client::post(api, "getUpdates", R"({"timeout":20})"));
    CHECK(json::parse(c.receive()).at("error_code") == 409);
    anna.sends("again");
    CHECK(json::parse(second.receive()).at("result").as_array().size() == 1);
}

TEST_CASE("a poller that goes away leaves no trace") {
    fake_bot_api api;
    auto anna = api.user("Anna");
    {
        client c(api);
        c.send(client::post(api, "getUpdates", R"({"timeout":20})"));
        REQUIRE(api.wait_for(1, 1s, "getUpdates"));
    }
    std::this_thread::sleep_for(50ms);
    anna.sends("hello");
    client c(api);
    CHECK(c.call(api, "getUpdates", R"({"timeout":1})").at("result").as_array().size() == 1);
}

TEST_CASE("faults on the wire") {
    fake_bot_api api;
    api.inject(fault::html_page());
    {
        client c(api);
        c.send(client::post(api, "getMe", "{}"));
        CHECK(c.receive().starts_with("<html>"));
        CHECK(c.head.starts_with("HTTP/1.1 502 Bad Gateway"));
        CHECK(c.head.find("text/html") != std::string::npos);
        CHECK(c.call(api, "getMe", "{}").at("ok") == true);
    }
    api.inject(fault::too_many_requests(7s));
    {
        client c(api);
        CHECK(c.call(api, "getMe", "{}").at("parameters").at("retry_after") == 7);
        CHECK(c.head.starts_with("HTTP/1.1 429"));
    }
    api.inject(fault::cut_connection());
    {
        client c(api);
        c.send(client::post(api, "getMe", "{}"));
        CHECK(c.receive() == "");
        CHECK(c.error == asio::error::connection_reset);
    }
    api.inject(fault::cut_answer());
    {
        client c(api);
        c.send(client::post(api, "getMe", "{}"));
        const auto half = c.receive();
        CHECK(c.error == asio::error::eof);
        CHECK(half.size() > 10);
    }
    api.inject(fault::slow_answer(200ms));
    {
        client c(api);
        const auto begin = std::chrono::steady_clock::now();
        CHECK(c.call(api, "getMe", "{}").at("ok") == true);
        CHECK(std::chrono::steady_clock::now() - begin >= 200ms);
    }
    api.inject(fault::no_answer());
    {
        client c(api);
        c.send(client::post(api, "getMe", "{}"));
        std::this_thread::sleep_for(50ms);
        CHECK(c.socket.available() == 0);
    }
    api.inject(fault::repeated_updates());
    auto anna = api.user("Anna");
    anna.sends("once");
    client c(api);
    const auto id = c.call(api, "getUpdates", "{}").at("result").at(0).at("update_id").as_int64();
    const auto again =
        c.call(api, "getUpdates", R"({"offset":)" + std::to_string(id + 1) + "}").at("result");
    CHECK(again.at(0).at("update_id") == id);
    c.send(client::post(api, "getUpdates", R"({"timeout":20,"offset":)" + std::to_string(id + 1) + "}"));
    REQUIRE(api.wait_for(3, 1s, "getUpdates"));
    api.cut_connections();
    CHECK(c.receive() == "");
    CHECK(c.error == asio::error::connection_reset);
}

TEST_CASE("on a context of the caller's") {
    asio::io_context io;
    {
        fake_bot_api api(io.get_executor());
        std::thread runner([&io] { io.run_for(1s); });
        client c(api);
        CHECK(c.call(api, "getMe", "{}").at("ok") == true);
        io.stop();
        runner.join();
    }
    io.restart();
    io.poll();
    CHECK(io.stopped());
}
