#pragma once

#include <banter/telegram/retry.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/errc.hpp>

#include <iterator>

namespace banter {

BANTER_COLD_DECL bool never_sent(boost::system::error_code error) noexcept {
    namespace asio = boost::asio;
    return error == asio::error::connection_refused || error == asio::error::host_unreachable ||
           error == asio::error::network_unreachable || error == asio::error::host_not_found ||
           error == asio::error::host_not_found_try_again ||
           error == boost::system::errc::host_unreachable ||
           error == boost::system::errc::invalid_argument;
}

BANTER_COLD_DECL bool is_idempotent(std::string_view method) noexcept {
    return method.starts_with("get") || (method.starts_with("set") && method != "setGameScore") ||
           method == "deleteWebhook" || method == "deleteMyCommands" || method == "sendChatAction";
}

BANTER_COLD_DECL bool is_harmless_twice(std::string_view method) noexcept {
    constexpr std::string_view beginnings[] = {"edit",   "answer", "delete", "pin",    "unpin",
                                               "ban",    "unban",  "leave",  "close",  "reopen",
                                               "hide",   "unhide", "approve", "decline", "restrict"};
    for (const std::string_view start : beginnings)
        if (method.starts_with(start)) return true;
    return is_idempotent(method);
}

}  // namespace banter
