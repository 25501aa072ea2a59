// From a kind of message content to the object that holds it.
#pragma once

#include <banter/telegram/kinds.hpp>
#include <banter/telegram/generated/views.hpp>

namespace banter::telegram {

/// Reads the content of one kind from a message; specialised for each kind below.
template <content_kind Kind>
struct content_reader;

/// The content of one kind: what the message's field of that name holds (a view, a list of views,
/// an optional scalar).
template <content_kind Kind>
[[nodiscard]] auto content_of(message from) {
    return content_reader<Kind>::read(from);
}

template <>
struct content_reader<content_kind::text> {
    static auto read(message from) { return from.text(); }
};
template <>
struct content_reader<content_kind::animation> {
    static auto read(message from) { return from.animation(); }
};
template <>
struct content_reader<content_kind::audio> {
    static auto read(message from) { return from.audio(); }
};
template <>
struct content_reader<content_kind::document> {
    static auto read(message from) { return from.document(); }
};
template <>
struct content_reader<content_kind::live_photo> {
    static auto read(message from) { return from.live_photo(); }
};
template <>
struct content_reader<content_kind::paid_media> {
    static auto read(message from) { return from.paid_media(); }
};
template <>
struct content_reader<content_kind::photo> {
    static auto read(message from) { return from.photo(); }
};
template <>
struct content_reader<content_kind::sticker> {
    static auto read(message from) { return from.sticker(); }
};
template <>
struct content_reader<content_kind::story> {
    static auto read(message from) { return from.story(); }
};
template <>
struct content_reader<content_kind::video> {
    static auto read(message from) { return from.video(); }
};
template <>
struct content_reader<content_kind::video_note> {
    static auto read(message from) { return from.video_note(); }
};
template <>
struct content_reader<content_kind::voice> {
    static auto read(message from) { return from.voice(); }
};
template <>
struct content_reader<content_kind::checklist> {
    static auto read(message from) { return from.checklist(); }
};
template <>
struct content_reader<content_kind::contact> {
    static auto read(message from) { return from.contact(); }
};
template <>
struct content_reader<content_kind::dice> {
    static auto read(message from) { return from.dice(); }
};
template <>
struct content_reader<content_kind::game> {
    static auto read(message from) { return from.game(); }
};
template <>
struct content_reader<content_kind::poll> {
    static auto read(message from) { return from.poll(); }
};
template <>
struct content_reader<content_kind::venue> {
    static auto read(message from) { return from.venue(); }
};
template <>
struct content_reader<content_kind::location> {
    static auto read(message from) { return from.location(); }
};
template <>
struct content_reader<content_kind::rich_message> {
    static auto read(message from) { return from.rich_message(); }
};
template <>
struct content_reader<content_kind::new_chat_members> {
    static auto read(message from) { return from.new_chat_members(); }
};
template <>
struct content_reader<content_kind::left_chat_member> {
    static auto read(message from) { return from.left_chat_member(); }
};
template <>
struct content_reader<content_kind::chat_owner_left> {
    static auto read(message from) { return from.chat_owner_left(); }
};
template <>
struct content_reader<content_kind::chat_owner_changed> {
    static auto read(message from) { return from.chat_owner_changed(); }
};
template <>
struct content_reader<content_kind::new_chat_title> {
    static auto read(message from) { return from.new_chat_title(); }
};
template <>
struct content_reader<content_kind::new_chat_photo> {
    static auto read(message from) { return from.new_chat_photo(); }
};
template <>
struct content_reader<content_kind::delete_chat_photo> {
    static auto read(message from) { return from.delete_chat_photo(); }
};
template <>
struct content_reader<content_kind::group_chat_created> {
    static auto read(message from) { return from.group_chat_created(); }
};
template <>
struct content_reader<content_kind::supergroup_chat_created> {
    static auto read(message from) { return from.supergroup_chat_created(); }
};
template <>
struct content_reader<content_kind::channel_chat_created> {
    static auto read(message from) { return from.channel_chat_created(); }
};
template <>
struct content_reader<content_kind::message_auto_delete_timer_changed> {
    static auto read(message from) { return from.message_auto_delete_timer_changed(); }
};
template <>
struct content_reader<content_kind::migrate_to_chat_id> {
    static auto read(message from) { return from.migrate_to_chat_id(); }
};
template <>
struct content_reader<content_kind::migrate_from_chat_id> {
    static auto read(message from) { return from.migrate_from_chat_id(); }
};
template <>
struct content_reader<content_kind::pinned_message> {
    static auto read(message from) { return from.pinned_message(); }
};
template <>
struct content_reader<content_kind::invoice> {
    static auto read(message from) { return from.invoice(); }
};
template <>
struct content_reader<content_kind::successful_payment> {
    static auto read(message from) { return from.successful_payment(); }
};
template <>
struct content_reader<content_kind::refunded_payment> {
    static auto read(message from) { return from.refunded_payment(); }
};
template <>
struct content_reader<content_kind::users_shared> {
    static auto read(message from) { return from.users_shared(); }
};
template <>
struct content_reader<content_kind::chat_shared> {
    static auto read(message from) { return from.chat_shared(); }
};
template <>
struct content_reader<content_kind::gift> {
    static auto read(message from) { return from.gift(); }
};
template <>
struct content_reader<content_kind::unique_gift> {
    static auto read(message from) { return from.unique_gift(); }
};
template <>
struct content_reader<content_kind::gift_upgrade_sent> {
    static auto read(message from) { return from.gift_upgrade_sent(); }
};
template <>
struct content_reader<content_kind::connected_website> {
    static auto read(message from) { return from.connected_website(); }
};
template <>
struct content_reader<content_kind::write_access_allowed> {
    static auto read(message from) { return from.write_access_allowed(); }
};
template <>
struct content_reader<content_kind::passport_data> {
    static auto read(message from) { return from.passport_data(); }
};
template <>
struct content_reader<content_kind::proximity_alert_triggered> {
    static auto read(message from) { return from.proximity_alert_triggered(); }
};
template <>
struct content_reader<content_kind::boost_added> {
    static auto read(message from) { return from.boost_added(); }
};
template <>
struct content_reader<content_kind::chat_background_set> {
    static auto read(message from) { return from.chat_background_set(); }
};
template <>
struct content_reader<content_kind::checklist_tasks_done> {
    static auto read(message from) { return from.checklist_tasks_done(); }
};
template <>
struct content_reader<content_kind::checklist_tasks_added> {
    static auto read(message from) { return from.checklist_tasks_added(); }
};
template <>
struct content_reader<content_kind::direct_message_price_changed> {
    static auto read(message from) { return from.direct_message_price_changed(); }
};
template <>
struct content_reader<content_kind::forum_topic_created> {
    static auto read(message from) { return from.forum_topic_created(); }
};
template <>
struct content_reader<content_kind::forum_topic_edited> {
    static auto read(message from) { return from.forum_topic_edited(); }
};
template <>
struct content_reader<content_kind::forum_topic_closed> {
    static auto read(message from) { return from.forum_topic_closed(); }
};
template <>
struct content_reader<content_kind::forum_topic_reopened> {
    static auto read(message from) { return from.forum_topic_reopened(); }
};
template <>
struct content_reader<content_kind::general_forum_topic_hidden> {
    static auto read(message from) { return from.general_forum_topic_hidden(); }
};
template <>
struct content_reader<content_kind::general_forum_topic_unhidden> {
    static auto read(message from) { return from.general_forum_topic_unhidden(); }
};
template <>
struct content_reader<content_kind::giveaway_created> {
    static auto read(message from) { return from.giveaway_created(); }
};
template <>
struct content_reader<content_kind::giveaway> {
    static auto read(message from) { return from.giveaway(); }
};
template <>
struct content_reader<content_kind::giveaway_winners> {
    static auto read(message from) { return from.giveaway_winners(); }
};
template <>
struct content_reader<content_kind::giveaway_completed> {
    static auto read(message from) { return from.giveaway_completed(); }
};
template <>
struct content_reader<content_kind::managed_bot_created> {
    static auto read(message from) { return from.managed_bot_created(); }
};
template <>
struct content_reader<content_kind::paid_message_price_changed> {
    static auto read(message from) { return from.paid_message_price_changed(); }
};
template <>
struct content_reader<content_kind::poll_option_added> {
    static auto read(message from) { return from.poll_option_added(); }
};
template <>
struct content_reader<content_kind::poll_option_deleted> {
    static auto read(message from) { return from.poll_option_deleted(); }
};
template <>
struct content_reader<content_kind::suggested_post_approved> {
    static auto read(message from) { return from.suggested_post_approved(); }
};
template <>
struct content_reader<content_kind::suggested_post_approval_failed> {
    static auto read(message from) { return from.suggested_post_approval_failed(); }
};
template <>
struct content_reader<content_kind::suggested_post_declined> {
    static auto read(message from) { return from.suggested_post_declined(); }
};
template <>
struct content_reader<content_kind::suggested_post_paid> {
    static auto read(message from) { return from.suggested_post_paid(); }
};
template <>
struct content_reader<content_kind::suggested_post_refunded> {
    static auto read(message from) { return from.suggested_post_refunded(); }
};
template <>
struct content_reader<content_kind::video_chat_scheduled> {
    static auto read(message from) { return from.video_chat_scheduled(); }
};
template <>
struct content_reader<content_kind::video_chat_started> {
    static auto read(message from) { return from.video_chat_started(); }
};
template <>
struct content_reader<content_kind::video_chat_ended> {
    static auto read(message from) { return from.video_chat_ended(); }
};
template <>
struct content_reader<content_kind::video_chat_participants_invited> {
    static auto read(message from) { return from.video_chat_participants_invited(); }
};
template <>
struct content_reader<content_kind::web_app_data> {
    static auto read(message from) { return from.web_app_data(); }
};
template <>
struct content_reader<content_kind::community_chat_added> {
    static auto read(message from) { return from.community_chat_added(); }
};
template <>
struct content_reader<content_kind::community_chat_joined> {
    static auto read(message from) { return from.community_chat_joined(); }
};
template <>
struct content_reader<content_kind::community_chat_removed> {
    static auto read(message from) { return from.community_chat_removed(); }
};

}  // namespace banter::telegram
