// What a handler says and asks: the update's chat and user, and declared effects.
//
// Everything said through a context is declared: it is queued in order and sent after the handler
// has returned and its transition is committed. A handler that throws says nothing. What has to
// happen at once, or whose result is needed, is a call: co_await api(method{...}).
//
// Declarations only: a file that checks flows needs no more, and the Bot API's methods behind the
// bodies would double what it costs. <banter/flow/handlers.hpp> has the bodies.
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

// What the shortcuts take beside their arguments: <banter/flow/generated/reply_options.hpp>. Each has
// the fields of its method that are neither arguments nor given by the update; those of most:
//   .caption, .parse_mode, .caption_entities   (.parse_mode and .entities of texts)
//   .reply_markup, .disable_notification, .protect_content, .message_effect_id
//   .quote, .reply_parameters   the message that is answered
//   .extra                      further parameters: the text of a JSON object
class styled_text;
struct text_options;
struct photo_options;
struct live_photo_options;
struct audio_options;
struct document_options;
struct video_options;
struct animation_options;
struct voice_options;
struct video_note_options;
struct paid_media_options;
struct media_group_options;
struct location_options;
struct venue_options;
struct contact_options;
struct poll_options;
struct checklist_options;
struct dice_options;
struct sticker_options;
struct game_options;
struct invoice_options;
struct rich_options;
struct copy_options;
struct forward_options;
struct edit_options;
struct edit_caption_options;
struct edit_location_options;

// Objects of the Bot API that shortcuts send: <banter/telegram/methods.hpp>.
class input_media;
class input_paid_media;
class reaction_type;
struct input_checklist;
struct input_poll_option;
struct input_rich_message;
struct labeled_price;

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
    [[nodiscard]] BANTER_DECL std::int64_t chat_id() const;
    /// The user behind the update; 0 where Telegram names none.
    [[nodiscard]] std::int64_t user_id() const { return update_->head().user_id; }
    /// Who stands in the conversation's key and owns user_data: the user; for what an anonymous
    /// administrator or a channel wrote, the chat on whose behalf it was sent (Bot API:
    /// Message.sender_chat), because all those share one stand-in as their user.
    [[nodiscard]] std::int64_t sender_id() const { return update_->head().sender_id(); }
    /// The message: the one that came, or the one under the pressed button.
    [[nodiscard]] std::int64_t message_id() const { return update_->head().message_id; }
    /// The topic of a forum, or 0.
    [[nodiscard]] std::int64_t thread_id() const { return update_->head().thread_id; }
    [[nodiscard]] banter::chat_type chat_type() const { return update_->head().chat; }
    /// The text of the message; empty where it has none.
    [[nodiscard]] std::string_view text() const { return update_->head().text; }
    /// The text or the caption of the message with its entities as mark-up (PTB: text_html,
    /// text_markdown_v2).
    [[nodiscard]] BANTER_DECL std::string text_html() const;
    [[nodiscard]] BANTER_DECL std::string text_markdown() const;
    /// What stands behind a command, trimmed (PTB: " ".join(context.args)).
    [[nodiscard]] std::string_view arguments() const { return update_->command_rest(); }
    /// The I-th word behind a command; empty where there is none.
    [[nodiscard]] BANTER_DECL std::string_view argument(std::size_t i) const;
    /// Everything the first decoding pass knows: names, language, ids.
    [[nodiscard]] const telegram::envelope& head() const { return update_->head(); }
    /// The user's full name: first name, and last name behind a space if there is one.
    [[nodiscard]] BANTER_DECL std::string full_name() const;
    /// The user as a link in HTML or MarkdownV2 (PTB: mention_html, mention_markdown_v2).
    [[nodiscard]] BANTER_DECL std::string mention_html() const;
    [[nodiscard]] BANTER_DECL std::string mention_markdown() const;
    /// The whole update, user and chat (Bot API: Update, User, Chat).
    [[nodiscard]] telegram::update update() const { return update_->update(); }
    [[nodiscard]] telegram::user user() const { return update_->user(); }
    [[nodiscard]] telegram::chat chat() const { return update_->chat(); }

    // ---- declared effects ----

    /// Sends a text to the update's chat (sendMessage). As all that begin with reply: in its topic,
    /// over its business connection, and, outside of private chats, as an answer to the message.
    BANTER_DECL void reply(std::string_view text);
    BANTER_DECL void reply(std::string_view text, const text_options& options);
    BANTER_DECL void reply(std::string_view text, const reply_markup& keyboard);
    /// The same of a text with entities (styled_text.hpp).
    BANTER_DECL void reply(const styled_text& text);
    BANTER_DECL void reply(const styled_text& text, const text_options& options);
    BANTER_DECL void reply(const styled_text& text, const reply_markup& keyboard);
    /// The same with HTML or MarkdownV2 in the text, whatever the options say.
    BANTER_DECL void reply_html(std::string_view text);
    BANTER_DECL void reply_html(std::string_view text, const text_options& options);
    BANTER_DECL void reply_markdown(std::string_view text);
    BANTER_DECL void reply_markdown(std::string_view text, const text_options& options);
    /// A text of any length in as many messages as it takes, split behind paragraphs, lines, sentences
    /// or words (long_text.hpp). A plain text is sent as it stands, without mark-up, which a split
    /// could break; entities go on over it. The first message quotes, the last has the keyboard.
    BANTER_DECL void reply_long(std::string_view plain);
    BANTER_DECL void reply_long(std::string_view plain, const text_options& options);
    BANTER_DECL void reply_long(const styled_text& text);
    BANTER_DECL void reply_long(const styled_text& text, const text_options& options);

    // A file is a file_id or a URL as a string, or an upload: input_file::path, input_file::bytes.
    BANTER_DECL void reply_photo(const input_file& photo);
    BANTER_DECL void reply_photo(const input_file& photo, const photo_options& options);
    BANTER_DECL void reply_live_photo(const input_file& live_photo, const input_file& photo);
    BANTER_DECL void reply_live_photo(const input_file& live_photo, const input_file& photo,
                                      const live_photo_options& options);
    BANTER_DECL void reply_audio(const input_file& audio);
    BANTER_DECL void reply_audio(const input_file& audio, const audio_options& options);
    BANTER_DECL void reply_document(const input_file& document);
    BANTER_DECL void reply_document(const input_file& document, const document_options& options);
    BANTER_DECL void reply_video(const input_file& video);
    BANTER_DECL void reply_video(const input_file& video, const video_options& options);
    BANTER_DECL void reply_animation(const input_file& animation);
    BANTER_DECL void reply_animation(const input_file& animation,
                                     const animation_options& options);
    BANTER_DECL void reply_voice(const input_file& voice);
    BANTER_DECL void reply_voice(const input_file& voice, const voice_options& options);
    BANTER_DECL void reply_video_note(const input_file& video_note);
    BANTER_DECL void reply_video_note(const input_file& video_note,
                                      const video_note_options& options);
    BANTER_DECL void reply_sticker(const input_file& sticker);
    BANTER_DECL void reply_sticker(const input_file& sticker, const sticker_options& options);
    /// Photos and videos for `star_count` Telegram Stars, 1 to 10 of them (sendPaidMedia).
    BANTER_DECL void reply_paid_media(std::int64_t star_count,
                                      const list_of<input_paid_media>& media);
    BANTER_DECL void reply_paid_media(std::int64_t star_count,
                                      const list_of<input_paid_media>& media,
                                      const paid_media_options& options);
    /// An album of 2 to 10: photos and videos, or documents, or audio files (sendMediaGroup).
    BANTER_DECL void reply_media_group(const list_of<input_media>& media);
    BANTER_DECL void reply_media_group(const list_of<input_media>& media,
                                       const media_group_options& options);

    BANTER_DECL void reply_location(double latitude, double longitude);
    BANTER_DECL void reply_location(double latitude, double longitude,
                                    const location_options& options);
    BANTER_DECL void reply_venue(double latitude, double longitude, std::string_view title,
                                 std::string_view address);
    BANTER_DECL void reply_venue(double latitude, double longitude, std::string_view title,
                                 std::string_view address, const venue_options& options);
    BANTER_DECL void reply_contact(std::string_view phone_number, std::string_view first_name);
    BANTER_DECL void reply_contact(std::string_view phone_number, std::string_view first_name,
                                   const contact_options& options);
    /// A poll; the answers are texts, or input_poll_option with more than a text (sendPoll).
    BANTER_DECL void reply_poll(std::string_view question,
                                const list_of<input_poll_option>& answers);
    BANTER_DECL void reply_poll(std::string_view question,
                                const list_of<input_poll_option>& answers,
                                const poll_options& options);
    /// A poll with one right answer, counted from 0; options.explanation tells why.
    BANTER_DECL void reply_quiz(std::string_view question,
                                const list_of<input_poll_option>& answers, std::int64_t correct);
    BANTER_DECL void reply_quiz(std::string_view question,
                                const list_of<input_poll_option>& answers, std::int64_t correct,
                                const poll_options& options);
    /// Only over a business connection: throws std::logic_error elsewhere (sendChecklist).
    BANTER_DECL void reply_checklist(const input_checklist& checklist);
    BANTER_DECL void reply_checklist(const input_checklist& checklist,
                                     const checklist_options& options);
    /// A dice, or another emoji with a random value: options.emoji (sendDice).
    BANTER_DECL void reply_dice();
    BANTER_DECL void reply_dice(const dice_options& options);
    BANTER_DECL void reply_game(std::string_view game_short_name);
    BANTER_DECL void reply_game(std::string_view game_short_name, const game_options& options);
    /// `payload` comes back with the payment; currency "XTR" is Telegram Stars (sendInvoice).
    BANTER_DECL void reply_invoice(std::string_view title, std::string_view description,
                                   std::string_view payload, std::string_view currency,
                                   const list_of<labeled_price>& prices);
    BANTER_DECL void reply_invoice(std::string_view title, std::string_view description,
                                   std::string_view payload, std::string_view currency,
                                   const list_of<labeled_price>& prices,
                                   const invoice_options& options);
    BANTER_DECL void reply_rich(const input_rich_message& rich_message);
    BANTER_DECL void reply_rich(const input_rich_message& rich_message,
                                const rich_options& options);
    /// Another message into this chat, as the bot's own or forwarded (copyMessage, forwardMessage).
    BANTER_DECL void reply_copy(const chat_id_ref& from_chat_id, std::int64_t message_id);
    BANTER_DECL void reply_copy(const chat_id_ref& from_chat_id, std::int64_t message_id,
                                const copy_options& options);
    BANTER_DECL void reply_forward(const chat_id_ref& from_chat_id, std::int64_t message_id);
    BANTER_DECL void reply_forward(const chat_id_ref& from_chat_id, std::int64_t message_id,
                                   const forward_options& options);
    /// This message into another chat.
    BANTER_DECL void copy_to(const chat_id_ref& other_chat);
    BANTER_DECL void forward_to(const chat_id_ref& other_chat);
    /// What the chat shows above its text field for up to 5 seconds: "typing", "upload_photo", ...
    /// (sendChatAction). Declared as everything here: what takes long calls send_chat_action itself.
    BANTER_DECL void reply_chat_action(std::string_view action = "typing");

    // What changes the message: the one under the pressed button, also one sent by inline mode.
    // Each throws std::logic_error where there is none that can be changed.

    /// Replaces the text (editMessageText). No keyboard named: it disappears, here and below.
    BANTER_DECL void edit(std::string_view text);
    BANTER_DECL void edit(std::string_view text, const edit_options& options);
    BANTER_DECL void edit(std::string_view text, const reply_markup& keyboard);
    BANTER_DECL void edit(const styled_text& text);
    BANTER_DECL void edit(const styled_text& text, const edit_options& options);
    BANTER_DECL void edit(const styled_text& text, const reply_markup& keyboard);
    BANTER_DECL void edit_caption(std::string_view words);
    BANTER_DECL void edit_caption(std::string_view words, const edit_caption_options& options);
    BANTER_DECL void edit_media(const input_media& media, const reply_markup& keyboard = {});
    /// Replaces the keyboard alone, or takes it away (editMessageReplyMarkup).
    BANTER_DECL void edit_keyboard(const reply_markup& keyboard = {});
    /// Moves a live location, and ends it.
    BANTER_DECL void edit_location(double latitude, double longitude);
    BANTER_DECL void edit_location(double latitude, double longitude,
                                   const edit_location_options& options);
    BANTER_DECL void stop_location(const reply_markup& keyboard = {});

    // These need a message of the chat, the one that came or the one under the pressed button.

    /// Deletes it (deleteMessage; over a business connection deleteBusinessMessages).
    BANTER_DECL void remove();
    BANTER_DECL void pin(std::optional<bool> disable_notification = {});
    BANTER_DECL void unpin();
    /// Reacts to it with an emoji, with another reaction, or with none any more (setMessageReaction).
    BANTER_DECL void react(std::string_view emoji, bool is_big = false);
    BANTER_DECL void react(const reaction_type& reaction, bool is_big = false);
    BANTER_DECL void unreact();
    BANTER_DECL void stop_poll(const reply_markup& keyboard = {});

    /// Lets the user who asked to join into the chat, or not (approveChatJoinRequest,
    /// declineChatJoinRequest).
    BANTER_DECL void approve_join();
    BANTER_DECL void decline_join();

    /// Answers the pressed button (answerCallbackQuery); where none was pressed, there is nothing to
    /// answer. So one handler may serve a command and a button.
    BANTER_DECL void answer(std::string_view text = {}, const answer_options& options = {});

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
