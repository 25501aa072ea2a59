// Long texts in pieces: where they are split, and what becomes of their entities.
#include <banter/telegram/long_text.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace banter;

namespace {

std::string joined(const std::vector<std::string_view>& pieces) {
    std::string out;
    for (const std::string_view piece : pieces) out += concat(out.empty() ? "" : "|", piece);
    return out;
}
std::string html(const std::vector<styled_text>& pieces) {
    std::string out;
    for (const styled_text& piece : pieces) out += concat(out.empty() ? "" : "|", piece.to_html());
    return out;
}

}  // namespace

TEST_CASE("a text is split behind a paragraph, a line, a sentence, a word") {
    CHECK(joined(split_text("short", 10)) == "short");
    CHECK(joined(split_text("one two\n\nthree four. five", 14)) == "one two|three four.|five");
    CHECK(joined(split_text("one two\nthree four", 14)) == "one two|three four");
    CHECK(joined(split_text("One two. Three four", 16)) == "One two.|Three four");
    CHECK(joined(split_text("one two three", 9)) == "one two|three");
    CHECK(joined(split_text("one two three", 7)) == "one two|three");
    CHECK(joined(split_text("abcdefghij", 4)) == "abcd|efgh|ij");
    // Short pieces are no gain: the word's end counts, not that of the first line.
    CHECK(joined(split_text("a\nbb cc dd ee ff", 12)) == "a\nbb cc dd|ee ff");
}

TEST_CASE("white space at a piece's ends is left out") {
    CHECK(joined(split_text("  a \n\n", 10)) == "a");
    CHECK(joined(split_text("ab   \n\n  cd", 3)) == "ab|cd");
    CHECK(split_text("   ", 10).empty());
    CHECK(split_text("", 10).empty());
}

TEST_CASE("no character is split") {
    const std::string emoji = "\xF0\x9F\x98\x80";  // two units
    CHECK(joined(split_text(emoji + emoji + emoji, 4)) == concat(emoji, emoji, '|', emoji));
    CHECK(joined(split_text(emoji + emoji + emoji, 5)) == concat(emoji, emoji, '|', emoji));
    CHECK(joined(split_text(emoji + emoji, 1)) == concat(emoji, '|', emoji));  // at least one each
    CHECK(joined(split_text("\xC3\xA4\xC3\xB6\xC3\xBC", 2)) == "\xC3\xA4\xC3\xB6|\xC3\xBC");
    std::string many;
    for (int i = 0; i != 3000; ++i) many += emoji;
    const auto pieces = split_text(many);
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[0].size() == 2048 * 4);
    CHECK(pieces[1].size() == 952 * 4);
}

TEST_CASE("entities go on over a split") {
    styled_text text("one ");
    text.bold("two ", styled_text().italic("three"), " four").add(" five");
    CHECK(html(split_text(text, 9)) == "one <b>two</b>|<b><i>three</i></b>|<b>four</b> five");
    CHECK(html(split_text(styled_text("\xF0\x9F\x98\x80 ").bold("abc"), 3)) ==
          "\xF0\x9F\x98\x80|<b>abc</b>");
    CHECK(html(split_text(text, 100)) == "one <b>two <i>three</i> four</b> five");
}
