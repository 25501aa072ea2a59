// PTB's rules R50 to R63, and R16: time that runs out. tests/rules.md lists all rules.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <string>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct order {
    struct waiting {
        int seen = 0;
    };
    struct reminded {};

    static next<waiting, stay> begin(context& ctx) {
        if (ctx.arguments() == "not") return stay{};
        return waiting{};
    }
    static void look(waiting& here) { ++here.seen; }
    static task<> look_long(context& ctx, waiting& here, bot& api) {
        auto pause = api.network().wait(8min);
        co_await std::move(pause);
        ++here.seen;
        ctx.reply("looked");
    }
    static task<end> leave_slowly(context& ctx, bot& api) {
        auto pause = api.network().wait(8min);
        co_await std::move(pause);
        ctx.reply("left");
        co_return end{};
    }
    static void break_off(waiting& here) {
        ++here.seen;
        throw std::runtime_error("broken");
    }
    static task<> break_late(waiting& here, bot& api) {
        auto pause = api.network().wait(8min);
        co_await std::move(pause);
        ++here.seen;
        throw std::runtime_error("broken late");
    }
    static end stop(context&) { return {}; }
    static reminded remind(context& ctx, const waiting& here) {
        ctx.reply(concat("seen ", here.seen));
        return {};
    }
    static end gone(context& ctx) {
        ctx.reply("gone");
        return {};
    }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"begin">, begin)),
            state<waiting>(on(command<"look">, look), on(command<"long">, look_long),
                           on(command<"leave">, leave_slowly), on(command<"break">, break_off),
                           on(command<"late">, break_late), on(callback<"look">, look),
                           after(5min, remind)),
            state<reminded>(after(1min, gone)), fallbacks(on(command<"stop">, stop)));
    }
};

}  // namespace

TEST_CASE("R50: a timeout does not fire while a handler of its conversation is at work") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    app.advance(4min);
    anna.sends("/long");
    app.advance(7min);  // its five minutes are over
    CHECK(anna.replies().empty());
    CHECK(anna.is_in<order::waiting>());
    app.advance(1min);
    CHECK(anna.last_reply().text() == "looked");
    app.advance(4min);
    CHECK(anna.replies().size() == 1);
    app.advance(1min);
    CHECK(anna.last_reply().text() == "seen 1");
}

TEST_CASE("R51: time counts anew from the end of each handler, for each user; not after the end") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    auto bert = app.user("Bert");
    auto carl = app.user("Carl");
    for (auto* one : {&anna, &bert, &carl}) one->sends("/begin");
    app.advance(4min);
    anna.sends("/look");
    carl.sends("/stop");
    app.advance(90s);
    CHECK(anna.is_in<order::waiting>());
    CHECK(bert.is_in<order::reminded>());
    CHECK(carl.replies().empty());
    app.advance(60min);
    CHECK(carl.replies().empty());
    CHECK(anna.last_reply().text() == "gone");
}

TEST_CASE("R52, R53: the dispatcher keeps the time: there is no job queue to forget or to start") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");  // the first thing that this bot sees
    CHECK(app.in_flight() == 0);
    app.advance(5min);
    CHECK(anna.is_in<order::reminded>());
    CHECK(app.errors().empty());
}

TEST_CASE("R54: a timeout that finds no room comes later, and the conversation goes on") {
    dispatcher_options options;
    options.max_in_flight = 1;
    testkit::app<order> app{services<>{}, options};
    auto anna = app.user("Anna");
    auto bert = app.user("Bert");
    anna.sends("/begin");
    bert.sends("/begin");
    app.advance(4min);
    bert.sends("/long");  // eight minutes, all the room there is
    app.advance(2min);
    CHECK(anna.is_in<order::waiting>());
    app.advance(6min + 1s);
    CHECK(anna.is_in<order::reminded>());
    CHECK(app.errors().empty());
}

TEST_CASE("R55: one handler runs when time is up, whatever the last update was") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    anna.presses_data("look");
    REQUIRE(anna.in<order::waiting>().seen == 1);
    app.advance(5min);
    REQUIRE(anna.replies().size() == 1);
    CHECK(anna.last_reply().text() == "seen 1");
}

namespace rules {
template <class... Parameters>
struct late_with {
    struct here {};
    static here begin(context& ctx);
    static end gone(Parameters... parameters);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, begin)),
                            state<here>(on(command<"stop">, gone_too), after(5min, gone)));
    }
    static end gone_too(context& ctx);
};
struct of_state : late_with<> {
    static end gone(here& data);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, begin)),
                            state<here>(on(command<"stop">, gone_too), after(5min, gone)));
    }
};
template <class... Parameters>
constexpr detail::check verdict_on = detail::verdict_of<late_with<Parameters...>>.failed;
}  // namespace rules

TEST_CASE("R56: a timeout has no update, not even an old one; it has the chat, and the state") {
    using detail::check;
    static_assert(rules::verdict_on<telegram::update> == check::c13_parameter);
    static_assert(rules::verdict_on<matched<text>> == check::c13_parameter);
    static_assert(rules::verdict_on<context&, bot&> == check::passed);
    static_assert(detail::verdict_of<rules::of_state>.failed == check::passed);
    testkit::app<order> app;
    const auto club = app.group("Club", {.is_forum = true});
    const auto topic = app.telegram().add_topic(club, "Orders");
    auto anna = app.user("Anna").in_chat(club, topic);
    anna.sends("/begin");
    anna.sends("/look");
    app.advance(5min);
    CHECK(anna.last_reply().text() == "seen 1");
}

TEST_CASE("R57: a timeout is a transition: to a state, or to the end") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    app.advance(5min);
    CHECK(anna.is_in<order::reminded>());
    app.advance(1min);
    CHECK(anna.last_reply().text() == "gone");
    CHECK_FALSE(anna.in_conversation<order>());
}

TEST_CASE("R58: an update that nobody in the conversation takes does not extend the time") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    app.advance(4min);
    anna.sends("hello?");
    anna.sends_photo();
    app.advance(1min);
    CHECK(anna.is_in<order::reminded>());
}

TEST_CASE("R59: of all times that were set only the last counts") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    for (int i = 0; i != 10; ++i) {
        app.advance(1min);
        anna.sends("/look");
    }
    anna.sends("/stop");
    anna.sends("/begin");
    app.advance(5min - 1s);
    CHECK(anna.is_in<order::waiting>());
    app.advance(1s);
    CHECK(anna.is_in<order::reminded>());
    REQUIRE(anna.replies().size() == 1);
    CHECK(anna.last_reply().text() == "seen 0");
}

TEST_CASE("R61: a coroutine's time counts from its end; after one that ends there is none") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    anna.sends("/leave");
    app.advance(60min);
    REQUIRE(anna.replies().size() == 1);
    CHECK(anna.last_reply().text() == "left");

    anna.sends("/begin");
    anna.sends("/late");  // breaks after eight minutes: three after its time was up
    app.advance(8min);
    CHECK(app.errors().size() == 1);
    app.advance(1s);
    CHECK(anna.last_reply().text() == "seen 0");
    CHECK(anna.is_in<order::reminded>());
}

TEST_CASE("R62: (a) an entry point that begins nothing sets no time") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/begin not");
    app.advance(60min);
    CHECK(anna.replies().empty());
    CHECK_FALSE(anna.in_conversation<order>());
}

TEST_CASE("R62: (b) a handler that fails leaves the time as it was") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    app.advance(4min);
    anna.sends("/break");
    CHECK(app.errors().size() == 1);
    app.advance(1min);
    CHECK(anna.last_reply().text() == "seen 0");
    CHECK(anna.is_in<order::reminded>());
}

namespace {
struct visits {
    int count = 0;
};
struct fragile {
    struct waiting {
        int tries = 0;
    };
    static waiting begin(context&) { return {}; }
    static end gone(context& ctx, user_data<visits>& mine, bot_data<visits>& all) {
        ++mine->count;
        if (++all->count < 3) throw std::runtime_error("not yet");
        ctx.reply("gone");
        return {};
    }
    static void look(context&, user_data<visits>&) {}
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, begin)),
                            state<waiting>(on(command<"look">, look), after(5min, gone)));
    }
};
}  // namespace

TEST_CASE("R62: (c) a timeout whose handler fails comes again, in the same state") {
    testkit::app<fragile> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    app.advance(5min);
    CHECK(app.errors().size() == 1);
    CHECK(anna.is_in<fragile::waiting>());
    app.advance(5min);
    CHECK(app.errors().size() == 2);
    CHECK(anna.is_in<fragile::waiting>());
    app.advance(5min);
    CHECK(anna.last_reply().text() == "gone");
    CHECK_FALSE(anna.in_conversation<fragile>());
}

TEST_CASE("R62: (e) a timeout's handler reaches its user's data") {
    testkit::app<fragile> app;
    auto anna = app.user("Anna");
    auto bert = app.user("Bert");
    anna.sends("/begin");
    app.advance(15min);
    CHECK(anna.user_data<visits>().count == 3);
    CHECK(bert.user_data<visits>().count == 0);
}

namespace {
struct child {
    struct asking {};
    static asking begin(context&) { return {}; }
    static finish<int> answer(context&) { return finish{1}; }
    static finish<int> late(context& ctx) {
        ctx.reply("the child's time is up");
        return finish{0};
    }
    static void look(context&) {}
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"child">, begin)),
                            state<asking>(on(command<"answer">, answer), on(command<"look">, look),
                                          after(2min, late)));
    }
};
/// A child without a time of its own.
struct patient {
    struct asking {
        int looks = 0;
    };
    static asking begin(context&) { return {}; }
    static void look(asking& here) { ++here.looks; }
    static finish<int> answer(context&) { return finish{1}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"patient">, begin)),
                            state<asking>(on(command<"look">, look), on(command<"answer">, answer)));
    }
};
struct parent {
    struct here {};
    struct there {};
    static here begin(context&) { return {}; }
    static there taken(context&, int) { return {}; }
    static end late(context& ctx) {
        ctx.reply("the parent's time is up");
        return {};
    }
    static end stop(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"parent">, begin)),
                            state<here>(nest<child>(on_result<int>(taken)),
                                        nest<patient>(on_result<int>(taken))),
                            state<there>(on(command<"stop">, stop)), after(10min, late),
                            fallbacks(on(command<"leave">, stop)));
    }
};
}  // namespace

TEST_CASE("R62: (f) a nested conversation that is over has no time left to run out") {
    testkit::app<parent> app;
    auto anna = app.user("Anna");
    anna.sends("/parent");
    anna.sends("/child");
    anna.sends("/answer");
    REQUIRE(anna.is_in<parent::there>());
    app.advance(9min);
    CHECK(anna.replies().empty());

    anna.sends("/leave");
    anna.sends("/parent");
    anna.sends("/child");
    anna.sends("/leave");  // its parent ends, and it with that
    app.advance(60min);
    CHECK(anna.replies().empty());
}

TEST_CASE("R63: what a nested conversation takes extends its parent's time; it dies with the parent") {
    testkit::app<parent> app;
    auto anna = app.user("Anna");
    anna.sends("/parent");
    anna.sends("/patient");
    for (int i = 0; i != 3; ++i) {
        app.advance(9min);
        anna.sends("/look");
    }
    CHECK(anna.in<patient::asking>().looks == 3);
    app.advance(10min);
    CHECK(anna.last_reply().text() == "the parent's time is up");
    CHECK_FALSE(anna.in_conversation<parent>());
    CHECK_FALSE(anna.in_conversation<patient>());
    anna.sends("/parent");
    CHECK_FALSE(anna.in_conversation<patient>());  // nothing is left of it
}

TEST_CASE("R16: timeouts and nested conversations go together: each has its own time") {
    testkit::app<parent> app;
    auto anna = app.user("Anna");
    anna.sends("/parent");
    app.advance(9min);
    anna.sends("/child");
    app.advance(1min);
    anna.sends("/look");
    app.advance(2min);
    CHECK(anna.last_reply().text() == "the child's time is up");
    CHECK(anna.is_in<parent::there>());
    app.advance(10min);
    CHECK(anna.last_reply().text() == "the parent's time is up");
}
