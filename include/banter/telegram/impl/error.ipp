#pragma once

#include <banter/telegram/error.hpp>

#include <utility>

namespace banter {

namespace detail {

/// What to do about a refusal, for the codes where there is something to say.
BANTER_COLD_DECL std::string_view advice_for(int error_code) {
    switch (error_code) {
    case 401: return "; check BOT_TOKEN: Telegram does not know this bot";
    case 404: return "; check BOT_TOKEN and the method's name";
    case 409:
        return "; only one program may fetch a bot's updates, and none while a webhook is set";
    default: return "";
    }
}

BANTER_COLD_DECL std::string sentence_about(const api_failure& failure) {
    std::string text = failure.method + ": ";
    text += failure.description.empty() ? "refused without a reason" : failure.description;
    text += " (error " + std::to_string(failure.error_code);
    if (failure.http_status != failure.error_code)
        text += ", HTTP status " + std::to_string(failure.http_status);
    text += ')';
    if (failure.retry_after)
        text += "; retry after " + std::to_string(failure.retry_after->count()) + " s";
    if (failure.migrate_to_chat_id)
        text += "; the group is now chat " + std::to_string(*failure.migrate_to_chat_id);
    if (failure.method != "download" || failure.error_code != 404)
        text += advice_for(failure.error_code);
    return text;
}

BANTER_COLD_DECL std::string sentence_about(std::string_view type, std::string_view field,
                                            std::string_view problem) {
    std::string text(type);
    if (!field.empty())
        text.append(".").append(field);
    return text.append(" ").append(problem);
}

} // namespace detail

BANTER_COLD_DECL api_error::api_error(api_failure failure)
    : std::runtime_error(detail::sentence_about(failure)), failure_(std::move(failure)) {}

BANTER_COLD_DECL network_error::network_error(std::string method, boost::system::error_code code)
    : std::runtime_error(method + ": no answer: " + code.message()), method_(std::move(method)),
      code_(code) {}

BANTER_COLD_DECL limit_error::limit_error(std::string method, std::string_view fault)
    : std::runtime_error(method + " was not sent: " + std::string(fault)),
      method_(std::move(method)) {}

BANTER_COLD_DECL decode_error::decode_error(std::string_view type, std::string_view field,
                                            std::string_view problem)
    : std::runtime_error(detail::sentence_about(type, field, problem)), type_(type),
      field_(field) {}

} // namespace banter
