// What a handler says and asks: the update's chat and user, and declared effects.
//
// Everything said through a context is declared: it is queued in order and sent after the handler
// has returned and its transition is committed. A handler that throws says nothing. What has to
// happen at once, or whose result is needed, is a call: co_await api(method{...}).
#pragma once

#include <banter/config.hpp>
#include <banter/flow/incoming.hpp>
#include <banter/flow/keyboard.hpp>
#include <banter/flow/outbox.hpp>
#include <banter/telegram/values.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace banter {

/// How a text is sent or edited. Fields as in sendMessage.
struct text_options {
    banter::parse_mode parse_mode = banter::parse_mode::none;
    banter::reply_markup reply_markup = {};
    bool disable_notification = false;
    bool protect_content = false;
    /// link_preview_options.is_disabled.
    bool disable_link_preview = false;
    /// Whether a reply quotes the message it answers: in groups, unless said otherwise.
    std::optional<bool> quote = {};
};

/// How a pressed button is answered. Fields as in answerCallbackQuery.
struct answer_options {
    bool show_alert = false;
    std::string_view url = {};
    /// How long the client may keep the answer, in seconds.
    std::int64_t cache_time = 0;
};

class context {
  public:
    context(const incoming& update, outbox& effects) : update_(&update), effects_(&effects) {}

    // ---- the update ----

    /// The chat of the update. Throws std::logic_error where it has none (a button of a message
    /// that was sent by inline mode).
    [[nodiscard]] std::int64_t chat_id() const;
    /// The user behind the update; 0 where Telegram names none.
    [[nodiscard]] std::int64_t user_id() const { return update_->head().user_id; }
    /// The message: the one that came, or the one under the pressed button.
    [[nodiscard]] std::int64_t message_id() const { return update_->head().message_id; }
    /// The topic of a forum, or 0.
    [[nodiscard]] std::int64_t thread_id() const { return update_->head().thread_id; }
    [[nodiscard]] banter::chat_type chat_type() const { return update_->head().chat; }
    /// The text of the message; empty where it has none.
    [[nodiscard]] std::string_view text() const { return update_->head().text; }
    /// What stands behind a command, trimmed (PTB: " ".join(context.args)).
    [[nodiscard]] std::string_view arguments() const { return update_->command_rest(); }
    /// The I-th word behind a command; empty where there is none.
    [[nodiscard]] std::string_view argument(std::size_t i) const;
    /// Everything the first decoding pass knows: names, language, ids.
    [[nodiscard]] const telegram::envelope& head() const { return update_->head(); }
    /// The user's full name: first name, and last name behind a space if there is one.
    [[nodiscard]] std::string full_name() const;
    /// The user as an HTML link (PTB: mention_html).
    [[nodiscard]] std::string mention_html() const;
    /// The whole update, user and chat (Bot API: Update, User, Chat).
    [[nodiscard]] telegram::update update() const { return update_->update(); }
    [[nodiscard]] telegram::user user() const { return update_->user(); }
    [[nodiscard]] telegram::chat chat() const { return update_->chat(); }

    // ---- declared effects ----

    /// Sends a text to the update's chat (sendMessage): in its topic, over its business connection,
    /// and, outside of private chats, as an answer to the message.
    void reply(std::string_view text, const text_options& options = {});
    void reply(std::string_view text, const reply_markup& keyboard);

    /// Replaces the text of the message under the pressed button (editMessageText). No keyboard
    /// named: it disappears.
    void edit(std::string_view text, const text_options& options = {});
    void edit(std::string_view text, const reply_markup& keyboard);

    /// Answers the pressed button (answerCallbackQuery).
    void answer(std::string_view text = {}, const answer_options& options = {});

    /// Queues any call, in order with the others: ctx.send(send_photo{...}).
    template <class M>
    void send(const M& method) {
        effects_->add(method);
    }
    /// Queues a call of a method that this library does not know; `parameters` is a JSON object.
    void send_raw(std::string_view method, std::string_view parameters) {
        effects_->add_raw(method, parameters);
    }

  private:
    const incoming* update_;
    outbox* effects_;
};

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/context.ipp>
#endif
