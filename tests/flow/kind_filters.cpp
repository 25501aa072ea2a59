// Each update kind and each content of a message has a filter under its name, which takes it and nothing
// else. Telegram's two overlaps aside: an animation fills document too, and a venue location.
#include <banter/flow.hpp>
#include <banter/flow/handlers.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>

using namespace banter;

namespace {

struct named_filter {
    std::string_view name;   // of the field
    std::string_view value;  // as JSON
    bool (*takes)(const incoming& update);
};

template <auto Filter>
constexpr named_filter field(std::string_view name, std::string_view value = "{}") {
    return {name, value, &detail::fits<std::remove_cvref_t<decltype(Filter)>>};
}

const named_filter kinds[] = {
    field<message>("message", R"({"message_id":5,"date":5,"chat":{"id":5,"type":"private"}})"),
    field<edited_message>("edited_message", R"({"message_id":5,"date":5,"chat":{"id":5,"type":"private"}})"),
    field<channel_post>("channel_post", R"({"message_id":5,"date":5,"chat":{"id":5,"type":"private"}})"),
    field<edited_channel_post>("edited_channel_post",
          R"({"message_id":5,"date":5,"chat":{"id":5,"type":"private"}})"),
    field<business_connection>("business_connection",
          R"({"id":"x","user":{"id":5,"is_bot":true,"first_name":"x"},"user_chat_id":5,"date":5,)"
          R"("is_enabled":true})"),
    field<business_message>("business_message", R"({"message_id":5,"date":5,"chat":{"id":5,"type":"private"}})"),
    field<edited_business_message>("edited_business_message",
          R"({"message_id":5,"date":5,"chat":{"id":5,"type":"private"}})"),
    field<deleted_business_messages>("deleted_business_messages",
          R"({"business_connection_id":"x","chat":{"id":5,"type":"private"},"message_ids":[5]})"),
    field<guest_message>("guest_message", R"({"message_id":5,"date":5,"chat":{"id":5,"type":"private"}})"),
    field<message_reaction>("message_reaction",
          R"({"chat":{"id":5,"type":"private"},"message_id":5,"date":5,"old_reaction":[{"type":"paid"}],)"
          R"("new_reaction":[{"type":"paid"}]})"),
    field<message_reaction_count>("message_reaction_count",
          R"({"chat":{"id":5,"type":"private"},"message_id":5,"date":5,"reactions":[{"type":{"type":"paid"},)"
          R"("total_count":5}]})"),
    field<inline_query>("inline_query",
          R"({"id":"x","from":{"id":5,"is_bot":true,"first_name":"x"},"query":"x","offset":"x"})"),
    field<chosen_inline_result>("chosen_inline_result",
          R"({"result_id":"x","from":{"id":5,"is_bot":true,"first_name":"x"},"query":"x"})"),
    field<shipping_query>("shipping_query",
          R"({"id":"x","from":{"id":5,"is_bot":true,"first_name":"x"},"invoice_payload":"x",)"
          R"("shipping_address":{"country_code":"x","state":"x","city":"x","street_line1":"x","street_line2":"x",)"
          R"("post_code":"x"}})"),
    field<pre_checkout_query>("pre_checkout_query",
          R"({"id":"x","from":{"id":5,"is_bot":true,"first_name":"x"},"currency":"x","total_amount":5,)"
          R"("invoice_payload":"x"})"),
    field<purchased_paid_media>("purchased_paid_media",
          R"({"from":{"id":5,"is_bot":true,"first_name":"x"},"paid_media_payload":"x"})"),
    field<poll_update>("poll",
          R"({"id":"x","question":"x","options":[{"persistent_id":"x","text":"x","voter_count":5}],)"
          R"("total_voter_count":5,"is_closed":true,"is_anonymous":true,"type":"x",)"
          R"("allows_multiple_answers":true,"allows_revoting":true,"members_only":true})"),
    field<poll_answer>("poll_answer", R"({"poll_id":"x","option_ids":[5],"option_persistent_ids":["x"]})"),
    field<my_chat_member>("my_chat_member",
          R"({"chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":true,"first_name":"x"},"date":5,)"
          R"("old_chat_member":{"status":"member","user":{"id":9,"is_bot":false,"first_name":"B"}},)"
          R"("new_chat_member":{"status":"member","user":{"id":9,"is_bot":false,"first_name":"B"}}})"),
    field<chat_member>("chat_member",
          R"({"chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":true,"first_name":"x"},"date":5,)"
          R"("old_chat_member":{"status":"member","user":{"id":9,"is_bot":false,"first_name":"B"}},)"
          R"("new_chat_member":{"status":"member","user":{"id":9,"is_bot":false,"first_name":"B"}}})"),
    field<chat_join_request>("chat_join_request",
          R"({"chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":true,"first_name":"x"},"user_chat_id":5,)"
          R"("date":5})"),
    field<chat_boost>("chat_boost",
          R"({"chat":{"id":5,"type":"private"},"boost":{"boost_id":"x","add_date":5,"expiration_date":5,)"
          R"("source":{"source":"premium","user":{"id":9,"is_bot":false,"first_name":"B"}}}})"),
    field<removed_chat_boost>("removed_chat_boost",
          R"({"chat":{"id":5,"type":"private"},"boost_id":"x","remove_date":5,"source":{"source":"premium",)"
          R"("user":{"id":9,"is_bot":false,"first_name":"B"}}})"),
    field<managed_bot>("managed_bot",
          R"({"user":{"id":5,"is_bot":true,"first_name":"x"},"bot":{"id":5,"is_bot":true,"first_name":"x"}})"),
    field<subscription>("subscription",
          R"({"user":{"id":5,"is_bot":true,"first_name":"x"},"invoice_payload":"x","state":"x"})"),
    field<stopped_message_generation>("stopped_message_generation",
          R"({"chat":{"id":5,"type":"private"},"draft_id":5})"),
    field<callback<>>("callback_query",
          R"({"id":"x","from":{"id":5,"is_bot":true,"first_name":"x"},"chat_instance":"x"})"),
};

const named_filter contents[] = {
    field<text>("text", R"("x")"),
    field<animation>("animation", R"({"file_id":"x","file_unique_id":"x","width":5,"height":5,"duration":5})"),
    field<audio>("audio", R"({"file_id":"x","file_unique_id":"x","duration":5})"),
    field<document>("document", R"({"file_id":"x","file_unique_id":"x"})"),
    field<live_photo>("live_photo", R"({"file_id":"x","file_unique_id":"x","width":5,"height":5,"duration":5})"),
    field<paid_media>("paid_media", R"({"star_count":5,"paid_media":[{"type":"preview"}]})"),
    field<photo>("photo", R"([{"file_id":"x","file_unique_id":"x","width":5,"height":5}])"),
    field<sticker>("sticker",
          R"({"file_id":"x","file_unique_id":"x","type":"x","width":5,"height":5,"is_animated":true,)"
          R"("is_video":true})"),
    field<story>("story", R"({"chat":{"id":5,"type":"private"},"id":5})"),
    field<video>("video", R"({"file_id":"x","file_unique_id":"x","width":5,"height":5,"duration":5})"),
    field<video_note>("video_note", R"({"file_id":"x","file_unique_id":"x","length":5,"duration":5})"),
    field<voice>("voice", R"({"file_id":"x","file_unique_id":"x","duration":5})"),
    field<checklist>("checklist", R"({"title":"x","tasks":[{"id":5,"text":"x"}]})"),
    field<contact>("contact", R"({"phone_number":"x","first_name":"x"})"),
    field<dice>("dice", R"({"emoji":"x","value":5})"),
    field<game>("game",
          R"({"title":"x","description":"x","photo":[{"file_id":"x","file_unique_id":"x","width":5,"height":5}]})"),
    field<poll_message>("poll",
          R"({"id":"x","question":"x","options":[{"persistent_id":"x","text":"x","voter_count":5}],)"
          R"("total_voter_count":5,"is_closed":true,"is_anonymous":true,"type":"x",)"
          R"("allows_multiple_answers":true,"allows_revoting":true,"members_only":true})"),
    field<venue>("venue", R"({"location":{"latitude":1.5,"longitude":1.5},"title":"x","address":"x"})"),
    field<location>("location", R"({"latitude":1.5,"longitude":1.5})"),
    field<rich_message>("rich_message", R"({"blocks":[{"type":"divider"}]})"),
    field<new_chat_members>("new_chat_members", R"([{"id":5,"is_bot":true,"first_name":"x"}])"),
    field<left_chat_member>("left_chat_member", R"({"id":5,"is_bot":true,"first_name":"x"})"),
    field<chat_owner_left>("chat_owner_left"),
    field<chat_owner_changed>("chat_owner_changed", R"({"new_owner":{"id":5,"is_bot":true,"first_name":"x"}})"),
    field<new_chat_title>("new_chat_title", R"("x")"),
    field<new_chat_photo>("new_chat_photo", R"([{"file_id":"x","file_unique_id":"x","width":5,"height":5}])"),
    field<chat_photo_deleted>("delete_chat_photo", "true"),
    field<group_chat_created>("group_chat_created", "true"),
    field<supergroup_chat_created>("supergroup_chat_created", "true"),
    field<channel_chat_created>("channel_chat_created", "true"),
    field<message_auto_delete_timer_changed>("message_auto_delete_timer_changed",
          R"({"message_auto_delete_time":5})"),
    field<migrate_to_chat_id>("migrate_to_chat_id", "-5"),
    field<migrate_from_chat_id>("migrate_from_chat_id", "-5"),
    field<pinned_message>("pinned_message", R"({"message_id":5,"date":0,"chat":{"id":1,"type":"private"}})"),
    field<invoice>("invoice",
          R"({"title":"x","description":"x","start_parameter":"x","currency":"x","total_amount":5})"),
    field<successful_payment>("successful_payment",
          R"({"currency":"x","total_amount":5,"invoice_payload":"x","telegram_payment_charge_id":"x",)"
          R"("provider_payment_charge_id":"x"})"),
    field<refunded_payment>("refunded_payment",
          R"({"currency":"x","total_amount":5,"invoice_payload":"x","telegram_payment_charge_id":"x"})"),
    field<users_shared>("users_shared", R"({"request_id":5,"users":[{"user_id":5}]})"),
    field<chat_shared>("chat_shared", R"({"request_id":5,"chat_id":5})"),
    field<gift>("gift",
          R"({"gift":{"id":"x","sticker":{"file_id":"x","file_unique_id":"x","type":"x","width":5,"height":5,)"
          R"("is_animated":true,"is_video":true},"star_count":5}})"),
    field<unique_gift>("unique_gift",
          R"({"gift":{"gift_id":"x","base_name":"x","name":"x","number":5,"model":{"name":"x",)"
          R"("sticker":{"file_id":"x","file_unique_id":"x","type":"x","width":5,"height":5,"is_animated":true,)"
          R"("is_video":true},"rarity_per_mille":5},"symbol":{"name":"x","sticker":{"file_id":"x",)"
          R"("file_unique_id":"x","type":"x","width":5,"height":5,"is_animated":true,"is_video":true},)"
          R"("rarity_per_mille":5},"backdrop":{"name":"x","colors":{"center_color":5,"edge_color":5,)"
          R"("symbol_color":5,"text_color":5},"rarity_per_mille":5}},"origin":"x"})"),
    field<gift_upgrade_sent>("gift_upgrade_sent",
          R"({"gift":{"id":"x","sticker":{"file_id":"x","file_unique_id":"x","type":"x","width":5,"height":5,)"
          R"("is_animated":true,"is_video":true},"star_count":5}})"),
    field<connected_website>("connected_website", R"("x")"),
    field<write_access_allowed>("write_access_allowed"),
    field<passport_data>("passport_data",
          R"({"data":[{"type":"x","hash":"x"}],"credentials":{"data":"x","hash":"x","secret":"x"}})"),
    field<proximity_alert_triggered>("proximity_alert_triggered",
          R"({"traveler":{"id":5,"is_bot":true,"first_name":"x"},"watcher":{"id":5,"is_bot":true,)"
          R"("first_name":"x"},"distance":5})"),
    field<boost_added>("boost_added", R"({"boost_count":5})"),
    field<chat_background_set>("chat_background_set", R"({"type":{"type":"chat_theme","theme_name":"x"}})"),
    field<checklist_tasks_done>("checklist_tasks_done"),
    field<checklist_tasks_added>("checklist_tasks_added", R"({"tasks":[{"id":5,"text":"x"}]})"),
    field<direct_message_price_changed>("direct_message_price_changed", R"({"are_direct_messages_enabled":true})"),
    field<forum_topic_created>("forum_topic_created", R"({"name":"x","icon_color":5})"),
    field<forum_topic_edited>("forum_topic_edited"),
    field<forum_topic_closed>("forum_topic_closed"),
    field<forum_topic_reopened>("forum_topic_reopened"),
    field<general_forum_topic_hidden>("general_forum_topic_hidden"),
    field<general_forum_topic_unhidden>("general_forum_topic_unhidden"),
    field<giveaway_created>("giveaway_created"),
    field<giveaway>("giveaway",
          R"({"chats":[{"id":5,"type":"private"}],"winners_selection_date":5,"winner_count":5})"),
    field<giveaway_winners>("giveaway_winners",
          R"({"chat":{"id":5,"type":"private"},"giveaway_message_id":5,"winners_selection_date":5,)"
          R"("winner_count":5,"winners":[{"id":5,"is_bot":true,"first_name":"x"}]})"),
    field<giveaway_completed>("giveaway_completed", R"({"winner_count":5})"),
    field<managed_bot_created>("managed_bot_created", R"({"bot":{"id":5,"is_bot":true,"first_name":"x"}})"),
    field<paid_message_price_changed>("paid_message_price_changed", R"({"paid_message_star_count":5})"),
    field<poll_option_added>("poll_option_added", R"({"option_persistent_id":"x","option_text":"x"})"),
    field<poll_option_deleted>("poll_option_deleted", R"({"option_persistent_id":"x","option_text":"x"})"),
    field<suggested_post_approved>("suggested_post_approved", R"({"send_date":5})"),
    field<suggested_post_approval_failed>("suggested_post_approval_failed",
          R"({"price":{"currency":"x","amount":5}})"),
    field<suggested_post_declined>("suggested_post_declined"),
    field<suggested_post_paid>("suggested_post_paid", R"({"currency":"x"})"),
    field<suggested_post_refunded>("suggested_post_refunded", R"({"reason":"x"})"),
    field<video_chat_scheduled>("video_chat_scheduled", R"({"start_date":5})"),
    field<video_chat_started>("video_chat_started"),
    field<video_chat_ended>("video_chat_ended", R"({"duration":5})"),
    field<video_chat_participants_invited>("video_chat_participants_invited",
          R"({"users":[{"id":5,"is_bot":true,"first_name":"x"}]})"),
    field<web_app_data>("web_app_data", R"({"data":"x","button_text":"x"})"),
    field<community_chat_added>("community_chat_added", R"({"community":{"id":5,"name":"x"}})"),
    field<community_chat_joined>("community_chat_joined", R"({"community":{"id":5,"name":"x"}})"),
    field<community_chat_removed>("community_chat_removed"),
};

template <std::size_t N>
std::set<std::string_view> takers(const named_filter (&all)[N], const std::string& json) {
    incoming update;
    REQUIRE_MESSAGE(update.read(json) == telegram::decode_fault::none, json);
    std::set<std::string_view> out;
    for (const named_filter& one : all)
        if (one.takes(update)) out.insert(one.name);
    return out;
}

}  // namespace

TEST_CASE("each update kind has a filter that takes it and no other kind") {
    CHECK(std::size(kinds) == update_kind_count);
    for (const named_filter& one : kinds) {
        CAPTURE(one.name);
        const std::string json = R"({"update_id":7,")" + std::string(one.name) + "\":" + std::string(one.value) + "}";
        CHECK(takers(kinds, json) == std::set<std::string_view>{one.name});
    }
}

TEST_CASE("each content of a message has a filter that takes it and no other content") {
    CHECK(std::size(contents) == content_kind_count);
    for (const named_filter& one : contents) {
        CAPTURE(one.name);
        const std::string fields = R"("message_id":5,"date":1,"chat":{"id":1,"type":"private"},")" +
                                   std::string(one.name) + "\":" + std::string(one.value);
        CHECK(takers(contents, R"({"update_id":7,"message":{)" + fields + "}}") ==
              std::set<std::string_view>{one.name});
    }
    const std::string file = R"({"file_id":"x","file_unique_id":"y","width":5,"height":5,"duration":5})";
    const std::string both = R"({"update_id":7,"message":{"message_id":5,"date":1,"chat":{"id":1,"type":"private"},)"
                             R"("animation":)" + file + R"(,"document":)" + file + "}}";
    CHECK(takers(contents, both) == std::set<std::string_view>{"animation", "document"});
}
