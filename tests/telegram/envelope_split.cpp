#include "envelope_samples.hpp"

#include <banter/telegram/envelope.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace banter;

namespace {

std::vector<std::string> split(std::string_view body, bool expected = true) {
    const auto copy = std::make_unique<char[]>(body.size());
    std::copy(body.begin(), body.end(), copy.get());
    std::vector<std::string_view> parts{"left over"};
    CHECK(telegram::split_updates({copy.get(), body.size()}, parts) == expected);
    return {parts.begin(), parts.end()};
}
using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("bodies of getUpdates") {
    CHECK(split(R"({"ok":true,"result":[]})") == texts{});
    CHECK(split(R"({"ok":true,"result":[{"update_id":1}]})") == texts{R"({"update_id":1})"});
    CHECK(split(R"({"ok":true,"result":[{"a":[1,{"b":"]},{"}]},{"update_id":2}]})") ==
          texts{R"({"a":[1,{"b":"]},{"}]})", R"({"update_id":2})"});
    CHECK(split("\n { \"result\" :\t[ {\"a\":1} , {\"b\":\"\\\"]\"}\r\n ] , \"ok\" : true }\n") ==
          texts{R"({"a":1})", R"({"b":"\"]"})"});
    CHECK(split(R"({"later":{"result":[1]},"list":["result",[2]],"result":[3,"x",null]})") ==
          texts{"3", "\"x\"", "null"});

    std::string body = R"({"ok":true,"result":[)";
    for (const auto& sample : envelope_samples::updates)
        body += std::string(sample.json) + ",\n";
    body.erase(body.size() - 2);
    const texts parts = split(body + "]}");
    REQUIRE(parts.size() == update_kind_count);
    for (std::size_t i = 0; i != parts.size(); ++i)
        CHECK(parts[i] == envelope_samples::updates[i].json);
}

TEST_CASE("bodies without results") {
    for (const char* body :
         {"", "{", "[]", "null", "<html></html>", R"({"ok":false,"error_code":401})",
          R"({"ok":true,"result":true})", R"({"ok":true,"result":{}})", R"({"ok":true})",
          R"({"ok":true,"result")", R"({"ok":true,"result":)", R"({"a":"result":[1]})",
          R"({"ok" true,"result":[1]})", R"([{"result":[1]}])"}) {
        CAPTURE(body);
        CHECK(split(body, false) == texts{});
    }
}

TEST_CASE("an element that is broken costs only itself, as long as it closes") {
    CHECK(split(R"({"result":[{"update_id":1,,},{"update_id":2}]})") ==
          texts{R"({"update_id":1,,})", R"({"update_id":2})"});
    CHECK(split(R"({"result":[{"update_id":1,"a":[1},{"update_id":2}]})") ==
          texts{R"({"update_id":1,"a":[1})", R"({"update_id":2})"});
    CHECK(split(R"({"result":[oops,{"update_id":2}]})") == texts{"oops", R"({"update_id":2})"});
    CHECK(split(R"({"result":[{"x":"\u12"},,{"update_id":2},]})") ==
          texts{R"({"x":"\u12"})", R"({"update_id":2})"});
    CHECK(split("{\"result\":[{\"x\":\"\x01\xff\"},{\"update_id\":2}]}") ==
          texts{"{\"x\":\"\x01\xff\"}", R"({"update_id":2})"});
    SUBCASE("and what never closes is one last element") {
        CHECK(split(R"({"result":[{"update_id":1},{"update_id":2,"text":"abc}]})") ==
              texts{R"({"update_id":1})", R"({"update_id":2,"text":"abc}]})"});
        CHECK(split(R"({"result":[{"update_id":1},{"update_id":2,)") ==
              texts{R"({"update_id":1})", R"({"update_id":2,)"});
        CHECK(split(R"({"result":[{"update_id":1])") == texts{R"({"update_id":1)"});
        CHECK(split(R"({"result":[{"a":"\)") == texts{R"({"a":"\)"});
        CHECK(split(R"({"result":[1)") == texts{"1"});
    }
    SUBCASE("nesting without end") {
        const std::string deep(100000, '[');
        CHECK(split(R"({"result":[)" + deep) == texts{deep});
        const std::string closed = deep + std::string(100000, ']');
        CHECK(split(R"({"result":[)" + closed + R"(,{"update_id":2}]})") ==
              texts{closed, R"({"update_id":2})"});
    }
}

TEST_CASE("mutated bodies: elements lie in the body, in order, one after another") {
    std::mt19937 random{7};
    std::string whole = R"({"ok":true,"result":[)";
    for (std::size_t i = 0; i != 6; ++i)
        whole += std::string(envelope_samples::updates[i * 3].json) + ",";
    whole.back() = ']';
    whole += "}";
    for (int i = 0; i != 20000; ++i) {
        std::string text =
            whole.substr(0, random() % 8 == 0 ? random() % whole.size() : whole.size());
        for (int change = 0; change != 4 && !text.empty(); ++change)
            text[random() % text.size()] = "\"\\{}[],: x\xff"[random() % 11];
        const auto copy = std::make_unique<char[]>(text.size());
        std::copy(text.begin(), text.end(), copy.get());
        std::vector<std::string_view> parts;
        const bool found = telegram::split_updates({copy.get(), text.size()}, parts);
        REQUIRE((found || parts.empty()));
        const char* behind = copy.get();
        for (const std::string_view part : parts) {
            REQUIRE(!part.empty());
            REQUIRE(part.data() >= behind);
            behind = part.data() + part.size();
            REQUIRE(behind <= copy.get() + text.size());
        }
    }
}
