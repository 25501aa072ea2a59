// Bodies of testkit/sent.hpp.
#pragma once

#include <banter/testkit/json_access.hpp>
#include <banter/testkit/sent.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <charconv>

namespace banter::testkit {

namespace detail {

inline constexpr std::string_view content_fields[] = {
    "text",    "photo",    "animation", "document", "sticker",    "video",   "video_note",
    "voice",   "audio",    "poll",      "venue",    "location",   "contact", "dice",
    "invoice", "game",     "story",     "paid_media", "live_photo", "checklist",
    "rich_message", "successful_payment"};

}  // namespace detail

BANTER_COLD_DECL sent_message::sent_message() = default;
BANTER_COLD_DECL sent_message::sent_message(const sent_message&) = default;
BANTER_COLD_DECL sent_message::sent_message(sent_message&&) noexcept = default;
BANTER_COLD_DECL sent_message& sent_message::operator=(const sent_message&) = default;
BANTER_COLD_DECL sent_message& sent_message::operator=(sent_message&&) noexcept = default;
BANTER_COLD_DECL sent_message::~sent_message() = default;

BANTER_COLD_DECL call_record::call_record() = default;
BANTER_COLD_DECL call_record::call_record(const call_record&) = default;
BANTER_COLD_DECL call_record::call_record(call_record&&) noexcept = default;
BANTER_COLD_DECL call_record& call_record::operator=(const call_record&) = default;
BANTER_COLD_DECL call_record& call_record::operator=(call_record&&) noexcept = default;
BANTER_COLD_DECL call_record::~call_record() = default;

BANTER_COLD_DECL sent_message sent_message::from_json(std::string json) {
    using namespace detail;
    sent_message m;
    m.json_ = std::move(json);
    const auto document = boost::json::parse(m.json_);
    const auto& o = document.as_object();
    m.message_id_ = number_in(o, "message_id");
    if (const auto* chat = object_in(o, "chat")) m.chat_id_ = number_in(*chat, "id");
    m.thread_id_ = number_in(o, "message_thread_id");
    m.text_ = o.contains("text") ? text_in(o, "text") : text_in(o, "caption");
    m.edited_ = o.contains("edit_date");
    if (const auto* to = object_in(o, "reply_to_message")) m.replies_to_ = number_in(*to, "message_id");
    if (const auto* markup = object_in(o, "reply_markup"))
        m.buttons_ = read_rows(markup->if_contains("inline_keyboard"));
    for (const auto field : content_fields) {
        const auto* v = o.if_contains(field);
        if (v == nullptr) continue;
        m.kind_ = field;
        if (v->is_array() && !v->get_array().empty()) v = &v->get_array().back();
        if (v->is_object()) m.file_id_ = text_in(v->get_object(), "file_id");
        break;
    }
    return m;
}

BANTER_COLD_DECL bool sent_message::has_button(std::string_view label_or_data) const {
    for (const auto& row : buttons_)
        for (const auto& b : row)
            if (b.label == label_or_data || b.value == label_or_data) return true;
    return false;
}

namespace detail {

/// Follows "a.b.0.c"; null if it leads nowhere.
BANTER_COLD_DECL const boost::json::value* follow(const boost::json::value& from, std::string_view path) {
    const auto* at = &from;
    while (at != nullptr && !path.empty()) {
        const auto dot = path.find('.');
        const auto name = path.substr(0, dot);
        path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
        if (at->is_object()) {
            at = at->get_object().if_contains(name);
        } else if (at->is_array()) {
            std::size_t i = 0;
            const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), i);
            const bool number = error == std::errc() && end == name.data() + name.size();
            at = number && i < at->get_array().size() ? &at->get_array()[i] : nullptr;
        } else {
            at = nullptr;
        }
    }
    return at;
}

}  // namespace detail

BANTER_COLD_DECL bool call_record::has(std::string_view path) const {
    const auto document = boost::json::parse(params);
    return detail::follow(document, path) != nullptr;
}

BANTER_COLD_DECL std::string call_record::text(std::string_view path) const {
    const auto document = boost::json::parse(params);
    const auto* v = detail::follow(document, path);
    if (v == nullptr) return {};
    return v->is_string() ? std::string(v->get_string()) : boost::json::serialize(*v);
}

BANTER_COLD_DECL std::int64_t call_record::integer(std::string_view path) const {
    const auto document = boost::json::parse(params);
    const auto* v = detail::follow(document, path);
    return v != nullptr && v->is_int64() ? v->get_int64() : 0;
}

}  // namespace banter::testkit
