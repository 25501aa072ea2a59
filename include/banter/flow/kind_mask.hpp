// Sets of update kinds, and which kinds bring a message, a chat, a user.
#pragma once

#include <banter/telegram/kinds.hpp>

#include <cstdint>

namespace banter::detail {

/// A set of update kinds, as bits.
using kind_mask = std::uint32_t;

constexpr kind_mask mask_of(update_kind kind) { return kind_mask{1} << static_cast<unsigned>(kind); }

template <class... Kinds>
constexpr kind_mask mask_of(update_kind kind, Kinds... more) {
    return (mask_of(kind) | ... | mask_of(more));
}

inline constexpr kind_mask all_kinds = (kind_mask{1} << update_kind_count) - 1;

inline constexpr kind_mask message_kinds =
    mask_of(update_kind::message, update_kind::edited_message, update_kind::channel_post,
            update_kind::edited_channel_post, update_kind::business_message,
            update_kind::edited_business_message, update_kind::guest_message);

/// Kinds that come from a chat. A callback query counts: only that of an inline message has none.
inline constexpr kind_mask chat_kinds =
    message_kinds |
    mask_of(update_kind::callback_query, update_kind::my_chat_member, update_kind::chat_member,
            update_kind::chat_join_request, update_kind::message_reaction,
            update_kind::message_reaction_count, update_kind::chat_boost,
            update_kind::removed_chat_boost, update_kind::deleted_business_messages,
            update_kind::stopped_message_generation);

/// Kinds behind which a user stands, as a rule (PTB: effective_user, rule R28).
inline constexpr kind_mask user_kinds =
    all_kinds & ~mask_of(update_kind::poll, update_kind::message_reaction_count,
                         update_kind::chat_boost, update_kind::removed_chat_boost,
                         update_kind::deleted_business_messages,
                         update_kind::stopped_message_generation);

}  // namespace banter::detail
