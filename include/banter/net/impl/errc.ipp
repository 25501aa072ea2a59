#pragma once

#include <banter/net/errc.hpp>

#include <string>

namespace banter::net {

namespace detail {

inline const char* sentence_of(errc code) noexcept {
    switch (code) {
    case errc::resolve_timeout:
        return "the host name was not resolved in time; check the name and the network";
    case errc::connect_timeout:
        return "the server did not accept a connection in time; check the network and BOT_API_URL";
    case errc::handshake_timeout:
        return "the TLS handshake did not finish in time";
    case errc::write_timeout:
        return "the server took the request too slowly";
    case errc::read_timeout:
        return "the server did not answer in time";
    case errc::certificate_refused:
        return "the server's certificate is not signed by a trusted authority; install the "
               "ca-certificates package, or name the authority in http_options::authorities";
    case errc::certificate_expired:
        return "the server's certificate is expired or not yet valid; check this machine's clock";
    case errc::wrong_host:
        return "the server's certificate is for another host; check BOT_API_URL";
    case errc::not_tls:
        return "the server does not speak TLS on this port; if that is intended, write http:// in "
               "BOT_API_URL";
    case errc::handshake_failed:
        return "the connection ended during the TLS handshake";
    case errc::connection_lost:
        return "the connection ended before the answer was complete";
    case errc::not_http:
        return "the answer is not HTTP; check BOT_API_URL";
    case errc::answer_too_large:
        return "the answer is larger than http_options::answer_limit";
    case errc::file_unreadable:
        return "a file to upload cannot be opened or read";
    case errc::file_changed:
        return "a file to upload became shorter while it was sent";
    case errc::bad_request:
        return "the request needs a method name of letters and a JSON object as its body";
    case errc::authorities_unreadable:
        return "the certificate authorities in http_options::authorities cannot be read as PEM";
    case errc::stopped:
        return "the client was stopped";
    }
    return "an unknown network error";
}

// Deriving from the standard interface is how Boost.System is extended; nothing of ours is added to
// it.
class net_category final : public boost::system::error_category {
  public:
    constexpr net_category() noexcept : boost::system::error_category(0xb0a7'7e12'6e65'7401u) {}
    const char* name() const noexcept override { return "banter.net"; }
    std::string message(int value) const override { return sentence_of(static_cast<errc>(value)); }
    // What banter::never_sent() asks: whether it did not reach the server, and may some other time.
    boost::system::error_condition default_error_condition(int value) const noexcept override {
        namespace general = boost::system::errc;
        switch (static_cast<errc>(value)) {
        case errc::resolve_timeout:
        case errc::connect_timeout:
        case errc::handshake_timeout:
        case errc::handshake_failed:
            return general::make_error_condition(general::host_unreachable);
        case errc::certificate_refused:
        case errc::certificate_expired:
        case errc::wrong_host:
        case errc::not_tls:
        case errc::file_unreadable:
        case errc::bad_request:
        case errc::authorities_unreadable:
            return general::make_error_condition(general::invalid_argument);
        default:
            return boost::system::error_category::default_error_condition(value);
        }
    }
};

inline constexpr net_category net_category_instance;

}  // namespace detail

BANTER_COLD_DECL const boost::system::error_category& error_category() noexcept {
    return detail::net_category_instance;
}

}  // namespace banter::net
