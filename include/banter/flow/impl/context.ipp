#pragma once

#include <banter/flow/context.hpp>
#include <banter/telegram/methods.hpp>
#include <banter/telegram/text.hpp>

#include <stdexcept>

namespace banter {

namespace detail {
BANTER_DECL std::optional<bool> if_set(bool value) {
    return value ? std::optional<bool>(true) : std::nullopt;
}
}  // namespace detail

BANTER_DECL std::int64_t context::chat_id() const {
    if (head().chat == banter::chat_type::none)
        throw std::logic_error(concat("this update (", name_of(head().kind),
                                      ") comes from no chat: use ctx.send(...) with a chat_id"));
    return head().chat_id;
}

BANTER_DECL std::string_view context::argument(std::size_t i) const {
    constexpr std::string_view space = " \t\n\r\f\v";
    std::string_view rest = arguments();
    for (;;) {
        const std::size_t end = rest.find_first_of(space);
        if (i-- == 0) return rest.substr(0, end);
        if (end == std::string_view::npos) return {};
        rest.remove_prefix(end);
        rest.remove_prefix(std::min(rest.find_first_not_of(space), rest.size()));
    }
}

BANTER_DECL std::string context::full_name() const {
    return head().last_name.empty() ? std::string(head().first_name)
                                    : concat(head().first_name, ' ', head().last_name);
}

BANTER_DECL std::string context::mention_html() const {
    return banter::mention_html(user_id(), full_name());
}

BANTER_DECL void context::reply(std::string_view text, const text_options& options) {
    const telegram::envelope& from = head();
    send_message call{.chat_id = chat_id(), .text = text};
    call.parse_mode = options.parse_mode;
    call.reply_markup = options.reply_markup;
    call.disable_notification = detail::if_set(options.disable_notification);
    call.protect_content = detail::if_set(options.protect_content);
    if (options.disable_link_preview) call.link_preview_options = {.is_disabled = true};
    if (from.is_topic_message) call.message_thread_id = from.thread_id;
    if (!from.business_connection_id.empty())
        call.business_connection_id = from.business_connection_id;
    if (from.topic_id != 0) call.direct_messages_topic_id = from.topic_id;
    const bool group = from.chat != banter::chat_type::private_chat;
    if (from.message_id != 0 && options.quote.value_or(group))
        call.reply_parameters = {.message_id = from.message_id};
    effects_->add(call);
}

BANTER_DECL void context::reply(std::string_view text, const banter::reply_markup& keyboard) {
    text_options options;
    options.reply_markup = keyboard;
    reply(text, options);
}

BANTER_DECL void context::edit(std::string_view text, const text_options& options) {
    const telegram::envelope& from = head();
    edit_message_text call{.text = text};
    if (!from.inline_message_id.empty()) {
        call.inline_message_id = from.inline_message_id;
    } else {
        if (from.message_id == 0 || from.inaccessible)
            throw std::logic_error(
                "there is no message to edit: it is too old, or the update brings none");
        call.chat_id = chat_id();
        call.message_id = from.message_id;
    }
    if (!from.business_connection_id.empty())
        call.business_connection_id = from.business_connection_id;
    call.parse_mode = options.parse_mode;
    call.reply_markup = options.reply_markup;
    if (options.disable_link_preview) call.link_preview_options = {.is_disabled = true};
    effects_->add(call);
}

BANTER_DECL void context::edit(std::string_view text, const banter::reply_markup& keyboard) {
    text_options options;
    options.reply_markup = keyboard;
    edit(text, options);
}

BANTER_DECL void context::answer(std::string_view text, const answer_options& options) {
    if (head().kind != update_kind::callback_query)
        throw std::logic_error(concat("only a pressed button can be answered, and this update is "
                                      "a ",
                                      name_of(head().kind)));
    answer_callback_query call{.callback_query_id = head().query_id};
    if (!text.empty()) call.text = text;
    if (!options.url.empty()) call.url = options.url;
    call.show_alert = detail::if_set(options.show_alert);
    if (options.cache_time != 0) call.cache_time = options.cache_time;
    effects_->add(call);
}

}  // namespace banter
