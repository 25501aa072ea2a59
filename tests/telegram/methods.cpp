// The JSON of typical calls, and the forms that parameters take.
#include <banter/telegram/methods.hpp>

#include <doctest/doctest.h>

#include <array>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

using namespace banter;

static_assert(std::is_trivially_copyable_v<send_message>);
static_assert(std::is_trivially_copyable_v<send_media_group>);
static_assert(std::is_trivially_copyable_v<answer_inline_query>);
static_assert(std::is_trivially_copyable_v<input_media>);
static_assert(std::is_trivially_copyable_v<rich_text>);
static_assert(std::is_trivially_copyable_v<input_rich_block>);

static_assert(std::is_same_v<result_of<send_message>, owned<telegram::message>>);
static_assert(std::is_same_v<result_of<edit_message_text>, owned<telegram::message>>);
static_assert(std::is_void_v<result_of<delete_message>>);
static_assert(std::is_same_v<result_of<get_chat_member_count>, std::int64_t>);
static_assert(std::is_same_v<result_of<create_invoice_link>, std::string>);
static_assert(
    std::is_same_v<result_of<send_media_group>, owned<telegram::list<telegram::message>>>);
static_assert(std::is_same_v<result_of<copy_message>, owned<telegram::sent_message_id>>);

// What is required cannot be left out, and a number is no text.
template <class M>
concept made_with_text = requires { M{.chat_id = 1, .text = "x"}; };
template <class M>
concept made_without_text = requires { M{.chat_id = 1}; };
template <class M>
concept made_without_chat = requires { M{.text = "x"}; };
template <class M>
concept made_with_number = requires { M{.chat_id = 1, .text = 5}; };
template <class M>
concept made_with_bool = requires { M{.chat_id = true, .text = "x"}; };
static_assert(made_with_text<send_message>);
static_assert(!made_without_text<send_message>);
static_assert(!made_without_chat<send_message>);
static_assert(!made_with_number<send_message>);
static_assert(!made_with_bool<send_message>);

template <class M>
concept made_without_permissions = requires { M{.chat_id = 1}; };
static_assert(!made_without_permissions<set_chat_permissions>);
template <class M>
concept made_without_media = requires { M{.chat_id = 1}; };
static_assert(!made_without_media<send_media_group>);
static_assert(!made_without_media<send_photo>);

namespace {

template <class M> std::string body(const M& method) { return make_request(method).body; }

} // namespace

TEST_CASE("a text") {
    const request r = make_request(send_message{.chat_id = 5, .text = "Hello"});
    CHECK(r.method == "sendMessage");
    CHECK(r.body == R"({"chat_id":5,"text":"Hello"})");
    CHECK(r.uploads.empty());
}

TEST_CASE("texts come from anything that is one") {
    const std::string owned_text = "s";
    const std::string_view view = "v";
    char buffer[] = "b";
    CHECK(body(send_message{.chat_id = 5, .text = owned_text}) == R"({"chat_id":5,"text":"s"})");
    CHECK(body(send_message{.chat_id = 5, .text = view}) == R"({"chat_id":5,"text":"v"})");
    CHECK(body(send_message{.chat_id = 5, .text = buffer}) == R"({"chat_id":5,"text":"b"})");
    CHECK(body(send_message{.chat_id = 5, .text = owned_text + "1"}) ==
          R"({"chat_id":5,"text":"s1"})");
    CHECK(body(send_photo{.chat_id = 5, .photo = "f", .caption = owned_text + "2"}) ==
          R"({"chat_id":5,"photo":"f","caption":"s2"})");
}

TEST_CASE("a chat is a number or a name") {
    const std::string name = "@channel";
    const std::int64_t id = -1001234567890123;
    CHECK(body(leave_chat{.chat_id = id}) == R"({"chat_id":-1001234567890123})");
    CHECK(body(leave_chat{.chat_id = 5}) == R"({"chat_id":5})");
    CHECK(body(leave_chat{.chat_id = 5u}) == R"({"chat_id":5})");
    CHECK(body(leave_chat{.chat_id = "@channel"}) == R"({"chat_id":"@channel"})");
    CHECK(body(leave_chat{.chat_id = name}) == R"({"chat_id":"@channel"})");
    CHECK(body(leave_chat{.chat_id = std::string_view(name)}) == R"({"chat_id":"@channel"})");
    CHECK(body(edit_message_text{.chat_id = name, .message_id = 3, .text = "t"}) ==
          R"({"chat_id":"@channel","message_id":3,"text":"t"})");
}

TEST_CASE("options") {
    CHECK(body(send_message{.chat_id = 1,
                            .text = "<b>x</b>",
                            .message_thread_id = 9,
                            .parse_mode = parse_mode::html,
                            .link_preview_options = link_preview_options{.is_disabled = true},
                            .disable_notification = false,
                            .reply_parameters = reply_parameters{.message_id = 3, .quote = "q"}}) ==
          R"({"chat_id":1,"message_thread_id":9,"text":"<b>x</b>","parse_mode":"HTML",)"
          R"("link_preview_options":{"is_disabled":true},"disable_notification":false,)"
          R"("reply_parameters":{"message_id":3,"quote":"q"}})");
    CHECK(body(send_photo{.chat_id = 1, .photo = "f", .parse_mode = parse_mode::markdown_v2}) ==
          R"({"chat_id":1,"photo":"f","parse_mode":"MarkdownV2"})");
}

TEST_CASE("an empty text is sent, an absent one is not") {
    CHECK(body(set_my_name{}) == "{}");
    CHECK(body(set_my_name{.name = ""}) == R"({"name":""})");
}

TEST_CASE("numbers of every kind") {
    CHECK(body(send_location{.chat_id = 1, .latitude = 48.85837, .longitude = 2}) ==
          R"({"chat_id":1,"latitude":48.85837,"longitude":2})");
    CHECK(body(get_user_profile_photos{.user_id = 4503599627370495, .limit = 1}) ==
          R"({"user_id":4503599627370495,"limit":1})");
}

TEST_CASE("lists come from vectors, arrays, spans and list()") {
    const std::vector<std::int64_t> ids = {1, 2};
    const std::vector<int> narrow = {3};
    const std::array<std::int64_t, 2> fixed = {4, 5};
    const std::int64_t plain[] = {6};
    CHECK(body(delete_messages{.chat_id = 1, .message_ids = ids}) ==
          R"({"chat_id":1,"message_ids":[1,2]})");
    CHECK(body(delete_messages{.chat_id = 1, .message_ids = narrow}) ==
          R"({"chat_id":1,"message_ids":[3]})");
    CHECK(body(delete_messages{.chat_id = 1, .message_ids = fixed}) ==
          R"({"chat_id":1,"message_ids":[4,5]})");
    CHECK(body(delete_messages{.chat_id = 1, .message_ids = plain}) ==
          R"({"chat_id":1,"message_ids":[6]})");
    CHECK(body(delete_messages{.chat_id = 1, .message_ids = std::span(ids)}) ==
          R"({"chat_id":1,"message_ids":[1,2]})");
    CHECK(body(delete_messages{.chat_id = 1, .message_ids = list(7, 8)}) ==
          R"({"chat_id":1,"message_ids":[7,8]})");
    CHECK(body(delete_messages{.chat_id = 1, .message_ids = std::vector<std::int64_t>{}}) ==
          R"({"chat_id":1,"message_ids":[]})");
}

TEST_CASE("lists of texts") {
    const std::vector<std::string> names = {"message", "poll"};
    CHECK(body(get_updates{.allowed_updates = names}) ==
          R"({"allowed_updates":["message","poll"]})");
    CHECK(body(get_updates{.offset = 5, .timeout = 50, .allowed_updates = list("message")}) ==
          R"({"offset":5,"timeout":50,"allowed_updates":["message"]})");
    CHECK(body(get_updates{.allowed_updates = std::vector<std::string>()}) ==
          R"({"allowed_updates":[]})");
}

TEST_CASE("lists of objects") {
    CHECK(body(set_my_commands{.commands = list(bot_command{.command = "a", .description = "A"},
                                                bot_command{.command = "b", .description = "B"}),
                               .scope = bot_command_scope_chat{.chat_id = 5}}) ==
          R"({"commands":[{"command":"a","description":"A"},{"command":"b","description":"B"}],)"
          R"("scope":{"type":"chat","chat_id":5}})");
    CHECK(body(send_poll{.chat_id = 1,
                         .question = "?",
                         .options = list(input_poll_option{.text = "yes"},
                                         input_poll_option{.text = "no"}),
                         .is_anonymous = false}) ==
          R"({"chat_id":1,"question":"?","options":[{"text":"yes"},{"text":"no"}],)"
          R"("is_anonymous":false})");
}

TEST_CASE("keyboards made of the Bot API's own types") {
    CHECK(body(send_message{
              .chat_id = 1,
              .text = "t",
              .reply_markup = inline_keyboard_markup{
                  .inline_keyboard =
                      list(list(inline_keyboard_button{.text = "A", .callback_data = "a"},
                                inline_keyboard_button{.text = "B", .url = "https://b.org"}),
                           list(inline_keyboard_button{.text = "C", .pay = true}))}}) ==
          R"({"chat_id":1,"text":"t","reply_markup":{"inline_keyboard":[[)"
          R"({"text":"A","callback_data":"a"},{"text":"B","url":"https://b.org"}],)"
          R"([{"text":"C","pay":true}]]}})");
    CHECK(body(send_message{.chat_id = 1, .text = "t", .reply_markup = reply_keyboard_remove{}}) ==
          R"({"chat_id":1,"text":"t","reply_markup":{"remove_keyboard":true}})");
    CHECK(body(send_message{.chat_id = 1,
                            .text = "t",
                            .reply_markup = force_reply{.input_field_placeholder = "p"}}) ==
          R"({"chat_id":1,"text":"t","reply_markup":)"
          R"({"force_reply":true,"input_field_placeholder":"p"}})");
    CHECK(body(send_message{
              .chat_id = 1,
              .text = "t",
              .reply_markup = reply_keyboard_markup{
                  .keyboard = list(list(keyboard_button{.text = "a"}),
                                   list(keyboard_button{.text = "b", .request_contact = true})),
                  .resize_keyboard = true}}) ==
          R"({"chat_id":1,"text":"t","reply_markup":{"keyboard":[[{"text":"a"}],)"
          R"([{"text":"b","request_contact":true}]],"resize_keyboard":true}})");
}

TEST_CASE("a keyboard of one's own is anything that writes itself") {
    struct keyboard {
        void write_json(json_writer& writer) const { writer.raw("{\"mine\":1}"); }
    };
    CHECK(body(edit_message_reply_markup{
              .chat_id = 1, .message_id = 2, .reply_markup = keyboard()}) ==
          R"({"chat_id":1,"message_id":2,"reply_markup":{"mine":1}})");
}

TEST_CASE("answers to queries") {
    CHECK(body(answer_callback_query{.callback_query_id = "q"}) == R"({"callback_query_id":"q"})");
    CHECK(body(answer_pre_checkout_query{.pre_checkout_query_id = "q", .ok = true}) ==
          R"({"pre_checkout_query_id":"q","ok":true})");
    std::vector<inline_query_result> results;
    results.push_back(inline_query_result_article{
        .id = "1",
        .title = "T",
        .input_message_content = input_text_message_content{.message_text = "m"}});
    results.push_back(inline_query_result_cached_photo{.id = "2", .photo_file_id = "f"});
    CHECK(body(answer_inline_query{.inline_query_id = "q", .results = results, .cache_time = 0}) ==
          R"({"inline_query_id":"q","results":[{"type":"article","id":"1","title":"T",)"
          R"("input_message_content":{"message_text":"m"}},)"
          R"({"type":"photo","id":"2","photo_file_id":"f"}],"cache_time":0})");
}

TEST_CASE("payments") {
    CHECK(body(send_invoice{.chat_id = 1,
                            .title = "t",
                            .description = "d",
                            .payload = "p",
                            .currency = "XTR",
                            .prices = list(labeled_price{.label = "l", .amount = 100})}) ==
          R"({"chat_id":1,"title":"t","description":"d","payload":"p","currency":"XTR",)"
          R"("prices":[{"label":"l","amount":100}]})");
}

TEST_CASE("reactions and members") {
    CHECK(body(set_message_reaction{.chat_id = 1,
                                    .message_id = 2,
                                    .reaction = list(reaction_type_emoji{.emoji = "x"})}) ==
          R"({"chat_id":1,"message_id":2,"reaction":[{"type":"emoji","emoji":"x"}]})");
    CHECK(body(restrict_chat_member{
              .chat_id = 1,
              .user_id = 2,
              .permissions = chat_permissions{.can_send_messages = false}}) ==
          R"({"chat_id":1,"user_id":2,"permissions":{"can_send_messages":false}})");
}

TEST_CASE("methods without parameters, and one with a name of its own") {
    CHECK(make_request(get_me{}).method == "getMe");
    CHECK(body(get_me{}) == "{}");
    CHECK(make_request(close_bot{}).method == "close");
}

TEST_CASE("a file that Telegram has, or fetches") {
    CHECK(body(send_photo{.chat_id = 1, .photo = "AgAC"}) == R"({"chat_id":1,"photo":"AgAC"})");
    CHECK(body(send_photo{.chat_id = 1, .photo = input_file::file_id("AgAC")}) ==
          R"({"chat_id":1,"photo":"AgAC"})");
    CHECK(body(send_photo{.chat_id = 1, .photo = input_file::url("https://a.org/b.jpg")}) ==
          R"({"chat_id":1,"photo":"https://a.org/b.jpg"})");
}

TEST_CASE("files from disk and from memory become uploads of the parameter's name") {
    const request disk = make_request(
        send_document{.chat_id = 1,
                      .document = input_file::path("/tmp/report.pdf"),
                      .thumbnail = input_file::bytes("JPEG", "t.jpg")});
    CHECK(disk.body == R"({"chat_id":1})");
    REQUIRE(disk.uploads.size() == 2);
    CHECK(disk.uploads[0].name == "document");
    CHECK(disk.uploads[0].path == "/tmp/report.pdf");
    CHECK(disk.uploads[0].file_name == "report.pdf");
    CHECK(disk.uploads[0].bytes.empty());
    CHECK(disk.uploads[1].name == "thumbnail");
    CHECK(disk.uploads[1].bytes == "JPEG");
    CHECK(disk.uploads[1].file_name == "t.jpg");
    CHECK(disk.uploads[1].path.empty());
    const request named = make_request(
        send_document{.chat_id = 1, .document = input_file::path("r.pdf", "Report.pdf")});
    CHECK(named.uploads[0].file_name == "Report.pdf");
    const request nameless =
        make_request(send_document{.chat_id = 1, .document = input_file::bytes("x", "")});
    CHECK(nameless.uploads[0].file_name == "file");
}

TEST_CASE("a media group refers to its uploads") {
    const request r = make_request(send_media_group{
        .chat_id = 1,
        .media = list<input_media>(
            input_media_photo{.media = input_file::path("/a/1.jpg"), .caption = "one"},
            input_media_photo{.media = "file-id"},
            input_media_video{.media = input_file::bytes("MP4", "v.mp4"),
                              .thumbnail = input_file::path("t.jpg")})});
    CHECK(r.body == R"({"chat_id":1,"media":[{"type":"photo","media":"attach://file0",)"
                    R"("caption":"one"},{"type":"photo","media":"file-id"},)"
                    R"({"type":"video","media":"attach://file1","thumbnail":"attach://file2"}]})");
    REQUIRE(r.uploads.size() == 3);
    CHECK(r.uploads[0].name == "file0");
    CHECK(r.uploads[0].file_name == "1.jpg");
    CHECK(r.uploads[1].name == "file1");
    CHECK(r.uploads[1].bytes == "MP4");
    CHECK(r.uploads[2].name == "file2");
    CHECK(r.uploads[2].path == "t.jpg");
}

TEST_CASE("a media group of one type comes from a list or vector of that type") {
    const std::vector<input_media_photo> album = {{.media = "a"}, {.media = "b"}};
    const std::string expected = R"({"chat_id":1,"media":[{"type":"photo","media":"a"},)"
                                 R"({"type":"photo","media":"b"}]})";
    CHECK(body(send_media_group{.chat_id = 1, .media = album}) == expected);
    CHECK(body(send_media_group{.chat_id = 1,
                                .media = list(input_media_photo{.media = "a"},
                                              input_media_photo{.media = "b"})}) == expected);
}

TEST_CASE("editing media and stickers may upload too") {
    const request media = make_request(
        edit_message_media{.media = input_media_animation{.media = input_file::path("a.gif")},
                           .chat_id = 1,
                           .message_id = 2});
    CHECK(media.body == R"({"chat_id":1,"message_id":2,)"
                        R"("media":{"type":"animation","media":"attach://file0"}})");
    CHECK(media.uploads.size() == 1);
    const request sticker = make_request(create_new_sticker_set{
        .user_id = 1,
        .name = "n",
        .title = "t",
        .stickers = list(input_sticker{.sticker = input_file::path("s.webp"),
                                       .format = "static",
                                       .emoji_list = list("x")})});
    CHECK(sticker.body == R"({"user_id":1,"name":"n","title":"t","stickers":[)"
                          R"({"sticker":"attach://file0","format":"static","emoji_list":["x"]}]})");
    CHECK(sticker.uploads[0].name == "file0");
}

TEST_CASE("an upload needs a request to go with") {
    std::string text;
    json_writer writer(text);
    const send_photo method{.chat_id = 1, .photo = input_file::path("a.jpg")};
    CHECK_THROWS_AS(method.write_json(writer), std::logic_error);
}

TEST_CASE("rich texts hold rich texts") {
    const auto block = [](rich_text text) {
        std::string out;
        json_writer writer(out);
        input_rich_block_paragraph{.text = text}.write_json(writer);
        return out;
    };
    CHECK(block("plain") == R"({"type":"paragraph","text":"plain"})");
    CHECK(block(std::string("s")) == R"({"type":"paragraph","text":"s"})");
    CHECK(block(rich_text_bold{.text = rich_text_italic{.text = "x"}}) ==
          R"({"type":"paragraph","text":{"type":"bold","text":{"type":"italic","text":"x"}}})");
    CHECK(block(list<rich_text>("a", rich_text_bold{.text = "b"})) ==
          R"({"type":"paragraph","text":["a",{"type":"bold","text":"b"}]})");
}

TEST_CASE("parameters of a later Bot API go along") {
    CHECK(body(send_message{
              .chat_id = 1, .text = "t", .extra = R"({"new_flag":true,"new_object":{"a":1}})"}) ==
          R"({"chat_id":1,"text":"t","new_flag":true,"new_object":{"a":1}})");
    CHECK(body(get_me{.extra = R"({"a":1})"}) == R"({"a":1})");
    CHECK_THROWS_AS(body(get_me{.extra = "a=1"}), std::invalid_argument);
}

TEST_CASE("texts are escaped") {
    CHECK(body(send_message{.chat_id = 1, .text = "\"a\\b\"\n\x01 \xd8\xb3"}) ==
          "{\"chat_id\":1,\"text\":\"\\\"a\\\\b\\\"\\n\\u0001 \xd8\xb3\"}");
}

TEST_CASE("the request owns what it was made of") {
    request r;
    {
        std::string text(100, 'x');
        std::string contents(100, 'y');
        r = make_request(send_document{.chat_id = text,
                                       .document = input_file::bytes(contents, text),
                                       .caption = text});
    }
    CHECK(r.body.size() > 200);
    CHECK(r.uploads[0].bytes == std::string(100, 'y'));
    CHECK(r.uploads[0].file_name == std::string(100, 'x'));
}
