// Bodies of testkit/world.hpp: edits, queries, chats and everything else that a bot calls.
#pragma once

#include <banter/testkit/impl/world_state.ipp>


namespace banter::testkit {

BANTER_COLD_DECL world::state::method_body world::state::find_body(std::string_view name) {
    using s = state;
    static constexpr std::pair<std::string_view, method_body> bodies[] = {
        {"getMe", &s::get_me},
        {"sendMessage", &s::send_message},
        {"sendPhoto", &s::send_media},
        {"sendLivePhoto", &s::send_media},
        {"sendAudio", &s::send_media},
        {"sendDocument", &s::send_media},
        {"sendVideo", &s::send_media},
        {"sendAnimation", &s::send_media},
        {"sendVoice", &s::send_media},
        {"sendVideoNote", &s::send_media},
        {"sendSticker", &s::send_media},
        {"sendMediaGroup", &s::send_media_group},
        {"sendPaidMedia", &s::send_paid_media},
        {"sendLocation", &s::send_fields},
        {"sendVenue", &s::send_fields},
        {"sendContact", &s::send_fields},
        {"sendGame", &s::send_fields},
        {"sendChecklist", &s::send_fields},
        {"sendRichMessage", &s::send_fields},
        {"sendDice", &s::send_dice},
        {"sendPoll", &s::send_poll},
        {"sendInvoice", &s::send_invoice},
        {"forwardMessage", &s::forward_message},
        {"copyMessage", &s::copy_message},
        {"forwardMessages", &s::forward_messages},
        {"copyMessages", &s::forward_messages},
        {"editMessageText", &s::edit_message},
        {"editMessageCaption", &s::edit_message},
        {"editMessageMedia", &s::edit_message},
        {"editMessageReplyMarkup", &s::edit_message},
        {"editMessageLiveLocation", &s::edit_message},
        {"stopMessageLiveLocation", &s::edit_message},
        {"editMessageChecklist", &s::edit_message},
        {"setGameScore", &s::edit_message},
        {"stopPoll", &s::stop_poll},
        {"deleteMessage", &s::delete_message},
        {"deleteMessages", &s::delete_messages},
        {"answerCallbackQuery", &s::answer_query},
        {"answerPreCheckoutQuery", &s::answer_query},
        {"answerShippingQuery", &s::answer_query},
        {"answerInlineQuery", &s::answer_inline_query},
        {"getFile", &s::get_file},
        {"getChat", &s::get_chat},
        {"getChatMember", &s::get_chat_member},
        {"getChatAdministrators", &s::get_chat_administrators},
        {"getChatMemberCount", &s::get_chat_member_count},
        {"banChatMember", &s::change_member},
        {"unbanChatMember", &s::change_member},
        {"restrictChatMember", &s::change_member},
        {"promoteChatMember", &s::change_member},
        {"leaveChat", &s::change_member},
        {"createForumTopic", &s::create_topic},
        {"pinChatMessage", &s::pin_message},
        {"setMessageReaction", &s::set_reaction},
        {"setChatTitle", &s::set_chat_text},
        {"setMyCommands", &s::set_setting},
        {"deleteMyCommands", &s::set_setting},
        {"getMyCommands", &s::get_setting},
        {"setMyName", &s::set_setting},
        {"getMyName", &s::get_setting},
        {"setMyDescription", &s::set_setting},
        {"getMyDescription", &s::get_setting},
        {"setMyShortDescription", &s::set_setting},
        {"getMyShortDescription", &s::get_setting},
        {"setChatMenuButton", &s::set_setting},
        {"getChatMenuButton", &s::get_setting},
        {"setMyDefaultAdministratorRights", &s::set_setting},
        {"getMyDefaultAdministratorRights", &s::get_setting},
        {"setWebhook", &s::set_webhook},
        {"deleteWebhook", &s::set_webhook},
        {"getWebhookInfo", &s::get_webhook_info}};
    for (const auto& [known, body] : bodies)
        if (known == name) return body;
    return nullptr;
}

BANTER_COLD_DECL boost::json::value world::state::generic(call_input& in) {
    object known = in.params;
    known["@now"] = unix_time();
    known["@user"] = bot_user();
    const auto user_id = in.number("user_id");
    if (users.contains(user_id)) known["@user"] = users[user_id];
    if (in.find("chat_id") != nullptr) known["@chat"] = target_chat(in).chat;
    const auto type = in.spec.results.front();
    if (type == "Boolean") return true;
    if (type == "String") {
        const auto n = std::to_string(next_number++);
        if (in.spec.name.ends_with("Token")) return value(n + ":token-of-another-bot");
        return value("https://t.me/" + std::string(in.spec.name == "createInvoiceLink" ? "$" : "+") +
                     "link" + n);
    }
    return detail::sample_of(type, known, next_number);
}

BANTER_COLD_DECL boost::json::value world::state::get_me(call_input&) { return bot; }

// Edits.

BANTER_COLD_DECL boost::json::value world::state::finish_edit(const call_input& in, stored_message& m,
                                                              object fresh) {
    const auto* markup = in.find("reply_markup");
    fresh.erase("reply_markup");
    if (markup != nullptr && markup->is_object()) {
        const auto* rows = markup->get_object().if_contains("inline_keyboard");
        if (rows != nullptr && rows->is_array() && !rows->get_array().empty())
            fresh["reply_markup"] = *markup;
    }
    object before = m.message, after = fresh;
    before.erase("edit_date");
    after.erase("edit_date");
    if (before == after && in.spec.name != "stopMessageLiveLocation")
        detail::bad_request("message is not modified: specified new message content and reply "
                            "markup are exactly the same as a current content and reply markup of "
                            "the message");
    fresh["edit_date"] = unix_time();
    m.message = std::move(fresh);
    m.touched = next_touch++;
    return m.message;
}

BANTER_COLD_DECL boost::json::value world::state::edit_message(call_input& in) {
    const auto method = in.spec.name;
    if (in.find("inline_message_id") != nullptr) return true;
    if (method == "setGameScore" && in.find("message_id") == nullptr) return true;
    for (const char* name : {"chat_id", "message_id"})
        if (in.find(name) == nullptr) detail::bad_request(detail::missing_sentence(name));
    auto& m = target_message(in, "edit");
    if (method == "setGameScore") return m.message;
    if (!m.by_bot) detail::bad_request("message can't be edited");
    object fresh = m.message;
    const auto take = [&fresh](const object& fields) {
        for (const auto& [name, v] : fields) fresh[name] = v;
    };
    if (method == "editMessageText") {
        if (!m.message.contains("text") && !m.message.contains("rich_message"))
            detail::bad_request("there is no text in the message to edit");
        for (const char* old : {"text", "entities", "link_preview_options"}) fresh.erase(old);
        auto fields = read_text(in, "text", "entities", 4096, in.params);
        if (fields.at("text").as_string().empty() && in.find("rich_message") == nullptr)
            detail::bad_request("message text is empty");
        if (fields.at("text").as_string().empty()) fields.erase("text");
        if (const auto* v = in.find("link_preview_options")) fields["link_preview_options"] = *v;
        take(fields);
    } else if (method == "editMessageCaption") {
        for (const char* old : {"caption", "caption_entities"}) fresh.erase(old);
        take(caption_fields(in, in.params));
    } else if (method == "editMessageMedia") {
        const auto& media = in.params.at("media").as_object();
        for (const char* old : {"photo", "video", "audio", "document", "animation", "caption",
                                "caption_entities", "text", "entities"})
            fresh.erase(old);
        take(file_fields(in, detail::text_in(media, "type"), media.if_contains("media"), media));
        take(caption_fields(in, media));
    } else if (method == "editMessageLiveLocation") {
        if (const auto* old = detail::object_in(m.message, "location")) {
            object place = *old;
            place["latitude"] = in.params.at("latitude");
            place["longitude"] = in.params.at("longitude");
            fresh["location"] = std::move(place);
        }
    } else if (method == "editMessageChecklist") {
        fresh["checklist"] = in.params.at("checklist");
    }
    return finish_edit(in, m, std::move(fresh));
}

BANTER_COLD_DECL boost::json::value world::state::stop_poll(call_input& in) {
    auto& m = target_message(in, "stop poll");
    auto* poll = m.message.if_contains("poll");
    if (poll == nullptr) detail::bad_request("message with poll to stop not found");
    auto& o = poll->as_object();
    if (o.at("is_closed").as_bool()) detail::bad_request("poll has already been closed");
    o["is_closed"] = true;
    m.touched = next_touch++;
    queue("poll", o);
    return o;
}

BANTER_COLD_DECL boost::json::value world::state::delete_message(call_input& in) {
    auto& c = target_chat(in);
    if (c.messages.erase(in.number("message_id")) == 0)
        detail::bad_request("message to delete not found");
    return true;
}

BANTER_COLD_DECL boost::json::value world::state::delete_messages(call_input& in) {
    auto& c = target_chat(in);
    for (const auto& id : in.params.at("message_ids").as_array()) c.messages.erase(id.as_int64());
    return true;
}

// Queries.

BANTER_COLD_DECL detail::stored_query& world::state::target_query(const call_input& in,
                                                                  std::string_view name) {
    auto* const found = detail::find_by_id(queries, in.text(name));
    if (found == nullptr)
        detail::bad_request("query is too old and response timeout expired or query ID is invalid");
    return *found;
}

BANTER_COLD_DECL boost::json::value world::state::answer_query(call_input& in) {
    const bool callback = in.spec.name == "answerCallbackQuery";
    const bool shipping = in.spec.name == "answerShippingQuery";
    auto& q = target_query(in, callback   ? "callback_query_id"
                               : shipping ? "shipping_query_id"
                                          : "pre_checkout_query_id");
    if (callback && utf16_length(in.text("text")) > 200) detail::bad_request("MESSAGE_TOO_LONG");
    if (!callback && !in.flag("ok") && in.text("error_message").empty())
        detail::bad_request("error message is empty");
    if (shipping && in.flag("ok") && in.find("shipping_options") == nullptr)
        detail::bad_request("shipping options are empty");
    q.answer = in.params;
    q.answered = true;
    return true;
}

BANTER_COLD_DECL boost::json::value world::state::answer_inline_query(call_input& in) {
    auto& q = target_query(in, "inline_query_id");
    const auto& results = in.params.at("results").as_array();
    if (results.size() > 50) detail::bad_request("RESULTS_TOO_MUCH");
    object ids;
    for (const auto& r : results) {
        const auto id = detail::text_in(r.as_object(), "id");
        if (id.empty() || id.size() > 64) detail::bad_request("RESULT_ID_INVALID");
        if (ids.contains(id)) detail::bad_request("RESULT_ID_DUPLICATE");
        ids[id] = true;
    }
    q.answer = in.params;
    q.answered = true;
    return true;
}

// Files and chats.

BANTER_COLD_DECL boost::json::value world::state::get_file(call_input& in) {
    const auto* const found = detail::find_by_id(files, in.text("file_id"));
    if (found == nullptr) detail::bad_request("invalid file_id");
    const auto& f = *found;
    if (f.bytes.size() > 20U * 1024 * 1024) detail::bad_request("file is too big");
    object o;
    o["file_id"] = f.id;
    o["file_unique_id"] = f.unique;
    o["file_size"] = f.bytes.size();
    o["file_path"] = f.path;
    return o;
}

BANTER_COLD_DECL boost::json::value world::state::get_chat(call_input& in) {
    auto& c = target_chat(in);
    object known = c.chat;
    known["@now"] = unix_time();
    if (c.pinned != 0)
        if (const auto found = c.messages.find(c.pinned); found != c.messages.end())
            known["pinned_message"] = found->second.message;
    return detail::sample_of("ChatFullInfo", known, next_number);
}

BANTER_COLD_DECL boost::json::value world::state::get_chat_member(call_input& in) {
    auto& c = target_chat(in);
    const auto who = in.number("user_id");
    if (!users.contains(who)) detail::bad_request("member not found");
    if (detail::text_in(c.chat, "type") == "private") return make_member(users[who], "member");
    return member_of(c, who);
}

BANTER_COLD_DECL boost::json::value world::state::get_chat_administrators(call_input& in) {
    array out;
    for (const auto& [id, member] : target_chat(in).members) {
        const auto status = detail::text_in(member, "status");
        if (status == "creator" || status == "administrator") out.push_back(member);
    }
    return out;
}

BANTER_COLD_DECL boost::json::value world::state::get_chat_member_count(call_input& in) {
    const auto& c = target_chat(in);
    if (detail::text_in(c.chat, "type") == "private") return 2;
    std::int64_t count = 0;
    for (const auto& [id, member] : c.members) {
        const auto status = detail::text_in(member, "status");
        if (status != "left" && status != "kicked") ++count;
    }
    return count;
}

BANTER_COLD_DECL boost::json::value world::state::change_member(call_input& in) {
    auto& c = target_chat(in);
    const auto method = in.spec.name;
    if (method == "leaveChat") {
        c.members[bot_id] = make_member(bot_user(), "left");
        return true;
    }
    const auto who = in.number("user_id");
    if (!users.contains(who)) detail::bad_request("member not found");
    std::string_view status = "member";
    if (method == "banChatMember") status = "kicked";
    if (method == "unbanChatMember") status = "left";
    if (method == "restrictChatMember") status = "restricted";
    if (method == "promoteChatMember") {
        bool any = false;
        for (const auto& right : in.params) any = any || right.value() == true;
        status = any ? "administrator" : "member";
    }
    auto fresh = make_member(users[who], status);
    if (const auto* rights = detail::object_in(in.params, "permissions"))
        for (auto& [name, v] : fresh)
            if (name.starts_with("can_")) v = detail::text_in(*rights, name) == "true";
    if (method == "promoteChatMember")
        for (auto& [name, v] : fresh)
            if (name.starts_with("can_")) v = in.flag(name);
    if (const auto* until = in.find("until_date"); until != nullptr && fresh.contains("until_date"))
        fresh["until_date"] = *until;
    c.members[who] = std::move(fresh);
    return true;
}

BANTER_COLD_DECL boost::json::value world::state::create_topic(call_input& in) {
    auto& c = target_chat(in);
    const auto id = new_message_id(c);
    c.topics.push_back(id);
    object known = in.params;
    known["message_thread_id"] = id;
    if (!known.contains("icon_color")) known["icon_color"] = 7322096;
    return detail::sample_of("ForumTopic", known, next_number);
}

BANTER_COLD_DECL boost::json::value world::state::pin_message(call_input& in) {
    target_message(in, "pin");
    target_chat(in).pinned = in.number("message_id");
    return true;
}

BANTER_COLD_DECL boost::json::value world::state::set_reaction(call_input& in) {
    target_message(in, "react");
    return true;
}

BANTER_COLD_DECL boost::json::value world::state::set_chat_text(call_input& in) {
    auto& c = target_chat(in);
    if (detail::text_in(c.chat, "type") == "private")
        detail::bad_request("can't change title in a private chat");
    c.chat["title"] = in.text("title");
    return true;
}

// What a bot sets and reads back.

namespace detail {

/// One key for setMyCommands, getMyCommands and deleteMyCommands of one scope and language.
inline std::string setting_key(const call_input& in) {
    const auto verb = in.spec.name.starts_with("delete") ? 6U : 3U;
    std::string key(in.spec.name.substr(verb));
    for (const char* part : {"scope", "language_code", "chat_id", "for_channels"}) {
        auto text = in.text(part);
        if (text == "{\"type\":\"default\"}" || text == "false") text.clear();
        key += "/" + text;
    }
    return key;
}

}  // namespace detail

BANTER_COLD_DECL boost::json::value world::state::set_setting(call_input& in) {
    if (in.find("chat_id") != nullptr) target_chat(in);
    if (in.spec.name.starts_with("delete")) settings.erase(detail::setting_key(in));
    else settings[detail::setting_key(in)] = in.params;
    return true;
}

BANTER_COLD_DECL boost::json::value world::state::get_setting(call_input& in) {
    const auto found = settings.find(detail::setting_key(in));
    object known;
    if (found != settings.end()) known = found->value().as_object();
    const auto type = in.spec.results.front();
    for (const char* whole : {"commands", "menu_button", "rights"})
        if (const auto* v = known.if_contains(whole)) return *v;
    if (type == "BotName" && !known.contains("name")) known["name"] = bot.at("first_name");
    if (type.ends_with("Description"))
        for (const char* name : {"description", "short_description"})
            if (!known.contains(name)) known[name] = "";
    return detail::sample_of(type, known, next_number);
}

BANTER_COLD_DECL boost::json::value world::state::set_webhook(call_input& in) {
    const auto url = in.text("url");
    if (in.flag("drop_pending_updates")) updates.clear();
    if (!url.empty() && !url.starts_with("https://") && !url.starts_with("http://127.0.0.1") &&
        !url.starts_with("http://localhost"))
        detail::bad_request("bad webhook: An HTTPS URL must be provided for webhook");
    webhook = url;
    if (const auto* kinds = in.find("allowed_updates")) allowed = kinds->as_array();
    return true;
}

BANTER_COLD_DECL boost::json::value world::state::get_webhook_info(call_input&) {
    object o;
    o["url"] = webhook;
    o["has_custom_certificate"] = false;
    o["pending_update_count"] = updates.size();
    return o;
}

}  // namespace banter::testkit
