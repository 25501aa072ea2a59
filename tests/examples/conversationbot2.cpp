// The conversationbot2 example, played in the test kit.
#define main example_main
#include "../../examples/conversationbot2.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

namespace {
using bot_under_test = testkit::app<conversationbot2>;
using choosing = conversationbot2::choosing;
using typing_choice = conversationbot2::typing_choice;
using typing_reply = conversationbot2::typing_reply;

bool holds(const std::string& where, std::string_view what) {
    return where.find(what) != std::string::npos;
}
}  // namespace

TEST_CASE("facts are told by category, and all come back") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    const auto keyboard = anna.reply_keyboard();
    REQUIRE(keyboard.size() == 3);
    CHECK(keyboard[1][1].label == "Something else...");
    CHECK(app.calls("sendMessage")[0].text("reply_markup.one_time_keyboard") == "true");
    anna.presses("Age");
    CHECK(holds(anna.last_reply().text(), "Your age?"));
    anna.sends("old");
    anna.presses("Something else...");
    CHECK(anna.is_in<typing_choice>());
    anna.sends("ÜBUNG");
    CHECK(holds(anna.last_reply().text(), "Your übung?"));
    anna.sends("none");
    CHECK(holds(anna.last_reply().text(), "\nAge: old\nÜBUNG: none\n"));
    // A changed fact keeps its place.
    anna.presses("Age");
    anna.sends("very old");
    CHECK(holds(anna.last_reply().text(), "\nAge: very old\nÜBUNG: none\n"));
    anna.presses("Done");
    CHECK(holds(anna.last_reply().text(), "\nAge: very old\nÜBUNG: none\n"));
    CHECK(app.calls("sendMessage").back().text("reply_markup.remove_keyboard") == "true");
    CHECK_FALSE(anna.in_conversation<conversationbot2>());
    anna.sends("/start");
    anna.presses("Done");
    CHECK_FALSE(holds(anna.last_reply().text(), "old"));
    CHECK(app.errors().empty());
}

TEST_CASE("what fits no state does nothing; Done is known everywhere, and only as a whole") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("Done");
    CHECK(anna.replies().empty());
    anna.sends("/start");
    for (const char* other : {"age", "Age ", "hello", "Done it", "/start", "/cancel"}) {
        CAPTURE(other);
        anna.sends(other);
        CHECK(anna.replies().size() == 1);
        CHECK(anna.is_in<choosing>());
    }
    anna.sends_sticker();
    anna.sends("Something elseabc");
    CHECK(anna.is_in<typing_choice>());
    anna.sends("choice");  // a name like any other
    anna.sends("Age");     // a value now
    CHECK(holds(anna.last_reply().text(), "choice: Age"));
    anna.sends("Number of siblings\n");  // Python's $ is before a last newline, too
    CHECK(anna.in<typing_reply>().category == "Number of siblings\n");
    anna.sends("Done\n");
    CHECK_FALSE(anna.in_conversation<conversationbot2>());
    CHECK(app.errors().empty());
}

TEST_CASE("an edited text changes nothing") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.sends("Age");
    anna.edits("Favourite colour");
    anna.edits("Done");
    CHECK(anna.in<typing_reply>().category == "Age");
    CHECK(anna.replies().size() == 2);
}

TEST_CASE("every member of a group has a conversation; facts go with their user through all chats") {
    bot_under_test app;
    const auto chat = app.group("Friends");
    auto anna = app.user("Anna");
    auto anna_there = anna.in_chat(chat);
    auto bert_there = app.user("Bert").in_chat(chat);
    anna_there.sends("/start");
    bert_there.sends("Age");
    CHECK_FALSE(bert_there.in_conversation<conversationbot2>());
    const auto asked = anna_there.sends("Age");
    CHECK(anna_there.last_reply().replies_to() == asked);
    anna.sends("/start");
    anna.sends("Favourite colour");
    anna.sends("blue");
    CHECK(anna_there.in<typing_reply>().category == "Age");
    anna.sends("Done");
    // There, the question still stands.
    anna_there.sends("seven");
    CHECK(holds(anna_there.last_reply().text(), "Age: seven"));
    CHECK_FALSE(holds(anna_there.last_reply().text(), "blue"));
    CHECK(app.errors().empty());
}

TEST_CASE("a message has an end: long texts are refused, many facts are cut") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.sends("Age");
    anna.sends(std::string(201, 'x'));
    CHECK(anna.is_in<typing_reply>());
    anna.sends(std::string(200, 'x'));
    for (char c = 'a'; c != 'z'; ++c) {
        anna.sends("Something else...");
        anna.sends(std::string(200, c));
        anna.sends(std::string(200, c));
    }
    CHECK(anna.is_in<choosing>());
    CHECK(holds(anna.last_reply().text(), "..."));
    CHECK(app.errors().empty());
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<conversationbot2>();
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}
