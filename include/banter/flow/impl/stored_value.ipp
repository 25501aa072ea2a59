#pragma once

#include <banter/flow/stored_value.hpp>
#include <banter/telegram/error.hpp>

#include <boost/json/value.hpp>

#include <cmath>
#include <string>

namespace banter::detail {

BANTER_DECL void refuse_stored(std::string_view why) {
    throw bad_stored_value("a stored value cannot be read: " + std::string(why));
}

BANTER_DECL owned_json parse_stored(std::string_view text) {
    try {
        return owned_json::parse(text);
    } catch (const decode_error& error) {
        refuse_stored(error.what());
    }
}

BANTER_DECL void write_stored_number(json_writer& to, double value) {
    if (std::isfinite(value))
        to.number(value);
    else
        to.string(std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
}

BANTER_DECL void write_stored_natural(json_writer& to, std::uint64_t value) {
    to.raw(std::to_string(value));
}

BANTER_DECL bool stored_json::is_null() const { return value_->is_null(); }

BANTER_DECL bool stored_json::boolean() const {
    if (!value_->is_bool()) refuse_stored("true or false was expected");
    return value_->get_bool();
}

BANTER_DECL std::int64_t stored_json::integer() const {
    if (!value_->is_int64()) refuse_stored("a whole number was expected");
    return value_->get_int64();
}

BANTER_DECL std::uint64_t stored_json::natural() const {
    if (value_->is_uint64()) return value_->get_uint64();
    if (!value_->is_int64() || value_->get_int64() < 0)
        refuse_stored("a whole number, not below 0, was expected");
    return static_cast<std::uint64_t>(value_->get_int64());
}

BANTER_DECL double stored_json::number() const {
    if (value_->is_string()) {
        const std::string_view said = text();
        if (said == "nan") return std::nan("");
        if (said == "inf") return HUGE_VAL;
        if (said == "-inf") return -HUGE_VAL;
    }
    if (value_->is_int64()) return static_cast<double>(value_->get_int64());
    if (value_->is_uint64()) return static_cast<double>(value_->get_uint64());
    if (!value_->is_double()) refuse_stored("a number was expected");
    return value_->get_double();
}

BANTER_DECL std::string_view stored_json::text() const {
    if (!value_->is_string()) refuse_stored("a text was expected");
    return {value_->get_string().data(), value_->get_string().size()};
}

BANTER_DECL std::size_t stored_json::size() const {
    if (!value_->is_array()) refuse_stored("a list was expected");
    return value_->get_array().size();
}

BANTER_DECL void stored_json::require_size(std::size_t wanted) const {
    if (size() != wanted)
        refuse_stored("it has " + std::to_string(size()) + " parts, and " + std::to_string(wanted) +
                      " were expected");
}

BANTER_DECL stored_json stored_json::operator[](std::size_t i) const {
    if (i >= size()) refuse_stored("it has too few parts");
    return stored_json(value_->get_array()[i]);
}

}  // namespace banter::detail
