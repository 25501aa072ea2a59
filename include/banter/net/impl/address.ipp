#pragma once

#include <banter/net/address.hpp>

#include <charconv>
#include <cstddef>

namespace banter::net {

namespace detail {

inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

inline bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

inline bool is_secret_char(char c) noexcept {
    return is_digit(c) || is_letter(c) || c == '_' || c == '-';
}

inline std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

inline std::string replaced(std::string_view text, std::string_view what) {
    std::string out;
    while (true) {
        const auto at = text.find(what);
        out.append(text.substr(0, at));
        if (at == std::string_view::npos)
            return out;
        out.append("<token>");
        text.remove_prefix(at + what.size());
    }
}

[[noreturn]] inline void refuse_url(std::string_view url, std::string_view why) {
    std::string line = "BOT_API_URL \"";
    for (const char c : redact_tokens(url))
        line.push_back(c >= 0 && c < ' ' ? '?' : c);
    line.append("\" cannot be used: ").append(why);
    throw setting_error(line);
}

inline bool is_host_char(char c) noexcept {
    return is_digit(c) || is_letter(c) || c == '-' || c == '.' || c == '_';
}

}  // namespace detail

BANTER_COLD_DECL server_address::server_address() : host_("api.telegram.org") {}

BANTER_COLD_DECL server_address server_address::parse(std::string_view url) {
    const std::string_view whole = detail::trimmed(url);
    server_address out;
    if (whole.empty())
        return out;
    std::string_view rest = whole;

    const auto scheme_end = rest.find("://");
    std::string scheme;
    for (const char c : rest.substr(0, scheme_end == rest.npos ? 0 : scheme_end))
        scheme.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    if (scheme != "https" && scheme != "http")
        detail::refuse_url(whole,
                           "it must begin with https:// (or with http://, which is not encrypted)");
    out.secure_ = scheme == "https";
    out.port_ = out.secure_ ? 443 : 80;
    rest.remove_prefix(scheme_end + 3);

    const auto path_begin = rest.find_first_of("/?#");
    std::string_view authority = rest.substr(0, path_begin);
    std::string_view path = path_begin == rest.npos ? std::string_view{} : rest.substr(path_begin);
    if (authority.find('@') != authority.npos)
        detail::refuse_url(whole, "a user name or password in it is not supported");

    std::string_view port;
    bool has_port = false;
    if (authority.starts_with('[')) {
        const auto close = authority.find(']');
        if (close == authority.npos)
            detail::refuse_url(whole, "the ']' of the IPv6 address is missing");
        out.host_ = authority.substr(1, close - 1);
        for (const char c : out.host_)
            if (!detail::is_digit(c) && !detail::is_letter(c) && c != ':' && c != '.')
                detail::refuse_url(whole, "between '[' and ']' there must be an IPv6 address");
        authority.remove_prefix(close + 1);
        has_port = authority.starts_with(':');
        if (!has_port && !authority.empty())
            detail::refuse_url(whole, "after ']' there may only be a port, such as :8081");
        if (has_port)
            port = authority.substr(1);
    } else {
        const auto colon = authority.find(':');
        has_port = colon != authority.npos;
        out.host_ = authority.substr(0, colon);
        if (has_port)
            port = authority.substr(colon + 1);
        for (const char c : out.host_)
            if (!detail::is_host_char(c))
                detail::refuse_url(whole,
                                   "the host name has a character that host names do not have");
    }
    if (out.host_.empty())
        detail::refuse_url(whole, "the host name is missing");
    if (has_port) {
        unsigned value = 0;
        const auto [end, fault] = std::from_chars(port.data(), port.data() + port.size(), value);
        if (fault != std::errc{} || end != port.data() + port.size() || value == 0 || value > 65535)
            detail::refuse_url(whole, "the port must be a number from 1 to 65535");
        out.port_ = static_cast<std::uint16_t>(value);
    }

    for (const char c : path) {
        if (c == '?' || c == '#')
            detail::refuse_url(whole, "leave out everything from '?' or '#' on");
        if (c <= ' ' || c == 0x7f || c == '"' || c == '\\' || c == '<' || c == '>')
            detail::refuse_url(whole, "the path has a character that must be percent-encoded");
    }
    while (path.ends_with('/'))
        path.remove_suffix(1);
    const auto last = path.substr(path.rfind('/') == path.npos ? 0 : path.rfind('/'));
    if (last == "/bot" || (last.starts_with("/bot") && redact_tokens(last) != last))
        detail::refuse_url(whole,
                           "leave out its last part: /bot<token>/<method> is appended to it");
    out.path_ = path;
    return out;
}

BANTER_COLD_DECL std::string server_address::authority() const {
    std::string out = host_.find(':') == host_.npos ? host_ : "[" + host_ + "]";
    if (port_ != (secure_ ? 443 : 80))
        out.append(":").append(std::to_string(port_));
    return out;
}

BANTER_COLD_DECL std::string server_address::url() const {
    std::string out = secure_ ? "https://" : "http://";
    out.append(authority()).append(path_);
    return out;
}

BANTER_COLD_DECL token::token(std::string_view text) {
    const std::string_view whole = detail::trimmed(text);
    if (whole.empty())
        throw setting_error("BOT_TOKEN is not set: put the token that @BotFather gave you into it");
    const auto colon = whole.find(':');
    bool good = colon != whole.npos && colon > 0 && colon + 1 < whole.size();
    if (good) {
        const auto [end, fault] = std::from_chars(whole.data(), whole.data() + colon, bot_id_);
        good = fault == std::errc{} && end == whole.data() + colon && bot_id_ > 0;
    }
    for (const char c : whole.substr(good ? colon + 1 : 0))
        good = good && detail::is_secret_char(c);
    if (!good)
        throw setting_error("BOT_TOKEN is not a bot token: expected digits, a colon, then letters, "
                            "digits, '_' or '-', "
                            "as @BotFather gives it");
    text_ = whole;
}

BANTER_COLD_DECL std::string token::redact(std::string_view text) const {
    const std::string_view secret = std::string_view(text_).substr(text_.find(':') + 1);
    std::string encoded(text_.substr(0, text_.find(':')));
    std::string out = detail::replaced(text, text_);
    out = detail::replaced(out, encoded + "%3A" + std::string(secret));
    out = detail::replaced(out, encoded + "%3a" + std::string(secret));
    // A short secret (tests have them) may be an ordinary word; Telegram's have 35 characters.
    if (secret.size() >= 16)
        out = detail::replaced(out, secret);
    return out;
}

BANTER_COLD_DECL std::string redact_tokens(std::string_view text) {
    std::string out;
    std::size_t i = 0;
    while (i < text.size()) {
        std::size_t digits = i;
        while (digits < text.size() && detail::is_digit(text[digits]))
            ++digits;
        std::size_t secret = digits;
        if (digits - i >= 3 && digits < text.size() && text[digits] == ':')
            secret = digits + 1;
        if (digits - i >= 3 && (text.substr(digits, 3) == "%3A" || text.substr(digits, 3) == "%3a"))
            secret = digits + 3;
        std::size_t end = secret;
        while (end < text.size() && detail::is_secret_char(text[end]))
            ++end;
        // Six characters or more: a port number after a numeric host is shorter.
        if (secret > digits && end - secret >= 6) {
            out.append("<token>");
            i = end;
        } else {
            const std::size_t next = digits > i ? digits : i + 1;
            out.append(text.substr(i, next - i));
            i = next;
        }
    }
    return out;
}

}  // namespace banter::net
