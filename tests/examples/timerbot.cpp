// The timer example, played in the test kit.
#define main example_main
#include "../../examples/timerbot.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

using namespace std::chrono_literals;

namespace {
using bot_under_test = testkit::app<clock_bot>;

bool holds(std::string_view where, std::string_view what) {
    return where.find(what) != std::string_view::npos;
}
}  // namespace

TEST_CASE("a timer is set, replaced, stopped, and rings once") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    CHECK(holds(anna.last_reply().text(), "/set"));
    anna.sends("/set 30 and more");
    CHECK(anna.last_reply().text() == "The timer is set.");
    anna.sends("/set 40");
    CHECK(anna.last_reply().text() == "The timer is set; the one before is gone.");
    app.advance(35s);
    CHECK(anna.replies().size() == 3);
    app.advance(6s);
    CHECK(holds(anna.last_reply().text(), "40.0"));
    CHECK(anna.replies().size() == 4);
    anna.sends("/unset");
    CHECK(anna.last_reply().text() == "There is no timer here.");
    anna.sends("/set 10");
    anna.sends("/unset");
    CHECK(anna.last_reply().text() == "The timer is stopped.");
    const std::size_t replies = anna.replies().size();
    app.advance(20s);
    CHECK(anna.replies().size() == replies);
    CHECK(app.errors().empty());
}

TEST_CASE("how the seconds may be written, and how they come back") {
    struct form {
        const char* typed;
        const char* written;
    };
    for (const form& one : {form{"0.5", "0.5"}, form{"1e1", "10.0"}, form{"+2.5", "2.5"},
                            form{"-0.0", "-0.0"}, form{"0", "0.0"}, form{"1_0", "10.0"},
                            form{"٣", "3.0"}, form{".25", "0.25"}, form{"5.", "5.0"},
                            form{"0.0002", "0.0002"}, form{"100000", "100000.0"}}) {
        CAPTURE(one.typed);
        bot_under_test app;
        auto anna = app.user("Anna");
        anna.sends(concat("/set ", one.typed));
        app.advance(100001s);
        CHECK(anna.replies().size() == 2);
        bool rang = false;
        for (const auto& said : anna.replies()) rang = rang || holds(said.text(), concat(' ', one.written, ' '));
        CHECK(rang);
    }
}

TEST_CASE("what is no time is refused, and the timer that runs is left alone") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/set 30");
    for (const char* bad : {"", "soon", "1,5", "nan", "inf", "1e300", "1__0", "0x10"}) {
        CAPTURE(bad);
        anna.sends(concat("/set ", bad));
        CHECK(anna.last_reply().text() == "Usage: /set <seconds>");
    }
    anna.sends("/set -1");
    CHECK(holds(anna.last_reply().text(), "past"));
    app.advance(31s);
    CHECK(holds(anna.last_reply().text(), "30.0"));
    anna.sends("/set 1e11");  // after the end of the system's clock
    CHECK(anna.last_reply().text() == "The timer is set.");
    CHECK(app.errors().empty());
}

TEST_CASE("a chat has one timer, whoever sets it; chats do not share theirs") {
    bot_under_test app;
    const auto chat = app.group("Friends");
    auto anna = app.user("Anna"), bob = app.user("Bob");
    anna.in_chat(chat).sends("/set 30");
    anna.sends("/set 50");
    CHECK(anna.last_reply().text() == "The timer is set.");
    bob.in_chat(chat).sends("/set 20");
    CHECK(holds(bob.in_chat(chat).last_reply().text(), "the one before is gone"));
    app.advance(25s);
    const auto ring = app.calls().back();
    CHECK(ring.integer("chat_id") == chat);
    CHECK_FALSE(ring.has("reply_parameters"));
    const auto calls = app.calls().size();
    app.advance(20s);
    CHECK(app.calls().size() == calls);
    bob.in_chat(chat).sends("/unset");
    CHECK(bob.in_chat(chat).last_reply().text() == "There is no timer here.");
    app.advance(10s);
    CHECK(holds(anna.last_reply().text(), "50.0"));
}

TEST_CASE("edited messages set a timer, but do not stop one") {
    bot_under_test app;
    auto anna = app.user("Anna");
    const auto written = anna.sends("hello");
    anna.edits("/set 30", written);
    CHECK(anna.last_reply().text() == "The timer is set.");
    anna.edits("/unset", written);
    CHECK(anna.replies().size() == 1);
    app.advance(31s);
    CHECK(holds(anna.last_reply().text(), "30.0"));
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<clock_bot>({.texts = {"/set 5"}});
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}
