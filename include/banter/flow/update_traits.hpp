// The names of what filters ask of an update besides its kind, its contents and its texts.
// properties.hpp knows more of them, and reads them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace banter {

/// What an update has or has not.
enum class update_flag : std::uint8_t {
    has_media_spoiler,      ///< Message.has_media_spoiler
    has_protected_content,  ///< Message.has_protected_content
    is_automatic_forward,   ///< Message.is_automatic_forward
    is_from_offline,        ///< Message.is_from_offline
    is_topic_message,       ///< Message.is_topic_message
    has_effect,             ///< Message.effect_id
    is_reply,               ///< Message.reply_to_message
    is_reply_to_story,      ///< Message.reply_to_story
    has_suggested_post,     ///< Message.suggested_post_info
    has_sender_boosts,      ///< Message.sender_boost_count
    in_forum,               ///< Chat.is_forum
    in_direct_messages,     ///< Chat.is_direct_messages
    from_bot,               ///< User.is_bot
    from_premium_user,      ///< User.is_premium
    from_menu_user,         ///< User.added_to_attachment_menu
    premium_sticker,        ///< Sticker.premium_animation
};

/// The number of flags.
inline constexpr std::size_t update_flag_count = 16;

/// What an update has as a short text. `id name` stands for an id, a space, and the user name without
/// @, empty where there is none.
enum class update_property : std::uint8_t {
    user,               ///< `id name` of the user behind the update
    language,           ///< User.language_code
    chat,               ///< `id name` of the update's chat
    sender_chat,        ///< `type id name` of Message.sender_chat
    via_bot,            ///< `id name` of Message.via_bot
    origin,             ///< `type id name` of Message.forward_origin; a hidden user has id 0
    mentions,           ///< who is mentioned in the text: each name with @, or id, between spaces
    mime_type,          ///< Document.mime_type
    file_name,          ///< Document.file_name
    sticker_format,     ///< static, animated or video
    dice,               ///< Dice.emoji and, behind it, Dice.value
    payment_payload,    ///< SuccessfulPayment.invoice_payload
    inline_query,       ///< InlineQuery.query
    inline_chat_type,   ///< InlineQuery.chat_type
    result_id,          ///< ChosenInlineResult.result_id
    payload,            ///< the payload of a shipping or pre-checkout query, of paid media, a subscription
    game,               ///< CallbackQuery.game_short_name
    member_change,      ///< `old new` of ChatMemberUpdated; restricted_in and restricted_out tell
                        ///< restricted members from restricted outsiders
    reactions_added,    ///< of MessageReactionUpdated: emoji, custom emoji ids and `paid`, between spaces
    reactions_removed,  ///< likewise
};

/// The number of properties.
inline constexpr std::size_t update_property_count = 20;

}  // namespace banter
