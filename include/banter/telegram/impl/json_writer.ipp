#pragma once

#include <banter/telegram/json_writer.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <charconv>
#include <cmath>
#include <stdexcept>

namespace banter {

namespace detail {

/// Appends `text` without its quotes. Runs of plain characters are copied at once.
BANTER_DECL void append_escaped(std::string& out, std::string_view text) {
    static constexpr char hex[] = "0123456789abcdef";
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out.append(text, plain, i - plain);
        plain = i + 1;
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            out += "\\u00";
            out += hex[c >> 4];
            out += hex[c & 15];
        }
    }
    out.append(text, plain);
}

/// The text between the braces of an object; throws if `text` is no object.
BANTER_DECL std::string_view inside_of_object(std::string_view text) {
    boost::system::error_code failure;
    const boost::json::value parsed = boost::json::parse(text, failure);
    if (failure || !parsed.is_object())
        throw std::invalid_argument(
            "banter: extra parameters must be the text of one JSON object, such as {\"name\":1}");
    text.remove_prefix(text.find('{') + 1);
    text.remove_suffix(text.size() - text.rfind('}'));
    return parsed.get_object().empty() ? std::string_view() : text;
}

} // namespace detail

BANTER_DECL void json_writer::separate() {
    if (comma_)
        out_->push_back(',');
    comma_ = true;
}

BANTER_DECL void json_writer::begin_object() {
    separate();
    out_->push_back('{');
    comma_ = false;
}

BANTER_DECL void json_writer::end_object() {
    out_->push_back('}');
    comma_ = true;
}

BANTER_DECL void json_writer::begin_array() {
    separate();
    out_->push_back('[');
    comma_ = false;
}

BANTER_DECL void json_writer::end_array() {
    out_->push_back(']');
    comma_ = true;
}

BANTER_DECL void json_writer::key(std::string_view name) {
    string(name);
    out_->push_back(':');
    comma_ = false;
}

BANTER_DECL void json_writer::string(std::string_view value) {
    separate();
    out_->push_back('"');
    detail::append_escaped(*out_, value);
    out_->push_back('"');
}

BANTER_DECL void json_writer::integer(std::int64_t value) {
    separate();
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out_->append(digits, end);
}

BANTER_DECL void json_writer::number(double value) {
    if (!std::isfinite(value))
        throw std::invalid_argument("banter: JSON cannot hold NaN or an infinity");
    separate();
    char digits[40];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out_->append(digits, end);
}

BANTER_DECL void json_writer::boolean(bool value) { raw(value ? "true" : "false"); }

BANTER_DECL void json_writer::null() { raw("null"); }

BANTER_DECL void json_writer::raw(std::string_view json) {
    separate();
    out_->append(json);
}

BANTER_DECL void json_writer::members(std::string_view object_text) {
    const std::string_view inside = detail::inside_of_object(object_text);
    if (!inside.empty())
        raw(inside);
}

} // namespace banter
