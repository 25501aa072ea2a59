// The fake Telegram: what users cause, what a bot's calls do.
#include <boost/json.hpp>

#include <doctest/doctest.h>

#include <banter/testkit/schema.hpp>
#include <banter/testkit/world.hpp>

using namespace banter::testkit;
namespace json = boost::json;

namespace {

struct desk {
    world w;
    std::int64_t anna = w.add_user("Anna", {.username = "anna_tests"});

    json::object next() {
        auto all = w.take_updates();
        REQUIRE(all.size() == 1);
        return json::parse(all[0].json).as_object();
    }
    json::object call(std::string_view method, std::string_view params) {
        return json::parse(w.call(method, params).body).as_object();
    }
    json::value result(std::string_view method, std::string_view params) {
        auto answer = call(method, params);
        INFO(json::serialize(answer));
        REQUIRE(answer.at("ok") == true);
        return answer.at("result");
    }
    std::string refusal(std::string_view method, std::string_view params) {
        auto answer = call(method, params);
        return answer.at("ok") == true ? "" : std::string(answer.at("description").as_string());
    }
    std::string to(std::string_view rest) {
        return R"({"chat_id":)" + std::to_string(anna) + (rest.empty() ? "" : ",") +
               std::string(rest) + "}";
    }
    std::int64_t say(std::string_view text, std::string_view rest = {}) {
        return result("sendMessage", to(R"("text":")" + std::string(text) + "\"" +
                                        (rest.empty() ? "" : ",") + std::string(rest)))
            .at("message_id")
            .as_int64();
    }
};

constexpr std::string_view keyboard =
    R"("reply_markup":{"inline_keyboard":[[{"text":"Yes","callback_data":"y"},)"
    R"({"text":"Site","url":"https://x.org"}],[{"text":"Back","callback_data":"b"}]]})";

}  // namespace

TEST_CASE("a text is a message update with the entities that the server finds") {
    desk d;
    const auto id = d.w.send(d.anna, {}, content::text("/pay 100"));
    const auto u = d.next();
    const auto& m = u.at("message").as_object();
    CHECK(m.at("message_id") == id);
    CHECK(m.at("chat").at("type") == "private");
    CHECK(m.at("from").at("username") == "anna_tests");
    CHECK(m.at("text") == "/pay 100");
    CHECK(m.at("entities").at(0).at("type") == "bot_command");
    CHECK(m.at("entities").at(0).at("length") == 4);
    std::string fault;
    CHECK(detail::has_shape(u, detail::types_in("Update"), "update", fault));
    CHECK(fault == "");
}

TEST_CASE("whatever a user does makes an update of the documented shape") {
    desk d;
    auto& w = d.w;
    const auto group = w.add_group("Club");
    const auto channel = w.add_group("News", {.type = "channel"});
    const auto old = w.add_group("Old", {.type = "group"});
    for (const char* kind : {"photo", "document", "sticker", "voice", "video", "video_note", "audio",
                             "animation"})
        w.send(d.anna, {}, content::media(kind).caption("words"));
    w.send(d.anna, {group}, content::location(1, 2));
    w.send(d.anna, {group}, content::venue(1, 2, "Tower", "Street"));
    w.send(d.anna, {}, content::contact("+491511234567", "Anna"));
    w.send(d.anna, {}, content::dice("\xF0\x9F\x8E\xB2", 6));
    w.send(d.anna, {}, content::poll("Which?", {"a", "b"}));
    w.send(d.anna, {}, content::web_app_data("{}", "Open"));
    w.send(d.anna, {}, content::successful_payment("p", "EUR", 100));
    const auto first = w.send(d.anna, {}, content::text("hello"));
    w.send(d.anna, {}, content::text("re").replying_to(first).forwarded_from(d.anna));
    w.edit(d.anna, {}, "better");
    w.join(d.anna, group);
    w.leave(d.anna, group);
    w.block_bot(d.anna, false);
    w.react(d.anna, {}, first, "\xF0\x9F\x91\x8D");
    w.inline_query(d.anna, "find");
    w.choose_inline_result(d.anna, "1", "find");
    w.pre_checkout(d.anna, "p", "EUR", 100);
    w.shipping_query(d.anna, "p");
    w.request_to_join(d.anna, group);
    w.post(channel, content::text("news"));
    w.post(channel, content::text("better news"), true);
    w.migrate(d.anna, old);
    d.say("press", keyboard);
    w.press(d.anna, {}, "Yes");
    w.press_data(d.anna, {}, "gone", 1, true);
    const auto updates = w.take_updates();
    CHECK(updates.size() == 35);
    std::int64_t last = 0;
    for (const auto& u : updates) {
        const auto v = json::parse(u.json);
        CAPTURE(u.json);
        std::string fault;
        CHECK(detail::has_shape(v, detail::types_in("Update"), "update", fault));
        CHECK(fault == "");
        CHECK(v.as_object().size() == 2);
        CHECK(v.at("update_id").as_int64() > last);
        last = v.at("update_id").as_int64();
    }
}

TEST_CASE("every method is answered with a result of its documented type") {
    for (const auto line : detail::method_lines()) {
        const auto method = detail::read_method(line);
        desk d;
        const auto group = d.w.add_group("Club", {.is_forum = true});
        const auto user_message = d.w.send(d.anna, {}, content::text("hello"));
        const auto own = d.say("mine", keyboard);
        d.w.set_file("known", "bytes");
        d.w.press(d.anna, {}, "Yes");
        json::object params;
        std::int64_t number = 1;
        for (const auto text : method.params) {
            const auto p = detail::read_field(text);
            if (!p.required) continue;
            if (!p.sample.empty()) params[p.name] = p.sample;
            else params[p.name] = detail::sample_of(p.types.front(), {}, number);
        }
        const auto set = [&params](const char* name, json::value v) {
            if (params.contains(name)) params[name] = std::move(v);
        };
        const bool topics = method.name.find("ForumTopic") != std::string_view::npos ||
                            method.name == "setChatTitle";
        set("chat_id", topics ? group : d.anna);
        set("from_chat_id", d.anna);
        set("user_id", d.anna);
        set("message_id", own);
        set("file_id", "known");
        set("url", "https://example.org/hook");
        set("commands", json::parse(R"([{"command":"start","description":"x"}])"));
        for (const char* file : {"photo", "document", "audio", "video", "animation", "voice",
                                 "video_note", "sticker", "live_photo"})
            if (params.contains(file) && params[file].is_string()) set(file, "known");
        set("options", json::parse(R"([{"text":"a"},{"text":"b"}])"));
        if (method.name == "stopPoll")
            set("message_id", d.result("sendPoll", d.to(R"("question":"?","options":[{"text":"a"}])"))
                                  .at("message_id"));
        if (method.name == "sendMediaGroup" || method.name == "sendPaidMedia")
            set("media", json::parse(R"([{"type":"photo","media":"known"},
                                         {"type":"photo","media":"known"}])"));
        if (method.name == "editMessageMedia")
            set("media", json::parse(R"({"type":"photo","media":"known"})"));
        if (method.name.starts_with("editMessage") || method.name.starts_with("stopMessage")) {
            params["chat_id"] = d.anna;
            params["message_id"] = own;
            if (method.name == "editMessageText") params["text"] = "new";
        }
        auto pending = d.w.take_updates();
        const auto press = json::parse(pending.back().json);
        set("callback_query_id", press.at("callback_query").at("id"));
        set("inline_query_id", d.w.inline_query(d.anna, "x").c_str());
        set("shipping_query_id", d.w.shipping_query(d.anna, "x").c_str());
        set("pre_checkout_query_id", d.w.pre_checkout(d.anna, "x", "EUR", 1).c_str());
        if (method.name == "answerShippingQuery") params["shipping_options"] = json::array();
        CAPTURE(method.name);
        CAPTURE(user_message);
        const auto text = json::serialize(params);
        CAPTURE(text);
        const auto body = json::parse(d.w.call(method.name, text).body);
        CAPTURE(json::serialize(body));
        REQUIRE(body.at("ok") == true);
        std::string fault;
        CHECK(detail::has_shape(body.at("result"), method.results, "result", fault));
        CHECK(fault == "");
    }
}

TEST_CASE("what a bot sends can be read, edited, pressed and deleted") {
    desk d;
    d.w.send(d.anna, {}, content::text("hello"));
    d.w.take_updates();
    const auto id = d.say("<b>How</b> will you pay?", std::string(R"("parse_mode":"HTML",)") +
                                                          std::string(keyboard));
    auto last = d.w.last_bot_message({d.anna});
    REQUIRE(last);
    CHECK(last->text() == "How will you pay?");
    CHECK(last->message_id() == id);
    CHECK(last->buttons().size() == 2);
    CHECK(last->has_button("Yes"));
    CHECK(last->has_button("b"));
    CHECK_FALSE(last->has_button("No"));

    const auto query = d.w.press(d.anna, {}, "Back");
    const auto u = d.next();
    CHECK(u.at("callback_query").at("data") == "b");
    CHECK(u.at("callback_query").at("message").at("message_id") == id);
    CHECK_FALSE(d.w.answer_to(query).answered);
    d.result("answerCallbackQuery", R"({"callback_query_id":")" + query +
                                        R"(","text":"Done","show_alert":true})");
    CHECK(d.w.answer_to(query).text == "Done");
    CHECK(d.w.answer_to(query).alert);

    const auto target = R"("message_id":)" + std::to_string(id);
    d.result("editMessageText", d.to(target + R"(,"text":"Paid.")"));
    last = d.w.last_bot_message({d.anna});
    CHECK(last->text() == "Paid.");
    CHECK(last->edited());
    CHECK(last->buttons().empty());
    d.result("deleteMessage", d.to(target));
    CHECK_FALSE(d.w.last_bot_message({d.anna}));
}

TEST_CASE("pressing what is not there lists what is") {
    desk d;
    const auto sentence = [&](std::string_view wanted) -> std::string {
        try {
            d.w.press(d.anna, {}, wanted);
        } catch (const impossible& f) {
            return f.what();
        }
        return "";
    };
    CHECK(sentence("Yes") == "there is no button \"Yes\": no keyboard is shown in this chat");
    d.say("press", keyboard);
    CHECK(sentence("No") ==
          "there is no button \"No\"; shown are \"Yes\" (y), \"Site\" / \"Back\" (b)");
    CHECK(sentence("Yes") == "");
}

TEST_CASE("a reply keyboard's button sends its label") {
    desk d;
    d.say("menu", R"("reply_markup":{"keyboard":[["Age",{"text":"Where","request_location":true}]]})");
    CHECK(d.w.reply_keyboard({d.anna}).at(0).at(1).kind == "request_location");
    CHECK(d.w.press(d.anna, {}, "Age") == "");
    CHECK(d.next().at("message").at("text") == "Age");
    d.w.press(d.anna, {}, "Where");
    CHECK(d.next().at("message").as_object().contains("location"));
    d.say("bye", R"("reply_markup":{"remove_keyboard":true})");
    CHECK(d.w.reply_keyboard({d.anna}).empty());
}

TEST_CASE("calls are refused where the real server refuses them") {
    desk d;
    const auto id = d.say("text", keyboard);
    const auto own = R"("message_id":)" + std::to_string(id);
    CHECK(d.refusal("sendMessage", R"({"chat_id":5,"text":"x"})") == "Bad Request: chat not found");
    CHECK(d.refusal("sendMessage", d.to("")) == "Bad Request: message text is empty");
    CHECK(d.refusal("sendMessage", d.to(R"("text":"  ")")) == "Bad Request: message text is empty");
    CHECK(d.refusal("sendMessage", d.to(R"("text":")" + std::string(4097, 'x') + "\"")) ==
          "Bad Request: message is too long");
    CHECK(d.refusal("sendMessage", d.to(R"("text":"<b>x","parse_mode":"HTML")"))
              .starts_with("Bad Request: can't parse entities"));
    CHECK(d.refusal("sendMessage",
                    d.to(R"("text":"x","reply_markup":{"inline_keyboard":[[{"text":"a",)"
                         R"("callback_data":")" + std::string(65, 'x') + R"("}]]})")) ==
          "Bad Request: BUTTON_DATA_INVALID");
    CHECK(d.refusal("sendMessage", d.to(R"("text":"x","reply_markup":{"inline_keyboard":[["a"]]})")) !=
          "");
    CHECK(d.refusal("sendMessage", d.to(R"("text":"x","reply_parameters":{"message_id":9})")) ==
          "Bad Request: message to be replied not found");
    CHECK(d.refusal("editMessageText", d.to(R"("message_id":77,"text":"x")")) ==
          "Bad Request: message to edit not found");
    CHECK(d.refusal("editMessageText", d.to(own + R"(,"text":"text",)" + std::string(keyboard)))
              .starts_with("Bad Request: message is not modified"));
    CHECK(d.refusal("editMessageText", d.to(own + R"(,"text":"text")")) == "");
    CHECK(d.refusal("answerCallbackQuery", R"({"callback_query_id":"1"})") ==
          "Bad Request: query is too old and response timeout expired or query ID is invalid");
    CHECK(d.refusal("deleteMessage", d.to(R"("message_id":77)")) ==
          "Bad Request: message to delete not found");
    CHECK(d.refusal("sendPhoto", d.to(R"("photo":"nonsense")")) ==
          "Bad Request: wrong file identifier/HTTP URL specified");
    CHECK(d.refusal("getFile", R"({"file_id":"nonsense"})") == "Bad Request: invalid file_id");
    CHECK(d.refusal("noSuchMethod", "{}") == "Not Found: method not found");
    CHECK(d.refusal("sendMessage", "[1") == "Bad Request: can't parse JSON request body");
    CHECK(d.refusal("sendDice", R"({"chat_id":true})") ==
          "Bad Request: can't parse chat_id: Field must be of type Integer");
    d.w.block_bot(d.anna, true);
    CHECK(d.refusal("sendMessage", d.to(R"("text":"x")")) ==
          "Forbidden: bot was blocked by the user");
}

TEST_CASE("a group that became a supergroup says so") {
    desk d;
    const auto group = d.w.add_group("Old", {.type = "group"});
    const auto fresh = d.w.migrate(d.anna, group);
    const auto answer =
        d.call("sendMessage", R"({"chat_id":)" + std::to_string(group) + R"(,"text":"x"})");
    CHECK(answer.at("parameters").at("migrate_to_chat_id") == fresh);
}

TEST_CASE("every call is on record") {
    desk d;
    d.say("hello", keyboard);
    d.refusal("sendMessage", R"({"chat_id":5,"text":"x"})");
    const auto calls = d.w.calls();
    REQUIRE(calls.size() == 2);
    CHECK(calls[0].method == "sendMessage");
    CHECK(calls[0].ok());
    CHECK(calls[0].text("text") == "hello");
    CHECK(calls[0].integer("chat_id") == d.anna);
    CHECK(calls[0].text("reply_markup.inline_keyboard.1.0.callback_data") == "b");
    CHECK_FALSE(calls[0].has("parse_mode"));
    CHECK(calls[1].status == 400);
    CHECK(calls[1].description == "Bad Request: chat not found");
    CHECK(d.w.calls("getMe").empty());
}

TEST_CASE("files: what was sent can be fetched, what was uploaded is kept") {
    desk d;
    d.w.send(d.anna, {}, content::document().file("a.txt", "abc"));
    const auto u = d.next();
    const auto id = std::string(u.at("message").at("document").at("file_id").as_string());
    CHECK(u.at("message").at("document").at("file_name") == "a.txt");
    const auto file = d.result("getFile", R"({"file_id":")" + id + R"("})");
    CHECK(file.at("file_size") == 3);
    CHECK(d.w.file(file.at("file_path").as_string()) == "abc");
    const std::vector<sent_file> uploads = {{"photo0", "p.png", "pixels"}};
    const auto answer = json::parse(
        d.w.call("sendPhoto", d.to(R"("photo":"attach://photo0","caption":"c")"), uploads).body);
    CHECK(answer.at("ok") == true);
    CHECK(d.w.last_bot_message({d.anna})->kind() == "photo");
    CHECK(d.w.file(d.w.last_bot_message({d.anna})->file_id()) == "pixels");
    CHECK(d.w.calls().back().files.at(0).bytes == "pixels");
}

TEST_CASE("settings are read back") {
    desk d;
    d.result("setMyCommands", R"({"commands":[{"command":"a","description":"b"}]})");
    CHECK(d.result("getMyCommands", "{}").at(0).at("command") == "a");
    CHECK(d.result("getMyCommands", R"({"language_code":"de"})").as_array().empty());
    d.result("deleteMyCommands", "{}");
    CHECK(d.result("getMyCommands", "{}").as_array().empty());
    d.result("setMyName", R"({"name":"N"})");
    CHECK(d.result("getMyName", "{}").at("name") == "N");
    const auto group = std::to_string(d.w.add_group("Club"));
    d.result("banChatMember", R"({"chat_id":)" + group + R"(,"user_id":)" +
                                  std::to_string(d.anna) + "}");
    CHECK(d.result("getChatMember", R"({"chat_id":)" + group + R"(,"user_id":)" +
                                        std::to_string(d.anna) + "}")
              .at("status") == "kicked");
    d.result("setChatTitle", R"({"chat_id":)" + group + R"(,"title":"New"})");
    CHECK(d.result("getChat", R"({"chat_id":)" + group + "}").at("title") == "New");
}

TEST_CASE("polls: votes and their updates") {
    desk d;
    d.result("sendPoll", d.to(R"("question":"?","options":[{"text":"a"},{"text":"b"}],)"
                              R"("is_anonymous":false)"));
    const auto message = json::parse(d.w.last_bot_message({d.anna})->json());
    const std::string poll(message.at("poll").at("id").as_string());
    const std::vector<int> choice{1};
    d.w.vote(d.anna, poll, choice);
    const auto updates = d.w.take_updates();
    REQUIRE(updates.size() == 2);
    CHECK(json::parse(updates[0].json).at("poll").at("options").at(1).at("voter_count") == 1);
    CHECK(json::parse(updates[1].json).at("poll_answer").at("option_ids").at(0) == 1);
}

TEST_CASE("getUpdates: offsets, limits, allowed kinds, a second poller") {
    desk d;
    for (int i = 0; i < 3; ++i) d.w.send(d.anna, {}, content::text("hello"));
    d.w.react(d.anna, {}, 1, "x");
    const auto all = d.result("getUpdates", "{}").as_array();
    CHECK(all.size() == 3);  // reactions are not delivered unless asked for
    const auto first = all[0].at("update_id").as_int64();
    CHECK(d.result("getUpdates", R"({"limit":2})").as_array().size() == 2);
    const auto rest = d.result("getUpdates", R"({"offset":)" + std::to_string(first + 1) + "}");
    CHECK(rest.as_array().size() == 2);
    CHECK(d.w.unconfirmed_updates() == 2);
    const auto waiting = d.w.call("getUpdates", R"({"offset":)" + std::to_string(first + 3) +
                                                    R"(,"timeout":10,)"
                                                    R"("allowed_updates":["message_reaction"]})");
    CHECK(waiting.waiting_poll != 0);
    CHECK(waiting.delay == std::chrono::seconds(10));
    CHECK(d.w.resume_poll(waiting.waiting_poll, false).waiting_poll != 0);
    d.w.send(d.anna, {}, content::text("not wanted"));
    CHECK(d.w.resume_poll(waiting.waiting_poll, false).waiting_poll != 0);
    d.w.react(d.anna, {}, 1, "x");
    const auto answered = d.w.resume_poll(waiting.waiting_poll, false);
    CHECK(json::parse(answered.body).at("result").as_array().size() == 1);

    d.result("getUpdates", R"({"offset":-1})");
    d.w.take_updates();
    const auto one = d.w.call("getUpdates", R"({"timeout":10})");
    const auto two = d.w.call("getUpdates", R"({"timeout":10})");
    CHECK(d.w.resume_poll(one.waiting_poll, false).status == 409);
    CHECK(d.w.resume_poll(two.waiting_poll, true).status == 200);
    CHECK(d.w.polls().size() == 7);
    CHECK(d.w.calls().empty());
    d.result("setWebhook", R"({"url":"https://x.org/h"})");
    CHECK(d.refusal("getUpdates", "{}").starts_with("Conflict: can't use getUpdates"));
}

TEST_CASE("updates can come twice, be broken, or be of an unknown kind") {
    desk d;
    d.w.send(d.anna, {}, content::text("hello"));
    const auto id = d.w.take_updates().at(0).update_id;
    d.w.repeat_updates();
    CHECK(d.w.take_updates().at(0).update_id == id);
    CHECK(d.w.take_updates().empty());
    d.w.push_broken("{broken");
    CHECK(d.w.take_updates().at(0).json == "{broken");
    d.w.push(R"({"brand_new":{"x":1}})");
    CHECK(d.next().contains("update_id"));
    d.w.push(R"({"callback_query":{"id":"77","from":{"id":5,"is_bot":false,"first_name":"Eve"},
                 "chat_instance":"1","data":"x"}})");
    CHECK(d.refusal("answerCallbackQuery", R"({"callback_query_id":"77"})") == "");
    CHECK(d.refusal("sendMessage", R"({"chat_id":5,"text":"x"})") == "");
    d.w.inject(fault::repeated_updates());
    CHECK(d.result("getUpdates", "{}").as_array().size() == 1);
    const auto again = d.result("getUpdates", R"({"offset":999999999})").as_array();
    CHECK(again.size() == 1);
}

TEST_CASE("faults strike where, when and as often as they were told") {
    using namespace std::chrono_literals;
    desk d;
    d.w.inject(fault::too_many_requests(3s).on("sendMessage").after(1).times(2));
    CHECK(d.refusal("sendMessage", d.to(R"("text":"1")")) == "");
    const auto refused = d.call("sendMessage", d.to(R"("text":"2")"));
    CHECK(refused.at("error_code") == 429);
    CHECK(refused.at("parameters").at("retry_after") == 3);
    CHECK(d.refusal("sendDice", d.to("")) == "");
    CHECK(d.refusal("sendMessage", d.to(R"("text":"3")")) != "");
    CHECK(d.refusal("sendMessage", d.to(R"("text":"4")")) == "");
    CHECK(d.w.bot_messages({d.anna}).size() == 3);
    CHECK(d.w.calls().at(1).fault == "error");

    d.w.inject(fault::html_page());
    const auto page = d.w.call("getMe", "{}");
    CHECK(page.html);
    CHECK(page.status == 502);
    d.w.inject(fault::invalid_json());
    CHECK(d.w.call("getMe", "{}").body == "{\"ok\":true,\"result\":{");
    d.w.inject(fault::cut_connection().effect_first());
    const auto cut = d.w.call("sendMessage", d.to(R"("text":"5")"));
    CHECK(cut.faulty);
    CHECK(cut.fault == fault_kind::cut_connection);
    CHECK(d.w.bot_messages({d.anna}).size() == 4);
    d.w.inject(fault::slow_answer(5s).on("getMe"));
    CHECK(d.w.call("getMe", "{}").delay == 5s);
    d.w.answer_with("getMe", R"({"id":1})");
    CHECK(d.result("getMe", "{}").at("id") == 1);
    CHECK(d.result("getMe", "{}").at("username") == "banter_test_bot");
}

TEST_CASE("groups and topics") {
    desk d;
    const auto forum = d.w.add_group("Forum", {.is_forum = true});
    const auto topic = d.w.add_topic(forum, "Bugs");
    d.w.send(d.anna, {forum, topic}, content::text("hello"));
    const auto m = d.next().at("message").as_object();
    CHECK(m.at("message_thread_id") == topic);
    CHECK(m.at("is_topic_message") == true);
    CHECK(m.at("chat").at("is_forum") == true);
    const auto chat = R"({"chat_id":)" + std::to_string(forum);
    CHECK(d.refusal("sendMessage", chat + R"(,"text":"x","message_thread_id":999})") ==
          "Bad Request: message thread not found");
    d.result("sendMessage", chat + R"(,"text":"x","message_thread_id":)" + std::to_string(topic) + "}");
    CHECK(d.w.bot_messages({forum, topic}).size() == 1);
    CHECK(d.w.bot_messages({forum, topic + 1}).empty());
}
