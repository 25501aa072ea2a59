// Says of each update which filters take it and whose it is; the oracle's update_matrix_bot describes the
// same bot in python-telegram-bot (PTB). The names are PTB's. PTB's filters look at messages only, so
// those of users and chats stand behind `any_message` here.
#include <banter/banter.hpp>

#include <boost/json/serialize.hpp>

#include <string>
#include <string_view>

using namespace banter;

namespace {

constexpr std::int64_t out = 1001004;
constexpr std::int64_t alice = 1001001, bob = 1001002, group = -4100200300;

/// A filter under the name by which the report lists it.
template <fixed_string Name, filter F>
struct named_filter {
    static void write(const incoming& update, std::string& to) {
        if (!detail::fits<F>(update)) return;
        if (!to.empty()) to += ' ';
        to.append(Name.view()).append(";");
    }
};
template <fixed_string Name>
constexpr auto named(filter auto chosen) {
    return named_filter<Name, decltype(chosen)>();
}

template <class... Named>
void write_all(const incoming& update, std::string& to, Named...) {
    (Named::write(update, to), ...);
}

void write_plain_filters(const incoming& update, std::string& to) {
    write_all(
        update, to, named<"F:ALL">(any_message), named<"F:ANIMATION">(animation),
        named<"F:ATTACHMENT">(attachment), named<"F:AUDIO">(audio), named<"F:CAPTION">(caption),
        named<"F:COMMAND">(command<>), named<"F:CONTACT">(contact),
        named<"F:FORUM">(any_message && in_forum), named<"F:FORWARDED">(forwarded_from<>),
        named<"F:GAME">(game), named<"F:HAS_MEDIA_SPOILER">(has_media_spoiler),
        named<"F:HAS_PROTECTED_CONTENT">(has_protected_content), named<"F:INVOICE">(invoice),
        named<"F:IS_AUTOMATIC_FORWARD">(is_automatic_forward),
        named<"F:IS_FROM_OFFLINE">(is_from_offline), named<"F:IS_TOPIC_MESSAGE">(is_topic_message),
        named<"F:LOCATION">(location), named<"F:PAID_MEDIA">(paid_media),
        named<"F:PASSPORT_DATA">(passport_data), named<"F:PHOTO">(photo),
        named<"F:POLL">(poll_message), named<"F:PREMIUM_USER">(any_message && from_premium_user),
        named<"F:REPLY">(is_reply), named<"F:STORY">(story),
        named<"F:SUCCESSFUL_PAYMENT">(successful_payment), named<"F:TEXT">(filters::text),
        named<"F:USER">(any_message && from_user<>),
        named<"F:USER_ATTACHMENT">(any_message && from_menu_user), named<"F:VENUE">(venue),
        named<"F:VIA_BOT">(via_bot<>), named<"F:VIDEO">(video), named<"F:VIDEO_NOTE">(video_note),
        named<"F:VOICE">(voice), named<"F:EFFECT_ID">(has_effect));
    write_all(update, to, named<"F:UpdateType.CHANNEL_POST">(channel_post),
              named<"F:UpdateType.CHANNEL_POSTS">(channel_posts),
              named<"F:UpdateType.EDITED">(edited),
              named<"F:UpdateType.EDITED_CHANNEL_POST">(edited_channel_post),
              named<"F:UpdateType.EDITED_MESSAGE">(edited_message),
              named<"F:UpdateType.MESSAGE">(message),
              named<"F:UpdateType.MESSAGES">(new_or_edited_message),
              named<"F:UpdateType.BUSINESS_MESSAGE">(business_message),
              named<"F:UpdateType.EDITED_BUSINESS_MESSAGE">(edited_business_message),
              named<"F:UpdateType.BUSINESS_MESSAGES">(business_messages));
}

void write_content_filters(const incoming& update, std::string& to) {
    write_all(update, to, named<"F:Document.ALL">(document),
              named<"F:Document.APPLICATION">(application_document),
              named<"F:Document.AUDIO">(audio_document), named<"F:Document.IMAGE">(image_document),
              named<"F:Document.VIDEO">(video_document), named<"F:Document.TEXT">(text_document),
              named<"F:Document.PDF">(pdf_document), named<"F:Document.JPG">(jpg_document),
              named<"F:Document.MP4">(mp4_document), named<"F:Document.GIF">(gif_document),
              named<"F:Document.TXT">(txt_document), named<"F:Document.ZIP">(zip_document),
              named<"F:Document.PY">(py_document));
    constexpr auto any_status = service_message && !invoice && !successful_payment && !passport_data &&
                                !giveaway && !giveaway_winners;
    write_all(update, to, named<"F:StatusUpdate.ALL">(any_status),
              named<"F:StatusUpdate.CHAT_CREATED">(chat_created),
              named<"F:StatusUpdate.CONNECTED_WEBSITE">(connected_website),
              named<"F:StatusUpdate.DELETE_CHAT_PHOTO">(chat_photo_deleted),
              named<"F:StatusUpdate.FORUM_TOPIC_CREATED">(forum_topic_created),
              named<"F:StatusUpdate.LEFT_CHAT_MEMBER">(left_chat_member),
              named<"F:StatusUpdate.MESSAGE_AUTO_DELETE_TIMER_CHANGED">(message_auto_delete_timer_changed),
              named<"F:StatusUpdate.MIGRATE">(chat_migrated),
              named<"F:StatusUpdate.NEW_CHAT_MEMBERS">(new_chat_members),
              named<"F:StatusUpdate.NEW_CHAT_PHOTO">(new_chat_photo),
              named<"F:StatusUpdate.NEW_CHAT_TITLE">(new_chat_title),
              named<"F:StatusUpdate.PINNED_MESSAGE">(pinned_message),
              named<"F:StatusUpdate.PROXIMITY_ALERT_TRIGGERED">(proximity_alert_triggered),
              named<"F:StatusUpdate.REFUNDED_PAYMENT">(refunded_payment),
              named<"F:StatusUpdate.USERS_SHARED">(users_shared),
              named<"F:StatusUpdate.CHAT_SHARED">(chat_shared),
              named<"F:StatusUpdate.VIDEO_CHAT_STARTED">(video_chat_started),
              named<"F:StatusUpdate.VIDEO_CHAT_ENDED">(video_chat_ended),
              named<"F:StatusUpdate.WEB_APP_DATA">(web_app_data),
              named<"F:StatusUpdate.WRITE_ACCESS_ALLOWED">(write_access_allowed));
    write_all(update, to, named<"F:Sticker.ALL">(sticker),
              named<"F:Sticker.ANIMATED">(animated_sticker),
              named<"F:Sticker.STATIC">(static_sticker), named<"F:Sticker.VIDEO">(video_sticker),
              named<"F:Sticker.PREMIUM">(premium_sticker));
    write_all(update, to, named<"F:ChatType.CHANNEL">(any_message && channel_chat),
              named<"F:ChatType.GROUP">(any_message && group_chat),
              named<"F:ChatType.GROUPS">(any_message && group_chats),
              named<"F:ChatType.PRIVATE">(any_message && private_chat),
              named<"F:ChatType.SUPERGROUP">(any_message && supergroup_chat),
              named<"F:Dice.ALL">(dice), named<"F:Dice.DARTS">(dice_of<dice_kind::darts>),
              named<"F:Dice.DICE">(dice_of<dice_kind::dice>), named<"F:SenderChat.ALL">(sent_as<>),
              named<"F:SenderChat.SUPER_GROUP">(sent_as_supergroup),
              named<"F:SenderChat.CHANNEL">(sent_as_channel));
}

void write_value_filters(const incoming& update, std::string& to) {
    write_all(update, to, named<"F:Dice(4)">(dice_value<4>),
              named<"F:Dice.DICE([1,2])">(dice_of<dice_kind::dice, 1, 2>),
              named<"F:Text(exact)">(text_is<"exact words">),
              named<"F:Caption(exact)">(caption_is<"exact words">),
              named<"F:Regex(^ab+)">(regex<"^ab+">), named<"F:Regex(middle)">(regex<"middle">),
              named<"F:Regex(i)">(regex<"(?i)^case$">), named<"F:CaptionRegex">(caption_regex<"cap">),
              named<"F:Command(False)">(entity<entity_kind::bot_command>),
              named<"F:Entity(url)">(entity<entity_kind::url>),
              named<"F:Entity(mention)">(entity<entity_kind::mention>),
              named<"F:CaptionEntity(hashtag)">(caption_entity<entity_kind::hashtag>),
              named<"F:Chat(grp)">(any_message && in_chat<group>),
              named<"F:Chat(@super)">(any_message && in_chat<"@super_tests">),
              named<"F:Chat(empty)">(any_message), named<"F:User(alice)">(any_message && from_user<alice>),
              named<"F:User(@carol)">(any_message && from_user<"carol_tests">),
              named<"F:User(both)">(any_message && from_user<alice, bob>),
              named<"F:SenderChat(chan)">(sent_as<-1001700800901>),
              named<"F:ViaBot(self)">(via_bot<123456>),
              named<"F:Language(en)">(any_message && language<"en">),
              named<"F:Language(d)">(any_message && language<"d", "ru">),
              named<"F:ForwardedFrom(carol)">(forwarded_from<1001003>),
              named<"F:Mention(alice)">(mention<"@alice_tests">),
              named<"F:SuccessfulPayment(P)">(payment_for<"Custom-Payload">),
              named<"F:Document.FileExtension(pdf)">(document_extension<"pdf">),
              named<"F:Document.FileExtension(PDF)">(document_exact_extension<"PDF">),
              named<"F:Document.FileExtension(None)">(document_without_extension),
              named<"F:Document.MimeType(png)">(document_of<"image/png">),
              named<"F:Document.Category(text/)">(document_category<"text/">));
    write_all(update, to, named<"F:NOT(TEXT)">(any_message && !filters::text),
              named<"F:AND">(filters::text && private_chat), named<"F:OR">(photo || video),
              named<"F:XOR">(any_message && (filters::text ^ group_chats)),
              named<"F:TEXT&~COMMAND">(filters::text && !command<>),
              named<"F:NOT(UpdateType.EDITED)">(any_message && !edited),
              named<"F:Sticker.ALL|Dice">(sticker || dice));
}

void write_handlers(const incoming& update, std::string& to) {
    constexpr auto start = new_or_edited_message && command<"start">;
    constexpr auto start_anywhere = any_message && command<"start">;
    constexpr auto own_or_other = my_chat_member || chat_member;
    write_all(update, to, named<"H:cmd(start)">(start),
              named<"H:cmd(start,help)">(start || (new_or_edited_message && command<"help">)),
              named<"H:cmd(has_args)">(start && with_arguments),
              named<"H:cmd(no_args)">(start && !with_arguments),
              named<"H:cmd(2args)">(start && argument_count<2>),
              named<"H:cmd(private)">(start_anywhere && private_chat),
              named<"H:cmd(regex)">(start_anywhere && regex<"deep">),
              named<"H:cmd(any update)">(start_anywhere),
              named<"H:prefix(!,ping)">(new_or_edited_message && prefix_command<"!", "ping">),
              named<"H:prefix(!#,ping pong)">(new_or_edited_message &&
                                              (prefix_command<"!", "ping", "pong"> ||
                                               prefix_command<"#", "ping", "pong">)),
              named<"H:msg(ALL)">(any_message), named<"H:msg(None)">(any_message),
              named<"H:msg(MESSAGE)">(message));
    write_all(update, to, named<"H:cbq">(callback<>), named<"H:cbq(^a)">(callback<"(?s)a.*">),
              named<"H:cbq(b$)">(callback<"b\n?">), named<"H:cbq(fn)">(callback<"fn">),
              named<"H:cbq(game)">(game_button<"(?s)ga.*">),
              named<"H:cbq(both)">(callback<"(?s)a.*"> || game_button<"(?s)ga.*">),
              named<"H:inline">(inline_query), named<"H:inline(^ab)">(inline_query_text<"(?s)ab.*">),
              named<"H:inline(private)">(inline_query_in<"sender">),
              named<"H:chosen">(chosen_inline_result), named<"H:chosen(^r)">(chosen_result<"(?s)r.*">),
              named<"H:shipping">(shipping_query), named<"H:precheckout">(pre_checkout_query),
              named<"H:precheckout(^Cu)">(pre_checkout_query && invoice_payload<"(?s)Cu.*">),
              named<"H:poll">(poll_update), named<"H:pollanswer">(poll_answer));
    write_all(update, to, named<"H:cm(my)">(my_chat_member), named<"H:cm(other)">(chat_member),
              named<"H:cm(any)">(own_or_other), named<"H:cm(default)">(my_chat_member),
              named<"H:cm(grp)">(own_or_other && in_chat<group>), named<"H:join">(chat_join_request),
              named<"H:join(sup)">(chat_join_request && in_chat<-1001500600701>),
              named<"H:join(@alice)">(chat_join_request && from_user<"alice_tests">),
              named<"H:reaction">(any_reaction), named<"H:reaction(grp)">(any_reaction && in_chat<group>),
              named<"H:reaction(count)">(message_reaction_count),
              named<"H:bizconn">(business_connection), named<"H:bizdel">(deleted_business_messages),
              named<"H:boost">(chat_boost), named<"H:type(Update)">(any_update));
}

/// Whoever speaks for an update: the chat on whose behalf it was sent, else the user.
std::int64_t sender_of(const incoming& update) {
    if (const auto vote = update.update().poll_answer(); vote && vote.voter_chat())
        return vote.voter_chat().id();
    if (const auto reaction = update.update().message_reaction(); reaction && reaction.actor_chat())
        return reaction.actor_chat().id();
    return update.head().sender_id();
}

}  // namespace

struct matrix {
    static std::string report(const incoming& update) {
        std::string said;
        write_plain_filters(update, said);
        write_content_filters(update, said);
        write_value_filters(update, said);
        write_handlers(update, said);
        const telegram::envelope& head = update.head();
        const bool pressed = head.kind == update_kind::callback_query && head.message_id != 0;
        return concat(said, " U:", head.user_id, "; C:", head.chat_id, "; S:", sender_of(update),
                      "; M:", is_message_kind(head.kind) || pressed ? 1 : 0, ';');
    }

    static task<void> tell(bot& api, telegram::update seen) {
        incoming update;
        update.set_bot_username(api.me().username);
        update.read(boost::json::serialize(*seen.json()));
        const std::string said = report(update);
        co_await api(send_message{.chat_id = out, .text = said});
        co_return;
    }
    /// Kinds of updates that are not known yet reach the error handlers.
    static task<void> unknown(bot& api, const failure& what) {
        if (what.where == failure::stage::decoding)
            co_await api(send_message{.chat_id = out, .text = "H:type(Update); U:0; C:0; S:0; M:0;"});
        co_return;
    }

    static constexpr auto flow() { return handlers(on(any_update, tell), on_error(unknown)); }
};

int main() { return run<matrix>(); }
