// A user of the fake Telegram, as tests speak of one:
//
//     auto anna = app.user("Anna");
//     anna.sends("/pay");
//     anna.presses("First bank");
//     anna.last_reply().text();
//
// The same for testkit::app (the bot in this process) and fake_bot_api (the bot anywhere).
#pragma once

#include <banter/config.hpp>
#include <banter/testkit/world.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace banter::testkit {

/// One user in one chat. A light handle: copy it freely; the world must live longer.
class actor {
  public:
    /// Called after each thing that the user does; an app lets its bot work then.
    struct settler {
        void* context = nullptr;
        void (*settle)(void*) = nullptr;
    };

    actor(world& telegram, std::int64_t user, place where, settler after)
        : world_(&telegram), user_(user), place_(where), settler_(after) {
        if (place_.chat_id == 0) place_.chat_id = user;
    }

    std::int64_t id() const { return user_; }
    std::int64_t chat_id() const { return place_.chat_id; }
    place where() const { return place_; }
    world& telegram() const { return *world_; }

    // What the user does. Those that send return the message's id.
    std::int64_t sends(std::string_view text) { return sends(content::text(text)); }
    std::int64_t sends(const content& what);
    std::int64_t sends_photo(std::string_view path = {}, std::string_view caption = {});
    std::int64_t sends_document(std::string_view path = {}, std::string_view caption = {});
    std::int64_t sends_video(std::string_view path = {}, std::string_view caption = {});
    std::int64_t sends_audio(std::string_view path = {}, std::string_view caption = {});
    std::int64_t sends_animation(std::string_view path = {}, std::string_view caption = {});
    std::int64_t sends_voice(std::string_view path = {});
    std::int64_t sends_video_note(std::string_view path = {});
    std::int64_t sends_sticker(std::string_view path = {});
    std::int64_t sends_location(double latitude, double longitude);
    std::int64_t sends_venue(double latitude, double longitude, std::string_view title,
                             std::string_view address);
    std::int64_t sends_contact(std::string_view phone_number, std::string_view first_name);
    std::int64_t sends_dice(int value, std::string_view emoji = "\xF0\x9F\x8E\xB2");
    std::int64_t sends_poll(std::string_view question, const std::vector<std::string>& options);
    std::int64_t replies_to(std::int64_t message_id, std::string_view text);
    /// Edits this user's last message here, or the one with this id.
    void edits(std::string_view text, std::int64_t message_id = 0);
    /// Presses a button, by its label or its callback data: of the newest message that has inline
    /// buttons, or of the reply keyboard. `impossible` lists the buttons there are.
    void presses(std::string_view label_or_data);
    /// Presses a button of this very message.
    void presses(std::string_view label_or_data, const sent_message& on);
    /// Sends callback data that need be on no button, as an old client or an attacker can.
    void presses_data(std::string_view data, std::int64_t message_id = 0, bool inaccessible = false);
    void reacts(std::int64_t message_id, std::string_view emoji);
    void joins();
    void leaves();
    void blocks_bot();
    void unblocks_bot();
    /// Returns the query's id, for `world::inline_results`.
    std::string asks_inline(std::string_view query, std::string_view offset = {});
    void chooses_inline_result(std::string_view result_id, std::string_view query = {});
    void votes(std::string_view poll_id, const std::vector<int>& options);
    /// The user confirms a payment: a pre-checkout query. Returns the query's id.
    std::string checks_out(std::string_view payload, std::string_view currency,
                           std::int64_t total_amount);
    void pays(std::string_view payload, std::string_view currency, std::int64_t total_amount);

    // What the user sees here.
    /// The bot's messages in this chat, oldest first, as they stand now.
    std::vector<sent_message> replies() const { return world_->bot_messages(place_); }
    /// The one that the bot sent or edited last; throws `impossible` if there is none.
    sent_message last_reply() const;
    /// Rows of the reply keyboard.
    button_rows reply_keyboard() const { return world_->reply_keyboard(place_); }
    /// What the bot answered to this user's last press of an inline button (or payment query).
    query_answer last_answer() const { return world_->answer_to(last_query_); }

  protected:
    void settled() const {
        if (settler_.settle != nullptr) settler_.settle(settler_.context);
    }
    world* world_;
    std::int64_t user_;
    place place_;
    settler settler_;
    std::string last_query_;
};

}  // namespace banter::testkit

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/actor.ipp>
#endif
