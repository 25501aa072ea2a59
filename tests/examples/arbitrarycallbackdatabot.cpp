// The arbitrarycallbackdatabot example, played in the test kit, and started again in between.
#define main example_main
#include "../../examples/arbitrarycallbackdatabot.cpp"
#undef main

#include "data_folder.hpp"

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

namespace {
/// The program: its file, its store, its bot.
struct running {
    plain_file file{"arbitrarycallbackdatabot"};
    kept_buttons<pick> buttons{file};
    testkit::app<arbitrarycallbackdatabot> app{buttons};
};

std::string data_of(const testkit::sent_message& shown, std::size_t at) {
    return shown.buttons().at(at).at(0).value;
}
constexpr const char* unknown = "I do not know this button any more. /start shows new ones.";
}  // namespace

TEST_CASE("numbers add up, in the order in which they were pressed, and with repetitions") {
    const testing_folder folder;
    running bot;
    auto anna = bot.app.user("Anna");
    anna.sends("/start");
    REQUIRE(anna.last_reply().buttons().size() == 5);
    anna.presses("3");
    anna.presses("1");
    anna.presses("3");
    CHECK(anna.last_reply().text() == "So far you have chosen 3, 1, 3. Choose the next one.");
    CHECK(anna.last_reply().buttons().size() == 5);
    CHECK(anna.replies().size() == 1);
    CHECK(bot.app.calls("answerCallbackQuery").size() == 3);
    CHECK(bot.file.records().size() == 1);
    CHECK(bot.app.errors().empty());
}

TEST_CASE("a replaced keyboard is unknown, and so is data from elsewhere; two messages are independent") {
    const testing_folder folder;
    running bot;
    auto anna = bot.app.user("Anna");
    anna.sends("/start");
    const auto first = anna.last_reply();
    anna.sends("/start");
    anna.presses("5");
    anna.presses("2", first);
    CHECK(anna.replies()[0].text() == "So far you have chosen 2. Choose the next one.");
    CHECK(anna.replies()[1].text() == "So far you have chosen 5. Choose the next one.");
    anna.presses_data(data_of(first, 3), first.message_id());
    CHECK(anna.replies()[0].text() == unknown);
    CHECK(anna.replies()[0].buttons().empty());
    anna.presses_data(data_of(first, 3), first.message_id());  // says the same
    anna.presses_data("elsewhere", anna.replies()[1].message_id());
    CHECK(anna.replies()[1].text() == unknown);
    CHECK(bot.app.calls("answerCallbackQuery").size() == 5);
    CHECK(bot.app.errors().empty());
}

TEST_CASE("in a group every member may press; what is no button is not taken; an edited /clear is") {
    const testing_folder folder;
    running bot;
    const auto chat = bot.app.group("Friends");
    auto anna = bot.app.user("Anna").in_chat(chat);
    auto bert = bot.app.user("Bert").in_chat(chat);
    anna.sends("/start");
    anna.edits("/start");
    CHECK(anna.replies().size() == 1);
    bert.presses("4", anna.last_reply());
    anna.presses("1");
    CHECK(anna.last_reply().text() == "So far you have chosen 4, 1. Choose the next one.");
    const auto shown = anna.last_reply();
    anna.edits("/clear");
    CHECK(bot.file.records().empty());
    anna.presses("1", shown);
    CHECK(anna.replies()[0].text() == unknown);
    CHECK(bot.app.errors().empty());
}

TEST_CASE("a message that is too old to be edited: the press is answered, and the keyboard stays") {
    const testing_folder folder;
    running bot;
    auto anna = bot.app.user("Anna");
    anna.sends("/start");
    const auto shown = anna.last_reply();
    anna.presses_data(data_of(shown, 0), shown.message_id(), true);
    CHECK(anna.last_answer().answered);
    anna.presses("2");
    CHECK(anna.last_reply().text() == "So far you have chosen 2. Choose the next one.");
}

TEST_CASE("live keyboards outlive a restart, and forgotten ones stay forgotten") {
    const testing_folder folder;
    std::string live, forgotten;
    {
        running bot;
        auto anna = bot.app.user("Anna", {.id = 7});
        anna.sends("/start");
        forgotten = data_of(anna.last_reply(), 4);
        anna.presses("3");
        live = data_of(anna.last_reply(), 1);
    }
    running bot;
    auto anna = bot.app.user("Anna", {.id = 7});
    anna.sends("/start");
    const auto id = anna.last_reply().message_id();
    anna.presses_data(live, id);
    CHECK(anna.last_reply().text() == "So far you have chosen 3, 2. Choose the next one.");
    anna.presses_data(forgotten, id);
    CHECK(anna.last_reply().text() == unknown);
}

TEST_CASE("a file that cannot be written: the failure is told, and the bot goes on") {
    const testing_folder folder;
    running bot;
    auto anna = bot.app.user("Anna");
    std::filesystem::remove_all(folder.path());
    anna.sends("/start");
    CHECK(bot.app.errors().size() == 1);
    anna.presses("1");
    CHECK(anna.last_reply().text() == "So far you have chosen 1. Choose the next one.");
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<arbitrarycallbackdatabot>();
    INFO(report.to_string());
    CHECK(report.ok());
}
