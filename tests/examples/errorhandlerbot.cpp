// The error handler example, played in the test kit.
#define main example_main
#include "../../examples/errorhandlerbot.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <boost/asio/error.hpp>
#include <doctest/doctest.h>

namespace {

bool holds(std::string_view where, std::string_view what) {
    return where.find(what) != std::string_view::npos;
}

/// The bot, and its developer, who has talked with it before: a bot cannot write first.
struct desk {
    testkit::app<reporter> app;
    decltype(app.user("Dev")) developer = app.user("Dev", {.id = reporter::developer});
    desk() { developer.sends("hello"); }
    std::vector<testkit::call_record> reports() { return app.calls("sendMessage"); }
};

std::size_t blocks_in(std::string_view html) {
    std::size_t count = 0;
    for (std::size_t at = html.find("<pre>"); at != html.npos; at = html.find("<pre>", at + 1)) ++count;
    return count;
}

}  // namespace

TEST_CASE("a command that fails is reported, with its update") {
    desk test;
    auto anna = test.app.user("Anna <b>", {.id = 700700});
    anna.sends("/start");
    CHECK(holds(anna.last_reply().text(), "/bad_command"));
    CHECK(holds(anna.last_reply().text(), "700700"));
    anna.sends("/bad_command");
    REQUIRE(test.reports().size() == 2);
    const auto report = test.reports().back();
    CHECK(report.integer("chat_id") == reporter::developer);
    CHECK(report.text("parse_mode") == "HTML");
    CHECK(blocks_in(report.text("text")) == 4);
    for (const auto* part : {"700700", "/bad_command", "Anna &lt;b&gt;", "this command always fails"})
        CHECK(holds(report.text("text"), part));
    CHECK(test.app.errors().empty());
    anna.sends("hello");
    CHECK(test.reports().size() == 2);
    anna.edits("/bad_command");
    CHECK(test.reports().size() == 3);
}

TEST_CASE("a refused reply is reported behind it; a report that is refused is logged") {
    desk test;
    auto anna = test.app.user("Anna");
    test.app.inject(testkit::fault::error(400, "Bad Request: no").on("sendMessage"));
    anna.sends("/start");
    REQUIRE(test.reports().size() == 2);
    CHECK(holds(test.reports().back().text("text"), "Bad Request: no"));
    test.app.inject(testkit::fault::error(403, "Forbidden").on("sendMessage"));
    anna.sends("/bad_command");
    CHECK(test.reports().size() == 3);
    CHECK_FALSE(test.app.errors().empty());
}

TEST_CASE("a failure to fetch updates is reported, without an update") {
    desk test;
    test.app.fails_to_fetch(network_error("getUpdates", boost::asio::error::connection_reset));
    REQUIRE(test.reports().size() == 1);
    CHECK(test.reports().back().integer("chat_id") == reporter::developer);
    CHECK(blocks_in(test.reports().back().text("text")) == 4);
    CHECK(holds(test.reports().back().text("text"), "no update"));
    CHECK(holds(test.reports().back().text("text"), "getUpdates: no answer"));
    CHECK(test.app.errors().empty());
    test.developer.sends("/start");
    CHECK(test.reports().size() == 2);
}

TEST_CASE("a long update is shortened, between two characters") {
    desk test;
    auto anna = test.app.user("Anna");
    std::string words = "/bad_command ";
    while (words.size() < 3000) words += "\xE2\x82\xAC\"&";
    anna.sends(words);
    const auto report = test.reports().back();
    CHECK(report.ok());
    CHECK(blocks_in(report.text("text")) == 4);
    CHECK(test.app.errors().empty());
}

TEST_CASE("explored: every handler runs") {
    const auto report = testkit::explore<reporter>();
    INFO(report.to_string());
    CHECK(report.ran("start"));
    CHECK(report.ran("bad_command"));
}
