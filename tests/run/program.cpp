// run(): the whole program, over HTTP against a fake Bot API server, and its way out of bad settings.
#include <banter/banter.hpp>
#include <banter/testkit/fake_bot_api.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <future>
#include <stdexcept>
#include <string>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct counter {
    struct counting {
        int value = 0;
    };
    static counting start(context& ctx) {
        ctx.reply("Counting.");
        return {};
    }
    static void more(context& ctx, counting& here) { ctx.reply(concat("At ", ++here.value)); }
    static task<end> stop(context& ctx, bot& api, counting& here) {
        // Longer than a string's inner buffer: what owns memory must survive the wait.
        const std::string text = concat("The counting has ended at ", here.value, ", thank you.");
        const auto sent = co_await api(send_message{.chat_id = ctx.chat_id(), .text = text});
        ctx.reply(concat("Message ", sent->message_id() > 0 ? "sent" : "lost"));
        co_return end{};
    }
    static void fails() { throw std::runtime_error("as it was asked to"); }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<counting>(on(text && !command<>, more), on(command<"fail">, fails),
                                            on(command<"stop">, stop)));
    }
};

/// Commands in the menu, and what a diagram shows.
struct listed {
    struct waiting {};
    static waiting start() { return {}; }
    static end done(context& ctx) {
        ctx.reply("Done.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"start">, start, in_menu("Begin \"it\"").in("de", "Los"))),
            state<waiting>(on(command<"done">, done,
                              in_menu("Finish").only(command_scope::all_private_chats))));
    }
};

struct journal {
    std::vector<std::string> lines;
    std::size_t count(std::string_view part) const {
        std::size_t found = 0;
        for (const std::string& line : lines) found += line.find(part) != std::string::npos ? 1 : 0;
        return found;
    }
    log_sink sink() {
        return {[](void* self, std::string_view line) {
                    static_cast<journal*>(self)->lines.emplace_back(line);
                },
                this};
    }
};

void set_environment(const char* token, const char* url) {
    if (token != nullptr)
        setenv("BOT_TOKEN", token, 1);
    else
        unsetenv("BOT_TOKEN");
    if (url != nullptr)
        setenv("BOT_API_URL", url, 1);
    else
        unsetenv("BOT_API_URL");
}

run_options without_arguments(log_sink log = {}) {
    run_options options;
    options.arguments = std::vector<std::string>{};
    options.dispatcher.log = log;
    options.poll_timeout = 1s;
    return options;
}

/// The bot in another thread, stopped by SIGTERM.
struct running {
    journal log;
    std::future<int> code;

    explicit running(testkit::fake_bot_api& api) {
        set_environment(api.token().c_str(), api.url().c_str());
        code = std::async(std::launch::async,
                          [this] { return run<counter>(without_arguments(log.sink())); });
    }
    /// The bot with a menu, told to publish it.
    running(testkit::fake_bot_api& api, std::string argument) {
        set_environment(api.token().c_str(), api.url().c_str());
        code = std::async(std::launch::async, [this, argument] {
            run_options options = without_arguments(log.sink());
            if (argument.empty())
                options.publish_commands = true;
            else
                options.arguments->push_back(argument);
            return run<listed>(options);
        });
    }
    int stop() {
        std::raise(SIGTERM);
        REQUIRE(code.wait_for(15s) == std::future_status::ready);
        return code.get();
    }
};

}  // namespace

TEST_CASE("a conversation over HTTP, from getMe to the last offset") {
    testkit::fake_bot_api api;
    running bot(api);
    auto anna = api.user("Anna");
    REQUIRE(api.wait_for(2, 5s));
    CHECK(api.calls()[0].method == "getMe");
    CHECK(api.calls()[1].method == "deleteWebhook");
    anna.sends("/start");
    REQUIRE(api.wait_for(1, 5s, "sendMessage"));
    anna.sends("one");
    REQUIRE(api.wait_for(2, 5s, "sendMessage"));
    CHECK(anna.last_reply().text() == "At 1");
    anna.sends("/fail");
    anna.sends("two");
    REQUIRE(api.wait_for(3, 5s, "sendMessage"));
    CHECK(anna.last_reply().text() == "At 2");
    anna.sends("/stop");
    REQUIRE(api.wait_for(5, 5s, "sendMessage"));
    CHECK(anna.last_reply().text() == "Message sent");
    CHECK(bot.stop() == 0);
    bool told = false;
    for (const std::string& line : bot.log.lines) {
        told = told || line.find("as it was asked to") != std::string::npos;
        CHECK(line.find(api.token()) == std::string::npos);
    }
    CHECK(told);
}

TEST_CASE("a server that errs now and then loses no update") {
    testkit::fake_bot_api api;
    running bot(api);
    auto anna = api.user("Anna");
    REQUIRE(api.wait_for(2, 5s));
    api.inject(testkit::fault::too_many_requests(1s).on("sendMessage").times(1));
    anna.sends("/start");
    REQUIRE(api.wait_for(2, 10s, "sendMessage"));
    api.cut_connections();
    anna.sends("one");
    REQUIRE(api.wait_for(3, 10s, "sendMessage"));
    CHECK(anna.last_reply().text() == "At 1");
    CHECK(bot.stop() == 0);
}

TEST_CASE("settings that cannot be: one line, exit code 2") {
    set_environment(nullptr, nullptr);
    CHECK(run<counter>(without_arguments()) == 2);
    set_environment("not-a-token", nullptr);
    CHECK(run<counter>(without_arguments()) == 2);
    set_environment("123456:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi", "ftp://example.org");
    CHECK(run<counter>(without_arguments()) == 2);
    run_options options = without_arguments();
    options.arguments = std::vector<std::string>{"--nonsense"};
    CHECK(run<counter>(options) == 2);
    options.arguments = std::vector<std::string>{"--help"};
    CHECK(run<counter>(options) == 0);
}

TEST_CASE("the menu is published before the first poll, one call for each list") {
    for (const char* argument : {"", "--publish-commands"}) {
        testkit::fake_bot_api api;
        running bot(api, argument);
        auto anna = api.user("Anna");
        REQUIRE(api.wait_for(1, 5s, "deleteWebhook"));
        const auto calls = api.calls();
        REQUIRE(calls.size() >= 4);
        for (int i = 0; i != 4; ++i) CHECK(calls[static_cast<std::size_t>(i)].method == "setMyCommands");
        CHECK(calls[0].params == R"({"commands":[{"command":"start","description":"Begin \"it\""}]})");
        CHECK(calls[1].params ==
              R"({"commands":[{"command":"start","description":"Los"}],"language_code":"de"})");
        CHECK(calls[2].params == R"({"commands":[{"command":"start","description":"Begin \"it\""},)"
                                 R"({"command":"done","description":"Finish"}],)"
                                 R"("scope":{"type":"all_private_chats"}})");
        CHECK(calls[3].params == R"({"commands":[{"command":"start","description":"Los"},)"
                                 R"({"command":"done","description":"Finish"}],)"
                                 R"("scope":{"type":"all_private_chats"},"language_code":"de"})");
        anna.sends("/start");
        anna.sends("/done");
        REQUIRE(api.wait_for(1, 5s, "sendMessage"));
        CHECK(bot.stop() == 0);
        CHECK(bot.log.count("publish") == 0);
    }
}

TEST_CASE("a menu that Telegram refuses is one line, and the bot goes on") {
    testkit::fake_bot_api api;
    api.inject(testkit::fault::error(400, "Bad Request: no such menu").on("setMyCommands").times(9));
    running bot(api, "--publish-commands");
    auto anna = api.user("Anna");
    REQUIRE(api.wait_for(1, 5s, "deleteWebhook"));
    anna.sends("/start");
    anna.sends("/done");
    REQUIRE(api.wait_for(1, 5s, "sendMessage"));
    CHECK(api.calls("setMyCommands").size() == 1);
    CHECK(bot.stop() == 0);
    CHECK(bot.log.count("setMyCommands") == 1);
    CHECK(bot.log.count("not published") == 1);
    CHECK(bot.log.count("no such menu") == 1);
}

TEST_CASE("nothing is published unasked, or where no rule has a menu") {
    testkit::fake_bot_api api;
    {
        running bot(api);
        REQUIRE(api.wait_for(1, 5s, "deleteWebhook"));
        CHECK(bot.stop() == 0);
    }
    CHECK(api.calls("setMyCommands").empty());
}

TEST_CASE("--diagram needs a format that there is, and no token") {
    set_environment(nullptr, nullptr);
    const auto code = [](std::vector<std::string> arguments) {
        run_options options = without_arguments();
        options.arguments = std::move(arguments);
        return run<listed>(options);
    };
    CHECK(code({"--diagram", "mermaid"}) == 0);
    CHECK(code({"--diagram", "dot"}) == 0);
    CHECK(code({"--diagram=dot"}) == 0);
    CHECK(code({"--diagram", "png"}) == 2);
    CHECK(code({"--diagram"}) == 2);
    CHECK(code({"--diagram="}) == 2);
    CHECK(code({"--diagrams", "dot"}) == 2);
}

TEST_CASE("a refused token ends the program with exit code 2") {
    testkit::fake_bot_api api;
    journal log;
    set_environment("999999:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi", api.url().c_str());
    CHECK(run<counter>(without_arguments(log.sink())) == 2);
    REQUIRE_FALSE(log.lines.empty());
    for (const std::string& line : log.lines) CHECK(line.find("ABCDEFGH") == std::string::npos);
}
