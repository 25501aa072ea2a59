// Updates of one key one after another, those of different keys together; bounds.
#include "updates.hpp"

#include <doctest/doctest.h>

using namespace banter;

namespace {

struct journal {
    std::vector<std::string> lines;
};

struct slow {
    static task<> work(context& ctx, bot& api, matched<text> input, journal& log) {
        const std::string name = concat(ctx.user_id(), ':', input.text());
        log.lines.push_back("begin " + name);
        auto pausing = api.network().wait(std::chrono::seconds(1));
        co_await std::move(pausing);
        log.lines.push_back("end " + name);
    }
    static void quick(context& ctx, journal& log) {
        log.lines.push_back(concat("quick ", ctx.user_id()));
    }
    static constexpr auto flow() {
        return handlers(on(command<"quick">, quick), on(text, work));
    }
};

struct by_chat {
    struct open {};
    static task<open> begin(context& ctx, bot& api, journal& log) {
        log.lines.push_back(concat("begin ", ctx.user_id()));
        auto pausing = api.network().wait(std::chrono::seconds(1));
        co_await std::move(pausing);
        log.lines.push_back(concat("end ", ctx.user_id()));
        co_return open{};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"open">, begin)), state<open>(),
                            trap<open>, keyed_by<key::chat>);
    }
};

using slow_bot = bench_of<basic_dispatcher<services<journal>, slow>>;

}  // namespace

TEST_CASE("one user's updates keep their order, users overlap") {
    journal log;
    slow_bot b{services(log)};
    CHECK(b.offer(text_update(1, "a")) == accepted::pending);
    CHECK(b.offer(text_update(1, "b")) == accepted::pending);
    CHECK(b.offer(text_update(1, "/quick")) == accepted::pending);
    CHECK(b.offer(text_update(2, "c")) == accepted::pending);
    CHECK(b.offer(text_update(3, "/quick")) == accepted::done);
    b.net.run();
    const auto at = [&](std::string_view line) {
        return std::find(log.lines.begin(), log.lines.end(), line) - log.lines.begin();
    };
    CHECK(log.lines.size() == 8);
    CHECK(at("end 1:a") < at("begin 1:b"));
    CHECK(at("end 1:b") < at("quick 1"));
    CHECK(at("begin 2:c") < at("end 1:a"));
    CHECK(at("quick 3") < at("end 1:a"));
    CHECK(b.done.size() == 4);
    CHECK(b.bot_.in_flight() == 0);
}

TEST_CASE("a full queue holds back its own key only, a full bot everybody") {
    journal log;
    dispatcher_options options;
    options.max_in_flight = 5;
    options.max_queue_for_key = 3;
    slow_bot b{services(log), options};
    CHECK(b.offer(text_update(1, "a")) == accepted::pending);
    CHECK(b.offer(text_update(1, "b")) == accepted::pending);
    CHECK(b.offer(text_update(1, "c")) == accepted::pending);
    CHECK(b.offer(text_update(1, "d")) == accepted::busy);
    CHECK(b.offer(text_update(2, "a")) == accepted::pending);
    CHECK(b.offer(text_update(3, "a")) == accepted::pending);
    CHECK(b.offer(text_update(4, "a")) == accepted::busy);
    b.net.run();
    CHECK(b.bot_.in_flight() == 0);
    CHECK(b.offer(text_update(4, "a")) == accepted::pending);
    b.net.run();
    CHECK(log.lines.size() == 12);
}

TEST_CASE("conversations with different keys in one bot: an update waits for each of its keys") {
    const auto in_group = [](std::int64_t user) {
        return concat(R"({"update_id":)", next_id++, R"(,"message":{"message_id":7,"from":{"id":)",
                      user, R"(,"is_bot":false,"first_name":"A"},"chat":{"id":-5,"type":"group"},)",
                      R"("date":1,"text":"/open","entities":[{"type":"bot_command","offset":0,)",
                      R"("length":5}]}})");
    };
    journal log;
    bench_of<basic_dispatcher<services<journal>, by_chat, slow>> b{services(log)};
    b.offer(in_group(1));
    b.offer(in_group(2));
    b.net.run();
    REQUIRE(log.lines.size() >= 3);
    CHECK(log.lines[0] == "begin 1");
    CHECK(log.lines[1] == "end 1");
    CHECK(b.bot_.conversations<by_chat>() == 1);
}

TEST_CASE("drain waits, then nothing is left in the io_context") {
    journal log;
    slow_bot b{services(log)};
    b.offer(text_update(1, "a"));
    boost::asio::co_spawn(b.net.context, b.bot_.drain(), boost::asio::detached);
    b.net.context.run();  // returns: no worker keeps it
    CHECK(log.lines.size() == 2);
    CHECK(b.offer(text_update(1, "b")) == accepted::pending);
    b.net.run();
    CHECK(log.lines.size() == 4);
}

TEST_CASE("a done handler may offer the next update at once") {
    struct feeder {
        slow_bot* bot = nullptr;
        int left = 20;
        static void feed(void* self, std::int64_t) {
            auto& mine = *static_cast<feeder*>(self);
            if (mine.left-- > 0) mine.bot->offer(text_update(mine.left % 3 + 1, "again"));
        }
    };
    journal log;
    slow_bot b{services(log)};
    feeder next{&b};
    b.bot_.on_done({&feeder::feed, &next});
    b.offer(text_update(1, "a"));
    b.offer(text_update(2, "a"));
    b.net.run();
    CHECK(log.lines.size() == 44);
    CHECK(b.bot_.in_flight() == 0);
}
