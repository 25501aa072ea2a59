// The tables of methods and types, and the values made from them.
#include <boost/json.hpp>

#include <doctest/doctest.h>

#include <banter/testkit/schema.hpp>

using namespace banter::testkit::detail;

TEST_CASE("every method and every type is there") {
    CHECK(schema::get().methods().size() == 185);
    const auto* send = schema::get().find_method("SENDmessage");
    REQUIRE(send != nullptr);
    CHECK(send->name == "sendMessage");
    CHECK(send->returns("Message"));
    REQUIRE(send->find("text") != nullptr);
    CHECK(send->find("text")->required);
    CHECK(send->find("text")->max_length == 4096);
    CHECK_FALSE(send->find("parse_mode")->required);
    CHECK(schema::get().find_method("noSuchMethod") == nullptr);
    CHECK(schema::get().find_type("ChatMember")->members.size() == 6);
}

TEST_CASE("a sample of every type has that type's shape") {
    std::int64_t number = 1;
    for (const auto& method : schema::get().methods()) {
        for (const auto type : method.results) {
            const auto value = sample_of(type, {}, number);
            std::string fault;
            CAPTURE(method.name);
            CAPTURE(boost::json::serialize(value));
            CHECK(has_shape(value, {type}, "result", fault));
            CHECK(fault == "");
        }
    }
}

TEST_CASE("what has not the shape of its type is told in words") {
    std::string fault;
    const auto wrong = boost::json::parse(R"({"inline_keyboard":[[{"callback_data":"x"}]]})");
    CHECK_FALSE(has_shape(wrong, {"InlineKeyboardMarkup"}, "reply_markup", fault));
    CHECK(fault ==
          "can't parse reply_markup.inline_keyboard[0][0]: Can't find field \"text\"");
    CHECK_FALSE(has_shape("x", {"Integer"}, "n", fault));
    CHECK(has_shape(boost::json::parse(R"({"type":"emoji","emoji":"!"})"), {"ReactionType"}, "r",
                    fault));
}

TEST_CASE("texts of a form become values of the declared type") {
    const auto* method = schema::get().find_method("sendPoll");
    boost::json::value v = "17";
    to_declared_type(v, *method->find("chat_id"));
    CHECK(v == 17);
    v = "@name";
    to_declared_type(v, *method->find("chat_id"));
    CHECK(v == "@name");
    v = "true";
    to_declared_type(v, *method->find("is_anonymous"));
    CHECK(v == true);
    v = R"([{"text":"a"}])";
    to_declared_type(v, *method->find("options"));
    CHECK(v.is_array());
    v = "[1]";
    to_declared_type(v, *method->find("question"));
    CHECK(v == "[1]");
}
