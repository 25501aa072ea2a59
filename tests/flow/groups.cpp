// Handler groups: each sees the update, one after another, until a handler says stop.
#include <banter/flow/commands.hpp>
#include <banter/flow/description.hpp>
#include <banter/flow/task.hpp>
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
    void note(std::string_view line) { lines.emplace_back(line); }
};

/// In front of everything: some do not get past it.
struct guard {
    static next<stop<>, stay> look(context& ctx, journal& log) {
        log.note("guard");
        if (ctx.text() != "keep out") return stay{};
        ctx.reply("Kept out.");
        return stop{};
    }
    static task<next<stop<>, stay>> look_long(bot& api, journal& log) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        log.note("long look");
        co_return stop{};
    }
    static void fall(context& ctx) {
        ctx.reply("never said");
        throw std::runtime_error("fell");
    }
    static constexpr auto flow() {
        return handlers(on(command<"long">, look_long), on(command<"fall">, fall), on(text, look));
    }
};

struct order {
    struct open {};
    struct closed {
        int code = 0;
    };
    static open start(context& ctx, journal& log) {
        log.note("order");
        ctx.reply("Open.");
        return {};
    }
    static stop<closed> close(journal& log) {
        log.note("close");
        return closed{7};
    }
    static task<next<stop<end>, stay>> leave(bot& api) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        co_return stop{end{}};
    }
    static end leave_quietly() { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<open>(on(command<"close">, close)),
                            state<closed>(on(command<"leave">, leave)),
                            fallbacks(on(command<"end">, leave_quietly)));
    }
};

/// A rival of order in its group, with a nested conversation that stops.
struct child {
    struct asking {};
    static asking start() { return {}; }
    static next<stop<finish<int>>, stop<>> answer(matched<text> said) {
        if (const auto number = said.as<int>()) return stop{finish<int>{*number}};
        return stop{};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"ask">, start)),
                            state<asking>(on(text && !command<>, answer)));
    }
};
struct parent {
    struct waiting {
        int last = 0;
    };
    static waiting start() { return {}; }
    static waiting got(int value) {
        if (value == 13) throw std::runtime_error("unlucky");
        return {value};
    }
    static end leave() { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"parent">, start)),
                            state<waiting>(nest<child>(on_result<int>(got))),
                            fallbacks(on(command<"end">, leave)));
    }
};

/// In a group of its own: it takes what others take too.
struct shadow {
    struct following {
        int seen = 0;
    };
    static following start(journal& log) {
        log.note("shadow");
        return {};
    }
    static void see(context& ctx, following& here, journal& log) {
        ++here.seen;
        log.note(concat("shadow saw ", ctx.text()));
    }
    static end leave() { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<following>(on(command<"bye">, leave), on(text, see)));
    }
};

struct log_all {
    static void note(context& ctx, journal& log) { log.note(concat("log ", ctx.text())); }
    static constexpr auto flow() { return handlers(on(text, note)); }
};

using lines = std::vector<std::string>;

struct bench {
    journal log;
    testkit::app<group<guard>, group<order, parent>, group<shadow>, log_all> app{services(log)};
    decltype(app.user("Anna")) anna = app.user("Anna");
    lines seen() { return std::exchange(log.lines, {}); }
};

}  // namespace

TEST_CASE("an update goes through the groups in order, the first struct of each takes it") {
    bench b;
    b.anna.sends("/order");
    CHECK(b.seen() == lines{"guard", "order", "shadow", "log /order"});
    CHECK(b.anna.is_in<order::open>());
    CHECK(b.anna.is_in<shadow::following>());
    CHECK(b.anna.last_reply().text() == "Open.");
    b.anna.sends("hello");
    CHECK(b.seen() == lines{"guard", "shadow saw hello", "log hello"});
    CHECK(b.anna.in<shadow::following>().seen == 1);
    CHECK(b.app.in_flight() == 0);
}

TEST_CASE("stop keeps the update from the groups behind") {
    bench b;
    SUBCASE("a plain handler") {
        b.anna.sends("keep out");
        CHECK(b.seen() == lines{"guard"});
        CHECK(b.anna.last_reply().text() == "Kept out.");
    }
    SUBCASE("a coroutine") {
        b.anna.sends("/long");
        CHECK(b.seen().empty());
        b.app.advance(2s);
        CHECK(b.seen() == lines{"long look"});
    }
    b.anna.sends("hello");
    CHECK(b.seen() == lines{"guard", "log hello"});
}

TEST_CASE("a conversation goes where its stop says") {
    bench b;
    b.anna.sends("/order");
    (void)b.seen();
    b.anna.sends("/close");
    CHECK(b.seen() == lines{"guard", "close"});
    CHECK(b.anna.in<order::closed>().code == 7);
    b.anna.sends("/leave");
    b.app.advance(2s);
    CHECK(b.seen() == lines{"guard"});
    CHECK_FALSE(b.anna.in_conversation<order>());
    CHECK(b.anna.in<shadow::following>().seen == 0);
}

TEST_CASE("a nested conversation's stop with a result is applied to its parent") {
    bench b;
    b.anna.sends("/parent");
    b.anna.sends("/ask");
    (void)b.seen();
    b.anna.sends("no number");
    CHECK(b.seen() == lines{"guard"});
    CHECK(b.anna.is_in<child::asking>());
    SUBCASE("it stops") {
        b.anna.sends("5");
        CHECK(b.seen() == lines{"guard"});
        CHECK(b.anna.in<parent::waiting>().last == 5);
        CHECK_FALSE(b.anna.in_conversation<child>());
    }
    SUBCASE("unless the parent's handler fails") {
        b.anna.sends("13");
        CHECK(b.seen() == lines{"guard", "log 13"});
        CHECK(b.anna.is_in<child::asking>());
        CHECK(b.app.errors().size() == 1);
    }
}

TEST_CASE("an error in one group does not keep the update from the others") {
    bench b;
    b.anna.sends("/fall");
    CHECK(b.app.errors().size() == 1);
    CHECK(b.seen() == lines{"log /fall"});
    CHECK(b.anna.replies().empty());

    b.app.inject(testkit::fault::error(400, "Bad Request: no"));
    b.anna.sends("/order");
    CHECK(b.app.errors().size() == 2);
    CHECK(b.seen() == lines{"guard", "order", "shadow", "log /order"});
    CHECK(b.anna.is_in<order::open>());
}

TEST_CASE("conversations of one group take each other's place, those of several do not") {
    bench b;
    b.anna.sends("/order");
    b.anna.sends("/parent");
    CHECK_FALSE(b.anna.in_conversation<order>());
    CHECK(b.anna.is_in<parent::waiting>());
    CHECK(b.anna.is_in<shadow::following>());
}

// ---- buttons and error handlers ----

namespace {

struct silent {
    static void press(journal& log) { log.note("silent"); }
    static void fall() { throw std::runtime_error("fell"); }
    static constexpr auto flow() {
        return handlers(on(callback<"one|two">, press), on(callback<"three">, fall));
    }
};
struct polite {
    static void press(context& ctx, journal& log) {
        log.note("polite");
        ctx.answer("Yes?");
    }
    static constexpr auto flow() { return handlers(on(callback<"one|three">, press)); }
};
struct late {
    static void press(context& ctx, journal& log) {
        log.note("late");
        ctx.answer("Too late.");
    }
    static constexpr auto flow() { return handlers(on(callback<>, press)); }
};
struct strict {
    static void before(const failure&, journal& log) { log.note("strict"); }
    static stop<> halt(const std::runtime_error&) { return {}; }
    static void behind(const failure&, journal& log) { log.note("never"); }
    static constexpr auto flow() { return handlers(on_error(before), on_error(halt), on_error(behind)); }
};

}  // namespace

TEST_CASE("a button is answered once, whoever of the groups answers it") {
    journal log;
    testkit::app<group<silent>, group<polite>, group<late>> app{services(log)};
    auto anna = app.user("Anna");
    anna.presses_data("one");
    CHECK(log.lines == lines{"silent", "polite", "late"});
    CHECK(app.calls("answerCallbackQuery").size() == 1);
    CHECK(anna.last_answer().text == "Yes?");
    anna.presses_data("two");
    CHECK(anna.last_answer().text == "Too late.");
    anna.presses_data("three");
    CHECK(anna.last_answer().text == "Yes?");
    CHECK(app.calls("answerCallbackQuery").size() == 3);
}

TEST_CASE("an error handler's stop counts for the other error handlers, and for the groups") {
    journal log;
    testkit::app<group<silent, strict>, group<polite>> app{services(log)};
    auto anna = app.user("Anna");
    anna.presses_data("three");
    CHECK(log.lines == lines{"strict"});
    CHECK(app.calls("answerCallbackQuery").size() == 1);
    CHECK(anna.last_answer().text.empty());
    CHECK(app.in_flight() == 0);
}

namespace {
struct forgiving {
    struct here {};
    static here start() { return {}; }
    static stay fall() { throw std::runtime_error("fell"); }
    static next<stop<end>, stay> caught(const failure&) { return stop{end{}}; }
    static end leave() { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<here>(on(command<"fall">, fall), on(command<"leave">, leave)),
                            on_error(caught));
    }
};
}  // namespace

TEST_CASE("a conversation's error handler may stop too") {
    journal log;
    testkit::app<forgiving, group<log_all>> app{services(log)};
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.sends("/fall");
    CHECK(log.lines == lines{"log /start"});
    CHECK_FALSE(anna.in_conversation<forgiving>());
}

TEST_CASE("updates of one key keep their order through the groups") {
    bench b;
    b.anna.sends("/long");
    b.anna.sends("hello");
    b.anna.sends("/fall");
    CHECK(b.seen().empty());
    b.app.advance(2s);
    CHECK(b.seen() == lines{"long look", "guard", "log hello", "log /fall"});
    CHECK(b.app.in_flight() == 0);
}

// The same command in two groups is no mistake, and everything else is checked as before.
static_assert(verify<group<order>, group<shadow>, log_all, services<journal>>);
static_assert(allowed_updates<group<silent>, order>.size() == 2);
static_assert(commands<group<order>, group<shadow>>.empty());
