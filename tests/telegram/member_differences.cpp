// What has changed about a member of a chat.
#include <banter/telegram/member_differences.hpp>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <string>

using namespace banter;

namespace {

/// "field: before -> after", one a line; - where there is none.
std::string changes(std::string_view before, std::string_view after) {
    const std::string user = R"("user":{"id":9,"is_bot":false,"first_name":"B"})";
    boost::json::value update = boost::json::parse(
        R"({"chat":{"id":-5,"type":"group"},"from":{"id":1,"is_bot":false,"first_name":"A"},"date":1,)"
            R"("old_chat_member":{)" +
        user + std::string(before) + R"(},"new_chat_member":{)" + user + std::string(after) + "}}");
    const telegram::chat_member_updated change(&update);
    const auto spelled = [](const boost::json::value* value) {
        return value == nullptr ? std::string("-") : boost::json::serialize(*value);
    };
    std::string out;
    for (const member_difference& one : differences(change))
        out += std::string(one.field) + ": " + spelled(one.before) + " -> " + spelled(one.after) + "\n";
    return out;
}

}  // namespace

TEST_CASE("fields that are new, gone or different, by name") {
    CHECK(changes(R"(,"status":"member")", R"(,"status":"member")").empty());
    CHECK(changes(R"(,"status":"left")", R"(,"status":"member")") == "status: \"left\" -> \"member\"\n");
    CHECK(changes(R"(,"status":"restricted","is_member":true,"until_date":0)",
                  R"(,"status":"administrator","can_be_edited":false,"custom_title":"Boss")") ==
          "can_be_edited: - -> false\ncustom_title: - -> \"Boss\"\nis_member: true -> -\n"
          "status: \"restricted\" -> \"administrator\"\nuntil_date: 0 -> -\n");
}

TEST_CASE("who it is about is no difference, also where only one side says it") {
    boost::json::value update = boost::json::parse(
        R"({"new_chat_member":{"user":{"id":9,"is_bot":false,"first_name":"B"},"status":"member"}})");
    const auto found = differences(telegram::chat_member_updated(&update));
    REQUIRE(found.size() == 1);
    CHECK(found[0].field == "status");
}

TEST_CASE("of an update without members there are none") {
    boost::json::value update = boost::json::parse(R"({"date":1})");
    CHECK(differences(telegram::chat_member_updated(&update)).empty());
}
