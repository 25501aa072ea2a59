// Reading what the server answered to a call.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/error.hpp>
#include <banter/telegram/view.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace banter {

/// What the server said: an HTTP status and a body.
struct answer {
    int status = 0;
    std::string body;
};

/// An answer that was read: the result, or why there is none.
class call_outcome {
  public:
    call_outcome(owned_json result) noexcept : result_(std::move(result)) {}
    call_outcome(api_failure failure) noexcept : failure_(std::move(failure)) {}

    /// Set where the call was refused, or where the answer is not one of the Bot API's (the HTML
    /// page of a proxy: then error_code is the HTTP status).
    const std::optional<api_failure>& failure() const noexcept { return failure_; }
    /// The answer's `result`. Throws api_error if there is a failure.
    owned_json result() &&;

  private:
    owned_json result_;
    std::optional<api_failure> failure_;
};

/// Whether the answer's text begins as that of a call that was carried out: {"ok":true,"result":...
/// Nothing is parsed; read_answer() may find success where this does not.
bool says_done(const answer& from) noexcept;

/// Reads an answer to a call of `method`. Throws nothing for a bad answer: that is an outcome.
call_outcome read_answer(std::string_view method, const answer& from);

} // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/answer.ipp>
#endif
