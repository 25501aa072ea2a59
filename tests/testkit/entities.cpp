// Entities in plain and marked-up texts.
#include <doctest/doctest.h>

#include <banter/testkit/entities.hpp>

using namespace banter::testkit;

namespace {
std::string show(const std::vector<text_entity>& entities) {
    std::string out;
    for (const auto& e : entities)
        out += e.type + "@" + std::to_string(e.offset) + "+" + std::to_string(e.length) +
               (e.argument.empty() ? "" : "=" + e.argument) + " ";
    return out;
}
std::string found(std::string_view text) { return show(find_entities(text)); }
std::string read(std::string_view text, std::string_view mode) {
    const auto p = read_markup(text, mode);
    return p.fault.empty() ? p.text + " | " + show(p.entities) : "fault: " + p.fault;
}
}  // namespace

TEST_CASE("commands are found as the server finds them") {
    CHECK(found("/start") == "bot_command@0+6 ");
    CHECK(found("/start@my_bot now") == "bot_command@0+13 ");
    CHECK(found("go /help") == "bot_command@3+5 ");
    CHECK(found("\xF0\x9F\x98\x80 /help") == "bot_command@3+5 ");  // UTF-16: two units
    CHECK(found("a/b") == "");
    CHECK(found("/ x") == "");
    CHECK(found("/\xD1\x81") == "");
    CHECK(found("/a/b") == "");
}

TEST_CASE("the other entities") {
    CHECK(found("see https://x.org/a?b=c.") == "url@4+19 ");
    CHECK(found("@someone and me@x.org") == "mention@0+8 email@13+8 ");
    CHECK(found("#tag $USD +4915112345678") == "hashtag@0+4 cashtag@5+4 phone_number@10+14 ");
}

TEST_CASE("HTML") {
    CHECK(read("<b>a</b> &lt;&amp;", "HTML") == "a <& | bold@0+1 ");
    CHECK(read("<a href=\"https://x.org/?a=1&amp;b=2\">x</a>", "html") ==
          "x | text_link@0+1=https://x.org/?a=1&b=2 ");
    CHECK(read("<a href='tg://user?id=7'>x</a>", "html") == "x | text_mention@0+1=7 ");
    CHECK(read("<b><i>x</i></b>", "HTML") == "x | italic@0+1 bold@0+1 ");
    CHECK(read("<q>x</q>", "HTML") ==
          "fault: can't parse entities: Unsupported start tag \"q\" at byte offset 0");
    CHECK(read("<b>x", "HTML").starts_with("fault: can't parse entities: Can't find end tag"));
    CHECK(read("<b>x</i>", "HTML").starts_with("fault: can't parse entities: Unmatched end tag"));
}

TEST_CASE("Markdown") {
    CHECK(read("*a* _b_ __c__ ~d~ ||e||", "MarkdownV2") ==
          "a b c d e | bold@0+1 italic@2+1 underline@4+1 strikethrough@6+1 spoiler@8+1 ");
    CHECK(read("`a.b` [t](https://x.org)", "MarkdownV2") ==
          "a.b t | code@0+3 text_link@4+1=https://x.org ");
    CHECK(read("```cpp\nint x;```", "MarkdownV2") == "int x; | pre@0+6=cpp ");
    CHECK(read("1\\. x", "MarkdownV2") == "1. x | ");
    CHECK(read("1. x", "MarkdownV2").starts_with(
        "fault: can't parse entities: Character '.' is reserved"));
    CHECK(read("*x", "MarkdownV2").starts_with("fault: can't parse entities: Can't find end"));
    CHECK(read("*a* 1. [t](u)", "Markdown") == "a 1. t | bold@0+1 text_link@5+1=u ");
    CHECK(read("x", "nonsense") == "fault: unsupported parse_mode");
}
