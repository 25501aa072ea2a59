// Web apps: whether initData really comes from Telegram, and who opened the app.
//
// A page reads Telegram.WebApp.initData and hands it to the bot's server, which must not believe it
// before it has checked it:
//
//   const auto checked = check_init_data(text, net::token(secret));
//   if (!checked) return refuse(explain(checked.error()));
//   greet(checked->user->first_name);
//
// Not part of <banter/banter.hpp>: the server that takes initData includes it by itself.
#pragma once

#include <banter/config.hpp>
#include <banter/net/address.hpp>

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace banter {

/// Who opened the app, or whom it is about (WebAppUser). What is unknown is empty or false.
struct web_app_user {
    std::int64_t id = 0;
    bool is_bot = false;
    std::string first_name, last_name, username, language_code, photo_url;
    bool is_premium = false;
    bool added_to_attachment_menu = false;
    bool allows_write_to_pm = false;
};

/// The chat whose attachment menu the app was opened from (WebAppChat).
struct web_app_chat {
    std::int64_t id = 0;
    std::string type, title, username, photo_url;
};

/// What an app was opened with (WebAppInitData), checked. What was not sent is empty.
struct init_data {
    std::chrono::sys_seconds auth_date{};  ///< when the app was opened
    std::string query_id;                  ///< for answer_web_app_query
    std::optional<web_app_user> user;
    std::optional<web_app_user> receiver;  ///< the other one of the private chat
    std::optional<web_app_chat> chat;
    std::string chat_type, chat_instance;
    std::string start_param;  ///< of the link that opened the app
    /// How soon after auth_date a message can be sent with answer_web_app_query.
    std::optional<std::chrono::seconds> can_send_after;
    /// Every field as it came, decoded, in its order: those that this library does not know, too.
    std::vector<std::pair<std::string, std::string>> fields;
};

enum class init_data_fault : std::uint8_t {
    malformed,        ///< no query string, a field that stands twice, no auth_date, broken JSON
    unsigned_data,    ///< no hash (or no signature) is in it
    wrong_signature,  ///< not from Telegram, changed on the way, or of another bot
    too_old,          ///< opened longer ago than is accepted
    not_yet,          ///< opened in the future: one of the two clocks is wrong
};

/// A sentence about a fault. It holds nothing of the data.
std::string_view explain(init_data_fault fault) noexcept;

/// What result.value() throws where there is a fault.
class init_data_error : public std::runtime_error {
  public:
    explicit init_data_error(init_data_fault why)
        : std::runtime_error(std::string(explain(why))), why_(why) {}
    init_data_fault why() const noexcept { return why_; }

  private:
    init_data_fault why_;
};

[[noreturn]] void throw_exception_from_error(init_data_fault fault, const boost::source_location&);

/// The data, or why they are not to be believed.
using init_data_result = boost::system::result<init_data, init_data_fault>;

/// The public keys (Ed25519) that Telegram's servers sign initData for third parties with.
inline constexpr std::string_view telegram_public_key =
    "e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d";
inline constexpr std::string_view telegram_test_public_key =
    "40055058a4ee38156a06562e52eece92a771bcd8346a8c4615cb7376eddf72ec";

struct init_data_options {
    /// How long ago the app may have been opened; 0 for any time.
    std::chrono::seconds max_age = std::chrono::hours(24);
    /// How far the clocks of Telegram and of this machine may be apart.
    std::chrono::seconds clock_difference{60};
    std::optional<std::chrono::system_clock::time_point> now = {};  ///< the clock's, if not given
    /// Who signs, as 64 hexadecimal digits: for check_init_data_signature() only.
    std::string_view public_key = telegram_public_key;
};

/// Checks `hash`, which is made with the bot's token: for the bot's own server. The comparison takes
/// the same time wherever it fails.
init_data_result check_init_data(std::string_view text, const net::token& secret,
                                 const init_data_options& options = {});

/// Checks `signature`, which Telegram makes with a key of its own (Ed25519): for somebody who knows
/// the bot's id, but not its token. Throws std::invalid_argument if the public key is none.
init_data_result check_init_data_signature(std::string_view text, std::int64_t bot_id,
                                           const init_data_options& options = {});

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/web_app.ipp>
#endif
