// The kinds of updates, of message contents and of chats, as small numbers: what filters, the
// checks of a flow and the first decoding pass are indexed by.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace banter {

/// Which of Update's optional fields an update carries, in the Bot API's order. `unknown` is an
/// update of a kind that this version of the library does not know.
enum class update_kind : std::uint8_t {
    message, edited_message, channel_post, edited_channel_post, business_connection,
    business_message, edited_business_message, deleted_business_messages, guest_message,
    message_reaction, message_reaction_count, inline_query, chosen_inline_result, callback_query,
    shipping_query, pre_checkout_query, purchased_paid_media, poll, poll_answer, my_chat_member,
    chat_member, chat_join_request, chat_boost, removed_chat_boost, managed_bot, subscription,
    stopped_message_generation, unknown,
};

/// The number of known kinds of updates (without `unknown`).
inline constexpr std::size_t update_kind_count = 27;
static_assert(static_cast<std::size_t>(update_kind::unknown) == update_kind_count);

/// What a Message contains, or which service event it reports: each of Message's optional fields
/// that says so. Attributes of a message (caption, entities, reply_to_message...) are no content.
///
/// Telegram sends one content for a message, with these exceptions, which it documents: an
/// animation also fills `document`, and a venue also fills `location`.
enum class content_kind : std::uint8_t {
    text, animation, audio, document, live_photo, paid_media, photo, sticker, story, video,
    video_note, voice, checklist, contact, dice, game, poll, venue, location, rich_message,
    new_chat_members, left_chat_member, chat_owner_left, chat_owner_changed, new_chat_title,
    new_chat_photo, delete_chat_photo, group_chat_created, supergroup_chat_created,
    channel_chat_created, message_auto_delete_timer_changed, migrate_to_chat_id,
    migrate_from_chat_id, pinned_message, invoice, successful_payment, refunded_payment,
    users_shared, chat_shared, gift, unique_gift, gift_upgrade_sent, connected_website,
    write_access_allowed, passport_data, proximity_alert_triggered, boost_added,
    chat_background_set, checklist_tasks_done, checklist_tasks_added, direct_message_price_changed,
    forum_topic_created, forum_topic_edited, forum_topic_closed, forum_topic_reopened,
    general_forum_topic_hidden, general_forum_topic_unhidden, giveaway_created, giveaway,
    giveaway_winners, giveaway_completed, managed_bot_created, paid_message_price_changed,
    poll_option_added, poll_option_deleted, suggested_post_approved, suggested_post_approval_failed,
    suggested_post_declined, suggested_post_paid, suggested_post_refunded, video_chat_scheduled,
    video_chat_started, video_chat_ended, video_chat_participants_invited, web_app_data,
    community_chat_added, community_chat_joined, community_chat_removed,
};

/// The number of content kinds.
inline constexpr std::size_t content_kind_count = 78;
static_assert(static_cast<std::size_t>(content_kind::community_chat_removed) + 1 ==
              content_kind_count);

/// Chat.type. `none` where an update has no chat; `private_chat` is Telegram's "private".
enum class chat_type : std::uint8_t { none, private_chat, group, supergroup, channel };

/// The number of values of chat_type, `none` among them.
inline constexpr std::size_t chat_type_count = 5;

/// MessageEntity.type, in the Bot API's order.
enum class entity_kind : std::uint8_t {
    mention, hashtag, cashtag, bot_command, url, email, phone_number, bold, italic, underline,
    strikethrough, spoiler, blockquote, expandable_blockquote, code, pre, text_link, text_mention,
    custom_emoji, date_time,
};

/// The number of kinds of entities.
inline constexpr std::size_t entity_kind_count = 20;
static_assert(static_cast<std::size_t>(entity_kind::date_time) + 1 == entity_kind_count);

/// A set of kinds of entities, as bits.
using entity_mask = std::uint32_t;

[[nodiscard]] constexpr entity_mask mask_of(entity_kind kind) noexcept {
    return entity_mask{1} << static_cast<unsigned>(kind);
}

namespace detail {

inline constexpr std::array<std::string_view, update_kind_count + 1> update_kind_names{
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages", "guest_message",
    "message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result",
    "callback_query", "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll",
    "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
    "removed_chat_boost", "managed_bot", "subscription", "stopped_message_generation", "unknown",
};

inline constexpr std::array<std::string_view, content_kind_count> content_kind_names{
    "text", "animation", "audio", "document", "live_photo", "paid_media", "photo", "sticker",
    "story", "video", "video_note", "voice", "checklist", "contact", "dice", "game", "poll",
    "venue", "location", "rich_message", "new_chat_members", "left_chat_member", "chat_owner_left",
    "chat_owner_changed", "new_chat_title", "new_chat_photo", "delete_chat_photo",
    "group_chat_created", "supergroup_chat_created", "channel_chat_created",
    "message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id",
    "pinned_message", "invoice", "successful_payment", "refunded_payment", "users_shared",
    "chat_shared", "gift", "unique_gift", "gift_upgrade_sent", "connected_website",
    "write_access_allowed", "passport_data", "proximity_alert_triggered", "boost_added",
    "chat_background_set", "checklist_tasks_done", "checklist_tasks_added",
    "direct_message_price_changed", "forum_topic_created", "forum_topic_edited",
    "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
    "general_forum_topic_unhidden", "giveaway_created", "giveaway", "giveaway_winners",
    "giveaway_completed", "managed_bot_created", "paid_message_price_changed", "poll_option_added",
    "poll_option_deleted", "suggested_post_approved", "suggested_post_approval_failed",
    "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded",
    "video_chat_scheduled", "video_chat_started", "video_chat_ended",
    "video_chat_participants_invited", "web_app_data", "community_chat_added",
    "community_chat_joined", "community_chat_removed",
};

inline constexpr std::array<std::string_view, entity_kind_count> entity_kind_names{
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold",
    "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
    "code", "pre", "text_link", "text_mention", "custom_emoji", "date_time",
};

inline constexpr std::array<std::string_view, chat_type_count> chat_type_names{
    "", "private", "group", "supergroup", "channel"};

}  // namespace detail

/// The Bot API's name: of the field of Update that holds this kind. "unknown" for `unknown`.
[[nodiscard]] constexpr std::string_view name_of(update_kind kind) noexcept {
    return detail::update_kind_names[static_cast<std::size_t>(kind)];
}

/// The Bot API's name: of the field of Message that holds this content.
[[nodiscard]] constexpr std::string_view name_of(content_kind kind) noexcept {
    return detail::content_kind_names[static_cast<std::size_t>(kind)];
}

/// The Bot API's name: the value of Chat.type; empty for `none`.
[[nodiscard]] constexpr std::string_view name_of(chat_type type) noexcept {
    return detail::chat_type_names[static_cast<std::size_t>(type)];
}

/// The Bot API's name: the value of MessageEntity.type.
[[nodiscard]] constexpr std::string_view name_of(entity_kind kind) noexcept {
    return detail::entity_kind_names[static_cast<std::size_t>(kind)];
}

/// The chat type that Telegram calls so; `none` for any other text. ("sender", which inline
/// queries may hold, is the private chat with the sender and no type of a chat.)
[[nodiscard]] constexpr chat_type chat_type_of(std::string_view name) noexcept {
    if (name == "private") return chat_type::private_chat;
    if (name == "supergroup") return chat_type::supergroup;
    if (name == "group") return chat_type::group;
    if (name == "channel") return chat_type::channel;
    return chat_type::none;
}

/// Whether a message with this content is a service message: it tells of an event instead of
/// carrying what somebody wrote. What Telegram documents as such; an invoice, a giveaway and its
/// winners are ordinary messages.
[[nodiscard]] constexpr bool is_service(content_kind kind) noexcept {
    switch (kind) {
        case content_kind::invoice:
        case content_kind::giveaway:
        case content_kind::giveaway_winners: return false;
        default: return kind >= content_kind::new_chat_members;
    }
}

/// Whether a message with this content may have a caption (Message.caption).
[[nodiscard]] constexpr bool may_have_caption(content_kind kind) noexcept {
    switch (kind) {
        case content_kind::animation:
        case content_kind::audio:
        case content_kind::document:
        case content_kind::live_photo:
        case content_kind::paid_media:
        case content_kind::photo:
        case content_kind::video:
        case content_kind::voice: return true;
        default: return false;
    }
}

/// Whether an update of this kind holds a Message: the seven kinds that have content.
[[nodiscard]] constexpr bool is_message_kind(update_kind kind) noexcept {
    switch (kind) {
        case update_kind::message:
        case update_kind::edited_message:
        case update_kind::channel_post:
        case update_kind::edited_channel_post:
        case update_kind::business_message:
        case update_kind::edited_business_message:
        case update_kind::guest_message: return true;
        default: return false;
    }
}

/// A set of content kinds, as bits.
class content_set {
  public:
    constexpr content_set() noexcept = default;
    constexpr content_set(content_kind kind) noexcept { insert(kind); }

    /// The set of all kinds.
    [[nodiscard]] static constexpr content_set all() noexcept { return ~content_set{}; }

    constexpr void insert(content_kind kind) noexcept {
        words_[index(kind) / 64] |= bit(kind);
    }
    constexpr void erase(content_kind kind) noexcept { words_[index(kind) / 64] &= ~bit(kind); }

    [[nodiscard]] constexpr bool contains(content_kind kind) const noexcept {
        return (words_[index(kind) / 64] & bit(kind)) != 0;
    }
    [[nodiscard]] constexpr bool empty() const noexcept { return (words_[0] | words_[1]) == 0; }
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        return static_cast<std::size_t>(std::popcount(words_[0]) + std::popcount(words_[1]));
    }
    [[nodiscard]] constexpr bool intersects(const content_set& other) const noexcept {
        return !(*this & other).empty();
    }
    [[nodiscard]] constexpr bool includes(const content_set& other) const noexcept {
        return (other & ~*this).empty();
    }

    /// The lowest kind in the set; nothing if the set is empty.
    [[nodiscard]] constexpr std::optional<content_kind> first() const noexcept {
        for (std::size_t word = 0; word != 2; ++word) {
            if (words_[word] == 0) continue;
            const auto low = static_cast<std::size_t>(std::countr_zero(words_[word]));
            return static_cast<content_kind>(word * 64 + low);
        }
        return std::nullopt;
    }

    [[nodiscard]] constexpr content_set operator|(const content_set& other) const noexcept {
        return content_set{words_[0] | other.words_[0], words_[1] | other.words_[1]};
    }
    [[nodiscard]] constexpr content_set operator&(const content_set& other) const noexcept {
        return content_set{words_[0] & other.words_[0], words_[1] & other.words_[1]};
    }
    [[nodiscard]] constexpr content_set operator^(const content_set& other) const noexcept {
        return content_set{words_[0] ^ other.words_[0], words_[1] ^ other.words_[1]};
    }
    [[nodiscard]] constexpr content_set operator~() const noexcept {
        return content_set{~words_[0] & mask(0), ~words_[1] & mask(1)};
    }
    constexpr content_set& operator|=(const content_set& other) noexcept {
        return *this = *this | other;
    }
    constexpr content_set& operator&=(const content_set& other) noexcept {
        return *this = *this & other;
    }

    constexpr bool operator==(const content_set&) const noexcept = default;

  private:
    constexpr content_set(std::uint64_t low, std::uint64_t high) noexcept : words_{low, high} {}

    static constexpr std::size_t index(content_kind kind) noexcept {
        return static_cast<std::size_t>(kind);
    }
    static constexpr std::uint64_t bit(content_kind kind) noexcept {
        return std::uint64_t{1} << (index(kind) % 64);
    }
    // The bits of a word that stand for a kind.
    static constexpr std::uint64_t mask(std::size_t word) noexcept {
        const std::size_t kinds = content_kind_count - word * 64;
        return kinds >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << kinds) - 1;
    }

    std::uint64_t words_[2]{};
};

static_assert(content_kind_count > 64 && content_kind_count < 128);

/// The contents of service messages.
inline constexpr content_set service_contents = [] {
    content_set all;
    for (std::size_t i = 0; i != content_kind_count; ++i)
        if (is_service(static_cast<content_kind>(i))) all.insert(static_cast<content_kind>(i));
    return all;
}();

}  // namespace banter
