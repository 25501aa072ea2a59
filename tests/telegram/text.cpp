#include <banter/telegram/text.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

using namespace banter;

TEST_CASE("concat joins texts and numbers") {
    const std::string name = "Anna";
    const std::string_view view = "view";
    CHECK(concat("Pay ", 5, " to ", name, ", ", view, '!') == "Pay 5 to Anna, view!");
    CHECK(concat() == "");
    CHECK(concat(std::string("temporary")) == "temporary");
    CHECK(concat(true, ' ', false) == "true false");
}

TEST_CASE("concat writes numbers exactly") {
    CHECK(concat(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(concat(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
    CHECK(concat(0.1, ' ', 2.5f, ' ', -1.0) == "0.1 2.5 -1");
    CHECK(concat(std::int8_t{-5}, std::uint16_t{7}) == "-57");
}

TEST_CASE("HTML is escaped in texts and attributes") {
    CHECK(escape_html("a & b < c > \"d\"") == "a &amp; b &lt; c &gt; &quot;d&quot;");
    CHECK(escape_html("caf\xc3\xa9") == "caf\xc3\xa9");
    CHECK(mention_html(42, "<Anna>") == "<a href=\"tg://user?id=42\">&lt;Anna&gt;</a>");
}

TEST_CASE("deep links take what Telegram takes") {
    CHECK(deep_link("my_bot", "a-B_9") == "https://t.me/my_bot?start=a-B_9");
    CHECK(deep_link("@my_bot", "") == "https://t.me/my_bot");
    CHECK(deep_link("my_bot", std::string(64, 'x')).size() == 90);
    CHECK_THROWS_AS(deep_link("my_bot", std::string(65, 'x')), std::invalid_argument);
    CHECK_THROWS_AS(deep_link("my_bot", "a b"), std::invalid_argument);
    CHECK_THROWS_AS(deep_link("my_bot", "\xc3\xa9"), std::invalid_argument);
}
