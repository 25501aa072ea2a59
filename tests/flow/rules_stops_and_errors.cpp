// PTB's rules R80 and R83: handlers that fail, and updates that a conversation leaves to others.
// tests/rules.md lists all rules.
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

struct talk {
    struct first {
        int count = 0;
    };
    struct second {};

    static first begin(context& ctx) {
        ctx.reply("begin");
        if (ctx.arguments() == "break") throw std::runtime_error("no beginning");
        return {};
    }
    static second break_off(context& ctx, first& here) {
        ++here.count;
        ctx.reply("never said");
        throw std::runtime_error("broken");
    }
    static task<second> break_late(context& ctx, first& here, bot& api) {
        ++here.count;
        ctx.reply("never said");
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        throw std::runtime_error("broken late");
    }
    static second go_on(context&) { return {}; }
    static end gone(context& ctx) {
        ctx.reply("gone");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, begin)),
                            state<first>(on(command<"break">, break_off),
                                         on(command<"late">, break_late), on(command<"on">, go_on)),
                            state<second>(), after(5min, gone));
    }
};
struct onlooker {
    static void note(const failure& what, journal& log) { log.lines.push_back(what.what); }
    static void rest(context&, matched<text> said, journal& log) {
        log.lines.push_back(concat("rest: ", said.text()));
    }
    static constexpr auto flow() { return handlers(on(text, rest), on_error(note)); }
};
using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("R80: a handler that throws changes nothing and says nothing; the error handlers run") {
    journal log;
    testkit::app<talk, onlooker> app(log);
    auto anna = app.user("Anna");
    anna.sends("/begin break");
    CHECK_FALSE(anna.in_conversation<talk>());
    CHECK(log.lines == lines{"no beginning"});
    anna.sends("/begin");
    anna.sends("/break");
    CHECK(log.lines == lines{"no beginning", "broken"});
    CHECK(anna.in<talk::first>().count == 0);
    anna.sends("/late");
    anna.sends("/on");  // behind it, and not held up for ever
    app.advance(1s);
    CHECK(log.lines == lines{"no beginning", "broken", "broken late"});
    CHECK(anna.is_in<talk::second>());
    REQUIRE(anna.replies().size() == 1);
    CHECK(anna.last_reply().text() == "begin");
    app.advance(5min);
    CHECK(anna.last_reply().text() == "gone");
    CHECK(app.in_flight() == 0);
}

TEST_CASE("R83: what nothing in a conversation takes goes on to those behind it") {
    journal log;
    testkit::app<talk, onlooker> app(log);
    auto anna = app.user("Anna");
    anna.sends("/on");
    anna.sends("/begin");
    anna.sends("hello");
    CHECK(anna.is_in<talk::first>());
    anna.sends("/on");
    CHECK(anna.is_in<talk::second>());
    anna.sends("/on");
    CHECK(log.lines == lines{"rest: /on", "rest: hello", "rest: /on"});
}

namespace {
struct refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};
struct order {
    struct paying {};
    struct choosing_again {
        std::string why;
    };
    static paying begin(context&) { return {}; }
    static end pay(context& ctx) {
        if (ctx.arguments() == "badly") throw refused("no money");
        if (ctx.arguments() == "never") throw std::logic_error("no bank");
        return {};
    }
    static task<end> pay_later(context&, bot& api) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        throw refused("no money any more");
    }
    static choosing_again choose(context& ctx, const refused& why) {
        ctx.reply("Choose again.");
        return {why.what()};
    }
    static end give_up(context& ctx, const std::logic_error&) {
        ctx.reply("Sorry.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, begin)),
                            state<paying>(on(command<"pay">, pay), on(command<"later">, pay_later)),
                            state<choosing_again>(on(command<"pay">, pay)), on_error(choose),
                            on_error(give_up));
    }
};
}  // namespace

TEST_CASE("R80: an error may lead to a state, or to the end, by the type of what was thrown") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    anna.sends("/pay badly");
    CHECK(anna.in<order::choosing_again>().why == "no money");
    CHECK(anna.last_reply().text() == "Choose again.");
    anna.sends("/pay never");
    CHECK_FALSE(anna.in_conversation<order>());
    CHECK(anna.last_reply().text() == "Sorry.");
    anna.sends("/order");
    anna.sends("/later");
    app.advance(1s);
    CHECK(anna.in<order::choosing_again>().why == "no money any more");
    CHECK(app.errors().empty());
}
