// The samples of docs/texts.md, and what Telegram reads in the mark-up that this library writes.
#include <banter/flow.hpp>
#include <banter/telegram/message_text.hpp>
#include <banter/testkit/app.hpp>
#include <banter/testkit/entities.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace banter;

namespace {

struct shop {
    static void bill(context& ctx) {
        styled_text words("Pay ");
        words.bold(100, " EUR").add(" by ").italic("tomorrow");
        words.add(", ").mention(ctx.user_id(), ctx.full_name()).add(".\n");
        words.quote("No ", styled_text().underline("cash"), ", please.");
        ctx.reply(words, {.disable_notification = true});
    }
    static void photo(context& ctx) {
        const styled_text words = styled_text("Our ").link("shop", "https://example.org");
        ctx.reply_photo("https://example.org/shop.jpg",
                        {.caption = words.text(), .caption_entities = words.entities()});
    }
    static void greet(context& ctx) {
        ctx.reply_html(concat("<b>Hello</b> ", ctx.mention_html(), ", you said: ",
                              escape_html(ctx.arguments())));
    }
    static void greet_too(context& ctx) {
        ctx.reply_markdown(concat("*Hello* ", ctx.mention_markdown(), ", you said: ",
                                  escape_markdown(ctx.arguments())));
    }
    static void tags(context& ctx, telegram::message message) {
        std::string found;
        for (const found_entity& one : parse_entities(message, entity_kind::hashtag))
            found += concat(one.text, ' ');
        ctx.reply(concat("Tags: ", found));
        ctx.reply_html(ctx.text_html());
        ctx.reply(styled_text_of(message));
    }
    static void invite(context& ctx, bot& api) {
        const std::string payload = encode_payload(concat("friend of ", ctx.user_id()));
        ctx.reply(deep_link(api.me().username, payload));
        ctx.reply(deep_link<"season-1">(api.me().username, deep_link_to::group));
    }
    static constexpr auto flow() {
        return handlers(on(command<"bill">, bill), on(command<"photo">, photo),
                        on(command<"greet">, greet), on(command<"too">, greet_too),
                        on(command<"invite">, invite), on(text && !command<>, tags));
    }
};

/// "bold 0+4" and so on, in Telegram's order.
std::string shape(const testkit::plain_text& of) {
    if (!of.fault.empty()) return of.fault;
    std::string out = of.text;
    for (const testkit::text_entity& one : of.entities) {
        out += concat(" | ", one.type, ' ', one.offset, '+', one.length);
        if (!one.argument.empty()) out += concat('(', one.argument, ')');
    }
    return out;
}

void reads_alike(const styled_text& text) {
    const std::string html = shape(testkit::read_markup(text.to_html(), "HTML"));
    INFO(text.to_html());
    INFO(text.to_markdown());
    CHECK(html == shape(testkit::read_markup(text.to_markdown(), "MarkdownV2")));
    CHECK(html.substr(0, text.text().size()) == text.text());
}

}  // namespace

TEST_CASE("what is built is what users see") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/bill");
    CHECK(anna.last_reply().text() == "Pay 100 EUR by tomorrow, Anna.\nNo cash, please.");
    CHECK(anna.last_reply().json().find(R"("type":"blockquote")") != std::string::npos);
    CHECK(anna.last_reply().json().find(R"("type":"text_mention")") != std::string::npos);
    anna.sends("/photo");
    CHECK(anna.last_reply().text() == "Our shop");
    CHECK(anna.last_reply().json().find(R"("type":"text_link")") != std::string::npos);
    anna.sends("/greet <i>me</i> & you");
    CHECK(anna.last_reply().text() == "Hello Anna, you said: <i>me</i> & you");
    anna.sends("/too *me*. [you]");
    CHECK(anna.last_reply().text() == "Hello Anna, you said: *me*. [you]");
}

TEST_CASE("what came in is read by its entities") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("\xF0\x9F\x98\x80 #one <b> #two");
    REQUIRE(anna.replies().size() == 3);
    CHECK(anna.replies()[0].text() == "Tags: #one #two");
    CHECK(anna.replies()[1].text() == "\xF0\x9F\x98\x80 #one <b> #two");
    CHECK(anna.replies()[2].text() == "\xF0\x9F\x98\x80 #one <b> #two");
}

TEST_CASE("deep links carry any payload") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/invite");
    REQUIRE(anna.replies().size() == 2);
    const std::string link = anna.replies()[0].text();
    const std::string payload = link.substr(link.find('=') + 1);
    CHECK(decode_payload(payload) == concat("friend of ", anna.id()));
    CHECK(anna.replies()[1].text().ends_with("?startgroup=season-1"));
}

TEST_CASE("Telegram reads the HTML and the MarkdownV2 of a text alike") {
    reads_alike(styled_text("plain _*[]()~`>#+-=|{}.!\\ <&>\" text"));
    reads_alike(styled_text("a ").bold("b ", styled_text().italic("c ", styled_text().underline("d"))));
    reads_alike(styled_text().underline(styled_text().italic("a"), styled_text().bold("b")));
    reads_alike(styled_text().italic("a").underline("b").italic("c"));
    reads_alike(styled_text().bold(styled_text().italic("a"), styled_text().underline("b")));
    reads_alike(styled_text("x ").code("a`b\\c").add(" y ").pre("int x = '`';"));
    reads_alike(styled_text("\xF0\x9F\x98\x80 ").spoiler("\xF0\x9F\x98\x80").add(" ").link("l", "https://e.org/(a)"));
    reads_alike(styled_text("a\n").quote("one\ntwo").add("\nb"));
    reads_alike(styled_text().quote("one").add("\n").expandable_quote("two ", styled_text().bold("three")));
}
