// Views of received objects: what is there, what is not, what is of another type or not known.
#include <banter/telegram/error.hpp>
#include <banter/telegram/types.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <ranges>
#include <stdexcept>
#include <type_traits>

using namespace banter;

static_assert(std::is_trivially_copyable_v<telegram::message>);
static_assert(sizeof(telegram::message) == sizeof(void*));
static_assert(std::is_trivially_copyable_v<telegram::list<telegram::photo_size>>);
static_assert(std::is_same_v<decltype(telegram::message().message_id()), std::int64_t>);
static_assert(
    std::is_same_v<decltype(telegram::message().text()), std::optional<std::string_view>>);
static_assert(!std::is_copy_constructible_v<owned<telegram::message>>);
static_assert(std::is_nothrow_move_constructible_v<owned<telegram::message>>);
static_assert(std::ranges::forward_range<telegram::list<telegram::photo_size>>);

namespace {

owned<telegram::message> message(std::string_view text) {
    return telegram::parse<telegram::message>(text);
}

template <class Read> std::string complaint(Read read) {
    try {
        (void)read();
    } catch (const decode_error& e) {
        return e.what();
    }
    return "";
}

const char* const small = R"({"message_id":7,"date":1,"chat":{"id":-100,"type":"group"}})";

} // namespace

TEST_CASE("fields that are there are read") {
    const auto m = message(R"({"message_id":4503599627370495,"date":1,"text":"caf\u00e9",
        "chat":{"id":-4503599627370495,"type":"private","first_name":"A"},"from":{"id":5,
        "is_bot":false,"first_name":"A"},"has_protected_content":true})");
    CHECK(m->message_id() == 4503599627370495);
    CHECK(m->chat().id() == -4503599627370495);
    CHECK(m->text() == "caf\xc3\xa9");
    CHECK(m->from().is_bot() == false);
    CHECK(m->has_protected_content() == true);
}

TEST_CASE("what is absent or null is nothing") {
    for (const char* text :
         {small, R"({"message_id":7,"date":1,"chat":{"id":-100,"type":"group"},"text":null,
                     "from":null,"photo":null,"edit_date":null})"}) {
        const auto m = message(text);
        CHECK_FALSE(m->text().has_value());
        CHECK_FALSE(m->edit_date().has_value());
        CHECK_FALSE(m->from());
        CHECK_FALSE(m->photo());
        CHECK(m->photo().empty());
        CHECK(m->photo().begin() == m->photo().end());
    }
}

TEST_CASE("a chain of absent objects is absent at its end") {
    const auto m = message(small);
    CHECK_FALSE(m->reply_to_message().reply_to_message().chat());
    CHECK_FALSE(m->reply_to_message().chat().title().has_value());
    CHECK_FALSE(m->reply_to_message().from().username().has_value());
    CHECK_FALSE(telegram::update().callback_query().message().chat());
    CHECK(telegram::message().photo().size() == 0);
    CHECK(telegram::message().raw().empty());
    CHECK(complaint([&] { return m->reply_to_message().message_id(); }) ==
          "Message.message_id is required, and missing");
}

TEST_CASE("a required field that is missing is an error that names it") {
    const auto m = message(R"({"message_id":null,"chat":{}})");
    CHECK(complaint([&] { return m->message_id(); }) ==
          "Message.message_id is required, and missing");
    CHECK(complaint([&] { return m->date(); }) == "Message.date is required, and missing");
    CHECK(complaint([&] { return m->chat().id(); }) == "Chat.id is required, and missing");
    CHECK(complaint([&] { return m->chat().type(); }) == "Chat.type is required, and missing");
    CHECK(complaint([&] { return message("{}")->chat(); }) ==
          "Message.chat is required, and missing");
    try {
        (void)m->chat().id();
    } catch (const decode_error& e) {
        CHECK(e.type() == "Chat");
        CHECK(e.field() == "id");
    }
}

TEST_CASE("a field of another type is an error that names it") {
    const auto m = message(R"({"message_id":"7","date":1.5,"chat":[],"text":5,"from":"x","photo":{},
        "is_topic_message":1,"entities":[1],"edit_date":18446744073709551615,
        "location":{"latitude":"0","longitude":true}})");
    CHECK(complaint([&] { return m->message_id(); }) ==
          "Message.message_id is not an integer of 64 bits");
    CHECK(complaint([&] { return m->date(); }) == "Message.date is not an integer of 64 bits");
    CHECK(complaint([&] { return m->edit_date(); }) ==
          "Message.edit_date is not an integer of 64 bits");
    CHECK(complaint([&] { return m->chat(); }) == "Message.chat is not an object");
    CHECK(complaint([&] { return m->text(); }) == "Message.text is not a string");
    CHECK(complaint([&] { return m->from(); }) == "Message.from is not an object");
    CHECK(complaint([&] { return m->photo(); }) == "Message.photo is not an array");
    CHECK(complaint([&] { return m->is_topic_message(); }) ==
          "Message.is_topic_message is not true or false");
    CHECK(complaint([&] { return m->entities()[0]; }) ==
          "Message.entities has an element that is not an object");
    CHECK(complaint([&] { return m->location().latitude(); }) ==
          "Location.latitude is not a number");
    CHECK(complaint([] { return telegram::parse<telegram::message>("[1]")->text(); }) ==
          "Message is not an object");
}

TEST_CASE("numbers may be written either way") {
    const auto m = message(R"({"date":5e0,"location":{"latitude":48,"longitude":2.25}})");
    CHECK(m->date() == 5);
    CHECK(m->location().latitude() == 48.0);
    CHECK(m->location().longitude() == 2.25);
}

TEST_CASE("fields of a later Bot API can be read raw") {
    const auto m = message(R"({"message_id":7,"brand_new":{"x":[1,2]}})");
    CHECK(m->raw().at("brand_new").at("x").as_array().size() == 2);
}

TEST_CASE("strings of a list that has grown stay strings") {
    const auto m = message(R"({"chat":{"id":1,"type":"megachannel"},
        "entities":[{"type":"hologram","offset":0,"length":3}]})");
    CHECK(m->chat().type() == "megachannel");
    CHECK(m->entities()[0].type() == "hologram");
}

TEST_CASE("a union is read through its discriminator") {
    const auto owner = telegram::parse<telegram::chat_member>(
        R"({"status":"creator","user":{"id":1},"is_anonymous":true})");
    CHECK(owner->status() == "creator");
    CHECK(owner->user().id() == 1);
    REQUIRE(owner->as<telegram::chat_member_owner>());
    CHECK(owner->as<telegram::chat_member_owner>().is_anonymous());
    CHECK_FALSE(owner->as<telegram::chat_member_left>());
    CHECK_FALSE(telegram::chat_member().as<telegram::chat_member_left>());
}

TEST_CASE("a member of a union that is not known is kept") {
    const auto odd = telegram::parse<telegram::chat_member>(
        R"({"status":"demigod","user":{"id":1},"aura":9})");
    CHECK(odd->status() == "demigod");
    CHECK(odd->user().id() == 1);
    CHECK_FALSE(odd->as<telegram::chat_member_owner>());
    CHECK_FALSE(odd->as<telegram::chat_member_member>());
    CHECK(odd->raw().at("aura").as_int64() == 9);
}

TEST_CASE("a message that is no longer accessible has date 0") {
    const auto query = telegram::parse<telegram::callback_query>(
        R"({"id":"q","message":{"chat":{"id":1,"type":"private"},"message_id":3,"date":0}})");
    CHECK_FALSE(query->message().as<telegram::message>());
    CHECK(query->message().as<telegram::inaccessible_message>().message_id() == 3);
    CHECK(query->message().chat().id() == 1);
    const auto fresh = telegram::parse<telegram::maybe_inaccessible_message>(small);
    CHECK(fresh->as<telegram::message>().message_id() == 7);
    CHECK_FALSE(fresh->as<telegram::inaccessible_message>());
}

TEST_CASE("a rich text is a string, a list or an object") {
    const auto plain = telegram::parse<telegram::rich_text>(R"("abc")");
    CHECK(plain->plain() == "abc");
    CHECK_FALSE(plain->parts());
    CHECK_FALSE(plain->type().has_value());
    const auto parts = telegram::parse<telegram::rich_text>(
        R"(["a",{"type":"bold","text":["b",{"type":"italic","text":"c"}]},{"type":"new"}])");
    REQUIRE(parts->parts().size() == 3);
    CHECK(parts->parts()[0].plain() == "a");
    const auto bold = parts->parts()[1].as<telegram::rich_text_bold>();
    REQUIRE(bold);
    CHECK(bold.text().parts()[1].as<telegram::rich_text_italic>().text().plain() == "c");
    CHECK(parts->parts()[2].type() == "new");
    CHECK_FALSE(parts->parts()[2].as<telegram::rich_text_bold>());
}

TEST_CASE("lists nest, and work with algorithms") {
    const auto photos = telegram::parse<telegram::user_profile_photos>(R"({"total_count":2,"photos":
        [[{"width":1},{"width":2}],[],[{"width":3}]]})");
    REQUIRE(photos->photos().size() == 3);
    std::int64_t sum = 0;
    for (auto sizes : photos->photos())
        for (telegram::photo_size size : sizes)
            sum += size.width();
    CHECK(sum == 6);
    CHECK(photos->photos().front().back().width() == 2);
    const auto sizes = photos->photos()[0];
    CHECK(std::ranges::any_of(sizes, [](telegram::photo_size s) { return s.width() == 2; }));
    CHECK_THROWS_AS(photos->photos()[3], std::out_of_range);
    CHECK_THROWS_AS(photos->photos()[1].front(), std::out_of_range);
}

TEST_CASE("an owned view moves without moving what it looks at, and is copied on request") {
    auto first = message(small);
    const telegram::message view = *first;
    owned<telegram::message> second = std::move(first);
    CHECK(view.message_id() == 7);
    auto chat = owned_copy(second->chat());
    second = message(R"({"message_id":8})");
    CHECK(second->message_id() == 8);
    CHECK(chat->id() == -100);
    CHECK_FALSE(owned_copy(second->from()));
    CHECK_FALSE(owned<telegram::message>());
}

TEST_CASE("text that is not JSON, or is nested too deep, is refused") {
    CHECK_THROWS_AS(message("<html>"), decode_error);
    CHECK_THROWS_AS(message(""), decode_error);
    CHECK_THROWS_AS(message("{} {}"), decode_error);
    CHECK_THROWS_AS(message(std::string(65, '[') + std::string(65, ']')), decode_error);
    CHECK_NOTHROW(message(std::string(60, '[') + std::string(60, ']')));
}

TEST_CASE("members of a union that share their discriminator are told apart by their fields") {
    const auto cached = telegram::parse<telegram::inline_query_result>(
        R"({"type":"photo","id":"1","photo_file_id":"f"})");
    CHECK(cached->as<telegram::inline_query_result_cached_photo>());
    CHECK_FALSE(cached->as<telegram::inline_query_result_photo>());
    const auto place = telegram::parse<telegram::input_message_content>(
        R"({"latitude":1.5,"longitude":2.5})");
    CHECK(place->as<telegram::input_location_message_content>());
    CHECK_FALSE(place->as<telegram::input_venue_message_content>());
}
