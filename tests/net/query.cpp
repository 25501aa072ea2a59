#include <banter/net/query.hpp>

#include <doctest/doctest.h>

using namespace banter;
using net::parse_query;

TEST_CASE("fields in their order, decoded") {
    const auto fields = parse_query("user_id=5&note=two+words%21&empty=&alone&a%3D=b=c&&");
    const net::query_fields wanted = {
        {"user_id", "5"}, {"note", "two words!"}, {"empty", ""}, {"alone", ""}, {"a=", "b=c"}};
    CHECK(fields == wanted);
    CHECK(parse_query("") == net::query_fields{});
}

TEST_CASE("the last of several counts") {
    const auto fields = *parse_query("a=1&b=2&a=3");
    REQUIRE(net::field_of(fields, "a") != nullptr);
    CHECK(*net::field_of(fields, "a") == "3");
    CHECK(*net::field_of(fields, "b") == "2");
    CHECK(net::field_of(fields, "c") == nullptr);
}

TEST_CASE("what cannot be read") {
    CHECK_FALSE(parse_query("a=%"));
    CHECK_FALSE(parse_query("a=%1"));
    CHECK_FALSE(parse_query("a=%g1"));
    CHECK_FALSE(parse_query("%x=1"));
    CHECK(parse_query("a&b", 2));
    CHECK_FALSE(parse_query("a&b&c", 2));
}
