#pragma once

#include <banter/telegram/bot.hpp>
#include <banter/telegram/impl/view.ipp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <stdexcept>

namespace banter {

namespace detail {

BANTER_DECL boost::asio::awaitable<owned_json> call(gateway net, request what) {
    const std::string method = what.method;
    const answer got = co_await net.call(std::move(what));
    call_outcome outcome = read_answer(method, got);
    co_return std::move(outcome).result();
}

BANTER_DECL boost::asio::awaitable<void> call_without_result(gateway net, request what) {
    const owned_json ignored = co_await call(net, std::move(what));
}

BANTER_DECL std::int64_t read_integer(const owned_json& from, const char* method) {
    return telegram::detail::as_integer(from.value(), {method, "result"});
}

BANTER_DECL std::string read_text(const owned_json& from, const char* method) {
    return std::string(telegram::detail::as_text(from.value(), {method, "result"}));
}

/// Where Telegram says True instead of sending an object, there is none.
BANTER_DECL const boost::json::value* read_object(const owned_json& from, const char* method) {
    if (from.value().is_bool())
        return nullptr;
    return telegram::detail::as_object(&from.value(), {method, "result"});
}

BANTER_DECL const boost::json::value* read_array(const owned_json& from, const char* method) {
    return telegram::detail::as_array(&from.value(), {method, "result"});
}

BANTER_DECL bool is_method_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
}

BANTER_DECL request raw_request(std::string_view method, std::string_view parameters) {
    if (!is_method_name(method))
        throw std::invalid_argument("banter: a method's name has letters and digits only");
    request out;
    out.method.assign(method);
    json_writer writer(out);
    writer.begin_object();
    writer.members(parameters);
    writer.end_object();
    return out;
}

} // namespace detail

BANTER_DECL boost::asio::awaitable<owned_json> bot::call_raw(std::string_view method,
                                                             std::string_view parameters) const {
    return detail::call(net_, detail::raw_request(method, parameters));
}

} // namespace banter
