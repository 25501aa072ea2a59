// PTB's rules R64 to R69, and R8: handlers that wait, and what comes in the meantime. tests/rules.md
// lists all rules.
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

/// What happened, in order.
struct journal {
    std::vector<std::string> lines;
};

struct talk {
    struct first {
        int count = 0;
    };
    struct second {};

    static task<next<first, stay, end>> begin(context& ctx, bot& api) {
        const std::string how(ctx.arguments());
        auto pause = api.network().wait(10s);
        co_await std::move(pause);
        if (how == "break") throw std::runtime_error("no beginning");
        if (how == "stay") co_return stay{};
        if (how == "end") co_return end{};
        co_return first{};
    }
    static task<next<first, second, stay, end>> step(context& ctx, first& here, bot& api,
                                                     journal& log) {
        const std::string how(ctx.arguments());
        log.lines.push_back("step");
        ++here.count;
        auto pause = api.network().wait(10s);
        co_await std::move(pause);
        log.lines.push_back("stepped");
        if (how == "break") throw std::runtime_error("no step");
        if (how == "stay") co_return stay{};
        if (how == "end") co_return end{};
        co_return second{};
    }
    static void quick(first& here, journal& log) {
        ++here.count;
        log.lines.push_back("quick");
    }
    static end stop(context&, journal& log) {
        log.lines.push_back("stop");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, begin)),
                            state<first>(on(command<"step">, step), on(command<"quick">, quick)),
                            state<second>(), fallbacks(on(command<"stop">, stop)), allow_reentry);
    }
};
/// Behind it in the bot's list.
struct rest {
    static void take(context&, journal& log, matched<text> said) {
        log.lines.push_back(concat("rest: ", said.text()));
    }
    static constexpr auto flow() { return handlers(on(text, take)); }
};
using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("R64: each handler says itself whether it waits: plain ones and coroutines side by side") {
    journal log;
    testkit::app<talk> app(log);
    auto anna = app.user("Anna");
    anna.sends("/begin");
    app.advance(10s);
    anna.sends("/quick");
    CHECK(app.in_flight() == 0);
    CHECK(log.lines == lines{"quick"});
    anna.sends("/step");
    CHECK(app.in_flight() == 1);
    app.advance(10s);
    CHECK(app.in_flight() == 0);
    CHECK(anna.is_in<talk::second>());
}

TEST_CASE("R65: while a handler waits its conversation is in the state it was in") {
    journal log;
    testkit::app<talk> app(log);
    auto anna = app.user("Anna");
    anna.sends("/begin");
    CHECK_FALSE(anna.in_conversation<talk>());
    app.advance(10s);
    anna.sends("/step");
    CHECK(anna.in<talk::first>().count == 0);  // what it changes is committed at its end
    app.advance(9s);
    CHECK(anna.in<talk::first>().count == 0);
    app.advance(1s);
    CHECK(anna.is_in<talk::second>());
}

TEST_CASE("R66: a handler that waited: its target; stay keeps; what it throws leaves the old state") {
    journal log;
    testkit::app<talk> app(log);
    auto anna = app.user("Anna");
    anna.sends("/begin");
    app.advance(10s);
    anna.sends("/step break");
    app.advance(10s);
    CHECK(app.errors().size() == 1);
    CHECK(anna.in<talk::first>().count == 0);
    anna.sends("/step stay");
    app.advance(10s);
    CHECK(anna.in<talk::first>().count == 1);
    anna.sends("/step");
    app.advance(10s);
    CHECK(anna.is_in<talk::second>());

    auto bert = app.user("Bert");
    for (const char* how : {"/begin end", "/begin stay"}) {
        bert.sends(how);
        app.advance(10s);
        CHECK_FALSE(bert.in_conversation<talk>());
    }
    bert.sends("/begin");
    app.advance(10s);
    bert.sends("/step end");
    app.advance(10s);
    CHECK_FALSE(bert.in_conversation<talk>());
    CHECK(app.errors().size() == 1);
}

TEST_CASE("R67: an entry point that waits and throws begins nothing, and may be tried again") {
    journal log;
    testkit::app<talk> app(log);
    auto anna = app.user("Anna");
    anna.sends("/begin break");
    app.advance(10s);
    CHECK(app.errors().size() == 1);
    CHECK_FALSE(anna.in_conversation<talk>());
    anna.sends("/begin");
    app.advance(10s);
    CHECK(anna.is_in<talk::first>());
}

TEST_CASE("R68: what comes while a handler waits stands behind it, and falls through to nobody") {
    journal log;
    testkit::app<talk, rest> app(log);
    auto anna = app.user("Anna");
    anna.sends("/begin");
    anna.sends("/step");  // its turn comes when there is a state
    CHECK(log.lines.empty());
    app.advance(10s);
    anna.sends("/quick");
    anna.sends("/stop");
    anna.sends("hello");
    CHECK(log.lines == lines{"step"});
    app.advance(10s);
    // The step has led to the second state, where nothing takes /quick: only then it goes on.
    CHECK(log.lines == lines{"step", "stepped", "rest: /quick", "stop", "rest: hello"});
    CHECK_FALSE(anna.in_conversation<talk>());
}

TEST_CASE("R69: no result of a handler is lost to another one that ran in the meantime") {
    journal log;
    testkit::app<talk> app(log);
    auto anna = app.user("Anna");
    anna.sends("/begin");
    app.advance(10s);
    anna.sends("/step stay");
    anna.sends("/quick");
    anna.sends("/step stay");
    app.advance(20s);
    CHECK(anna.in<talk::first>().count == 3);
    CHECK(log.lines == lines{"step", "stepped", "quick", "step", "stepped"});
}

namespace {
struct inner {
    struct asking {};
    static asking begin(context&) { return {}; }
    static task<finish<int>> answer(context&, bot& api) {
        auto pause = api.network().wait(10s);
        co_await std::move(pause);
        co_return finish<int>{7};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"inner">, begin)),
                            state<asking>(on(command<"answer">, answer)));
    }
};
struct outer {
    struct here {
        int result = 0;
    };
    static here begin(context&) { return {}; }
    static stay taken(here& at, int result) {
        at.result = result;
        return {};
    }
    static task<end> leave(here& at, bot& api, journal& log) {
        const int result = at.result;
        auto pause = api.network().wait(10s);
        co_await std::move(pause);
        log.lines.push_back(concat("left with ", result));
        co_return end{};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"outer">, begin)),
                            state<here>(nest<inner>(on_result<int>(taken)),
                                        on(command<"leave">, leave)));
    }
};
}  // namespace

TEST_CASE("R8: a conversation is waited for: its parent's handlers, and the bot's others, come after") {
    journal log;
    testkit::app<outer, rest> app(log);
    auto anna = app.user("Anna");
    anna.sends("/outer");
    anna.sends("/inner");
    anna.sends("/answer");
    anna.sends("/leave");
    anna.sends("bye");
    CHECK(log.lines.empty());
    app.advance(10s);
    CHECK(anna.in<outer::here>().result == 7);
    app.advance(10s);
    CHECK(log.lines == lines{"left with 7", "rest: bye"});
}
