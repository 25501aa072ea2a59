#include <banter/telegram/names.hpp>

#include <doctest/doctest.h>

using namespace banter;

TEST_CASE("full names and mentions of users in updates") {
    const auto anna = telegram::parse<telegram::user>(
        R"({"id":7,"is_bot":false,"first_name":"Anna","last_name":"Lee & <b>"})");
    CHECK(full_name(*anna) == "Anna Lee & <b>");
    CHECK(mention_html(*anna) == "<a href=\"tg://user?id=7\">Anna Lee &amp; &lt;b&gt;</a>");
    const auto bob =
        telegram::parse<telegram::user>(R"({"id":8,"is_bot":false,"first_name":"Bob"})");
    CHECK(full_name(*bob) == "Bob");
    CHECK(mention_html(*bob) == "<a href=\"tg://user?id=8\">Bob</a>");
}
