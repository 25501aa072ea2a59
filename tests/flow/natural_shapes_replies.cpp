// The shortcuts of a context as users write them, with everything built in place, in plain handlers and
// in coroutines.
#include "natural_shapes.hpp"

#include <string>
#include <vector>

using namespace banter;
using natural::bench;

namespace {

std::string name_of_file(std::string_view of) { return concat("a file about ", of, ".txt"); }
styled_text greeting(std::string_view to) {
    return styled_text("Hello ").bold(std::string(to), ", how do you do?");
}

template <class Input>
void say(context& ctx, const Input& input) {
    ctx.reply_document(input_file::bytes(concat("contents: ", input), name_of_file(input)),
                       {.caption = concat("About ", input),
                        .reply_markup = inline_keyboard(
                            grid<2>(dynamic_button(concat("One of ", input), "one_with_long_data"),
                                    dynamic_button("Another with a long label", "another_data")),
                            styled(button<"back">("Back"), button_style::danger))});
    ctx.reply(greeting(input), {.quote = true});
    ctx.reply_poll(concat("Which of ", input, '?'),
                   list(concat("this of ", input), std::string("none of all these, thank you")),
                   {.is_anonymous = false});
    ctx.reply_media_group(list<input_media>(
        input_media_photo{.media = "photo", .caption = concat("1: ", input)},
        input_media_video{.media = "video", .caption = concat("2: ", input)}));
    ctx.reply("Words", reply_keyboard()
                           .grid(2, std::vector<std::string>{concat("One ", input), "Two", "Three"})
                           .row(contact_button(concat("Mine: ", input)))
                           .persistent());
}

struct shortcuts {
    static void plain(context& ctx, matched<command<"plain">> input) { say(ctx, input.text()); }
    static task<> coroutine(context& ctx, bot& api, matched<command<"coroutine">> input) {
        const std::string words = co_await natural::later(api, std::string(input));
        ctx.reply_document(input_file::bytes(concat("contents: ", words), name_of_file(words)),
                           {.caption = concat("About ", words)});
        ctx.reply(greeting(words), {.quote = true});
        ctx.reply(styled_text("See ").link(concat("here: ", words), concat("https://e.org/", 1)));
        ctx.reply_poll(concat("Which of ", words, '?'),
                       list(concat("this of ", words), std::string("none of all these, thank you")));
        ctx.reply_long(concat("A text about ", words));
        co_await api(send_photo{.chat_id = ctx.chat_id(),
                                .photo = "photo",
                                .caption = greeting(words).text(),
                                .caption_entities = greeting(words).entities()});
        ctx.reply("Page", page_of(std::vector<std::string>{words, concat("not ", words), "else"},
                                  page{1}, make_button, {.per_page = 2}));
    }

    struct page { int number; };
    static dynamic_button make_button(const std::string& label) {
        return dynamic_button(label, "a_button_with_long_data");
    }
    static constexpr auto flow() {
        return handlers(on(command<"plain">, plain), on(command<"coroutine">, coroutine),
                        on_error(natural::note_error));
    }
};

}  // namespace

TEST_CASE("shortcuts with everything built in place") {
    bench<shortcuts> b;
    CHECK(b.after_command("plain") ==
          R"(sendDocument {"chat_id":1,"caption":"About words that live on the heap",)"
          R"("reply_markup":{"inline_keyboard":[[{"text":"One of words that live on the heap",)"
          R"("callback_data":"one_with_long_data"},{"text":"Another with a long label",)"
          R"("callback_data":"another_data"}],[{"text":"Back","callback_data":"back",)"
          R"("style":"danger"}]]}})" "\n"
          "  document a file about words that live on the heap.txt "
          "contents: words that live on the heap\n"
          R"(sendMessage {"chat_id":1,"text":"Hello words that live on the heap, how do you do?",)"
          R"("entities":[{"type":"bold","offset":6,"length":43}],"reply_parameters":{"message_id":7}})" "\n"
          R"(sendPoll {"chat_id":1,"question":"Which of words that live on the heap?",)"
          R"("options":[{"text":"this of words that live on the heap"},)"
          R"({"text":"none of all these, thank you"}],"is_anonymous":false})" "\n"
          R"(sendMediaGroup {"chat_id":1,"media":[{"type":"photo","media":"photo",)"
          R"("caption":"1: words that live on the heap"},{"type":"video","media":"video",)"
          R"("caption":"2: words that live on the heap"}]})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Words","reply_markup":{"keyboard":[)"
          R"([{"text":"One words that live on the heap"},{"text":"Two"}],[{"text":"Three"}],)"
          R"([{"text":"Mine: words that live on the heap","request_contact":true}]],)"
          R"("is_persistent":true}})" "\n");
    CHECK(natural::errors.empty());
}

TEST_CASE("the same in a coroutine") {
    bench<shortcuts> b;
    b.answer(R"({"ok":true,"result":5})");
    b.answer(natural::message_result);
    CHECK(natural::replies(b.after_command("coroutine")) ==
          R"(sendPhoto {"chat_id":1,"photo":"photo","caption":)"
          R"("Hello words that live on the heap [later], how do you do?","caption_entities":[)"
          R"({"type":"bold","offset":6,"length":51}]})" "\n"
          R"(sendDocument {"chat_id":1,"caption":"About words that live on the heap [later]"})" "\n"
          "  document a file about words that live on the heap [later].txt "
          "contents: words that live on the heap [later]\n"
          R"(sendMessage {"chat_id":1,"text":"Hello words that live on the heap [later], how do you do?",)"
          R"("entities":[{"type":"bold","offset":6,"length":51}],"reply_parameters":{"message_id":7}})" "\n"
          R"(sendMessage {"chat_id":1,"text":"See here: words that live on the heap [later]",)"
          R"("entities":[{"type":"text_link","offset":4,"length":41,"url":"https://e.org/1"}]})" "\n"
          R"(sendPoll {"chat_id":1,"question":"Which of words that live on the heap [later]?",)"
          R"("options":[{"text":"this of words that live on the heap [later]"},)"
          R"({"text":"none of all these, thank you"}]})" "\n"
          R"(sendMessage {"chat_id":1,"text":"A text about words that live on the heap [later]",)"
          R"("entities":[]})" "\n"
          R"(sendMessage {"chat_id":1,"text":"Page","reply_markup":{"inline_keyboard":[)"
          R"([{"text":"else","callback_data":"a_button_with_long_data"}],)"
          "[{\"text\":\"\xE2\x80\xB9\",\"callback_data\":\"" +
              std::string(data_button(shortcuts::page{0}, "").callback_data()) +
              R"("},{"text":"2/2","disabled":{}}]]}})" "\n");
    CHECK(natural::errors.empty());
}
