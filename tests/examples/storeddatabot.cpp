// The storeddatabot example, played in the test kit.
#define main example_main
#include "../../examples/storeddatabot.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <set>

namespace {
using bot_under_test = testkit::app<storeddatabot>;

std::string put(bot_under_test::user_of_app& user, std::string_view what) {
    user.sends(what);
    return user.last_reply().text();
}
}  // namespace

TEST_CASE("a value is kept under a key of its own, for the one who put it, in all chats") {
    bot_under_test app;
    const auto chat = app.group("Friends");
    auto anna = app.user("Anna");
    auto anna_there = anna.in_chat(chat);
    auto bert = app.user("Bert");
    std::set<std::string> keys;
    for (const char* value : {"a", "b", "a"}) keys.insert(put(anna, concat("/put ", value)));
    REQUIRE(keys.size() == 3);
    const std::string key = put(anna, "/put  two  words\nand a line");
    CHECK(key.size() == 36);
    CHECK(key[14] == '4');
    anna_there.sends("/get " + key + " more");
    CHECK(anna_there.last_reply().text() == " two  words\nand a line");
    bert.sends("/get " + key);
    CHECK(bert.last_reply().text() == "There is nothing under that key.");
    std::string capital = key;
    for (char& c : capital)
        if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
    anna.sends("/get " + capital);
    CHECK(anna.last_reply().text() == (capital == key ? " two  words\nand a line"
                                                      : "There is nothing under that key."));
    CHECK(app.errors().empty());
}

TEST_CASE("a newline is no space; nothing to put, and no key to get") {
    bot_under_test app;
    auto anna = app.user("Anna");
    const std::string key = put(anna, "/put\nthis that");
    anna.sends("/get\n" + key);
    CHECK(anna.last_reply().text() == "that");
    for (const char* empty : {"/put", "/put ", "/put_here"}) {
        anna.sends(empty);
        CHECK(anna.last_reply().text() == "Put what? Write it behind the command.");
    }
    anna.sends("/get");
    CHECK(anna.last_reply().text() == "Get what? Write the key behind the command.");
    const auto replies = anna.replies().size();
    anna.edits("/put something else");
    anna.sends("put something");
    CHECK(anna.replies().size() == replies);
}

TEST_CASE("a chat's values are everybody's there, and move with a group that becomes a supergroup") {
    bot_under_test app;
    const auto old_chat = app.group("Friends", {.type = "group"});
    auto anna = app.user("Anna");
    auto anna_there = anna.in_chat(old_chat);
    auto bert_there = app.user("Bert").in_chat(old_chat);
    const std::string key = put(anna_there, "/put_here tea at five");
    bert_there.sends("/get_here " + key);
    CHECK(bert_there.last_reply().text() == "tea at five");
    anna.sends("/get_here " + key);
    CHECK(anna.last_reply().text() == "There is nothing under that key.");
    anna_there.sends("/get " + key);
    CHECK(anna_there.last_reply().text() == "There is nothing under that key.");

    const std::size_t calls = app.calls().size();
    const auto new_chat = app.telegram().migrate(anna.id(), old_chat);
    app.settle();
    CHECK(app.calls().size() == calls);
    auto bert_moved = bert_there.in_chat(new_chat);
    bert_moved.sends("/get_here " + key);
    CHECK(bert_moved.last_reply().text() == "tea at five");
    CHECK(app.errors().empty());
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<storeddatabot>();
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}
