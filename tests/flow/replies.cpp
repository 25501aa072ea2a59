// The shortcuts of a context: one declared effect for each kind of message, edits, what is done to a
// message; each in the chat, topic and connection of its update.
#include "updates.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace banter;

namespace {

/// What a test lets the handler do.
struct script {
    std::function<void(context&)> act;
};

struct scripted {
    static void play(context& ctx, script& what) { what.act(ctx); }
    static void report(const failure& what) { FAIL_CHECK(what.what); }
    static constexpr auto flow() {
        return handlers(on(text, play), on(photo, play), on(callback<".*">, play),
                        on(chat_join_request, play),
                        on(business_message, play), on_error(report));
    }
};

struct stage {
    script what;
    bench_of<basic_dispatcher<services<script>, scripted>> bot_{services(what)};

    /// The calls that an update and a handler make, "method body" each.
    std::vector<std::string> calls(const std::string& update, std::function<void(context&)> act) {
        what.act = std::move(act);
        bot_.net.calls.clear();
        bot_.send(update);
        std::vector<std::string> out;
        for (const request& call : bot_.net.calls)
            if (call.body != R"({"callback_query_id":"q1"})")
                out.push_back(concat(call.method, ' ', call.body));
        return out;
    }
    std::string one(const std::string& update, std::function<void(context&)> act) {
        const std::vector<std::string> all = calls(update, std::move(act));
        REQUIRE(all.size() == 1);
        return all[0];
    }
    std::string in_private(std::function<void(context&)> act) {
        return one(text_update(5, "hello"), std::move(act));
    }
};

std::string message_update(std::string_view kind, std::string_view chat, std::string_view more) {
    return concat(R"({"update_id":)", next_id++, R"(,")", kind,
                  R"(":{"message_id":7,"date":1,"from":{"id":5,"is_bot":false,"first_name":"Anna"},)",
                  R"("chat":{"id":)", chat, "},", more, R"("text":"hello"}})");
}
std::string group_update(std::string_view more = {}) {
    return message_update("message", R"(-100,"type":"supergroup","title":"G")", more);
}
std::string business_update() {
    return message_update("business_message", R"(5,"type":"private","first_name":"Anna")",
                          R"("business_connection_id":"bc1",)");
}
std::string inline_press() {
    return concat(R"({"update_id":)", next_id++,
                  R"(,"callback_query":{"id":"q1","from":{"id":5,"is_bot":false,"first_name":"A"},)",
                  R"("inline_message_id":"im1","chat_instance":"1","data":"x"}})");
}
std::string join_update() {
    return concat(R"({"update_id":)", next_id++,
                  R"(,"chat_join_request":{"chat":{"id":-100,"type":"supergroup","title":"G"},)",
                  R"("from":{"id":5,"is_bot":false,"first_name":"A"},"user_chat_id":5,"date":1}})");
}

}  // namespace

TEST_CASE("each kind of message is one declared effect") {
    stage s;
    CHECK(s.in_private([](context& ctx) { ctx.reply_html("<b>hi</b>"); }) ==
          R"(sendMessage {"chat_id":5,"text":"<b>hi</b>","parse_mode":"HTML"})");
    CHECK(s.in_private([](context& ctx) {
              ctx.reply_markdown("*hi*", {.disable_notification = true});
          }) ==
          R"(sendMessage {"chat_id":5,"text":"*hi*","parse_mode":"MarkdownV2","disable_notification":true})");
    CHECK(s.in_private([](context& ctx) {
              ctx.reply_photo("file1", {.caption = "C", .has_spoiler = true});
          }) == R"(sendPhoto {"chat_id":5,"photo":"file1","caption":"C","has_spoiler":true})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_live_photo("v", "p"); }) ==
          R"(sendLivePhoto {"chat_id":5,"live_photo":"v","photo":"p"})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_audio("a", {.title = "T"}); }) ==
          R"(sendAudio {"chat_id":5,"audio":"a","title":"T"})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_document("d"); }) ==
          R"(sendDocument {"chat_id":5,"document":"d"})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_video("v", {.duration = 3}); }) ==
          R"(sendVideo {"chat_id":5,"video":"v","duration":3})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_animation("a"); }) ==
          R"(sendAnimation {"chat_id":5,"animation":"a"})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_voice("v"); }) ==
          R"(sendVoice {"chat_id":5,"voice":"v"})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_video_note("n"); }) ==
          R"(sendVideoNote {"chat_id":5,"video_note":"n"})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_sticker("s"); }) ==
          R"(sendSticker {"chat_id":5,"sticker":"s"})");
    CHECK(s.in_private([](context& ctx) {
              ctx.reply_paid_media(10, list(input_paid_media_photo{.media = "p"}));
          }) == R"(sendPaidMedia {"chat_id":5,"star_count":10,"media":[{"type":"photo","media":"p"}]})");
    CHECK(s.in_private([](context& ctx) {
              ctx.reply_media_group(list<input_media>(input_media_photo{.media = "p"},
                                                      input_media_video{.media = "v"}));
          }) ==
          R"(sendMediaGroup {"chat_id":5,"media":[{"type":"photo","media":"p"},{"type":"video","media":"v"}]})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_location(1.5, -2); }) ==
          R"(sendLocation {"chat_id":5,"latitude":1.5,"longitude":-2})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_venue(1, 2, "Here", "A street"); }) ==
          R"(sendVenue {"chat_id":5,"latitude":1,"longitude":2,"title":"Here","address":"A street"})");
    CHECK(s.in_private([](context& ctx) {
              ctx.reply_contact("+1", "Bob", {.last_name = "Bones"});
          }) ==
          R"(sendContact {"chat_id":5,"phone_number":"+1","first_name":"Bob","last_name":"Bones"})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_dice({.emoji = "🎯"}); }) ==
          R"(sendDice {"chat_id":5,"emoji":"🎯"})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_game("chess"); }) ==
          R"(sendGame {"chat_id":5,"game_short_name":"chess"})");
    CHECK(s.in_private([](context& ctx) {
              ctx.reply_invoice("T", "D", "order 1", "XTR",
                                list(labeled_price{.label = "all", .amount = 3}));
          }) ==
          R"(sendInvoice {"chat_id":5,"title":"T","description":"D","payload":"order 1","currency":"XTR",)"
          R"("prices":[{"label":"all","amount":3}]})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_chat_action(); }) ==
          R"(sendChatAction {"chat_id":5,"action":"typing"})");
}

TEST_CASE("a long text takes several messages") {
    stage s;
    const std::string first(4000, 'a'), second(4000, 'b');
    const auto sent = s.calls(group_update(), [&](context& ctx) {
        ctx.reply_long(concat(first, '\n', second), {.reply_markup = force_reply{}});
    });
    REQUIRE(sent.size() == 2);
    CHECK(sent[0] == concat(R"(sendMessage {"chat_id":-100,"text":")", first,
                            R"(","entities":[],"reply_parameters":{"message_id":7}})"));
    CHECK(sent[1] == concat(R"(sendMessage {"chat_id":-100,"text":")", second,
                            R"(","entities":[],"reply_markup":{"force_reply":true}})"));
    CHECK(s.calls(text_update(5, "hello"), [](context& ctx) { ctx.reply_long("  "); }).empty());
    CHECK(s.in_private([](context& ctx) { ctx.reply_long(styled_text("a ").bold("b")); }) ==
          R"(sendMessage {"chat_id":5,"text":"a b","entities":[{"type":"bold","offset":2,"length":1}]})");
}

TEST_CASE("polls take texts or options") {
    stage s;
    const std::vector<std::string> drinks{"Tea", "Coffee"};
    CHECK(s.in_private([&](context& ctx) { ctx.reply_poll("Drink?", drinks); }) ==
          R"(sendPoll {"chat_id":5,"question":"Drink?","options":[{"text":"Tea"},{"text":"Coffee"}]})");
    CHECK(s.in_private([](context& ctx) {
              ctx.reply_poll("Drink?", list(input_poll_option{.text = "T"}), {.is_anonymous = false});
          }) ==
          R"(sendPoll {"chat_id":5,"question":"Drink?","options":[{"text":"T"}],"is_anonymous":false})");
    CHECK(s.in_private([](context& ctx) {
              ctx.reply_quiz("2+2?", list("3", "4"), 1, {.explanation = "Count."});
          }) ==
          R"(sendPoll {"chat_id":5,"question":"2+2?","options":[{"text":"3"},{"text":"4"}],)"
          R"("type":"quiz","correct_option_ids":[1],"explanation":"Count."})");
}

TEST_CASE("what came in goes elsewhere, and other messages come here") {
    stage s;
    CHECK(s.in_private([](context& ctx) { ctx.copy_to("@channel"); }) ==
          R"(copyMessage {"chat_id":"@channel","from_chat_id":5,"message_id":7})");
    CHECK(s.in_private([](context& ctx) { ctx.forward_to(99); }) ==
          R"(forwardMessage {"chat_id":99,"from_chat_id":5,"message_id":7})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_copy(99, 3, {.caption = "new"}); }) ==
          R"(copyMessage {"chat_id":5,"from_chat_id":99,"message_id":3,"caption":"new"})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_forward(99, 3); }) ==
          R"(forwardMessage {"chat_id":5,"from_chat_id":99,"message_id":3})");
}

TEST_CASE("outside of private chats a reply quotes, unless told otherwise") {
    stage s;
    CHECK(s.one(group_update(), [](context& ctx) { ctx.reply_photo("p"); }) ==
          R"(sendPhoto {"chat_id":-100,"photo":"p","reply_parameters":{"message_id":7}})");
    CHECK(s.one(group_update(), [](context& ctx) { ctx.reply_photo("p", {.quote = false}); }) ==
          R"(sendPhoto {"chat_id":-100,"photo":"p"})");
    CHECK(s.one(group_update(), [](context& ctx) {
              ctx.reply_photo("p", {.reply_parameters = reply_parameters{.message_id = 1}});
          }) == R"(sendPhoto {"chat_id":-100,"photo":"p","reply_parameters":{"message_id":1}})");
    CHECK(s.in_private([](context& ctx) { ctx.reply_dice({.quote = true}); }) ==
          R"(sendDice {"chat_id":5,"reply_parameters":{"message_id":7}})");
}

TEST_CASE("topic, business connection and direct-messages topic are kept") {
    stage s;
    CHECK(s.one(group_update(R"("message_thread_id":12,"is_topic_message":true,)"),
                [](context& ctx) { ctx.reply_sticker("s", {.quote = false}); }) ==
          R"(sendSticker {"chat_id":-100,"message_thread_id":12,"sticker":"s"})");
    CHECK(s.one(group_update(R"("direct_messages_topic":{"topic_id":31},)"),
                [](context& ctx) { ctx.reply_voice("v", {.quote = false}); }) ==
          R"(sendVoice {"chat_id":-100,"direct_messages_topic_id":31,"voice":"v"})");
    CHECK(s.one(business_update(), [](context& ctx) { ctx.reply_document("d"); }) ==
          R"(sendDocument {"business_connection_id":"bc1","chat_id":5,"document":"d"})");
    CHECK(s.one(business_update(), [](context& ctx) {
              ctx.reply_checklist({.title = "To do",
                                   .tasks = list(input_checklist_task{.id = 1, .text = "Eat"})});
          }) ==
          R"(sendChecklist {"business_connection_id":"bc1","chat_id":5,)"
          R"("checklist":{"title":"To do","tasks":[{"id":1,"text":"Eat"}]}})");
    CHECK(s.in_private([](context& ctx) {
              const auto tasks = list(input_checklist_task{.id = 1, .text = "Eat"});
              CHECK_THROWS_WITH_AS(ctx.reply_checklist({.title = "To do", .tasks = tasks}),
                                   doctest::Contains("business connection"), std::logic_error);
              ctx.reply("as text");
          }) == R"(sendMessage {"chat_id":5,"text":"as text"})");
}

TEST_CASE("the message under a button is edited") {
    stage s;
    const std::string press = press_update(5, "x");
    CHECK(s.one(press, [](context& ctx) { ctx.edit("new", {.parse_mode = parse_mode::html}); }) ==
          R"(editMessageText {"chat_id":5,"message_id":9,"text":"new","parse_mode":"HTML"})");
    CHECK(s.one(press_update(5, "x"), [](context& ctx) { ctx.edit_caption("new"); }) ==
          R"(editMessageCaption {"chat_id":5,"message_id":9,"caption":"new"})");
    CHECK(s.one(press_update(5, "x"), [](context& ctx) {
              ctx.edit_media(input_media_photo{.media = "p"});
          }) ==
          R"(editMessageMedia {"chat_id":5,"message_id":9,"media":{"type":"photo","media":"p"}})");
    CHECK(s.one(press_update(5, "x"), [](context& ctx) {
              ctx.edit_keyboard(inline_keyboard(row(button<"a">("A"))));
          }) ==
          R"(editMessageReplyMarkup {"chat_id":5,"message_id":9,)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}})");
    CHECK(s.one(press_update(5, "x"), [](context& ctx) { ctx.edit_location(1, 2); }) ==
          R"(editMessageLiveLocation {"chat_id":5,"message_id":9,"latitude":1,"longitude":2})");
    CHECK(s.one(press_update(5, "x"), [](context& ctx) { ctx.stop_location(); }) ==
          R"(stopMessageLiveLocation {"chat_id":5,"message_id":9})");
}

TEST_CASE("a message that was sent by inline mode is edited by its own id") {
    incoming update;
    REQUIRE(update.read(inline_press()) == telegram::decode_fault::none);
    outbox effects;
    context ctx(update, effects);
    ctx.edit("new");
    ctx.edit_keyboard();
    REQUIRE(effects.size() == 2);
    CHECK(effects[0].body == R"({"inline_message_id":"im1","text":"new"})");
    CHECK(effects[1].body == R"({"inline_message_id":"im1"})");
    CHECK_THROWS_AS(ctx.remove(), std::logic_error);
    CHECK_THROWS_AS(ctx.reply_photo("p"), std::logic_error);
    CHECK(effects.size() == 2);
}

TEST_CASE("what is done to a message") {
    stage s;
    CHECK(s.in_private([](context& ctx) { ctx.remove(); }) ==
          R"(deleteMessage {"chat_id":5,"message_id":7})");
    CHECK(s.one(business_update(), [](context& ctx) { ctx.remove(); }) ==
          R"(deleteBusinessMessages {"business_connection_id":"bc1","message_ids":[7]})");
    CHECK(s.in_private([](context& ctx) { ctx.pin(true); }) ==
          R"(pinChatMessage {"chat_id":5,"message_id":7,"disable_notification":true})");
    CHECK(s.in_private([](context& ctx) { ctx.unpin(); }) ==
          R"(unpinChatMessage {"chat_id":5,"message_id":7})");
    CHECK(s.in_private([](context& ctx) { ctx.react("👍"); }) ==
          R"(setMessageReaction {"chat_id":5,"message_id":7,"reaction":[{"type":"emoji","emoji":"👍"}]})");
    CHECK(s.in_private([](context& ctx) {
              ctx.react(reaction_type_custom_emoji{.custom_emoji_id = "77"}, true);
          }) ==
          R"(setMessageReaction {"chat_id":5,"message_id":7,)"
          R"("reaction":[{"type":"custom_emoji","custom_emoji_id":"77"}],"is_big":true})");
    CHECK(s.in_private([](context& ctx) { ctx.unreact(); }) ==
          R"(setMessageReaction {"chat_id":5,"message_id":7})");
    CHECK(s.in_private([](context& ctx) { ctx.stop_poll(); }) ==
          R"(stopPoll {"chat_id":5,"message_id":7})");
}

TEST_CASE("requests to join are let in or not") {
    stage s;
    CHECK(s.one(join_update(), [](context& ctx) { ctx.approve_join(); }) ==
          R"(approveChatJoinRequest {"chat_id":-100,"user_id":5})");
    CHECK(s.one(join_update(), [](context& ctx) { ctx.decline_join(); }) ==
          R"(declineChatJoinRequest {"chat_id":-100,"user_id":5})");
}

TEST_CASE("files are uploaded") {
    stage s;
    s.in_private([](context& ctx) {
        ctx.reply_document(input_file::bytes("contents", "notes.txt"), {.caption = "Notes"});
    });
    REQUIRE(s.bot_.net.calls.size() == 1);
    REQUIRE(s.bot_.net.calls[0].uploads.size() == 1);
    CHECK(s.bot_.net.calls[0].uploads[0].name == "document");
    CHECK(s.bot_.net.calls[0].uploads[0].file_name == "notes.txt");
    CHECK(s.bot_.net.calls[0].uploads[0].bytes == "contents");
}
