// A group becomes a supergroup: what belonged to it goes on under the new id, once, although Telegram
// tells it twice and in any order.
#include "updates.hpp"

#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct settings {
    int changes = 0;
    std::string topic;
};
struct notes {
    int taken = 0;
};

/// Asks for an amount inside of a bill.
struct amount {
    struct asking {};
    static asking ask(context& ctx) {
        ctx.reply("How much?");
        return {};
    }
    static next<finish<int>, stay> take(matched<text> said) {
        if (const auto value = said.as<int>()) return finish<int>{*value};
        return stay{};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"amount">, ask)),
                            state<asking>(on(text && !command<>, take)));
    }
};

struct bill {
    struct open {
        int sum = 0;
    };
    static open start(context& ctx) {
        ctx.reply("Opened.");
        return {};
    }
    static stay add(open& here, int more) {
        here.sum += more;
        return {};
    }
    static task<stay> slowly(open& here, bot& api) {
        auto pause = api.network().wait(10s);
        co_await std::move(pause);
        here.sum += 100;
        co_return stay{};
    }
    static stay one(open& here) {
        ++here.sum;
        return {};
    }
    static end late(context& ctx, const open& here) {
        ctx.reply(concat("Closed at ", here.sum));
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"bill">, start)),
                            state<open>(nest<amount>(on_result<int>(add)),
                                        on(command<"slowly">, slowly), on(command<"one">, one),
                                        after(10min, late)));
    }
};

/// May not go on beside a bill.
struct vote {
    struct open {};
    static open start() { return {}; }
    static end done() { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"vote">, start)),
                            state<open>(on(command<"voted">, done)));
    }
};

/// The same for the user alone.
struct diary {
    struct open {};
    static open start() { return {}; }
    static end done() { return {}; }
    static constexpr auto flow() {
        return conversation(keyed_by<key::user>, entry_points(on(command<"diary">, start)),
                            state<open>(on(command<"close">, done)));
    }
};

struct chat_keeper {
    static void topic(context& ctx, chat_data<settings>& here) {
        here->topic = ctx.arguments();
        ++here->changes;
    }
    static void show(context& ctx, const chat_data<settings>& here) {
        ctx.reply(concat("It is ", here->topic));
    }
    static void note(user_data<notes>& mine) { ++mine->taken; }
    static void moved_away(bot_data<std::vector<std::string>>& seen, context& ctx) {
        seen->push_back(concat("away from ", ctx.chat_id()));
    }
    static void moved_here(bot_data<std::vector<std::string>>& seen, context& ctx) {
        seen->push_back(concat("here to ", ctx.chat_id()));
    }
    static constexpr auto flow() {
        return handlers(on(command<"topic">, topic), on(command<"show">, show),
                        on(command<"note">, note), on(migrate_to_chat_id, moved_away),
                        on(migrate_from_chat_id, moved_here));
    }
};

/// Reminds the chat in which it was set.
struct reminder {
    std::string what;
    static void run(context& ctx, reminder& of, chat_data<settings>& here) {
        ++here->changes;
        ctx.reply(concat(of.what, " in ", here->topic));
    }
};
struct reminding {
    static void set(jobs<reminder>& reminders) { reminders.once(1h, reminder{"Tea"}); }
    static constexpr auto flow() { return handlers(on(command<"remind">, set)); }
};

struct table {
    using stores = chat_data<settings>;
    std::map<std::int64_t, settings> rows;
    std::optional<settings> load(std::int64_t id) const {
        const auto found = rows.find(id);
        return found == rows.end() ? std::nullopt : std::optional(found->second);
    }
    void save(std::int64_t id, const settings& one) { rows[id] = one; }
    void erase(std::int64_t id) { rows.erase(id); }
};

std::string service(std::int64_t chat, std::string_view field, std::int64_t other) {
    return concat(R"({"message":{"message_id":1,"date":1,"from":{"id":5,"is_bot":false,)",
                  R"("first_name":"A"},"chat":{"id":)", chat, R"(,"type":"group","title":"G"},")",
                  field, R"(":)", other, "}}");
}

template <class App>
void tell_away(App& app, std::int64_t from, std::int64_t to) {
    app.telegram().push(service(from, "migrate_to_chat_id", to));
    app.settle();
}
template <class App>
void tell_here(App& app, std::int64_t from, std::int64_t to) {
    app.telegram().push(service(to, "migrate_from_chat_id", from));
    app.settle();
}

}  // namespace

TEST_CASE("migration: conversations go on in the supergroup, and are moved once") {
    testkit::app<bill, vote, chat_keeper> app;
    auto anna = app.user("Anna");
    auto bob = app.user("Bob");
    const auto group = app.group("Family", {.type = "group"});
    const auto other = app.group("Work", {.type = "group"});
    anna.in_chat(group).sends("/bill");
    anna.in_chat(group).sends("/one");
    bob.in_chat(group).sends("/vote");
    anna.in_chat(other).sends("/vote");
    anna.sends("/vote");

    const auto fresh = app.telegram().migrate(anna.id(), group);
    app.settle();
    CHECK(anna.in_chat(fresh).in<bill::open>().sum == 1);
    CHECK(bob.in_chat(fresh).in_conversation<vote>());
    CHECK(anna.in_chat(other).in_conversation<vote>());
    CHECK(anna.in_conversation<vote>());
    anna.in_chat(fresh).sends("/one");
    CHECK(anna.in_chat(fresh).in<bill::open>().sum == 2);

    // Told again, it changes nothing; nor does what begins in the old chat then.
    bob.in_chat(fresh).sends("/voted");
    tell_away(app, group, fresh);
    tell_here(app, group, fresh);
    CHECK(anna.in_chat(fresh).in<bill::open>().sum == 2);
    CHECK_FALSE(bob.in_chat(fresh).in_conversation<vote>());
    // A straggler of the old chat is one of the new.
    anna.in_chat(group).sends("/one");
    CHECK(anna.in_chat(fresh).in<bill::open>().sum == 3);
    // The bot's own handlers still see the messages.
    const auto& seen = app.bot_data<std::vector<std::string>>();
    REQUIRE(seen.size() == 4);
    CHECK(seen[0] == concat("away from ", group));
    CHECK(seen[1] == concat("here to ", fresh));
    CHECK(app.errors().empty());
}

TEST_CASE("migration: in either order, and from either side alone") {
    for (const bool away_first : {true, false}) {
        for (const bool both : {true, false}) {
            testkit::app<bill, chat_keeper> app;
            auto anna = app.user("Anna");
            const auto group = app.group("Family", {.type = "group"});
            const auto fresh = app.group("Family");
            anna.in_chat(group).sends("/bill");
            anna.in_chat(group).sends("/topic tea");
            if (away_first) tell_away(app, group, fresh);
            else tell_here(app, group, fresh);
            anna.in_chat(fresh).sends("/one");
            anna.in_chat(fresh).sends("/topic cake");
            if (both && away_first) tell_here(app, group, fresh);
            if (both && !away_first) tell_away(app, group, fresh);
            CHECK(anna.in_chat(fresh).in<bill::open>().sum == 1);
            CHECK(anna.in_chat(fresh).chat_data<settings>().topic == "cake");
            CHECK(anna.in_chat(fresh).chat_data<settings>().changes == 2);
        }
    }
}

TEST_CASE("migration: nested conversations and timeouts go along") {
    testkit::app<bill> app;
    auto anna = app.user("Anna");
    const auto group = app.group("Family", {.type = "group"});
    anna.in_chat(group).sends("/bill");
    app.advance(5min);
    anna.in_chat(group).sends("/amount");
    const auto fresh = app.telegram().migrate(anna.id(), group);
    app.settle();
    auto there = anna.in_chat(fresh);
    CHECK(there.in_conversation<amount>());
    there.sends("7");
    CHECK(there.in<bill::open>().sum == 7);
    app.advance(9min);
    CHECK(there.in_conversation<bill>());
    app.advance(2min);
    CHECK(there.last_reply().text() == "Closed at 7");
    CHECK_FALSE(there.in_conversation<bill>());
    CHECK(app.errors().empty());
}

TEST_CASE("migration: a timeout of a conversation that nobody touched since speaks to the new chat") {
    testkit::app<bill> app;
    auto anna = app.user("Anna");
    const auto group = app.group("Family", {.type = "group"});
    anna.in_chat(group).sends("/bill");
    const auto fresh = app.telegram().migrate(anna.id(), group);
    app.settle();
    app.advance(11min);
    CHECK(anna.in_chat(fresh).last_reply().text() == "Closed at 0");
    CHECK(app.errors().empty());
}

TEST_CASE("migration: what the new chat has already stays") {
    testkit::app<bill, vote, diary, chat_keeper> app;
    auto anna = app.user("Anna");
    auto bob = app.user("Bob");
    const auto group = app.group("Family", {.type = "group"});
    const auto fresh = app.group("Family");
    anna.in_chat(group).sends("/bill");
    anna.in_chat(group).sends("/diary");
    anna.in_chat(group).sends("/topic tea");
    bob.in_chat(group).sends("/bill");
    anna.in_chat(fresh).sends("/bill");
    anna.in_chat(fresh).sends("/one");
    anna.in_chat(fresh).sends("/topic cake");
    bob.in_chat(fresh).sends("/vote");
    tell_away(app, group, fresh);
    CHECK(anna.in_chat(fresh).in<bill::open>().sum == 1);
    CHECK(anna.in_conversation<diary>());
    // One that may not go on beside it is over too, with its timeout.
    CHECK(bob.in_chat(fresh).in_conversation<vote>());
    CHECK_FALSE(bob.in_chat(fresh).in_conversation<bill>());
    // The new chat's data count; the old are not lost.
    CHECK(anna.in_chat(fresh).chat_data<settings>().topic == "cake");
    CHECK(anna.in_chat(group).chat_data<settings>().topic == "tea");
    anna.in_chat(group).sends("/show");
    app.advance(11min);
    std::size_t closed = 0;
    for (const auto& call : app.calls("sendMessage"))
        closed += call.text("text").find("Closed") == std::string::npos ? 0U : 1U;
    CHECK(closed == 1);
}

TEST_CASE("migration: data that were only looked at do not count") {
    testkit::app<chat_keeper> app;
    auto anna = app.user("Anna");
    const auto group = app.group("Family", {.type = "group"});
    const auto fresh = app.group("Family");
    anna.in_chat(group).sends("/topic tea");
    anna.in_chat(fresh).sends("/show");
    CHECK(anna.in_chat(fresh).last_reply().text() == "It is");
    tell_here(app, group, fresh);
    anna.in_chat(fresh).sends("/show");
    CHECK(anna.in_chat(fresh).last_reply().text() == "It is tea");
}

TEST_CASE("migration: a handler that waits meanwhile ends in the new chat") {
    testkit::app<bill> app;
    auto anna = app.user("Anna");
    const auto group = app.group("Family", {.type = "group"});
    anna.in_chat(group).sends("/bill");
    anna.in_chat(group).sends("/slowly");
    const auto fresh = app.telegram().migrate(anna.id(), group);
    app.settle();
    auto there = anna.in_chat(fresh);
    // Still in order: this one waits for the other, which has another chat's id.
    there.sends("/one");
    CHECK(there.in<bill::open>().sum == 0);
    CHECK(app.in_flight() == 3);  // and so does the service message, which she caused
    app.advance(11s);
    CHECK(there.in<bill::open>().sum == 101);
    CHECK(app.in_flight() == 0);
    app.advance(11min);
    CHECK(there.last_reply().text() == "Closed at 101");
}

TEST_CASE("migration: jobs speak to the new chat, and reach its data") {
    testkit::app<reminding, chat_keeper> app;
    auto anna = app.user("Anna");
    const auto group = app.group("Family", {.type = "group"});
    anna.in_chat(group).sends("/topic garden");
    anna.in_chat(group).sends("/remind");
    const auto fresh = app.telegram().migrate(anna.id(), group);
    app.settle();
    app.advance(2h);
    CHECK(anna.in_chat(fresh).last_reply().text() == "Tea in garden");
    CHECK(anna.in_chat(fresh).chat_data<settings>().changes == 2);
    CHECK(app.errors().empty());
}

TEST_CASE("migration: an anonymous administrator is the group, and moves with it") {
    testkit::app<vote, chat_keeper> app;
    auto anna = app.user("Anna");
    const auto group = app.group("Family", {.type = "group"});
    const auto fresh = app.group("Family");
    anna.in_chat(group).anonymously().sends("/vote");
    anna.in_chat(group).anonymously().sends("/note");
    tell_away(app, group, fresh);
    auto hidden = anna.in_chat(fresh).anonymously();
    CHECK(hidden.in_conversation<vote>());
    hidden.sends("/note");
    CHECK(hidden.user_data<notes>().taken == 2);
    hidden.sends("/voted");
    CHECK_FALSE(hidden.in_conversation<vote>());
}

TEST_CASE("migration: stored records get the new id") {
    table kept;
    kept.rows[-5] = {.changes = 3, .topic = "tea"};
    kept.rows[-7] = {.changes = 1, .topic = "milk"};
    kept.rows[-1007] = {.changes = 2, .topic = "cake"};
    bench_of<basic_dispatcher<services<table>, chat_keeper>> b(services<table>{kept});
    b.bot_.move_chat(-5, -1005);  // not in memory
    CHECK(kept.rows.count(-5) == 0);
    CHECK(kept.rows.at(-1005).topic == "tea");
    CHECK(b.bot_.chat<settings>(-1005).changes == 3);
    CHECK(b.bot_.chat<settings>(-5).changes == 3);
    b.bot_.move_chat(-5, -1006);  // a chat moves once
    CHECK(kept.rows.count(-1006) == 0);
    b.bot_.move_chat(-7, -1007);
    CHECK(kept.rows.at(-7).topic == "milk");
    CHECK(kept.rows.at(-1007).topic == "cake");
    CHECK(b.bot_.chat<settings>(-1007).topic == "cake");
    CHECK(b.bot_.chat<settings>(-7).topic == "milk");
}
