// Where the Bot API is (BOT_API_URL) and who the bot is (BOT_TOKEN): both are checked when they are
// read, with errors that say what is wrong and never show the token.
#pragma once

#include <banter/config.hpp>

#include <cstdint>
#include <iosfwd>
#include <stdexcept>
#include <string>
#include <string_view>

namespace banter::net {

/// A setting (a URL, a token) that cannot be used. what() is one line and holds no token.
class setting_error : public std::invalid_argument {
  public:
    using std::invalid_argument::invalid_argument;
};

/// The base address of a Bot API server. Calls go to `<base>/bot<token>/<method>`.
class server_address {
  public:
    /// Telegram's own server, https://api.telegram.org.
    server_address();

    /// Reads a URL: `https://host[:port][/path]`, or `http://...` where that is what it says (plain
    /// HTTP shows the token to everybody on the way, so it is never chosen by default). Nothing
    /// else of a URL is accepted. An empty text is Telegram's own server. Throws setting_error.
    static server_address parse(std::string_view url);

    /// Whether TLS is used.
    bool secure() const noexcept { return secure_; }
    /// Host name or IP address; an IPv6 address without its brackets.
    const std::string& host() const noexcept { return host_; }
    std::uint16_t port() const noexcept { return port_; }
    /// Path in front of `/bot<token>`, without a slash at the end; usually empty.
    const std::string& base_path() const noexcept { return path_; }
    /// The value of the Host header: the host, and the port where it is not the scheme's own.
    std::string authority() const;
    /// The whole address again, as a URL.
    std::string url() const;

  private:
    bool secure_ = true;
    std::uint16_t port_ = 443;
    std::string host_;
    std::string path_;
};

/// A bot's token as BotFather gives it, `<digits>:<letters, digits, _ and ->`. It cannot be
/// printed: whoever holds it is the bot.
class token {
  public:
    /// Checks the form (white space around it is dropped). Throws setting_error.
    explicit token(std::string_view text);

    /// The bot's user id, which the token begins with.
    std::int64_t bot_id() const noexcept { return bot_id_; }
    /// The text with each occurrence of the token (also percent-encoded), and of its secret part,
    /// replaced by `<token>`.
    std::string redact(std::string_view text) const;
    /// The token itself, for the path of a request. Never put it into a message.
    std::string_view reveal() const noexcept { return text_; }

    template <class Traits>
    friend std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>&,
                                                        const token&) = delete;

  private:
    std::string text_;
    std::int64_t bot_id_ = 0;
};

/// The text with everything that looks like a bot token replaced by `<token>`: for messages about a
/// setting in which a token may have been written by mistake.
std::string redact_tokens(std::string_view text);

}  // namespace banter::net

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/address.ipp>
#endif
