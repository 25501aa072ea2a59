#include <banter/telegram/envelope.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace banter;
using telegram::decode_fault;
using telegram::envelope;
using telegram::envelope_reader;

namespace {

struct reading {
    explicit reading(std::string text) : json(std::move(text)) {
        REQUIRE(reader.read(json, out) == decode_fault::none);
    }
    std::string json;
    envelope_reader reader;
    envelope out;
    envelope* operator->() { return &out; }
};

// A message whose every field has another value than the outer one's.
constexpr std::string_view inner =
    R"({"message_id":900,"message_thread_id":901,"is_topic_message":true,)"
    R"("business_connection_id":"inner","direct_messages_topic":{"topic_id":902},)"
    R"("from":{"id":903,"is_bot":true,"first_name":"Inner","last_name":"I","username":"inner",)"
    R"("language_code":"xx"},"chat":{"id":904,"type":"channel"},"date":0,"text":"/inner",)"
    R"("entities":[{"type":"bot_command","offset":0,"length":6}],"caption":"inner",)"
    R"("photo":[{"file_id":"inner","width":9,"height":9}],"document":{"file_id":"inner"},)"
    R"("data":"inner","update_id":905,"id":"inner"})";

std::string message(std::string_view fields) {
    return R"({"update_id":7,"message":{"message_id":5,"from":{"id":11,"is_bot":false,)"
           R"("first_name":"Ann"},"chat":{"id":22,"type":"private"},"date":1795000000,)" +
           std::string(fields) + "}}";
}

void check_outer(reading& update) {
    CHECK(update->update_id == 7);
    CHECK(update->message_id == 5);
    CHECK(update->user_id == 11);
    CHECK(update->chat_id == 22);
    CHECK(update->chat == chat_type::private_chat);
    CHECK(!update->from_bot);
    CHECK(update->first_name == "Ann");
    CHECK(update->last_name.empty());
    CHECK(update->username.empty());
    CHECK(update->language_code.empty());
    CHECK(update->thread_id == 0);
    CHECK(update->topic_id == 0);
    CHECK(!update->is_topic_message);
    CHECK(!update->inaccessible);
    CHECK(update->business_connection_id.empty());
    CHECK(update->caption.empty());
    CHECK(update->command.empty());
    CHECK(update->data.empty());
    CHECK(update->query_id.empty());
}

}  // namespace

TEST_CASE("nothing of a message inside the message leaks out") {
    for (const char* field : {"reply_to_message", "external_reply", "forward_origin", "quote",
                              "via_bot", "reply_markup", "sender_business_bot",
                              "guest_bot_caller_user", "receiver_user", "new_field"}) {
        CAPTURE(field);
        const std::string nested = "\"" + std::string(field) + "\":" + std::string(inner);
        for (const std::string& text :
             {nested + R"(,"text":"outer")", R"("text":"outer",)" + nested}) {
            reading update{message(text)};
            check_outer(update);
            CHECK(update->text == "outer");
            CHECK(update->content == content_set{content_kind::text});
            CHECK(update->file_id.empty());
        }
    }
    for (const char* field : {"pinned_message", "giveaway_completed", "suggested_post_paid",
                              "checklist_tasks_done", "game", "story", "poll", "web_app_data"}) {
        CAPTURE(field);
        reading update{message("\"" + std::string(field) + "\":" + std::string(inner))};
        check_outer(update);
        CHECK(update->text.empty());
        CHECK(update->file_id.empty());
        CHECK(update->content.size() == 1);
        CHECK(name_of(*update->content.first()) == field);
    }
}

TEST_CASE("the file of the message, not of its thumbnail") {
    CHECK(reading {
        message(R"("document":{"thumbnail":{"file_id":"small"},"file_id":"big","file_name":"x"})")
    } -> file_id == "big");
    CHECK(reading { message(R"("document":{"file_id":"big","thumbnail":{"file_id":"small"}})") }
          -> file_id == "big");
    CHECK(reading { message(R"("live_photo":{"photo":[{"file_id":"still"}],"file_id":"live"})") }
          -> file_id == "live");
    for (const char* kind :
         {"animation", "audio", "document", "sticker", "video", "video_note", "voice"})
        CHECK(reading { message("\"" + std::string(kind) + R"(":{"file_id":"it"})") }
              -> file_id == "it");
}

TEST_CASE("of a photo, the largest size, wherever it stands") {
    const auto file_id = [](std::string_view sizes) {
        return std::string(reading { message(R"("photo":[)" + std::string(sizes) + "]") }
                           -> file_id);
    };
    CHECK(
        file_id(
            R"({"file_id":"a","width":90,"height":60},{"file_id":"b","width":800,"height":600})") ==
        "b");
    CHECK(
        file_id(
            R"({"width":800,"height":600,"file_id":"b"},{"file_id":"a","width":90,"height":60})") ==
        "b");
    CHECK(file_id(R"({"file_id":"a"},{"file_id":"b"})") == "b");
    CHECK(file_id("") == "");
    CHECK(file_id(R"({"file_id":"a","width":9223372036854775807,"height":9223372036854775807},)"
                  R"({"file_id":"b","width":-9223372036854775807,"height":9223372036854775807})") ==
          "a");
}

TEST_CASE("an animation fills document too, a venue location too") {
    reading animation{message(R"("animation":{"file_id":"x"},"document":{"file_id":"x"})")};
    CHECK(animation->content.contains(content_kind::animation));
    CHECK(animation->content.contains(content_kind::document));
    CHECK(animation->content.size() == 2);
}

TEST_CASE("callback queries") {
    const std::string head =
        R"({"update_id":8,"callback_query":{"id":"4411",)"
        R"("from":{"id":11,"is_bot":false,"first_name":"Ann"},)";
    SUBCASE("with a message that can be read") {
        reading update{
            head +
            R"("message":{"message_id":5,"message_thread_id":6,"is_topic_message":true,)"
            R"("business_connection_id":"bc","direct_messages_topic":{"topic_id":9},)"
            R"("from":{"id":99,"is_bot":true,"first_name":"Bot","username":"b"},)"
            R"("chat":{"id":-22,"type":"supergroup","is_forum":true},"date":1795000000,)"
            R"("text":"/menu","entities":[{"type":"bot_command","offset":0,"length":5}],)"
            R"("photo":[{"file_id":"f"}],"caption":"c","reply_to_message":)" +
            std::string(inner) + R"(},"chat_instance":"1","data":"bank_\u0031"}})"};
        CHECK(update->kind == update_kind::callback_query);
        CHECK(update->query_id == "4411");
        CHECK(update->data == "bank_1");
        CHECK(update->user_id == 11);
        CHECK(update->first_name == "Ann");
        CHECK(update->username.empty());
        CHECK(!update->from_bot);
        CHECK(update->chat_id == -22);
        CHECK(update->chat == chat_type::supergroup);
        CHECK(update->message_id == 5);
        CHECK(update->thread_id == 6);
        CHECK(update->topic_id == 9);
        CHECK(update->is_topic_message);
        CHECK(update->business_connection_id == "bc");
        CHECK(!update->inaccessible);
        CHECK(update->text.empty());
        CHECK(update->caption.empty());
        CHECK(update->command.empty());
        CHECK(update->file_id.empty());
        CHECK(update->content.empty());
    }
    SUBCASE("with a message that can no longer be read") {
        reading update{head +
                       R"("message":{"chat":{"id":22,"type":"private"},"message_id":5,"date":0},)"
                       R"("chat_instance":"1","data":"x"}})"};
        CHECK(update->inaccessible);
        CHECK(update->chat_id == 22);
        CHECK(update->message_id == 5);
    }
    SUBCASE("under an inline message") {
        reading update{head + R"("inline_message_id":"AAA","chat_instance":"1","data":"x"}})"};
        CHECK(update->inline_message_id == "AAA");
        CHECK(update->chat == chat_type::none);
        CHECK(update->chat_id == 0);
        CHECK(!update->inaccessible);
    }
    SUBCASE("of a game: no data") {
        reading update{head + R"("chat_instance":"1","game_short_name":"g"}})"};
        CHECK(update->data.empty());
        CHECK(update->data.data() == nullptr);
    }
    SUBCASE("empty data is data") {
        reading update{head + R"("chat_instance":"1","data":""}})"};
        CHECK(update->data.empty());
        CHECK(update->data.data() != nullptr);
    }
}

TEST_CASE("topics, business messages, direct messages") {
    reading update{
        R"({"update_id":8,"business_message":{"message_id":5,"message_thread_id":6,)"
        R"("is_topic_message":true,"direct_messages_topic":{"topic_id":44,"user":{"id":1}},)"
        R"("business_connection_id":"bc1","from":{"id":11,"is_bot":false,"first_name":"A"},)"
        R"("chat":{"id":22,"type":"private"},"date":1,"text":"t"}})"};
    CHECK(update->kind == update_kind::business_message);
    CHECK(update->thread_id == 6);
    CHECK(update->topic_id == 44);
    CHECK(update->is_topic_message);
    CHECK(update->business_connection_id == "bc1");
    CHECK(update->user_id == 11);
}

TEST_CASE("members, reactions, boosts, votes") {
    reading member{
        R"({"update_id":8,"chat_member":{"chat":{"id":-5,"type":"supergroup"},)"
        R"("from":{"id":11,"is_bot":false,"first_name":"A"},"date":1,)"
        R"("old_chat_member":{"status":"left","user":{"id":77,"is_bot":false,"first_name":"B"}},)"
        R"("new_chat_member":{"status":"member",)"
        R"("user":{"id":77,"is_bot":false,"first_name":"B"}}}})"};
    CHECK(member->user_id == 11);
    CHECK(member->chat_id == -5);
    reading anonymous{R"({"update_id":8,"message_reaction":{"chat":{"id":-5,"type":"supergroup"},)"
                      R"("message_id":6,"actor_chat":{"id":-9,"type":"channel"},"date":1,)"
                      R"("old_reaction":[],"new_reaction":[]}})"};
    CHECK(anonymous->chat_id == -5);
    CHECK(anonymous->message_id == 6);
    CHECK(!anonymous->has_user);
    reading boost{
        R"({"update_id":8,"chat_boost":{"chat":{"id":-5,"type":"channel"},"boost":{"boost_id":"b",)"
        R"("add_date":1,"expiration_date":2,"source":{"source":"premium","user":{"id":3}}}}})"};
    CHECK(boost->chat_id == -5);
    CHECK(!boost->has_user);
    reading vote{
        R"({"update_id":8,"poll_answer":{"poll_id":"1","voter_chat":{"id":-9,"type":"channel"},)"
        R"("option_ids":[0],"option_persistent_ids":["a"]}})"};
    CHECK(!vote->has_user);
    CHECK(vote->chat_id == 0);
}

TEST_CASE("white space anywhere, fields in any order, unknown fields") {
    reading update{
        " \n{ \"future\" : [ { } , [ ] , 1.5e-3 , -0 , true , false , null ] ,\t\"message\" :\r\n"
        "{ \"text\" : \"hi\" , \"tomorrow\" : { \"text\" : \"no\" } , \"chat\" : { \"type\" : "
        "\"private\" , \"id\" : 22 } , \"from\" : { \"first_name\" : \"A\" , \"id\" : 11 } , "
        "\"message_id\" : 5 } , \"update_id\" : 7 } \n"};
    CHECK(update->update_id == 7);
    CHECK(update->kind == update_kind::message);
    CHECK(update->kind_name == "message");
    CHECK(update->text == "hi");
    CHECK(update->chat_id == 22);
    CHECK(update->user_id == 11);
    CHECK(update->content == content_set{content_kind::text});
}

TEST_CASE("the first of two payloads is the update; the last of two equal keys counts") {
    reading two{
        R"({"update_id":7,"message":{"message_id":1,"chat":{"id":1,"type":"group"},"text":"a"},)"
        R"("edited_message":{"message_id":2,"chat":{"id":2,"type":"group"},"text":"b"}})"};
    CHECK(two->kind == update_kind::message);
    CHECK(two->text == "a");
    reading twice{message(R"("text":"a","text":"b")")};
    CHECK(twice->text == "b");
}

TEST_CASE("null stands for a field that is absent") {
    reading update{
        R"({"update_id":7,"edited_message":null,"message":{"message_id":5,"from":null,)"
        R"("chat":{"id":22,"type":"private"},"text":null,"entities":null,"photo":null,)"
        R"("message_thread_id":null,"is_topic_message":null,"business_connection_id":null,)"
        R"("direct_messages_topic":null,"caption":null,"date":1}})"};
    CHECK(update->kind == update_kind::message);
    CHECK(!update->has_user);
    CHECK(update->content.empty());
}
