// PTB's rules R42 to R49: what a handler's return value does. tests/rules.md lists all rules.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace banter;

namespace {

struct inner {
    struct one {};
    struct two {};
    static one begin(context&) { return {}; }
    static two step(context&) { return {}; }
    static finish<int> done(context&) { return finish{1}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"inner">, begin)),
                            state<one>(on(command<"step">, step)),
                            state<two>(on(command<"done">, done)));
    }
};

struct talk {
    struct first {
        int count = 0;
    };
    struct second {
        int count = 0;
    };
    static next<first, end, stay> begin(context& ctx) {
        ctx.reply("begin");
        if (ctx.arguments() == "end") return end{};
        if (ctx.arguments() == "stay") return stay{};
        return first{};
    }
    static void hello(context& ctx) { ctx.reply("hello"); }
    static second step(first& here) { return {here.count + 1}; }
    static stay linger(first& here) {
        ++here.count;
        return {};
    }
    static void linger_too(first& here) { ++here.count; }
    static end stop(context& ctx) {
        ctx.reply("stop");
        return {};
    }
    static stay taken(second& here, int result) {
        here.count += 10 * result;
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, begin), on(command<"hello">, hello)),
                            state<first>(on(command<"step">, step), on(command<"linger">, linger),
                                         on(command<"void">, linger_too)),
                            state<second>(nest<inner>(on_result<int>(taken))),
                            fallbacks(on(command<"stop">, stop)), allow_reentry);
    }
};

}  // namespace

namespace rules {

/// A handler with these targets in a conversation of two states.
template <class Result>
struct returning {
    struct here {};
    static here begin(context& ctx);
    static Result step(context& ctx);
    static end stop(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, begin)),
                            state<here>(on(command<"step">, step), on(command<"stop">, stop)));
    }
};
struct of_nobody {};
template <class Result>
constexpr detail::check verdict_on = detail::verdict_of<returning<Result>>.failed;

}  // namespace rules
using rules::of_nobody, rules::verdict_on;

TEST_CASE("R42: a state that is returned is where the conversation is then") {
    testkit::app<talk> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    REQUIRE(anna.is_in<talk::first>());
    anna.sends("/step");
    CHECK_FALSE(anna.is_in<talk::first>());
    CHECK(anna.in<talk::second>().count == 1);
}

TEST_CASE("R43: a state that the conversation does not have cannot be returned") {
    using detail::check;
    static_assert(verdict_on<of_nobody> == check::c2);
    static_assert(verdict_on<next<stay, of_nobody>> == check::c2);
    static_assert(verdict_on<task<of_nobody>> == check::c2);
    static_assert(verdict_on<task<next<end, of_nobody>>> == check::c2);
    static_assert(verdict_on<next<stay, end>> == check::passed);
    static_assert(verdict_on<task<stay>> == check::passed);
}

TEST_CASE("R44: end removes the conversation; where none is going on it does nothing") {
    testkit::app<talk> app;
    auto anna = app.user("Anna");
    anna.sends("/begin end");
    CHECK_FALSE(anna.in_conversation<talk>());
    CHECK(anna.last_reply().text() == "begin");
    anna.sends("/begin");
    anna.sends("/stop");
    CHECK_FALSE(anna.in_conversation<talk>());
    anna.sends("/stop");  // nobody's now
    CHECK(anna.replies().size() == 3);
    anna.sends("/begin");
    CHECK(anna.is_in<talk::first>());
    CHECK(app.errors().empty());
}

TEST_CASE("R45: stay and void keep the state, and what the handler changed in it") {
    testkit::app<talk> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    anna.sends("/linger");
    anna.sends("/void");
    CHECK(anna.in<talk::first>().count == 2);
}

TEST_CASE("R46: an entry point that stays begins nothing") {
    testkit::app<talk> app;
    auto anna = app.user("Anna");
    anna.sends("/begin stay");
    CHECK_FALSE(anna.in_conversation<talk>());
    CHECK(anna.last_reply().text() == "begin");
    anna.sends("/hello");
    CHECK_FALSE(anna.in_conversation<talk>());
    CHECK(anna.last_reply().text() == "hello");
}

TEST_CASE("R47: a re-entry that stays keeps the state there was") {
    testkit::app<talk> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    anna.sends("/linger");
    anna.sends("/begin stay");
    CHECK(anna.in<talk::first>().count == 1);
    anna.sends("/step");
    anna.sends("/hello");
    CHECK(anna.in<talk::second>().count == 2);
}

TEST_CASE("R48: timeouts and waiting are no values that a handler could return") {
    using detail::check;
    static_assert(verdict_on<int> == check::c16_result);
    static_assert(verdict_on<bool> == check::c16_result);
    static_assert(verdict_on<next<stay, int>> == check::c16_result);
}

TEST_CASE("R49: what moves inside of a nested conversation leaves its parent where it is") {
    testkit::app<talk> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    anna.sends("/step");
    anna.sends("/inner");
    CHECK(anna.is_in<inner::one>());
    CHECK(anna.in<talk::second>().count == 1);
    anna.sends("/step");  // the child's, not that of another state of the parent
    CHECK(anna.is_in<inner::two>());
    CHECK(anna.in<talk::second>().count == 1);
    anna.sends("/done");
    CHECK(anna.in<talk::second>().count == 11);
}
