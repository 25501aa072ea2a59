// Bodies of testkit/world.hpp: what users do.
#pragma once

#include <banter/testkit/impl/world_state.ipp>

#include <algorithm>

namespace banter::testkit {

BANTER_COLD_DECL std::int64_t world::state::new_message_id(chat_state& c) {
    // Supergroups and channels count for themselves; all other chats of an account count together.
    return detail::number_in(c.chat, "id") > -1000000000000 ? next_common_message++
                                                            : ++c.last_message_id;
}

BANTER_COLD_DECL void world::state::send_on_behalf(object& message, std::int64_t id) {
    const bool anonymous = id == detail::number_in(message.at("chat").as_object(), "id");
    message["from"] = object{{"id", detail::stand_in_for(anonymous)},
                             {"is_bot", true},
                             {"first_name", anonymous ? "Group" : "Channel"},
                             {"username", anonymous ? "GroupAnonymousBot" : "Channel_Bot"}};
    message["sender_chat"] = chat(id).chat;
}

BANTER_COLD_DECL boost::json::object world::state::start_message(chat_state& c, const object* from,
                                                                 std::int64_t thread) {
    object m;
    m["message_id"] = new_message_id(c);
    if (detail::text_in(c.chat, "type") == "channel") m["sender_chat"] = c.chat;
    else if (from != nullptr) m["from"] = *from;
    m["chat"] = c.chat;
    m["date"] = unix_time();
    if (thread != 0) {
        m["message_thread_id"] = thread;
        if (c.has_topic(thread)) m["is_topic_message"] = true;
    }
    return m;
}

BANTER_COLD_DECL boost::json::array detail::entity_array(const std::vector<text_entity>& entities) {
    boost::json::array out;
    for (const auto& e : entities) {
        boost::json::object o;
        o["type"] = e.type;
        o["offset"] = e.offset;
        o["length"] = e.length;
        if (e.type == "text_link") o["url"] = e.argument;
        if (e.type == "pre" && !e.argument.empty()) o["language"] = e.argument;
        if (e.type == "custom_emoji") o["custom_emoji_id"] = e.argument;
        if (e.type == "text_mention") {
            boost::json::object user;
            user["id"] = std::strtoll(e.argument.c_str(), nullptr, 10);
            user["is_bot"] = false;
            user["first_name"] = "User";
            o["user"] = std::move(user);
        }
        out.push_back(std::move(o));
    }
    return out;
}

BANTER_COLD_DECL void world::state::put_text(object& m, std::string_view words, bool caption) const {
    m[caption ? "caption" : "text"] = words;
    const auto found = find_entities(words);
    if (!found.empty()) m[caption ? "caption_entities" : "entities"] = detail::entity_array(found);
}

BANTER_COLD_DECL boost::json::object world::state::without_reply(const object& m) const {
    object out = m;
    out.erase("reply_to_message");
    return out;
}

BANTER_COLD_DECL std::int64_t world::state::store_message(chat_state& c, object m, bool by_bot) {
    const auto id = detail::number_in(m, "message_id");
    if (const auto* poll = detail::object_in(m, "poll"))
        polls_by_id[detail::text_in(*poll, "id")] = array{detail::number_in(c.chat, "id"), id};
    c.messages[id] = {std::move(m), by_bot, next_touch++};
    return id;
}

BANTER_COLD_DECL std::int64_t world::state::queue(std::string_view kind, value what) {
    object u;
    u["update_id"] = next_update;
    u[kind] = std::move(what);
    updates.push_back({next_update, std::string(kind), boost::json::serialize(u)});
    return next_update++;
}

BANTER_COLD_DECL std::string world::state::new_query(std::string_view kind) {
    const std::string id = "43" + std::to_string(700000000000 + next_number++ * 7919);
    stored_query_of(id).kind = kind;
    return id;
}

BANTER_COLD_DECL detail::stored_query& world::state::stored_query_of(std::string_view id) {
    if (auto* const known = detail::find_by_id(queries, id)) return *known;
    auto& fresh = queries.emplace_back();
    fresh.id = id;
    return fresh;
}

BANTER_COLD_DECL boost::json::object world::state::make_content(const content& what, object m) {
    if (what.kind == "text") {
        put_text(m, what.words, false);
    } else if (what.kind == "fields") {
        const auto fields = boost::json::parse(what.json).as_object();
        for (const auto& [name, v] : fields) m[name] = v;
        if (auto* poll = m.if_contains("poll"))
            if (detail::text_in(poll->as_object(), "id") == "users-poll")
                poll->as_object()["id"] = "54" + std::to_string(100000000000 + next_number++);
    } else {
        put_media(m, what.kind, what.file_name, what.bytes, {});
    }
    if (what.kind != "text" && !what.words.empty()) put_text(m, what.words, true);
    if (!what.album.empty()) m["media_group_id"] = what.album;
    if (!what.business.empty()) m["business_connection_id"] = what.business;
    if (what.forward_from != 0) {
        object origin;
        origin["type"] = "user";
        origin["sender_user"] = user(what.forward_from);
        origin["date"] = unix_time();
        m["forward_origin"] = std::move(origin);
    }
    return m;
}

BANTER_COLD_DECL std::int64_t world::send(std::int64_t who, place where, const content& what) {
    std::unique_lock lock(state_->mutex);
    auto& c = state_->place_of(who, where);
    auto m = state_->start_message(c, &state_->user(who), where.thread_id);
    if (where.on_behalf_of != 0) state_->send_on_behalf(m, where.on_behalf_of);
    if (what.reply_to != 0) {
        const auto found = c.messages.find(what.reply_to);
        if (found == c.messages.end())
            throw impossible("there is no message " + std::to_string(what.reply_to) + " to reply to");
        m["reply_to_message"] = state_->without_reply(found->second.message);
    }
    m = state_->make_content(what, std::move(m));
    c.blocked = false;
    const auto id = state_->store_message(c, m, false);
    state_->queue(what.business.empty() ? "message" : "business_message", std::move(m));
    state_->announce(lock);
    return id;
}

BANTER_COLD_DECL void world::edit(std::int64_t who, place where, std::string_view text,
                                  std::int64_t message_id) {
    std::unique_lock lock(state_->mutex);
    auto& c = state_->place_of(who, where);
    const std::int64_t author =
        where.on_behalf_of == 0 ? who : detail::stand_in_for(where.on_behalf_of == where.chat_id);
    detail::stored_message* target = nullptr;
    for (auto& [id, m] : c.messages) {
        const auto* from = detail::object_in(m.message, "from");
        const bool own = !m.by_bot && from != nullptr && detail::number_in(*from, "id") == author;
        if (own && (message_id == 0 || id == message_id)) target = &m;
    }
    if (target == nullptr) throw impossible("there is no message of this user to edit");
    auto& m = target->message;
    const bool caption = !m.contains("text");
    m.erase(caption ? "caption_entities" : "entities");
    state_->put_text(m, text, caption);
    m["edit_date"] = state_->unix_time();
    state_->queue("edited_message", m);
    state_->announce(lock);
}

namespace detail {

BANTER_COLD_DECL const json::object* find_button(const json::array& rows, std::string_view wanted) {
    for (const bool by_label : {true, false})
        for (const auto& row : rows)
            for (const auto& b : row.as_array()) {
                const auto view = read_button(b);
                if (b.is_object() && (by_label ? view.label : view.value) == wanted)
                    return &b.get_object();
            }
    return nullptr;
}

/// `"First bank", "Bitcoin" / "Back"`.
BANTER_COLD_DECL std::string list_buttons(const button_rows& rows) {
    std::string out;
    for (const auto& row : rows) {
        if (!out.empty()) out += " / ";
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += (i != 0 ? ", \"" : "\"") + row[i].label + "\"";
            if (row[i].kind == "callback_data") out += " (" + row[i].value + ")";
        }
    }
    return out;
}

BANTER_COLD_DECL const json::array* inline_rows(const json::object& m) {
    const auto* markup = object_in(m, "reply_markup");
    const auto* rows = markup == nullptr ? nullptr : markup->if_contains("inline_keyboard");
    return rows == nullptr || rows->if_array() == nullptr || rows->get_array().empty()
               ? nullptr
               : rows->if_array();
}

}  // namespace detail

BANTER_COLD_DECL detail::stored_message* world::state::newest_with_buttons(chat_state& c,
                                                                           std::int64_t thread) {
    stored_message* newest = nullptr;
    for (auto& [id, m] : c.messages)
        if (m.by_bot && detail::inline_rows(m.message) != nullptr &&
            (thread == 0 || detail::number_in(m.message, "message_thread_id") == thread) &&
            (newest == nullptr || m.touched > newest->touched))
            newest = &m;
    return newest;
}

BANTER_COLD_DECL std::string world::state::press_button(std::int64_t who, chat_state& c,
                                                        const stored_message& m, const object& button) {
    const auto view = detail::read_button(button);
    if (view.kind == "pay") {
        object q;
        const auto id = new_query("pre_checkout_query");
        q["id"] = id;
        q["from"] = user(who);
        const auto* invoice = detail::object_in(m.message, "invoice");
        q["currency"] = invoice != nullptr ? detail::text_in(*invoice, "currency") : "XTR";
        q["total_amount"] = invoice != nullptr ? detail::number_in(*invoice, "total_amount") : 1;
        q["invoice_payload"] = detail::text_in(
            settings, "payload/" + std::to_string(detail::number_in(m.message, "message_id")));
        queue("pre_checkout_query", std::move(q));
        return id;
    }
    if (view.kind != "callback_data" && view.kind != "callback_game") return {};
    const auto id = new_query("callback_query");
    object q;
    q["id"] = id;
    q["from"] = user(who);
    q["message"] = m.message;
    q["chat_instance"] = "-31" + std::to_string(std::abs(detail::number_in(c.chat, "id")));
    if (view.kind == "callback_data") q["data"] = view.value;
    else q["game_short_name"] = "game";
    queue("callback_query", std::move(q));
    return id;
}

BANTER_COLD_DECL std::string world::press(std::int64_t who, place where, std::string_view wanted,
                                          std::int64_t message_id) {
    std::unique_lock lock(state_->mutex);
    auto& c = state_->place_of(who, where);
    detail::stored_message* m = nullptr;
    if (message_id != 0) {
        const auto found = c.messages.find(message_id);
        if (found == c.messages.end())
            throw impossible("there is no message " + std::to_string(message_id) + " to press on");
        m = &found->second;
    } else {
        m = state_->newest_with_buttons(c, where.thread_id);
    }
    std::string seen;
    if (const auto* rows = m == nullptr ? nullptr : detail::inline_rows(m->message)) {
        if (const auto* button = detail::find_button(*rows, wanted)) {
            const boost::json::object copy = *button;
            auto id = state_->press_button(who, c, *m, copy);
            state_->announce(lock);
            return id;
        }
        const boost::json::value all(*rows);
        seen = detail::list_buttons(detail::read_rows(&all));
    }
    const auto* open = c.keyboards.if_contains(std::to_string(where.thread_id));
    if (message_id == 0 && open != nullptr) {
        const auto rows = detail::read_rows(open);
        for (const auto& row : rows)
            for (const auto& b : row) {
                if (b.label != wanted) continue;
                const auto name = detail::text_in(state_->user(who), "first_name");
                lock.unlock();
                if (b.kind == "request_contact")
                    send(who, where, content::contact("+4915112345678", name));
                else if (b.kind == "request_location")
                    send(who, where, content::location(52.520008, 13.404954));
                else if (b.kind == "request_poll")
                    send(who, where, content::poll("Which?", {"One", "Two"}));
                else if (b.kind == "web_app")
                    send(who, where, content::web_app_data("{}", b.label));
                else
                    send(who, where, content::text(b.label));
                return {};
            }
        seen += (seen.empty() || rows.empty() ? "" : " / ") + detail::list_buttons(rows);
    }
    if (seen.empty())
        throw impossible("there is no button \"" + std::string(wanted) +
                      "\": no keyboard is shown in this chat");
    throw impossible("there is no button \"" + std::string(wanted) + "\"; shown are " + seen);
}

BANTER_COLD_DECL std::string world::press_data(std::int64_t who, place where, std::string_view data,
                                               std::int64_t message_id, bool inaccessible) {
    std::unique_lock lock(state_->mutex);
    auto& c = state_->place_of(who, where);
    const auto id = state_->new_query("callback_query");
    boost::json::object q;
    q["id"] = id;
    q["from"] = state_->user(who);
    const auto found = c.messages.find(message_id);
    if (inaccessible || found == c.messages.end()) {
        boost::json::object m;
        m["chat"] = c.chat;
        m["message_id"] = message_id;
        m["date"] = 0;
        q["message"] = std::move(m);
    } else {
        q["message"] = found->second.message;
    }
    q["chat_instance"] = "-31" + std::to_string(std::abs(where.chat_id));
    q["data"] = data;
    state_->queue("callback_query", std::move(q));
    state_->announce(lock);
    return id;
}

namespace detail {

/// A ChatMemberUpdated.
BANTER_COLD_DECL json::object member_change(const json::object& chat, const json::object& from,
                                            std::int64_t date, json::object before, json::object after) {
    json::object u;
    u["chat"] = chat;
    u["from"] = from;
    u["date"] = date;
    u["old_chat_member"] = std::move(before);
    u["new_chat_member"] = std::move(after);
    return u;
}

}  // namespace detail

BANTER_COLD_DECL void world::join(std::int64_t who, std::int64_t chat_id) {
    std::unique_lock lock(state_->mutex);
    auto& c = state_->chat(chat_id);
    const auto& u = state_->user(who);
    auto before = state_->member_of(c, who);
    c.members[who] = state_->make_member(u, "member");
    state_->queue("chat_member", detail::member_change(c.chat, u, state_->unix_time(),
                                                       std::move(before), c.members[who]));
    auto m = state_->start_message(c, &u, 0);
    boost::json::array joined;
    joined.push_back(u);
    m["new_chat_members"] = std::move(joined);
    state_->store_message(c, m, false);
    state_->queue("message", std::move(m));
    state_->announce(lock);
}

BANTER_COLD_DECL void world::leave(std::int64_t who, std::int64_t chat_id) {
    std::unique_lock lock(state_->mutex);
    auto& c = state_->chat(chat_id);
    const auto& u = state_->user(who);
    auto before = state_->member_of(c, who);
    c.members[who] = state_->make_member(u, "left");
    state_->queue("chat_member", detail::member_change(c.chat, u, state_->unix_time(),
                                                       std::move(before), c.members[who]));
    auto m = state_->start_message(c, &u, 0);
    m["left_chat_member"] = u;
    state_->store_message(c, m, false);
    state_->queue("message", std::move(m));
    state_->announce(lock);
}

BANTER_COLD_DECL void world::block_bot(std::int64_t who, bool blocked) {
    std::unique_lock lock(state_->mutex);
    auto& c = state_->chat(who);
    c.blocked = blocked;
    const auto bot = state_->bot_user();
    auto before = state_->make_member(bot, blocked ? "member" : "kicked");
    auto after = state_->make_member(bot, blocked ? "kicked" : "member");
    state_->queue("my_chat_member",
                  detail::member_change(c.chat, state_->user(who), state_->unix_time(),
                                        std::move(before), std::move(after)));
    state_->announce(lock);
}

BANTER_COLD_DECL void world::react(std::int64_t who, place where, std::int64_t message_id,
                                   std::string_view emoji) {
    std::unique_lock lock(state_->mutex);
    auto& c = state_->place_of(who, where);
    boost::json::object reaction;
    reaction["type"] = "emoji";
    reaction["emoji"] = emoji;
    boost::json::object u;
    u["chat"] = c.chat;
    u["message_id"] = message_id;
    u["user"] = state_->user(who);
    u["date"] = state_->unix_time();
    u["old_reaction"] = boost::json::array();
    boost::json::array fresh;
    fresh.push_back(std::move(reaction));
    u["new_reaction"] = std::move(fresh);
    state_->queue("message_reaction", std::move(u));
    state_->announce(lock);
}

BANTER_COLD_DECL std::string world::inline_query(std::int64_t who, std::string_view query,
                                                 std::string_view offset) {
    std::unique_lock lock(state_->mutex);
    const auto id = state_->new_query("inline_query");
    boost::json::object q;
    q["id"] = id;
    q["from"] = state_->user(who);
    q["chat_type"] = "sender";
    q["query"] = query;
    q["offset"] = offset;
    state_->queue("inline_query", std::move(q));
    state_->announce(lock);
    return id;
}

BANTER_COLD_DECL void world::choose_inline_result(std::int64_t who, std::string_view result_id,
                                                  std::string_view query) {
    std::unique_lock lock(state_->mutex);
    boost::json::object r;
    r["result_id"] = result_id;
    r["from"] = state_->user(who);
    r["query"] = query;
    state_->queue("chosen_inline_result", std::move(r));
    state_->announce(lock);
}

BANTER_COLD_DECL void world::vote(std::int64_t who, std::string_view poll_id,
                                  const std::vector<int>& options) {
    std::unique_lock lock(state_->mutex);
    const auto* home = state_->polls_by_id.if_contains(poll_id);
    if (home == nullptr) throw impossible("there is no poll " + std::string(poll_id));
    const auto& place = home->get_array();
    auto& m = state_->chat(place.at(0).as_int64()).messages.at(place.at(1).as_int64()).message;
    auto& poll = m.at("poll").as_object();
    if (poll.at("is_closed").as_bool()) throw impossible("the poll is closed");
    boost::json::array chosen, persistent;
    auto& list = poll.at("options").as_array();
    for (const int option : options) {
        if (option < 0 || static_cast<std::size_t>(option) >= list.size())
            throw impossible("the poll has no option " + std::to_string(option));
        auto& o = list[static_cast<std::size_t>(option)].as_object();
        o["voter_count"] = detail::number_in(o, "voter_count") + 1;
        chosen.push_back(option);
        persistent.push_back(o.at("persistent_id"));
    }
    if (!options.empty()) poll["total_voter_count"] = detail::number_in(poll, "total_voter_count") + 1;
    state_->queue("poll", poll);
    if (!poll.at("is_anonymous").as_bool()) {
        boost::json::object answer;
        answer["poll_id"] = poll_id;
        answer["user"] = state_->user(who);
        answer["option_ids"] = std::move(chosen);
        answer["option_persistent_ids"] = std::move(persistent);
        state_->queue("poll_answer", std::move(answer));
    }
    state_->announce(lock);
}

BANTER_COLD_DECL std::string world::pre_checkout(std::int64_t who, std::string_view payload,
                                                 std::string_view currency, std::int64_t total_amount) {
    std::unique_lock lock(state_->mutex);
    const auto id = state_->new_query("pre_checkout_query");
    boost::json::object q;
    q["id"] = id;
    q["from"] = state_->user(who);
    q["currency"] = currency;
    q["total_amount"] = total_amount;
    q["invoice_payload"] = payload;
    state_->queue("pre_checkout_query", std::move(q));
    state_->announce(lock);
    return id;
}

BANTER_COLD_DECL std::string world::shipping_query(std::int64_t who, std::string_view payload) {
    std::unique_lock lock(state_->mutex);
    const auto id = state_->new_query("shipping_query");
    boost::json::object address;
    address["country_code"] = "DE";
    address["state"] = "";
    address["city"] = "Berlin";
    address["street_line1"] = "Main Street 1";
    address["street_line2"] = "";
    address["post_code"] = "10115";
    boost::json::object q;
    q["id"] = id;
    q["from"] = state_->user(who);
    q["invoice_payload"] = payload;
    q["shipping_address"] = std::move(address);
    state_->queue("shipping_query", std::move(q));
    state_->announce(lock);
    return id;
}

BANTER_COLD_DECL void world::request_to_join(std::int64_t who, std::int64_t chat_id) {
    std::unique_lock lock(state_->mutex);
    boost::json::object r;
    r["chat"] = state_->chat(chat_id).chat;
    r["from"] = state_->user(who);
    r["user_chat_id"] = who;
    r["date"] = state_->unix_time();
    state_->queue("chat_join_request", std::move(r));
    state_->announce(lock);
}

BANTER_COLD_DECL std::int64_t world::post(std::int64_t channel, const content& what, bool edited) {
    std::unique_lock lock(state_->mutex);
    auto& c = state_->chat(channel);
    auto m = state_->start_message(c, nullptr, 0);
    if (edited) {
        if (c.messages.empty()) throw impossible("the channel has no post to edit");
        m["message_id"] = c.messages.rbegin()->first;
        m["edit_date"] = state_->unix_time();
    }
    m = state_->make_content(what, std::move(m));
    const auto id = state_->store_message(c, m, false);
    state_->queue(edited ? "edited_channel_post" : "channel_post", std::move(m));
    state_->announce(lock);
    return id;
}

BANTER_COLD_DECL std::int64_t world::migrate(std::int64_t who, std::int64_t group) {
    const auto title = [&] {
        const std::scoped_lock lock(state_->mutex);
        return detail::text_in(state_->chat(group).chat, "title");
    }();
    const auto fresh = add_group(title);
    std::unique_lock lock(state_->mutex);
    auto& from = state_->chat(group);
    auto& to = state_->chat(fresh);
    from.migrated_to = fresh;
    to.members = from.members;
    auto leaving = state_->start_message(from, &state_->user(who), 0);
    leaving["migrate_to_chat_id"] = fresh;
    auto arriving = state_->start_message(to, &state_->user(who), 0);
    arriving["migrate_from_chat_id"] = group;
    arriving["sender_chat"] = to.chat;
    state_->queue("message", std::move(leaving));
    state_->queue("message", std::move(arriving));
    state_->announce(lock);
    return fresh;
}

}  // namespace banter::testkit
