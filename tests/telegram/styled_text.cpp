// Texts with entities: offsets in UTF-16 units, nesting, and what they are as HTML and MarkdownV2.
#include <banter/telegram/methods.hpp>
#include <banter/telegram/styled_text.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace banter;

namespace {

/// "bold 0+4 italic 2+1(argument)"
std::string shape(const styled_text& of) {
    std::string out;
    for (const text_entity& one : of.entities()) {
        out += concat(out.empty() ? "" : " ", name_of(one.kind), ' ', one.offset, '+', one.length);
        if (!one.argument.empty()) out += concat('(', one.argument, ')');
        if (one.number != 0) out += concat('#', one.number);
    }
    return out;
}

std::string written(const styled_text& of) {
    std::string out;
    json_writer to(out);
    const list_of<message_entity> entities = of.entities();
    entities.write_json(to);
    return out;
}

}  // namespace

TEST_CASE("a styled text is built part by part") {
    styled_text bill("Pay ");
    bill.bold(100, " EUR").add(" to ").mention(42, "Bob").add(", ", 'o', 'r', ' ');
    bill.link("here", "https://example.org/?a=1&b=2").code("x").pre("y", "cpp");
    CHECK(bill.text() == "Pay 100 EUR to Bob, or herexy");
    CHECK(shape(bill) ==
          "bold 4+7 text_mention 15+3#42 text_link 23+4(https://example.org/?a=1&b=2) "
          "code 27+1 pre 28+1(cpp)");
    CHECK(bill.length() == 29);
    CHECK_FALSE(bill.empty());
    CHECK(styled_text().empty());
}

TEST_CASE("offsets count UTF-16 units") {
    // An emoji has two, a letter with a combining accent two, a letter with an accent of its own one.
    styled_text text("\xF0\x9F\x98\x80");
    text.bold("e\xCC\x81").italic("\xC3\xA9").underline("\xE2\x82\xAC").spoiler("\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA");
    CHECK(shape(text) == "bold 2+2 italic 4+1 underline 5+1 spoiler 6+4");
    CHECK(text.length() == 10);
}

TEST_CASE("what is styled may be styled inside") {
    const styled_text inner = styled_text("see ").link("\xF0\x9F\x98\x80 here", "https://e.org");
    styled_text outer("A: ");
    outer.quote(inner, '!').bold(styled_text().italic("both"));
    CHECK(outer.text() == "A: see \xF0\x9F\x98\x80 here!both");
    CHECK(shape(outer) ==
          "text_link 7+7(https://e.org) blockquote 3+12 italic 15+4 bold 15+4");
    styled_text doubled("a");
    doubled.bold("b").add(doubled);
    CHECK(doubled.text() == "abab");
    CHECK(shape(doubled) == "bold 1+1 bold 3+1");
}

TEST_CASE("nothing is no entity") {
    styled_text text("a");
    text.bold("").italic(styled_text());
    CHECK(text.text() == "a");
    CHECK(text.entities().empty());
}

TEST_CASE("entities are sent as Telegram takes them") {
    styled_text text;
    text.bold("b").pre("p", "cpp").link("l", "u").mention(7, "m").custom_emoji("e", "99").date("d", 5, "t");
    CHECK(written(text) ==
          R"([{"type":"bold","offset":0,"length":1},)"
          R"({"type":"pre","offset":1,"length":1,"language":"cpp"},)"
          R"({"type":"text_link","offset":2,"length":1,"url":"u"},)"
          R"({"type":"text_mention","offset":3,"length":1,"user":{"id":7,"is_bot":false,"first_name":""}},)"
          R"({"type":"custom_emoji","offset":4,"length":1,"custom_emoji_id":"99"},)"
          R"({"type":"date_time","offset":5,"length":1,"unix_time":5,"date_time_format":"t"}])");
}

TEST_CASE("as HTML") {
    styled_text text("1 < 2 & ");
    text.bold(styled_text("a ").italic("b")).underline("u").strikethrough("s").spoiler("p");
    CHECK(text.to_html() == "1 &lt; 2 &amp; <b>a <i>b</i></b><u>u</u><s>s</s>"
                            "<span class=\"tg-spoiler\">p</span>");
    styled_text more;
    more.code("a<b").pre("int x;", "cpp").pre("plain").link("l", "https://e.org/?a=\"&b").mention(7, "m");
    CHECK(more.to_html() == "<code>a&lt;b</code><pre><code class=\"language-cpp\">int x;</code></pre>"
                            "<pre>plain</pre><a href=\"https://e.org/?a=&quot;&amp;b\">l</a>"
                            "<a href=\"tg://user?id=7\">m</a>");
    styled_text rest;
    rest.quote("q").expandable_quote("x").custom_emoji("e", "99").date("d", 5, "t");
    CHECK(rest.to_html() == "<blockquote>q</blockquote><blockquote expandable>x</blockquote>"
                            "<tg-emoji emoji-id=\"99\">e</tg-emoji><tg-time unix=\"5\" format=\"t\">d</tg-time>");
}

TEST_CASE("as MarkdownV2") {
    styled_text text("1. a_b ");
    text.bold(styled_text("a ").italic("b")).strikethrough("s").spoiler("p").code("`\\").pre("x", "cpp");
    CHECK(text.to_markdown() == "1\\. a\\_b *a _b_*~s~||p||`\\`\\\\````cpp\nx```");
    styled_text links;
    links.link("l.", "https://e.org/(a)").mention(7, "m").custom_emoji("e", "99").date("d", 5);
    CHECK(links.to_markdown() == "[l\\.](https://e.org/(a\\))[m](tg://user?id=7)"
                                 "![e](tg://emoji?id=99)![d](tg://time?unix=5)");
    CHECK(styled_text().underline(styled_text().italic("both")).to_markdown() == "__**_both_**__");
    styled_text quotes;
    quotes.quote("a\nb").add("\n").expandable_quote("c").add("\nd");
    CHECK(quotes.to_markdown() == ">a\n>b\n**>c||\nd");
}

TEST_CASE("bare addresses become links where that is asked for") {
    const styled_text text("see example.org", {{.kind = entity_kind::url, .offset = 4, .length = 11}});
    CHECK(text.to_html() == "see example.org");
    CHECK(text.to_html(true) == "see <a href=\"example.org\">example.org</a>");
    CHECK(text.to_markdown() == "see example\\.org");
    CHECK(text.to_markdown(true) == "see [example\\.org](example.org)");
}

TEST_CASE("entities that overlap are cut, those outside of the text are left out") {
    const styled_text crossed("abcdef", {{.kind = entity_kind::bold, .offset = 0, .length = 4},
                                         {.kind = entity_kind::italic, .offset = 2, .length = 4}});
    CHECK(crossed.to_html() == "<b>ab<i>cd</i></b><i>ef</i>");
    const styled_text outside("ab", {{.kind = entity_kind::bold, .offset = 1, .length = 40},
                                     {.kind = entity_kind::italic, .offset = 7, .length = 4}});
    CHECK(outside.to_html() == "a<b>b</b>");
}
