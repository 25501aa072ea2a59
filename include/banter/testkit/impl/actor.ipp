// Bodies of testkit/actor.hpp.
#pragma once

#include <banter/testkit/actor.hpp>

namespace banter::testkit {

BANTER_COLD_DECL std::int64_t actor::sends(const content& what) {
    const auto id = world_->send(user_, place_, what);
    settled();
    return id;
}

BANTER_COLD_DECL std::int64_t actor::sends_photo(std::string_view path, std::string_view caption) {
    return sends(content::photo(path).caption(caption));
}
BANTER_COLD_DECL std::int64_t actor::sends_document(std::string_view path, std::string_view caption) {
    return sends(content::document(path).caption(caption));
}
BANTER_COLD_DECL std::int64_t actor::sends_video(std::string_view path, std::string_view caption) {
    return sends(content::video(path).caption(caption));
}
BANTER_COLD_DECL std::int64_t actor::sends_audio(std::string_view path, std::string_view caption) {
    return sends(content::audio(path).caption(caption));
}
BANTER_COLD_DECL std::int64_t actor::sends_animation(std::string_view path, std::string_view caption) {
    return sends(content::animation(path).caption(caption));
}
BANTER_COLD_DECL std::int64_t actor::sends_voice(std::string_view path) {
    return sends(content::voice(path));
}
BANTER_COLD_DECL std::int64_t actor::sends_video_note(std::string_view path) {
    return sends(content::video_note(path));
}
BANTER_COLD_DECL std::int64_t actor::sends_sticker(std::string_view path) {
    return sends(content::sticker(path));
}
BANTER_COLD_DECL std::int64_t actor::sends_location(double latitude, double longitude) {
    return sends(content::location(latitude, longitude));
}
BANTER_COLD_DECL std::int64_t actor::sends_venue(double latitude, double longitude,
                                                 std::string_view title, std::string_view address) {
    return sends(content::venue(latitude, longitude, title, address));
}
BANTER_COLD_DECL std::int64_t actor::sends_contact(std::string_view phone_number,
                                                   std::string_view first_name) {
    return sends(content::contact(phone_number, first_name));
}
BANTER_COLD_DECL std::int64_t actor::sends_dice(int value, std::string_view emoji) {
    return sends(content::dice(emoji, value));
}
BANTER_COLD_DECL std::int64_t actor::sends_poll(std::string_view question,
                                                const std::vector<std::string>& options) {
    return sends(content::poll(question, options));
}
BANTER_COLD_DECL std::int64_t actor::replies_to(std::int64_t message_id, std::string_view text) {
    return sends(content::text(text).replying_to(message_id));
}

BANTER_COLD_DECL void actor::edits(std::string_view text, std::int64_t message_id) {
    world_->edit(user_, place_, text, message_id);
    settled();
}
BANTER_COLD_DECL void actor::presses(std::string_view label_or_data) {
    last_query_ = world_->press(user_, place_, label_or_data);
    settled();
}
BANTER_COLD_DECL void actor::presses(std::string_view label_or_data, const sent_message& on) {
    last_query_ = world_->press(user_, place_, label_or_data, on.message_id());
    settled();
}
BANTER_COLD_DECL void actor::presses_data(std::string_view data, std::int64_t message_id,
                                          bool inaccessible) {
    if (message_id == 0)
        if (const auto last = world_->last_bot_message(place_)) message_id = last->message_id();
    last_query_ = world_->press_data(user_, place_, data, message_id, inaccessible);
    settled();
}
BANTER_COLD_DECL void actor::reacts(std::int64_t message_id, std::string_view emoji) {
    world_->react(user_, place_, message_id, emoji);
    settled();
}
BANTER_COLD_DECL void actor::joins() {
    world_->join(user_, place_.chat_id);
    settled();
}
BANTER_COLD_DECL void actor::leaves() {
    world_->leave(user_, place_.chat_id);
    settled();
}
BANTER_COLD_DECL void actor::blocks_bot() {
    world_->block_bot(user_, true);
    settled();
}
BANTER_COLD_DECL void actor::unblocks_bot() {
    world_->block_bot(user_, false);
    settled();
}
BANTER_COLD_DECL std::string actor::asks_inline(std::string_view query, std::string_view offset) {
    last_query_ = world_->inline_query(user_, query, offset);
    settled();
    return last_query_;
}
BANTER_COLD_DECL void actor::chooses_inline_result(std::string_view result_id, std::string_view query) {
    world_->choose_inline_result(user_, result_id, query);
    settled();
}
BANTER_COLD_DECL void actor::votes(std::string_view poll_id, const std::vector<int>& options) {
    world_->vote(user_, poll_id, options);
    settled();
}
BANTER_COLD_DECL std::string actor::checks_out(std::string_view payload, std::string_view currency,
                                               std::int64_t total_amount) {
    last_query_ = world_->pre_checkout(user_, payload, currency, total_amount);
    settled();
    return last_query_;
}
BANTER_COLD_DECL void actor::pays(std::string_view payload, std::string_view currency,
                                  std::int64_t total_amount) {
    sends(content::successful_payment(payload, currency, total_amount));
}

BANTER_COLD_DECL sent_message actor::last_reply() const {
    auto last = world_->last_bot_message(place_);
    if (last) return *std::move(last);
    throw impossible("the bot has sent nothing to chat " + std::to_string(place_.chat_id) +
                  "; it made " + std::to_string(world_->call_count()) + " calls in all");
}

}  // namespace banter::testkit
