// The conversationbot example, played in the test kit.
#define main example_main
#include "../../examples/conversationbot.cpp"
#undef main

#include "data_folder.hpp"

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <fstream>

namespace {
using bot_under_test = testkit::app<conversationbot>;
using waiting_gender = conversationbot::waiting_gender;
using waiting_photo = conversationbot::waiting_photo;
using waiting_location = conversationbot::waiting_location;
using waiting_bio = conversationbot::waiting_bio;

/// The bot logs what it was told.
struct silent_log {
    std::streambuf* const before = std::clog.rdbuf(nullptr);
    ~silent_log() { std::clog.rdbuf(before); }
};
}  // namespace

TEST_CASE("four questions, and the photo is in the data folder") {
    const testing_folder folder;
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    const auto asked = app.calls("sendMessage").back();
    CHECK(asked.text("reply_markup.one_time_keyboard") == "true");
    CHECK(asked.text("reply_markup.input_field_placeholder") == "Boy or Girl?");
    anna.presses("Girl");
    CHECK(app.calls("sendMessage").back().text("reply_markup.remove_keyboard") == "true");
    anna.sends(testkit::content::photo().file("me.jpg", "the bytes of a photo"));
    const auto name = (folder.path() / concat("user_photo_", anna.id(), ".jpg")).string();
    CHECK(anna.in<waiting_location>().so_far.portrait == name);
    std::ifstream file(name);
    std::string bytes;
    std::getline(file, bytes);
    CHECK(bytes == "the bytes of a photo");
    anna.sends_location(48.5, 9.25);
    CHECK(anna.in<waiting_bio>().so_far.place == "48.5, 9.25");
    anna.sends("I like tea");
    CHECK_FALSE(anna.in_conversation<conversationbot>());
    CHECK(app.errors().empty());
}

TEST_CASE("photo and location may be skipped; a venue is a place too; /cancel ends it") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.sends("oThEr");
    anna.sends("/skip");
    anna.sends("/skip");
    CHECK(anna.is_in<waiting_bio>());
    CHECK(anna.in<waiting_bio>().so_far.gender == "oThEr");
    anna.sends("/cancel");
    CHECK(app.calls("sendMessage").back().text("reply_markup.remove_keyboard") == "true");
    CHECK_FALSE(anna.in_conversation<conversationbot>());
    anna.sends("/start");
    anna.sends("boy\n");  // Python's $ is before a last newline, too
    anna.sends("/skip");
    anna.sends_venue(1.5, -2, "Tower", "Main Street");
    CHECK(anna.in<waiting_bio>().so_far.place == "1.5, -2");
    CHECK(app.errors().empty());
}

TEST_CASE("what fits no state does nothing") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/cancel");
    CHECK(anna.replies().empty());
    anna.sends("/start");
    const auto stays = [&](auto&& does) {
        const std::size_t replies = anna.replies().size();
        does();
        CHECK(anna.replies().size() == replies);
    };
    for (const char* other : {" boy", "Boyish", "/skip", "/start", "hello"})
        stays([&] { anna.sends(other); });
    stays([&] { anna.edits("Boy"); });
    CHECK(anna.is_in<waiting_gender>());
    anna.sends("Boy");
    stays([&] { anna.sends_document(); });
    stays([&] { anna.sends_sticker(); });
    stays([&] { anna.sends("no"); });
    stays([&] { anna.sends("/skip@other_bot"); });
    CHECK(anna.is_in<waiting_photo>());
    anna.sends("/skip");
    anna.sends("/skip");
    stays([&] { anna.sends("/skip"); });
    stays([&] { anna.sends_photo(); });
    CHECK(anna.is_in<waiting_bio>());
    CHECK(app.errors().empty());
}

TEST_CASE("a photo that cannot be fetched: it still waits for one, and says nothing") {
    const testing_folder folder;
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.sends("Girl");
    const std::size_t replies = anna.replies().size();
    app.inject(testkit::fault::error(400, "Bad Request: file is too big").on("getFile"));
    anna.sends_photo();
    CHECK(anna.is_in<waiting_photo>());
    CHECK(anna.replies().size() == replies);
    CHECK(app.errors().size() == 1);
    anna.sends_photo({}, "/skip");  // a photo all the same
    CHECK(anna.is_in<waiting_location>());
    CHECK(app.errors().size() == 1);
}

TEST_CASE("every member of a group has a conversation, and another one in private") {
    bot_under_test app;
    const auto chat = app.group("Friends");
    auto anna = app.user("Anna");
    auto anna_there = anna.in_chat(chat);
    auto bert_there = app.user("Bert").in_chat(chat);
    const auto first = anna_there.sends("/start");
    CHECK(anna_there.last_reply().replies_to() == first);
    bert_there.sends("Boy");
    CHECK_FALSE(bert_there.in_conversation<conversationbot>());
    anna_there.sends("Girl");
    anna.sends("/start");
    CHECK(anna.is_in<waiting_gender>());
    CHECK(anna_there.is_in<waiting_photo>());
}

TEST_CASE("explored: every handler runs, and nothing fails but fetching photos that are made up") {
    const testing_folder folder;
    const silent_log quiet;
    const auto report = testkit::explore<conversationbot>();
    INFO(report.to_string());
    for (const auto& handler : report.handlers) {
        CAPTURE(handler.rule);
        CHECK(handler.runs != 0);
    }
    for (const auto& failure : report.failures)
        CHECK(failure.what.find("getFile") != std::string::npos);
}
