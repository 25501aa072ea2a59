// Keyboards as users write them: temporaries in a call or in a declared effect, built in a loop,
// returned by functions, handed to helper coroutines, chosen by conditions.
#include "natural_shapes.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>

using namespace banter;
using natural::bench;

namespace typed {
struct choice {
    std::int32_t page;
    bool last;
};
enum class color : std::uint8_t { red, green };
}  // namespace typed

namespace {

/// A keyboard that a function returns.
auto numbered(int number, std::string_view what) {
    return inline_keyboard(row(dynamic_button(concat("Number ", number, " of ", what),
                                              concat("number_", number, "_with_long_data"))),
                           row(button<"back">("Back to where we came from")));
}
inline_keyboard_builder pages(int count, std::string_view what) {
    inline_keyboard_builder built;
    for (int i = 0; i != count; ++i)
        built.row(dynamic_button(concat("Page ", i, " of ", what), concat("page_of_a_book_", i)),
                  url_button(concat("Open page ", i), concat("https://example.org/page/", i)));
    return built;
}

/// A helper that takes any keyboard. It does not outlive the call's full expression.
boost::asio::awaitable<std::int64_t> ask(bot& api, std::int64_t chat, std::string question,
                                         reply_markup keyboard) {
    auto sent =
        co_await api(send_message{.chat_id = chat, .text = question, .reply_markup = keyboard});
    co_return sent->message_id();
}

/// A user's own keyboard, of a class with a constructor.
class own_keyboard {
  public:
    explicit own_keyboard(std::string label) : label_(std::move(label)) {}
    void write_json(json_writer& to) const {
        to.begin_object();
        to.key("own");
        to.string(label_);
        to.end_object();
    }

  private:
    std::string label_;
};

struct called {
    static task<> dynamic(context& ctx, bot& api, matched<command<"dynamic">> input) {
        co_await api(send_message{
            .chat_id = ctx.chat_id(),
            .text = concat("Choose for ", input),
            .reply_markup = inline_keyboard(
                row(dynamic_button(concat("One of ", input), concat("one_", ctx.user_id())),
                    dynamic_button(std::string(input), std::string("two_with_long_data_too"))),
                row(dynamic_button("Short", "s")))});
    }
    static task<> fixed(context& ctx, bot& api) {
        co_await api(send_message{
            .chat_id = ctx.chat_id(),
            .text = "Choose",
            .reply_markup = inline_keyboard(
                row(button<"bank_1">("First bank"), button<typed::color::green>("Green")),
                row(data_button(typed::choice{.page = 3, .last = true},
                                "A page that is the last one")))});
        static constexpr auto keyboard = inline_keyboard(row(button<"back">("Back")));
        co_await api(send_message{
            .chat_id = ctx.chat_id(), .text = "Or else", .reply_markup = keyboard});
    }
    static task<> links(context& ctx, bot& api, matched<command<"links">> input) {
        co_await api(send_message{
            .chat_id = ctx.chat_id(),
            .text = "Follow",
            .reply_markup = inline_keyboard(
                row(pay_button(concat("Pay for ", input))),
                row(url_button(concat("Open ", input), concat("https://example.org/", 1))),
                row(web_app_button("App", concat("https://example.org/", "app")),
                    copy_button("Copy", concat("copied ", input))),
                row(switch_inline_button("Ask", concat("query of ", input)),
                    login_button("Log in", concat("https://example.org/", "login"))))});
    }
    static task<> built(context& ctx, bot& api, matched<command<"built">> input) {
        inline_keyboard_builder rows;
        for (int i = 0; i != 3; ++i)
            rows.row(dynamic_button(concat(i, " of ", input), concat("data_of_button_", i)));
        co_await api(
            send_message{.chat_id = ctx.chat_id(), .text = "Choose", .reply_markup = rows});
        co_await api(send_message{
            .chat_id = ctx.chat_id(),
            .text = "Choose",
            .reply_markup = inline_keyboard_builder()
                                .row(dynamic_button(concat("A ", input), "a_temporary_of_a_loop"))
                                .row(button<"back">("Back"), dynamic_button("B", "b"))});
        co_await api(send_message{
            .chat_id = ctx.chat_id(),
            .text = "Choose",
            .reply_markup = inline_keyboard_builder{}.row(dynamic_button("Only one", "only"))});
    }
    static task<> words(context& ctx, bot& api, matched<command<"words">> input) {
        co_await api(send_message{.chat_id = ctx.chat_id(),
                                  .text = "Boy or girl?",
                                  .reply_markup = reply_keyboard()
                                                      .row("Boy", concat("Girl with ", input))
                                                      .row(std::string("Neither of these two"))
                                                      .one_time()
                                                      .resized()
                                                      .placeholder(concat("Boy or ", input))});
        co_await api(send_message{.chat_id = ctx.chat_id(),
                                  .text = "Again?",
                                  .reply_markup = reply_keyboard{}.row("Yes", input).selective()});
        co_await api(send_message{.chat_id = ctx.chat_id(),
                                  .text = "Write",
                                  .reply_markup = force_reply{
                                      .input_field_placeholder = concat("Here: ", input)}});
        co_await api(send_message{.chat_id = ctx.chat_id(),
                                  .text = "Gone",
                                  .reply_markup = reply_keyboard_remove{}});
    }
    static task<> aggregates(context& ctx, bot& api, matched<command<"aggregates">> input) {
        co_await api(send_message{
            .chat_id = ctx.chat_id(),
            .text = "Choose",
            .reply_markup = inline_keyboard_markup{
                .inline_keyboard =
                    list(list(inline_keyboard_button{.text = concat("A ", input),
                                                     .callback_data = concat("a_", input)},
                              inline_keyboard_button{.text = "B", .url = "https://example.org"}),
                         list(inline_keyboard_button{
                             .text = "C",
                             .web_app = web_app_info{.url = concat("https://", 1)}}))}});
        co_await api(send_message{
            .chat_id = ctx.chat_id(),
            .text = "Share",
            .reply_markup = reply_keyboard_markup{
                .keyboard = list(list(keyboard_button{.text = concat("Contact of ", input),
                                                      .request_contact = true}),
                                 list(keyboard_button{.text = "Place"}))}});
    }
    static task<> returned(context& ctx, bot& api, matched<command<"returned">> input) {
        co_await api(send_message{
            .chat_id = ctx.chat_id(), .text = "Choose", .reply_markup = numbered(1, input)});
        co_await api(send_message{
            .chat_id = ctx.chat_id(), .text = "Choose", .reply_markup = pages(2, input)});
        const auto keyboard = numbered(2, input);
        co_await api(edit_message_reply_markup{
            .chat_id = ctx.chat_id(), .message_id = 5, .reply_markup = keyboard});
    }
    static task<> helped(context& ctx, bot& api, matched<command<"helped">> input) {
        const auto first = co_await ask(
            api, ctx.chat_id(), concat("Asking for ", input),
            inline_keyboard(row(dynamic_button(concat("Yes, ", input), "yes_with_long_data"))));
        const auto second = co_await ask(api, ctx.chat_id(), "Asking again for something else",
                                         reply_keyboard().row(concat("No, ", input)));
        co_await ask(api, ctx.chat_id(), std::string(input), {});
        ctx.reply(concat(first + second));
    }
    static task<> own(context& ctx, bot& api, matched<command<"own">> input) {
        co_await api(send_message{.chat_id = ctx.chat_id(),
                                  .text = "Own",
                                  .reply_markup = own_keyboard(concat("label of ", input))});
    }
    static task<> chosen(context& ctx, bot& api, matched<command<"chosen">> input) {
        const auto keyboard = numbered(7, input);
        const bool with = ctx.user_id() == 1;
        reply_markup markup;
        if (with) markup = keyboard;
        co_await api(
            send_message{.chat_id = ctx.chat_id(), .text = "With", .reply_markup = markup});
        co_await api(send_message{.chat_id = ctx.chat_id(),
                                  .text = "Perhaps",
                                  .reply_markup = with ? reply_markup(keyboard) : reply_markup()});
    }

    static constexpr auto flow() {
        return handlers(
            on(command<"dynamic">, dynamic), on(command<"fixed">, fixed),
            on(command<"links">, links), on(command<"built">, built), on(command<"words">, words),
            on(command<"aggregates">, aggregates), on(command<"returned">, returned),
            on(command<"helped">, helped), on(command<"own">, own), on(command<"chosen">, chosen),
            on_error(natural::note_error));
    }
};

// The same in declared effects, of plain handlers and of coroutines.
struct declared {
    static void plain(context& ctx, matched<command<"plain">> input) {
        ctx.reply(concat("Choose for ", input),
                  inline_keyboard(row(dynamic_button(concat("One of ", input), "one_long_data"))));
        ctx.reply("Choose", {.parse_mode = parse_mode::html,
                             .reply_markup = inline_keyboard(row(button<"back">("Back"))),
                             .quote = true});
        ctx.reply("Page", pages(1, input));
        ctx.reply("Words", reply_keyboard().row("Boy", std::string(input)).one_time());
        ctx.reply("Gone", reply_keyboard_remove{});
        ctx.reply("<b>" + std::string(input) + "</b>",
                  {.parse_mode = parse_mode::html, .disable_link_preview = true});
    }
    static task<> coroutine(context& ctx, bot& api, matched<command<"coroutine">> input) {
        ctx.reply(concat("Before ", input), numbered(1, input));
        co_await api(send_message{.chat_id = ctx.chat_id(), .text = "Between"});
        ctx.reply(concat("After ", input),
                  {.parse_mode = parse_mode::html, .reply_markup = pages(1, input)});
        ctx.reply(input.text().empty() ? std::string("nothing at all was given")
                                       : concat("something: ", input));
        ctx.send(send_message{.chat_id = ctx.chat_id(),
                              .text = std::string(input),
                              .reply_markup = reply_keyboard().row(concat("Row of ", input))});
    }
    static void pressed(context& ctx, matched<callback<"press_([a-z_]+)">> press) {
        ctx.answer(concat("Pressed ", press.get<1>()), {.show_alert = true, .cache_time = 5});
        ctx.edit(concat("Pressed ", press), numbered(3, press.get<1>()));
    }
    static task<> awaited(context& ctx, bot& api, matched<callback<"await_([a-z_]+)">> press) {
        co_await api(answer_callback_query{.callback_query_id = ctx.head().query_id,
                                           .text = concat("Wait for ", press.get<1>())});
        ctx.edit(concat("Waited for ", press.get<1>()),
                 {.parse_mode = parse_mode::markdown_v2, .reply_markup = pages(1, press.get<1>())});
        ctx.edit(std::string(press) + " without a keyboard");
    }

    static constexpr auto flow() {
        return handlers(on(command<"plain">, plain), on(command<"coroutine">, coroutine),
                        on(callback<"press_([a-z_]+)">, pressed),
                        on(callback<"await_([a-z_]+)">, awaited), on_error(natural::note_error));
    }
};

}  // namespace

TEST_CASE("inline keyboards as temporaries of a call") {
    bench<called> b;
    CHECK(b.after_command("dynamic") ==
          R"(sendMessage {"chat_id":1,"text":"Choose for words that live on the heap",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"One of words that live on the heap",)"
          R"("callback_data":"one_1"},{"text":"words that live on the heap",)"
          R"("callback_data":"two_with_long_data_too"}],[{"text":"Short",)"
          R"("callback_data":"s"}]]}})" "\n");
    CHECK(b.after_command("fixed") ==
          R"(sendMessage {"chat_id":1,"text":"Choose",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"First bank","callback_data":"bank_1"},)"
          R"({"text":"Green","callback_data":"6MMw:1"}],[{"text":"A page that is the last one",)"
          R"("callback_data":"43Ou:3:1"}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Or else",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"Back","callback_data":"back"}]]}})" "\n");
    CHECK(b.after_command("links") ==
          R"(sendMessage {"chat_id":1,"text":"Follow",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"Pay for words that live on the heap",)"
          R"("pay":true}],[{"text":"Open words that live on the heap",)"
          R"("url":"https://example.org/1"}],[{"text":"App",)"
          R"("web_app":{"url":"https://example.org/app"}},{"text":"Copy",)"
          R"("copy_text":{"text":"copied words that live on the heap"}}],[{"text":"Ask",)"
          R"("switch_inline_query":"query of words that live on the heap"},{"text":"Log in",)"
          R"("login_url":{"url":"https://example.org/login"}}]]}})" "\n");
    CHECK(b.after_command("built") ==
          R"(sendMessage {"chat_id":1,"text":"Choose",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"0 of words that live on the heap",)"
          R"("callback_data":"data_of_button_0"}],[{"text":"1 of words that live on the heap",)"
          R"("callback_data":"data_of_button_1"}],[{"text":"2 of words that live on the heap",)"
          R"("callback_data":"data_of_button_2"}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Choose",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"A words that live on the heap",)"
          R"("callback_data":"a_temporary_of_a_loop"}],[{"text":"Back","callback_data":"back"},)"
          R"({"text":"B","callback_data":"b"}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Choose",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"Only one",)"
          R"("callback_data":"only"}]]}})" "\n");
    CHECK(b.after_command("aggregates") ==
          R"(sendMessage {"chat_id":1,"text":"Choose",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"A words that live on the heap",)"
          R"("callback_data":"a_words that live on the heap"},{"text":"B",)"
          R"("url":"https://example.org"}],[{"text":"C","web_app":{"url":"https://1"}}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Share",)"
          R"("reply_markup":{"keyboard":[[{"text":"Contact of words that live on the heap",)"
          R"("request_contact":true}],[{"text":"Place"}]]}})" "\n");
    CHECK(b.after_command("returned") ==
          R"(sendMessage {"chat_id":1,"text":"Choose",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"Number 1 of words that live on the )"
          R"(heap","callback_data":"number_1_with_long_data"}],)"
          R"([{"text":"Back to where we came from","callback_data":"back"}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Choose",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"Page 0 of words that live on the heap",)"
          R"("callback_data":"page_of_a_book_0"},{"text":"Open page 0",)"
          R"("url":"https://example.org/page/0"}],[{"text":"Page 1 of words that live on the )"
          R"(heap","callback_data":"page_of_a_book_1"},{"text":"Open page 1",)"
          R"("url":"https://example.org/page/1"}]]}})" "\n"
          R"(editMessageReplyMarkup {"chat_id":1,"message_id":5,)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"Number 2 of words that live on the )"
          R"(heap","callback_data":"number_2_with_long_data"}],)"
          R"([{"text":"Back to where we came from","callback_data":"back"}]]}})" "\n");
    CHECK(b.after_command("own") ==
          R"(sendMessage {"chat_id":1,"text":"Own","reply_markup":{"own":"label of words that )"
          R"(live on the heap"}})" "\n");
    CHECK(b.after_command("chosen") ==
          R"(sendMessage {"chat_id":1,"text":"With","reply_markup":{"inline_keyboard":[[{"text":")"
          R"(Number 7 of words that live on the heap",)"
          R"("callback_data":"number_7_with_long_data"}],[{"text":"Back to where we came from",)"
          R"("callback_data":"back"}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Perhaps",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"Number 7 of words that live on the )"
          R"(heap","callback_data":"number_7_with_long_data"}],)"
          R"([{"text":"Back to where we came from","callback_data":"back"}]]}})" "\n");
    CHECK(natural::errors.empty());
}

TEST_CASE("reply keyboards and their like as temporaries of a call") {
    bench<called> b;
    CHECK(b.after_command("words") ==
          R"(sendMessage {"chat_id":1,"text":"Boy or girl?",)"
          R"("reply_markup":{"keyboard":[[{"text":"Boy"},)"
          R"({"text":"Girl with words that live on the heap"}],)"
          R"([{"text":"Neither of these two"}]],"one_time_keyboard":true,"resize_keyboard":true,)"
          R"("input_field_placeholder":"Boy or words that live on the heap"}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Again?",)"
          R"("reply_markup":{"keyboard":[[{"text":"Yes"},)"
          R"({"text":"words that live on the heap"}]],"selective":true}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Write","reply_markup":{"force_reply":true,)"
          R"("input_field_placeholder":"Here: words that live on the heap"}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Gone",)"
          R"("reply_markup":{"remove_keyboard":true}})" "\n");
    for (int i = 0; i != 3; ++i) b.answer(natural::message_result);
    CHECK(b.after_command("helped") ==
          R"(sendMessage {"chat_id":1,"text":"Asking for words that live on the heap",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"Yes, words that live on the heap",)"
          R"("callback_data":"yes_with_long_data"}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Asking again for something else",)"
          R"("reply_markup":{"keyboard":[[{"text":"No, words that live on the heap"}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"words that live on the heap"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"110"})" "\n");
    CHECK(natural::errors.empty());
}

TEST_CASE("keyboards in declared effects") {
    bench<declared> b;
    CHECK(b.after_command("plain") ==
          R"(sendMessage {"chat_id":1,"text":"Choose for words that live on the heap",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"One of words that live on the heap",)"
          R"("callback_data":"one_long_data"}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Choose","parse_mode":"HTML",)"
          R"("reply_parameters":{"message_id":7},"reply_markup":{"inline_keyboard":[[{"text":"Bac)"
          R"(k","callback_data":"back"}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Page","reply_markup":{"inline_keyboard":[[{"text":")"
          R"(Page 0 of words that live on the heap","callback_data":"page_of_a_book_0"},)"
          R"({"text":"Open page 0","url":"https://example.org/page/0"}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Words","reply_markup":{"keyboard":[[{"text":"Boy"},)"
          R"({"text":"words that live on the heap"}]],"one_time_keyboard":true}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Gone","reply_markup":{"remove_keyboard":true}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"<b>words that live on the heap</b>",)"
          R"("parse_mode":"HTML","link_preview_options":{"is_disabled":true}})" "\n");
    CHECK(b.after_command("coroutine") ==
          R"(sendMessage {"chat_id":1,"text":"Between"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Before words that live on the heap",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"Number 1 of words that live on the )"
          R"(heap","callback_data":"number_1_with_long_data"}],)"
          R"([{"text":"Back to where we came from","callback_data":"back"}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"After words that live on the heap",)"
          R"("parse_mode":"HTML","reply_markup":{"inline_keyboard":[[{"text":"Page 0 of words )"
          R"(that live on the heap","callback_data":"page_of_a_book_0"},{"text":"Open page 0",)"
          R"("url":"https://example.org/page/0"}]]}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"something: words that live on the heap"})" "\n"
          R"(sendMessage {"chat_id":1,"text":"words that live on the heap",)"
          R"("reply_markup":{"keyboard":[[{"text":"Row of words that live on the heap"}]]}})" "\n");
    CHECK(b.after(natural::press_update(1, "press_a_button_with_long_data")) ==
          R"(answerCallbackQuery {"callback_query_id":"q1",)"
          R"("text":"Pressed a_button_with_long_data","show_alert":true,"cache_time":5})" "\n"
          R"(editMessageText {"chat_id":1,"message_id":9,)"
          R"("text":"Pressed press_a_button_with_long_data",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"Number 3 of a_button_with_long_data",)"
          R"("callback_data":"number_3_with_long_data"}],[{"text":"Back to where we came from",)"
          R"("callback_data":"back"}]]}})" "\n");
    CHECK(b.after(natural::press_update(1, "await_a_button_with_long_data")) ==
          R"(answerCallbackQuery {"callback_query_id":"q1",)"
          R"("text":"Wait for a_button_with_long_data"})" "\n"
          R"(editMessageText {"chat_id":1,"message_id":9,)"
          R"("text":"Waited for a_button_with_long_data","parse_mode":"MarkdownV2",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"Page 0 of a_button_with_long_data",)"
          R"("callback_data":"page_of_a_book_0"},{"text":"Open page 0",)"
          R"("url":"https://example.org/page/0"}]]}})" "\n"
          R"(editMessageText {"chat_id":1,"message_id":9,)"
          R"("text":"await_a_button_with_long_data without a keyboard"})" "\n");
    CHECK(natural::errors.empty());
}
