#include <banter/telegram/text.hpp>
#include <banter/telegram/white_space.hpp>

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

TEST_CASE("MarkdownV2 is escaped as its place asks") {
    CHECK(escape_markdown("a_b*c[d](e)~`>#+-=|{}.!\\") ==
          "a\\_b\\*c\\[d\\]\\(e\\)\\~\\`\\>\\#\\+\\-\\=\\|\\{\\}\\.\\!\\\\");
    CHECK(escape_markdown("a_b`c\\", markdown_place::code) == "a_b\\`c\\\\");
    CHECK(escape_markdown("a_b(c)\\", markdown_place::link) == "a_b(c\\)\\\\");
    CHECK(mention_markdown(42, "A_n") == "[A\\_n](tg://user?id=42)");
}

TEST_CASE("deep links open groups and channels too") {
    CHECK(deep_link("my_bot", "a", deep_link_to::group) == "https://t.me/my_bot?startgroup=a");
    CHECK(deep_link("my_bot", "", deep_link_to::group) == "https://t.me/my_bot?startgroup");
    CHECK(deep_link("my_bot", "", deep_link_to::channel) == "https://t.me/my_bot?startchannel");
    CHECK_THROWS_AS(deep_link("my_bot", "a", deep_link_to::channel), std::invalid_argument);
    CHECK_THROWS_AS(deep_link("", "a"), std::invalid_argument);
    CHECK_THROWS_AS(deep_link("my bot", "a"), std::invalid_argument);
}

TEST_CASE("any bytes become a payload and bytes again") {
    CHECK(encode_payload("") == "");
    CHECK(encode_payload("f") == "Zg");
    CHECK(encode_payload("fo") == "Zm8");
    CHECK(encode_payload("foo") == "Zm9v");
    CHECK(encode_payload("\xfb\xff") == "-_8");
    std::string bytes;
    for (int i = 0; i != 48; ++i) bytes += static_cast<char>(i * 37);
    CHECK(encode_payload(bytes).size() == 64);
    CHECK(deep_link("my_bot", encode_payload(bytes)).size() == 90);
    for (std::size_t size = 0; size != bytes.size(); ++size)
        CHECK(decode_payload(encode_payload(bytes.substr(0, size))) == bytes.substr(0, size));
    CHECK_FALSE(decode_payload("a"));      // six bits are no byte
    CHECK_FALSE(decode_payload("Zh"));     // bits that nothing had filled
    CHECK_FALSE(decode_payload("Zg=="));
    CHECK_FALSE(decode_payload("Z+8"));
}

TEST_CASE("white space is Unicode's") {
    using banter::detail::trimmed;
    for (const char* space : {" ", "\t", "\n", "\x1C", "\u0085", "\u00A0", "\u1680", "\u2000", "\u200A",
                              "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"}) {
        CAPTURE(space);
        CHECK(trimmed(std::string(space) + "a" + space + "b" + space + space) ==
              std::string("a") + space + "b");
        CHECK(trimmed(std::string(space) + space) == "");
    }
    for (const char* visible : {"\u200B", "\u00E9", "\u2030", "\uFEFF", "\xA0", "\x80"}) {
        CAPTURE(visible);
        CHECK(trimmed(visible) == visible);
    }
    std::string_view words = "one\u00A0two \n three";
    CHECK(banter::detail::take_word(words) == "one");
    CHECK(banter::detail::take_word(words) == "two");
    CHECK(banter::detail::take_word(words) == "three");
    CHECK(banter::detail::take_word(words) == "");
}
