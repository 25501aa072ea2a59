// The inline bot example, played in the test kit.
#define main example_main
#include "../../examples/inlinebot.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

namespace {
bool holds(std::string_view where, std::string_view what) {
    return where.find(what) != std::string_view::npos;
}
}  // namespace

TEST_CASE("three ways to write the query") {
    testkit::app<inline_mode> app;
    auto anna = app.user("Anna");
    const auto given = app.telegram().inline_results(anna.asks_inline("Grüße & <b>"));
    CHECK(holds(given, "\"GRÜSSE & <B>\""));
    CHECK(holds(given, "\"<b>Grüße &amp; &lt;b&gt;</b>\""));
    CHECK(holds(given, "\"<i>Grüße &amp; &lt;b&gt;</i>\""));
    const auto call = app.calls("answerInlineQuery").at(0);
    CHECK(call.text("results.0.type") == "article");
    CHECK_FALSE(call.has("results.0.input_message_content.parse_mode"));
    CHECK(call.text("results.1.input_message_content.parse_mode") == "HTML");
    CHECK(call.has("results.2.title"));
    CHECK_FALSE(call.has("results.3"));
    CHECK_FALSE(call.has("cache_time"));
    CHECK(app.errors().empty());
}

TEST_CASE("an empty query gets nothing, a blank one is a query, an offset changes nothing") {
    testkit::app<inline_mode> app;
    auto anna = app.user("Anna");
    anna.asks_inline("");
    CHECK(app.calls("answerInlineQuery").empty());
    anna.asks_inline(" ");
    CHECK(app.calls("answerInlineQuery").size() == 1);
    anna.asks_inline("more", "50");
    CHECK(app.calls("answerInlineQuery").size() == 2);
    anna.chooses_inline_result("caps", "more");
    anna.sends("hello");
    anna.sends("/start");
    anna.sends("/HELP me");
    CHECK(app.calls().size() == 4);
}

TEST_CASE("a query that is too old is an error, and no more") {
    testkit::app<inline_mode> app;
    auto anna = app.user("Anna");
    app.inject(testkit::fault::error(400, "Bad Request: query is too old")
                   .on("answerInlineQuery"));
    anna.asks_inline("late");
    CHECK(app.errors().size() == 1);
    anna.asks_inline("again");
    CHECK(app.errors().size() == 1);
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<inline_mode>();
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}
