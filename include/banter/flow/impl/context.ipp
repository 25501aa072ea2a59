#pragma once

#include <banter/flow/context.hpp>
#include <banter/flow/generated/reply_options.hpp>
#include <banter/flow/impl/context_address.hpp>
#include <banter/telegram/long_text.hpp>
#include <banter/telegram/message_text.hpp>
#include <banter/telegram/methods.hpp>
#include <banter/telegram/styled_text.hpp>
#include <banter/telegram/text.hpp>
#include <banter/telegram/white_space.hpp>

#include <stdexcept>

namespace banter {

BANTER_DECL std::int64_t context::chat_id() const {
    if (head().chat == banter::chat_type::none)
        throw std::logic_error(concat("this update (", name_of(head().kind),
                                      ") comes from no chat: use ctx.send(...) with a chat_id"));
    return head().chat_id;
}

BANTER_DECL std::string_view context::argument(std::size_t i) const {
    std::string_view rest = arguments();
    while (i-- != 0 && !rest.empty()) detail::take_word(rest);
    return detail::take_word(rest);
}

BANTER_DECL std::string context::full_name() const {
    return head().last_name.empty() ? std::string(head().first_name)
                                    : concat(head().first_name, ' ', head().last_name);
}

BANTER_DECL std::string context::mention_html() const {
    return banter::mention_html(user_id(), full_name());
}

BANTER_DECL std::string context::mention_markdown() const {
    return banter::mention_markdown(user_id(), full_name());
}

BANTER_DECL std::string context::text_html() const {
    return banter::text_html(update_->message());
}

BANTER_DECL std::string context::text_markdown() const {
    return banter::text_markdown(update_->message());
}

BANTER_DECL void context::reply(std::string_view text, const banter::reply_markup& keyboard) {
    reply(text, text_options{.reply_markup = keyboard});
}

BANTER_DECL void context::reply(const styled_text& text, const text_options& options) {
    text_options styled = options;
    styled.entities = text.entities();
    reply(std::string_view(text.text()), styled);
}

BANTER_DECL void context::reply(const styled_text& text) { reply(text, text_options{}); }

BANTER_DECL void context::reply(const styled_text& text, const banter::reply_markup& keyboard) {
    reply(text, text_options{.reply_markup = keyboard});
}

BANTER_DECL void context::reply_long(const styled_text& text, const text_options& options) {
    const std::vector<styled_text> pieces = split_text(text);
    for (std::size_t i = 0; i != pieces.size(); ++i) {
        text_options one = options;
        if (i != 0) {
            one.quote = false;
            one.reply_parameters.reset();
        }
        if (i + 1 != pieces.size()) one.reply_markup = {};
        reply(pieces[i], one);
    }
}

BANTER_DECL void context::reply_long(const styled_text& text) { reply_long(text, text_options{}); }

BANTER_DECL void context::reply_long(std::string_view plain, const text_options& options) {
    text_options marked = options;
    marked.parse_mode = parse_mode::none;
    reply_long(styled_text(std::string(plain), {}), marked);
}

BANTER_DECL void context::reply_long(std::string_view plain) { reply_long(plain, text_options{}); }

BANTER_DECL void context::reply_html(std::string_view text, const text_options& options) {
    text_options marked = options;
    marked.parse_mode = parse_mode::html;
    reply(text, marked);
}

BANTER_DECL void context::reply_html(std::string_view text) {
    reply(text, text_options{.parse_mode = parse_mode::html});
}

BANTER_DECL void context::reply_markdown(std::string_view text, const text_options& options) {
    text_options marked = options;
    marked.parse_mode = parse_mode::markdown_v2;
    reply(text, marked);
}

BANTER_DECL void context::reply_markdown(std::string_view text) {
    reply(text, text_options{.parse_mode = parse_mode::markdown_v2});
}

BANTER_DECL void context::reply_quiz(std::string_view question,
                                     const list_of<input_poll_option>& answers,
                                     std::int64_t correct, const poll_options& options) {
    const std::int64_t right[] = {correct};
    poll_options quiz = options;
    quiz.type = "quiz";
    quiz.correct_option_ids = right;
    reply_poll(question, answers, quiz);
}

BANTER_DECL void context::reply_quiz(std::string_view question,
                                     const list_of<input_poll_option>& answers,
                                     std::int64_t correct) {
    reply_quiz(question, answers, correct, poll_options{});
}

BANTER_DECL void context::copy_to(const chat_id_ref& other_chat) {
    detail::require_message(head());
    effects_->add(copy_message{.chat_id = other_chat, .from_chat_id = chat_id(),
                               .message_id = message_id()});
}

BANTER_DECL void context::forward_to(const chat_id_ref& other_chat) {
    detail::require_message(head());
    effects_->add(forward_message{.chat_id = other_chat, .from_chat_id = chat_id(),
                                  .message_id = message_id()});
}

BANTER_DECL void context::reply_chat_action(std::string_view action) {
    send_chat_action call{.chat_id = chat_id(), .action = action};
    detail::address(call, head(), false, effects_->defaults());
    effects_->add(call);
}

// ---- changing the message ----

BANTER_DECL void context::edit(std::string_view text, const banter::reply_markup& keyboard) {
    edit(text, edit_options{.reply_markup = keyboard});
}

BANTER_DECL void context::edit(const styled_text& text, const edit_options& options) {
    edit_options styled = options;
    styled.entities = text.entities();
    edit(std::string_view(text.text()), styled);
}

BANTER_DECL void context::edit(const styled_text& text) { edit(text, edit_options{}); }

BANTER_DECL void context::edit(const styled_text& text, const banter::reply_markup& keyboard) {
    edit(text, edit_options{.reply_markup = keyboard});
}

BANTER_DECL void context::edit_media(const input_media& media,
                                     const banter::reply_markup& keyboard) {
    edit_message_media call{.media = media};
    call.reply_markup = keyboard;
    detail::point_at_message(call, head());
    effects_->add(call);
}

BANTER_DECL void context::edit_keyboard(const banter::reply_markup& keyboard) {
    edit_message_reply_markup call;
    call.reply_markup = keyboard;
    detail::point_at_message(call, head());
    effects_->add(call);
}

BANTER_DECL void context::stop_location(const banter::reply_markup& keyboard) {
    stop_message_live_location call;
    call.reply_markup = keyboard;
    detail::point_at_message(call, head());
    effects_->add(call);
}

BANTER_DECL void context::remove() {
    detail::require_message(head());
    if (head().business_connection_id.empty())
        return effects_->add(delete_message{.chat_id = chat_id(), .message_id = message_id()});
    const std::int64_t ids[] = {message_id()};
    effects_->add(delete_business_messages{
        .business_connection_id = head().business_connection_id, .message_ids = ids});
}

BANTER_DECL void context::pin(std::optional<bool> disable_notification) {
    detail::require_message(head());
    pin_chat_message call{.chat_id = chat_id(), .message_id = message_id()};
    call.disable_notification = disable_notification;
    detail::address(call, head(), false, effects_->defaults());
    effects_->add(call);
}

BANTER_DECL void context::unpin() {
    detail::require_message(head());
    unpin_chat_message call{.chat_id = chat_id()};
    call.message_id = message_id();
    detail::address(call, head(), false, effects_->defaults());
    effects_->add(call);
}

BANTER_DECL void context::react(std::string_view emoji, bool is_big) {
    react(reaction_type(reaction_type_emoji{.emoji = emoji}), is_big);
}

BANTER_DECL void context::react(const reaction_type& reaction, bool is_big) {
    detail::require_message(head());
    set_message_reaction call{.chat_id = chat_id(), .message_id = message_id()};
    const reaction_type one[] = {reaction};
    call.reaction = one;
    if (is_big) call.is_big = true;
    effects_->add(call);
}

BANTER_DECL void context::unreact() {
    detail::require_message(head());
    effects_->add(set_message_reaction{.chat_id = chat_id(), .message_id = message_id()});
}

BANTER_DECL void context::stop_poll(const banter::reply_markup& keyboard) {
    detail::require_message(head());
    banter::stop_poll call{.chat_id = chat_id(), .message_id = message_id()};
    call.reply_markup = keyboard;
    detail::address(call, head(), false, effects_->defaults());
    effects_->add(call);
}

// ---- answering ----

BANTER_DECL void context::approve_join() {
    effects_->add(approve_chat_join_request{.chat_id = chat_id(), .user_id = user_id()});
}

BANTER_DECL void context::decline_join() {
    effects_->add(decline_chat_join_request{.chat_id = chat_id(), .user_id = user_id()});
}

BANTER_DECL void context::answer(std::string_view text, const answer_options& options) {
    if (head().kind != update_kind::callback_query) return;
    answer_callback_query call{.callback_query_id = head().query_id};
    if (!text.empty()) call.text = text;
    if (!options.url.empty()) call.url = options.url;
    if (options.show_alert) call.show_alert = true;
    if (options.cache_time != 0) call.cache_time = options.cache_time;
    effects_->add(call);
}

}  // namespace banter
