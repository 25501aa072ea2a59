// Bodies of testkit/world.hpp: the cast, time, and what a test may look at.
#pragma once

#include <banter/testkit/world.hpp>

#include <banter/testkit/impl/world_calls.ipp>
#include <banter/testkit/impl/world_messages.ipp>
#include <banter/testkit/impl/world_methods.ipp>
#include <banter/testkit/impl/world_state.ipp>
#include <banter/testkit/impl/world_users.ipp>


namespace banter::testkit {

namespace detail {

BANTER_COLD_DECL std::string call_input::text(std::string_view name) const {
    return text_in(params, name);
}
BANTER_COLD_DECL std::int64_t call_input::number(std::string_view name) const {
    return number_in(params, name);
}
BANTER_COLD_DECL bool call_input::flag(std::string_view name) const {
    const auto* v = params.if_contains(name);
    return v != nullptr && v->is_bool() && v->get_bool();
}

}  // namespace detail

BANTER_COLD_DECL world::state::state(const world_options& options)
    : real_time(options.real_time), any_chat(options.any_chat),
      // 2026-01-01 12:00 UTC: a day like any other, the same in every run.
      clock(std::chrono::system_clock::from_time_t(1767268800)), bot_id(options.bot_id) {
    bot = boost::json::parse(R"({"id":0,"is_bot":true,"first_name":"","username":"",)"
                             R"("can_join_groups":true,"can_read_all_group_messages":true,)"
                             R"("supports_guest_queries":false,"can_connect_to_business":false,)"
                             R"("has_main_web_app":false,"has_topics_enabled":false,)"
                             R"("allows_users_to_create_topics":false,"can_manage_bots":false,)"
                             R"("supports_join_request_queries":false,"supports_inline_queries":true})")
              .as_object();
    bot["id"] = bot_id;
    bot["first_name"] = options.bot_first_name;
    bot["username"] = options.bot_username;
    users[bot_id] = bot_user();
}

BANTER_COLD_DECL world::state::~state() = default;

BANTER_COLD_DECL world::world(world_options options) : state_(std::make_unique<state>(options)) {}
BANTER_COLD_DECL world::~world() = default;

BANTER_COLD_DECL std::int64_t world::state::unix_time() const {
    return std::chrono::system_clock::to_time_t(real_time ? std::chrono::system_clock::now()
                                                          : clock);
}

BANTER_COLD_DECL const boost::json::object& world::state::user(std::int64_t id) const {
    const auto found = users.find(id);
    if (found == users.end())
        throw impossible("there is no user " + std::to_string(id) + "; add_user adds one");
    return found->second;
}

BANTER_COLD_DECL detail::chat_state& world::state::chat(std::int64_t id) {
    const auto found = chats.find(id);
    if (found == chats.end())
        throw impossible("there is no chat " + std::to_string(id) +
                      "; add_user and add_group add chats");
    return found->second;
}

/// The chat of a place; fills in the private chat's id.
BANTER_COLD_DECL detail::chat_state& world::state::place_of(std::int64_t who, place& where) {
    const auto& u = user(who);
    if (where.chat_id == 0) where.chat_id = who;
    auto& c = chat(where.chat_id);
    if (where.chat_id < 0) c.members.try_emplace(who, make_member(u, "member"));
    return c;
}

BANTER_COLD_DECL boost::json::object world::state::bot_user() const {
    object o;
    for (const char* name : {"id", "is_bot", "first_name", "username"}) o[name] = bot.at(name);
    return o;
}

BANTER_COLD_DECL boost::json::object world::state::private_chat_of(const object& u) const {
    object c;
    c["id"] = u.at("id");
    c["type"] = "private";
    for (const char* name : {"first_name", "last_name", "username"})
        if (const auto* v = u.if_contains(name)) c[name] = *v;
    return c;
}

BANTER_COLD_DECL boost::json::object world::state::make_chat(std::int64_t id, std::string_view type,
                                                             std::string_view title) const {
    object c;
    c["id"] = id;
    c["type"] = type;
    c["title"] = title;
    return c;
}

BANTER_COLD_DECL boost::json::object world::state::make_member(const object& u,
                                                               std::string_view status) const {
    object known;
    known["@user"] = u;
    known["@now"] = unix_time();
    std::string_view type = "ChatMemberMember";
    if (status == "creator") type = "ChatMemberOwner";
    if (status == "administrator") type = "ChatMemberAdministrator";
    if (status == "restricted") type = "ChatMemberRestricted";
    if (status == "left") type = "ChatMemberLeft";
    if (status == "kicked") type = "ChatMemberBanned";
    std::int64_t unused = 1;
    auto out = detail::sample_of(type, known, unused).as_object();
    if (out.contains("until_date")) out["until_date"] = 0;
    if (out.contains("is_anonymous")) out["is_anonymous"] = false;
    return out;
}

BANTER_COLD_DECL boost::json::object world::state::member_of(const chat_state& c,
                                                             std::int64_t who) const {
    const auto found = c.members.find(who);
    return found == c.members.end() ? make_member(user(who), "left") : found->second;
}

BANTER_COLD_DECL std::int64_t world::add_user(std::string_view first_name, user_options options) {
    const std::scoped_lock lock(state_->mutex);
    const auto id = options.id != 0 ? options.id : state_->next_user++;
    boost::json::object u;
    u["id"] = id;
    u["is_bot"] = false;
    u["first_name"] = first_name;
    if (!options.last_name.empty()) u["last_name"] = options.last_name;
    if (!options.username.empty()) u["username"] = options.username;
    if (!options.language_code.empty()) u["language_code"] = options.language_code;
    if (options.is_premium) u["is_premium"] = true;
    state_->chats[id].chat = state_->private_chat_of(u);
    state_->users[id] = std::move(u);
    return id;
}

BANTER_COLD_DECL std::int64_t world::add_group(std::string_view title, group_options options) {
    const std::scoped_lock lock(state_->mutex);
    auto id = options.id;
    if (id == 0) {
        const auto n = state_->next_group++;
        id = options.type == "group" ? -n : -1000000000000 - n;
    }
    auto& c = state_->chats[id];
    c.chat = state_->make_chat(id, options.type, title);
    if (!options.username.empty()) c.chat["username"] = options.username;
    if (options.is_forum) c.chat["is_forum"] = true;
    c.members[state_->bot_id] = state_->make_member(state_->bot_user(), "administrator");
    return id;
}

BANTER_COLD_DECL std::int64_t world::add_topic(std::int64_t chat_id, std::string_view name) {
    const std::scoped_lock lock(state_->mutex);
    auto& c = state_->chat(chat_id);
    // A topic is named after its first message, which is a service message.
    const auto self = state_->bot_user();
    auto m = state_->start_message(c, &self, 0);
    const auto id = detail::number_in(m, "message_id");
    c.topics.push_back(id);
    m["message_thread_id"] = id;
    m["is_topic_message"] = true;
    boost::json::object created;
    created["name"] = name;
    created["icon_color"] = 7322096;
    m["forum_topic_created"] = std::move(created);
    state_->store_message(c, std::move(m), false);
    return id;
}

BANTER_COLD_DECL std::int64_t world::bot_id() const { return state_->bot_id; }
BANTER_COLD_DECL std::string world::bot_username() const {
    return detail::text_in(state_->bot, "username");
}

BANTER_COLD_DECL std::chrono::system_clock::time_point world::now() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->real_time ? std::chrono::system_clock::now() : state_->clock;
}

BANTER_COLD_DECL void world::advance(std::chrono::nanoseconds duration) {
    const std::scoped_lock lock(state_->mutex);
    state_->clock += std::chrono::duration_cast<std::chrono::system_clock::duration>(duration);
}

namespace detail {

/// Whether a message stands in this thread; thread 0 takes all of a chat.
BANTER_COLD_DECL bool in_thread(const json::object& m, std::int64_t thread) {
    return thread == 0 || number_in(m, "message_thread_id") == thread;
}

BANTER_COLD_DECL sent_message view_of(const stored_message& m) {
    return sent_message::from_json(json::serialize(m.message));
}

}  // namespace detail

BANTER_COLD_DECL std::vector<sent_message> world::bot_messages(place where) const {
    const std::scoped_lock lock(state_->mutex);
    std::vector<sent_message> out;
    for (const auto& [id, m] : state_->chat(where.chat_id).messages)
        if (m.by_bot && detail::in_thread(m.message, where.thread_id))
            out.push_back(detail::view_of(m));
    return out;
}

BANTER_COLD_DECL std::optional<sent_message> world::last_bot_message(place where) const {
    const std::scoped_lock lock(state_->mutex);
    const detail::stored_message* newest = nullptr;
    for (const auto& [id, m] : state_->chat(where.chat_id).messages)
        if (m.by_bot && detail::in_thread(m.message, where.thread_id) &&
            (newest == nullptr || m.touched > newest->touched))
            newest = &m;
    if (newest == nullptr) return std::nullopt;
    return detail::view_of(*newest);
}

BANTER_COLD_DECL std::optional<sent_message> world::last_with_buttons(place where) const {
    const std::scoped_lock lock(state_->mutex);
    const auto* m = state_->newest_with_buttons(state_->chat(where.chat_id), where.thread_id);
    if (m == nullptr) return std::nullopt;
    return detail::view_of(*m);
}

BANTER_COLD_DECL std::optional<sent_message> world::message(std::int64_t chat_id,
                                                            std::int64_t message_id) const {
    const std::scoped_lock lock(state_->mutex);
    const auto& messages = state_->chat(chat_id).messages;
    const auto found = messages.find(message_id);
    if (found == messages.end()) return std::nullopt;
    return detail::view_of(found->second);
}

BANTER_COLD_DECL button_rows world::reply_keyboard(place where) const {
    const std::scoped_lock lock(state_->mutex);
    const auto& open = state_->chat(where.chat_id).keyboards;
    const auto* rows = open.if_contains(std::to_string(where.thread_id));
    return rows == nullptr ? button_rows() : detail::read_rows(rows);
}

BANTER_COLD_DECL query_answer world::answer_to(std::string_view query_id) const {
    const std::scoped_lock lock(state_->mutex);
    const auto* const found = detail::find_by_id(state_->queries, query_id);
    query_answer out;
    if (found == nullptr) return out;
    const auto& answer = found->answer;
    out.answered = found->answered;
    out.text = detail::text_in(answer, "text");
    out.url = detail::text_in(answer, "url");
    out.alert = detail::text_in(answer, "show_alert") == "true";
    return out;
}

BANTER_COLD_DECL std::string world::inline_results(std::string_view query_id) const {
    const std::scoped_lock lock(state_->mutex);
    const auto* const found = detail::find_by_id(state_->queries, query_id);
    return found == nullptr ? std::string() : detail::text_in(found->answer, "results");
}

BANTER_COLD_DECL std::vector<call_record> world::calls() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->calls;
}

BANTER_COLD_DECL std::vector<call_record> world::calls(std::string_view method) const {
    const std::scoped_lock lock(state_->mutex);
    std::vector<call_record> out;
    std::copy_if(state_->calls.begin(), state_->calls.end(), std::back_inserter(out),
                 [method](const call_record& c) { return c.method == method; });
    return out;
}

BANTER_COLD_DECL std::vector<call_record> world::polls() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->polls;
}

BANTER_COLD_DECL std::size_t world::call_count() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->calls.size();
}

BANTER_COLD_DECL call_record world::call_at(std::size_t index) const {
    const std::scoped_lock lock(state_->mutex);
    if (index >= state_->calls.size())
        throw impossible("there are only " + std::to_string(state_->calls.size()) + " calls");
    return state_->calls[index];
}

BANTER_COLD_DECL void world::forget_calls() {
    const std::scoped_lock lock(state_->mutex);
    state_->calls.clear();
    state_->polls.clear();
    for (auto& poll : state_->parked) poll.record = static_cast<std::size_t>(-1);
}

BANTER_COLD_DECL bool world::wait_for_calls(std::size_t count, std::chrono::milliseconds timeout,
                                            std::string_view method) const {
    std::unique_lock lock(state_->mutex);
    return state_->changed.wait_for(lock, timeout, [&] {
        const auto& all = method == "getUpdates" ? state_->polls : state_->calls;
        std::size_t seen = 0;
        for (const call_record& call : all)
            if (method.empty() || call.method == method) ++seen;
        return seen >= count;
    });
}

BANTER_COLD_DECL bool world::wait_until_confirmed(std::chrono::milliseconds timeout) const {
    std::unique_lock lock(state_->mutex);
    return state_->changed.wait_for(
        lock, timeout, [this] { return state_->updates.empty() && state_->again.empty(); });
}

BANTER_COLD_DECL std::size_t world::unconfirmed_updates() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->updates.size();
}

BANTER_COLD_DECL void world::inject(fault f) {
    const std::scoped_lock lock(state_->mutex);
    const int times = f.remaining();
    const int after = f.lets_pass();
    state_->faults.push_back({std::move(f), times, after});
}

BANTER_COLD_DECL void world::clear_faults() {
    const std::scoped_lock lock(state_->mutex);
    state_->faults.clear();
}

BANTER_COLD_DECL void world::answer_with(std::string_view method, std::string_view result_json,
                                         int times) {
    const std::scoped_lock lock(state_->mutex);
    state_->fixed.push_back({std::string(method), boost::json::parse(result_json), times});
}

BANTER_COLD_DECL std::optional<std::string> world::file(std::string_view id_or_path) const {
    const std::scoped_lock lock(state_->mutex);
    for (const auto& f : state_->files)
        if (f.id == id_or_path || f.path == id_or_path) return f.bytes;
    return std::nullopt;
}

BANTER_COLD_DECL void world::set_file(std::string_view file_id, std::string_view bytes) {
    const std::scoped_lock lock(state_->mutex);
    if (auto* const found = detail::find_by_id(state_->files, file_id))
        found->bytes = bytes;
    else
        state_->new_file("set", std::string(bytes), {}).id = file_id;
}

BANTER_COLD_DECL void world::on_news(void (*listener)(void*), void* context) {
    const std::scoped_lock lock(state_->mutex);
    state_->listener = listener;
    state_->listener_context = context;
}

}  // namespace banter::testkit
