// The inlinekeyboard2 example, played in the test kit.
#define main example_main
#include "../../examples/inlinekeyboard2.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {
using bot_under_test = testkit::app<inlinekeyboard2>;
using start_routes = inlinekeyboard2::start_routes;
using end_routes = inlinekeyboard2::end_routes;

/// The data of all buttons, in order.
std::string data_of(const testkit::sent_message& shown) {
    std::string all;
    for (const auto& one : shown.buttons())
        for (const auto& at : one) all += at.value;
    return all;
}
}  // namespace

TEST_CASE("a menu that edits one message") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    CHECK(data_of(anna.last_reply()) == "01");
    const auto goes = [&](const char* pressed, const char* shown) {
        CAPTURE(pressed);
        anna.presses_data(pressed, anna.last_reply().message_id());
        CHECK(data_of(anna.last_reply()) == shown);
    };
    goes("0", "23");
    goes("3", "12");
    goes("1", "02");
    CHECK(anna.is_in<start_routes>());
    goes("2", "01");
    CHECK(anna.is_in<end_routes>());
    goes("0", "01");
    CHECK(anna.is_in<start_routes>());
    goes("2", "01");
    goes("1", "");
    CHECK_FALSE(anna.in_conversation<inlinekeyboard2>());
    CHECK(anna.replies().size() == 1);
    CHECK(app.errors().empty());
}

TEST_CASE("/start in the middle: a new message; buttons of the old one count by their data") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    const auto old = anna.last_reply();
    anna.presses_data("2", old.message_id());
    CHECK(anna.is_in<end_routes>());
    anna.sends("/start");
    CHECK(anna.is_in<start_routes>());
    CHECK(anna.replies().size() == 2);
    anna.presses_data("1", old.message_id());
    CHECK(anna.is_in<start_routes>());
    CHECK(data_of(anna.replies()[0]) == "02");
    CHECK(data_of(anna.replies()[1]) == "01");
}

TEST_CASE("dead buttons are answered and do nothing") {
    bot_under_test app;
    const auto chat = app.group("Friends");
    auto anna = app.user("Anna").in_chat(chat);
    auto bert = app.user("Bert").in_chat(chat);
    anna.sends("/start");
    const auto shown = anna.last_reply();
    bert.presses_data("0", shown.message_id());  // in no state
    anna.presses_data("4", shown.message_id());  // in none of the states
    anna.sends("0");
    CHECK(data_of(anna.last_reply()) == "01");
    anna.presses_data("2", shown.message_id());
    anna.presses_data("3", shown.message_id());  // in another state
    CHECK(anna.is_in<end_routes>());
    bert.sends("/start");
    bert.presses_data("0", shown.message_id());
    CHECK(data_of(anna.replies()[0]) == "23");
    CHECK(anna.is_in<end_routes>());
    CHECK(app.calls("answerCallbackQuery").size() == 5);
    CHECK(app.errors().empty());
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<inlinekeyboard2>();
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
    // After /start they work again.
    for (const auto& one : report.dead_buttons) CHECK(one.where == "outside");
}
