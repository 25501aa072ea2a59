// The natural ways to call a method inside a handler coroutine: what is put into a call, and what
// is done with its result.
#include "natural_shapes.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <array>
#include <stdexcept>

using namespace banter;
using natural::bench;

namespace {

std::string url_of(std::string_view part) { return concat("https://example.org/", part); }
std::vector<std::string> words_of(std::string_view text) {
    return {concat("the first half of ", text), concat("the second half of ", text)};
}

// ---- what goes into a call ----

struct given {
    static task<> sum(context& ctx, bot& api, matched<command<"sum">> input) {
        co_await api(
            send_message{.chat_id = ctx.chat_id(), .text = std::string(input) + ", and on"});
    }
    static task<> joined(context& ctx, bot& api, matched<command<"joined">> input) {
        co_await api(send_message{.chat_id = ctx.chat_id(),
                                  .text = concat(input.text(), " for ", ctx.user_id(), '.')});
    }
    static task<> match(context& ctx, bot& api, matched<command<"match">> input) {
        co_await api(send_message{.chat_id = ctx.chat_id(), .text = input});
    }
    static task<> channel(bot& api, matched<command<"channel">> input) {
        co_await api(send_message{.chat_id = "@" + std::string("a_public_channel_name"),
                                  .text = input.text().substr(3)});
        const std::string name = "@another_public_channel";
        co_await api(send_message{.chat_id = name, .text = name});
        co_await api(send_message{.chat_id = "@literally_this_channel", .text = "short"});
    }
    static task<> nested(context& ctx, bot& api, matched<command<"nested">> input) {
        co_await api(send_message{
            .chat_id = ctx.chat_id(),
            .text = "Look",
            .parse_mode = parse_mode::html,
            .link_preview_options =
                link_preview_options{.url = url_of(input), .prefer_large_media = true},
            .reply_parameters =
                reply_parameters{.message_id = ctx.message_id(), .quote = concat("> ", input)}});
    }
    static task<> nested_braces(context& ctx, bot& api) {
        co_await api(send_message{.chat_id = ctx.chat_id(),
                                  .text = "Look",
                                  .link_preview_options = {{.url = url_of("nested/in/braces")}},
                                  .reply_parameters = {{.message_id = 5}}});
    }
    static task<> entities(context& ctx, bot& api, matched<command<"entities">> input) {
        co_await api(send_message{
            .chat_id = ctx.chat_id(),
            .text = concat(input.text(), '!'),
            .entities = list(message_entity{.type = "bold", .offset = 0, .length = 2},
                             message_entity{.type = std::string("text_link"),
                                            .offset = 3,
                                            .length = 8,
                                            .url = url_of(input)})});
    }
    static task<> numbers(context& ctx, bot& api) {
        co_await api(delete_messages{.chat_id = ctx.chat_id(), .message_ids = list(1, 2, 3)});
        const std::vector<std::int64_t> ids{4, 5};
        co_await api(delete_messages{.chat_id = ctx.chat_id(), .message_ids = ids});
        co_await api(delete_messages{.chat_id = ctx.chat_id(), .message_ids = std::array{6, 7}});
    }
    static task<> strings(context& ctx, bot& api, matched<command<"strings">> input) {
        co_await api(send_poll{
            .chat_id = ctx.chat_id(),
            .question = concat("Which of ", input.text(), '?'),
            .options = list(input_poll_option{.text = words_of(input)[0]},
                            input_poll_option{.text = concat("none of ", input.text())}),
            .country_codes = words_of(input),
            .explanation = concat("because of ", input.text())});
        co_await api(send_poll{.chat_id = ctx.chat_id(),
                               .question = "Which?",
                               .options = list(input_poll_option{.text = "this one"}),
                               .country_codes = list(concat("a list of ", input.text()),
                                                     std::string("a country's name, long"))});
    }
    static task<> album(context& ctx, bot& api, matched<command<"album">> input) {
        co_await api(send_media_group{
            .chat_id = ctx.chat_id(),
            .media = list<input_media>(
                input_media_photo{.media = url_of("a/photo.jpg"), .caption = concat("1: ", input)},
                input_media_video{.media = input_file::bytes(concat("bytes of ", input),
                                                             concat(1, "st_video.mp4")),
                                  .caption = concat("2: ", input)},
                input_media_photo{.media = input_file::path("/var/" + std::string("photo.jpg"))})});
    }
    static task<> album_of_many(context& ctx, bot& api) {
        const std::vector<std::string> files = words_of("the files that make an album");
        std::vector<input_media_photo> photos;
        for (const std::string& file : files) photos.push_back({.media = file});
        co_await api(send_media_group{.chat_id = ctx.chat_id(), .media = photos});
    }
    static task<> files(context& ctx, bot& api, matched<command<"files">> input) {
        co_await api(send_document{.chat_id = ctx.chat_id(),
                                   .document = input_file::bytes(concat("contents: ", input),
                                                                 std::string("report") + ".txt"),
                                   .caption = std::string(input)});
        co_await api(send_document{.chat_id = ctx.chat_id(),
                                   .document = input_file::path(concat("/var/", "a_report.txt"))});
        co_await api(send_photo{.chat_id = ctx.chat_id(), .photo = url_of("a/photo.jpg")});
    }
    static task<> extra(context& ctx, bot& api, matched<command<"extra">> input) {
        co_await api(send_message{.chat_id = ctx.chat_id(),
                                  .text = "Hi",
                                  .extra = concat(R"({"new_field":")", input.text(), R"("})")});
    }
    static task<> raw(bot& api, matched<command<"raw">> input) {
        co_await api.call_raw(concat("send", "SomethingThatIsNew"),
                              concat(R"({"field":")", input.text(), R"("})"));
    }
    static task<> commands(bot& api, matched<command<"commands">> input) {
        co_await api(set_my_commands{
            .commands = list(bot_command{.command = "start", .description = concat("1 ", input)},
                             bot_command{.command = "stop", .description = concat("2 ", input)}),
            .scope = bot_command_scope_chat{.chat_id = concat("@", "channel_of_commands")}});
    }
    static task<> invoice(context& ctx, bot& api, matched<command<"invoice">> input) {
        co_await api(send_invoice{
            .chat_id = ctx.chat_id(),
            .title = concat("Order of ", ctx.full_name()),
            .description = std::string(input),
            .payload = concat("order-", ctx.user_id()),
            .currency = "XTR",
            .prices = list(labeled_price{.label = concat("All of ", input), .amount = 100})});
    }
    static task<> inline_results(bot& api, telegram::inline_query query) {
        const std::string subject(query.query());
        co_await api(answer_inline_query{
            .inline_query_id = query.id(),
            .results = list<inline_query_result>(
                inline_query_result_article{.id = concat(1),
                                            .title = concat("Caps of ", subject),
                                            .input_message_content = input_text_message_content{
                                                .message_text = concat("CAPS OF ", subject)}},
                inline_query_result_article{
                    .id = "2",
                    .title = subject,
                    .input_message_content =
                        input_text_message_content{.message_text = subject}})});
    }
    static task<> named_first(context& ctx, bot& api, matched<command<"named">> input) {
        const std::string text = concat("A name for ", input);
        send_message call{.chat_id = ctx.chat_id(), .text = text};
        call.parse_mode = parse_mode::html;
        co_await api(call);
        // Written down before api() returns: nothing has to live until it is awaited.
        auto later = api(send_message{.chat_id = ctx.chat_id(), .text = concat("later: ", input)});
        co_await api(send_message{.chat_id = ctx.chat_id(), .text = concat("first: ", input)});
        co_await std::move(later);
    }
    static task<> literals(context& ctx, bot& api) {
        const bool late = ctx.user_id() == 1;
        co_await api(send_message{.chat_id = ctx.chat_id(), .text = late ? "late" : "early"});
        const std::string long_text = "a long text, chosen by a ternary operator";
        co_await api(send_message{.chat_id = ctx.chat_id(),
                                  .text = late ? std::string_view(long_text) : "early"});
        co_await api(send_message{.chat_id = ctx.chat_id(),
                                  .text = "Quiet",
                                  .disable_notification = late,
                                  .message_effect_id = late ? std::optional<std::string_view>("5")
                                                            : std::nullopt});
    }
    static task<> in_a_loop(context& ctx, bot& api, matched<command<"loop">> input) {
        for (const std::string& word : words_of(input))
            co_await api(send_message{.chat_id = ctx.chat_id(), .text = concat(word, '.')});
        for (int i = 0; i != 2; ++i) {
            co_await api(send_message{.chat_id = ctx.chat_id(), .text = concat(i, " of ", input)});
            if (i == 1) continue;
        }
        int left = 2;
        while (left-- != 0)
            co_await api(
                send_message{.chat_id = ctx.chat_id(), .text = concat(left, " left of ", input)});
    }
    static task<> declared(context& ctx, bot& api, matched<command<"declared">> input) {
        ctx.reply(concat("Before: ", input), {.parse_mode = parse_mode::html});
        co_await api(send_message{.chat_id = ctx.chat_id(), .text = "At once"});
        ctx.reply(std::string(input) + ", after", {.disable_notification = true, .quote = true});
        ctx.send(send_photo{.chat_id = ctx.chat_id(),
                            .photo = input_file::bytes(concat("photo ", input), "a.jpg"),
                            .caption = concat("Caption ", input)});
    }

    static constexpr auto flow() {
        return handlers(
            on(command<"sum">, sum), on(command<"joined">, joined), on(command<"match">, match),
            on(command<"channel">, channel), on(command<"nested">, nested),
            on(command<"braces">, nested_braces), on(command<"entities">, entities),
            on(command<"numbers">, numbers), on(command<"strings">, strings),
            on(command<"album">, album), on(command<"many">, album_of_many),
            on(command<"files">, files), on(command<"extra">, extra), on(command<"raw">, raw),
            on(command<"commands">, commands), on(command<"invoice">, invoice),
            on(inline_query, inline_results), on(command<"named">, named_first),
            on(command<"literals">, literals), on(command<"loop">, in_a_loop),
            on(command<"declared">, declared), on_error(natural::note_error));
    }
};

// ---- what is done with a result ----

boost::asio::awaitable<std::string> title_of(bot& api, std::string chat) {
    auto found = co_await api(get_chat{.chat_id = chat});
    co_return concat(found->title().value_or("no title"), " of ", chat);
}
boost::asio::awaitable<std::pair<std::string, std::string>> both_titles(bot& api) {
    std::string first = co_await title_of(api, "@the_first_of_two_channels");
    std::string second = co_await title_of(api, "@the_second_of_two_channels");
    co_return std::pair(std::move(first), std::move(second));
}

struct results {
    static task<> named(context& ctx, bot& api) {
        auto sent = co_await api(send_message{.chat_id = ctx.chat_id(), .text = concat("One ", 1)});
        if (sent->message_id() == 55 && sent->text())
            co_await api(edit_message_text{.chat_id = ctx.chat_id(),
                                           .message_id = sent->message_id(),
                                           .text = concat("was: ", *sent->text())});
    }
    static task<> unnamed(context& ctx, bot& api) {
        const auto id =
            (co_await api(send_message{.chat_id = ctx.chat_id(), .text = "One"}))->message_id();
        co_await api(delete_message{.chat_id = ctx.chat_id(), .message_id = id});
    }
    static task<> copied(context& ctx, bot& api) {
        const std::string text(
            (co_await api(send_message{.chat_id = ctx.chat_id(), .text = concat("Two ", 2)}))
                ->text()
                .value_or("none"));
        ctx.reply(text);
    }
    static task<> count(context& ctx, bot& api) {
        const auto members =
            co_await api(get_chat_member_count{.chat_id = concat("@", "a_channel_with_members")});
        ctx.reply(members > 5 ? concat("many members: ", members)
                              : std::string("few members, it seems"));
    }
    static task<> link(context& ctx, bot& api) {
        const std::string link = co_await api(export_chat_invite_link{.chat_id = ctx.chat_id()});
        ctx.reply(link);
        ctx.reply(co_await api(export_chat_invite_link{.chat_id = ctx.chat_id()}));
    }
    static task<> everyone(context& ctx, bot& api) {
        const auto admins = co_await api(get_chat_administrators{.chat_id = ctx.chat_id()});
        for (const auto admin : *admins)
            co_await api(send_message{.chat_id = ctx.chat_id(),
                                      .text = concat("status: ", admin.status())});
        ctx.reply(concat(admins->size(), " administrators"));
    }
    static task<> await_inside(context& ctx, bot& api) {
        co_await api(send_message{.chat_id = ctx.chat_id(),
                                  .text = co_await title_of(api, "@a_channel_with_a_title")});
        co_await api(send_message{
            .chat_id = ctx.chat_id(),
            .text = concat("So: ", co_await title_of(api, "@a_channel_with_a_title"), '!'),
            .link_preview_options = link_preview_options{.url = url_of("await/inside/a/call")}});
        ctx.reply(concat(co_await title_of(api, "@a_channel_to_declare"), '.'));
    }
    static task<> bound(context& ctx, bot& api) {
        auto [first, second] = co_await both_titles(api);
        ctx.reply(concat(first, " and ", second));
        const auto& [a, b] = co_await both_titles(api);
        ctx.reply(concat(a, " or ", b));
    }
    static task<> together(context& ctx, bot& api) {
        using namespace boost::asio::experimental::awaitable_operators;
        const auto [a, b] = co_await (title_of(api, "@asked_for_together_one") &&
                                      title_of(api, "@asked_for_together_two"));
        ctx.reply(concat(a, " with ", b));
        co_await (api(send_message{.chat_id = ctx.chat_id(), .text = concat("left ", a)}) &&
                  api(send_message{.chat_id = ctx.chat_id(), .text = concat("right ", b)}));
    }
    static task<> refused(context& ctx, bot& api) {
        std::string why;
        try {
            co_await api(send_message{.chat_id = ctx.chat_id(), .text = concat("refused ", 1)});
        } catch (const api_error& error) {
            why = concat(error.error_code(), ' ', error.description());
        }
        co_await api(send_message{.chat_id = ctx.chat_id(), .text = concat("because: ", why)});
        try {
            co_await api(send_message{.chat_id = ctx.chat_id(), .text = concat("cut ", 2)});
        } catch (const network_error& error) {
            ctx.reply(concat("no answer to ", error.method()));
        } catch (const std::exception&) {
            ctx.reply("something else");
        }
    }
    static task<> accumulated(context& ctx, bot& api) {
        std::string all = "All the titles there are: ";
        std::vector<std::string> titles;
        for (int i = 0; i != 3; ++i) {
            titles.push_back(co_await title_of(api, concat("@a_channel_with_number_", i)));
            all += co_await title_of(api, concat("@a_channel_beside_number_", i));
        }
        for (const auto& title : titles) all += title;
        ctx.reply(all);
    }
    static task<> logic(context& ctx, bot& api) {
        const bool many =
            (co_await api(get_chat_member_count{.chat_id = concat("@", "one_with_members")})) > 5;
        const bool both =
            many && (co_await api(get_chat_member_count{.chat_id = ctx.chat_id()})) > 5;
        const std::int64_t some =
            both ? co_await api(get_chat_member_count{.chat_id = concat("@", "third_of_three")})
                 : 0;
        ctx.reply(concat(many, ' ', both, ' ', some));
    }

    static constexpr auto flow() {
        return handlers(on(command<"named">, named), on(command<"unnamed">, unnamed),
                        on(command<"copied">, copied), on(command<"count">, count),
                        on(command<"link">, link), on(command<"everyone">, everyone),
                        on(command<"inside">, await_inside), on(command<"bound">, bound),
                        on(command<"together">, together), on(command<"refused">, refused),
                        on(command<"accumulated">, accumulated), on(command<"logic">, logic),
                        on_error(natural::note_error));
    }
};

}  // namespace

TEST_CASE("calls of temporaries: texts, chats, options") {
    bench<given> b;
    CHECK(b.after_command("sum") ==
          R"(sendMessage {"chat_id":1,"text":"words that live on the heap, and on"})" "\n");
    CHECK(b.after_command("joined") ==
          R"(sendMessage {"chat_id":1,"text":"words that live on the heap for 1."})" "\n");
    CHECK(b.after_command("match") ==
          R"(sendMessage {"chat_id":1,"text":"words that live on the heap"})" "\n");
    CHECK(b.after_command("channel") ==
          R"(sendMessage {"chat_id":"@a_public_channel_name",)"
          R"("text":"ds that live on the heap"})" "\n"
          R"(sendMessage {"chat_id":"@another_public_channel",)"
          R"("text":"@another_public_channel"})" "\n"
          R"(sendMessage {"chat_id":"@literally_this_channel","text":"short"})" "\n");
    CHECK(b.after_command("nested") ==
          R"(sendMessage {"chat_id":1,"text":"Look","parse_mode":"HTML",)"
          R"("link_preview_options":{"url":"https://example.org/words that live on the heap",)"
          R"("prefer_large_media":true},"reply_parameters":{"message_id":7,)"
          R"("quote":"> words that live on the heap"}})" "\n");
    CHECK(b.after_command("braces") ==
          R"(sendMessage {"chat_id":1,"text":"Look","link_preview_options":{"url":"https://exampl)"
          R"(e.org/nested/in/braces"},"reply_parameters":{"message_id":5}})" "\n");
    CHECK(b.after_command("literals") ==
          R"(sendMessage {"chat_id":1,"text":"late"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"a long text, chosen by a ternary operator"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Quiet","disable_notification":true,)"
          R"("message_effect_id":"5"})" "\n");
    CHECK(b.after_command("extra") ==
          R"(sendMessage {"chat_id":1,"text":"Hi",)"
          R"("new_field":"words that live on the heap"})" "\n");
    CHECK(b.after_command("raw") ==
          R"(sendSomethingThatIsNew {"field":"words that live on the heap"})" "\n");
    CHECK(natural::errors.empty());
}

TEST_CASE("calls of temporaries: lists, unions, files") {
    bench<given> b;
    CHECK(b.after_command("entities") ==
          R"(sendMessage {"chat_id":1,"text":"words that live on the heap!",)"
          R"("entities":[{"type":"bold","offset":0,"length":2},{"type":"text_link","offset":3,)"
          R"("length":8,"url":"https://example.org/words that live on the heap"}]})" "\n");
    CHECK(b.after_command("numbers") ==
          R"(deleteMessages {"chat_id":1,"message_ids":[1,2,3]})" "\n"
          R"(deleteMessages {"chat_id":1,"message_ids":[4,5]})" "\n"
          R"(deleteMessages {"chat_id":1,"message_ids":[6,7]})" "\n");
    CHECK(b.after_command("strings") ==
          R"(sendPoll {"chat_id":1,"question":"Which of words that live on the heap?",)"
          R"("options":[{"text":"the first half of words that live on the heap"},)"
          R"({"text":"none of words that live on the heap"}],)"
          R"("country_codes":["the first half of words that live on the heap",)"
          R"("the second half of words that live on the heap"],)"
          R"("explanation":"because of words that live on the heap"})" "\n"
          R"(sendPoll {"chat_id":1,"question":"Which?","options":[{"text":"this one"}],)"
          R"("country_codes":["a list of words that live on the heap","a country's name,)"
          R"( long"]})" "\n");
    b.answer(R"({"ok":true,"result":[]})");
    CHECK(b.after_command("album") ==
          R"(sendMediaGroup {"chat_id":1,"media":[{"type":"photo",)"
          R"("media":"https://example.org/a/photo.jpg",)"
          R"("caption":"1: words that live on the heap"},{"type":"video",)"
          R"("media":"attach://file0","caption":"2: words that live on the heap"},)"
          R"({"type":"photo","media":"attach://file1"}]})" "\n"
          "  file0 1st_video.mp4 bytes of words that live on the heap\n"
          "  file1 photo.jpg /var/photo.jpg\n");
    b.answer(R"({"ok":true,"result":[]})");
    CHECK(b.after_command("many") ==
          R"(sendMediaGroup {"chat_id":1,"media":[{"type":"photo",)"
          R"("media":"the first half of the files that make an album"},{"type":"photo",)"
          R"("media":"the second half of the files that make an album"}]})" "\n");
    CHECK(b.after_command("files") ==
          R"(sendDocument {"chat_id":1,"caption":"words that live on the heap"})" "\n"
          "  document report.txt contents: words that live on the heap\n"
          R"(sendDocument {"chat_id":1})" "\n"
          "  document a_report.txt /var/a_report.txt\n"
          R"(sendPhoto {"chat_id":1,"photo":"https://example.org/a/photo.jpg"})" "\n");
    CHECK(b.after_command("commands") ==
          R"(setMyCommands {"commands":[{"command":"start",)"
          R"("description":"1 words that live on the heap"},{"command":"stop",)"
          R"("description":"2 words that live on the heap"}],"scope":{"type":"chat",)"
          R"("chat_id":"@channel_of_commands"}})" "\n");
    CHECK(b.after_command("invoice") ==
          R"(sendInvoice {"chat_id":1,"title":"Order of Anna",)"
          R"("description":"words that live on the heap","payload":"order-1","currency":"XTR",)"
          R"("prices":[{"label":"All of words that live on the heap","amount":100}]})" "\n");
    CHECK(b.after(R"({"update_id":1,"inline_query":{"id":"12345678901234567890","from":{"id":1,)"
                  R"("is_bot":false,"first_name":"Anna"},"query":"a query of many words",)"
                  R"("offset":""}})") ==
          R"(answerInlineQuery {"inline_query_id":"12345678901234567890",)"
          R"("results":[{"type":"article","id":"1","title":"Caps of a query of many words",)"
          R"("input_message_content":{"message_text":"CAPS OF a query of many words"}},)"
          R"({"type":"article","id":"2","title":"a query of many words",)"
          R"("input_message_content":{"message_text":"a query of many words"}}]})" "\n");
    CHECK(natural::errors.empty());
}

TEST_CASE("several calls, calls kept for later, calls beside declared effects") {
    bench<given> b;
    CHECK(b.after_command("named") ==
          R"(sendMessage {"chat_id":1,"text":"A name for words that live on the heap",)"
          R"("parse_mode":"HTML"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"first: words that live on the heap"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"later: words that live on the heap"})" "\n");
    CHECK(b.after_command("loop") ==
          R"(sendMessage {"chat_id":1,)"
          R"("text":"the first half of words that live on the heap."})" "\n"
          R"(sendMessage {"chat_id":1,)"
          R"("text":"the second half of words that live on the heap."})" "\n"
          R"(sendMessage {"chat_id":1,"text":"0 of words that live on the heap"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"1 of words that live on the heap"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"1 left of words that live on the heap"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"0 left of words that live on the heap"})" "\n");
    CHECK(b.after_command("declared") ==
          R"(sendMessage {"chat_id":1,"text":"At once"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Before: words that live on the heap",)"
          R"("parse_mode":"HTML"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"words that live on the heap, after",)"
          R"("disable_notification":true,"reply_parameters":{"message_id":7}})" "\n"
          R"(sendPhoto {"chat_id":1,"caption":"Caption words that live on the heap"})" "\n"
          "  photo a.jpg photo words that live on the heap\n");
    CHECK(natural::errors.empty());
}

namespace {
std::string chat_result(std::string_view title) {
    return concat(R"({"ok":true,"result":{"id":1,"type":"channel","title":")", title, R"("}})");
}
const std::string one_chat = chat_result("The title of a chat, long");
const std::string other_chat = chat_result("The title of another chat");
}  // namespace

TEST_CASE("results: named, unnamed, copied, in conditions and in further calls") {
    bench<results> b;
    b.answer(natural::message_result);
    CHECK(b.after_command("named") ==
          R"(sendMessage {"chat_id":1,"text":"One 1"})" "\n"
          R"(editMessageText {"chat_id":1,"message_id":55,)"
          R"("text":"was: a text that came back and that is long"})" "\n");
    b.answer(natural::message_result);
    CHECK(b.after_command("unnamed") ==
          R"(sendMessage {"chat_id":1,"text":"One"})" "\n"
          R"(deleteMessage {"chat_id":1,"message_id":55})" "\n");
    b.answer(natural::message_result);
    CHECK(b.after_command("copied") ==
          R"(sendMessage {"chat_id":1,"text":"Two 2"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"a text that came back and that is long"})" "\n");
    b.answer(R"({"ok":true,"result":17})");
    CHECK(b.after_command("count") ==
          R"(getChatMemberCount {"chat_id":"@a_channel_with_members"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"many members: 17"})" "\n");
    b.answer(R"({"ok":true,"result":"https://t.me/+a_link_that_is_long"})");
    b.answer(R"({"ok":true,"result":"https://t.me/+another_link_that_is_long"})");
    CHECK(b.after_command("link") ==
          R"(exportChatInviteLink {"chat_id":1})" "\n"
          R"(exportChatInviteLink {"chat_id":1})" "\n"
          R"(sendMessage {"chat_id":1,"text":"https://t.me/+a_link_that_is_long"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"https://t.me/+another_link_that_is_long"})" "\n");
    b.answer(R"({"ok":true,"result":[{"status":"creator"},{"status":"administrator"}]})");
    CHECK(b.after_command("everyone") ==
          R"(getChatAdministrators {"chat_id":1})" "\n"
          R"(sendMessage {"chat_id":1,"text":"status: creator"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"status: administrator"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"2 administrators"})" "\n");
    for (const char* number : {"17", "18", "19"})
        b.answer(concat(R"({"ok":true,"result":)", number, "}"));
    CHECK(b.after_command("logic") ==
          R"(getChatMemberCount {"chat_id":"@one_with_members"})" "\n"
          R"(getChatMemberCount {"chat_id":1})" "\n"
          R"(getChatMemberCount {"chat_id":"@third_of_three"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"true true 19"})" "\n");
    CHECK(natural::errors.empty());
}

TEST_CASE("calls inside calls, structured bindings, calls at once, refused calls") {
    bench<results> b;
    b.answer(one_chat);
    b.answer(natural::message_result);
    b.answer(other_chat);
    b.answer(natural::message_result);
    b.answer(one_chat);
    CHECK(b.after_command("inside") ==
          R"(getChat {"chat_id":"@a_channel_with_a_title"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"The title of a chat,)"
          R"( long of @a_channel_with_a_title"})" "\n"
          R"(getChat {"chat_id":"@a_channel_with_a_title"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"So: The title of another chat of )"
          R"(@a_channel_with_a_title!","link_preview_options":{"url":"https://example.org/await/i)"
          R"(nside/a/call"}})" "\n"
          R"(getChat {"chat_id":"@a_channel_to_declare"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"The title of a chat,)"
          R"( long of @a_channel_to_declare."})" "\n");
    b.answer(one_chat);
    b.answer(other_chat);
    b.answer(one_chat);
    b.answer(other_chat);
    CHECK(b.after_command("bound") ==
          R"(getChat {"chat_id":"@the_first_of_two_channels"})" "\n"
          R"(getChat {"chat_id":"@the_second_of_two_channels"})" "\n"
          R"(getChat {"chat_id":"@the_first_of_two_channels"})" "\n"
          R"(getChat {"chat_id":"@the_second_of_two_channels"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"The title of a chat,)"
          " long of @the_first_of_two_channels and The title of another chat of "
          R"(@the_second_of_two_channels"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"The title of a chat,)"
          " long of @the_first_of_two_channels or The title of another chat of "
          R"(@the_second_of_two_channels"})" "\n");
    b.answer(one_chat);
    b.answer(other_chat);
    b.answer(natural::message_result);
    b.answer(natural::message_result);
    CHECK(b.after_command("together") ==
          R"(getChat {"chat_id":"@asked_for_together_one"})" "\n"
          R"(getChat {"chat_id":"@asked_for_together_two"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"left The title of a chat,)"
          R"( long of @asked_for_together_one"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"right The title of another chat of )"
          R"(@asked_for_together_two"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"The title of a chat,)"
          " long of @asked_for_together_one with The title of another chat of "
          R"(@asked_for_together_two"})" "\n");
    b.refuse(400, "Bad Request: chat not found");
    b.answer(natural::message_result);
    b.cut();
    CHECK(b.after_command("refused") ==
          R"(sendMessage {"chat_id":1,"text":"refused 1"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"because: 400 Bad Request: chat not found"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"cut 2"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"no answer to sendMessage"})" "\n");
    for (int i = 0; i != 3; ++i) {
        b.answer(one_chat);
        b.answer(other_chat);
    }
    CHECK(b.after_command("accumulated") ==
          R"(getChat {"chat_id":"@a_channel_with_number_0"})" "\n"
          R"(getChat {"chat_id":"@a_channel_beside_number_0"})" "\n"
          R"(getChat {"chat_id":"@a_channel_with_number_1"})" "\n"
          R"(getChat {"chat_id":"@a_channel_beside_number_1"})" "\n"
          R"(getChat {"chat_id":"@a_channel_with_number_2"})" "\n"
          R"(getChat {"chat_id":"@a_channel_beside_number_2"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"All the titles there are: The title of another )"
          "chat of @a_channel_beside_number_0The title of another chat of "
          "@a_channel_beside_number_1The title of another chat of "
          "@a_channel_beside_number_2The title of a chat,"
          " long of @a_channel_with_number_0The title of a chat,"
          " long of @a_channel_with_number_1The title of a chat,"
          R"( long of @a_channel_with_number_2"})" "\n");
    CHECK(natural::errors.empty());
}
