#pragma once

#include <banter/flow/delivery.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/errc.hpp>

namespace banter::detail {

namespace delivery_limits {
inline constexpr int attempts = 4;
// A flood wait longer than this is reported instead: the update would block its key for too long.
inline constexpr std::chrono::seconds longest_wait{60};
}  // namespace delivery_limits

BANTER_COLD_DECL delivery_decision after_refusal(std::string_view method, int attempt,
                                                 const api_error& error) {
    if (attempt >= delivery_limits::attempts) return {};
    if (const auto wait = error.retry_after())
        return {*wait <= delivery_limits::longest_wait, *wait};
    if (error.http_status() >= 500 && is_harmless_twice(method))
        return {true, std::chrono::seconds{1} * (1 << (attempt - 1))};
    return {};
}

BANTER_COLD_DECL delivery_decision after_silence(std::string_view method, int attempt,
                                                 boost::system::error_code error) {
    if (attempt >= delivery_limits::attempts) return {};
    if (!never_sent(error) && !is_harmless_twice(method)) return {};
    if (error == boost::asio::error::operation_aborted) return {};
    if (error == boost::system::errc::invalid_argument) return {};  // it would be so again
    return {true, std::chrono::seconds{1} * (1 << (attempt - 1))};
}

BANTER_COLD_DECL bool is_so_already(std::string_view method, const api_error& error) {
    return method.starts_with("edit") && error.error_code() == 400 &&
           error.description().find("message is not modified") != std::string::npos;
}

}  // namespace banter::detail
