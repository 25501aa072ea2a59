// A bot in the terminal, with a hand-written sink in place of a dispatcher.
#include <doctest/doctest.h>

#include <banter/testkit/console.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <functional>
#include <sstream>

using namespace banter;
using namespace banter::testkit;
namespace json = boost::json;

namespace {

/// Answers each update by what the test says.
struct little_bot {
    std::istringstream in;
    std::ostringstream out;
    console terminal;
    std::function<void(little_bot&, const json::object&)> handler;
    net::update_sink::finished_function finished = nullptr;
    void* listener = nullptr;
    bool pending = false;

    explicit little_bot(const std::string& input, console_options options = {})
        : in(input), terminal(in, out, options) {}

    void call(std::string method, const std::string& body) {
        request r;
        r.method = std::move(method);
        r.body = body;
        terminal.network().start_call(std::move(r), [](boost::system::error_code, answer) {});
    }
    void reply(const json::object& update, const std::string& rest) {
        const auto& m = update.contains("message") ? update.at("message").as_object()
                                                   : update.at("callback_query").at("message").as_object();
        call("sendMessage", R"({"chat_id":)" + json::serialize(m.at("chat").at("id")) + "," + rest + "}");
    }
    std::string play() {
        net::update_sink sink;
        sink.object = this;
        sink.offer = [](void* self, std::string_view text, std::int64_t&) {
            auto& bot = *static_cast<little_bot*>(self);
            bot.handler(bot, json::parse(text).as_object());
            return bot.pending ? net::offer_result::pending : net::offer_result::done;
        };
        sink.listen = [](void* self, net::update_sink::finished_function f, void* l) {
            static_cast<little_bot*>(self)->finished = f;
            static_cast<little_bot*>(self)->listener = l;
        };
        CHECK(terminal.play(sink) == 0);
        const auto text = out.str();
        const auto begin = text.find("you>");
        return text.substr(begin);
    }
};

constexpr const char* keyboard =
    R"("text":"How will you pay?","reply_markup":{"inline_keyboard":[[)"
    R"({"text":"First bank","callback_data":"bank_1"},{"text":"Site","url":"https://x.org"}],)"
    R"([{"text":"Back","callback_data":"back"}]]})";

}  // namespace

TEST_CASE("it begins with help") {
    little_bot bot("");
    bot.handler = [](little_bot&, const json::object&) {};
    bot.play();
    CHECK(bot.out.str().find("presses button 2, or") != std::string::npos);
    for (std::size_t at = 0, end = 0; end != std::string::npos; at = end + 1) {
        end = bot.out.str().find('\n', at);
        CHECK(std::min(end, bot.out.str().size()) - at <= 100);
    }
}

TEST_CASE("texts go in, replies and keyboards come out") {
    little_bot bot("hello\n\nlines\n#1\nBack\n#2\n#9\n");
    bot.handler = [](little_bot& b, const json::object& u) {
        if (u.contains("callback_query")) {
            const std::string data(u.at("callback_query").at("data").as_string());
            b.call("answerCallbackQuery", R"({"callback_query_id":)" +
                                              json::serialize(u.at("callback_query").at("id")) +
                                              R"(,"text":"Noted","show_alert":)" +
                                              (data == "back" ? "true}" : "false}"));
            return b.reply(u, R"("text":"pressed )" + data + "\"");
        }
        const std::string said(u.at("message").at("text").as_string());
        b.reply(u, said == "lines" ? R"("text":"one\ntwo")" : keyboard);
    };
    CHECK(bot.play() == "you> hello\n"
                        "bot  How will you pay?\n"
                        "     [1 First bank] [2 Site: https://x.org]\n"
                        "     [3 Back]\n"
                        "you> \n"
                        "you> lines\n"
                        "bot  one\n"
                        "     two\n"
                        "you> #1\n"
                        "     (you press \"First bank\")\n"
                        "     (notice: Noted)\n"
                        "bot  pressed bank_1\n"
                        "you> Back\n"
                        "     (you press \"Back\")\n"
                        "     (alert: Noted)\n"
                        "bot  pressed back\n"
                        "you> #2\n"
                        "     (opens https://x.org)\n"
                        "you> #9\n"
                        "     (there is no button 9; shown are 1 to 3)\n"
                        "you> \n");
}

TEST_CASE("attachments, edits, the escape, and commands of the bot's own") {
    const std::string_view own[] = {"dice"};
    little_bot bot("/photo\n/document /no/such/file\n/location 1 2\n/dice\n\\/photo\n/edit better\n#1\n",
                   {.bot_commands = own});
    bot.handler = [](little_bot& b, const json::object& u) {
        if (!u.contains("message"))
            return b.terminal.log("edited to " + json::serialize(u.at("edited_message").at("text")));
        const auto& m = u.at("message").as_object();
        for (const char* kind : {"photo", "document", "location", "dice"})
            if (m.contains(kind)) b.reply(u, R"("text":"a )" + std::string(kind) + "\"");
        if (m.contains("text")) b.reply(u, R"("text":"said )" + std::string(m.at("text").as_string()) + "\"");
    };
    CHECK(bot.play() == "you> /photo\n"
                        "bot  a photo\n"
                        "you> /document /no/such/file\n"
                        "     (cannot read /no/such/file; nothing was sent)\n"
                        "you> /location 1 2\n"
                        "bot  a location\n"
                        "you> /dice\n"
                        "bot  said /dice\n"
                        "you> \\/photo\n"
                        "bot  said /photo\n"
                        "you> /edit better\n"
                        "!    edited to \"better\"\n"
                        "you> #1\n"
                        "     (no buttons are shown)\n"
                        "you> \n");
}

TEST_CASE("what the bot does to its messages is shown") {
    little_bot bot("go\n");
    bot.handler = [](little_bot& b, const json::object& u) {
        const auto chat = json::serialize(u.at("message").at("chat").at("id"));
        const auto to = R"({"chat_id":)" + chat;
        b.reply(u, R"x("text":"<b>Hi</b>, <a href=\"https://x.org\">look</a>","parse_mode":"HTML",
                   "reply_markup":{"keyboard":[["Age","Colour"]]})x");
        b.call("sendChatAction", to + R"(,"action":"typing"})");
        b.call("sendPoll", to + R"(,"question":"Tea?","options":[{"text":"Yes"},{"text":"No"}]})");
        b.call("sendVenue", to + R"(,"latitude":1,"longitude":2,"title":"Tower","address":"Street"})");
        const auto first = b.terminal.telegram().bot_messages({u.at("message").at("chat").at("id").as_int64()});
        b.call("editMessageText", to + R"(,"message_id":)" + std::to_string(first[0].message_id()) +
                                      R"(,"text":"Hello"})");
        b.call("deleteMessage", to + R"(,"message_id":)" + std::to_string(first[0].message_id()) + "}");
        b.call("sendMessage", R"({"chat_id":4711,"text":"to the admin"})");
        b.call("sendMessage", to + R"(,"text":""})");
        b.call("forwardMessage", R"({"chat_id":4711,"from_chat_id":)" + chat + R"(,"message_id":)" +
                                     json::serialize(u.at("message").at("message_id")) + "}");
    };
    CHECK(bot.play() == "you> go\n"
                        "bot  Hi, look\n"
                        "     -> https://x.org\n"
                        "     <1 Age> <2 Colour>\n"
                        "     (the bot is typing)\n"
                        "bot  [poll] Tea?\n"
                        "     - Yes\n"
                        "     - No\n"
                        "bot  [venue Tower, Street]\n"
                        "bot  (edits) Hello\n"
                        "     (the bot deletes a message)\n"
                        "bot (to chat 4711)  to the admin\n"
                        "     (sendMessage failed: 400 Bad Request: message text is empty)\n"
                        "bot (to chat 4711)  (forwarded from You) go\n"
                        "you> \n");
}

TEST_CASE("time passes where a handler waits, and by /wait") {
    using namespace std::chrono_literals;
    little_bot bot("go\n/wait 31min\n/wait\n");
    bot.handler = [](little_bot& b, const json::object& u) {
        b.terminal.network().start_wait(30min, [&b, u](boost::system::error_code) {
            b.reply(u, R"("text":"Too late.")");
        });
    };
    CHECK(bot.play() == "you> go\n"
                        "you> /wait 31min\n"
                        "     (31min later)\n"
                        "bot  Too late.\n"
                        "you> /wait\n"
                        "     (how long? For example: /wait 30min)\n"
                        "you> \n");
}

TEST_CASE("a handler in work is waited for; what it had to wait for happens then") {
    using namespace std::chrono_literals;
    little_bot bot("go\nagain\n");
    bot.pending = true;
    bot.handler = [](little_bot& b, const json::object& u) {
        b.terminal.network().start_wait(2s, [&b, u](boost::system::error_code) {
            b.reply(u, R"("text":"Done.")");
            b.finished(b.listener, u.at("update_id").as_int64());
        });
    };
    CHECK(bot.play() == "you> go\nbot  Done.\nyou> again\nbot  Done.\nyou> \n");
}

TEST_CASE("an invoice is paid by its button") {
    little_bot bot("buy\n#1\n");
    bot.handler = [](little_bot& b, const json::object& u) {
        if (u.contains("pre_checkout_query"))
            return b.call("answerPreCheckoutQuery",
                          R"({"ok":true,"pre_checkout_query_id":)" +
                              json::serialize(u.at("pre_checkout_query").at("id")) + "}");
        const auto& m = u.at("message").as_object();
        if (m.contains("successful_payment"))
            return b.reply(u, R"("text":"Thanks for )" +
                                  std::string(m.at("successful_payment").at("invoice_payload").as_string()) + "\"");
        b.call("sendInvoice", R"({"chat_id":)" + json::serialize(m.at("chat").at("id")) +
                                  R"(,"title":"Tea","description":"Hot","payload":"tea-1","currency":"EUR",)"
                                  R"("prices":[{"label":"Tea","amount":250}]})");
    };
    CHECK(bot.play() == "you> buy\n"
                        "bot  [invoice Tea: 250 EUR (in its smallest units)]\n"
                        "     Hot\n"
                        "     [1 Pay]\n"
                        "you> #1\n"
                        "     (you press \"Pay\")\n"
                        "     (you pay)\n"
                        "bot  Thanks for tea-1\n"
                        "you> \n");
}
