// The persistentconversationbot example, played in the test kit, and started again in between.
#define main example_main
#include "../../examples/persistentconversationbot.cpp"
#undef main

#include "data_folder.hpp"

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <fstream>

namespace {
using choosing = persistentconversationbot::choosing;
using typing_reply = persistentconversationbot::typing_reply;

/// The program: its file, its stores, its bot.
struct running {
    plain_file file{"conversationbot"};
    kept_data<user_data<facts>> user_facts{file, "facts"};
    kept_sessions sessions{file};
    testkit::app<persistentconversationbot, show_data> app{services(user_facts, sessions)};

    auto anna() { return app.user("Anna", {.id = 7}); }
};

/// In the place of the file, where each path begins anew.
struct forgetful {
    using stores = persistent_sessions;
    static std::vector<stored_session> load(std::string_view) { return {}; }
    static void save(std::string_view, std::string_view, std::string_view) {}
    static void erase(std::string_view, std::string_view) {}
};

bool holds(const std::string& where, std::string_view what) {
    return where.find(what) != std::string::npos;
}
}  // namespace

TEST_CASE("facts are kept, in lower case, and told of when their category is chosen again") {
    const testing_folder folder;
    running bot;
    auto anna = bot.anna();
    anna.sends("/start");
    CHECK_FALSE(holds(anna.last_reply().text(), "again"));
    anna.sends("Age");
    CHECK(holds(anna.last_reply().text(), "Your age? Yes"));
    anna.sends("Forty-Two");
    CHECK(holds(anna.last_reply().text(), "\nage: forty-two\n"));
    anna.sends("Something else...");
    anna.sends("Best SKILL");
    anna.sends("/show_data");
    CHECK(anna.last_reply().text() == "This is what you have told me:\nage: forty-two");
    CHECK(anna.in<typing_reply>().category == "best skill");
    anna.sends("Juggling");
    anna.sends("Age");
    CHECK(holds(anna.last_reply().text(), "Your age? So far I know this: forty-two"));
    anna.sends("43");
    CHECK(holds(anna.last_reply().text(), "\nage: 43\nbest skill: juggling\n"));
    anna.sends("Done");
    CHECK_FALSE(anna.in_conversation<persistentconversationbot>());
    anna.sends("/start");
    CHECK(holds(anna.last_reply().text(), "age, best skill"));
    CHECK(bot.app.errors().empty());
}

TEST_CASE("a conversation goes on after a restart, in the middle of a question; nobody else's") {
    const testing_folder folder;
    {
        running bot;
        auto anna = bot.anna();
        anna.sends("/start");
        anna.sends("Age");
        anna.sends("42");
        anna.sends("Favourite colour");
    }
    {
        running bot;
        auto anna = bot.anna();
        CHECK(anna.in<typing_reply>().category == "favourite colour");
        anna.sends("Blue");
        CHECK(holds(anna.last_reply().text(), "\nage: 42\nfavourite colour: blue\n"));
    }
    running bot;
    auto anna = bot.anna();
    CHECK(anna.is_in<choosing>());
    anna.sends("Done");
    auto bert = bot.app.user("Bert", {.id = 8});
    bert.sends("Age");
    CHECK(bert.replies().empty());
    bert.sends("/show_data");
    CHECK(bert.last_reply().text() == "This is what you have told me:");
    running again;
    CHECK_FALSE(again.anna().in_conversation<persistentconversationbot>());
    CHECK(again.app.errors().empty());
}

TEST_CASE("corrections change nothing, /start in the middle neither; long texts are refused") {
    const testing_folder folder;
    running bot;
    auto anna = bot.anna();
    anna.sends("/start");
    anna.sends("Age");
    anna.edits("Done");
    anna.sends("/start");
    CHECK(anna.replies().size() == 2);
    anna.sends(std::string(201, 'x'));
    CHECK(anna.is_in<typing_reply>());
    for (char c = 'a'; c != 'z'; ++c) {
        anna.sends(std::string(200, c));
        anna.sends("Something else...");
        anna.sends(std::string(200, c));
    }
    anna.sends("one more");
    anna.sends("Done");
    anna.sends("/start");
    CHECK(bot.app.errors().empty());
}

TEST_CASE("a file that cannot be read is not written over") {
    const testing_folder folder;
    write_atomically(data_folder() / "conversationbot", "no list");
    CHECK_THROWS_AS(static_cast<void>(running{}), bad_stored_value);
    std::ifstream file(data_folder() / "conversationbot");
    std::string content;
    std::getline(file, content);
    CHECK(content == "no list");
}

TEST_CASE("explored: every handler runs, nothing fails") {
    forgetful nowhere;
    const auto report = testkit::explore<persistentconversationbot, show_data>(services(nowhere));
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}
