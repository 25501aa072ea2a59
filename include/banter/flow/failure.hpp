// What went wrong with an update, as the error handlers see it.
#pragma once

#include <banter/telegram/error.hpp>
#include <banter/telegram/kinds.hpp>

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace banter {

class incoming;

/// Given to on_error(...) handlers, which may take it as `const failure&`.
struct failure {
    enum class stage : std::uint8_t {
        fetching,  ///< getUpdates failed: there is no update, and it is tried again. Not told: 429
                   ///< and time-outs, which are no faults
        decoding,  ///< the update cannot be read; it was skipped
        handler,   ///< a handler threw; the conversation's state is as it was, nothing was sent
        effect,    ///< Telegram refused a declared effect, or it could not be sent; the transition
                   ///< stands, the effects declared after it were not sent
    };

    stage where = stage::handler;
    /// Update.update_id; 0 where it could not be found.
    std::int64_t update_id = 0;
    update_kind kind = update_kind::unknown;
    /// The handler's name, as the compiler spells it; empty for updates that reached none.
    std::string_view handler;
    /// What went wrong, in words. Never holds the token.
    std::string what;
    /// The exception: the handler's own, api_error with Telegram's answer, network_error, or
    /// decode_error of an answer to getUpdates. Null for updates that cannot be read.
    std::exception_ptr error;
    /// Of a failed effect: the Bot API method.
    std::string method;
    /// The update; null where it cannot be read or there is none.
    const incoming* update = nullptr;
    /// The update as it was sent.
    std::string_view json;
};

}  // namespace banter
