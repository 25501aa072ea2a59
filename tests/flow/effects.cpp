// Declared effects and failures: what is sent, when, how often, and who hears of it.
#include "updates.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace banter;

namespace {

struct heard {
    std::vector<std::string> lines;
};

struct fragile {
    struct counting {
        int value = 0;
    };

    static counting start(context& ctx) {
        ctx.reply("started");
        return {};
    }
    static void count(context& ctx, counting& here) {
        ++here.value;
        ctx.reply("counted");
    }
    static void break_off(context& ctx, counting& here) {
        here.value = 1000;
        ctx.reply("this is never said");
        throw std::runtime_error("the handler broke");
    }
    static task<stay> break_late(context& ctx, bot& api, counting& here) {
        here.value = 2000;
        ctx.reply("this is never said either");
        auto asking = api(get_chat{.chat_id = 5});
        co_await std::move(asking);
        throw std::runtime_error("the coroutine broke");
    }
// clang sees what is wrong with it; the test is about what happens all the same.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wreturn-type"
    static task<counting> forgets(context& ctx) {
        ctx.reply("forgotten");
        if (ctx.text() == "never") co_return counting{};
    }
#pragma GCC diagnostic pop
    static end stop(context& ctx) {
        ctx.reply("one");
        ctx.reply("two");
        ctx.send(send_message{.chat_id = 9, .text = "three"});
        return {};
    }
    static void report(const failure& what, heard& listener) {
        listener.lines.push_back(concat(what.handler, "|", what.method, "|", what.what));
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<counting>(on(command<"count">, count),
                                            on(command<"break">, break_off),
                                            on(command<"late">, break_late),
                                            on(command<"forget">, forgets)),
                            fallbacks(on(command<"stop">, stop)), on_error(report));
    }
};

/// For what is no conversation's own: updates that cannot be read.
struct watchful {
    static constexpr auto flow() { return handlers(on_error(fragile::report)); }
};

using fragile_bot = bench_of<basic_dispatcher<services<heard>, fragile, watchful>>;

const std::string flood =
    R"({"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":7}})";
const std::string refused = R"({"ok":false,"error_code":400,"description":"Bad Request: chat not found"})";

}  // namespace

TEST_CASE("effects go out in order, after the transition") {
    heard listener;
    fragile_bot b{services(listener)};
    b.send(text_update(1, "/start"));
    b.offer(text_update(1, "/stop"));
    CHECK_FALSE(b.bot_.in_conversation<fragile>(1, 1));  // committed before anything is sent
    b.net.run();
    REQUIRE(b.net.calls.size() == 4);
    CHECK(b.net.calls[1].body.find("one") != std::string::npos);
    CHECK(b.net.calls[2].body.find("two") != std::string::npos);
    CHECK(b.net.calls[3].body == R"({"chat_id":9,"text":"three"})");
}

TEST_CASE("a handler that throws leaves the state as it was and says nothing") {
    heard listener;
    fragile_bot b{services(listener)};
    b.send(text_update(1, "/start"));
    b.send(text_update(1, "/count"));
    const std::size_t calls = b.net.calls.size();

    b.send(text_update(1, "/break"));
    CHECK(b.net.calls.size() == calls);
    CHECK(b.bot_.state_of<fragile, fragile::counting>(1, 1)->value == 1);
    REQUIRE(listener.lines.size() == 1);
    CHECK(listener.lines[0].find("break_off||the handler broke") != std::string::npos);

    b.send(text_update(1, "/late"));
    CHECK(b.net.calls.size() == calls + 1);  // the direct call happened
    CHECK(b.bot_.state_of<fragile, fragile::counting>(1, 1)->value == 1);
    REQUIRE(listener.lines.size() == 2);
    // getChat's answer above is no chat: whatever it throws first, the bot lives on.
    b.send(text_update(1, "/count"));
    CHECK(b.bot_.state_of<fragile, fragile::counting>(1, 1)->value == 2);
    CHECK(b.bot_.in_flight() == 0);
}

TEST_CASE("a coroutine that ends without co_return reaches the error handlers") {
    heard listener;
    fragile_bot b{services(listener)};
    b.send(text_update(1, "/start"));
    const std::size_t calls = b.net.calls.size();
    b.send(text_update(1, "/forget"));
    CHECK(b.net.calls.size() == calls);
    REQUIRE(listener.lines.size() == 1);
    CHECK(listener.lines[0].find("co_return") != std::string::npos);
    CHECK(b.bot_.in_conversation<fragile>(1, 1));
}

TEST_CASE("a flood wait is waited out") {
    heard listener;
    fragile_bot b{services(listener)};
    b.net.answers.push_back({{}, {429, flood}});
    b.send(text_update(1, "/start"));
    REQUIRE(b.net.waits.size() == 1);
    CHECK(b.net.waits[0] == std::chrono::seconds(7));
    CHECK(b.net.calls.size() == 2);
    CHECK(listener.lines.empty());
}

TEST_CASE("a refused effect is reported, and those after it are not sent") {
    heard listener;
    fragile_bot b{services(listener)};
    b.send(text_update(1, "/start"));
    const std::size_t calls = b.net.calls.size();
    b.net.answers.push_back({{}, {400, refused}});
    b.send(text_update(1, "/stop"));
    CHECK(b.net.calls.size() == calls + 1);
    REQUIRE(listener.lines.size() == 1);
    CHECK(listener.lines[0].find("stop|sendMessage|") != std::string::npos);
    CHECK(listener.lines[0].find("chat not found") != std::string::npos);
    CHECK_FALSE(b.bot_.in_conversation<fragile>(1, 1));
}

TEST_CASE("a message whose answer is lost is not sent twice, one that never left is") {
    heard listener;
    fragile_bot b{services(listener)};
    b.net.answers.push_back({boost::asio::error::eof, {}});
    b.send(text_update(1, "/start"));
    CHECK(b.net.calls.size() == 1);
    CHECK(listener.lines.size() == 1);

    b.net.answers.push_back({boost::asio::error::connection_refused, {}});
    b.send(text_update(2, "/start"));
    CHECK(b.net.calls.size() == 3);
    CHECK(listener.lines.size() == 1);
}

TEST_CASE("an update that cannot be read is reported and passed by") {
    heard listener;
    fragile_bot b{services(listener)};
    std::int64_t id = 0;
    CHECK(b.bot_.offer(R"({"update_id":77,"message":5})", id) != accepted::busy);
    b.net.run();
    CHECK(id == 77);
    CHECK(b.bot_.counters().unreadable == 1);
    CHECK(listener.lines.size() == 1);
    b.send(R"({"update_id":78,"brand_new_kind":{}})");
    CHECK(b.bot_.counters().unreadable == 2);
    CHECK(listener.lines.back().find("brand_new_kind") != std::string::npos);
    b.send(text_update(1, "/start"));
    CHECK(b.bot_.in_conversation<fragile>(1, 1));
}

TEST_CASE("without error handlers, one line goes to the log") {
    struct plain {
        static void fail() { throw 5; }
        static constexpr auto flow() { return handlers(on(text, fail)); }
    };
    std::vector<std::string> lines;
    dispatcher_options options;
    options.log = {[](void* to, std::string_view line) {
                       static_cast<std::vector<std::string>*>(to)->emplace_back(line);
                   },
                   &lines};
    bench_of<dispatcher<plain>> b(services<>{}, options);
    b.send(text_update(1, "x"));
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].find("fail") != std::string::npos);
    CHECK(b.bot_.counters().failures == 1);
}
