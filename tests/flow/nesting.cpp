// Conversations inside conversations: who gets an update, what a result does, what dies with what.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using namespace banter;

namespace {

struct person {
    std::string name;
};
struct stopped {};

/// The innermost: an age. It gives a number, or gives up.
struct ask_age {
    struct asking {};
    static asking start(context& ctx) {
        ctx.reply("How old?");
        return {};
    }
    static next<finish<int>, stay> age(context& ctx, matched<text> said) {
        const auto years = said.as<int>();
        if (!years) {
            ctx.reply("A number, please.");
            return stay{};
        }
        return finish<int>{*years};
    }
    static end quit(context& ctx) {
        ctx.reply("No age, then.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"age">, start)),
                            state<asking>(on(text && !command<>, age)),
                            fallbacks(on(command<"quit">, quit)));
    }
};

struct describe {
    struct menu {
        std::string name;
        int age = 0;
    };
    static menu start(context& ctx) {
        ctx.reply("Who?");
        return {};
    }
    static stay named(context& ctx, menu& here, matched<text> said) {
        here.name = said.text();
        ctx.reply("Named.");
        return {};
    }
    static next<menu, finish<person>> aged(context& ctx, menu& here, int years) {
        if (years == 13) throw std::runtime_error("unlucky");
        if (years > 120) return finish<person>{person{"Methuselah"}};
        ctx.reply("Aged.");
        here.age = years;
        return here;
    }
    static finish<person> done(context& ctx, const menu& here) {
        ctx.reply("Done.");
        return finish{person{here.name + " " + std::to_string(here.age)}};
    }
    static finish<stopped> stop(context& ctx) {
        ctx.reply("Stopped.");
        return finish{stopped{}};
    }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"describe">, start)),
            state<menu>(nest<ask_age>(on_result<int>(aged)), on(command<"done">, done),
                        on(text && !command<>, named)),
            fallbacks(on(command<"stop">, stop)));
    }
};

struct family {
    struct choosing {
        int people = 0;
        std::string last;
    };
    static choosing start(context& ctx) {
        ctx.reply("Begin.");
        return {};
    }
    static task<choosing> added(context& ctx, choosing& here, person&& who, bot& api) {
        auto pause = api.network().wait(std::chrono::seconds{1});
        co_await std::move(pause);
        here.people += 1;
        here.last = std::move(who.name);
        ctx.reply(banter::concat("Added ", here.last));
        co_return here;
    }
    static next<end, stay> left(context& ctx, const choosing& here) {
        if (here.people == 0) return stay{};
        ctx.reply("Bye.");
        return end{};
    }
    static void help(context& ctx) { ctx.reply("Help."); }
    static end cancel(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(
            globals(on(command<"help">, help)), entry_points(on(command<"family">, start)),
            state<choosing>(nest<describe>(on_result<person>(added), on_result<stopped>(left)),
                            on(text && !command<>, help)),
            fallbacks(on(command<"cancel">, cancel)));
    }
};

/// A nested conversation as the entry point: the one around it begins with the result.
struct at_once {
    struct known {
        int years;
    };
    static known aged(int years) { return {years}; }
    static end over(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(nest<ask_age>(on_result<int>(aged))),
                            state<known>(on(command<"over">, over)));
    }
};

/// Ends with its first message, if that says all.
struct ask_number {
    struct asking {};
    static next<asking, finish<int>> start(context& ctx) {
        if (const auto number = parse<int>(ctx.arguments())) return finish{*number};
        return asking{};
    }
    static finish<int> seven(context&) { return finish{7}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"number">, start)),
                            state<asking>(on(command<"seven">, seven)));
    }
};
struct doubled {
    struct negative {};
    static next<negative, finish<int>> twice(int number) {
        if (number < 0) return negative{};
        return finish{2 * number};
    }
    static end over(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(nest<ask_number>(on_result<int>(twice))),
                            state<negative>(on(command<"over">, over)));
    }
};
struct numbers {
    struct known {
        int number;
    };
    static task<known> got(int number, bot& api) {
        if (number == 24) throw std::runtime_error("two dozen");
        auto pause = api.network().wait(std::chrono::seconds{1});
        co_await std::move(pause);
        if (number == 26) throw std::runtime_error("unlucky");
        co_return known{number};
    }
    static end over(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(nest<doubled>(on_result<int>(got))),
                            state<known>(on(command<"over">, over)));
    }
};

}  // namespace

TEST_CASE("Three levels: a result goes outwards, what it leaves dies") {
    testkit::app<family> app;
    auto anna = app.user("Anna");
    anna.sends("/family");
    REQUIRE(anna.in_conversation<family>());
    anna.sends("/age");  // not before its parent is there
    CHECK_FALSE(anna.in_conversation<ask_age>());
    anna.sends("/describe");
    REQUIRE(anna.is_in<describe::menu>());
    anna.sends("Bert");
    CHECK(anna.in<describe::menu>().name == "Bert");
    anna.sends("/age");
    REQUIRE(anna.is_in<ask_age::asking>());
    CHECK(anna.last_reply().text() == "How old?");
    anna.sends("old");
    CHECK(anna.last_reply().text() == "A number, please.");
    anna.sends("/help");  // of the outermost
    CHECK(anna.last_reply().text() == "Help.");
    anna.sends("44");
    CHECK(anna.last_reply().text() == "Aged.");
    CHECK_FALSE(anna.in_conversation<ask_age>());
    CHECK(anna.in<describe::menu>().age == 44);
    anna.sends("/done");
    // One transition: what both handlers say is said when it is complete.
    CHECK(anna.last_reply().text() == "Aged.");
    app.advance(std::chrono::seconds{2});
    REQUIRE(anna.replies().size() >= 2);
    CHECK(anna.replies().end()[-2].text() == "Done.");
    CHECK(anna.last_reply().text() == "Added Bert 44");
    CHECK(anna.in<family::choosing>().people == 1);
    CHECK_FALSE(anna.in_conversation<describe>());
    anna.sends("text");
    CHECK(anna.last_reply().text() == "Help.");  // the parent's own rule, now that the child is over
    CHECK(app.errors().empty());
}

TEST_CASE("A result may lead on through several levels at once") {
    testkit::app<family> app;
    auto anna = app.user("Anna");
    anna.sends("/family");
    anna.sends("/describe");
    anna.sends("/age");
    anna.sends("969");
    app.advance(std::chrono::seconds{2});
    CHECK(anna.last_reply().text() == "Added Methuselah");
    CHECK_FALSE(anna.in_conversation<describe>());
    CHECK_FALSE(anna.in_conversation<ask_age>());
}

TEST_CASE("A child that ends leaves its parent where it is, and can begin again") {
    testkit::app<family> app;
    auto anna = app.user("Anna");
    anna.sends("/family");
    anna.sends("/describe");
    anna.sends("Bert");
    anna.sends("/age");
    anna.sends("/quit");
    CHECK_FALSE(anna.in_conversation<ask_age>());
    CHECK(anna.in<describe::menu>().name == "Bert");
    anna.sends("/age");
    CHECK(anna.is_in<ask_age::asking>());
    anna.sends("/stop");  // taken by the one in the middle: both inner ones are gone
    CHECK_FALSE(anna.in_conversation<ask_age>());
    CHECK_FALSE(anna.in_conversation<describe>());
    CHECK(anna.is_in<family::choosing>());
    anna.sends("/describe");
    CHECK(anna.in<describe::menu>().name.empty());  // nothing is left of the first
}

TEST_CASE("Nested conversations die with what they are nested in") {
    testkit::app<family> app;
    auto anna = app.user("Anna");
    anna.sends("/family");
    anna.sends("/describe");
    anna.sends("/age");
    anna.sends("/cancel");
    CHECK_FALSE(anna.in_conversation<family>());
    CHECK_FALSE(anna.in_conversation<ask_age>());
    anna.sends("/family");
    CHECK_FALSE(anna.in_conversation<describe>());
}

TEST_CASE("A handler for a result that fails leaves everything as it was") {
    testkit::app<family> app;
    auto anna = app.user("Anna");
    anna.sends("/family");
    anna.sends("/describe");
    anna.sends("/age");
    anna.sends("13");
    REQUIRE(app.errors().size() == 1);
    CHECK(app.errors()[0].find("describe::aged") != std::string::npos);
    CHECK(anna.is_in<ask_age::asking>());
    CHECK(anna.is_in<describe::menu>());
    anna.sends("14");
    CHECK(anna.in<describe::menu>().age == 14);
}

TEST_CASE("A nested conversation as an entry point") {
    testkit::app<at_once> app;
    auto anna = app.user("Anna");
    anna.sends("/age");
    CHECK(anna.in_conversation<at_once>());
    CHECK_FALSE(anna.is_in<at_once::known>());
    anna.sends("/quit");
    CHECK_FALSE(anna.in_conversation<at_once>());
    anna.sends("/age");
    anna.sends("7");
    CHECK(anna.in<at_once::known>().years == 7);
    anna.sends("/over");
    CHECK_FALSE(anna.in_conversation<at_once>());
}

TEST_CASE("A nested conversation whose entry point finishes at once") {
    testkit::app<numbers> app;
    auto anna = app.user("Anna");
    anna.sends("/number 7");
    app.advance(std::chrono::seconds{2});
    CHECK(anna.in<numbers::known>().number == 14);
    CHECK_FALSE(anna.in_conversation<doubled>());
    anna.sends("/over");
    CHECK_FALSE(anna.in_conversation<numbers>());
    anna.sends("/number -7");
    CHECK(anna.is_in<doubled::negative>());
    anna.sends("/over");
    CHECK_FALSE(anna.in_conversation<numbers>());
    CHECK(app.errors().empty());
}

TEST_CASE("Where its result cannot be handled, nothing has begun") {
    testkit::app<numbers> app;
    auto anna = app.user("Anna");
    anna.sends("/number 12");
    CHECK(app.errors().size() == 1);
    CHECK_FALSE(anna.in_conversation<numbers>());
    anna.sends("/number 13");
    app.advance(std::chrono::seconds{2});
    CHECK(app.errors().size() == 2);
    CHECK_FALSE(anna.in_conversation<numbers>());
    anna.sends("/number");  // one that had begun goes on
    anna.sends("/seven");
    app.advance(std::chrono::seconds{2});
    CHECK(anna.in<numbers::known>().number == 14);
}

TEST_CASE("Users do not meet") {
    testkit::app<family> app;
    auto anna = app.user("Anna");
    auto bert = app.user("Bert");
    anna.sends("/family");
    anna.sends("/describe");
    bert.sends("/family");
    CHECK_FALSE(bert.in_conversation<describe>());
    bert.sends("/describe");
    bert.sends("/age");
    CHECK_FALSE(anna.in_conversation<ask_age>());
}
