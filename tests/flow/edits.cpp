// Edits that Telegram refuses: those that change nothing are as good as made, the others are failures.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace banter;

namespace {

struct heard {
    std::vector<std::string> lines;
};

struct editor {
    static void start(context& ctx) {
        ctx.reply("here", inline_keyboard(row(button<"same">("Same"), button<"gone">("Gone"))));
    }
    static void same(context& ctx) {
        ctx.edit("the same for ever");
        ctx.reply("behind it");
    }
    static void gone(context& ctx) {
        ctx.send(edit_message_text{.chat_id = ctx.chat_id(), .message_id = 999, .text = "gone"});
        ctx.reply("behind it");
    }
    static void report(const failure& what, heard& listener) {
        listener.lines.push_back(concat(what.method, "|", what.what));
    }
    static constexpr auto flow() {
        return handlers(on(command<"start">, start), on(callback<"same">, same),
                        on(callback<"gone">, gone), on_error(report));
    }
};

}  // namespace

TEST_CASE("an edit that changes nothing is no failure, and what stands behind it is sent") {
    heard listener;
    testkit::app<editor> app(listener);
    auto anna = app.user("Anna");
    anna.sends("/start");
    const auto id = anna.last_reply().message_id();
    anna.presses_data("same", id);
    anna.presses_data("same", id);
    CHECK(anna.replies().size() == 3);
    CHECK(app.calls("editMessageText")[1].status == 400);
    CHECK(listener.lines.empty());
    CHECK(app.calls("answerCallbackQuery").size() == 2);
}

TEST_CASE("any other refused edit is one, reported with its method after the button's answer") {
    heard listener;
    testkit::app<editor> app(listener);
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.presses("Gone");
    CHECK(anna.replies().size() == 1);
    REQUIRE(listener.lines.size() == 1);
    CHECK(listener.lines[0].starts_with("editMessageText|editMessageText: Bad Request"));
    CHECK(anna.last_answer().answered);
}
