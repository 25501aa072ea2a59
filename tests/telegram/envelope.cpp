#include "envelope_samples.hpp"

#include <banter/telegram/envelope.hpp>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace banter;
using telegram::decode_fault;
using telegram::envelope;
using telegram::envelope_reader;

namespace {

/// Reads one text and keeps it, so that the views stay valid.
struct reading {
    explicit reading(std::string text) : json(std::move(text)) { fault = reader.read(json, out); }
    std::string json;
    envelope_reader reader;
    envelope out;
    decode_fault fault;
    envelope* operator->() { return &out; }
};

std::string message(std::string_view fields, std::string_view kind = "message") {
    return R"({"update_id":7,")" + std::string(kind) +
           R"(":{"message_id":5,"from":{"id":11,"is_bot":false,"first_name":"Ann"},)"
           R"("chat":{"id":22,"type":"private"},"date":1795000000)" +
           (fields.empty() ? "" : ",") + std::string(fields) + "}}";
}

/// The object inside the update, by a way that shares nothing with the reader.
boost::json::object payload_of(std::string_view json, std::string_view kind) {
    return boost::json::parse(json).as_object().at(kind).as_object();
}

std::int64_t id_in(const boost::json::object& object, const char* name) {
    const auto* found = object.if_contains(name);
    if (found == nullptr || !found->is_object())
        return 0;
    const auto* id = found->as_object().if_contains("id");
    return id != nullptr && id->is_int64() ? id->as_int64() : 0;
}

}  // namespace

TEST_CASE("every kind of update is read") {
    std::size_t number = 0;
    for (const auto& sample : envelope_samples::updates) {
        CAPTURE(sample.name);
        reading update{std::string(sample.json)};
        REQUIRE(update.fault == decode_fault::none);
        CHECK(update->update_id == 9000 + static_cast<std::int64_t>(number));
        CHECK(static_cast<std::size_t>(update->kind) == number);
        CHECK(name_of(update->kind) == sample.name);
        CHECK(update->kind_name == sample.name);

        boost::json::object payload = payload_of(sample.json, sample.name);
        if (sample.name == "poll_answer")
            payload.erase("voter_chat");
        boost::json::object place = payload;
        if (sample.name == "callback_query")
            place = payload.at("message").as_object();
        const char* const user = payload.contains("from") ? "from" : "user";
        CHECK(update->chat_id == id_in(place, "chat"));
        CHECK((update->chat == chat_type::private_chat) == place.contains("chat"));
        CHECK(update->user_id == id_in(payload, user));
        CHECK(update->has_user == payload.contains(user));
        if (update->has_user) {
            CHECK(update->from_bot);
            CHECK(update->first_name == "first_name");
            CHECK(update->last_name == "last_name");
            CHECK(update->username == "username");
            CHECK(update->language_code == "language_code");
        }
        const auto* message_id = place.if_contains("message_id");
        CHECK(update->message_id == (message_id != nullptr ? message_id->as_int64() : 0));
        const bool is_message = is_message_kind(update->kind);
        CHECK(update->content == (is_message ? content_set{content_kind::text} : content_set{}));
        CHECK(update->text == (is_message ? "hello" : ""));
        ++number;
    }
    CHECK(number == update_kind_count);
}

TEST_CASE("what the kinds other than messages hold") {
    const auto sample = [](update_kind kind) {
        return reading{std::string(envelope_samples::updates[static_cast<std::size_t>(kind)].json)};
    };
    CHECK(sample(update_kind::inline_query)->query_id == "id");
    CHECK(sample(update_kind::inline_query)->query == "query");
    CHECK(sample(update_kind::chosen_inline_result)->query == "result_id");
    CHECK(sample(update_kind::chosen_inline_result)->inline_message_id == "inline_message_id");
    CHECK(sample(update_kind::shipping_query)->query_id == "id");
    CHECK(sample(update_kind::shipping_query)->query == "invoice_payload");
    CHECK(sample(update_kind::pre_checkout_query)->query_id == "id");
    CHECK(sample(update_kind::pre_checkout_query)->query == "invoice_payload");
    CHECK(sample(update_kind::purchased_paid_media)->query == "paid_media_payload");
    CHECK(sample(update_kind::subscription)->query == "invoice_payload");
    CHECK(sample(update_kind::business_connection)->business_connection_id == "id");
    CHECK(sample(update_kind::business_connection)->query_id.empty());
    CHECK(sample(update_kind::deleted_business_messages)->business_connection_id ==
          "business_connection_id");
    CHECK(sample(update_kind::callback_query)->query_id == "id");
    CHECK(sample(update_kind::callback_query)->data == "data");
    CHECK(sample(update_kind::chat_join_request)->query_id == "query_id");
    CHECK(sample(update_kind::stopped_message_generation)->thread_id != 0);
    CHECK(sample(update_kind::poll)->query_id.empty());
}

TEST_CASE("every content kind is seen, alone") {
    std::size_t number = 0;
    for (const auto& sample : envelope_samples::contents) {
        CAPTURE(sample.name);
        const std::string field = "\"" + std::string(sample.name) + "\":";
        reading update{message(field + std::string(sample.json))};
        REQUIRE(update.fault == decode_fault::none);
        REQUIRE(update->content.size() == 1);
        CHECK(static_cast<std::size_t>(*update->content.first()) == number);
        CHECK(name_of(*update->content.first()) == sample.name);
        CHECK(update->chat_id == 22);
        CHECK(update->user_id == 11);
        CHECK(update->message_id == 5);

        reading absent{message(field + "null")};
        CHECK(absent.fault == decode_fault::none);
        CHECK(absent->content.empty());

        // No content may be a number with a fraction, and none but four booleans `false`.
        reading wrong{message(field + "1.5")};
        CHECK(wrong.fault == decode_fault::wrong_type);
        CHECK(wrong->update_id == 7);
        ++number;
    }
    CHECK(number == content_kind_count);
}

TEST_CASE("a message with every field has every content") {
    reading update{std::string(envelope_samples::full_message)};
    REQUIRE(update.fault == decode_fault::none);
    CHECK(update->content == content_set::all());
    CHECK(update->text == "text");
    CHECK(update->caption == "caption");
    CHECK(update->business_connection_id == "business_connection_id");
    CHECK(update->query_id == "guest_query_id");
    const auto payload = payload_of(update.json, "message");
    CHECK(update->thread_id == payload.at("message_thread_id").as_int64());
    CHECK(update->topic_id == payload.at("direct_messages_topic").at("topic_id").as_int64());
    CHECK(update->chat_id == payload.at("chat").at("id").as_int64());
    CHECK(update->user_id == payload.at("from").at("id").as_int64());
    CHECK(update->is_topic_message);
}

TEST_CASE("who is behind a message that was sent on behalf of a chat") {
    reading plain{message(R"("text":"hi")")};
    CHECK(plain->sender_chat_id == 0);
    CHECK(plain->sender_id() == plain->user_id);
    reading hidden{message(R"("sender_chat":{"title":"G","id":-1007,"type":"supergroup"},"text":"hi")")};
    REQUIRE(hidden.fault == decode_fault::none);
    CHECK(hidden->sender_chat_id == -1007);
    CHECK(hidden->sender_id() == -1007);
    CHECK(hidden->user_id == plain->user_id);
    CHECK(reading { message(R"("sender_chat":null)") } -> sender_chat_id == 0);
    CHECK(reading { message(R"("sender_chat":7)") }.fault == decode_fault::wrong_type);
    CHECK(reading { message(R"("sender_chat":{"id":"7"})") }.fault == decode_fault::wrong_type);
}

TEST_CASE("the other id of a group that became a supergroup") {
    CHECK(reading { message(R"("migrate_to_chat_id":-1007)") } -> migrated_chat_id == -1007);
    CHECK(reading { message(R"("migrate_from_chat_id":-7)") } -> migrated_chat_id == -7);
    CHECK(reading { message(R"("text":"hi")") } -> migrated_chat_id == 0);
}

TEST_CASE("service events that are `false` did not happen") {
    CHECK(reading { message(R"("group_chat_created":false)") } -> content.empty());
    CHECK(reading { message(R"("group_chat_created":true)") }
          -> content == content_set{content_kind::group_chat_created});
}

TEST_CASE("commands") {
    const auto command = [](std::string_view text, std::string_view entities) {
        reading update{message(R"("text":")" + std::string(text) + R"(","entities":[)" +
                               std::string(entities) + "]")};
        REQUIRE(update.fault == decode_fault::none);
        return std::string(update->command);
    };
    CHECK(command("/pay", R"({"offset":0,"length":4,"type":"bot_command"})") == "pay");
    CHECK(command("/pay 5", R"({"offset":0,"length":4,"type":"bot_command"})") == "pay");
    CHECK(command("/pay@my_bot 5", R"({"type":"bot_command","length":11,"offset":0})") ==
          "pay@my_bot");
    SUBCASE("only at offset 0") {
        CHECK(command("see /pay", R"({"offset":4,"length":4,"type":"bot_command"})").empty());
        CHECK(command("/a /b", R"({"offset":3,"length":2,"type":"bot_command"},)"
                               R"({"offset":0,"length":2,"type":"bot_command"})") == "a");
        CHECK(command(" /a", R"({"offset":1,"length":2,"type":"bot_command"})").empty());
    }
    SUBCASE("the first, if several follow") {
        CHECK(command("/a /bcd", R"({"offset":0,"length":2,"type":"bot_command"},)"
                                 R"({"offset":3,"length":4,"type":"bot_command"})") == "a");
    }
    SUBCASE("only by an entity") {
        CHECK(command("/pay", "").empty());
        CHECK(command("/pay", R"({"offset":0,"length":4,"type":"bold"})").empty());
        CHECK(command("/pay", R"({"length":4,"type":"bot_command"})").empty());
        CHECK(reading { message(R"("text":"/pay")") } -> command.empty());
    }
    SUBCASE("beside other entities at the same place") {
        CHECK(command("/pay", R"({"offset":0,"length":4,"type":"bold"},)"
                              R"({"offset":0,"length":4,"type":"bot_command"},)"
                              R"({"offset":0,"length":2,"type":"italic"})") == "pay");
    }
    SUBCASE("lengths are UTF-16 units") {
        // An entity that covers more than ASCII is not Telegram's, but must not cut a character.
        CHECK(command(R"(/\u043f\u0430 x)", R"({"offset":0,"length":3,"type":"bot_command"})") ==
              "\u043f\u0430");
        CHECK(command(R"(/\ud83d\ude00x y)", R"({"offset":0,"length":4,"type":"bot_command"})") ==
              "\U0001F600x");
        CHECK(command(R"(/\ud83d\ude00x y)", R"({"offset":0,"length":2,"type":"bot_command"})") ==
              "\U0001F600");
    }
    SUBCASE("an entity longer than its text, or of no length") {
        CHECK(command("/pay", R"({"offset":0,"length":400,"type":"bot_command"})") == "pay");
        CHECK(command("/pay", R"({"offset":0,"length":0,"type":"bot_command"})").empty());
        CHECK(command("/pay", R"({"offset":0,"length":1,"type":"bot_command"})").empty());
        CHECK(command("/pay", R"({"offset":0,"length":-9,"type":"bot_command"})").empty());
    }
    SUBCASE("an entity on a text that does not begin with a slash") {
        CHECK(command("pay", R"({"offset":0,"length":3,"type":"bot_command"})").empty());
        CHECK(command("", R"({"offset":0,"length":3,"type":"bot_command"})").empty());
    }
    SUBCASE("entities before the text; caption entities do not count") {
        CHECK(reading {
            message(R"("entities":[{"type":"bot_command","offset":0,"length":3}],)"
                    R"("text":"/go on")")
        } -> command == "go");
        reading photo{message(R"("caption":"/go","caption_entities":[{"type":"bot_command",)"
                              R"("offset":0,"length":3}])")};
        CHECK(photo->command.empty());
        CHECK(photo->caption == "/go");
    }
}

TEST_CASE("escapes") {
    const auto text = [](std::string_view json) {
        reading update{message(R"("text":")" + std::string(json) + "\"")};
        return update.fault == decode_fault::none ? std::string(update->text) : "fault";
    };
    CHECK(text(R"(a\"b\\c\/d\be\ff\ng\rh\ti)") == "a\"b\\c/d\be\ff\ng\rh\ti");
    CHECK(text(R"(\u041f\u0440\u0438\u0432\u0435\u0442)") ==
          "\u041f\u0440\u0438\u0432\u0435\u0442");
    CHECK(text(R"(\u00E9\u00e9\u007f\u0080\u07ff\u0800\uffff)") ==
          "\u00e9\u00e9\x7f\u0080\u07ff\u0800\uffff");
    CHECK(text(R"(\ud83d\ude00\uD83D\uDE00)") == "\U0001F600\U0001F600");
    CHECK(text(R"(\ud800\udc00\udbff\udfff)") == "\U00010000\U0010FFFF");
    CHECK(text(R"(nul\u0000end)") == std::string_view("nul\0end", 7));
    CHECK(text("plain utf-8 \u00e9\u20ac\U0001F600 and \\u0041") ==
          "plain utf-8 \u00e9\u20ac\U0001F600 and A");
    CHECK(text("\u00e9") == "\u00e9");
    CHECK(text("") == "");
    const std::string lengthy(1000, 'x');
    CHECK(text(lengthy) == lengthy);
    CHECK(text(lengthy + R"(\n)" + lengthy) == lengthy + "\n" + lengthy);
    SUBCASE("what is no string") {
        for (const char* bad : {R"(\ud83d)",
                                R"(\ud83dx)",
                                R"(\ud83d\n)",
                                R"(\ud83d\u0041)",
                                R"(\ude00)",
                                R"(\ude00\ud83d)",
                                R"(\u12g4)",
                                R"(\u123)",
                                R"(\x41)",
                                "\t",
                                "\n",
                                "\x01",
                                "\x1f",
                                "\xc0\xaf",
                                "\xe0\x80\x80",
                                "\xed\xa0\x80",
                                "\xf4\x90\x80\x80",
                                "\xf8\x88\x80\x80",
                                "\x80",
                                "\xc3",
                                "\xe2\x82",
                                "\xf0\x9f\x98",
                                "\xff"}) {
            CAPTURE(bad);
            CHECK(text(bad) == "fault");
            CHECK(reading{message(R"("unread":")" + std::string(bad) + "\"")}.fault ==
                  decode_fault::not_json);
        }
    }
    SUBCASE("an escaped key is the same key") {
        CHECK(reading { message(R"("te\u0078t":"hi")") } -> text == "hi");
        CHECK(reading { message(R"("text":"hi")", R"(m\u0065ssage)") }
              -> kind == update_kind::message);
    }
}

TEST_CASE("several escaped strings stay valid together, and the reader can be used again") {
    envelope_reader reader;
    envelope out;
    const std::string json =
        R"({"update_id":1,"message":{"from":{"id":1,"is_bot":false,)"
        R"("first_name":"\u0410\u043d\u043d\u0430",)"
        R"("last_name":"\u0411","username":"plain"},"chat":{"id":2,"type":"group"},"message_id":3,)"
        R"("text":"\u0434\u0430","caption":"\u043d\u0435\u0442"}})";
    for (int i = 0; i != 3; ++i) {
        REQUIRE(reader.read(json, out) == decode_fault::none);
        CHECK(out.first_name == "\u0410\u043d\u043d\u0430");
        CHECK(out.last_name == "\u0411");
        CHECK(out.username == "plain");
        CHECK(out.text == "\u0434\u0430");
        CHECK(out.caption == "\u043d\u0435\u0442");
        CHECK(out.chat == chat_type::group);
        // What one update had, the next one does not inherit.
        const std::string other = R"({"update_id":2,"poll":{"id":"5","question":")" +
                                  std::string(static_cast<std::size_t>(i) * 300, 'q') + "\"}}";
        REQUIRE(reader.read(other, out) == decode_fault::none);
        CHECK(out.kind == update_kind::poll);
        CHECK(out.first_name.empty());
        CHECK(out.text.empty());
        CHECK(out.chat_id == 0);
        CHECK(!out.has_user);
    }
    envelope_reader moved = std::move(reader);
    CHECK(moved.read(json, out) == decode_fault::none);
}

TEST_CASE("chat types") {
    const auto type = [](std::string_view name) {
        reading update{
            R"({"update_id":1,"channel_post":{"message_id":1,"date":1,"chat":{"id":-100,"type":")" +
            std::string(name) + R"(","title":"t"},"sender_chat":{"id":-7,"type":"group"}}})"};
        REQUIRE(update.fault == decode_fault::none);
        CHECK(update->chat_id == -100);
        CHECK(!update->has_user);
        return update->chat;
    };
    CHECK(type("private") == chat_type::private_chat);
    CHECK(type("group") == chat_type::group);
    CHECK(type("supergroup") == chat_type::supergroup);
    CHECK(type("channel") == chat_type::channel);
    CHECK(type("a type of tomorrow") == chat_type::none);
}
