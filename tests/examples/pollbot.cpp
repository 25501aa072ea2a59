// The polls example, played in the test kit.
#define main example_main
#include "../../examples/pollbot.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

bool holds(std::string_view where, std::string_view what) {
    return where.find(what) != std::string_view::npos;
}

struct votes {
    testkit::app<pollster> app;
    std::int64_t group = app.group("Friends");

    std::string poll_of(const testkit::call_record& call) {
        const auto sent = telegram::parse<telegram::message>(call.result);
        return std::string(sent->poll().id());
    }
    void answer(std::string_view poll, std::int64_t user, std::string_view options) {
        app.telegram().push(concat(R"({"poll_answer":{"poll_id":")", poll, R"(","user":{"id":)", user,
                                   R"(,"is_bot":false,"first_name":"A <b>"},"option_ids":)", options,
                                   R"(,"option_persistent_ids":[]}})"));
        app.settle();
    }
    void state(std::string_view poll, int voters, bool closed = false) {
        app.telegram().push(concat(R"({"poll":{"id":")", poll, R"(","question":"?","options":[],)",
                                   R"("total_voter_count":)", voters, R"(,"is_closed":)", closed,
                                   R"(,"is_anonymous":true,"type":"quiz","allows_multiple_answers":false}})"));
        app.settle();
    }
    std::size_t stopped() { return app.calls("stopPoll").size(); }
};

}  // namespace

TEST_CASE("a poll is stopped after three answers") {
    votes test;
    auto anna = test.app.user("Anna").in_chat(test.group);
    anna.edits("/poll", anna.sends("hello"));
    const auto asked = test.app.calls("sendPoll").at(0);
    CHECK(asked.text("is_anonymous") == "false");
    CHECK(asked.text("allows_multiple_answers") == "true");
    CHECK(asked.text("options.1.text") == "Really good");
    CHECK_FALSE(asked.has("reply_parameters"));
    const std::string poll = test.poll_of(asked);
    test.answer("unknown", 8, "[0]");
    CHECK(test.app.calls("sendMessage").empty());
    test.answer(poll, 8, "[2,0]");
    const auto told = test.app.calls().back();
    CHECK(told.integer("chat_id") == test.group);
    CHECK(told.text("parse_mode") == "HTML");
    CHECK(holds(told.text("text"), R"(<a href="tg://user?id=8">A &lt;b&gt;</a>)"));
    CHECK(holds(told.text("text"), "Fantastic and Good"));
    test.answer(poll, 8, "[]");
    test.app.inject(testkit::fault::error(400, "Bad Request").on("sendMessage"));
    test.answer(poll, 9, "[1]");  // nobody was told, so it does not count
    CHECK(test.stopped() == 0);
    test.answer(poll, 9, "[1]");
    REQUIRE(test.stopped() == 1);
    CHECK(test.app.calls().back().method == "stopPoll");
    CHECK(test.app.calls().back().integer("chat_id") == test.group);
}

TEST_CASE("a quiz is stopped when three have voted") {
    votes test;
    auto anna = test.app.user("Anna");
    anna.in_chat(test.group).sends("/quiz");
    anna.sends("/quiz");
    const auto asked = test.app.calls("sendPoll");
    CHECK(asked.at(0).has("reply_parameters"));
    CHECK_FALSE(asked.at(1).has("reply_parameters"));
    CHECK(asked.at(1).text("type") == "quiz");
    CHECK(asked.at(1).text("correct_option_ids") == "[2]");
    CHECK_FALSE(asked.at(1).has("is_anonymous"));
    const std::string quiz = test.poll_of(asked.at(1));
    test.answer(quiz, 8, "[2]");
    for (const int voters : {1, 2, 4}) test.state(quiz, voters);
    test.state(quiz, 3, true);
    test.state("unknown", 3);
    CHECK(test.stopped() == 0);
    CHECK(test.app.calls("sendMessage").empty());
    test.state(quiz, 3);
    REQUIRE(test.stopped() == 1);
    CHECK(test.app.calls().back().integer("chat_id") == anna.id());
}

TEST_CASE("a poll that somebody makes comes back closed") {
    votes test;
    auto anna = test.app.user("Anna");
    anna.sends("/preview");
    const auto offered = test.app.calls().back();
    CHECK(offered.has("reply_markup.keyboard.0.0.request_poll"));
    CHECK(offered.text("reply_markup.one_time_keyboard") == "true");
    anna.sends_poll("Favourite?", {"red", "green"});
    const auto shown = test.app.calls().back();
    CHECK(shown.method == "sendPoll");
    CHECK(shown.text("question") == "Favourite?");
    CHECK(shown.text("options.1.text") == "green");
    CHECK(shown.text("is_closed") == "true");
    CHECK(shown.text("reply_markup.remove_keyboard") == "true");
    CHECK_FALSE(shown.has("type"));
    const auto calls = test.app.calls().size();
    anna.edits("/start", anna.sends("hello"));
    anna.edits("/help");
    CHECK(test.app.calls().size() == calls);
    CHECK(test.app.errors().empty());
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<pollster>();
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}
