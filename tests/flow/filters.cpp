// Every filter on an update that it takes and on one that it leaves, as Telegram sends them.
#include <banter/flow.hpp>
#include <banter/flow/filter_text.hpp>
#include <banter/flow/handlers.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace banter;

namespace {

/// An update of a kind, with the fields of its object.
std::string update_of(std::string_view kind, std::string_view fields) {
    return R"({"update_id":7,")" + std::string(kind) + R"(":{)" + std::string(fields) + "}}";
}

constexpr std::string_view anna =
    R"("from":{"id":1001001,"is_bot":false,"first_name":"Anna","username":"anna_tests",)"
    R"("language_code":"de-AT","is_premium":true})";
constexpr std::string_view bob =
    R"("from":{"id":1001002,"is_bot":false,"first_name":"Bob","language_code":"en"})";
constexpr std::string_view in_private =
    R"("chat":{"id":1001001,"type":"private","first_name":"Anna"})";
constexpr std::string_view in_super =
    R"("chat":{"id":-1001500600701,"type":"supergroup","title":"S","username":"super_tests",)"
    R"("is_forum":true})";

/// A new message of Anna's in a private chat, with these fields.
std::string said(std::string_view fields, std::string_view who = anna,
                 std::string_view where = in_private) {
    return update_of("message", R"("message_id":5,"date":1,)" + std::string(who) + "," +
                                    std::string(where) + "," + std::string(fields));
}
std::string text_message(std::string_view words) {
    return said(R"("text":")" + std::string(words) + '"');
}
std::string document_message(std::string_view type, std::string_view name) {
    return said(R"("document":{"file_id":"F","file_unique_id":"U","mime_type":")" +
                std::string(type) + R"(","file_name":")" + std::string(name) + R"("})");
}
std::string sticker_message(std::string_view animated, std::string_view video,
                            std::string_view more = "") {
    return said(R"("sticker":{"file_id":"F","file_unique_id":"U","type":"regular","width":1,"height":1,)"
        R"("is_animated":)" +
                std::string(animated) + R"(,"is_video":)" + std::string(video) + std::string(more) + "}");
}
std::string dice_message(std::string_view emoji, int value) {
    return said(R"("dice":{"emoji":")" + std::string(emoji) + R"(","value":)" + std::to_string(value) + "}");
}
std::string status_update(std::string_view kind, std::string_view before, std::string_view after) {
    const std::string bot = R"("user":{"id":9,"is_bot":true,"first_name":"B"}})";
    return update_of(kind, std::string(in_super) + R"(,"date":1,)" + std::string(anna) +
                               R"(,"old_chat_member":{)" + std::string(before) + "," + bot +
                               R"(,"new_chat_member":{)" + std::string(after) + "," + bot);
}

bool takes(filter auto chosen, const std::string& json) {
    incoming update;
    update.set_bot_username("this_bot");
    REQUIRE_MESSAGE(update.read(json) == telegram::decode_fault::none, json);
    return detail::fits<decltype(chosen)>(update);
}

#define CHECK_FILTER(chosen, taken, left) \
    CHECK(takes(chosen, taken));          \
    CHECK_FALSE(takes(chosen, left))

const std::string a_text = text_message("words");

}  // namespace

TEST_CASE("users") {
    const std::string bobs = said(R"("text":"words")", bob);
    CHECK_FILTER(from_user<1001001>, a_text, bobs);
    CHECK_FILTER((from_user<7, 1001001>), a_text, bobs);
    CHECK_FILTER(from_user<"anna_tests">, a_text, bobs);
    CHECK_FILTER(from_user<"@ANNA_tests">, a_text, bobs);
    CHECK_FILTER(from_user<100100>, said(R"("text":"x")", R"("from":{"id":100100,"is_bot":false,)"
        R"("first_name":"A"})"),
                 a_text);
    CHECK_FILTER(from_user<>, a_text, update_of("poll", R"("id":"1")"));
    CHECK_FILTER(language<"de">, a_text, bobs);
    CHECK_FILTER((language<"ru", "en">), bobs, a_text);
    CHECK_FILTER(from_premium_user, a_text, bobs);
    CHECK_FILTER(from_bot, said(R"("text":"x")", R"("from":{"id":1,"is_bot":true,)"
        R"("first_name":"A"})"), a_text);
    CHECK_FILTER(from_menu_user,
                 said(R"("text":"x")",
                      R"("from":{"id":1,"is_bot":false,"first_name":"A","added_to_attachment_menu":true})"),
                 a_text);
    // Other kinds of updates have users as well.
    CHECK(takes(from_user<1001001>, update_of("inline_query", R"("id":"1","query":"",)"
        R"("offset":"",)" + std::string(anna))));
    CHECK(takes(from_user<5>, update_of("poll_answer",
                                   R"("poll_id":"1","option_ids":[],"user":{"id":5,"is_bot":false,)"
                                   R"("first_name":"A"})")));
}

TEST_CASE("chats and senders") {
    const std::string there = said(R"("text":"words")", bob, in_super);
    CHECK_FILTER(in_chat<-1001500600701>, there, a_text);
    CHECK_FILTER(in_chat<"@super_tests">, there, a_text);
    CHECK_FILTER(in_forum, there, a_text);
    CHECK_FILTER(in_direct_messages,
                 said(R"("text":"x")", bob, R"("chat":{"id":-5,"type":"supergroup",)"
                     R"("is_direct_messages":true})"), there);
    CHECK_FILTER(private_chat, a_text, there);
    CHECK_FILTER(supergroup_chat, there, a_text);
    CHECK_FILTER(group_chats, there, a_text);
    CHECK_FILTER(group_chat, said(R"("text":"x")", bob, R"("chat":{"id":-4,"type":"group",)"
        R"("title":"G"})"), there);
    CHECK_FILTER(channel_chat,
                 update_of("channel_post", R"("message_id":1,"date":1,"chat":{"id":-7,"type":"channel",)"
                     R"("title":"C"})"),
                 there);
    const std::string anonymous =
        said(R"("text":"x","sender_chat":{"id":-1001500600701,"type":"supergroup",)"
            R"("title":"S"})", bob, in_super);
    const std::string channel =
        said(R"("text":"x","sender_chat":{"id":-1007,"type":"channel","title":"C",)"
            R"("username":"news"})", bob, in_super);
    CHECK_FILTER(sent_as<>, anonymous, a_text);
    CHECK_FILTER(sent_as<-1007>, channel, anonymous);
    CHECK_FILTER(sent_as<"news">, channel, anonymous);
    CHECK_FILTER(sent_as_channel, channel, anonymous);
    CHECK_FILTER(sent_as_supergroup, anonymous, channel);
    const std::string via = said(R"("text":"x","via_bot":{"id":123456,"is_bot":true,"first_name":"B",)"
        R"("username":"gif_bot"})");
    CHECK_FILTER(via_bot<>, via, a_text);
    CHECK_FILTER(via_bot<123456>, via, a_text);
    CHECK_FILTER(via_bot<"gif_bot">, via, a_text);
    CHECK_FALSE(takes(via_bot<123457>, via));
}

TEST_CASE("forwarded messages and replies") {
    const std::string by_user = said(
        R"("text":"x","forward_origin":{"type":"user","date":1,"sender_user":{"id":1001003,"is_bot":false,)"
        R"("first_name":"C","username":"carol"}})");
    const std::string hidden =
        said(R"("text":"x","forward_origin":{"type":"hidden_user","date":1,"sender_user_name":"1001003"})");
    const std::string by_channel = said(
        R"("text":"x","forward_origin":{"type":"channel","date":1,"message_id":3,"chat":{"id":-1007,)"
        R"("type":"channel","username":"news"}})");
    const std::string by_chat = said(
        R"("text":"x","forward_origin":{"type":"chat","date":1,"sender_chat":{"id":-1008,)"
        R"("type":"supergroup"}})");
    CHECK_FILTER(forwarded_from<>, by_user, a_text);
    CHECK(takes(forwarded_from<>, hidden));
    CHECK_FILTER(forwarded_from<1001003>, by_user, hidden);
    CHECK_FILTER(forwarded_from<"Carol">, by_user, by_channel);
    CHECK_FILTER((forwarded_from<1, "news">), by_channel, by_user);
    CHECK_FILTER(forwarded_from<-1008>, by_chat, by_channel);
    CHECK_FILTER(is_reply, said(R"("text":"x","reply_to_message":{"message_id":1,"date":1,)"
        R"("chat":{"id":1001001,"type":"private"}})"), a_text);
    CHECK_FILTER(is_reply_to_story, said(R"("text":"x","reply_to_story":{"id":1,"chat":{"id":1,)"
        R"("type":"private"}})"), a_text);
    CHECK_FILTER(is_automatic_forward, said(R"("text":"x","is_automatic_forward":true)"), a_text);
    CHECK_FILTER(is_from_offline, said(R"("text":"x","is_from_offline":true)"), a_text);
    CHECK_FILTER(is_topic_message, said(R"("text":"x","is_topic_message":true,)"
        R"("message_thread_id":4)"), a_text);
    CHECK_FILTER(has_protected_content, said(R"("text":"x","has_protected_content":true)"), a_text);
    CHECK_FILTER(has_media_spoiler, said(R"("photo":[{"file_id":"F","file_unique_id":"U","width":1,)"
        R"("height":1}],"has_media_spoiler":true)"),
                 said(R"("photo":[{"file_id":"F","file_unique_id":"U","width":1,"height":1}])"));
    CHECK_FILTER(has_effect, said(R"("text":"x","effect_id":"5104")"), a_text);
    CHECK_FILTER(has_sender_boosts, said(R"("text":"x","sender_boost_count":2)", bob, in_super), a_text);
    CHECK_FILTER(has_suggested_post, said(R"("text":"x","suggested_post_info":{"state":"pending"})"), a_text);
}

TEST_CASE("texts") {
    CHECK_FILTER(text_is<"exact words">, text_message("exact words"), text_message("Exact words"));
    CHECK_FILTER((text_is<"a.b", "c">), text_message("a.b"), text_message("axb"));
    CHECK_FALSE(takes(text_is<"c">, text_message("c\\n")));
    CHECK_FILTER(caption_is<"exact words">, said(R"("photo":[],"caption":"exact words")"),
                 said(R"("photo":[],"caption":"other words")"));
    CHECK_FILTER((prefix_command<"!", "ping">), text_message("!PING now"), text_message("! ping"));
    CHECK_FILTER((prefix_command<"!", "ping", "pong">), text_message(" !pong"), text_message("x !ping"));
    CHECK_FALSE(takes(prefix_command<"!", "ping">, text_message("!pings")));
    const auto started = [](std::string_view words) {
        return said(R"("text":")" + std::string(words) + R"(","entities":[{"type":"bot_command",)"
            R"("offset":0,"length":6}])");
    };
    CHECK_FILTER(command<"start"> && with_arguments, started("/start one"), started("/start "));
    CHECK_FILTER(argument_count<0>, started("/start "), started("/start one"));
    CHECK_FILTER(argument_count<2>, started("/start one\\n two "), started("/start one two three"));
    CHECK_FILTER(started_with<"so-cool">, started("/start so-cool"), started("/start so-cool-and-more"));
    CHECK_FALSE(takes(started_with<"so-cool">, text_message("/start so-cool")));
    CHECK_FILTER(mention<"@alice_tests">,
                 said(R"("text":"\u00e9\ud83d\ude00 @Alice_Tests","entities":[{"type":"mention",)"
                     R"("offset":4,"length":12}])"),
                 said(R"("text":"@alice_tests2","entities":[{"type":"mention","offset":0,"length":13}])"));
    CHECK_FILTER((mention<"bob", 55>),
                 said(R"("text":"hi B","entities":[{"type":"text_mention","offset":3,"length":1,)"
                     R"("user":{"id":55,"is_bot":false,"first_name":"B"}}])"),
                 text_message("@bob"));
}

TEST_CASE("documents") {
    const std::string pdf = document_message("application/pdf", "X.PDF");
    const std::string plain = document_message("text/plain", "noext");
    CHECK_FILTER(pdf_document, pdf, plain);
    CHECK_FILTER((document_of<"image/png", "text/plain">), plain, pdf);
    CHECK_FILTER(application_document, pdf, plain);
    CHECK_FILTER(text_document, plain, pdf);
    CHECK_FILTER(audio_document, document_message("audio/flac", "a"), pdf);
    CHECK_FILTER(image_document, document_message("image/webp", "a"), pdf);
    CHECK_FILTER(video_document, document_message("video/webm", "a"), pdf);
    CHECK_FILTER(apk_document, document_message("application/vnd.android.package-archive", "a"), pdf);
    CHECK_FILTER(doc_document, document_message("application/msword", "a"), pdf);
    CHECK_FILTER(docx_document,
                 document_message("application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                     "a"), pdf);
    CHECK_FILTER(exe_document, document_message("application/octet-stream", "a"), pdf);
    CHECK_FILTER(gif_document, document_message("image/gif", "a"), pdf);
    CHECK_FILTER(jpg_document, document_message("image/jpeg", "a"), pdf);
    CHECK_FILTER(mp3_document, document_message("audio/mpeg", "a"), pdf);
    CHECK_FILTER(mp4_document, document_message("video/mp4", "a"), pdf);
    CHECK_FILTER(py_document, document_message("text/x-python", "a"), pdf);
    CHECK_FILTER(svg_document, document_message("image/svg+xml", "a"), pdf);
    CHECK_FILTER(targz_document, document_message("application/x-compressed-tar", "a"), pdf);
    CHECK_FILTER(txt_document, plain, pdf);
    CHECK_FILTER(wav_document, document_message("audio/x-wav", "a"), pdf);
    CHECK_FILTER(xml_document, document_message("text/xml", "a"), pdf);
    CHECK_FILTER(zip_document, document_message("application/zip", "a"), pdf);
    CHECK_FILTER(document_extension<"pdf">, pdf, plain);
    CHECK_FILTER(document_extension<"tar.gz">, document_message("a/b", "x.tar.gz"), document_message("a/b", "x.gz"));
    CHECK_FILTER(document_exact_extension<"PDF">, pdf, document_message("application/pdf", "x.pdf"));
    CHECK_FILTER(document_without_extension, plain, pdf);
    CHECK_FALSE(takes(document_extension<"pdf">, said(R"("document":{"file_id":"F","file_unique_id":"U"})")));
    CHECK_FALSE(takes(application_document, a_text));
}

TEST_CASE("stickers, dice, payments") {
    const std::string still = sticker_message("false", "false");
    const std::string moving = sticker_message("true", "false");
    const std::string film = sticker_message("false", "true");
    CHECK_FILTER(static_sticker, still, moving);
    CHECK_FILTER(animated_sticker, moving, film);
    CHECK_FILTER(video_sticker, film, still);
    CHECK_FILTER(premium_sticker,
                 sticker_message("true", "false", R"(,"premium_animation":{"file_id":"F",)"
                     R"("file_unique_id":"U"})"), moving);
    CHECK_FILTER(dice_of<dice_kind::dice>, dice_message("🎲", 3), dice_message("🎯", 3));
    CHECK_FILTER((dice_of<dice_kind::dice, 1, 2>), dice_message("🎲", 2), dice_message("🎲", 3));
    CHECK_FILTER((dice_of<dice_kind::darts, 6>), dice_message("🎯", 6), dice_message("🎯", 5));
    CHECK_FILTER(dice_of<dice_kind::basketball>, dice_message("🏀", 5), dice_message("⚽", 5));
    CHECK_FILTER(dice_of<dice_kind::football>, dice_message("⚽", 5), dice_message("🎳", 5));
    CHECK_FILTER(dice_of<dice_kind::bowling>, dice_message("🎳", 5), dice_message("🎰", 5));
    CHECK_FILTER((dice_of<dice_kind::slot_machine, 64>), dice_message("🎰", 64), dice_message("🎰", 6));
    CHECK_FILTER(dice_value<4>, dice_message("🎯", 4), dice_message("🎯", 14));
    const auto paid = [](std::string_view payload) {
        return said(R"("successful_payment":{"currency":"EUR","total_amount":100,)"
            R"("telegram_payment_charge_id":"a","provider_payment_charge_id":"b","invoice_payload":")" +
                    std::string(payload) + R"("})");
    };
    CHECK_FILTER((payment_for<"book", "film">), paid("film"), paid("films"));
}

TEST_CASE("kinds of messages") {
    const auto of = [](std::string_view kind) {
        return update_of(kind, R"("message_id":5,"date":1,)"
            R"("text":"x",)" + std::string(bob) + "," + std::string(in_super));
    };
    CHECK_FILTER(any_message, of("guest_message"), update_of("poll", R"("id":"1")"));
    CHECK_FILTER(new_or_edited_message, of("edited_message"), of("channel_post"));
    CHECK_FILTER(channel_posts, of("edited_channel_post"), of("message"));
    CHECK_FILTER(business_messages, of("business_message"), of("message"));
    CHECK_FILTER(edited, of("edited_business_message"), of("message"));
    CHECK_FILTER(attachment, dice_message("🎯", 4), a_text);
    CHECK_FILTER(chat_created, said(R"("group_chat_created":true)"), a_text);
    CHECK_FILTER(chat_migrated, said(R"("migrate_to_chat_id":-100)"), a_text);
    CHECK_FILTER(chat_migrated, said(R"("migrate_from_chat_id":-4)"), a_text);
    CHECK_FILTER(service_message, said(R"("left_chat_member":{"id":5,"is_bot":false,)"
        R"("first_name":"A"})"), a_text);
    CHECK_FILTER(any_boost, update_of("removed_chat_boost", in_super), a_text);
    CHECK_FILTER(any_reaction, update_of("message_reaction_count", in_super), a_text);
}

TEST_CASE("queries, results, payloads, games") {
    const auto asked = [](std::string_view words, std::string_view more = "") {
        return update_of("inline_query", R"("id":"1","offset":"","query":")" + std::string(words) + "\"," +
                                             std::string(anna) + std::string(more));
    };
    CHECK_FILTER(inline_query_text<"ab.*">, asked("abc"), asked("xab"));
    CHECK_FILTER(inline_query_text<"">, asked(""), asked("a"));
    CHECK_FALSE(takes(inline_query_text<".*">, a_text));
    CHECK_FILTER((inline_query_in<"sender", "group">), asked("", R"(,"chat_type":"group")"),
                 asked("", R"(,"chat_type":"channel")"));
    CHECK_FALSE(takes(inline_query_in<"sender">, asked("")));
    const auto chosen = [](std::string_view id) {
        return update_of("chosen_inline_result", R"("query":"",)"
            R"("result_id":")" + std::string(id) + "\"," + std::string(anna));
    };
    CHECK_FILTER(chosen_result<"r[0-9]+">, chosen("r1"), chosen("z1"));
    const auto checkout = [](std::string_view payload) {
        return update_of("pre_checkout_query", R"("id":"1","currency":"EUR","total_amount":5,)"
            R"("invoice_payload":")" +
                                                   std::string(payload) + "\"," + std::string(anna));
    };
    CHECK_FILTER(invoice_payload<"Cu.*">, checkout("Custom"), checkout("other"));
    CHECK_FILTER(game_button<"ga.*">,
                 update_of("callback_query", R"("id":"1","chat_instance":"1","inline_message_id":"A",)"
                     R"("game_short_name":"game",)" + std::string(anna)),
                 update_of("callback_query", R"("id":"1","chat_instance":"1","inline_message_id":"A",)"
                     R"("data":"game",)" + std::string(anna)));
}

TEST_CASE("members and reactions") {
    const std::string left = R"("status":"left")", member = R"("status":"member")",
                      kicked = R"("status":"kicked","until_date":0)",
                      inside = R"("status":"restricted","is_member":true)",
                      outside = R"("status":"restricted","is_member":false)";
    const auto own = [](const std::string& before, const std::string& after) {
        return status_update("my_chat_member", before, after);
    };
    CHECK_FILTER(member_joined, own(left, member), own(member, left));
    CHECK_FILTER(member_joined, own(left, inside), own(outside, inside));
    CHECK_FILTER(member_joined, own(outside, member), own(outside, kicked));
    CHECK_FILTER(member_left, own(inside, kicked), own(outside, kicked));
    CHECK_FILTER(member_left, own(member, outside), own(inside, outside));
    CHECK_FALSE(takes(member_left, own(inside, member)));
    CHECK_FILTER((member_became<member_status::left, member_status::member>), own(left, member), own(kicked, member));
    CHECK_FILTER(chat_member && member_joined, status_update("chat_member", left, member), own(left, member));
    const auto reacted = [](std::string_view before, std::string_view after) {
        return update_of("message_reaction",
                         std::string(in_super) + R"(,"message_id":1,"date":1,"user":{"id":5,)"
                             R"("is_bot":false,"first_name":"A"},"old_reaction":[)" +
                             std::string(before) + R"(],"new_reaction":[)" + std::string(after) + "]");
    };
    const std::string thumb = R"({"type":"emoji","emoji":"👍"})", heart = R"({"type":"emoji","emoji":"❤"})",
                      star = R"({"type":"paid"})";
    CHECK_FILTER(reaction_added<"👍">, reacted(heart, heart + "," + thumb), reacted(thumb, thumb));
    CHECK_FILTER((reaction_added<"👍", "paid">), reacted("", heart + "," + star), reacted(star, ""));
    CHECK_FILTER(reaction_removed<"👍">, reacted(thumb, heart), reacted("", thumb));
}

TEST_CASE("what is malformed is not matched, and nothing throws") {
    for (const std::string& broken :
         {said(R"("dice":{"emoji":"🎲"})"), said(R"("sticker":{"file_id":"F"})"),
             said(R"("document":{"mime_type":7})"),
          said(R"("text":"x","forward_origin":{"type":"channel"})"), said(R"("text":"x","forward_origin":5)"),
          said(R"("text":"@a","entities":[{"type":"mention"}])"), said(R"("text":"@a",)"
              R"("entities":[{"type":"mention","offset":900,"length":-4}])"),
          update_of("my_chat_member", std::string(anna) + "," + std::string(in_super) + R"(,"date":1,)"
              R"("old_chat_member":{})"),
          update_of("message_reaction", std::string(anna) + "," + std::string(in_super) +
              R"(,"new_reaction":[{}])")}) {
        CAPTURE(broken);
        CHECK_FALSE(takes(dice_value<2>, broken));
        CHECK_FALSE(takes(static_sticker, broken));
        CHECK_FALSE(takes(pdf_document, broken));
        CHECK_FALSE(takes(forwarded_from<1>, broken));
        CHECK_FALSE(takes(mention<"a">, broken));
        CHECK_FALSE(takes(member_joined, broken));
        CHECK_FALSE(takes(reaction_added<"x">, broken));
    }
}

// ---- what the compiler knows of them ----

static_assert(implies(pdf_document, document) && implies(pdf_document, application_document));
static_assert(!satisfiable(pdf_document && image_document));
static_assert(!satisfiable(pdf_document && photo));
static_assert(satisfiable(pdf_document && document_extension<"txt">));
static_assert(!satisfiable(document_extension<"pdf"> && document_extension<"zip">));
static_assert(implies(document_exact_extension<"PDF">, document_extension<"pdf">));
static_assert(!satisfiable(document_without_extension && document_extension<"pdf">));
static_assert(!satisfiable(from_user<1> && from_user<2>));
static_assert(satisfiable(from_user<1> && from_user<"anna">));
static_assert(implies(from_user<1>, from_user<>) && implies(from_user<1>, from_user<1, 2>));
static_assert(satisfiable(filters::text && !from_user<>));
static_assert(equivalent(filters::sticker, static_sticker || animated_sticker || video_sticker));
static_assert(implies(premium_sticker, filters::sticker));
static_assert(implies(dice_of<dice_kind::darts, 4>, dice_value<4>) && implies(dice_value<4>, filters::dice));
static_assert(!satisfiable(dice_of<dice_kind::darts, 3> && dice_value<4>));
/// No die shows more than it can.
template <dice_kind Kind, std::int64_t Value>
concept shows = requires { dice_of<Kind, Value>; };
static_assert(shows<dice_kind::darts, 6> && !shows<dice_kind::darts, 7> && !shows<dice_kind::darts, 0>);
static_assert(shows<dice_kind::football, 5> && !shows<dice_kind::football, 6>);
static_assert(shows<dice_kind::slot_machine, 64> && !shows<dice_kind::slot_machine, 65>);

static_assert(!satisfiable(member_joined && member_left));
static_assert(implies(member_joined, my_chat_member || chat_member));
static_assert(implies(started_with<"abc">, command<"start">));
static_assert(!satisfiable(started_with<"abc"> && argument_count<2>));
static_assert(implies(started_with<"abc">, with_arguments && argument_count<1>));
static_assert(!satisfiable(started_with<"abc"> && started_with<"abcd">));
static_assert(implies(text_is<"Yes">, regex<"es$">) && !satisfiable(text_is<"Yes"> && text_is<"No">));
static_assert(implies(prefix_command<"!", "ping">, filters::text));
static_assert(!satisfiable(prefix_command<"!", "ping"> && prefix_command<"!", "pong">));
static_assert(implies(payment_for<"a">, successful_payment) && implies(payment_for<"a">, service_message));
static_assert(!satisfiable(inline_query_text<"ab.*"> && inline_query_text<"b.*">));
static_assert(implies(inline_query_text<"ab.*">, inline_query));
static_assert(!satisfiable(game_button<"a"> && callback<"a">) && implies(game_button<"a">, callback<>));
static_assert(!satisfiable(chat_migrated && filters::text));
static_assert(satisfiable(has_media_spoiler) && !satisfiable(has_media_spoiler && filters::text));
static_assert(implies(mention<"a">, filters::text));
static_assert(!implies(reaction_added<"👍">, reaction_added<"❤">) && implies(reaction_added<"👍">, message_reaction));

TEST_CASE("filters in words") {
    CHECK(filter_text(pdf_document) == "document type application/pdf");
    CHECK(filter_text(from_user<1001, "anna">) == "user 1001|anna");
    CHECK(filter_text(text_is<"Yes", "No">) == "text \"Yes\" or \"No\"");
    CHECK(filter_text(filters::text && from_premium_user) == "text from a premium user");
    CHECK(filter_text(inline_query_text<"ab.*">) == "query matching ab.*");
    CHECK(filter_text(dice_of<dice_kind::darts, 6>) == "dice 🎯6");
}
