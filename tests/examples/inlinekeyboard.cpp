// The inlinekeyboard example, played in the test kit.
#define main example_main
#include "../../examples/inlinekeyboard.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

namespace {
using app_of_keyboard = testkit::app<inlinekeyboard>;
}  // namespace

TEST_CASE("three buttons; the one pressed is named, and the keyboard is gone") {
    app_of_keyboard app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    const auto rows = anna.last_reply().buttons();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].size() == 2);
    CHECK(rows[1].size() == 1);
    anna.presses("Option 2");
    CHECK(anna.last_reply().text() == "You chose 2.");
    CHECK(anna.last_reply().buttons().empty());
    CHECK(app.calls("answerCallbackQuery").size() == 1);
    CHECK(anna.replies().size() == 1);
    anna.sends("/help");
    CHECK(anna.replies().size() == 2);
    CHECK(app.errors().empty());
}

TEST_CASE("any data is named, whoever presses; what is no button is not taken") {
    app_of_keyboard app;
    const auto chat = app.group("Friends");
    auto anna = app.user("Anna").in_chat(chat);
    auto bert = app.user("Bert").in_chat(chat);
    anna.sends("/start");
    const auto shown = anna.last_reply();
    bert.presses("Option 3", shown);
    CHECK(anna.last_reply().text() == "You chose 3.");
    bert.presses_data("elsewhere", shown.message_id());
    CHECK(anna.last_reply().text() == "You chose elsewhere.");
    anna.sends("1");
    anna.sends("start");
    anna.edits("/start");
    CHECK(anna.replies().size() == 1);
    CHECK(app.errors().empty());
}

TEST_CASE("a second press changes nothing; a message that is too old cannot be edited; both are answered") {
    app_of_keyboard app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    const auto id = anna.last_reply().message_id();
    anna.presses("Option 1");
    anna.presses_data("1", id);
    CHECK(app.errors().empty());
    anna.presses_data("2", id, true);
    CHECK(app.errors().size() == 1);
    CHECK(app.calls("answerCallbackQuery").size() == 3);
    CHECK(anna.last_reply().text() == "You chose 1.");
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<inlinekeyboard>();
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}
