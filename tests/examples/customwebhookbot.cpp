// The bot in a web server of its own, as a program between a fake Bot API server and HTTP clients.
#define main example_main
#include "../../examples/customwebhookbot.cpp"
#undef main

#include <banter/testkit/fake_bot_api.hpp>

#include <doctest/doctest.h>

#include <boost/asio/ip/tcp.hpp>

#include <future>

namespace {

using namespace std::chrono_literals;

std::uint16_t free_port() {
    asio::io_context io;
    const tcp::acceptor taken(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    return taken.local_endpoint().port();
}

struct running {
    testkit::fake_bot_api api;
    std::uint16_t port = free_port();
    std::future<int> code;

    running() {
        setenv("BOT_TOKEN", api.token().c_str(), 1);
        setenv("BOT_API_URL", api.url().c_str(), 1);
        setenv("BOT_WEBHOOK_PORT", std::to_string(port).c_str(), 1);
        code = std::async(std::launch::async, [] { return example_main(); });
        REQUIRE(api.wait_for(1, 20s, "getMe"));
    }
    ~running() {
        std::raise(SIGTERM);
        CHECK(code.wait_for(20s) == std::future_status::ready);
        CHECK(code.get() == 0);
    }

    /// The status of the answer.
    int ask(std::string_view method, std::string_view target, std::string_view body = {}) {
        tcp::iostream to("127.0.0.1", std::to_string(port));
        to << method << ' ' << target << " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
           << body.size() << "\r\n\r\n" << body << std::flush;
        std::string version;
        int status = 0;
        to >> version >> status;
        return status;
    }
    /// What users do, posted as Telegram does.
    int deliver() {
        int status = 0;
        for (const auto& update : api.telegram().take_updates())
            status = ask("POST", "/telegram", update.json);
        return status;
    }
    std::string sent(std::size_t at) {
        REQUIRE(api.wait_for(at + 1, 20s, "sendMessage"));
        return api.calls("sendMessage")[at].text("text");
    }
};

}  // namespace

TEST_CASE("updates and events come to one bot") {
    running bot;
    CHECK(bot.api.calls()[0].method == "setWebhook");
    CHECK(bot.api.calls()[0].text("url") == "https://domain.tld/telegram");
    CHECK(bot.api.calls()[1].method == "getMe");
    auto anna = bot.api.user("Anna", {.last_name = "<Li>"});
    bot.api.user("Dave", {.id = administrator});
    anna.sends("/start");
    CHECK(bot.deliver() == 200);
    CHECK(bot.sent(0).find("<code>https://domain.tld/healthcheck</code>") != std::string::npos);
    CHECK(bot.sent(0).find("user_id=&lt;your user id&gt;&amp;payload=&lt;payload&gt;</code>") != std::string::npos);

    const std::string target = concat("/submitpayload?user_id=", anna.id(), "&payload=");
    CHECK(bot.ask("GET", target + "one") == 200);
    const std::string who = concat("<a href=\"tg://user?id=", anna.id(), "\">Anna &lt;Li&gt;</a> has submitted:");
    CHECK(bot.sent(1) == who + "\n<code>one</code>");
    CHECK(bot.api.calls("sendMessage")[1].integer("chat_id") == administrator);
    CHECK(bot.ask("POST", target + "%3Ctwo%3E+%26") == 200);
    CHECK(bot.sent(2) == who + "\n<code>one</code>\n<code>&lt;two&gt; &amp;</code>");
    CHECK(bot.api.calls("getChatMember").size() == 2);
}

TEST_CASE("an event about a stranger is dropped") {
    running bot;
    auto anna = bot.api.user("Anna");
    bot.api.user("Dave", {.id = administrator});
    bot.api.inject(testkit::fault::error(400, "Bad Request: chat not found").on("getChatMember").times(1));
    const std::string target = concat("/submitpayload?user_id=", anna.id(), "&payload=");
    CHECK(bot.ask("GET", target + "one") == 200);
    CHECK(bot.ask("GET", target + "two") == 200);
    CHECK(bot.sent(0).find("<code>one</code>") == std::string::npos);
}

TEST_CASE("what the server refuses") {
    running bot;
    CHECK(bot.ask("GET", "/healthcheck") == 200);
    CHECK(bot.ask("POST", "/healthcheck") == 405);
    CHECK(bot.ask("GET", "/telegram") == 405);
    CHECK(bot.ask("POST", "/telegram", "{nonsense") == 400);
    CHECK(bot.ask("DELETE", "/submitpayload?user_id=1&payload=x") == 405);
    CHECK(bot.ask("GET", "/elsewhere") == 404);
    CHECK(bot.ask("GET", "/submitpayload") == 400);
    CHECK(bot.ask("GET", "/submitpayload?user_id=1") == 400);
    CHECK(bot.ask("GET", "/submitpayload?payload=x") == 400);
    CHECK(bot.ask("GET", "/submitpayload?user_id=one&payload=x") == 400);
    CHECK(bot.ask("GET", "/submitpayload?user_id=1__0&payload=x") == 400);
    CHECK(bot.ask("GET", "/submitpayload?user_id=%zz&payload=x") == 400);
    CHECK(bot.ask("GET", "/submitpayload?user_id=+1_0+&payload=") == 200);
    REQUIRE(bot.api.wait_for(1, 20s, "getChatMember"));
    CHECK(bot.api.calls("getChatMember")[0].integer("user_id") == 10);
    CHECK(bot.ask("GET", "/submitpayload?user_id=1&payload=x&user_id=-5") == 200);
    REQUIRE(bot.api.wait_for(2, 20s, "getChatMember"));
    CHECK(bot.api.calls("getChatMember")[1].integer("user_id") == -5);
}
