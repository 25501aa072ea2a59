#pragma once

#include <banter/flow/delivery.hpp>

#include <boost/asio/error.hpp>

#include <algorithm>

namespace banter::detail {

namespace delivery_limits {
inline constexpr int attempts = 4;
// A flood wait longer than this is reported instead: the update would block its key for too long.
inline constexpr std::chrono::seconds longest_wait{60};
}  // namespace delivery_limits

BANTER_DECL bool is_repeatable(std::string_view method) {
    constexpr std::string_view prefixes[] = {"edit", "answer", "delete", "set", "get", "pin",
                                             "unpin", "ban", "unban", "restrict", "approve",
                                             "decline", "leave", "stop", "close", "reopen",
                                             "hide", "unhide"};
    return std::any_of(std::begin(prefixes), std::end(prefixes), [method](std::string_view prefix) {
        return method.starts_with(prefix);
    });
}

BANTER_DECL bool never_sent(boost::system::error_code error) {
    namespace asio = boost::asio;
    return error == asio::error::connection_refused || error == asio::error::host_not_found ||
           error == asio::error::host_not_found_try_again ||
           error == asio::error::network_unreachable || error == asio::error::host_unreachable;
}

BANTER_DECL delivery_decision after_refusal(std::string_view method, int attempt,
                                            const api_error& error) {
    if (attempt >= delivery_limits::attempts) return {};
    if (const auto wait = error.retry_after())
        return {*wait <= delivery_limits::longest_wait, *wait};
    if (error.http_status() >= 500 && is_repeatable(method))
        return {true, std::chrono::seconds{1} * (1 << (attempt - 1))};
    return {};
}

BANTER_DECL delivery_decision after_silence(std::string_view method, int attempt,
                                            boost::system::error_code error) {
    if (attempt >= delivery_limits::attempts) return {};
    if (!never_sent(error) && !is_repeatable(method)) return {};
    if (error == boost::asio::error::operation_aborted) return {};
    return {true, std::chrono::seconds{1} * (1 << (attempt - 1))};
}

}  // namespace banter::detail
