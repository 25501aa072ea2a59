// What can go wrong on the way to a Bot API server and back, as error codes whose messages say what
// to do. What the operating system or OpenSSL reports is passed on as it is, unless one of these
// says it better.
#pragma once

#include <banter/config.hpp>

#include <boost/system/error_code.hpp>

#include <type_traits>

namespace banter::net {

enum class errc {
    resolve_timeout = 1,  ///< the name server did not answer in time
    connect_timeout,      ///< no address of the host accepted a connection in time
    handshake_timeout,    ///< the TLS handshake did not finish in time
    write_timeout,        ///< the server took no more of the request in time
    read_timeout,         ///< no (further) byte of the answer came in time
    certificate_refused,  ///< the server's certificate is not signed by anybody this machine trusts
    certificate_expired,  ///< the server's certificate is outside its dates
    wrong_host,           ///< the certificate belongs to another host
    not_tls,              ///< the server does not speak TLS on this port
    handshake_failed,     ///< the connection ended during the TLS handshake
    connection_lost,      ///< the connection ended before the answer was complete
    not_http,             ///< the answer is not HTTP
    answer_too_large,     ///< the answer's body is above the limit
    file_unreadable,      ///< a file to upload cannot be opened or read
    file_changed,         ///< a file to upload became shorter while it was sent
    bad_request,  ///< the request has no usable method name, or its body is not a JSON object
    authorities_unreadable,  ///< the certificate authorities that were given cannot be read
    stopped,                 ///< the client was destroyed while the call was waiting
};

const boost::system::error_category& error_category() noexcept;

inline boost::system::error_code make_error_code(errc code) noexcept {
    return {static_cast<int>(code), error_category()};
}

}  // namespace banter::net

template <>
struct boost::system::is_error_code_enum<banter::net::errc> : std::true_type {};

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/errc.ipp>
#endif
