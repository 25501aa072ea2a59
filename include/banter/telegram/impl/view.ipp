#pragma once

#include <banter/telegram/error.hpp>
#include <banter/telegram/view.hpp>

#include <cstring>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <limits>
#include <stdexcept>
#include <string>

namespace banter {

struct owned_json::state {
    boost::json::monotonic_resource memory;
    boost::json::value value = boost::json::value(boost::json::storage_ptr(&memory));
};

BANTER_DECL owned_json owned_json::parse(std::string_view input) {
    owned_json out(new state);
    boost::json::parse_options options;
    options.max_depth = 64;
    boost::system::error_code failure;
    // The value is not destroyed one by one: its memory goes away with the resource.
    out.state_->value = boost::json::parse(input, failure, &out.state_->memory, options);
    if (failure)
        throw decode_error("the input", "", "is not JSON: " + failure.message());
    return out;
}

BANTER_DECL owned_json owned_json::copy_of(const boost::json::value& value) {
    owned_json out(new state);
    out.state_->value = value;
    return out;
}

BANTER_DECL void owned_json::destroy() noexcept { delete state_; }

BANTER_DECL const boost::json::value& owned_json::value() const noexcept {
    static const boost::json::value nothing;
    return state_ ? state_->value : nothing;
}

BANTER_DECL void owned_json::keep_member(std::string_view name) {
    boost::json::value kept = std::move(state_->value.as_object().at(name));
    state_->value = std::move(kept);
}

} // namespace banter

namespace banter::telegram {

namespace detail {

[[noreturn]] BANTER_DECL void throw_missing(place at) {
    throw decode_error(at.type, at.field, "is required, and missing");
}

[[noreturn]] BANTER_DECL void throw_wrong(place at, std::string_view wanted) {
    const char* const verb = at.element ? "has an element that is not " : "is not ";
    throw decode_error(at.type, at.field, std::string(verb).append(wanted));
}

/// The member of an object, by its name. Boost.JSON's own search costs three times as much on
/// objects as small as Telegram's.
BANTER_DECL const json* member_named(const boost::json::object& object, std::string_view name) {
    for (const auto& member : object) {
        const std::string_view key = member.key();
        if (key.size() == name.size() && std::memcmp(key.data(), name.data(), name.size()) == 0)
            return &member.value();
    }
    return nullptr;
}

/// The field's value; null where it is absent or JSON's null.
BANTER_DECL const json* find(const json* from, place at) {
    if (!from)
        return nullptr;
    const boost::json::object* const object = from->if_object();
    if (!object)
        throw_wrong({at.type, ""}, "an object");
    const json* const value = member_named(*object, at.field);
    return value && !value->is_null() ? value : nullptr;
}

BANTER_DECL const json& find_required(const json* from, place at) {
    const json* const value = find(from, at);
    if (!value)
        throw_missing(at);
    return *value;
}

// A number without a fraction may be written as 5.0 or 5e0; up to 2^53 it is exact as a double.
BANTER_DECL std::int64_t as_integer(const json& value, place at) {
    static constexpr double exact = 9007199254740992.0;
    if (value.is_int64())
        return value.get_int64();
    if (value.is_double()) {
        const double number = value.get_double();
        if (number >= -exact && number <= exact) {
            const auto whole = static_cast<std::int64_t>(number);
            if (static_cast<double>(whole) == number)
                return whole;
        }
    }
    throw_wrong(at, "an integer of 64 bits");
}

BANTER_DECL double as_number(const json& value, place at) {
    if (value.is_double())
        return value.get_double();
    if (value.is_int64())
        return static_cast<double>(value.get_int64());
    if (value.is_uint64())
        return static_cast<double>(value.get_uint64());
    throw_wrong(at, "a number");
}

BANTER_DECL bool as_boolean(const json& value, place at) {
    if (!value.is_bool())
        throw_wrong(at, "true or false");
    return value.get_bool();
}

BANTER_DECL std::string_view as_text(const json& value, place at) {
    if (!value.is_string())
        throw_wrong(at, "a string");
    const boost::json::string& text = value.get_string();
    return {text.data(), text.size()};
}

BANTER_DECL const json* as_object(const json* value, place at) {
    if (value && !value->is_object())
        throw_wrong(at, "an object");
    return value;
}

BANTER_DECL const json* as_array(const json* value, place at) {
    if (value && !value->is_array())
        throw_wrong(at, "an array");
    return value;
}

BANTER_DECL std::int64_t required_integer(const json* from, place at) {
    return as_integer(find_required(from, at), at);
}

BANTER_DECL double required_number(const json* from, place at) {
    return as_number(find_required(from, at), at);
}

BANTER_DECL bool required_boolean(const json* from, place at) {
    return as_boolean(find_required(from, at), at);
}

BANTER_DECL std::string_view required_text(const json* from, place at) {
    return as_text(find_required(from, at), at);
}

BANTER_DECL std::optional<std::int64_t> integer(const json* from, place at) {
    const json* const value = find(from, at);
    return value ? std::optional(as_integer(*value, at)) : std::nullopt;
}

BANTER_DECL std::optional<double> number(const json* from, place at) {
    const json* const value = find(from, at);
    return value ? std::optional(as_number(*value, at)) : std::nullopt;
}

BANTER_DECL std::optional<bool> boolean(const json* from, place at) {
    const json* const value = find(from, at);
    return value ? std::optional(as_boolean(*value, at)) : std::nullopt;
}

BANTER_DECL std::optional<std::string_view> text(const json* from, place at) {
    const json* const value = find(from, at);
    return value ? std::optional(as_text(*value, at)) : std::nullopt;
}

BANTER_DECL const json* any(const json* from, place at) { return find(from, at); }

BANTER_DECL const json* required_any(const json* from, place at) {
    return from ? &find_required(from, at) : nullptr;
}

BANTER_DECL const json* object(const json* from, place at) { return as_object(find(from, at), at); }

BANTER_DECL const json* required_object(const json* from, place at) {
    return as_object(required_any(from, at), at);
}

BANTER_DECL const json* array(const json* from, place at) { return as_array(find(from, at), at); }

BANTER_DECL const json* required_array(const json* from, place at) {
    return as_array(required_any(from, at), at);
}

BANTER_DECL bool has_text(const json& object, const char* field, std::string_view wanted) {
    const json* const value = object.get_object().if_contains(field);
    return value && value->is_string() && std::string_view(value->get_string()) == wanted;
}

BANTER_DECL bool has_date(const json& object) {
    const json* const date = object.get_object().if_contains("date");
    return date && !(date->is_int64() && date->get_int64() == 0);
}

BANTER_DECL const json* member(const json* from, const member_mark& mark) {
    if (!from || !from->is_object())
        return nullptr;
    const boost::json::object& object = from->get_object();
    if (mark.field && !has_text(*from, mark.field, mark.text))
        return nullptr;
    if (mark.present && !object.if_contains(mark.present))
        return nullptr;
    if (mark.absent && object.if_contains(mark.absent))
        return nullptr;
    if (mark.date != member_mark::date_rule::any &&
        has_date(*from) != (mark.date == member_mark::date_rule::not_zero))
        return nullptr;
    return from;
}

BANTER_DECL const json* if_object(const json* value) {
    return value && value->is_object() ? value : nullptr;
}

BANTER_DECL const json* if_array(const json* value) {
    return value && value->is_array() ? value : nullptr;
}

BANTER_DECL std::optional<std::string_view> if_text(const json* value) {
    if (!value || !value->is_string())
        return std::nullopt;
    return as_text(*value, {"", ""});
}

BANTER_DECL std::size_t length_of(const json* array) {
    return array && array->is_array() ? array->get_array().size() : 0;
}

BANTER_DECL const json& value_at(const json* array, std::size_t index) {
    if (index >= length_of(array))
        throw std::out_of_range("banter: an index past the end of a list of Telegram's");
    return array->get_array()[index];
}

BANTER_DECL std::int64_t integer_at(const json* array, std::size_t index, place at) {
    at.element = true;
    return as_integer(value_at(array, index), at);
}

BANTER_DECL double number_at(const json* array, std::size_t index, place at) {
    at.element = true;
    return as_number(value_at(array, index), at);
}

BANTER_DECL bool boolean_at(const json* array, std::size_t index, place at) {
    at.element = true;
    return as_boolean(value_at(array, index), at);
}

BANTER_DECL std::string_view text_at(const json* array, std::size_t index, place at) {
    at.element = true;
    return as_text(value_at(array, index), at);
}

BANTER_DECL const json* object_at(const json* array, std::size_t index, place at) {
    at.element = true;
    return as_object(&value_at(array, index), at);
}

BANTER_DECL const json* array_at(const json* array, std::size_t index, place at) {
    at.element = true;
    return as_array(&value_at(array, index), at);
}

BANTER_DECL const json* any_at(const json* array, std::size_t index, place) {
    return &value_at(array, index);
}

BANTER_DECL const boost::json::object& view::raw() const noexcept {
    static const boost::json::object nothing;
    return value_ && value_->is_object() ? value_->get_object() : nothing;
}

} // namespace detail

BANTER_DECL std::optional<std::int64_t> chat_reference::id() const {
    if (!value_ || value_->is_string())
        return std::nullopt;
    return detail::as_integer(*value_, {"a chat id", ""});
}

BANTER_DECL std::optional<std::string_view> chat_reference::name() const {
    if (!value_ || !value_->is_string())
        return std::nullopt;
    return detail::as_text(*value_, {"a chat id", ""});
}

} // namespace banter::telegram
