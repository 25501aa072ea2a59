// What a world knows. Private to its bodies.
#pragma once

#include <banter/testkit/entities.hpp>
#include <banter/testkit/json_access.hpp>
#include <banter/testkit/schema.hpp>
#include <banter/testkit/world.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <utility>

namespace banter::testkit::detail {

namespace json = boost::json;

/// An error object of the Bot API on its way out of a method.
struct api_fault {
    int code;
    std::string description;
    json::object parameters = {};
};

[[noreturn]] inline void bad_request(const std::string& what) {
    throw api_fault{400, "Bad Request: " + what};
}

/// The user that Telegram names as the author of what is sent on behalf of a chat.
constexpr std::int64_t stand_in_for(bool anonymous_administrator) {
    return anonymous_administrator ? 1087968824 : 136817688;
}

struct stored_message {
    json::object message;
    bool by_bot = false;
    std::uint64_t touched = 0;  // grows with each message sent or edited by the bot
};

struct chat_state {
    json::object chat;
    std::map<std::int64_t, stored_message> messages;
    json::object keyboards;  // open reply keyboards by thread
    std::map<std::int64_t, json::object> members;
    std::vector<std::int64_t> topics;
    std::int64_t pinned = 0;
    std::int64_t last_message_id = 10;
    std::int64_t migrated_to = 0;
    bool blocked = false;

    bool has_topic(std::int64_t thread) const {
        for (const auto id : topics)
            if (id == thread) return true;
        return false;
    }
};

struct stored_file {
    std::string id, unique, path, bytes, name;
};

struct stored_query {
    std::string id;
    std::string kind;
    json::object answer;
    bool answered = false;
};

struct waiting_update {
    std::int64_t id = 0;
    std::string kind;
    std::string text;
};

struct waiting_poll {
    std::uint64_t id = 0;
    std::size_t limit = 100;
    std::size_t record = 0;
    bool ended_by_other = false;
    bool repeat = false;
};

struct fixed_answer {
    std::string method;
    json::value result;
    int times = 1;
};

struct live_fault {
    fault what;
    int times;
    int after;
};

/// What has this id; null if nothing has. What is asked for is most often new.
template <class T>
T* find_by_id(std::list<T>& all, std::string_view id) {
    for (auto one = all.rbegin(); one != all.rend(); ++one)
        if (one->id == id) return &*one;
    return nullptr;
}

/// One call on its way through the methods.
struct call_input {
    method_spec spec;
    json::object params;
    const std::vector<sent_file>& files;

    const json::value* find(std::string_view name) const { return params.if_contains(name); }
    std::string text(std::string_view name) const;
    std::int64_t number(std::string_view name) const;
    bool flag(std::string_view name) const;
};

BANTER_COLD_DECL json::array entity_array(const std::vector<text_entity>& entities);

}  // namespace banter::testkit::detail

namespace banter::testkit {

struct world::state {
    using object = boost::json::object;
    using value = boost::json::value;
    using array = boost::json::array;
    using chat_state = detail::chat_state;
    using stored_message = detail::stored_message;
    using call_input = detail::call_input;

    explicit state(const world_options& options);
    state(const state&) = delete;
    state& operator=(const state&) = delete;
    ~state();

    mutable std::mutex mutex;
    mutable std::condition_variable changed;
    void (*listener)(void*) = nullptr;
    void* listener_context = nullptr;

    bool real_time, any_chat;
    std::chrono::system_clock::time_point clock;
    object bot;
    std::int64_t bot_id;
    std::map<std::int64_t, object> users;
    std::map<std::int64_t, chat_state> chats;
    std::list<detail::stored_file> files;
    std::list<detail::stored_query> queries;
    object polls_by_id;  // [chat, message]
    object settings;  // commands, names, rights, ...
    std::list<detail::waiting_update> updates;
    std::list<detail::waiting_update> delivered;  // the newest of them, for repetition
    std::list<detail::waiting_update> again;
    std::list<detail::waiting_poll> parked;
    array allowed;  // kinds of updates; empty: those that come unasked
    std::string webhook;
    std::vector<call_record> calls, polls;
    std::list<detail::live_fault> faults;
    std::list<detail::fixed_answer> fixed;

    std::int64_t next_update = 700000001;
    std::int64_t next_user = 1001001;
    std::int64_t next_group = 1500600701;
    std::int64_t next_common_message = 101;
    std::int64_t next_number = 1;
    std::uint64_t next_touch = 1;
    std::uint64_t next_poll = 1;

    // The cast.
    std::int64_t unix_time() const;
    const object& user(std::int64_t id) const;
    chat_state& chat(std::int64_t id);
    chat_state& place_of(std::int64_t user, place& where);
    object private_chat_of(const object& user) const;
    object bot_user() const;
    object make_chat(std::int64_t id, std::string_view type, std::string_view title) const;
    object member_of(const chat_state& c, std::int64_t user) const;
    object make_member(const object& user, std::string_view status) const;

    // Messages and updates.
    std::int64_t new_message_id(chat_state& c);
    object start_message(chat_state& c, const object* from, std::int64_t thread);
    /// Makes it a message on behalf of a chat: that one and a stand-in for its author.
    void send_on_behalf(object& message, std::int64_t chat);
    void put_text(object& m, std::string_view words, bool caption) const;
    void put_media(object& m, const std::string& field, const std::string& file_name,
                   std::string bytes, const object& params);
    object media_object(const std::string& field, detail::stored_file& file, const object& params);
    array photo_sizes(detail::stored_file& file);
    detail::stored_file& new_file(std::string_view prefix, std::string bytes, std::string name);
    std::int64_t store_message(chat_state& c, object m, bool by_bot);
    object without_reply(const object& m) const;
    std::int64_t queue(std::string_view kind, value what);
    std::string new_query(std::string_view kind);
    detail::stored_query& stored_query_of(std::string_view id);
    object make_content(const content& what, object m);
    stored_message* newest_with_buttons(chat_state& c, std::int64_t thread);
    std::string press_button(std::int64_t user, chat_state& c, const stored_message& m,
                             const object& button);
    void learn(const value& v);

    // Calls.
    void announce(std::unique_lock<std::mutex>& lock);
    std::optional<fault> take_fault(std::string_view method);
    void check_params(call_input& in);
    value execute(call_input& in);
    reply_plan begin_poll(const call_input& in, call_record record, bool repeat);
    reply_plan poll_again(std::uint64_t id, bool expired);
    void remember_delivered();
    array fetch(std::size_t limit, bool repeat);
    bool wants(std::string_view kind) const;

    // Methods (world_messages.ipp, world_methods.ipp).
    using method_body = value (state::*)(call_input&);
    static method_body find_body(std::string_view name);
    chat_state& target_chat(const call_input& in, std::string_view name = "chat_id");
    stored_message& target_message(const call_input& in, std::string_view purpose);
    object read_text(const call_input& in, std::string_view field, std::string_view entities,
                     std::size_t limit, const object& params);
    object caption_fields(const call_input& in, const object& params);
    object file_fields(const call_input& in, const std::string& field, const value* source,
                       const object& params);
    object send_from_bot(const call_input& in, object fields);
    void open_keyboard(chat_state& c, std::int64_t thread, const value* markup);
    value finish_edit(const call_input& in, stored_message& m, object fresh);
    object copy_of(const call_input& in, std::int64_t message_id, bool forward);
    object make_poll(const call_input& in);
    value generic(call_input& in);
    detail::stored_query& target_query(const call_input& in, std::string_view name);

    value send_message(call_input& in);
    value send_media(call_input& in);
    value send_media_group(call_input& in);
    value send_paid_media(call_input& in);
    value send_fields(call_input& in);
    value send_poll(call_input& in);
    value send_dice(call_input& in);
    value send_invoice(call_input& in);
    value forward_message(call_input& in);
    value copy_message(call_input& in);
    value forward_messages(call_input& in);
    value edit_message(call_input& in);
    value stop_poll(call_input& in);
    value delete_message(call_input& in);
    value delete_messages(call_input& in);
    value answer_query(call_input& in);
    value answer_inline_query(call_input& in);
    value get_me(call_input& in);
    value get_file(call_input& in);
    value get_chat(call_input& in);
    value get_chat_member(call_input& in);
    value get_chat_administrators(call_input& in);
    value get_chat_member_count(call_input& in);
    value change_member(call_input& in);
    value create_topic(call_input& in);
    value pin_message(call_input& in);
    value set_chat_text(call_input& in);
    value set_setting(call_input& in);
    value get_setting(call_input& in);
    value set_webhook(call_input& in);
    value get_webhook_info(call_input& in);
    value set_reaction(call_input& in);
};

}  // namespace banter::testkit
