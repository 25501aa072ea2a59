// The raw echo, as a program against a fake Bot API server.
#define main example_main
#include "../../examples/rawapibot.cpp"
#undef main

#include <banter/testkit/fake_bot_api.hpp>

#include <doctest/doctest.h>

#include <future>

namespace {

using testkit::fault;

/// The program in another thread, ended by SIGTERM.
struct running {
    testkit::fake_bot_api api;
    std::future<int> code;

    running() {
        setenv("BOT_TOKEN", api.token().c_str(), 1);
        setenv("BOT_API_URL", api.url().c_str(), 1);
    }
    void start() {
        code = std::async(std::launch::async, [] { return example_main(); });
        REQUIRE(api.wait_for(1, 5s, "getMe"));
    }
    int ended() {
        REQUIRE(code.wait_for(15s) == std::future_status::ready);
        return code.get();
    }
    int stop() {
        std::raise(SIGTERM);
        return ended();
    }
};

}  // namespace

TEST_CASE("repeats texts, those that waited too, and skips the rest") {
    running bot;
    auto anna = bot.api.user("Anna");
    anna.sends("before");
    bot.start();
    anna.sends_sticker();
    anna.sends("/start");
    REQUIRE(bot.api.wait_for(2, 5s, "sendMessage"));
    CHECK(anna.replies().at(0).text() == "before");
    CHECK(anna.last_reply().text() == "/start");
    CHECK(bot.api.calls("deleteWebhook").empty());
    CHECK(bot.stop() == 0);
    // Both are confirmed: nobody gets them again.
    CHECK(bot.api.telegram().unconfirmed_updates() == 0);
}

TEST_CASE("in groups an answer quotes, in forums it stays in its topic") {
    running bot;
    auto& telegram = bot.api.telegram();
    auto anna = bot.api.user("Anna");
    const auto forum = telegram.add_group("Forum", {.is_forum = true});
    const auto topic = telegram.add_topic(forum, "Weather");
    bot.start();
    const auto id = telegram.send(anna.id(), {.chat_id = forum, .thread_id = topic},
                                  testkit::content::text("rain"));
    REQUIRE(bot.api.wait_for(1, 5s, "sendMessage"));
    const auto call = bot.api.calls("sendMessage")[0];
    CHECK(call.integer("message_thread_id") == topic);
    CHECK(call.integer("reply_parameters.message_id") == id);
    CHECK(bot.stop() == 0);
}

TEST_CASE("a failed answer is tried again, a refused one not for ever") {
    running bot;
    auto anna = bot.api.user("Anna");
    SUBCASE("the server is out of order") {
        bot.api.inject(fault::error(502, "Bad Gateway").on("sendMessage").times(1));
        bot.start();
        anna.sends("one");
        anna.sends("two");
        REQUIRE(bot.api.wait_for(3, 10s, "sendMessage"));
        CHECK(anna.replies().size() == 2);
    }
    SUBCASE("refused") {
        bot.api.inject(fault::error(400, "Bad Request: no").on("sendMessage").times(3));
        bot.start();
        anna.sends("one");
        anna.sends("two");
        REQUIRE(bot.api.wait_for(4, 10s, "sendMessage"));
        CHECK(anna.replies().size() == 1);
    }
    SUBCASE("blocked by the user") {
        bot.api.inject(fault::error(403, "Forbidden").on("sendMessage").times(1));
        bot.start();
        anna.sends("one");
        anna.sends("two");
        REQUIRE(bot.api.wait_for(2, 10s, "sendMessage"));
        CHECK(anna.replies().size() == 1);
    }
    SUBCASE("too fast") {
        bot.api.inject(fault::too_many_requests(1s).on("sendMessage").times(1));
        bot.start();
        anna.sends("two");
        REQUIRE(bot.api.wait_for(2, 10s, "sendMessage"));
    }
    CHECK(anna.last_reply().text() == "two");
    CHECK(bot.stop() == 0);
}

TEST_CASE("what no waiting mends ends the program") {
    running bot;
    auto anna = bot.api.user("Anna");
    bot.api.inject(fault::error(401, "Unauthorized").on("sendMessage"));
    bot.start();
    anna.sends("one");
    CHECK(bot.ended() == 1);
    setenv("BOT_TOKEN", "nonsense", 1);
    CHECK(example_main() == 1);
}
