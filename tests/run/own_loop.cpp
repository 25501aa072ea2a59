// A bot on an event loop of one's own: updates that another web server has received, events that other
// threads post, and a bot without a dispatcher.
#include <banter/banter.hpp>
#include <banter/net/http_gateway.hpp>
#include <banter/testkit/fake_bot_api.hpp>

#include <doctest/doctest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t admin = 123456;

/// From somebody else's web hook.
struct payload_submitted {
    std::int64_t user_id = 0;
    std::string payload;
};
struct submissions {
    std::vector<std::string> all;
};

struct receptionist {
    static void start(context& ctx) { ctx.reply("Submit a payload."); }
    static task<> report(bot& api, user_data<submissions>& seen, payload_submitted what) {
        seen->all.push_back(std::move(what.payload));
        const std::string line = concat("user ", what.user_id, ", payload ", seen->all.size());
        co_await api(send_message{.chat_id = admin, .text = line});
    }
    static constexpr auto flow() {
        return handlers(on(command<"start">, start), on_event<payload_submitted>(report));
    }
};

// ---- the program around it ----

boost::asio::awaitable<void> announce(bot& api, std::string_view url) {
    co_await api(set_webhook{.url = url, .allowed_updates = dispatcher<receptionist>::allowed_updates()});
    const auto me = co_await api(get_me{});
    api.set_identity(*me);
}

/// What a web server does with the body of a POST to /telegram: the HTTP status to answer with.
int take_update(dispatcher<receptionist>& work, std::string_view body) {
    std::int64_t update_id = 0;
    const accepted taken = work.offer(body, update_id);
    return taken == accepted::busy ? 503 : 200;  // 503: Telegram sends it again
}

/// The same for an event. A poster may be called from any thread.
int take_payload(const poster<payload_submitted>& events, std::int64_t user_id, std::string payload) {
    const post_result taken = events.post({.user_id = user_id, .payload = std::move(payload)});
    return taken == post_result::queued ? 200 : 503;
}

constexpr std::string_view start_update = R"({"update_id":1,"message":{"message_id":1,"date":1700000000,
    "chat":{"id":7,"type":"private","first_name":"Anna"},
    "from":{"id":7,"is_bot":false,"first_name":"Anna"},
    "text":"/start","entities":[{"type":"bot_command","offset":0,"length":6}]}})";

/// Turns the loop until something holds.
template <class Condition>
bool turn_until(boost::asio::io_context& io, Condition&& holds) {
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (!holds() && std::chrono::steady_clock::now() < end) {
        io.restart();  // a loop without work has stopped
        io.run_one_for(20ms);
    }
    return holds();
}

}  // namespace

TEST_CASE("A dispatcher on a loop of one's own takes updates from a web server and events from a thread") {
    testkit::fake_bot_api server;
    (void)server.user("Admin", {.id = admin});
    (void)server.user("Anna", {.id = 7});

    boost::asio::io_context io;
    net::http_gateway network(io.get_executor(), net::server_address::parse(server.url()),
                              net::token(server.token()));
    bot api{gateway(network)};
    dispatcher<receptionist> work(api, services<>());

    bool announced = false;
    boost::asio::co_spawn(io, announce(api, "https://domain.tld/telegram"),
                          [&](std::exception_ptr) { announced = true; });
    REQUIRE(turn_until(io, [&] { return announced; }));
    REQUIRE(server.calls().size() == 2);
    CHECK(server.calls()[0].method == "setWebhook");
    CHECK(server.calls()[1].method == "getMe");
    CHECK_FALSE(api.me().username.empty());

    CHECK(take_update(work, start_update) == 200);
    CHECK(take_update(work, "{") == 200);  // reported, and the bot lives on
    CHECK(work.counters().unreadable == 1);

    std::thread other([events = work.poster<payload_submitted>()] {
        for (int i = 0; i != 3; ++i) CHECK(take_payload(events, 7, "first") == 200);
    });
    const auto sent = [&] { return server.calls("sendMessage").size() == 4; };
    CHECK(turn_until(io, sent));
    other.join();
    CHECK(work.user<submissions>(7).all == std::vector<std::string>{"first", "first", "first"});

    const poster<payload_submitted> events = work.poster<payload_submitted>();
    work.close_posts();
    CHECK(take_payload(events, 7, "late") == 503);

    boost::asio::co_spawn(io, work.drain(), boost::asio::detached);
    CHECK(turn_until(io, [&] { return work.in_flight() == 0; }));
}
