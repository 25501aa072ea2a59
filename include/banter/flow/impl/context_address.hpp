// Where a context's calls go: the chat, topic and connection of the update, the message that is
// answered or changed.
#pragma once

#include <banter/telegram/defaults.hpp>
#include <banter/telegram/envelope.hpp>
#include <banter/telegram/methods.hpp>
#include <banter/telegram/text.hpp>

#include <optional>
#include <stdexcept>

namespace banter::detail {

/// Fills in what the method has of topic, business connection and message that is answered.
template <class M>
void address(M& call, const telegram::envelope& from, std::optional<bool> quote,
             const message_defaults* defaults) {
    if constexpr (requires { call.message_thread_id; })
        if (from.is_topic_message) call.message_thread_id = from.thread_id;
    if constexpr (requires { call.business_connection_id.emplace(); })
        if (!from.business_connection_id.empty())
            call.business_connection_id = from.business_connection_id;
    if constexpr (requires { call.direct_messages_topic_id; })
        if (from.topic_id != 0) call.direct_messages_topic_id = from.topic_id;
    if constexpr (requires { call.reply_parameters; }) {
        if (!quote && defaults) quote = defaults->quote;
        const bool group = from.chat != chat_type::private_chat;
        if (!call.reply_parameters && from.message_id != 0 && quote.value_or(group))
            call.reply_parameters = {.message_id = from.message_id};
    }
}

/// The message that an edit is about: of the chat, or one that was sent by inline mode.
template <class M>
void point_at_message(M& call, const telegram::envelope& from) {
    if (!from.inline_message_id.empty()) {
        call.inline_message_id = from.inline_message_id;
    } else {
        if (from.message_id == 0 || from.inaccessible)
            throw std::logic_error(
                "there is no message to edit: it is too old, or the update brings none");
        call.chat_id = from.chat_id;
        call.message_id = from.message_id;
    }
    if (!from.business_connection_id.empty())
        call.business_connection_id = from.business_connection_id;
}

inline void require_message(const telegram::envelope& from) {
    if (from.chat == chat_type::none || from.message_id == 0)
        throw std::logic_error(concat("this update (", name_of(from.kind),
                                      ") brings no message of a chat: nothing can be done to one"));
}

inline void require_business(const telegram::envelope& from, std::string_view method) {
    if (from.business_connection_id.empty())
        throw std::logic_error(
            concat(method, " needs a business connection, and this update came over none"));
}

/// The short form of link_preview_options; a longer one that was given is kept.
template <class M>
void disable_preview(M& call, std::optional<bool> disable) {
    if (!disable) return;
    if (!call.link_preview_options) call.link_preview_options.emplace();
    if (!call.link_preview_options->is_disabled) call.link_preview_options->is_disabled = disable;
}

}  // namespace banter::detail
