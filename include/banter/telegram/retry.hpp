// When a call may be made again: what errors and methods say about it.
#pragma once

#include <banter/config.hpp>

#include <boost/system/error_code.hpp>

#include <string_view>

namespace banter {

/// Whether the error means that the call never reached the server: no connection came about.
/// Errors of a gateway's own category say so by their default condition: host_unreachable, or
/// invalid_argument where trying again cannot help.
[[nodiscard]] bool never_sent(boost::system::error_code error) noexcept;

/// Whether the method only reads, or sets something to a stated value: made twice, it gives the same
/// result twice.
[[nodiscard]] bool is_idempotent(std::string_view method) noexcept;

/// Whether making the call twice does no more than making it once, though the second time Telegram
/// may refuse it (400: the message is not modified, the query is answered, the message is gone).
[[nodiscard]] bool is_harmless_twice(std::string_view method) noexcept;

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/retry.ipp>
#endif
