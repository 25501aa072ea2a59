#include "envelope_samples.hpp"

#include <banter/telegram/envelope.hpp>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace banter;
using telegram::decode_fault;
using telegram::envelope;
using telegram::envelope_reader;

namespace {

struct result {
    decode_fault fault;
    std::int64_t update_id;
    bool operator==(const result&) const = default;
};

result read(std::string_view json) {
    // Exactly as long as the text: a read past its end is seen by the address sanitizer.
    const auto copy = std::make_unique<char[]>(json.size());
    std::copy(json.begin(), json.end(), copy.get());
    envelope_reader reader;
    envelope out;
    const decode_fault fault = reader.read({copy.get(), json.size()}, out);
    return {fault, out.update_id};
}

std::string message(std::string_view fields) {
    return R"({"update_id":7,"message":{"message_id":5,"from":{"id":11,"is_bot":false,)"
           R"("first_name":"Ann"},"chat":{"id":22,"type":"private"},"date":1,)" +
           std::string(fields) + "}}";
}

// Whether Boost.JSON, to the same depth, takes the text for an object.
bool is_object(std::string_view json) {
    boost::system::error_code ec;
    boost::json::parse_options options;
    options.max_depth = 64;
    const boost::json::value value =
        boost::json::parse({json.data(), json.size()}, ec, boost::json::storage_ptr{}, options);
    return !ec && value.is_object();
}

}  // namespace

TEST_CASE("what is no JSON object") {
    for (const char* text : {"",
                             " ",
                             "x",
                             "[]",
                             "null",
                             "42",
                             "\"text\"",
                             "{",
                             "{}}",
                             "{} x",
                             "{,}",
                             "{\"a\"}",
                             "{\"a\":}",
                             "{\"a\":1,}",
                             "{\"a\" 1}",
                             "{a:1}",
                             "{'a':1}",
                             "<html>502 Bad Gateway</html>",
                             "{\"a\":[1,]}",
                             "{\"a\":[1 2]}",
                             "{\"a\":[1}",
                             "{\"a\":tru}",
                             "{\"a\":nul}",
                             "{\"a\":01}",
                             "{\"a\":1.}",
                             "{\"a\":.5}",
                             "{\"a\":+1}",
                             "{\"a\":-}",
                             "{\"a\":1e}",
                             "{\"a\":1e+}",
                             "{\"a\":1e9999999999}",
                             "{\"a\":NaN}",
                             "{\"a\":\"",
                             "{\"a\":\"\\",
                             "{\"a\":\"\\u00",
                             "\xef\xbb\xbf{}"}) {
        CAPTURE(text);
        CHECK(read(text) == result{decode_fault::not_json, 0});
    }
}

TEST_CASE("update_id is found in a text that is no JSON") {
    CHECK(read(R"({"update_id":7,"message":{"text":)") == result{decode_fault::not_json, 7});
    CHECK(read(R"({"message":{"te)"
               "\x01"
               R"(xt":"a"},"update_id" : 812000123})") ==
          result{decode_fault::not_json, 812000123});
    CHECK(read(R"({"x":tru,"update_id":"55"})") == result{decode_fault::not_json, 55});
    SUBCASE("but not where its digits may be cut off, or are none") {
        CHECK(read(R"({"update_id":81200)") == result{decode_fault::not_json, 0});
        CHECK(read(R"({"update_id":)") == result{decode_fault::not_json, 0});
        CHECK(read(R"({"update_id")") == result{decode_fault::not_json, 0});
        CHECK(read(R"({x,"update_id":-5,"a":1})") == result{decode_fault::not_json, 0});
        CHECK(read(R"({x,"update_id":99999999999999999999,"a":1})") ==
              result{decode_fault::not_json, 0});
    }
    SUBCASE("nor inside a string, where its quotes are escaped") {
        CHECK(read(R"({"message":{"text":"\"update_id\":66,","chat":{"id":1}},"update_id":7,})") ==
              result{decode_fault::not_json, 7});
    }
    SUBCASE("the first that has digits") {
        CHECK(read(R"({x,"update_id":8,"a":{"update_id":9}})") ==
              result{decode_fault::not_json, 8});
        CHECK(read(R"({x,"update_id":null,"update_id":8 })") == result{decode_fault::not_json, 8});
    }
}

TEST_CASE("limits of depth and size") {
    const auto nested = [](std::size_t levels) {
        return R"({"update_id":7,"later":)" + std::string(levels, '[') + std::string(levels, ']') +
               "}";
    };
    CHECK(read(nested(63)) == result{decode_fault::unknown_kind, 7});
    CHECK(read(nested(64)) == result{decode_fault::too_deep, 7});
    CHECK(read(nested(400000)) == result{decode_fault::too_deep, 7});
    CHECK(read(R"({"later":)" + std::string(64, '[') + std::string(64, ']') +
               R"(,"update_id":7})") == result{decode_fault::too_deep, 7});

    // A subtree that is closed gives its levels back.
    std::string wide = R"({"update_id":7,"later":[)";
    for (int i = 0; i != 100; ++i)
        wide += R"({"a":[[]]},[],)";
    CHECK(read(wide + "{}]}") == result{decode_fault::unknown_kind, 7});

    envelope_reader reader;
    envelope out;
    const std::string text = message(R"("text":")" + std::string(2000, 'x') + "\"");
    reader.max_size = text.size();
    CHECK(reader.read(text, out) == decode_fault::none);
    reader.max_size = text.size() - 1;
    CHECK(reader.read(text, out) == decode_fault::too_large);
    CHECK(out.update_id == 7);
    reader.max_size = text.size();
    reader.max_depth = 2;
    CHECK(reader.read(text, out) == decode_fault::too_deep);
    reader.max_depth = 3;
    CHECK(reader.read(text, out) == decode_fault::none);
    CHECK(read(message(R"("text":")" + std::string(1 << 20, 'x') + "\"")) ==
          result{decode_fault::too_large, 7});
}

TEST_CASE("no update_id, unknown kinds") {
    CHECK(read("{}") == result{decode_fault::no_update_id, 0});
    CHECK(read(R"({"update_id":null})") == result{decode_fault::no_update_id, 0});
    CHECK(read(R"({"message":{"message_id":1,"chat":{"id":1,"type":"group"}}})") ==
          result{decode_fault::no_update_id, 0});
    CHECK(read(R"({"update_id":7})") == result{decode_fault::unknown_kind, 7});
    CHECK(read(R"({"update_id":7,"message":null})") == result{decode_fault::unknown_kind, 7});
    // An error of the server is no update either.
    CHECK(read(R"({"ok":false,"error_code":502,"description":"Bad Gateway"})") ==
          result{decode_fault::no_update_id, 0});

    envelope_reader reader;
    envelope out;
    const std::string tomorrow = R"({"update_id":7,"telepathy":{"thought":1},"and":2})";
    CHECK(reader.read(tomorrow, out) == decode_fault::unknown_kind);
    CHECK(out.kind == update_kind::unknown);
    CHECK(out.kind_name == "telepathy");
}

TEST_CASE("wrong types") {
    for (const char* fields : {R"("text":5)",
                               R"("text":{})",
                               R"("caption":[])",
                               R"("entities":{})",
                               R"("entities":[5])",
                               R"("entities":[{"type":5}])",
                               R"("entities":[{"offset":"0"}])",
                               R"("entities":[{"length":1.5}])",
                               R"("photo":{})",
                               R"("photo":[[]])",
                               R"("photo":[{"file_id":1}])",
                               R"("document":"x")",
                               R"("document":{"file_id":null,"file_id":7})",
                               R"("message_thread_id":"6")",
                               R"("is_topic_message":1)",
                               R"("business_connection_id":5)",
                               R"("direct_messages_topic":5)",
                               R"("direct_messages_topic":{"topic_id":"x"})",
                               R"("new_chat_members":{})",
                               R"("migrate_to_chat_id":"-100")",
                               R"("chat":{"id":22.5})",
                               R"("chat":{"id":22,"type":5})",
                               R"("chat":[])",
                               R"("from":"Ann")",
                               R"("from":{"id":1,"is_bot":"no"})",
                               R"("from":{"id":1,"first_name":5})",
                               R"("from":{"id":99999999999999999999})",
                               R"("message_id":1e3)",
                               R"("message_id":-99999999999999999999)",
                               R"("contact":"x")"}) {
        CAPTURE(fields);
        CHECK(read(message(fields)) == result{decode_fault::wrong_type, 7});
    }
    CHECK(read(R"({"update_id":"7","message":{}})") == result{decode_fault::wrong_type, 7});
    CHECK(read(R"({"update_id":7.5,"poll":{}})") == result{decode_fault::wrong_type, 0});
    CHECK(read(R"({"message":[],"update_id":7})") == result{decode_fault::wrong_type, 7});
    CHECK(read(R"({"update_id":7,"message":"hello"})") == result{decode_fault::wrong_type, 7});
    CHECK(read(R"({"update_id":7,"poll":"hello"})") == result{decode_fault::wrong_type, 7});
    CHECK(read(R"({"update_id":7,"callback_query":{"id":1}})") ==
          result{decode_fault::wrong_type, 7});
    SUBCASE("a required chat or user that is missing or has no id") {
        CHECK(read(R"({"update_id":7,"message":{"message_id":5}})") ==
              result{decode_fault::wrong_type, 7});
        CHECK(read(R"({"update_id":7,"callback_query":{"id":"1"}})") ==
              result{decode_fault::wrong_type, 7});
        CHECK(read(R"({"update_id":7,"inline_query":{"id":"1"}})") ==
              result{decode_fault::wrong_type, 7});
        CHECK(read(R"({"update_id":7,"chat_member":{"from":{"id":1}}})") ==
              result{decode_fault::wrong_type, 7});
        CHECK(read(message(R"("from":{"is_bot":false})")) == result{decode_fault::none, 7});
        CHECK(read(R"({"update_id":7,"message":{"from":{},"chat":{"id":1}}})") ==
              result{decode_fault::wrong_type, 7});
    }
}

TEST_CASE("every fault has a sentence") {
    for (int i = 0; i <= static_cast<int>(decode_fault::unknown_kind); ++i)
        CHECK(!sentence_of(static_cast<decode_fault>(i)).empty());
}

TEST_CASE("a text cut off anywhere is a fault, and is never read past its end") {
    for (const auto& sample : envelope_samples::updates) {
        for (std::size_t length = 0; length < sample.json.size(); ++length) {
            const result got = read(sample.json.substr(0, length));
            REQUIRE(got.fault == decode_fault::not_json);
            if (length > 20)
                REQUIRE(got.update_id >= 9000);
        }
    }
}

TEST_CASE("mutated updates: never a crash, and the same verdict on JSON as Boost.JSON's") {
    std::mt19937 random{20261120};
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::vector<std::string> seeds;
    for (const auto& sample : envelope_samples::updates)
        seeds.emplace_back(sample.json);
    for (const auto& sample : envelope_samples::contents)
        seeds.push_back(
            message("\"" + std::string(sample.name) + "\":" + std::string(sample.json)));
    seeds.push_back(message(
        R"("text":"\u0434\u0430 \ud83d\ude00 /pay\n",)"
        R"("entities":[{"type":"bot_command","offset":0,"length":3}])"));
    seeds.push_back(message("\"caption\":\"\u0434\u0430 \u20ac "
                            "\U0001F600\",\"photo\":[{\"file_id\":\"x\",\"width\":-1.5e+3}]"));
    constexpr std::string_view pieces[]{"\"",
                                        "\\",
                                        "{",
                                        "}",
                                        "[",
                                        "]",
                                        ",",
                                        ":",
                                        "null",
                                        "true",
                                        "0",
                                        "-",
                                        "1.5",
                                        "e9",
                                        " ",
                                        "\\u00e9",
                                        "\\ud83d",
                                        "\xc3",
                                        "\xa9",
                                        "\x1f",
                                        "\"id\":",
                                        "{\"id\":1}",
                                        "99999999999999999999",
                                        "\"update_id\":3,"};
    envelope_reader reader;
    std::size_t taken = 0;
    std::size_t refused = 0;
    for (int i = 0; i != 20000; ++i) {
        std::string text = seeds[below(seeds.size())];
        for (std::size_t change = 1 + below(3); change != 0; --change) {
            const std::size_t at = below(text.size());
            const std::size_t length = below(std::min<std::size_t>(text.size() - at, 12) + 1);
            switch (below(5)) {
            case 0:
                text[at] = static_cast<char>(random());
                break;
            case 1:
                text.erase(at, length);
                break;
            case 2:
                text.insert(at, pieces[below(std::size(pieces))]);
                break;
            case 3:
                text.insert(below(text.size()), text, at, length);
                break;
            default:
                text.replace(at, length, pieces[below(std::size(pieces))]);
                break;
            }
            if (text.empty())
                text = " ";
        }
        CAPTURE(text);
        const auto copy = std::make_unique<char[]>(text.size());
        std::copy(text.begin(), text.end(), copy.get());
        envelope out;
        const decode_fault fault = reader.read({copy.get(), text.size()}, out);
        const bool sound = is_object(text);
        switch (fault) {
        case decode_fault::none:
        case decode_fault::unknown_kind:
        case decode_fault::no_update_id:
            REQUIRE(sound);
            ++taken;
            break;
        case decode_fault::not_json:
            REQUIRE(!sound);
            ++refused;
            break;
        default:
            break;
        }
        // Every view lies in the text or in the reader's memory: all of it can be read.
        std::size_t sum = 0;
        for (const std::string_view view :
             {out.kind_name, out.text, out.caption, out.command, out.data, out.query_id,
              out.inline_message_id, out.business_connection_id, out.query, out.file_id,
              out.first_name, out.last_name, out.username, out.language_code})
            for (const char c : view)
                sum += static_cast<unsigned char>(c);
        REQUIRE(sum < text.size() * 256 * 14);
    }
    // The mutations are mild enough to leave many texts sound, and wild enough to break many.
    CHECK(taken > 2000);
    CHECK(refused > 3000);
}
