// Defaults and limits, seen to while a call is written down.
#include <banter/telegram/defaults.hpp>
#include <banter/telegram/limits.hpp>
#include <banter/telegram/methods.hpp>
#include <banter/telegram/text.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace banter;

namespace {

template <class M>
std::string body(const M& method, const message_defaults& defaults) {
    return make_request(method, &defaults).body;
}
template <class M>
std::string fault(const M& method, const message_defaults& defaults = {}) {
    return make_request(method, &defaults).fault;
}
std::string many(std::size_t count, std::string_view of = "x") {
    std::string out;
    for (std::size_t i = 0; i != count; ++i) out += of;
    return out;
}

const message_defaults quiet{.parse_mode = parse_mode::html,
                             .disable_notification = true,
                             .protect_content = true,
                             .allow_sending_without_reply = true,
                             .link_preview = {.is_disabled = true}};

}  // namespace

TEST_CASE("what a call leaves unset is taken from the defaults") {
    CHECK(body(send_message{.chat_id = 1, .text = "a"}, quiet) ==
          R"({"chat_id":1,"text":"a","parse_mode":"HTML","link_preview_options":{"is_disabled":true},)"
          R"("disable_notification":true,"protect_content":true})");
    CHECK(body(send_photo{.chat_id = 1, .photo = "p", .caption = "c"}, quiet) ==
          R"({"chat_id":1,"photo":"p","caption":"c","parse_mode":"HTML",)"
          R"("disable_notification":true,"protect_content":true})");
    CHECK(body(edit_message_text{.text = "a"}, quiet) ==
          R"({"text":"a","parse_mode":"HTML","link_preview_options":{"is_disabled":true}})");
    CHECK(body(get_chat{.chat_id = 1}, quiet) == R"({"chat_id":1})");
    CHECK(make_request(send_message{.chat_id = 1, .text = "a"}).body == R"({"chat_id":1,"text":"a"})");
}

TEST_CASE("what is said explicitly wins") {
    CHECK(body(send_message{.chat_id = 1,
                            .text = "a",
                            .parse_mode = parse_mode::markdown_v2,
                            .link_preview_options = link_preview_options{.is_disabled = false},
                            .disable_notification = false,
                            .protect_content = false},
               quiet) ==
          R"({"chat_id":1,"text":"a","parse_mode":"MarkdownV2","link_preview_options":{"is_disabled":false},)"
          R"("disable_notification":false,"protect_content":false})");
    const message_defaults html{.parse_mode = parse_mode::html};
    CHECK(body(send_message{.chat_id = 1, .text = "a", .parse_mode = parse_mode::none}, html) ==
          R"({"chat_id":1,"text":"a"})");
    const message_entity bold[] = {{.type = "bold", .offset = 0, .length = 1}};
    CHECK(body(send_message{.chat_id = 1, .text = "a", .entities = bold}, html) ==
          R"({"chat_id":1,"text":"a","entities":[{"type":"bold","offset":0,"length":1}]})");
    CHECK(body(send_photo{.chat_id = 1, .photo = "p"}, html) == R"({"chat_id":1,"photo":"p"})");
}

TEST_CASE("defaults reach what is inside of a call") {
    const message_defaults html{.parse_mode = parse_mode::html, .allow_sending_without_reply = true};
    CHECK(body(send_media_group{.chat_id = 1,
                                .media = list(input_media_photo{.media = "p", .caption = "c"})},
               html) ==
          R"({"chat_id":1,"media":[{"type":"photo","media":"p","caption":"c","parse_mode":"HTML"}]})");
    CHECK(body(send_poll{.chat_id = 1, .question = "q", .options = list("a")}, html) ==
          R"({"chat_id":1,"question":"q","question_parse_mode":"HTML",)"
          R"("options":[{"text":"a","text_parse_mode":"HTML"}]})");
    CHECK(body(send_dice{.chat_id = 1, .reply_parameters = reply_parameters{.message_id = 2}}, html) ==
          R"({"chat_id":1,"reply_parameters":{"message_id":2,"allow_sending_without_reply":true}})");
}

TEST_CASE("link previews take their defaults field by field") {
    const message_defaults small{.link_preview = {.prefer_small_media = true, .show_above_text = true}};
    CHECK(body(send_message{.chat_id = 1,
                            .text = "a",
                            .link_preview_options =
                                link_preview_options{.url = "u", .show_above_text = false}},
               small) ==
          R"({"chat_id":1,"text":"a","link_preview_options":{"url":"u","prefer_small_media":true,)"
          R"("show_above_text":false}})");
    CHECK(body(send_message{.chat_id = 1,
                            .text = "a",
                            .link_preview_options = link_preview_options{.is_disabled = true}},
               small) == R"({"chat_id":1,"text":"a","link_preview_options":{"is_disabled":true}})");
}

TEST_CASE("texts over the limit are refused, with their length") {
    CHECK(fault(send_message{.chat_id = 1, .text = many(4096)}) == "");
    CHECK(fault(send_message{.chat_id = 1, .text = many(4097)}) ==
          "text is too long: 4097 characters, and Telegram takes 4096");
    CHECK(fault(send_photo{.chat_id = 1, .photo = "p", .caption = many(1024)}) == "");
    CHECK(fault(send_photo{.chat_id = 1, .photo = "p", .caption = many(1025)}) ==
          "caption is too long: 1025 characters, and Telegram takes 1024");
    CHECK(fault(answer_callback_query{.callback_query_id = "q", .text = many(201)}) ==
          "text is too long: 201 characters, and Telegram takes 200");
    CHECK(fault(send_poll{.chat_id = 1, .question = many(301), .options = list("a")}) ==
          "question is too long: 301 characters, and Telegram takes 300");
    CHECK(fault(send_poll{.chat_id = 1, .question = "q", .options = list(many(101))}) ==
          "text is too long: 101 characters, and Telegram takes 100");
    CHECK(fault(send_invoice{.chat_id = 1, .title = "t", .description = "d", .payload = many(65, "é"),
                             .currency = "EUR", .prices = list(labeled_price{.label = "l", .amount = 1})}) ==
          "payload is too long: 130 bytes, and Telegram takes 128");
    CHECK(fault(send_message{.chat_id = 1,
                             .text = "a",
                             .reply_markup = force_reply{.input_field_placeholder = many(65)}}) ==
          "input_field_placeholder is too long: 65 characters, and Telegram takes 64");
    CHECK(fault(send_message{.chat_id = 1, .text = many(5000)}, {.check_limits = false}) == "");
}

TEST_CASE("lengths are of what Telegram surely counts") {
    CHECK(fault(send_message{.chat_id = 1, .text = many(4096, "\xF0\x9F\x98\x80")}) == "");
    CHECK(fault(send_message{.chat_id = 1, .text = many(4097, "\xF0\x9F\x98\x80")}) != "");
    CHECK(fault(send_message{.chat_id = 1, .text = many(4096) + many(100, " \n")}) == "");
    const auto html = [](std::string_view text) {
        return fault(send_message{.chat_id = 1, .text = text, .parse_mode = parse_mode::html});
    };
    CHECK(html(concat("<b>", many(4096, "&lt;"), "</b>")) == "");
    CHECK(html(concat("<b>", many(4097, "&lt;"), "</b>")) ==
          "text is too long: 4097 characters, and Telegram takes 4096");
    const auto markdown = [](std::string_view text) {
        return fault(send_message{.chat_id = 1, .text = text, .parse_mode = parse_mode::markdown_v2});
    };
    CHECK(markdown(concat('*', many(4095, "\\."), "* x[](", many(200), ')')) ==
          "text is too long: 4097 characters, and Telegram takes 4096");
    CHECK(markdown(concat('*', many(4096, "\\."), "* [](", many(200), ')')) == "");
    CHECK(markdown(concat('*', many(4096, "\\."), "*[](", many(200), ")```", many(50), "\n```")) == "");
    // The defaults decide how a text is read.
    CHECK(fault(send_message{.chat_id = 1, .text = concat("<b>", many(4094), "</b>")},
                {.parse_mode = parse_mode::html}) == "");
    CHECK(fault(send_message{.chat_id = 1, .text = concat("<b>", many(4094), "</b>")}) != "");
}

TEST_CASE("lists over the limit are refused") {
    const std::vector<input_media_photo> photos(11, input_media_photo{.media = "p"});
    CHECK(fault(send_media_group{.chat_id = 1, .media = photos}) ==
          "media has 11 elements, and Telegram takes 2 to 10");
    CHECK(fault(send_media_group{.chat_id = 1, .media = list(photos[0])}) ==
          "media has 1 elements, and Telegram takes 2 to 10");
    CHECK(fault(send_media_group{.chat_id = 1, .media = list(photos[0], photos[1])}) == "");
    const auto long_words = many(1025);
    CHECK(fault(send_media_group{
              .chat_id = 1,
              .media = list(photos[0], input_media_photo{.media = "p", .caption = long_words})}) ==
          "caption is too long: 1025 characters, and Telegram takes 1024");
    CHECK(fault(send_poll{.chat_id = 1, .question = "q", .options = std::vector<std::string>(13, "a")}) ==
          "options has 13 elements, and Telegram takes 1 to 12");
}

TEST_CASE("the first reason counts, and without a request there is none") {
    CHECK(fault(send_photo{.chat_id = 1,
                           .photo = "p",
                           .caption = many(1025),
                           .reply_markup = force_reply{.input_field_placeholder = many(65)}}) ==
          "caption is too long: 1025 characters, and Telegram takes 1024");
    std::string out;
    json_writer writer(out);
    force_reply{.input_field_placeholder = many(65)}.write_json(writer);
    CHECK(out.size() > 65);
}

TEST_CASE("buttons are counted, whatever their labels hold") {
    const auto with_buttons = [](std::size_t count) {
        const inline_keyboard_button one{.text = R"(\"{[{\)", .callback_data = "}]\"{"};
        const std::vector<std::vector<inline_keyboard_button>> rows{
            std::vector<inline_keyboard_button>(count, one)};
        return fault(send_message{.chat_id = 1,
                                  .text = "a",
                                  .reply_markup = inline_keyboard_markup{.inline_keyboard = rows}});
    };
    CHECK(with_buttons(100) == "");
    CHECK(with_buttons(101) == "reply_markup has 101 buttons, and Telegram takes 100");
}
