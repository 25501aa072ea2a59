// What filters ask of an update besides its kind, its contents and its texts: flags, which it has or
// has not (a reply, a spoiler, a premium user), and properties, which are short texts (a document's
// MIME type, a user's id and name, what became of a member).
//
// A filter on a property is a pattern on its text. So one decision procedure, that of automata, knows
// that image/png is an image, that two user ids exclude each other and that nobody joins who was a
// member before; a kind of atom for each filter of the Bot API's eighty would each need its own rules.
// Flags and properties are read from the update's document when a filter asks for one.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/kind_mask.hpp>
#include <banter/flow/pattern.hpp>
#include <banter/flow/update_traits.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace banter {

namespace detail {

/// What is known of a flag or property beforehand.
struct trait_facts {
    std::string_view name;   // of the filter, or in words for diagrams
    kind_mask kinds;         // of updates that can have it
    content_set contents{};  // that messages with it have; empty: any
    kind_mask certain = 0;   // of these kinds, all that can have the property do
};

/// Kinds behind which a user can stand: a post has none. Reactions and votes may be a chat's.
inline constexpr kind_mask kinds_with_user =
    user_kinds & ~mask_of(update_kind::channel_post, update_kind::edited_channel_post);
inline constexpr kind_mask kinds_by_somebody =
    kinds_with_user & ~mask_of(update_kind::message_reaction, update_kind::poll_answer);

inline constexpr std::array<trait_facts, update_flag_count> flag_facts{{
    {"media spoiler", message_kinds,
     content_set{content_kind::photo} | content_kind::video | content_kind::animation |
         content_kind::live_photo},
    {"protected content", message_kinds},
    {"automatic forward", message_kinds},
    {"sent while away", message_kinds},
    {"in a topic", message_kinds},
    {"effect", message_kinds},
    {"reply", message_kinds},
    {"reply to a story", message_kinds},
    {"suggested post", message_kinds},
    {"sender with boosts", message_kinds},
    {"in a forum", chat_kinds},
    {"in direct messages of a channel", chat_kinds},
    {"from a bot", kinds_with_user},
    {"from a premium user", kinds_with_user},
    {"from a user of the attachment menu", kinds_with_user},
    {"premium sticker", message_kinds, content_set{content_kind::sticker}},
}};

inline constexpr std::array<trait_facts, update_property_count> property_facts{{
    {"user", kinds_with_user, {}, kinds_by_somebody},
    {"language", kinds_with_user},
    {"chat", chat_kinds, {}, chat_kinds & ~mask_of(update_kind::callback_query)},
    {"sender chat", message_kinds},
    {"via bot", message_kinds},
    {"forwarded from", message_kinds},
    {"mention", message_kinds, content_set{content_kind::text}},
    {"document type", message_kinds, content_set{content_kind::document}},
    {"file name", message_kinds, content_set{content_kind::document}},
    {"sticker format", message_kinds, content_set{content_kind::sticker}, all_kinds},
    {"dice", message_kinds, content_set{content_kind::dice}, all_kinds},
    {"payload", message_kinds, content_set{content_kind::successful_payment},
     all_kinds},
    {"query", mask_of(update_kind::inline_query), {}, all_kinds},
    {"type of chat", mask_of(update_kind::inline_query)},
    {"result", mask_of(update_kind::chosen_inline_result), {}, all_kinds},
    {"payload", mask_of(update_kind::shipping_query, update_kind::pre_checkout_query,
                        update_kind::purchased_paid_media, update_kind::subscription), {}, all_kinds},
    {"game", mask_of(update_kind::callback_query), {}, all_kinds},
    {"change", mask_of(update_kind::my_chat_member, update_kind::chat_member), {}, all_kinds},
    {"reactions added", mask_of(update_kind::message_reaction)},
    {"reactions removed", mask_of(update_kind::message_reaction)},
}};

[[nodiscard]] constexpr const trait_facts& facts_of(update_flag flag) {
    return flag_facts[static_cast<std::size_t>(flag)];
}
[[nodiscard]] constexpr const trait_facts& facts_of(update_property property) {
    return property_facts[static_cast<std::size_t>(property)];
}

/// All that a property can be, as a pattern.
template <update_property Property>
struct property_texts {
    using type = pattern<"(?s).+", match_kind::whole>;
};
template <fixed_string Texts>
struct texts_matching {
    using type = pattern<Texts, match_kind::whole>;
};
template <>
struct property_texts<update_property::user> : texts_matching<"[1-9]\\d* \\w*"> {};
template <>
struct property_texts<update_property::via_bot> : texts_matching<"[1-9]\\d* \\w*"> {};
template <>
struct property_texts<update_property::chat> : texts_matching<"-?[1-9]\\d* \\w*"> {};
template <>
struct property_texts<update_property::sender_chat>
    : texts_matching<"(?:channel|group|supergroup|private) -?[1-9]\\d* \\w*"> {};
template <>
struct property_texts<update_property::origin>
    : texts_matching<"(?:user [1-9]|hidden_user 0|(?:chat|channel) -?[1-9])\\d* \\w*"> {};
template <>
struct property_texts<update_property::dice> : texts_matching<"\\D+[1-9]\\d?"> {};
template <>
struct property_texts<update_property::sticker_format>
    : texts_matching<"static|animated|video"> {};
template <>
struct property_texts<update_property::payment_payload> : texts_matching<"(?s).*"> {};
template <>
struct property_texts<update_property::inline_query> : texts_matching<"(?s).*"> {};
template <>
struct property_texts<update_property::result_id> : texts_matching<"(?s).*"> {};
template <>
struct property_texts<update_property::payload> : texts_matching<"(?s).*"> {};
template <>
struct property_texts<update_property::member_change>
    : texts_matching<"(?:creator|administrator|member|restricted_in|restricted_out|left|kicked)"
                     " (?:creator|administrator|member|restricted_in|restricted_out|left|kicked)"> {
};

/// Changes of a member by which he comes into the chat, or goes out of it: both have a name in diagrams.
inline constexpr fixed_string joining =
    "(?:left|kicked) (?:creator|administrator|member|restricted_in)"
    "|restricted_out (?:creator|administrator|member)";
inline constexpr fixed_string leaving =
    "(?:creator|administrator|member|restricted_in) (?:left|kicked)"
    "|(?:creator|administrator|member) restricted_out";

}  // namespace detail

class incoming;

/// Whether an update has a flag. What is malformed counts as absent; nothing throws.
[[nodiscard]] bool has(const incoming& update, update_flag flag);

/// An update's property, as a view that is good until the next call for the same update; false where
/// there is none, or it is malformed. `room` is memory to write it into, kept by the caller.
[[nodiscard]] bool read_property(const incoming& update, update_property property, std::string& room,
                                 std::string_view& out);

}  // namespace banter
