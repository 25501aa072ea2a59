// The echo example, played in the test kit.
#define main example_main
#include "../../examples/echobot.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

TEST_CASE("greets, helps, repeats") {
    testkit::app<echo> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    CHECK(anna.last_reply().text().find("Anna") != std::string::npos);
    anna.sends("/HELP please");
    const std::string help(anna.last_reply().text());
    anna.sends("a  text\nin <b>two</b> lines");
    CHECK(anna.last_reply().text() == "a  text\nin <b>two</b> lines");
    const std::size_t replies = anna.replies().size();
    anna.sends("/unknown");
    anna.sends("/help@other_bot");
    anna.sends_photo();
    anna.edits("/start");
    CHECK(anna.replies().size() == replies);
    anna.sends("call /help now");
    CHECK(anna.last_reply().text() == "call /help now");
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<echo>();
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}
