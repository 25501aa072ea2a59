// Error handlers: which one takes what, where it leads, and that an exception leaves nothing half done.
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

struct declined : std::runtime_error {
    explicit declined(int what) : std::runtime_error("declined"), code(what) {}
    int code;
};
struct declined_for_ever : declined {
    using declined::declined;
};
/// Not derived from std::exception.
struct out_of_stock {
    std::string item;
};

struct journal {
    std::vector<std::string> lines;
};

/// What is thrown on demand.
void fall(std::string_view how) {
    if (how == "declined") throw declined{1};
    if (how == "for ever") throw declined_for_ever{2};
    if (how == "stock") throw out_of_stock{"a teapot"};
    if (how == "range") throw std::out_of_range("out of range");
    if (how == "seven") throw 7;
    if (how == "unlucky") throw declined{13};
}

struct order {
    struct paying {
        int tries = 0;
    };
    struct shipping {};
    struct retrying {
        int code;
    };

    static paying start(context& ctx) {
        fall(ctx.arguments());
        ctx.reply("How will you pay?");
        return {};
    }
    static stay pay(context& ctx, paying& here, matched<text> said) {
        ++here.tries;
        ctx.reply("this is not said if it fails");
        fall(said.text());
        return stay{};
    }
    static task<stay> pay_later(context& ctx, bot& api, paying& here) {
        ++here.tries;
        const std::string how(ctx.arguments());
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        fall(how);
        co_return stay{};
    }
    static stay press(context& ctx) {
        ctx.answer("never seen");
        throw declined{3};
    }
    static shipping ship(context& ctx) {
        ctx.reply("On its way.");
        return {};
    }
    static end cancel(context&) { return {}; }
    static end gone(context& ctx, paying& here) {
        if (++here.tries > 100) throw declined{4};
        ctx.reply("Gone.");
        return {};
    }
    static end lost(context&) { throw std::runtime_error("lost"); }

    static retrying again(context& ctx, const declined& why) {
        ctx.reply(concat("Declined: ", why.code));
        return {why.code};
    }
    static end never(context& ctx, const failure& what, const declined_for_ever&) {
        ctx.reply(concat("Never: ", what.what));
        return {};
    }
    static task<next<shipping, stay>> sold_out(context& ctx, bot& api, const out_of_stock& what) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        ctx.reply(concat("No ", what.item));
        co_return stay{};
    }
    static void note(const failure& what, journal& into, const paying& here) {
        into.lines.push_back(concat("paying: ", what.what, ' ', here.tries));
    }
    static void number(context& ctx, int which) { ctx.reply(concat("Number ", which)); }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"order">, start)),
            state<paying>(on(text && !command<>, pay), on(command<"later">, pay_later),
                          on(callback<"pay">, press), on(command<"ship">, ship),
                          on_error<std::out_of_range>(note), after(10min, gone)),
            state<shipping>(on(photo, cancel), after(1min, lost).fixed()),
            state<retrying>(on(photo, cancel)), fallbacks(on(command<"cancel">, cancel)),
            on_error(never), on_error(again), on_error<out_of_stock>(sold_out),
            on_error<int>(number));
    }
};

/// The bot's own, in the order in which they hear of everything.
struct watchman {
    static void trip() { throw std::invalid_argument("tripped"); }
    static void all(const failure& what, journal& into) {
        into.lines.push_back(concat("all: ", what.what));
    }
    static void arguments(const std::invalid_argument& why, journal& into) {
        into.lines.push_back(concat("arguments: ", why.what()));
    }
    static task<> late(const std::runtime_error& why, bot& api, journal& into) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        into.lines.push_back(concat("late: ", why.what()));
    }
    static constexpr auto flow() {
        return handlers(on(command<"trip">, trip), on_error(arguments), on_error(late), on_error(all));
    }
};

struct bench {
    journal log;
    testkit::app<order, watchman> app{services(log)};
    decltype(app.user("Anna")) anna = app.user("Anna");
};

}  // namespace

TEST_CASE("the first error handler of the conversation that is for an exception takes it") {
    bench b;
    b.anna.sends("/order");
    SUBCASE("a base class takes what no earlier one takes") {
        b.anna.sends("declined");
        CHECK(b.anna.last_reply().text() == "Declined: 1");
        CHECK(b.anna.in<order::retrying>().code == 1);
    }
    SUBCASE("a derived class has its own") {
        b.anna.sends("for ever");
        CHECK(b.anna.last_reply().text() == "Never: declined");
        CHECK_FALSE(b.anna.in_conversation<order>());
    }
    SUBCASE("a class that is no std::exception, in a coroutine") {
        b.anna.sends("stock");
        CHECK(b.app.in_flight() == 1);
        b.app.advance(2s);
        CHECK(b.anna.last_reply().text() == "No a teapot");
        CHECK(b.anna.in<order::paying>().tries == 0);
    }
    SUBCASE("no class at all") {
        b.anna.sends("seven");
        CHECK(b.anna.last_reply().text() == "Number 7");
    }
    CHECK(b.log.lines.empty());
    CHECK(b.app.errors().empty());
    CHECK(b.anna.replies().size() == 2);  // what the failed handler said is not sent
    CHECK(b.app.in_flight() == 0);
}

TEST_CASE("a state's error handlers come first, and see its data as it was") {
    bench b;
    b.anna.sends("/order");
    b.anna.sends("range");
    REQUIRE(b.log.lines.size() == 1);
    CHECK(b.log.lines[0] == "paying: out of range 0");
    CHECK(b.anna.in<order::paying>().tries == 0);
    CHECK(b.anna.replies().size() == 1);
}

TEST_CASE("the entry point's errors may begin the conversation") {
    bench b;
    b.anna.sends("/order declined");
    CHECK(b.anna.in<order::retrying>().code == 1);
    b.anna.sends("/cancel");
    b.anna.sends("/order range");  // a state's error handlers are for that state
    CHECK_FALSE(b.anna.in_conversation<order>());
    REQUIRE(b.log.lines.size() == 1);
    CHECK(b.log.lines[0] == "all: out of range");
}

TEST_CASE("a coroutine that fails after a wait, and a pressed button") {
    bench b;
    b.anna.sends("/order");
    b.anna.sends("/later declined");
    b.app.advance(2s);
    CHECK(b.anna.in<order::retrying>().code == 1);
    b.anna.sends("/cancel");
    b.anna.sends("/order");
    b.anna.presses_data("pay");
    CHECK(b.anna.in<order::retrying>().code == 3);
    CHECK(b.anna.last_reply().text() == "Declined: 3");
    CHECK(b.app.calls("answerCallbackQuery").size() == 1);
    CHECK(b.anna.last_answer().text.empty());
}

TEST_CASE("a timeout's errors lead on, and where nobody takes them the timer stays") {
    bench b;
    b.anna.sends("/order");
    b.anna.in<order::paying>().tries = 100;
    b.app.advance(11min);
    CHECK(b.anna.in<order::retrying>().code == 4);
    b.anna.sends("/cancel");

    b.anna.sends("/order");
    b.anna.sends("/ship");
    b.app.advance(62s);
    CHECK(b.anna.is_in<order::shipping>());
    CHECK(b.log.lines == std::vector<std::string>{"late: lost", "all: lost"});
    b.app.advance(60s);
    CHECK(b.anna.is_in<order::shipping>());
    CHECK(b.log.lines.size() == 4);
    CHECK(b.app.in_flight() == 0);
}

TEST_CASE("an error that changes nothing leaves the timers alone") {
    bench b;
    b.anna.sends("/order");
    b.app.advance(9min);
    b.anna.sends("range");
    b.app.advance(61s);
    CHECK_FALSE(b.anna.in_conversation<order>());
    CHECK(b.anna.last_reply().text() == "Gone.");
}

TEST_CASE("the bot's error handlers hear, in order, of what no conversation takes") {
    bench b;
    b.anna.sends("/trip");
    CHECK(b.log.lines == std::vector<std::string>{"arguments: tripped", "all: tripped"});
    CHECK(b.app.errors().empty());
}

// ---- effects ----

namespace {

struct parcel {
    struct open {};
    struct refused {};
    static open start(context& ctx) {
        ctx.reply("Opened.");
        return {};
    }
    static end close(context& ctx) {
        ctx.reply("Closed.");
        return {};
    }
    static next<refused, stay> unsaid(context& ctx, const failure& what, const api_error& why) {
        if (what.where != failure::stage::effect) return stay{};
        ctx.reply(concat("Telegram says: ", why.error_code()));
        return refused{};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"open">, start)),
                            state<open>(on(command<"close">, close)),
                            state<refused>(on(command<"close">, close)), on_error(unsaid));
    }
};

}  // namespace

TEST_CASE("a refused effect goes to the conversation's error handlers, which may lead on") {
    testkit::app<parcel> app;
    auto anna = app.user("Anna");
    app.inject(testkit::fault::error(400, "Bad Request: no"));
    anna.sends("/open");
    CHECK(anna.is_in<parcel::refused>());
    CHECK(anna.last_reply().text() == "Telegram says: 400");
    CHECK(app.errors().empty());

    app.inject(testkit::fault::error(400, "Bad Request: no"));
    anna.sends("/close");
    CHECK(anna.is_in<parcel::refused>());  // as if the handler had returned it
}

TEST_CASE("an effect of an error handler that is refused is logged, and that is all") {
    testkit::app<parcel> app;
    auto anna = app.user("Anna");
    app.inject(testkit::fault::error(403, "Forbidden: bot was blocked by the user").times(9));
    anna.sends("/open");
    CHECK(anna.is_in<parcel::refused>());
    CHECK(app.calls("sendMessage").size() == 2);
    REQUIRE(app.errors().size() == 2);
    CHECK(app.errors()[1].find("error handler failed") != std::string::npos);
    CHECK(app.in_flight() == 0);
}

// ---- error handlers that fail ----

namespace {

struct clumsy {
    struct here {
        int count = 0;
    };
    static here start() { return {}; }
    static stay stumble(here& mine) {
        ++mine.count;
        throw declined{1};
    }
    static stay stumble_late(here& mine) {
        ++mine.count;
        throw std::runtime_error("stumbled");
    }
    static end leave(context& ctx) {
        ctx.reply("Left.");
        return {};
    }
    static end drop(context& ctx, const declined&) {
        ctx.reply("never said");
        throw std::logic_error("dropped");
    }
    static task<end> drop_late(bot& api) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        throw std::logic_error("dropped late");
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<here>(on(command<"one">, stumble), on(command<"two">, stumble_late),
                                        on(callback<"one">, stumble), after(10min, leave)),
                            on_error(drop), on_error(drop_late));
    }
};

}  // namespace

TEST_CASE("an error handler that throws changes nothing, and both errors are logged") {
    testkit::app<clumsy> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.sends("/one");
    REQUIRE(app.errors().size() == 2);
    CHECK(app.errors()[0].find("declined") != std::string::npos);
    CHECK(app.errors()[1].find("dropped") != std::string::npos);
    anna.sends("/two");
    app.advance(2s);
    REQUIRE(app.errors().size() == 4);
    CHECK(app.errors()[2].find("stumbled") != std::string::npos);
    CHECK(app.errors()[3].find("dropped late") != std::string::npos);
    anna.presses_data("one");
    CHECK(app.calls("answerCallbackQuery").size() == 1);
    CHECK(app.calls("sendMessage").empty());
    CHECK(anna.in<clumsy::here>().count == 0);
    CHECK(app.in_flight() == 0);
    app.advance(10min);
    CHECK(anna.last_reply().text() == "Left.");
    CHECK_FALSE(anna.in_conversation<clumsy>());
}

TEST_CASE("updates behind a failed one of the same key are not held up") {
    testkit::app<clumsy> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.sends("/two");
    anna.sends("/two");
    CHECK(app.in_flight() == 2);
    app.advance(3s);
    CHECK(app.in_flight() == 0);
    CHECK(app.errors().size() == 4);
    CHECK(anna.is_in<clumsy::here>());
}

// ---- nested conversations ----

namespace {

struct inner {
    struct asking {};
    static asking start() { return {}; }
    static next<finish<int>, stay> ask(matched<text> said) {
        fall(said.text());
        if (const auto value = said.as<int>()) return finish<int>{*value};
        return stay{};
    }
    static finish<int> guess(context& ctx, const declined& why) {
        ctx.reply("A guess.");
        return finish<int>{why.code};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"in">, start)),
                            state<asking>(on(text && !command<>, ask)), on_error(guess));
    }
};

struct outer {
    struct waiting {
        int last = 0;
    };
    struct hurt {};
    static waiting start() { return {}; }
    static waiting got(int value) {
        if (value == 13) throw std::out_of_range("unlucky");
        if (value == 14) throw declined{14};
        return {value};
    }
    static end leave() { return {}; }
    static hurt fallen(context& ctx, const failure& what) {
        ctx.reply(concat("Ouch: ", what.what));
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"out">, start)),
                            state<waiting>(nest<inner>(on_result<int>(got))),
                            state<hurt>(on(command<"leave">, leave)),
                            fallbacks(on(command<"leave">, leave)), on_error(fallen));
    }
};

}  // namespace

TEST_CASE("a nested conversation's error handlers come before those around it") {
    testkit::app<outer> app;
    auto anna = app.user("Anna");
    anna.sends("/out");
    anna.sends("/in");
    SUBCASE("its own may finish it with a result") {
        anna.sends("declined");
        CHECK(anna.last_reply().text() == "A guess.");
        CHECK_FALSE(anna.in_conversation<inner>());
        CHECK(anna.in<outer::waiting>().last == 1);
    }
    SUBCASE("what it does not take goes to its parent's, which may end it") {
        anna.sends("range");
        CHECK(anna.last_reply().text() == "Ouch: out of range");
        CHECK(anna.is_in<outer::hurt>());
        CHECK_FALSE(anna.in_conversation<inner>());
    }
    SUBCASE("its own may lead to a result whose handler fails") {
        anna.sends("unlucky");
        CHECK(anna.last_reply().text() == "Ouch: unlucky");
        CHECK(anna.is_in<outer::hurt>());
    }
    SUBCASE("a result's handler is the parent's") {
        anna.sends("13");
        CHECK(anna.last_reply().text() == "Ouch: unlucky");
        CHECK(anna.is_in<outer::hurt>());
    }
    SUBCASE("a result's handler that throws what the child would take") {
        anna.sends("14");
        CHECK(anna.last_reply().text() == "Ouch: declined");
        CHECK(anna.is_in<outer::hurt>());
    }
    CHECK(app.errors().empty());
    CHECK(app.in_flight() == 0);
}

// ---- prompts ----

namespace {

struct shy {
    struct resting {};
    struct asking {
        static void prompt(context& ctx) {
            ctx.reply("Hm?");
            throw declined{5};
        }
    };
    struct sorry {};
    static resting start() { return {}; }
    static asking ask() { return {}; }
    static sorry explain(context& ctx, const declined&) {
        ctx.reply("I cannot ask.");
        return {};
    }
    static end leave() { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<resting>(on(command<"ask">, ask)),
                            state<asking>(on(command<"leave">, leave)),
                            state<sorry>(on(command<"leave">, leave)), on_error(explain));
    }
};

}  // namespace

TEST_CASE("a prompt's errors are its conversation's") {
    testkit::app<shy> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.sends("/ask");
    CHECK(anna.is_in<shy::sorry>());
    CHECK(anna.replies().size() == 1);
    CHECK(app.errors().empty());
}

static_assert(flow_edges<parcel>[3] == flow_edge{"", "refused", "unsaid", edge_kind::error});
