// The web app example, played in the test kit.
#define main example_main
#include "../../examples/webappbot.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

namespace {

struct stage {
    testkit::app<color_picker> app;
    decltype(app.user("Anna")) anna = app.user("Anna");

    void sends_data(std::string_view data) {
        anna.sends(testkit::content::web_app_data(data, "Open the color picker!"));
    }
    std::string answer() { return app.calls().back().text("text"); }
};

}  // namespace

TEST_CASE_FIXTURE(stage, "the page is behind a button, and its colour is shown") {
    anna.sends("/start");
    const auto asked = app.calls().back();
    CHECK(asked.text("reply_markup.keyboard.0.0.web_app.url") == page);
    CHECK_FALSE(asked.has("reply_markup.one_time_keyboard"));
    sends_data(R"({"hex": "#ff00aa", "rgb": {"r": 255, "g": 0, "b": 170}})");
    CHECK(answer() == "You picked <code>#ff00aa</code>, which is <code>(255, 0, 170)</code>.");
    CHECK(app.calls().back().text("parse_mode") == "HTML");
    CHECK(app.calls().back().text("reply_markup.remove_keyboard") == "true");
    CHECK(app.errors().empty());
}

TEST_CASE_FIXTURE(stage, "whatever the page sends is written down and escaped") {
    anna.sends("/start");
    sends_data(R"({"rgb": {"r": 1}, "hex": "<b>&"})");
    CHECK(answer() == "You picked <code>&lt;b&gt;&amp;</code>, which is <code>(1,)</code>.");
    sends_data(R"({"hex": 7, "rgb": {}})");
    CHECK(answer() == "You picked <code>7</code>, which is <code>()</code>.");
    sends_data(R"({"hex": "", "rgb": {"a": "<i>", "b": 0.5, "c": -3}})");
    CHECK(answer() == "You picked <code></code>, which is <code>('&lt;i&gt;', 0.5, -3)</code>.");
    CHECK(app.errors().empty());
}

TEST_CASE_FIXTURE(stage, "what is no colour is not answered") {
    anna.sends("/start");
    const std::size_t calls = app.calls().size();
    std::size_t errors = 0;
    for (const char* bad : {"", "hello", "[]", "7", R"({"hex": "#1"})", R"({"rgb": {}})",
                            R"({"hex": "#1", "rgb": [1]})", R"({"hex": "#1", "rgb": null})"}) {
        CAPTURE(bad);
        sends_data(bad);
        CHECK(app.errors().size() == ++errors);
    }
    anna.sends("#ff00aa");
    const auto first = anna.sends("/start");
    anna.edits("/start again", first);
    CHECK(app.calls().size() == calls + 1);
}

TEST_CASE_FIXTURE(stage, "groups cannot open it") {
    const auto flat = app.group("Flat");
    anna.in_chat(flat).sends("/start");
    CHECK_FALSE(app.calls().back().has("reply_markup"));
    CHECK(app.calls().back().integer("chat_id") == flat);
}
