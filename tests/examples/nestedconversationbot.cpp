// The nestedconversationbot example, played in the test kit. More about its levels: flow/nested_example.cpp.
#define main example_main
#include "../../examples/nestedconversationbot.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

namespace {
using bot_under_test = testkit::app<family>;

void press_all(bot_under_test::user_of_app& user, std::initializer_list<const char*> labels) {
    for (const char* label : labels) user.presses(label);
}
}  // namespace

TEST_CASE("a register is filled by three levels, and shown") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    CHECK(anna.replies().size() == 2);
    press_all(anna, {"Add yourself", "Add info", "Name"});
    anna.sends("Anna");
    anna.presses("Age");
    anna.sends("31");
    anna.presses("Done");
    CHECK(anna.is_in<family::selecting_action>());
    press_all(anna, {"Add family member", "Add parent", "Add Mother", "Age"});
    anna.sends("60");
    anna.presses("Age");
    anna.sends("61");  // overwrites
    press_all(anna, {"Done", "Add child", "Add Brother", "Done", "Show data"});
    CHECK(anna.last_reply().text() ==
          "You:\nAnna, 31\nYour parents:\nMother: -, 61\nYour siblings:\nBrother: -, -");
    press_all(anna, {"Back", "Done"});
    CHECK_FALSE(anna.in_conversation<family>());
    // The register outlives the conversation.
    anna.sends("/start");
    press_all(anna, {"Add yourself", "Add info", "Done", "Show data"});
    CHECK(anna.last_reply().text().starts_with("You:\nAnna, 31\n-, -\n"));
    CHECK(app.errors().empty());
}

TEST_CASE("/stop says goodbye once; while one describes oneself the menu waits for /start") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/stop");
    CHECK(anna.replies().empty());
    anna.sends("/start");
    press_all(anna, {"Add family member", "Add child", "Add Sister", "Name"});
    const std::size_t before = anna.replies().size();
    anna.sends("/stop");
    CHECK(anna.replies().size() == before + 1);
    CHECK_FALSE(anna.in_conversation<family>());

    anna.sends("/start");
    press_all(anna, {"Add yourself", "Add info"});
    anna.sends("/stop");
    CHECK(anna.is_in<family::stopping>());
    CHECK_FALSE(anna.in_conversation<describing>());
    anna.sends("/start");
    CHECK(anna.is_in<family::selecting_action>());
}

TEST_CASE("after Show data and /stop, /start greets again, here and elsewhere") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.presses("Show data");
    auto there = anna.in_chat(app.group("Family"));
    there.sends("/start");
    CHECK(there.replies().size() == 2);
    anna.sends("/stop");
    const std::size_t before = anna.replies().size();
    anna.sends("/start");
    CHECK(anna.replies().size() == before + 2);
    CHECK(app.errors().empty());
}

TEST_CASE("old buttons: Done ends the person also while a text is awaited; others leave nothing behind") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    const auto menu = anna.last_reply().message_id();
    press_all(anna, {"Add family member", "Add parent", "Add Father", "Name"});
    anna.presses_data("\t", menu);  // Show data, of the level around
    CHECK(anna.is_in<family::showing>());
    CHECK_FALSE(anna.in_conversation<describing>());
    press_all(anna, {"Back", "Add yourself", "Add info", "Name"});
    anna.presses_data("-1", menu);
    CHECK(anna.is_in<family::selecting_action>());
    anna.presses("Show data");
    CHECK(anna.last_reply().text().starts_with("You:\n-, -\n"));
    CHECK(app.errors().empty());
}

TEST_CASE("what fits no state does nothing; a long text is refused") {
    bot_under_test app;
    const auto chat = app.group("Family");
    auto anna = app.user("Anna").in_chat(chat);
    auto bert = app.user("Bert").in_chat(chat);
    anna.sends("/start");
    const std::size_t before = anna.replies().size();
    anna.sends("hello");
    anna.sends("/start");
    anna.sends_sticker();
    bert.presses_data("\t", anna.last_reply().message_id());
    anna.presses_data("elsewhere", anna.last_reply().message_id());
    CHECK(anna.is_in<family::selecting_action>());
    press_all(anna, {"Add yourself", "Add info", "Name"});
    anna.edits("Anna");
    anna.sends("/cancel");
    CHECK(anna.replies().size() == before);
    anna.sends(std::string(101, 'x'));
    CHECK(anna.is_in<describing::typing>());
    CHECK(app.errors().empty());
}

TEST_CASE("explored: nothing fails, every handler runs") {
    const auto report = testkit::explore<family>();
    INFO(report.to_string());
    CHECK(report.failures.empty());
    for (const auto& handler : report.handlers) {
        CAPTURE(handler.rule);
        CHECK(handler.runs != 0);
    }
}
