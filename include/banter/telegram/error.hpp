// What a call of the Bot API can end with, other than its result.
#pragma once

#include <banter/config.hpp>

#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace banter {

/// The facts of a refused call, as Telegram (or something on the way to it) stated them.
struct api_failure {
    std::string method;      ///< the Bot API's name: "sendMessage"
    int http_status = 0;     ///< of the HTTP response
    int error_code = 0;      ///< Telegram's; the HTTP status where the answer was not Telegram's
    std::string description; ///< Telegram's words, meant for people and subject to change
    std::optional<std::chrono::seconds> retry_after;
    std::optional<std::int64_t> migrate_to_chat_id;
};

/// Telegram answered, and refused.
class api_error : public std::runtime_error {
  public:
    explicit api_error(api_failure failure);

    const std::string& method() const noexcept { return failure_.method; }
    int http_status() const noexcept { return failure_.http_status; }
    int error_code() const noexcept { return failure_.error_code; }
    const std::string& description() const noexcept { return failure_.description; }
    /// How long to wait before any further call (429, flood control).
    std::optional<std::chrono::seconds> retry_after() const noexcept {
        return failure_.retry_after;
    }
    /// The supergroup that the group has become: use this chat id from now on.
    std::optional<std::int64_t> migrate_to_chat_id() const noexcept {
        return failure_.migrate_to_chat_id;
    }

  private:
    api_failure failure_;
};

/// No answer came: the connection failed, timed out or was cancelled. Whether Telegram carried the
/// call out is unknown.
class network_error : public std::runtime_error {
  public:
    network_error(std::string method, boost::system::error_code code);

    const std::string& method() const noexcept { return method_; }
    boost::system::error_code code() const noexcept { return code_; }

  private:
    std::string method_;
    boost::system::error_code code_;
};

/// The call was not made: a text or a list in it is over Telegram's limits. The words say which field,
/// its length and the limit.
class limit_error : public std::runtime_error {
  public:
    /// `fault` completes the sentence "sendMessage was not sent: ...".
    limit_error(std::string method, std::string_view fault);

    const std::string& method() const noexcept { return method_; }

  private:
    std::string method_;
};

/// JSON that is not what the Bot API documents: no JSON at all, a required field that is missing,
/// a field of another type.
class decode_error : public std::runtime_error {
  public:
    /// `type` and `field` are the Bot API's names ("Message", "chat"); `problem` completes the
    /// sentence "Message.chat ...".
    decode_error(std::string_view type, std::string_view field, std::string_view problem);

    const std::string& type() const noexcept { return type_; }
    const std::string& field() const noexcept { return field_; }

  private:
    std::string type_;
    std::string field_;
};

} // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/error.ipp>
#endif
