// One fake Telegram, without a network: users, chats, messages, keyboards, files and polls. It makes
// the updates that users cause and answers every method of the Bot API.
//
// fake_bot_api puts it behind a real HTTP server, memory_gateway behind a bot in the same process.
// All functions may be called from any thread.
#pragma once

#include <banter/config.hpp>
#include <banter/testkit/content.hpp>
#include <banter/testkit/fault.hpp>
#include <banter/testkit/sent.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace banter::testkit {

struct world_options {
    std::int64_t bot_id = 123456;
    std::string_view bot_username = "banter_test_bot";
    std::string_view bot_first_name = "Banter Test";
    /// Dates follow the system's clock; otherwise time stands still until `advance`.
    bool real_time = false;
    /// Chat ids that nobody added are taken for private chats (or groups) that exist.
    bool any_chat = false;
};

struct user_options {
    std::string_view last_name = {};
    std::string_view username = {};
    std::string_view language_code = "en";
    bool is_premium = false;
    std::int64_t id = 0;  ///< 0: the next free one
};

struct group_options {
    std::string_view type = "supergroup";  ///< or "group", "channel"
    std::string_view username = {};
    bool is_forum = false;
    std::int64_t id = 0;  ///< 0: the next free one
};

/// Where a user acts: chat_id 0 is the private chat with the bot.
struct place {
    std::int64_t chat_id = 0;
    std::int64_t thread_id = 0;
    /// Not 0: messages are sent on behalf of this chat, as an anonymous administrator (of the same
    /// chat) or as a channel.
    std::int64_t on_behalf_of = 0;
};

/// One update in the queue.
struct queued_update {
    std::int64_t update_id = 0;
    std::string json;
};

/// What the network in front of a world is to do with a call.
struct reply_plan {
    int status = 200;
    std::string body;
    bool html = false;
    fault_kind fault = fault_kind::error;  ///< which way the delivery fails, if it does
    bool faulty = false;
    std::chrono::milliseconds delay{0};
    /// Not 0: a getUpdates call that has to wait; ask `resume_poll` again on news and after `delay`.
    std::uint64_t waiting_poll = 0;
};

class world {
  public:
    explicit world(world_options options = {});
    ~world();
    world(const world&) = delete;
    world& operator=(const world&) = delete;

    // The cast.
    /// Adds a user and returns the id, which is the id of the private chat too.
    std::int64_t add_user(std::string_view first_name, user_options options = {});
    /// Adds a group, supergroup or channel, with the bot in it, and returns the chat id.
    std::int64_t add_group(std::string_view title, group_options options = {});
    /// Adds a topic to a forum and returns its message_thread_id.
    std::int64_t add_topic(std::int64_t chat_id, std::string_view name);
    std::int64_t bot_id() const;
    std::string bot_username() const;

    // Time.
    std::chrono::system_clock::time_point now() const;
    void advance(std::chrono::nanoseconds duration);

    // What users do. Those that send return the message_id; unknown users, chats and messages throw
    // `impossible`.
    std::int64_t send(std::int64_t user, place where, const content& what);
    /// Edits a message that a user sent (0: the user's last one there).
    void edit(std::int64_t user, place where, std::string_view text, std::int64_t message_id = 0);
    /// Presses a button by its label or its callback data: on the given message, or on the newest
    /// one with inline buttons, else on the open reply keyboard. Throws `impossible`, which lists the
    /// buttons there are, if there is none such. Returns the callback query's id, or "" if the press
    /// sent a message or told the bot nothing (a link).
    std::string press(std::int64_t user, place where, std::string_view label_or_data,
                      std::int64_t message_id = 0);
    /// Presses with data that need be on no button, as an outdated client may.
    std::string press_data(std::int64_t user, place where, std::string_view data,
                           std::int64_t message_id, bool inaccessible = false);
    void join(std::int64_t user, std::int64_t chat_id);
    void leave(std::int64_t user, std::int64_t chat_id);
    /// The user blocks the bot (calls to the chat fail with 403) or lets it in again.
    void block_bot(std::int64_t user, bool blocked);
    void react(std::int64_t user, place where, std::int64_t message_id, std::string_view emoji);
    std::string inline_query(std::int64_t user, std::string_view query, std::string_view offset = {});
    void choose_inline_result(std::int64_t user, std::string_view result_id, std::string_view query);
    void vote(std::int64_t user, std::string_view poll_id, const std::vector<int>& options);
    std::string pre_checkout(std::int64_t user, std::string_view payload, std::string_view currency,
                             std::int64_t total_amount);
    std::string shipping_query(std::int64_t user, std::string_view payload);
    void request_to_join(std::int64_t user, std::int64_t chat_id);
    /// A channel's post, or an edit of the channel's last post.
    std::int64_t post(std::int64_t channel, const content& what, bool edited = false);
    /// A group becomes a supergroup: the two service messages. Returns the new chat id.
    std::int64_t migrate(std::int64_t user, std::int64_t group);
    /// Any update, as a JSON object; an update_id is added if there is none. Returns it.
    std::int64_t push(std::string_view update_json);
    /// Any text, delivered as it is (by `take_updates`; a server would send broken JSON).
    std::int64_t push_broken(std::string_view text);
    /// Delivers the last `count` updates once more.
    void repeat_updates(std::size_t count = 1);

    // What the bot did.
    /// Messages of the bot in a place, oldest first, as they stand now.
    std::vector<sent_message> bot_messages(place where) const;
    /// The message that the bot sent or edited last in a place.
    std::optional<sent_message> last_bot_message(place where) const;
    /// The newest one with inline buttons: what `press` looks at first.
    std::optional<sent_message> last_with_buttons(place where) const;
    std::optional<sent_message> message(std::int64_t chat_id, std::int64_t message_id) const;
    /// Rows of the reply keyboard that is open in a place.
    button_rows reply_keyboard(place where) const;
    query_answer answer_to(std::string_view query_id) const;
    /// The result list that answerInlineQuery gave, as a JSON array, or "".
    std::string inline_results(std::string_view query_id) const;
    /// Every call but getUpdates.
    std::vector<call_record> calls() const;
    std::vector<call_record> calls(std::string_view method) const;
    std::vector<call_record> polls() const;
    std::size_t call_count() const;
    /// One of them, counted from 0.
    call_record call_at(std::size_t index) const;
    void forget_calls();
    /// Waits in real time until there are that many calls (of one method, if named).
    bool wait_for_calls(std::size_t count, std::chrono::milliseconds timeout,
                        std::string_view method = {}) const;
    /// Waits in real time until the bot has confirmed every update (by the offset of a getUpdates).
    bool wait_until_confirmed(std::chrono::milliseconds timeout) const;
    std::size_t unconfirmed_updates() const;

    // Faults.
    void inject(fault f);
    void clear_faults();
    /// This answer (the JSON of "result") instead of the usual one for the next `times` calls.
    void answer_with(std::string_view method, std::string_view result_json, int times = 1);

    // Files.
    /// The bytes behind a file_id or a file_path; nothing if there is no such file.
    std::optional<std::string> file(std::string_view id_or_path) const;
    /// Sets the bytes behind a file_id.
    void set_file(std::string_view file_id, std::string_view bytes);

    // For what carries the calls.
    /// Answers one call: `params` is a JSON object; values may be texts, as from a form.
    reply_plan call(std::string_view method, std::string_view params,
                    const std::vector<sent_file>& files = {});
    /// A file download by its file_path; on record as a call named "download".
    reply_plan download(std::string_view file_path);
    /// A parked getUpdates: asks again; `expired` makes it answer whatever there is.
    reply_plan resume_poll(std::uint64_t poll, bool expired);
    /// The client of a parked getUpdates has gone.
    void abandon_poll(std::uint64_t poll);
    /// Takes all waiting updates, as if they had been fetched and confirmed.
    std::vector<queued_update> take_updates();
    /// `listener(context)` is called, from any thread, when a parked getUpdates should ask again.
    void on_news(void (*listener)(void*), void* context);

  private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace banter::testkit

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/world.ipp>
#endif
