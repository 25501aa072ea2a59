// The filters that are plain words: one for each kind of update and of message content, under the
// Bot API's names. `poll`, which libc declares as a function too, is poll_message (a message with a
// poll) and poll_update (a poll's state changed); `delete_chat_photo`, a method too, is
// chat_photo_deleted. Callback queries are `callback<...>`.
#pragma once

#include <banter/flow/filter.hpp>

namespace banter {
inline namespace filters {

// Kinds of updates. `message` is every new message (PTB: filters.ALL on new messages).
inline constexpr kind_filter<update_kind::message> message{};
inline constexpr kind_filter<update_kind::edited_message> edited_message{};
inline constexpr kind_filter<update_kind::channel_post> channel_post{};
inline constexpr kind_filter<update_kind::edited_channel_post> edited_channel_post{};
inline constexpr kind_filter<update_kind::business_connection> business_connection{};
inline constexpr kind_filter<update_kind::business_message> business_message{};
inline constexpr kind_filter<update_kind::edited_business_message> edited_business_message{};
inline constexpr kind_filter<update_kind::deleted_business_messages> deleted_business_messages{};
inline constexpr kind_filter<update_kind::guest_message> guest_message{};
inline constexpr kind_filter<update_kind::message_reaction> message_reaction{};
inline constexpr kind_filter<update_kind::message_reaction_count> message_reaction_count{};
inline constexpr kind_filter<update_kind::inline_query> inline_query{};
inline constexpr kind_filter<update_kind::chosen_inline_result> chosen_inline_result{};
inline constexpr kind_filter<update_kind::shipping_query> shipping_query{};
inline constexpr kind_filter<update_kind::pre_checkout_query> pre_checkout_query{};
inline constexpr kind_filter<update_kind::purchased_paid_media> purchased_paid_media{};
inline constexpr kind_filter<update_kind::poll> poll_update{};
inline constexpr kind_filter<update_kind::poll_answer> poll_answer{};
inline constexpr kind_filter<update_kind::my_chat_member> my_chat_member{};
inline constexpr kind_filter<update_kind::chat_member> chat_member{};
inline constexpr kind_filter<update_kind::chat_join_request> chat_join_request{};
inline constexpr kind_filter<update_kind::chat_boost> chat_boost{};
inline constexpr kind_filter<update_kind::removed_chat_boost> removed_chat_boost{};
inline constexpr kind_filter<update_kind::managed_bot> managed_bot{};
inline constexpr kind_filter<update_kind::subscription> subscription{};
inline constexpr kind_filter<update_kind::stopped_message_generation> stopped_message_generation{};
/// Messages of every kind (PTB: MessageHandler(filters.ALL)).
inline constexpr auto any_message = message || edited_message || channel_post || edited_channel_post ||
                                    business_message || edited_business_message || guest_message;
/// New and edited messages (PTB: filters.UpdateType.MESSAGES).
inline constexpr auto new_or_edited_message = message || edited_message;
/// Channel posts, new and edited (PTB: filters.UpdateType.CHANNEL_POSTS).
inline constexpr auto channel_posts = channel_post || edited_channel_post;
/// Messages over a business connection, new and edited (PTB: filters.UpdateType.BUSINESS_MESSAGES).
inline constexpr auto business_messages = business_message || edited_business_message;
/// Edited messages and posts (PTB: filters.UpdateType.EDITED).
inline constexpr auto edited = edited_message || edited_channel_post || edited_business_message;
/// Boosts, given and taken away (PTB: ChatBoostHandler.ANY_CHAT_BOOST).
inline constexpr auto any_boost = chat_boost || removed_chat_boost;
/// Reactions, of one user or anonymous ones as a count (PTB: MessageReactionHandler).
inline constexpr auto any_reaction = message_reaction || message_reaction_count;
/// Every update of every kind (PTB: TypeHandler(Update)).
inline constexpr anything_filter any_update{};

// Kinds of message content, service messages included.
inline constexpr content_filter<content_kind::text> text{};
inline constexpr content_filter<content_kind::animation> animation{};
inline constexpr content_filter<content_kind::audio> audio{};
inline constexpr content_filter<content_kind::document> document{};
inline constexpr content_filter<content_kind::live_photo> live_photo{};
inline constexpr content_filter<content_kind::paid_media> paid_media{};
inline constexpr content_filter<content_kind::photo> photo{};
inline constexpr content_filter<content_kind::sticker> sticker{};
inline constexpr content_filter<content_kind::story> story{};
inline constexpr content_filter<content_kind::video> video{};
inline constexpr content_filter<content_kind::video_note> video_note{};
inline constexpr content_filter<content_kind::voice> voice{};
inline constexpr content_filter<content_kind::checklist> checklist{};
inline constexpr content_filter<content_kind::contact> contact{};
inline constexpr content_filter<content_kind::dice> dice{};
inline constexpr content_filter<content_kind::game> game{};
inline constexpr content_filter<content_kind::poll> poll_message{};
inline constexpr content_filter<content_kind::venue> venue{};
inline constexpr content_filter<content_kind::location> location{};
inline constexpr content_filter<content_kind::rich_message> rich_message{};
inline constexpr content_filter<content_kind::new_chat_members> new_chat_members{};
inline constexpr content_filter<content_kind::left_chat_member> left_chat_member{};
inline constexpr content_filter<content_kind::chat_owner_left> chat_owner_left{};
inline constexpr content_filter<content_kind::chat_owner_changed> chat_owner_changed{};
inline constexpr content_filter<content_kind::new_chat_title> new_chat_title{};
inline constexpr content_filter<content_kind::new_chat_photo> new_chat_photo{};
inline constexpr content_filter<content_kind::delete_chat_photo> chat_photo_deleted{};
inline constexpr content_filter<content_kind::group_chat_created> group_chat_created{};
inline constexpr content_filter<content_kind::supergroup_chat_created> supergroup_chat_created{};
inline constexpr content_filter<content_kind::channel_chat_created> channel_chat_created{};
inline constexpr content_filter<content_kind::message_auto_delete_timer_changed> message_auto_delete_timer_changed{};
inline constexpr content_filter<content_kind::migrate_to_chat_id> migrate_to_chat_id{};
inline constexpr content_filter<content_kind::migrate_from_chat_id> migrate_from_chat_id{};
inline constexpr content_filter<content_kind::pinned_message> pinned_message{};
inline constexpr content_filter<content_kind::invoice> invoice{};
inline constexpr content_filter<content_kind::successful_payment> successful_payment{};
inline constexpr content_filter<content_kind::refunded_payment> refunded_payment{};
inline constexpr content_filter<content_kind::users_shared> users_shared{};
inline constexpr content_filter<content_kind::chat_shared> chat_shared{};
inline constexpr content_filter<content_kind::gift> gift{};
inline constexpr content_filter<content_kind::unique_gift> unique_gift{};
inline constexpr content_filter<content_kind::gift_upgrade_sent> gift_upgrade_sent{};
inline constexpr content_filter<content_kind::connected_website> connected_website{};
inline constexpr content_filter<content_kind::write_access_allowed> write_access_allowed{};
inline constexpr content_filter<content_kind::passport_data> passport_data{};
inline constexpr content_filter<content_kind::proximity_alert_triggered> proximity_alert_triggered{};
inline constexpr content_filter<content_kind::boost_added> boost_added{};
inline constexpr content_filter<content_kind::chat_background_set> chat_background_set{};
inline constexpr content_filter<content_kind::checklist_tasks_done> checklist_tasks_done{};
inline constexpr content_filter<content_kind::checklist_tasks_added> checklist_tasks_added{};
inline constexpr content_filter<content_kind::direct_message_price_changed> direct_message_price_changed{};
inline constexpr content_filter<content_kind::forum_topic_created> forum_topic_created{};
inline constexpr content_filter<content_kind::forum_topic_edited> forum_topic_edited{};
inline constexpr content_filter<content_kind::forum_topic_closed> forum_topic_closed{};
inline constexpr content_filter<content_kind::forum_topic_reopened> forum_topic_reopened{};
inline constexpr content_filter<content_kind::general_forum_topic_hidden> general_forum_topic_hidden{};
inline constexpr content_filter<content_kind::general_forum_topic_unhidden> general_forum_topic_unhidden{};
inline constexpr content_filter<content_kind::giveaway_created> giveaway_created{};
inline constexpr content_filter<content_kind::giveaway> giveaway{};
inline constexpr content_filter<content_kind::giveaway_winners> giveaway_winners{};
inline constexpr content_filter<content_kind::giveaway_completed> giveaway_completed{};
inline constexpr content_filter<content_kind::managed_bot_created> managed_bot_created{};
inline constexpr content_filter<content_kind::paid_message_price_changed> paid_message_price_changed{};
inline constexpr content_filter<content_kind::poll_option_added> poll_option_added{};
inline constexpr content_filter<content_kind::poll_option_deleted> poll_option_deleted{};
inline constexpr content_filter<content_kind::suggested_post_approved> suggested_post_approved{};
inline constexpr content_filter<content_kind::suggested_post_approval_failed> suggested_post_approval_failed{};
inline constexpr content_filter<content_kind::suggested_post_declined> suggested_post_declined{};
inline constexpr content_filter<content_kind::suggested_post_paid> suggested_post_paid{};
inline constexpr content_filter<content_kind::suggested_post_refunded> suggested_post_refunded{};
inline constexpr content_filter<content_kind::video_chat_scheduled> video_chat_scheduled{};
inline constexpr content_filter<content_kind::video_chat_started> video_chat_started{};
inline constexpr content_filter<content_kind::video_chat_ended> video_chat_ended{};
inline constexpr content_filter<content_kind::video_chat_participants_invited> video_chat_participants_invited{};
inline constexpr content_filter<content_kind::web_app_data> web_app_data{};
inline constexpr content_filter<content_kind::community_chat_added> community_chat_added{};
inline constexpr content_filter<content_kind::community_chat_joined> community_chat_joined{};
inline constexpr content_filter<content_kind::community_chat_removed> community_chat_removed{};

/// Groups, supergroups and channels that were created (PTB: filters.StatusUpdate.CHAT_CREATED).
inline constexpr auto chat_created = group_chat_created || supergroup_chat_created || channel_chat_created;
/// A group has become a supergroup, told in either (PTB: filters.StatusUpdate.MIGRATE).
inline constexpr auto chat_migrated = migrate_to_chat_id || migrate_from_chat_id;
/// What is attached to a message: media and everything else that is no plain text (PTB:
/// filters.ATTACHMENT).
inline constexpr auto attachment =
    animation || audio || contact || dice || document || game || invoice || live_photo || location ||
    paid_media || passport_data || photo || poll_message || sticker || story || successful_payment ||
    venue || video || video_note || voice;

// Flags, under the Bot API's names of the fields.
inline constexpr flag_filter<update_flag::has_media_spoiler> has_media_spoiler{};
inline constexpr flag_filter<update_flag::has_protected_content> has_protected_content{};
/// Sent on by itself, from a linked channel into its group.
inline constexpr flag_filter<update_flag::is_automatic_forward> is_automatic_forward{};
/// Sent by a business account while its owner was away: greetings, scheduled messages.
inline constexpr flag_filter<update_flag::is_from_offline> is_from_offline{};
inline constexpr flag_filter<update_flag::is_topic_message> is_topic_message{};
/// PTB: filters.EFFECT_ID.
inline constexpr flag_filter<update_flag::has_effect> has_effect{};
/// PTB: filters.REPLY.
inline constexpr flag_filter<update_flag::is_reply> is_reply{};
inline constexpr flag_filter<update_flag::is_reply_to_story> is_reply_to_story{};
/// PTB: filters.SUGGESTED_POST_INFO.
inline constexpr flag_filter<update_flag::has_suggested_post> has_suggested_post{};
/// The sender has boosted the chat (PTB: filters.SENDER_BOOST_COUNT).
inline constexpr flag_filter<update_flag::has_sender_boosts> has_sender_boosts{};
/// The chat is a forum (PTB: filters.FORUM).
inline constexpr flag_filter<update_flag::in_forum> in_forum{};
/// The chat is the direct messages of a channel (PTB: filters.DIRECT_MESSAGES).
inline constexpr flag_filter<update_flag::in_direct_messages> in_direct_messages{};
/// A bot stands behind the update (User.is_bot).
inline constexpr flag_filter<update_flag::from_bot> from_bot{};
/// PTB: filters.PREMIUM_USER.
inline constexpr flag_filter<update_flag::from_premium_user> from_premium_user{};
/// The user added the bot to the attachment menu (PTB: filters.USER_ATTACHMENT).
inline constexpr flag_filter<update_flag::from_menu_user> from_menu_user{};

}  // namespace filters
}  // namespace banter
