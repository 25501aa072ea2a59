// `back`: to the state before, with the data it had then.
#include <banter/flow/diagram.hpp>
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct undone {};

/// A form of three questions, as one would write it by hand.
struct signup {
    struct name {
        static void prompt(context& ctx) { ctx.reply("Your name?"); }
    };
    struct age {
        std::string name;
        int asked = 0;
        static void prompt(context& ctx, age& here) {
            ++here.asked;
            if (here.name == "broken!") throw std::runtime_error("broken prompt");
            ctx.reply(concat("Your age, ", here.name, '?'));
        }
    };
    struct town {
        std::string name;
        int years;
        static void prompt(context& ctx) { ctx.reply("Your town?"); }
    };

    static name start(context&) { return {}; }
    static age named(matched<text> said) { return {std::string(said)}; }
    static next<town, age, stay> aged(context& ctx, age& here, matched<text> said) {
        if (said.text() == "again") return here;
        const auto years = said.as<int>();
        if (!years) {
            ctx.reply("A number, please.");
            return stay{};
        }
        std::string name = here.name;
        here.name += '!';  // what was done to the data stays with it
        return town{std::move(name), *years};
    }
    static task<next<back, end>> towned(context& ctx, bot& api, matched<text> said) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        if (said.text() == "back") co_return back{};
        ctx.reply("Thank you.");
        co_return end{};
    }
    static back undo(context& ctx) {
        ctx.reply("Back.");
        return {};
    }
    static back undo_by_event(undone) { return {}; }
    static back too_slow(context&) { return {}; }
    static end cancel(context&) { return {}; }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"form">, start)),
            state<name>(on(text && !command<>, named)),
            state<age>(on(text && !command<>, aged)),
            state<town>(on(text && !command<>, towned), after(10min, too_slow)),
            fallbacks(on(command<"back">, undo), on_event<undone>(undo_by_event),
                      on(command<"cancel">, cancel)),
            allow_reentry);
    }
};

std::vector<std::string> texts_of(const testkit::actor& user) {
    std::vector<std::string> out;
    for (const auto& one : user.replies()) out.emplace_back(one.text());
    return out;
}
using texts = std::vector<std::string>;

/// Two states, to and fro.
struct pendulum {
    struct left {
        int n = 0;
    };
    struct right {
        int n = 0;
    };
    static left start(context&) { return {}; }
    static right swing_right(const left& here) { return {here.n + 1}; }
    static left swing_left(const right& here) { return {here.n + 1}; }
    static back undo(context&) { return {}; }
    static end stop(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<left>(on(text && !command<>, swing_right)),
                            state<right>(on(text && !command<>, swing_left)),
                            globals(on(command<"undo">, undo), on(command<"stop">, stop)));
    }
};

/// What is nested has a past of its own.
struct inner {
    struct first {};
    struct second {};
    static first start(context&) { return {}; }
    static second on_to_second(context&) { return {}; }
    static back undo(context&) { return {}; }
    static finish<back> leave(context&) { return finish{back{}}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"in">, start)),
                            state<first>(on(photo, on_to_second)),
                            state<second>(on(command<"leave">, leave)),
                            fallbacks(on(command<"undo">, undo)));
    }
};
struct outer {
    struct menu {};
    struct submenu {
        int visits = 0;
    };
    static menu start(context&) { return {}; }
    static submenu choose(context&) { return {1}; }
    static back left(context&, back) { return {}; }
    static end stop(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"out">, start)),
                            state<menu>(on(command<"sub">, choose)),
                            state<submenu>(nest<inner>(on_result<back>(left))),
                            fallbacks(on(command<"stop">, stop)));
    }
};

}  // namespace

TEST_CASE("back leads to the state before, with its data, and its prompt is run") {
    testkit::app<signup> app;
    auto anna = app.user("Anna");
    anna.sends("/form");
    anna.sends("Anna");
    anna.sends("30");
    REQUIRE(anna.is_in<signup::town>());
    anna.sends("back");  // a coroutine's, which waits
    app.advance(1s);
    REQUIRE(anna.is_in<signup::age>());
    CHECK(anna.in<signup::age>().name == "Anna!");  // as the handler left it
    CHECK(anna.in<signup::age>().asked == 2);
    CHECK(texts_of(anna) ==
          texts{"Your name?", "Your age, Anna?", "Your town?", "Your age, Anna!?"});
    anna.sends("/back");
    CHECK(anna.is_in<signup::name>());
    CHECK(anna.last_reply().text() == "Your name?");
    CHECK(anna.replies()[4].text() == "Back.");  // what the handler said comes first
    CHECK(app.errors().empty());
}

TEST_CASE("Where nothing is before, back stays: outside of the past there is none") {
    testkit::app<signup> app;
    auto anna = app.user("Anna");
    anna.sends("/form");
    anna.sends("/back");
    CHECK(anna.is_in<signup::name>());
    CHECK(texts_of(anna) == texts{"Your name?", "Back."});  // to stay is not to enter
    anna.sends("Anna");
    anna.sends("/form");  // an entry point begins anew
    anna.sends("/back");
    CHECK(anna.is_in<signup::name>());
    anna.sends("Bob");
    anna.sends("again");  // the same state is no step
    anna.sends("again");
    anna.sends("/back");
    CHECK(anna.is_in<signup::name>());
    anna.sends("/cancel");
    anna.sends("/form");
    anna.sends("/back");
    CHECK(anna.is_in<signup::name>());
}

TEST_CASE("A timeout and an event lead back as well; the timeouts of the state begin anew") {
    testkit::app<signup> app;
    auto anna = app.user("Anna");
    anna.sends("/form");
    anna.sends("Anna");
    anna.sends("30");
    app.advance(10min);
    CHECK(anna.is_in<signup::age>());
    anna.sends("31");
    app.advance(9min);
    CHECK(anna.in<signup::town>().years == 31);
    anna.receives<signup>(undone{});
    CHECK(anna.is_in<signup::age>());
    anna.receives<signup>(undone{});
    CHECK(anna.is_in<signup::name>());
    anna.receives<signup>(undone{});
    CHECK(anna.is_in<signup::name>());
    app.advance(60min);
    CHECK(anna.is_in<signup::name>());
}

TEST_CASE("If the prompt throws, the conversation stays, and so does its past") {
    testkit::app<signup> app;
    auto anna = app.user("Anna");
    anna.sends("/form");
    anna.sends("broken");
    anna.sends("30");
    anna.sends("/back");
    CHECK(anna.in<signup::town>().name == "broken");
    anna.sends("/back");  // is still there to go back to
    CHECK(anna.in<signup::town>().name == "broken");
    CHECK(app.errors().size() == 2);
    CHECK(anna.last_reply().text() == "Your town?");  // what the handler said went with it
}

TEST_CASE("The past is bounded: the oldest states are forgotten") {
    testkit::app<pendulum> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    for (int i = 0; i != 40; ++i) anna.sends("swing");
    REQUIRE(anna.in<pendulum::left>().n == 40);
    for (int i = 1; i <= most_steps_back; ++i) {
        anna.sends("/undo");
        if (i % 2 == 0) CHECK(anna.in<pendulum::left>().n == 40 - i);
        else CHECK(anna.in<pendulum::right>().n == 40 - i);
    }
    anna.sends("/undo");  // nothing is left
    CHECK(anna.in<pendulum::left>().n == 40 - most_steps_back);
    anna.sends("swing");  // and on from there
    anna.sends("/undo");
    CHECK(anna.in<pendulum::left>().n == 40 - most_steps_back);
}

TEST_CASE("What is nested goes back in its own past; its result may lead the parent back") {
    testkit::app<outer> app;
    auto anna = app.user("Anna");
    anna.sends("/out");
    anna.sends("/sub");
    anna.sends("/in");
    anna.sends("/undo");  // nothing before: the parent does not move
    CHECK(anna.is_in<inner::first>());
    CHECK(anna.is_in<outer::submenu>());
    anna.sends_photo();
    anna.sends("/undo");
    CHECK(anna.is_in<inner::first>());
    anna.sends_photo();
    anna.sends("/leave");
    CHECK_FALSE(anna.in_conversation<inner>());
    CHECK(anna.is_in<outer::menu>());
    CHECK(app.errors().empty());
}

TEST_CASE("Flows without back keep no past") {
    struct plain {
        struct only {
            long data;
        };
        static only start(context&) { return {0}; }
        static end stop(context&) { return {}; }
        static constexpr auto flow() {
            return conversation(entry_points(on(command<"start">, start)),
                                state<only>(on(command<"stop">, stop)));
        }
    };
    static_assert(sizeof(detail::session<plain>) ==
                  sizeof(std::variant<std::monostate, plain::only>));
    static_assert(sizeof(detail::session<pendulum>) >
                  sizeof(std::variant<std::monostate, pendulum::left>));
}

TEST_CASE("Ways back stand in descriptions and diagrams, and are explored") {
    using edge = flow_edge;
    static_assert(flow_edges<pendulum>[3] == edge{"", "back", "undo", edge_kind::global});
    const std::string drawn = to_mermaid<signup>();
    INFO(drawn);
    CHECK(drawn.find("town --> age : text and not a command (back)") != std::string::npos);
    CHECK(to_dot<pendulum>().find("back") != std::string::npos);
    const auto found = testkit::explore<signup>(
        {.texts = {"back", "again", "30"}});
    INFO(found.to_string());
    CHECK(found.all_edges());
    const auto nested = testkit::explore<outer>();
    INFO(nested.to_string());
    CHECK(nested.ok());
    CHECK(nested.all_edges());
}

// ---- checks ----

namespace {
// The only way out of `second` is back to `first`, which ends.
struct out_by_back {
    struct first {};
    struct second {};
    static first start(context&) { return {}; }
    static next<second, end> go(context&, matched<text>) { return end{}; }
    static back undo(context&, matched<text>) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<first>(on(text, go)), state<second>(on(text, undo)));
    }
};
static_assert(verify<out_by_back>);
}  // namespace
