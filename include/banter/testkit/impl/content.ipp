// Bodies of testkit/content.hpp.
#pragma once

#include <banter/testkit/content.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <fstream>
#include <iterator>

namespace banter::testkit {

namespace detail {

BANTER_COLD_DECL content with_fields(std::string kind, boost::json::object fields) {
    content c;
    c.kind = std::move(kind);
    c.json = boost::json::serialize(fields);
    return c;
}

BANTER_COLD_DECL boost::json::object place_of(double latitude, double longitude) {
    boost::json::object o;
    o["latitude"] = latitude;
    o["longitude"] = longitude;
    return o;
}

}  // namespace detail

BANTER_COLD_DECL content content::text(std::string_view text) {
    content c;
    c.kind = "text";
    c.words = text;
    return c;
}

BANTER_COLD_DECL content content::media(std::string_view field, std::string_view path) {
    content c;
    c.kind = field;
    if (path.empty()) return c;
    const auto slash = path.rfind('/');
    c.file_name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    std::ifstream in{std::string(path), std::ios::binary};
    if (in) c.bytes.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    return c;
}

BANTER_COLD_DECL content content::location(double latitude, double longitude) {
    boost::json::object o;
    o["location"] = detail::place_of(latitude, longitude);
    return detail::with_fields("fields", std::move(o));
}

BANTER_COLD_DECL content content::venue(double latitude, double longitude, std::string_view title,
                                        std::string_view address) {
    boost::json::object v;
    v["location"] = detail::place_of(latitude, longitude);
    v["title"] = title;
    v["address"] = address;
    boost::json::object o;
    o["location"] = detail::place_of(latitude, longitude);
    o["venue"] = std::move(v);
    return detail::with_fields("fields", std::move(o));
}

BANTER_COLD_DECL content content::contact(std::string_view phone_number, std::string_view first_name) {
    boost::json::object v;
    v["phone_number"] = phone_number;
    v["first_name"] = first_name;
    boost::json::object o;
    o["contact"] = std::move(v);
    return detail::with_fields("fields", std::move(o));
}

BANTER_COLD_DECL content content::dice(std::string_view emoji, int value) {
    boost::json::object v;
    v["emoji"] = emoji;
    v["value"] = value;
    boost::json::object o;
    o["dice"] = std::move(v);
    return detail::with_fields("fields", std::move(o));
}

BANTER_COLD_DECL content content::poll(std::string_view question,
                                       const std::vector<std::string>& options) {
    boost::json::array list;
    for (const auto& option : options) {
        boost::json::object v;
        v["persistent_id"] = "option-" + std::to_string(list.size());
        v["text"] = option;
        v["voter_count"] = 0;
        list.push_back(std::move(v));
    }
    boost::json::object poll;
    poll["id"] = "users-poll";
    poll["question"] = question;
    poll["options"] = std::move(list);
    poll["total_voter_count"] = 0;
    poll["is_closed"] = false;
    poll["is_anonymous"] = true;
    poll["type"] = "regular";
    poll["allows_multiple_answers"] = false;
    poll["allows_revoting"] = true;
    poll["members_only"] = false;
    boost::json::object o;
    o["poll"] = std::move(poll);
    return detail::with_fields("fields", std::move(o));
}

BANTER_COLD_DECL content content::web_app_data(std::string_view data, std::string_view button_text) {
    boost::json::object v;
    v["data"] = data;
    v["button_text"] = button_text;
    boost::json::object o;
    o["web_app_data"] = std::move(v);
    return detail::with_fields("fields", std::move(o));
}

BANTER_COLD_DECL content content::successful_payment(std::string_view payload, std::string_view currency,
                                                     std::int64_t total_amount) {
    boost::json::object v;
    v["currency"] = currency;
    v["total_amount"] = total_amount;
    v["invoice_payload"] = payload;
    v["telegram_payment_charge_id"] = "telegram-charge";
    v["provider_payment_charge_id"] = "provider-charge";
    boost::json::object o;
    o["successful_payment"] = std::move(v);
    return detail::with_fields("fields", std::move(o));
}

BANTER_COLD_DECL content content::fields(std::string_view json) {
    content c;
    c.kind = "fields";
    c.json = json;
    return c;
}

BANTER_COLD_DECL content content::caption(std::string_view text) && {
    words = text;
    return std::move(*this);
}
BANTER_COLD_DECL content content::file(std::string_view name, std::string_view data) && {
    file_name = name;
    bytes = data;
    return std::move(*this);
}
BANTER_COLD_DECL content content::replying_to(std::int64_t message_id) && {
    reply_to = message_id;
    return std::move(*this);
}
BANTER_COLD_DECL content content::in_album(std::string_view media_group_id) && {
    album = media_group_id;
    return std::move(*this);
}
BANTER_COLD_DECL content content::forwarded_from(std::int64_t user_id) && {
    forward_from = user_id;
    return std::move(*this);
}
BANTER_COLD_DECL content content::via_business(std::string_view business_connection_id) && {
    business = business_connection_id;
    return std::move(*this);
}

}  // namespace banter::testkit
