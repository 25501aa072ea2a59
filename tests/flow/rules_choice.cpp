// PTB's rules R37 to R41: which handler of a conversation takes an update. tests/rules.md lists all
// rules.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace banter;
using namespace std::chrono_literals;

namespace {

template <bool Reentry>
struct talk {
    struct first {
        int count = 0;
    };
    struct second {};

    static first begin(context& ctx) {
        ctx.reply("begin");
        return {};
    }
    static void early(context& ctx) { ctx.reply("early"); }
    static void late(context& ctx) { ctx.reply("late"); }
    static second go_on(context& ctx) {
        ctx.reply("second");
        return {};
    }
    static end fall(context& ctx) {
        ctx.reply("fallback one");
        return {};
    }
    static stay fall_too(context& ctx) {
        ctx.reply("fallback two");
        return {};
    }
    static constexpr auto parts(auto... more) {
        return conversation(
            entry_points(on(command<"begin"> || regex<"^begin">, begin),
                         on(regex<"begin">, late)),
            state<first>(on(regex<"^a">, early), on(regex<"^.b">, late), on(command<"on">, go_on)),
            state<second>(), fallbacks(on(regex<"stop">, fall), on(text, fall_too)), more...);
    }
    static constexpr auto flow() {
        if constexpr (Reentry)
            return parts(allow_reentry);
        else
            return parts();
    }
};
using once = talk<false>;
using again = talk<true>;

template <class Bot>
std::string said_to(testkit::app<Bot>& app, auto& user, std::string_view words) {
    const std::size_t before = app.calls().size();
    user.sends(words);
    return app.calls().size() == before ? std::string() : user.last_reply().text();
}

}  // namespace

TEST_CASE("R37: outside of a conversation only entry points are tried, in their order") {
    testkit::app<once> app;
    auto anna = app.user("Anna");
    const auto says = [&](std::string_view words) { return said_to(app, anna, words); };
    CHECK(says("stop") == "");   // a fallback
    CHECK(says("abc") == "");    // a state's
    CHECK(says("the beginning") == "late");  // the second entry point, which stays
    CHECK_FALSE(anna.in_conversation<once>());
    CHECK(says("beginning") == "begin");     // both fit: the first
    CHECK(anna.in_conversation<once>());
}

TEST_CASE("R38: inside, without allow_reentry, entry points are not tried") {
    testkit::app<once> app;
    auto anna = app.user("Anna");
    const auto says = [&](std::string_view words) { return said_to(app, anna, words); };
    says("/begin");
    says("/on");
    REQUIRE(anna.is_in<once::second>());
    CHECK(says("/begin") == "fallback two");
    CHECK(anna.is_in<once::second>());
}

TEST_CASE("R39: with allow_reentry entry points come before the state's handlers") {
    testkit::app<again> app;
    auto anna = app.user("Anna");
    const auto says = [&](std::string_view words) { return said_to(app, anna, words); };
    says("/begin");
    says("/on");
    REQUIRE(anna.is_in<again::second>());
    CHECK(says("/begin") == "begin");
    CHECK(anna.is_in<again::first>());
    CHECK(says("a beginning") == "late");  // an entry point, and the state's first handler would fit
    CHECK(says("a") == "early");
}

TEST_CASE("R40: the state's handlers, then fallbacks, each in order; what is left changes nothing") {
    testkit::app<once> app;
    auto anna = app.user("Anna");
    const auto says = [&](std::string_view words) { return said_to(app, anna, words); };
    says("/begin");
    CHECK(says("ab") == "early");
    CHECK(says("bb") == "late");
    CHECK(says("cc") == "fallback two");
    CHECK(says("a stop") == "early");       // before any fallback
    const std::size_t calls = app.calls().size();
    anna.sends_photo();                     // nobody's
    CHECK(app.calls().size() == calls);
    CHECK(anna.is_in<once::first>());
    CHECK(says("/on") == "second");
    CHECK(says("ab") == "fallback two");    // a state without handlers of its own
    CHECK(says("stop") == "fallback one");
    CHECK_FALSE(anna.in_conversation<once>());
}

namespace {
struct slowly {
    struct here {
        int count = 0;
    };
    static here begin(context&) { return {}; }
    static task<here> work(here& at, bot& api) {
        auto pause = api.network().wait(10s);
        co_await std::move(pause);
        co_return here{at.count + 1};
    }
    static end gone(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, begin)),
                            state<here>(on(command<"work">, work), after(1min, gone)));
    }
};
}  // namespace

TEST_CASE("R41: looking for a handler changes nothing: not the state, not its time") {
    testkit::app<slowly> app;
    auto anna = app.user("Anna");
    anna.sends("/begin");
    anna.sends("/work");
    anna.sends("nobody's");  // behind the one in work
    CHECK(anna.in<slowly::here>().count == 0);
    app.advance(10s);
    CHECK(anna.in<slowly::here>().count == 1);
    app.advance(59s);
    for (int i = 0; i != 5; ++i) anna.sends("nobody's");
    CHECK(anna.in<slowly::here>().count == 1);
    app.advance(2s);
    CHECK_FALSE(anna.in_conversation<slowly>());
}

TEST_CASE("A pattern takes the whole of a button's data, not its beginning") {
    struct buttons {
        static void one(context& ctx) { ctx.reply("one"); }
        static void others(context& ctx) { ctx.reply("others"); }
        static constexpr auto flow() {
            return handlers(on(callback<"one">, one), on(callback<>, others));
        }
    };
    testkit::app<buttons> app;
    auto anna = app.user("Anna");
    anna.presses_data("one_more");  // PTB: one
    CHECK(anna.last_reply().text() == "others");
    anna.presses_data("one");
    CHECK(anna.last_reply().text() == "one");
}
