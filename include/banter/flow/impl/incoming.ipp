#pragma once

#include <banter/flow/incoming.hpp>
#include <banter/telegram/white_space.hpp>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <optional>

namespace banter {

// The parsed update. The arena keeps its first block from one update to the next.
struct incoming::document {
    static constexpr std::size_t arena_size = 16 * 1024;
    unsigned char arena[arena_size];
    boost::json::parser parser;  // keeps its stack
    std::optional<boost::json::monotonic_resource> memory;
    std::optional<boost::json::value> root;

    explicit document(std::size_t max_depth) : parser({}, options(max_depth)) {}

    static boost::json::parse_options options(std::size_t max_depth) {
        boost::json::parse_options out;
        out.max_depth = max_depth;
        out.allow_invalid_utf8 = true;  // there is none: the first pass has looked
        return out;
    }

    void clear() {
        root.reset();
        parser.reset();  // lets go of the arena
        memory.reset();
    }
};

BANTER_DECL incoming::incoming() = default;
BANTER_DECL incoming::~incoming() = default;

BANTER_DECL telegram::decode_fault incoming::read(std::string_view json) {
    if (document_) document_->clear();
    button_object_.reset();
    json_.assign(json);
    return reader_.read(json_, head_);
}

BANTER_DECL void update_address::assign(const telegram::envelope& from) {
    chat_id = from.chat_id;
    user_id = from.user_id;
    sender_chat_id = from.sender_chat_id;
    thread_id = from.thread_id;
    topic_id = from.topic_id;
    chat = from.chat;
    has_user = from.has_user;
    is_topic_message = from.is_topic_message;
    business_connection_id = from.business_connection_id;
}

BANTER_DECL void incoming::stand_in(const update_address& from) {
    if (document_) document_->clear();
    json_ = "{}";
    business_connection_id_ = from.business_connection_id;
    head_ = {};
    head_.chat_id = from.chat_id;
    head_.user_id = from.user_id;
    head_.sender_chat_id = from.sender_chat_id;
    head_.thread_id = from.thread_id;
    head_.topic_id = from.topic_id;
    head_.chat = from.chat;
    head_.has_user = from.has_user;
    head_.is_topic_message = from.is_topic_message;
    head_.business_connection_id = business_connection_id_;
}

BANTER_DECL telegram::update incoming::update() const {
    if (!document_) document_ = std::make_unique<document>(reader_.max_depth);
    if (!document_->root) {
        document_->memory.emplace(document_->arena, sizeof document_->arena);
        document_->parser.reset(boost::json::storage_ptr(&*document_->memory));
        document_->parser.write(json_);
        document_->root.emplace(document_->parser.release());
    }
    return telegram::update(&*document_->root);
}

BANTER_DECL telegram::message incoming::message() const {
    const telegram::update whole = update();
    switch (head_.kind) {
        case update_kind::message: return whole.message();
        case update_kind::edited_message: return whole.edited_message();
        case update_kind::channel_post: return whole.channel_post();
        case update_kind::edited_channel_post: return whole.edited_channel_post();
        case update_kind::business_message: return whole.business_message();
        case update_kind::edited_business_message: return whole.edited_business_message();
        case update_kind::guest_message: return whole.guest_message();
        default: return {};
    }
}

BANTER_DECL telegram::user incoming::user() const {
    if (is_message_kind(head_.kind)) return message().from();
    const telegram::update whole = update();
    switch (head_.kind) {
        case update_kind::business_connection: return whole.business_connection().user();
        case update_kind::message_reaction: return whole.message_reaction().user();
        case update_kind::inline_query: return whole.inline_query().from();
        case update_kind::chosen_inline_result: return whole.chosen_inline_result().from();
        case update_kind::callback_query: return whole.callback_query().from();
        case update_kind::shipping_query: return whole.shipping_query().from();
        case update_kind::pre_checkout_query: return whole.pre_checkout_query().from();
        case update_kind::purchased_paid_media: return whole.purchased_paid_media().from();
        case update_kind::poll_answer: return whole.poll_answer().user();
        case update_kind::my_chat_member: return whole.my_chat_member().from();
        case update_kind::chat_member: return whole.chat_member().from();
        case update_kind::chat_join_request: return whole.chat_join_request().from();
        case update_kind::managed_bot: return whole.managed_bot().user();
        case update_kind::subscription: return whole.subscription().user();
        default: return {};
    }
}

BANTER_DECL telegram::chat incoming::chat() const {
    if (is_message_kind(head_.kind)) return message().chat();
    const telegram::update whole = update();
    switch (head_.kind) {
        case update_kind::deleted_business_messages:
            return whole.deleted_business_messages().chat();
        case update_kind::message_reaction: return whole.message_reaction().chat();
        case update_kind::message_reaction_count: return whole.message_reaction_count().chat();
        case update_kind::callback_query:
            // The message of a button that was sent by inline mode is not known.
            if (const auto pressed = whole.callback_query().message()) return pressed.chat();
            return {};
        case update_kind::my_chat_member: return whole.my_chat_member().chat();
        case update_kind::chat_member: return whole.chat_member().chat();
        case update_kind::chat_join_request: return whole.chat_join_request().chat();
        case update_kind::chat_boost: return whole.chat_boost().chat();
        case update_kind::removed_chat_boost: return whole.removed_chat_boost().chat();
        case update_kind::stopped_message_generation:
            return whole.stopped_message_generation().chat();
        default: return {};
    }
}

BANTER_DECL bool incoming::read(update_property property, std::string_view& out) const {
    return read_property(*this, property, property_text_, out);
}

BANTER_DECL std::string_view incoming::own_command() const {
    const std::string_view command = head_.command;
    const std::size_t at = command.find('@');
    if (at == std::string_view::npos) return command;
    if (!detail::equal_without_case(command.substr(at + 1), bot_username_)) return {};
    return command.substr(0, at);
}

BANTER_DECL std::string_view incoming::command_rest() const {
    if (head_.command.empty()) return {};
    return detail::trimmed(head_.text.substr(head_.command.size() + 1));
}

namespace detail {

BANTER_DECL truth ask_update(const incoming& update, const filter_node& atom) {
    using op = filter_node::op;
    const telegram::envelope& head = update.head();
    const bool callback = head.kind == update_kind::callback_query;
    switch (atom.what) {
        case op::everything: return truth::yes;
        case op::kind: return truth_of(head.kind == static_cast<update_kind>(atom.value));
        case op::content:
            return truth_of(head.content.contains(static_cast<content_kind>(atom.value)));
        case op::chat: return truth_of(head.chat == static_cast<chat_type>(atom.value));
        case op::any_command: return truth_of(!head.command.empty());
        case op::command: return truth_of(equal_without_case(update.own_command(), atom.word));
        case op::any_callback: return truth_of(callback);
        case op::callback:
            return truth_of(callback && !head.data.empty() && atom.automaton->matches(head.data));
        case op::text:
            return truth_of(head.content.contains(content_kind::text) &&
                            atom.automaton->matches(head.text));
        case op::service: return truth_of(head.content.intersects(service_contents));
        case op::entity:
            return truth_of((head.entities & mask_of(static_cast<entity_kind>(atom.value))) != 0);
        case op::caption: return truth_of(!head.caption.empty());
        case op::caption_entity:
            return truth_of(
                (head.caption_entities & mask_of(static_cast<entity_kind>(atom.value))) != 0);
        case op::caption_text:
            return truth_of(!head.caption.empty() && atom.automaton->matches(head.caption));
        case op::flag:
        case op::property: return truth_of(atom.asked(update, atom));
        case op::implied_kinds:
            return truth_of((head.kind == update_kind::message &&
                             (atom.value & subject::message) != 0) ||
                            (callback && (atom.value & subject::callback) != 0));
        default: return truth::maybe;
    }
}

}  // namespace detail
}  // namespace banter
