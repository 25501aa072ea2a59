#include <banter/telegram/request.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

using banter::json_writer;

namespace {

template <class Write> std::string written(Write write) {
    std::string out;
    json_writer writer(out);
    write(writer);
    return out;
}

std::string string_of(std::string_view text) {
    return written([&](json_writer& w) { w.string(text); });
}

std::string merged(std::string_view object) {
    return written([&](json_writer& w) {
        w.begin_object();
        w.key("a");
        w.integer(1);
        w.members(object);
        w.end_object();
    });
}

} // namespace

TEST_CASE("commas stand between members and elements only") {
    CHECK(written([](json_writer& w) {
              w.begin_object();
              w.key("a");
              w.begin_array();
              w.integer(1);
              w.begin_array();
              w.end_array();
              w.begin_object();
              w.end_object();
              w.null();
              w.end_array();
              w.key("b");
              w.boolean(true);
              w.key("c");
              w.boolean(false);
              w.end_object();
          }) == R"({"a":[1,[],{},null],"b":true,"c":false})");
}

TEST_CASE("strings are escaped where JSON needs it, and nowhere else") {
    CHECK(string_of("") == "\"\"");
    CHECK(string_of("a\"b\\c/d") == R"("a\"b\\c/d")");
    CHECK(string_of("\n\r\t") == R"("\n\r\t")");
    CHECK(string_of(std::string_view("\0\x01\x1f\x7f", 4)) == "\"\\u0000\\u0001\\u001f\x7f\"");
    CHECK(string_of("\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 \xf0\x9f\xa6\x8a \xe2\x80\xa8") ==
          "\"\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85 \xf0\x9f\xa6\x8a \xe2\x80\xa8\"");
}

TEST_CASE("every byte below 0x80 reads back as it was") {
    std::string all;
    for (int c = 0; c < 0x80; ++c)
        all += static_cast<char>(c);
    CHECK(boost::json::parse(string_of(all)).as_string() == all);
}

TEST_CASE("keys are escaped too") {
    CHECK(written([](json_writer& w) {
              w.begin_object();
              w.key("a\"");
              w.integer(0);
              w.end_object();
          }) == R"({"a\"":0})");
}

TEST_CASE("integers keep all their bits") {
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{-1}, (std::int64_t{1} << 52) - 1, -(std::int64_t{1} << 52),
          std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
        CHECK(written([&](json_writer& w) { w.integer(value); }) == std::to_string(value));
}

TEST_CASE("numbers read back the same, and only finite ones are written") {
    for (const double value : {0.0, 0.1, -1.5, 48.858370, 1e300, 5e-324})
        CHECK(boost::json::parse(written([&](json_writer& w) { w.number(value); }))
                  .to_number<double>() == value);
    std::string out;
    json_writer writer(out);
    CHECK_THROWS_AS(writer.number(std::numeric_limits<double>::infinity()), std::invalid_argument);
    CHECK_THROWS_AS(writer.number(std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
    CHECK(out.empty());
}

TEST_CASE("the members of an object given as text join the open object") {
    CHECK(merged(R"({"b":[1,{"c":"}"}]})") == R"({"a":1,"b":[1,{"c":"}"}]})");
    CHECK(merged(" {\n} ") == R"({"a":1})");
    CHECK(merged(" { \"b\" : 2 } ") == R"({"a":1, "b" : 2 })");
    CHECK(written([](json_writer& w) {
              w.begin_object();
              w.members(R"({"b":2})");
              w.key("c");
              w.integer(3);
              w.end_object();
          }) == R"({"b":2,"c":3})");
}

TEST_CASE("text that is no object is not merged") {
    for (const char* bad : {"", "1", "[1]", "{\"b\":}", "{\"b\":1", "{\"b\":1}}", "\"b\":1"})
        CHECK_THROWS_AS(merged(bad), std::invalid_argument);
}

TEST_CASE("a writer appends") {
    std::string out = "x";
    json_writer writer(out);
    writer.integer(1);
    CHECK(out == "x1");
}
