// Sending declared effects: what to do after each answer. Plain functions, tried without sockets.
//
// A call is repeated only where that is safe: where Telegram said that it did nothing (429), where
// no connection came about, or where doing it twice changes nothing (edits, answers, deletions).
// A message whose answer was lost may have arrived: it is not sent again.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/error.hpp>
#include <banter/telegram/retry.hpp>

#include <boost/system/error_code.hpp>

#include <chrono>
#include <string_view>

namespace banter::detail {

struct delivery_decision {
    bool retry = false;
    std::chrono::nanoseconds after{0};
};

/// What to do when the `attempt`-th try (from 1) was refused by Telegram.
[[nodiscard]] delivery_decision after_refusal(std::string_view method, int attempt,
                                              const api_error& error);
/// What to do when the `attempt`-th try (from 1) brought no answer.
[[nodiscard]] delivery_decision after_silence(std::string_view method, int attempt,
                                              boost::system::error_code error);
/// Whether Telegram refused an edit because the message is already so: it is as if it had been made.
[[nodiscard]] bool is_so_already(std::string_view method, const api_error& error);

}  // namespace banter::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/delivery.ipp>
#endif
