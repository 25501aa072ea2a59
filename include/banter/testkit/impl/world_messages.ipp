// Bodies of testkit/world.hpp: the messages that a bot sends, edits, copies and deletes.
#pragma once

#include <banter/testkit/impl/world_state.ipp>


namespace banter::testkit {

// Files.

BANTER_COLD_DECL detail::stored_file& world::state::new_file(std::string_view prefix, std::string bytes,
                                                             std::string name) {
    const auto n = std::to_string(next_number++);
    auto& f = files.emplace_back();
    f.id = "file-" + std::string(prefix) + "-" + n;
    f.unique = "unique-" + n;
    f.path = std::string(prefix) + "s/file_" + n;
    if (const auto dot = name.rfind('.'); dot != std::string::npos) f.path += name.substr(dot);
    f.bytes = bytes.empty() ? "contents of " + f.id : std::move(bytes);
    f.name = std::move(name);
    return f;
}

BANTER_COLD_DECL boost::json::array world::state::photo_sizes(detail::stored_file& file) {
    static constexpr std::pair<int, int> sizes[] = {{90, 67}, {320, 240}, {800, 600}};
    array out;
    const auto& original = file;
    for (std::size_t i = 0; i < 3; ++i) {
        const bool last = i == 2;
        const auto suffix = last ? std::string() : "-s" + std::to_string(i);
        if (!last) {
            auto& small = files.emplace_back(original);
            small.id += suffix;
            small.path += suffix;
        }
        object size;
        size["file_id"] = original.id + suffix;
        size["file_unique_id"] = original.unique + suffix;
        size["width"] = sizes[i].first;
        size["height"] = sizes[i].second;
        size["file_size"] = original.bytes.size();
        out.push_back(std::move(size));
    }
    return out;
}

namespace detail {

/// Fields that a medium has beside its file, in the order of its kinds.
BANTER_COLD_DECL void add_media_facts(json::object& o, std::string_view field, std::string_view name) {
    const bool wide = field == "video" || field == "animation" || field == "live_photo";
    std::string_view facts = "{}";
    if (wide) facts = R"({"width":640,"height":360,"duration":7,"mime_type":"video/mp4"})";
    if (field == "video_note") facts = R"({"duration":7,"length":240})";
    if (field == "voice") facts = R"({"duration":4,"mime_type":"audio/ogg"})";
    if (field == "audio")
        facts = R"({"duration":180,"title":"Song","performer":"Band","mime_type":"audio/mpeg"})";
    if (field == "sticker")
        facts = R"({"type":"regular","width":512,"height":512,"is_animated":false,"is_video":false,)"
                "\"emoji\":\"\xF0\x9F\x98\x80\"}";
    if (field == "document")
        facts = name.ends_with(".txt") ? R"({"mime_type":"text/plain","file_name":"report.pdf"})"
                                       : R"({"mime_type":"application/pdf","file_name":"report.pdf"})";
    const auto known = json::parse(facts);
    for (const auto& [key, v] : known.get_object()) o[key] = v;
    const bool named = field == "document" || field == "audio" || field == "animation" ||
                       field == "video";
    if (named && !name.empty()) o["file_name"] = name;
}

}  // namespace detail

BANTER_COLD_DECL boost::json::object world::state::media_object(const std::string& field,
                                                                detail::stored_file& file,
                                                                const object& params) {
    object o;
    o["file_id"] = file.id;
    o["file_unique_id"] = file.unique;
    detail::add_media_facts(o, field, file.name);
    o["file_size"] = file.bytes.size();
    for (const char* given : {"duration", "width", "height", "length", "title", "performer", "emoji"})
        if (const auto* v = params.if_contains(given); v != nullptr && o.contains(given))
            o[given] = *v;
    return o;
}

BANTER_COLD_DECL void world::state::put_media(object& m, const std::string& field,
                                              const std::string& file_name, std::string bytes,
                                              const object& params) {
    auto& file = new_file(field, std::move(bytes), file_name);
    if (field == "photo") {
        m["photo"] = photo_sizes(file);
        return;
    }
    m[field] = media_object(field, file, params);
    // Telegram repeats an animation as a document, for old clients.
    if (field == "animation") m["document"] = media_object("document", file, params);
}

BANTER_COLD_DECL boost::json::object world::state::file_fields(const call_input& in,
                                                               const std::string& field,
                                                               const value* source,
                                                               const object& params) {
    std::string given;
    if (source != nullptr && source->is_string()) given = std::string(source->get_string());
    const std::string part = given.starts_with("attach://") ? given.substr(9) : field;
    const sent_file* sent = nullptr;
    for (const sent_file& each : in.files)
        if (sent == nullptr && each.field == part) sent = &each;
    detail::stored_file* file = nullptr;
    if (sent != nullptr) {
        if (sent->bytes.empty()) detail::bad_request("file must be non-empty");
        file = &new_file(field, sent->bytes, sent->name);
    } else if (given.starts_with("attach://")) {
        detail::bad_request("can't find file " + part + " in the request");
    } else if (given.starts_with("http://") || given.starts_with("https://")) {
        file = &new_file(field, {}, given.substr(given.rfind('/') + 1));
    } else {
        file = detail::find_by_id(files, given);
    }
    if (file == nullptr) detail::bad_request("wrong file identifier/HTTP URL specified");
    object out;
    if (field == "photo") out["photo"] = photo_sizes(*file);
    else out[field] = media_object(field, *file, params);
    if (field == "animation") out["document"] = media_object("document", *file, params);
    if (field == "live_photo") {
        out["live_photo"].as_object()["photo"] = photo_sizes(new_file("photo", {}, {}));
    }
    return out;
}

// Texts.

BANTER_COLD_DECL boost::json::object world::state::read_text(const call_input&, std::string_view field,
                                                             std::string_view entities,
                                                             std::size_t limit, const object& params) {
    object out;
    auto given = detail::text_in(params, field);
    const auto* explicit_entities = params.if_contains(entities);
    const bool by_mode = explicit_entities == nullptr || explicit_entities->if_array() == nullptr ||
                         explicit_entities->get_array().empty();
    const auto mode = field == "question" || field == "explanation" || field == "description"
                          ? std::string(field) + "_parse_mode"
                          : std::string("parse_mode");
    auto read = read_markup(given, by_mode ? detail::text_in(params, mode) : std::string());
    if (!read.fault.empty()) detail::bad_request(read.fault);
    if (utf16_length(read.text) > limit)
        detail::bad_request(field == "text" ? "message is too long"
                            : field == "caption" ? "message caption is too long"
                                                 : std::string(field) + " is too long");
    while (!read.text.empty() && (read.text.back() == ' ' || read.text.back() == '\n'))
        read.text.pop_back();
    out[field] = read.text;
    if (!by_mode) {
        out[entities] = *explicit_entities;
        return out;
    }
    auto all = std::move(read.entities);
    for (auto& found : find_entities(read.text)) all.push_back(std::move(found));
    sort_entities(all);
    if (!all.empty()) out[entities] = detail::entity_array(all);
    return out;
}

BANTER_COLD_DECL boost::json::object world::state::caption_fields(const call_input& in,
                                                                  const object& params) {
    if (detail::text_in(params, "caption").empty()) return {};
    auto out = read_text(in, "caption", "caption_entities", 1024, params);
    if (const auto* v = params.if_contains("show_caption_above_media"))
        if (*v == true) out["show_caption_above_media"] = true;
    return out;
}

// Targets.

BANTER_COLD_DECL detail::chat_state& world::state::target_chat(const call_input& in,
                                                               std::string_view name) {
    auto id = in.number(name);
    const auto text = in.text(name);
    if (text.starts_with('@')) {
        for (const auto& [chat_id, c] : chats)
            if (detail::lower("@" + detail::text_in(c.chat, "username")) == detail::lower(text))
                id = chat_id;
    }
    auto found = chats.find(id);
    if (found == chats.end() && any_chat && id != 0) {
        found = chats.try_emplace(id).first;
        const auto number = std::to_string(id < 0 ? -id : id);
        if (id > 0) {
            found->second.chat["id"] = id;
            found->second.chat["type"] = "private";
            found->second.chat["first_name"] = "User " + number;
        } else {
            found->second.chat = make_chat(id, id < -1000000000000 ? "supergroup" : "group",
                                           "Group " + number);
        }
    }
    if (found == chats.end()) detail::bad_request("chat not found");
    auto& c = found->second;
    if (c.blocked) throw detail::api_fault{403, "Forbidden: bot was blocked by the user"};
    if (c.migrated_to != 0) {
        object parameters;
        parameters["migrate_to_chat_id"] = c.migrated_to;
        throw detail::api_fault{
            400, "Bad Request: group chat was upgraded to a supergroup chat", parameters};
    }
    if (const auto self = c.members.find(bot_id); self != c.members.end()) {
        const auto status = detail::text_in(self->second, "status");
        if (status == "left" || status == "kicked")
            throw detail::api_fault{403, "Forbidden: bot is not a member of the " +
                                             detail::text_in(c.chat, "type") + " chat"};
    }
    return c;
}

BANTER_COLD_DECL detail::stored_message& world::state::target_message(const call_input& in,
                                                                      std::string_view purpose) {
    auto& c = target_chat(in);
    const auto found = c.messages.find(in.number("message_id"));
    if (found == c.messages.end())
        detail::bad_request("message to " + std::string(purpose) + " not found");
    return found->second;
}

// Sending.

BANTER_COLD_DECL void world::state::open_keyboard(chat_state& c, std::int64_t thread,
                                                  const value* markup) {
    const auto* o = markup == nullptr ? nullptr : markup->if_object();
    if (o == nullptr) return;
    if (const auto* rows = o->if_contains("keyboard"); rows != nullptr && rows->is_array())
        c.keyboards[std::to_string(thread)] = rows->get_array();
    if (o->contains("remove_keyboard")) c.keyboards.erase(std::to_string(thread));
}

BANTER_COLD_DECL boost::json::object world::state::send_from_bot(const call_input& in, object fields) {
    auto& c = target_chat(in);
    const auto thread = in.number("message_thread_id");
    const bool forum = detail::text_in(c.chat, "is_forum") == "true";
    if (forum && thread != 0 && !c.has_topic(thread))
        detail::bad_request("message thread not found");
    value replied;
    if (const auto* to = detail::object_in(in.params, "reply_parameters")) {
        const auto id = detail::number_in(*to, "message_id");
        const auto found = c.messages.find(id);
        if (found != c.messages.end()) replied = without_reply(found->second.message);
        else if (id != 0 && !to->contains("chat_id") &&
                 detail::text_in(*to, "allow_sending_without_reply") != "true")
            detail::bad_request("message to be replied not found");
    }
    const auto self = bot_user();
    auto m = start_message(c, &self, thread);
    if (!replied.is_null()) m["reply_to_message"] = std::move(replied);
    for (const char* name : {"business_connection_id"})
        if (const auto* v = in.find(name)) m[name] = *v;
    if (in.flag("protect_content")) m["has_protected_content"] = true;
    if (const auto* v = in.find("message_effect_id")) m["effect_id"] = *v;
    for (auto& [name, v] : fields) m[name] = v;
    const auto* markup = in.find("reply_markup");
    if (markup != nullptr && markup->is_object() &&
        markup->get_object().contains("inline_keyboard"))
        m["reply_markup"] = *markup;
    open_keyboard(c, thread, markup);
    store_message(c, m, true);
    return m;
}

BANTER_COLD_DECL boost::json::value world::state::send_message(call_input& in) {
    auto fields = read_text(in, "text", "entities", 4096, in.params);
    if (fields.at("text").as_string().empty()) detail::bad_request("message text is empty");
    if (const auto* v = in.find("link_preview_options")) fields["link_preview_options"] = *v;
    return send_from_bot(in, std::move(fields));
}

BANTER_COLD_DECL boost::json::value world::state::send_media(call_input& in) {
    std::string field = detail::lower(in.spec.name.substr(4));
    if (field == "videonote") field = "video_note";
    if (field == "livephoto") field = "live_photo";
    target_chat(in);
    auto fields = file_fields(in, field, in.find(field), in.params);
    for (const auto& [name, v] : caption_fields(in, in.params)) fields[name] = v;
    if (in.flag("has_spoiler")) fields["has_media_spoiler"] = true;
    return send_from_bot(in, std::move(fields));
}

BANTER_COLD_DECL boost::json::value world::state::send_media_group(call_input& in) {
    const auto media = in.params.at("media").as_array();
    if (media.size() < 2 || media.size() > 10)
        detail::bad_request("media group must include 2-10 items");
    const auto album = "album-" + std::to_string(next_number++);
    array out;
    for (const auto& item : media) {
        const auto& o = item.as_object();
        auto fields = file_fields(in, detail::text_in(o, "type"), o.if_contains("media"), o);
        for (const auto& [name, v] : caption_fields(in, o)) fields[name] = v;
        fields["media_group_id"] = album;
        out.push_back(send_from_bot(in, std::move(fields)));
    }
    return out;
}

BANTER_COLD_DECL boost::json::value world::state::send_paid_media(call_input& in) {
    object info;
    info["star_count"] = in.number("star_count");
    array list;
    for (const auto& item : in.params.at("media").as_array()) {
        const auto& o = item.as_object();
        const auto type = detail::text_in(o, "type");
        auto entry = file_fields(in, type, o.if_contains("media"), o);
        entry["type"] = type;
        list.push_back(std::move(entry));
    }
    info["paid_media"] = std::move(list);
    auto fields = caption_fields(in, in.params);
    fields["paid_media"] = std::move(info);
    return send_from_bot(in, std::move(fields));
}

BANTER_COLD_DECL boost::json::value world::state::send_fields(call_input& in) {
    object known = in.params;
    known["@now"] = unix_time();
    const auto sample = [&](std::string_view type) {
        return detail::sample_of(type, known, next_number);
    };
    object fields;
    const auto name = in.spec.name;
    if (name == "sendLocation" || name == "sendVenue") fields["location"] = sample("Location");
    if (name == "sendContact") fields["contact"] = sample("Contact");
    if (name == "sendVenue") {
        auto venue = sample("Venue").as_object();
        venue["location"] = fields["location"];
        fields["venue"] = std::move(venue);
    }
    if (name == "sendGame") {
        auto game = sample("Game").as_object();
        game["title"] = in.text("game_short_name");
        fields["game"] = std::move(game);
    }
    if (name == "sendChecklist") fields["checklist"] = in.params.at("checklist");
    if (name == "sendRichMessage") {
        object rich = in.params.at("rich_message").as_object();
        if (!rich.contains("blocks")) rich["blocks"] = array();
        fields["rich_message"] = sample("RichMessage");
        fields["rich_message"].as_object()["blocks"] = rich["blocks"];
    }
    return send_from_bot(in, std::move(fields));
}

BANTER_COLD_DECL boost::json::value world::state::send_dice(call_input& in) {
    object dice;
    dice["emoji"] = in.find("emoji") != nullptr ? in.text("emoji") : "\xF0\x9F\x8E\xB2";
    dice["value"] = 1 + next_number++ % 6;
    object fields;
    fields["dice"] = std::move(dice);
    return send_from_bot(in, std::move(fields));
}

BANTER_COLD_DECL boost::json::object world::state::make_poll(const call_input& in) {
    object known = in.params;
    for (const char* raw : {"options", "question", "explanation", "description", "media",
                            "explanation_media"})
        known.erase(raw);
    object poll = detail::sample_of("Poll", known, next_number).as_object();
    const std::string id = "50" + std::to_string(100000000000 + next_number++);
    poll["id"] = id;
    for (const auto& [name, v] : read_text(in, "question", "question_entities", 300, in.params))
        poll[name] = v;
    array options;
    for (const auto& option : in.params.at("options").as_array()) {
        object o;
        o["persistent_id"] = id + "-" + std::to_string(options.size());
        o["text"] = option.is_string() ? std::string(option.get_string())
                                       : detail::text_in(option.as_object(), "text");
        o["voter_count"] = 0;
        options.push_back(std::move(o));
    }
    if (options.empty() || options.size() > 12)
        detail::bad_request(options.empty() ? "poll must have at least 1 option"
                                            : "poll can't have more than 12 options");
    poll["options"] = std::move(options);
    poll["is_anonymous"] = in.find("is_anonymous") == nullptr || in.flag("is_anonymous");
    poll["is_closed"] = in.flag("is_closed");
    poll["allows_multiple_answers"] = in.flag("allows_multiple_answers");
    poll["members_only"] = in.flag("members_only");
    poll["type"] = in.text("type").empty() ? "regular" : in.text("type");
    return poll;
}

BANTER_COLD_DECL boost::json::value world::state::send_poll(call_input& in) {
    target_chat(in);
    object fields;
    fields["poll"] = make_poll(in);
    return send_from_bot(in, std::move(fields));
}

BANTER_COLD_DECL boost::json::value world::state::send_invoice(call_input& in) {
    object invoice;
    for (const char* name : {"title", "description", "currency"}) invoice[name] = in.text(name);
    invoice["start_parameter"] = in.text("start_parameter");
    std::int64_t total = 0;
    for (const auto& price : in.params.at("prices").as_array())
        total += detail::number_in(price.as_object(), "amount");
    invoice["total_amount"] = total;
    object fields;
    fields["invoice"] = std::move(invoice);
    if (in.find("reply_markup") == nullptr)
        in.params["reply_markup"] =
            boost::json::parse(R"({"inline_keyboard":[[{"text":"Pay","pay":true}]]})");
    auto m = send_from_bot(in, std::move(fields));
    settings["payload/" + std::to_string(detail::number_in(m, "message_id"))] = in.text("payload");
    return m;
}

// Forwarding and copying.

BANTER_COLD_DECL boost::json::object world::state::copy_of(const call_input& in,
                                                           std::int64_t message_id, bool forward) {
    auto& from = target_chat(in, "from_chat_id");
    const auto found = from.messages.find(message_id);
    if (found == from.messages.end())
        detail::bad_request(forward ? "message to forward not found" : "message to copy not found");
    object fields;
    for (const auto& [name, v] : found->second.message)
        if (name != "message_id" && name != "from" && name != "sender_chat" && name != "chat" &&
            name != "date" && name != "reply_markup" && name != "reply_to_message" &&
            name != "edit_date" && name != "message_thread_id" && name != "is_topic_message")
            fields[name] = v;
    if (forward && !fields.contains("forward_origin")) {
        const auto& m = found->second.message;
        object origin;
        const auto* user = detail::object_in(m, "from");
        origin["type"] = user != nullptr ? "user" : "channel";
        origin["date"] = m.at("date");
        if (user != nullptr) {
            origin["sender_user"] = *user;
        } else {
            origin["chat"] = m.at("chat");
            origin["message_id"] = message_id;
        }
        fields["forward_origin"] = std::move(origin);
    }
    if (!forward && in.find("caption") != nullptr)
        for (const auto& [name, v] : caption_fields(in, in.params)) fields[name] = v;
    return send_from_bot(in, std::move(fields));
}

BANTER_COLD_DECL boost::json::value world::state::forward_message(call_input& in) {
    return copy_of(in, in.number("message_id"), true);
}

BANTER_COLD_DECL boost::json::value world::state::copy_message(call_input& in) {
    object out;
    out["message_id"] = copy_of(in, in.number("message_id"), false).at("message_id");
    return out;
}

BANTER_COLD_DECL boost::json::value world::state::forward_messages(call_input& in) {
    array out;
    auto& from = target_chat(in, "from_chat_id");
    for (const auto& id : in.params.at("message_ids").as_array()) {
        if (!from.messages.contains(id.as_int64())) continue;
        object o;
        o["message_id"] =
            copy_of(in, id.as_int64(), in.spec.name == "forwardMessages").at("message_id");
        out.push_back(std::move(o));
    }
    return out;
}

}  // namespace banter::testkit
