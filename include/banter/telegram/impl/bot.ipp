#pragma once

#include <banter/telegram/bot.hpp>
#include <banter/telegram/impl/gateway.ipp>
#include <banter/telegram/impl/view.ipp>
#include <banter/telegram/text.hpp>

#include <boost/json/value.hpp>

#include <stdexcept>

namespace banter {

namespace detail {

BANTER_DECL void require_sound(const request& what) {
    if (!what.fault.empty()) throw limit_error(what.method, what.fault);
}

BANTER_DECL boost::asio::awaitable<owned_json> call(gateway net, request what) {
    require_sound(what);
    answer got;
    co_await exchange(net, what, got);
    call_outcome outcome = read_answer(what.method, got);
    co_return std::move(outcome).result();
}

BANTER_DECL boost::asio::awaitable<void> call_without_result(gateway net, request what) {
    require_sound(what);
    answer got;
    co_await exchange(net, what, got);
    if (says_done(got))
        co_return;
    call_outcome outcome = read_answer(what.method, got);
    const owned_json ignored = std::move(outcome).result();
}

BANTER_DECL boost::asio::awaitable<owned_json> finish_answer(gateway net, request what,
                                                             open_queries& queries) {
    try {
        owned_json result = co_await call(net, what);
        co_return result;
    } catch (...) {
        queries.note(what, false);
        throw;
    }
}

BANTER_DECL boost::asio::awaitable<void> ignore_result(boost::asio::awaitable<owned_json> of) {
    const owned_json ignored = co_await std::move(of);
}

// Noted before the coroutine begins: it may be spawned, and run when the handler has ended.
BANTER_DECL boost::asio::awaitable<owned_json> call_that_answers(gateway net, request what,
                                                                 open_queries& queries) {
    queries.note(what, true);
    return finish_answer(net, std::move(what), queries);
}

BANTER_DECL boost::asio::awaitable<void> answer_query(gateway net, request what,
                                                      open_queries& queries) {
    return ignore_result(call_that_answers(net, std::move(what), queries));
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
    for (const char c : name)
        if (!is_word_character(c) || c == '_') return false;
    return !name.empty();
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
    if (method == answer_callback_query::method_name)
        return detail::call_that_answers(net_, detail::raw_request(method, parameters), queries_);
    return detail::call(net_, detail::raw_request(method, parameters));
}

} // namespace banter
