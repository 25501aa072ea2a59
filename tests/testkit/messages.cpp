// The samples of docs/messages.md: what a bot says by its context's shortcuts, as its users see it.
#include <banter/flow.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace banter;

namespace {

struct tour_guide {
    static void show(context& ctx) {
        ctx.reply_photo("https://example.org/castle.jpg",
                        {.caption = "<b>The castle</b>",
                         .parse_mode = parse_mode::html,
                         .reply_markup = inline_keyboard(row(button<"next">("Next")))});
        ctx.reply_location(48.2, 16.36);
    }
    static void next(context& ctx) {
        ctx.edit_caption("The park");
        ctx.answer("There is more");
    }
    static void quiz(context& ctx) {
        ctx.reply_quiz("Who built it?", list("A king", "A baker"), 1,
                       {.explanation = "He was rich."});
    }
    static void plan(context& ctx) {
        const std::string route = "castle, park, river";
        ctx.reply_document(input_file::bytes(route, "route.txt"), {.caption = "The way"});
    }
    static void thanks(context& ctx) {
        ctx.react("❤");
        ctx.reply_dice();
    }
    static constexpr auto flow() {
        return handlers(on(command<"show">, show), on(command<"quiz">, quiz),
                        on(command<"plan">, plan), on(callback<"next">, next),
                        on(text && !command<>, thanks));
    }
};

}  // namespace

TEST_CASE("the kit shows what the shortcuts sent") {
    testkit::app<tour_guide> app;
    auto anna = app.user("Anna");
    anna.sends("/show");
    REQUIRE(anna.replies().size() == 2);
    CHECK(anna.replies()[0].kind() == "photo");
    CHECK(anna.replies()[0].text() == "The castle");
    CHECK(anna.replies()[1].kind() == "location");

    anna.presses("Next");
    CHECK(anna.replies()[0].text() == "The park");
    CHECK_FALSE(anna.replies()[0].has_button("Next"));
    CHECK(anna.last_answer().text == "There is more");

    anna.sends("/quiz");
    CHECK(anna.last_reply().kind() == "poll");
    CHECK(anna.last_reply().json().find(R"("type":"quiz")") != std::string::npos);

    anna.sends("/plan");
    CHECK(anna.last_reply().kind() == "document");
    CHECK(anna.last_reply().text() == "The way");
    REQUIRE(app.calls().back().files.size() == 1);
    CHECK(app.calls().back().files[0].bytes == "castle, park, river");

    anna.sends("lovely");
    CHECK(anna.last_reply().kind() == "dice");
    CHECK(app.calls()[app.calls().size() - 2].method == "setMessageReaction");
}
