// One update on its way through the bot: its text, what the first decoding pass read of it, and
// the whole document, parsed when somebody asks for it. Reused for the next update: in the steady
// state it allocates nothing.
//
// Declarations only, so that a flow is verified without Boost.JSON; <banter/flow/handlers.hpp> has the bodies.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/filter_program.hpp>
#include <banter/telegram/envelope.hpp>
#include <banter/telegram/generated/views.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace banter {

/// What stands for the data of a pressed button whose object is not kept any more.
inline constexpr char expired_button_data[] = "=expired";

/// Where an update came from: what is needed to speak there again without one.
struct update_address {
    std::int64_t chat_id = 0;
    std::int64_t user_id = 0;
    std::int64_t sender_chat_id = 0;
    std::int64_t thread_id = 0;
    std::int64_t topic_id = 0;
    chat_type chat = chat_type::none;
    bool has_user = false;
    bool is_topic_message = false;
    std::string business_connection_id;

    /// Takes over where this update came from; its memory is kept.
    void assign(const telegram::envelope& from);
};

class incoming {
  public:
    incoming();
    ~incoming();
    incoming(const incoming&) = delete;
    incoming& operator=(const incoming&) = delete;

    /// Takes an update in. The text is copied.
    telegram::decode_fault read(std::string_view json);

    /// Stands in for an update where there is none: of a timeout. Its kind is unknown, and it brings
    /// a chat and a user, but no message.
    void stand_in(const update_address& from);

    /// What the first decoding pass read.
    [[nodiscard]] const telegram::envelope& head() const { return head_; }
    /// The update as it was sent.
    [[nodiscard]] std::string_view json() const { return json_; }
    /// The whole update (Bot API: Update). Parsed at the first call.
    [[nodiscard]] telegram::update update() const;
    /// The message the update brings, of whichever of the seven message kinds; null for others.
    [[nodiscard]] telegram::message message() const;
    /// The user behind the update: who wrote, pressed, voted...; null if nobody is named.
    [[nodiscard]] telegram::user user() const;
    /// The chat of the update; null if there is none.
    [[nodiscard]] telegram::chat chat() const;

    /// A property of the update (properties.hpp); the view is good until the next call. False where
    /// the update has it not.
    [[nodiscard]] bool read(update_property property, std::string_view& out) const;

    /// The object behind the pressed button (stored_buttons.hpp); null if there is none.
    [[nodiscard]] const void* button_object() const { return button_object_.get(); }
    void put_button_object(std::shared_ptr<const void> object) {
        button_object_ = std::move(object);
    }
    /// The object is not kept any more: from here on the button's data says so, and nothing else.
    void expire_button() { head_.data = expired_button_data; }
    [[nodiscard]] bool button_has_expired() const {
        return head_.data.data() == static_cast<const char*>(expired_button_data);
    }

    /// The user name of the bot that reads, to tell /cmd@ThisBot from /cmd@OtherBot.
    void set_bot_username(std::string_view name) { bot_username_ = name; }
    /// The command's name without slash and bot name; empty where the update brings no command or
    /// one that is addressed to another bot.
    [[nodiscard]] std::string_view own_command() const;
    /// What stands behind the command, with white space trimmed on both sides.
    [[nodiscard]] std::string_view command_rest() const;

  private:
    struct document;
    std::string json_;
    std::string business_connection_id_;  // of one that stands in
    telegram::envelope head_;
    telegram::envelope_reader reader_;
    std::string_view bot_username_;
    mutable std::unique_ptr<document> document_;
    mutable std::string property_text_;  // its memory is kept
    std::shared_ptr<const void> button_object_;
};

namespace detail {

/// Compares ASCII letters without case, as Telegram compares command and user names.
[[nodiscard]] constexpr bool equal_without_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i != a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

/// The truth of an atom for an update at hand. Run-time predicates are the caller's.
[[nodiscard]] truth ask_update(const incoming& update, const filter_node& atom);

/// Whether an update fits a filter without run-time predicates.
template <class F>
[[nodiscard]] bool fits(const incoming& update) {
    return evaluate(plain_program<F>, [&](const filter_node& atom) {
               return ask_update(update, atom);
           }) == truth::yes;
}

}  // namespace detail
}  // namespace banter
