// The click counter example, played in the test kit.
#define main example_main
#include "../../examples/contexttypesbot.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

namespace {
using bot_under_test = testkit::app<group<everybody>, counter>;

bool holds(std::string_view where, std::string_view what) {
    return where.find(what) != std::string_view::npos;
}
}  // namespace

TEST_CASE("clicks belong to the message, whoever clicks") {
    bot_under_test app;
    const auto chat = app.group("Friends");
    auto anna = app.user("Anna").in_chat(chat), bob = app.user("Bob").in_chat(chat);
    anna.sends("/start");
    const auto first = anna.last_reply();
    CHECK(first.text() == "This button was clicked 0 times.");
    CHECK(app.calls().back().text("parse_mode") == "HTML");
    anna.presses("Click me!", first);
    bob.presses("Click me!", first);
    CHECK(bob.last_answer().answered);
    CHECK(anna.last_reply().text() == "This button was clicked 2 times.");
    CHECK(anna.last_reply().has_button("button"));
    bob.sends("/start");
    bob.presses("Click me!");
    CHECK(bob.last_reply().text() == "This button was clicked 1 times.");
    anna.presses_data("something else", first.message_id());
    CHECK(anna.last_reply().text() == "This button was clicked 3 times.");
    CHECK(app.errors().empty());
}

TEST_CASE("a message out of reach is not counted, the press is answered") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    const auto shown = anna.last_reply();
    anna.presses_data("button", shown.message_id(), true);
    CHECK(anna.last_answer().answered);
    CHECK(anna.chat_data<clicks>().of_message.empty());
    CHECK(app.calls("editMessageText").empty());
    CHECK(app.errors().empty());
}

TEST_CASE("everybody behind any update is remembered") {
    bot_under_test app;
    auto anna = app.user("Anna", {.id = 70001}), bob = app.user("Bob", {.id = 70002});
    auto carol = app.user("Carol", {.id = 70003});
    bob.asks_inline("anything");
    const auto channel = app.group("News", {.type = "channel"});
    app.telegram().post(channel, testkit::content::text("news"));
    carol.joins();
    app.settle();
    anna.sends("/print_users");
    for (const auto* id : {"70001", "70002"}) CHECK(holds(anna.last_reply().text(), id));
    CHECK(app.bot_data<audience>().users.size() >= 2);
    CHECK_FALSE(app.bot_data<audience>().users.contains(channel));
    const std::size_t calls = app.calls().size();
    anna.edits("/start");
    anna.edits("/print_users");
    CHECK(app.calls().size() == calls);
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<group<everybody>, counter>();
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}
