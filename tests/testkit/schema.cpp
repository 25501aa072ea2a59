// The tables of methods and types, and the values made from them.
#include <boost/json.hpp>

#include <doctest/doctest.h>

#include <banter/testkit/schema.hpp>

using namespace banter::testkit::detail;

TEST_CASE("every method and every type is there") {
    CHECK(method_lines().size() == 185);
    const auto send = find_method("SENDmessage");
    REQUIRE(send);
    CHECK(send->name == "sendMessage");
    CHECK(send->results.contains("Message"));
    REQUIRE(send->find("text"));
    CHECK(send->find("text")->required);
    CHECK(send->find("text")->max_length == 4096);
    CHECK_FALSE(send->find("parse_mode")->required);
    CHECK_FALSE(find_method("noSuchMethod"));
    CHECK(find_type("ChatMember")->members.size() == 6);
}

TEST_CASE("a sample of every type has that type's shape") {
    std::int64_t number = 1;
    for (const auto line : method_lines()) {
        const auto method = read_method(line);
        for (const auto type : method.results) {
            const auto value = sample_of(type, {}, number);
            std::string fault;
            CAPTURE(method.name);
            CAPTURE(boost::json::serialize(value));
            CHECK(has_shape(value, types_in(type), "result", fault));
            CHECK(fault == "");
        }
    }
}

TEST_CASE("what has not the shape of its type is told in words") {
    std::string fault;
    const auto wrong = boost::json::parse(R"({"inline_keyboard":[[{"callback_data":"x"}]]})");
    CHECK_FALSE(has_shape(wrong, types_in("InlineKeyboardMarkup"), "reply_markup", fault));
    CHECK(fault ==
          "can't parse reply_markup.inline_keyboard[0][0]: Can't find field \"text\"");
    CHECK_FALSE(has_shape("x", types_in("Integer"), "n", fault));
    CHECK(has_shape(boost::json::parse(R"({"type":"emoji","emoji":"!"})"), types_in("ReactionType"), "r",
                    fault));
}

TEST_CASE("texts of a form become values of the declared type") {
    const auto method = find_method("sendPoll");
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
