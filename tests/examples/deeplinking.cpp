// The deep linking example, played in the test kit.
#define main example_main
#include "../../examples/deeplinking.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

namespace {
bool holds(std::string_view where, std::string_view what) {
    return where.find(what) != std::string_view::npos;
}
constexpr std::string_view me = "https://t.me/banter_test_bot";
}  // namespace

TEST_CASE("from level to level") {
    testkit::app<levels> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    CHECK(holds(anna.last_reply().text(), concat(me, "?startgroup=check-this-out")));
    anna.sends("/start check-this-out");
    CHECK(app.calls().back().text("reply_markup.inline_keyboard.0.0.url") ==
          concat(me, "?start=so-cool"));
    anna.sends("/start so-cool");
    CHECK(holds(app.calls().back().text("text"), concat("href=\"", me, "?start=using-entities-here\"")));
    CHECK(app.calls().back().text("link_preview_options.is_disabled") == "true");
    anna.sends("/start using-entities-here");
    for (const int times : {1, 2}) {
        CAPTURE(times);
        anna.presses("Take me there");
        CHECK(anna.last_answer().url == concat(me, "?start=using-keyboard-here"));
        CHECK(anna.last_answer().text.empty());
    }
    anna.sends("/start  using-keyboard-here \n and more");
    CHECK(holds(anna.last_reply().text(), "[using-keyboard-here, and, more]"));
    CHECK(app.errors().empty());
}

TEST_CASE("odd parameters") {
    testkit::app<levels> app;
    auto anna = app.user("Anna");
    const auto first_words = [&] { return anna.last_reply().text().substr(0, 16); };
    anna.sends("/start SO-COOL");
    const std::string outside = first_words();
    anna.sends("/start nothing");
    CHECK(first_words() == outside);
    anna.sends("/start so-cool");
    const std::string second = first_words();
    CHECK(second != outside);
    anna.sends("/start so-cool-and-more");
    CHECK(first_words() == second);
    anna.sends("/start\nso-cool");
    CHECK(first_words() == second);
    anna.sends("/start using-entities-here so-cool");  // the lower level comes first
    CHECK(first_words() == second);
    const std::size_t calls = app.calls().size();
    anna.sends("so-cool");
    anna.sends("/start@other_bot so-cool");
    anna.edits("/start so-cool");
    anna.sends_photo({}, "/start so-cool");
    CHECK(app.calls().size() == calls);
}

TEST_CASE("data that only begin with the button's match, others do not") {
    testkit::app<levels> app;
    auto anna = app.user("Anna");
    anna.sends("/start using-entities-here");
    anna.presses_data("keyboard-callback-data-2");
    CHECK_FALSE(anna.last_answer().url.empty());
    anna.presses_data("a keyboard-callback-data");
    CHECK(anna.last_answer().url.empty());
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<levels>();
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}
