// The samples of docs/messages.md about defaults and limits, as users and error handlers see them.
#include <banter/flow.hpp>
#include <banter/flow/task.hpp>
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace banter;

namespace {

struct notes {
    std::vector<std::string> lines;
};

struct herald {
    static void plain(context& ctx) {
        ctx.reply("<b>read as HTML</b>");
        ctx.reply("<b>as it stands</b>", {.parse_mode = parse_mode::none});
        ctx.reply(styled_text("1 < 2 ").bold("surely"));
        ctx.reply_photo("https://example.org/a.jpg", {.caption = "<i>a</i>", .disable_notification = false});
    }
    static task<> call(context& ctx, bot& api) {
        co_await api(send_message{.chat_id = ctx.chat_id(), .text = "<b>called</b>"});
    }
    static void too_long(context& ctx) {
        ctx.reply("before");
        ctx.reply(std::string(5000, 'x'));
        ctx.reply("never sent");
    }
    static task<> call_too_long(context& ctx, bot& api) {
        const std::string words(5000, 'x');
        co_await api(send_message{.chat_id = ctx.chat_id(), .text = words});
    }
    static void pressed(context& ctx) { ctx.answer(std::string(201, 'x')); }
    static void buttons(context& ctx) {
        inline_keyboard_builder many;
        for (int i = 0; i != 101; ++i) many.row(dynamic_button(concat(i), concat(i)));
        ctx.reply("Choose", many);
    }
    static void press_me(context& ctx) {
        ctx.reply("Press", inline_keyboard(row(button<"press">("Press"))));
    }
    static void refused(const limit_error& error, notes& book) {
        book.lines.push_back(error.what());
    }
    static constexpr auto flow() {
        return handlers(on(command<"plain">, plain), on(command<"call">, call),
                        on(command<"long">, too_long), on(command<"longcall">, call_too_long),
                        on(command<"buttons">, buttons), on(command<"pressme">, press_me),
                        on(callback<"press">, pressed), on_error(refused));
    }
};

const message_defaults house_style{.parse_mode = parse_mode::html,
                                   .disable_notification = true,
                                   .quote = true};

}  // namespace

TEST_CASE("defaults hold for what is declared and for calls, and what is said wins") {
    notes book;
    testkit::app<herald> app{services(book), {.defaults = house_style}};
    auto anna = app.user("Anna");
    const auto question = anna.sends("/plain");
    const auto replies = anna.replies();
    REQUIRE(replies.size() == 4);
    CHECK(replies[0].text() == "read as HTML");
    CHECK(replies[0].replies_to() == question);
    CHECK(replies[1].text() == "<b>as it stands</b>");
    CHECK(replies[2].text() == "1 < 2 surely");
    CHECK(replies[3].text() == "a");
    CHECK(app.calls("sendMessage")[0].text("disable_notification") == "true");
    CHECK(app.calls("sendPhoto")[0].text("disable_notification") == "false");
    anna.sends("/call");
    CHECK(anna.last_reply().text() == "called");
}

TEST_CASE("what is over a limit is not sent, and goes where a failed effect goes") {
    notes book;
    testkit::app<herald> app{services(book)};
    auto anna = app.user("Anna");
    anna.sends("/long");
    CHECK(anna.last_reply().text() == "before");
    REQUIRE(book.lines.size() == 1);
    CHECK(book.lines[0] ==
          "sendMessage was not sent: text is too long: 5000 characters, and Telegram takes 4096");
    anna.sends("/longcall");
    REQUIRE(book.lines.size() == 2);
    CHECK(book.lines[1] == book.lines[0]);
    anna.sends("/buttons");
    REQUIRE(book.lines.size() == 3);
    CHECK(book.lines[2] ==
          "sendMessage was not sent: reply_markup has 101 buttons, and Telegram takes 100");
    CHECK(app.calls("sendMessage").size() == 1);

    // The user who pressed is not kept waiting.
    anna.sends("/pressme");
    anna.presses("Press");
    REQUIRE(book.lines.size() == 4);
    CHECK(anna.last_answer().answered);
    CHECK(anna.last_answer().text.empty());
}

TEST_CASE("limits can be left to Telegram") {
    notes book;
    testkit::app<herald> app{services(book), {.defaults = {.check_limits = false}}};
    auto anna = app.user("Anna");
    anna.sends("/long");
    CHECK(app.calls("sendMessage").back().status == 400);
    CHECK(book.lines.empty());
}
