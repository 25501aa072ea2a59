#pragma once

#include <banter/telegram/answer.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <utility>

namespace banter {

namespace detail {

BANTER_DECL std::optional<std::int64_t> integer_in(const boost::json::object& from,
                                                   std::string_view name) {
    const boost::json::value* const value = from.if_contains(name);
    return value && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

/// What Telegram says with `"ok": false`.
BANTER_DECL void read_refusal(const boost::json::object& from, api_failure& out) {
    if (const auto code = integer_in(from, "error_code"))
        out.error_code = static_cast<int>(*code);
    const boost::json::value* const text = from.if_contains("description");
    if (text && text->is_string())
        out.description.assign(text->get_string().data(), text->get_string().size());
    const boost::json::value* const parameters = from.if_contains("parameters");
    if (!parameters || !parameters->is_object())
        return;
    if (const auto seconds = integer_in(parameters->get_object(), "retry_after"))
        out.retry_after = std::chrono::seconds(*seconds);
    out.migrate_to_chat_id = integer_in(parameters->get_object(), "migrate_to_chat_id");
}

/// The document of an answer; none if the body is no JSON object.
BANTER_DECL owned_json parse_answer(const std::string& body) {
    try {
        owned_json document = owned_json::parse(body);
        if (document.value().is_object())
            return document;
    } catch (const decode_error&) {
        // What is not JSON does not come from the Bot API.
    }
    return {};
}

BANTER_DECL bool is_true(const boost::json::value* value) {
    return value && value->is_bool() && value->get_bool();
}

} // namespace detail

BANTER_DECL owned_json call_outcome::result() && {
    if (failure_)
        throw api_error(*std::move(failure_));
    return std::move(result_);
}

BANTER_DECL bool says_done(const answer& from) noexcept {
    std::string_view rest = from.body;
    for (const std::string_view piece : {"{", "\"ok\"", ":", "true", ",", "\"result\"", ":"}) {
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
        if (!rest.starts_with(piece))
            return false;
        rest.remove_prefix(piece.size());
    }
    return rest.ends_with('}');
}

BANTER_DECL call_outcome read_answer(std::string_view method, const answer& from) {
    api_failure failure;
    failure.method.assign(method);
    failure.http_status = from.status;
    failure.error_code = from.status;
    owned_json parsed = detail::parse_answer(from.body);
    if (!parsed) {
        failure.description = "the answer is not from the Bot API: HTTP status " +
                              std::to_string(from.status) + ", and no JSON object";
        return failure;
    }
    const boost::json::object& object = parsed.value().get_object();
    if (detail::is_true(object.if_contains("ok")) && object.if_contains("result")) {
        parsed.keep_member("result");
        return parsed;
    }
    detail::read_refusal(object, failure);
    return failure;
}

} // namespace banter
