// User, chat and bot data: made at the first use, loaded and saved by a store, dropped on request.
#include "updates.hpp"

#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct profile {
    int visits = 0;
    std::string name;
};
struct board {
    std::vector<std::string> lines;
};
struct totals {
    int visits = 0;
};

/// A database of one type, in a map; it can be made to fail.
template <class Data>
struct table {
    using stores = Data;
    using value = typename Data::value_type;
    std::map<std::int64_t, value> rows;
    int loads = 0;
    int saves = 0;
    int erasures = 0;
    bool broken = false;

    std::optional<value> load(std::int64_t id) {
        check();
        ++loads;
        const auto found = rows.find(id);
        return found == rows.end() ? std::nullopt : std::optional(found->second);
    }
    void save(std::int64_t id, const value& one) {
        check();
        ++saves;
        rows[id] = one;
    }
    void erase(std::int64_t id) {
        check();
        ++erasures;
        rows.erase(id);
    }
    void check() const {
        if (broken) throw std::runtime_error("the database is away");
    }
};
using profiles = table<user_data<profile>>;
using boards = table<chat_data<board>>;

struct guests {
    static void hello(context& ctx, user_data<profile>& one, bot_data<totals>& all) {
        ++one->visits;
        ++all->visits;
        ctx.reply(concat(one->visits, " of ", all->visits));
    }
    static void look(context& ctx, const user_data<profile>& one) {
        ctx.reply(concat(one->visits, " so far"));
    }
    static void forget(context& ctx, user_data<profile>& one) {
        one.drop();
        ctx.reply("Forgotten.");
    }
    static void rename(context& ctx, user_data<profile>& one) {
        one.drop();
        one->name = ctx.arguments();
    }
    static void fail(user_data<profile>& one) {
        one->name = "half";
        throw std::runtime_error("no");
    }
    static void twice(context& ctx, user_data<profile>& one, user_data<profile>& same) {
        one.drop();
        ctx.reply(&one == &same ? "the same" : "another");
    }
    static constexpr auto flow() {
        return handlers(on(command<"hello">, hello), on(command<"look">, look),
                        on(command<"forget">, forget), on(command<"rename">, rename),
                        on(command<"fail">, fail), on(command<"twice">, twice));
    }
};

/// Everybody in a chat writes on one board, some of them slowly.
struct boarding {
    static void write(context& ctx, chat_data<board>& on) {
        on->lines.emplace_back(ctx.arguments());
    }
    static void wipe(chat_data<board>& one) { one.drop(); }
    static task<> slowly(bot& api, chat_data<board>& on) {
        board& mine = *on;
        auto pause = api.network().wait(10s);
        co_await std::move(pause);
        mine.lines.push_back("slow");
        co_return;
    }
    static void count(context& ctx, const chat_data<board>& on) {
        ctx.reply(concat(on->lines.size()));
    }
    static constexpr auto flow() {
        return handlers(on(command<"write">, write), on(command<"wipe">, wipe),
                        on(command<"slowly">, slowly), on(command<"count">, count));
    }
};

/// Only a predicate asks for the data.
struct club {
    static bool is_member(const user_data<profile>& one) { return one->visits > 2; }
    static void welcome(context& ctx) { ctx.reply("Welcome back."); }
    static void who(context& ctx) { ctx.reply("Who are you?"); }
    static constexpr auto flow() {
        return handlers(on(text && when<is_member>, welcome), on(text, who));
    }
};

}  // namespace

TEST_CASE("stored data: made at the first use, and dropped by a handler") {
    testkit::app<guests> app;
    auto anna = app.user("Anna");
    auto bob = app.user("Bob");
    anna.sends("/hello");
    anna.sends("/hello");
    bob.sends("/hello");
    CHECK(bob.last_reply().text() == "1 of 3");
    anna.sends("/forget");
    anna.sends("/look");
    CHECK(anna.last_reply().text() == "0 so far");
    anna.sends("/hello");
    CHECK(anna.last_reply().text() == "1 of 4");
    CHECK(bob.user_data<profile>().visits == 1);
    anna.sends("/rename Ann");
    CHECK(anna.user_data<profile>().name == "Ann");
    CHECK(anna.user_data<profile>().visits == 0);
    anna.sends("/twice");
    CHECK(anna.last_reply().text() == "the same");
    CHECK(app.errors().empty());
}

TEST_CASE("stored data: loaded at the first use, saved after the handler") {
    profiles kept;
    kept.rows[1] = {.visits = 6, .name = "Anna"};
    bench_of<basic_dispatcher<services<profiles>, guests>> b(services<profiles>{kept});
    b.send(text_update(1, "/look"));
    CHECK(b.last_body().find("6 so far") != std::string::npos);
    CHECK(kept.loads == 1);
    CHECK(kept.saves == 0);  // it only reads
    b.send(text_update(1, "/hello"));
    CHECK(kept.loads == 1);
    CHECK(kept.saves == 1);
    CHECK(kept.rows.at(1).visits == 7);
    CHECK(kept.rows.at(1).name == "Anna");
    b.send(text_update(2, "/look"));
    CHECK(kept.rows.count(2) == 0);
    b.send(text_update(2, "/hello"));
    CHECK(kept.rows.at(2).visits == 1);
    b.send(text_update(1, "/forget"));
    CHECK(kept.rows.count(1) == 0);
    CHECK(kept.erasures == 1);
    b.send(text_update(1, "/hello"));
    CHECK(kept.rows.at(1).visits == 1);
    CHECK(kept.rows.at(1).name.empty());
    b.send(text_update(1, "/rename Ann"));
    CHECK(kept.rows.at(1).name == "Ann");
    CHECK(kept.rows.at(1).visits == 0);
}

TEST_CASE("stored data: what a failed handler has written stays, in memory as in the store") {
    profiles kept;
    bench_of<basic_dispatcher<services<profiles>, guests>> b(services<profiles>{kept});
    b.send(text_update(1, "/fail"));
    CHECK(b.bot_.template user<profile>(1).name == "half");
    CHECK(kept.rows.at(1).name == "half");
}

TEST_CASE("stored data: dropped and saved from outside of handlers") {
    profiles kept;
    bench_of<basic_dispatcher<services<profiles>, guests>> b(services<profiles>{kept});
    for (const std::int64_t user : {1, 2, 3}) b.send(text_update(user, "/hello"));
    kept.rows[4] = {.visits = 9, .name = {}};
    b.bot_.drop_user<profile>(1);
    b.bot_.drop_user(2);
    b.bot_.drop_user<profile>(4);  // not in memory
    CHECK(kept.rows.count(1) == 0);
    CHECK(kept.rows.count(2) == 0);
    CHECK(kept.rows.count(4) == 0);
    CHECK(b.bot_.user<profile>(1).visits == 0);
    CHECK(b.bot_.user<profile>(3).visits == 1);
    CHECK(b.bot_.whole_bot<totals>().visits == 3);
    b.bot_.drop_whole_bot<totals>();
    CHECK(b.bot_.whole_bot<totals>().visits == 0);
    b.bot_.user<profile>(3).name = "Clara";
    CHECK(kept.rows.at(3).name.empty());
    b.bot_.save_data();
    CHECK(kept.rows.at(3).name == "Clara");
}

TEST_CASE("stored data: a store that fails") {
    profiles kept;
    std::vector<std::string> log;
    dispatcher_options options;
    options.log = {[](void* to, std::string_view line) {
                       static_cast<std::vector<std::string>*>(to)->emplace_back(line);
                   },
                   &log};
    bench_of<basic_dispatcher<services<profiles>, guests>> b(services<profiles>{kept}, options);
    b.send(text_update(1, "/hello"));
    kept.broken = true;

    // What cannot be loaded fails the handler, and nothing is made up.
    b.send(text_update(2, "/hello"));
    CHECK(log.back().find("the database is away") != std::string::npos);
    kept.broken = false;
    kept.rows[2] = {.visits = 5, .name = {}};
    b.send(text_update(2, "/hello"));
    CHECK(kept.rows.at(2).visits == 6);

    // What cannot be saved does not: it is reported, and saved with the next.
    kept.broken = true;
    log.clear();
    const auto failures = b.bot_.counters().failures;
    b.send(text_update(1, "/hello"));
    CHECK(b.last_body().find("2 of ") != std::string::npos);
    CHECK(b.bot_.counters().failures == failures + 1);
    REQUIRE(log.size() == 1);
    CHECK(log[0] == "a store of data failed: the database is away");
    kept.broken = false;
    CHECK(kept.rows.at(1).visits == 1);
    b.send(text_update(1, "/look"));
    CHECK(kept.rows.at(1).visits == 2);

    // The same of what cannot be erased.
    kept.broken = true;
    b.send(text_update(1, "/forget"));
    CHECK(kept.rows.count(1) == 1);
    kept.broken = false;
    b.bot_.save_data();
    CHECK(kept.rows.count(1) == 0);
}

TEST_CASE("stored data: one that a waiting handler holds") {
    boards kept;
    testkit::app<boarding> app(kept);
    auto anna = app.user("Anna");
    const auto group = app.group("Family");
    auto there = anna.in_chat(group);
    auto bob = app.user("Bob").in_chat(group);
    there.sends("/slowly");
    bob.sends("/write one");
    CHECK(kept.rows.at(group).lines == std::vector<std::string>{"one"});
    // The first one's reference has been there since before that was saved.
    app.advance(11s);
    CHECK(kept.rows.at(group).lines == std::vector<std::string>{"one", "slow"});

    // Dropped meanwhile: nothing dangles, and what is written then is dropped too.
    there.sends("/slowly");
    bob.sends("/wipe");
    CHECK(kept.rows.count(group) == 0);
    app.advance(11s);
    CHECK(kept.rows.count(group) == 0);
    bob.sends("/count");
    CHECK(bob.last_reply().text() == "0");
    // Dropped and written again: that counts.
    there.sends("/slowly");
    bob.sends("/wipe");
    bob.sends("/write two");
    app.advance(11s);
    CHECK(kept.rows.at(group).lines == std::vector<std::string>{"two", "slow"});
    CHECK(app.errors().empty());
}

TEST_CASE("stored data: memory alone works the same") {
    testkit::app<boarding> app;
    const auto group = app.group("Family");
    auto anna = app.user("Anna").in_chat(group);
    auto bob = app.user("Bob").in_chat(group);
    anna.sends("/slowly");
    bob.sends("/wipe");
    bob.sends("/write two");
    app.advance(11s);
    CHECK(bob.chat_data<board>().lines == std::vector<std::string>{"two", "slow"});
    anna.sends("/slowly");
    bob.sends("/wipe");
    app.advance(11s);
    CHECK(bob.chat_data<board>().lines.empty());
}

TEST_CASE("stored data: a predicate may be the only one that asks for it") {
    profiles kept;
    kept.rows[1] = {.visits = 3, .name = {}};
    bench_of<basic_dispatcher<services<profiles>, club>> b(services<profiles>{kept});
    b.send(text_update(1, "hi"));
    CHECK(b.last_body().find("Welcome back.") != std::string::npos);
    b.send(text_update(2, "hi"));
    CHECK(b.last_body().find("Who are you?") != std::string::npos);
    CHECK(kept.saves == 0);
}
