// PTB's rules R60, R81 to R83 and R101, with R80 once more: groups of handlers, and handlers that keep an
// update from the groups behind. tests/rules.md lists all rules.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct journal {
    std::vector<std::string> lines;
};
using lines = std::vector<std::string>;

/// Stops later groups as it is told; in the first of two groups.
struct gate {
    struct first {};
    struct second {};
    static next<first, stop<first>> begin(context& ctx) {
        if (ctx.arguments() == "stop") return stop<first>{first{}};
        return first{};
    }
    static stop<second> on_and_stop(context&) { return stop<second>{second{}}; }
    static stop<> stay_and_stop(context&) { return {}; }
    static stop<end> end_and_stop(context&) { return stop<end>{end{}}; }
    static task<stop<second>> later(context&, bot& api) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        co_return stop<second>{second{}};
    }
    static second on_without(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, begin)),
                            state<first>(on(command<"on">, on_and_stop),
                                         on(command<"stay">, stay_and_stop),
                                         on(command<"later">, later),
                                         on(command<"without">, on_without)),
                            state<second>(on(command<"end">, end_and_stop)));
    }
};
struct second_group {
    static void see(context&, matched<text> said, journal& log) {
        log.lines.push_back(concat("seen: ", said.text()));
    }
    static constexpr auto flow() { return handlers(on(text, see)); }
};
}  // namespace

TEST_CASE("R81: a handler may lead on and keep the update from later groups, a coroutine too") {
    journal log;
    testkit::app<group<gate>, group<second_group>> app(log);
    auto anna = app.user("Anna");
    anna.sends("/begin stop");
    CHECK(anna.is_in<gate::first>());
    anna.sends("/stay");
    CHECK(anna.is_in<gate::first>());
    anna.sends("/on");
    CHECK(anna.is_in<gate::second>());
    anna.sends("/end");
    CHECK_FALSE(anna.in_conversation<gate>());
    CHECK(log.lines.empty());
    anna.sends("/begin");
    anna.sends("/later");
    app.advance(1s);
    CHECK(anna.is_in<gate::second>());
    CHECK(log.lines == lines{"seen: /begin"});
}

TEST_CASE("R83: what nothing in a conversation takes is seen by later groups") {
    journal log;
    testkit::app<group<gate>, group<second_group>> app(log);
    auto anna = app.user("Anna");
    anna.sends("/begin stop");
    anna.sends("hello");
    CHECK(log.lines == lines{"seen: hello"});
    CHECK(anna.is_in<gate::first>());
}

TEST_CASE("R101: what a conversation took is seen by later groups, unless it stops") {
    journal log;
    testkit::app<group<gate>, group<second_group>> app(log);
    auto anna = app.user("Anna");
    anna.sends("/begin");
    anna.sends("/without");
    CHECK(anna.is_in<gate::second>());
    CHECK(log.lines == lines{"seen: /begin", "seen: /without"});
}

namespace {
struct inner {
    struct asking {};
    struct asked {};
    static asking begin(context&) { return {}; }
    static stop<finish<int>> answer(context&) { return stop<finish<int>>{finish{1}}; }
    static stop<asked> step(context&) { return stop<asked>{asked{}}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"inner">, begin)),
                            state<asking>(on(command<"answer">, answer), on(command<"step">, step)),
                            state<asked>(on(command<"answer">, answer)));
    }
};
struct outer {
    struct here {};
    struct there {};
    static here begin(context&) { return {}; }
    static there taken(context&, int) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"outer">, begin)),
                            state<here>(nest<inner>(on_result<int>(taken))),
                            state<there>(after(5min, late)));
    }
    static stop<end> late(context& ctx) {  // R60
        ctx.reply("late");
        return stop<end>{end{}};
    }
};
}  // namespace

TEST_CASE("R82: a nested conversation that stops: its parent goes where the result leads, or stays") {
    journal log;
    testkit::app<group<outer>, group<second_group>> app(log);
    auto anna = app.user("Anna");
    anna.sends("/outer");
    anna.sends("/inner");
    log.lines.clear();
    anna.sends("/step");
    CHECK(anna.is_in<inner::asked>());
    CHECK(anna.is_in<outer::here>());
    anna.sends("/answer");
    CHECK(anna.is_in<outer::there>());
    CHECK(log.lines.empty());
}

TEST_CASE("R60: a timeout has no update to stop: the target of a stop counts all the same") {
    journal log;
    testkit::app<group<outer>, group<second_group>> app(log);
    auto anna = app.user("Anna");
    anna.sends("/outer");
    anna.sends("/inner");
    anna.sends("/answer");
    app.advance(5min);
    CHECK(anna.last_reply().text() == "late");
    CHECK_FALSE(anna.in_conversation<outer>());
}

namespace {
struct breaking {
    static void fail(context&) { throw std::runtime_error("broken"); }
    static constexpr auto flow() { return handlers(on(text, fail)); }
};
struct strict {
    static stop<> note(const failure& what, journal& log) {
        log.lines.push_back(what.what);
        return {};
    }
    static constexpr auto flow() { return handlers(on_error(note)); }
};
struct lenient {
    static void note(const failure& what, journal& log) { log.lines.push_back(what.what); }
    static constexpr auto flow() { return handlers(on_error(note)); }
};
}  // namespace

TEST_CASE("R80: after a handler that throws later groups still run, unless an error handler stops") {
    journal log;
    testkit::app<group<breaking, lenient>, group<second_group>> going_on(log);
    going_on.user("Anna").sends("hello");
    CHECK(log.lines == lines{"broken", "seen: hello"});
    log.lines.clear();
    testkit::app<group<breaking, strict>, group<second_group>> stopping(log);
    stopping.user("Anna").sends("hello");
    CHECK(log.lines == lines{"broken"});
}
