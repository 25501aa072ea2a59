// Bodies of testkit/world.hpp: how a call gets its answer, getUpdates, and faults.
#pragma once

#include <banter/testkit/impl/world_state.ipp>

#include <algorithm>

namespace banter::testkit {

namespace detail {

BANTER_COLD_DECL std::string success_body(const json::value& result) {
    json::object o;
    o["ok"] = true;
    o["result"] = result;
    return json::serialize(o);
}

BANTER_COLD_DECL std::string failure_body(int code, std::string_view description,
                                          const json::object& parameters) {
    json::object o;
    o["ok"] = false;
    o["error_code"] = code;
    o["description"] = description;
    if (!parameters.empty()) o["parameters"] = parameters;
    return json::serialize(o);
}

inline constexpr std::string_view proxy_page =
    "<html>\r\n<head><title>Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

/// Makes a plan fail the way the fault says.
BANTER_COLD_DECL void spoil(reply_plan& plan, call_record& record, const fault& f) {
    static constexpr const char* names[] = {"error",     "html_page",   "cut_connection",
                                            "cut_answer", "no_answer",  "slow_answer",
                                            "invalid_json", "repeated_updates"};
    record.fault = names[static_cast<std::size_t>(f.kind())];
    plan.faulty = true;
    plan.fault = f.kind();
    plan.delay = f.delay();
    if (f.kind() == fault_kind::error) {
        json::object parameters;
        if (f.retry_after().count() > 0) parameters["retry_after"] = f.retry_after().count();
        plan.status = f.code();
        plan.body = failure_body(f.code(), f.description(), parameters);
        record.status = f.code();
        record.description = f.description();
    } else if (f.kind() == fault_kind::html_page) {
        plan.status = f.code();
        plan.body = proxy_page;
        plan.html = true;
        record.status = f.code();
    } else if (f.kind() == fault_kind::invalid_json) {
        plan.status = 200;
        plan.body = "{\"ok\":true,\"result\":{";
    }
}

/// What Telegram says about a required parameter that is not there.
BANTER_COLD_DECL std::string missing_sentence(std::string_view name) {
    static constexpr std::pair<std::string_view, std::string_view> sentences[] = {
        {"chat_id", "chat_id is empty"},
        {"text", "message text is empty"},
        {"message_id", "message identifier is not specified"},
        {"callback_query_id",
         "query is too old and response timeout expired or query ID is invalid"},
        {"file_id", "invalid file_id"},
        {"user_id", "invalid user_id specified"},
        {"photo", "there is no photo in the request"},
        {"document", "there is no document in the request"},
        {"video", "there is no video in the request"},
        {"audio", "there is no audio in the request"},
        {"voice", "there is no voice in the request"},
        {"animation", "there is no animation in the request"},
        {"sticker", "there is no sticker in the request"},
        {"video_note", "there is no video note in the request"},
        {"question", "poll question must be non-empty"},
        {"options", "poll must have at least 1 option"}};
    for (const auto& [known, sentence] : sentences)
        if (known == name) return std::string(sentence);
    return "parameter \"" + std::string(name) + "\" is required";
}

BANTER_COLD_DECL bool has_file(const call_input& in, std::string_view name) {
    for (const sent_file& file : in.files)
        if (file.field == name) return true;
    return false;
}

BANTER_COLD_DECL void check_inline_button(const json::object& button) {
    const auto view = read_button(button);
    if (view.label.empty())
        bad_request("can't parse inline keyboard button: Can't find field \"text\"");
    if (view.kind == "text")
        bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline "
                    "keyboard");
    if (view.kind == "callback_data" && (view.value.empty() || view.value.size() > 64))
        bad_request("BUTTON_DATA_INVALID");
}

BANTER_COLD_DECL void check_markup(const json::value& markup) {
    const auto* o = markup.if_object();
    if (o == nullptr) bad_request("object expected as reply markup");
    const auto* rows = o->if_contains("inline_keyboard");
    if (rows == nullptr || !rows->is_array()) return;
    for (const auto& row : rows->get_array()) {
        if (!row.is_array())
            bad_request("can't parse inline keyboard button: expected an Array of buttons");
        for (const auto& b : row.get_array())
            if (b.is_object()) check_inline_button(b.get_object());
    }
}

inline bool is_marked_up(std::string_view name) {
    return name == "text" || name == "caption" || name == "question" || name == "explanation" ||
           name == "description";
}

}  // namespace detail

BANTER_COLD_DECL void world::state::announce(std::unique_lock<std::mutex>& lock) {
    auto* const call = listener;
    auto* const context = listener_context;
    changed.notify_all();
    lock.unlock();
    if (call != nullptr) call(context);
}

BANTER_COLD_DECL std::optional<fault> world::state::take_fault(std::string_view method) {
    for (auto f = faults.begin(); f != faults.end(); ++f) {
        const auto& on = f->what.method();
        if (on == "*" ? method == "getUpdates" : on != method) continue;
        if (f->after > 0) {
            --f->after;
            continue;
        }
        const fault taken = f->what;
        if (--f->times <= 0) faults.erase(f);
        return taken;
    }
    return std::nullopt;
}

BANTER_COLD_DECL void world::state::check_params(call_input& in) {
    for (const auto text : in.spec.params) {
        const detail::field_spec p = detail::read_field(text);
        auto* v = in.params.if_contains(p.name);
        if (v != nullptr && v->is_null()) {
            in.params.erase(p.name);
            v = nullptr;
        }
        if (v != nullptr) detail::to_declared_type(*v, p);
        const bool empty = v != nullptr && v->is_string() && v->get_string().empty();
        if (p.required && (v == nullptr || empty) && !detail::has_file(in, p.name) &&
            !(p.name == "url" && v != nullptr))
            detail::bad_request(detail::missing_sentence(p.name));
        if (v == nullptr || detail::has_file(in, p.name)) continue;
        std::string why;
        if (p.name == "reply_markup") detail::check_markup(*v);
        if (!detail::has_shape(*v, p.types, std::string(p.name), why)) detail::bad_request(why);
        if (v->is_string() && p.max_length != 0 && !detail::is_marked_up(p.name) &&
            utf16_length(v->get_string()) > p.max_length)
            detail::bad_request(std::string(p.name) + " is too long");
    }
}

BANTER_COLD_DECL boost::json::value world::state::execute(call_input& in) {
    for (auto f = fixed.begin(); f != fixed.end(); ++f) {
        if (f->method != in.spec.name) continue;
        value result = f->result;
        if (--f->times <= 0) fixed.erase(f);
        return result;
    }
    const auto body = find_body(in.spec.name);
    return body != nullptr ? (this->*body)(in) : generic(in);
}

BANTER_COLD_DECL reply_plan world::call(std::string_view method, std::string_view params,
                                        const std::vector<sent_file>& files) {
    std::unique_lock lock(state_->mutex);
    auto& s = *state_;
    reply_plan plan;
    call_record record;
    record.method = method;
    record.files.assign(files.begin(), files.end());
    std::optional<fault> f;
    bool polling = false;
    try {
        const auto spec = detail::find_method(method);
        if (!spec) throw detail::api_fault{404, "Not Found: method not found"};
        record.method = spec->name;
        polling = spec->name == "getUpdates";
        boost::system::error_code error;
        auto document = params.empty() ? boost::json::value(boost::json::object())
                                       : boost::json::parse(params, error);
        if (error || !document.is_object()) detail::bad_request("can't parse JSON request body");
        detail::call_input in{*spec, std::move(document.get_object()), files};
        record.params = boost::json::serialize(in.params);
        f = s.take_fault(spec->name);
        const bool repeat = f && f->kind() == fault_kind::repeated_updates;
        if (!f || f->takes_effect_first() || repeat) {
            s.check_params(in);
            record.params = boost::json::serialize(in.params);
            if (polling) {
                plan = s.begin_poll(in, std::move(record), repeat);
                if (f && !repeat && plan.waiting_poll == 0)
                    detail::spoil(plan, s.polls.back(), *f);
                s.announce(lock);
                return plan;
            }
            const auto result = s.execute(in);
            record.result = boost::json::serialize(result);
            plan.body = detail::success_body(result);
        }
    } catch (const detail::api_fault& refused) {
        plan.status = record.status = refused.code;
        record.description = refused.description;
        plan.body = detail::failure_body(refused.code, refused.description, refused.parameters);
    } catch (const std::exception& mistake) {
        // Parameters of a shape that this fake did not foresee: seen by the test, fatal to nobody.
        plan.status = record.status = 500;
        record.description = std::string("Internal Server Error: ") + mistake.what();
        plan.body = detail::failure_body(500, record.description, {});
    }
    if (f) detail::spoil(plan, record, *f);
    (polling ? s.polls : s.calls).push_back(std::move(record));
    s.announce(lock);
    return plan;
}

BANTER_COLD_DECL reply_plan world::download(std::string_view file_path) {
    std::unique_lock lock(state_->mutex);
    reply_plan plan;
    call_record record;
    record.method = "download";
    boost::json::object params;
    params["file_path"] = file_path;
    record.params = boost::json::serialize(params);
    plan.status = record.status = 404;
    plan.body = detail::failure_body(404, "Not Found", {});
    for (const auto& f : state_->files) {
        if (f.path != file_path) continue;
        plan.body = f.bytes;
        plan.status = record.status = 200;
    }
    if (const auto f = state_->take_fault("download")) detail::spoil(plan, record, *f);
    state_->calls.push_back(std::move(record));
    state_->announce(lock);
    return plan;
}

// getUpdates.

BANTER_COLD_DECL bool world::state::wants(std::string_view kind) const {
    if (kind.empty()) return true;
    for (const auto& one : allowed)
        if (one.as_string() == kind) return true;
    if (!allowed.empty()) return false;
    return kind != "chat_member" && kind != "message_reaction" && kind != "message_reaction_count";
}

BANTER_COLD_DECL void world::state::remember_delivered() {
    while (delivered.size() > 100) delivered.pop_front();
}

BANTER_COLD_DECL boost::json::array world::state::fetch(std::size_t limit, bool repeat) {
    updates.remove_if([this](const auto& u) { return !wants(u.kind); });
    std::list<detail::waiting_update> batch = std::move(again);
    again.clear();
    for (const auto& u : updates) {
        if (batch.size() >= limit) break;
        batch.push_back(u);
        if (delivered.empty() || delivered.back().id < u.id) delivered.push_back(u);
    }
    remember_delivered();
    array out;
    for (const auto& u : batch) {
        boost::system::error_code error;
        auto v = boost::json::parse(u.text, error);
        out.push_back(error ? value(u.text) : std::move(v));
    }
    if (repeat) again = std::move(batch);
    return out;
}

BANTER_COLD_DECL reply_plan world::state::begin_poll(const call_input& in, call_record record,
                                                     bool repeat) {
    if (!webhook.empty())
        throw detail::api_fault{409, "Conflict: can't use getUpdates method while webhook is "
                                     "active; use deleteWebhook to delete the webhook first"};
    if (const auto* kinds = in.find("allowed_updates")) allowed = kinds->as_array();
    const auto offset = in.number("offset");
    if (offset > 0) updates.remove_if([offset](const auto& u) { return u.id < offset; });
    while (offset < 0 && static_cast<std::int64_t>(updates.size()) > -offset)
        updates.pop_front();
    for (auto& other : parked) other.ended_by_other = true;
    detail::waiting_poll poll;
    poll.id = next_poll++;
    const auto limit = in.number("limit");
    poll.limit = limit >= 1 && limit <= 100 ? static_cast<std::size_t>(limit) : 100;
    poll.record = polls.size();
    poll.repeat = repeat;
    polls.push_back(std::move(record));
    parked.push_back(poll);
    const auto timeout = std::clamp<std::int64_t>(in.number("timeout"), 0, 50);
    auto plan = poll_again(poll.id, timeout == 0);
    plan.delay = std::chrono::seconds(timeout);
    return plan;
}

BANTER_COLD_DECL reply_plan world::state::poll_again(std::uint64_t id, bool expired) {
    reply_plan plan;
    auto found = parked.begin();
    while (found != parked.end() && found->id != id) ++found;
    if (found == parked.end()) {
        plan.status = 409;
        plan.body = detail::failure_body(409, "Conflict: the request has ended", {});
        return plan;
    }
    const auto poll = *found;
    call_record* record = poll.record < polls.size() ? &polls[poll.record] : nullptr;
    if (poll.ended_by_other) {
        plan.status = 409;
        const char* why = "Conflict: terminated by other getUpdates request; make sure that only "
                          "one bot instance is running";
        plan.body = detail::failure_body(409, why, {});
        if (record != nullptr) record->status = 409, record->description = why;
        parked.erase(found);
        return plan;
    }
    const auto batch = fetch(poll.limit, poll.repeat);
    if (batch.empty() && !expired) {
        plan.waiting_poll = id;
        return plan;
    }
    plan.body = detail::success_body(batch);
    if (record != nullptr) record->result = boost::json::serialize(batch);
    parked.erase(found);
    return plan;
}

BANTER_COLD_DECL reply_plan world::resume_poll(std::uint64_t poll, bool expired) {
    std::unique_lock lock(state_->mutex);
    auto plan = state_->poll_again(poll, expired);
    if (plan.waiting_poll == 0) state_->changed.notify_all();
    return plan;
}

BANTER_COLD_DECL void world::abandon_poll(std::uint64_t poll) {
    const std::scoped_lock lock(state_->mutex);
    std::erase_if(state_->parked, [poll](const auto& p) { return p.id == poll; });
}

BANTER_COLD_DECL std::vector<queued_update> world::take_updates() {
    const std::scoped_lock lock(state_->mutex);
    std::vector<queued_update> out;
    for (auto& u : state_->again) out.push_back({u.id, std::move(u.text)});
    state_->again.clear();
    for (const auto& u : state_->updates) out.push_back({u.id, u.text});
    state_->delivered.splice(state_->delivered.end(), state_->updates);
    state_->remember_delivered();
    state_->changed.notify_all();
    return out;
}

BANTER_COLD_DECL void world::repeat_updates(std::size_t count) {
    std::unique_lock lock(state_->mutex);
    auto left = state_->delivered.size();
    for (const auto& u : state_->delivered)
        if (left-- <= count) state_->again.push_back(u);
    state_->announce(lock);
}

// Raw updates.

BANTER_COLD_DECL void world::state::learn(const value& v) {
    if (const auto* a = v.if_array()) {
        for (const auto& element : *a) learn(element);
        return;
    }
    const auto* o = v.if_object();
    if (o == nullptr) return;
    for (const auto& [name, member] : *o) {
        learn(member);
        const auto* m = member.if_object();
        if (m == nullptr) continue;
        const auto id = detail::number_in(*m, "id");
        if (name == "chat" && m->contains("type")) chats.try_emplace(id).first->second.chat = *m;
        if ((name == "from" || name == "user") && m->contains("is_bot")) {
            if (users.try_emplace(id, *m).second && id > 0 && !chats.contains(id))
                chats[id].chat = private_chat_of(*m);
        }
        if (name.ends_with("_query") && m->contains("id"))
            stored_query_of(detail::text_in(*m, "id")).kind = name;
        const auto* c = detail::object_in(*m, "chat");
        const auto message_id = detail::number_in(*m, "message_id");
        if (c != nullptr && message_id != 0 && detail::number_in(*m, "date") != 0) {
            const auto* from = detail::object_in(*m, "from");
            const bool by_bot = from != nullptr && detail::number_in(*from, "id") == bot_id;
            auto& known = chats[detail::number_in(*c, "id")];
            known.messages.try_emplace(message_id, stored_message{*m, by_bot, next_touch++});
        }
        if (const auto file_id = detail::text_in(*m, "file_id"); !file_id.empty())
            if (detail::find_by_id(files, file_id) == nullptr) new_file("raw", {}, {}).id = file_id;
    }
}

BANTER_COLD_DECL std::int64_t world::push(std::string_view update_json) {
    std::unique_lock lock(state_->mutex);
    auto& s = *state_;
    auto update = boost::json::parse(update_json).as_object();
    auto id = detail::number_in(update, "update_id");
    if (id == 0) {
        id = s.next_update;
        boost::json::object with_id;
        with_id["update_id"] = id;
        for (const auto& [name, v] : update) with_id[name] = v;
        update = std::move(with_id);
    }
    s.next_update = std::max(s.next_update, id + 1);
    s.learn(update);
    std::string kind;
    for (const auto& [name, v] : update)
        if (name != "update_id" && kind.empty()) kind = name;
    if (!detail::find_type("Update")->find(kind)) kind.clear();
    s.updates.push_back({id, kind, boost::json::serialize(update)});
    s.announce(lock);
    return id;
}

BANTER_COLD_DECL std::int64_t world::push_broken(std::string_view text) {
    std::unique_lock lock(state_->mutex);
    const auto id = state_->next_update++;
    state_->updates.push_back({id, {}, std::string(text)});
    state_->announce(lock);
    return id;
}

}  // namespace banter::testkit
