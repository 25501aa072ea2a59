// TLS on a connected socket that never blocks: OpenSSL reads and writes the socket itself, and says
// what it waits for where it cannot go on. Internal: included by http_connection.ipp.
//
// Asio's ssl::stream composes each of its operations of reads, writes and timers, each instantiated
// once more for every way it is waited for; here all steps wait in one place (http_connection), for
// the socket to be readable or writable. A file that compiles the HTTP client takes 0.7 of the time
// (g++ 12.2, -O2).
#pragma once

#include <banter/config.hpp>
#include <banter/net/impl/openssl_owner.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <cstddef>
#include <memory>
#include <new>
#include <string>

namespace banter::net::detail {

/// What a step on a socket waits for before it can be tried again.
enum class wish { nothing, readable, writable };

class tls_session {
  public:
    using error_code = boost::system::error_code;
    using socket_type = boost::asio::ip::tcp::socket;

    /// Speaks as a client. The socket must outlive the session.
    tls_session(SSL_CTX* context, socket_type& socket);
    tls_session(const tls_session&) = delete;
    tls_session& operator=(const tls_session&) = delete;

    /// Whose certificate the server must show, a name or an address. False if it can be nobody's.
    [[nodiscard]] bool expect(const std::string& host, bool is_address);

    // Each does what can be done at once. With a wish it is not finished: the same call again, with the
    // same arguments, when the wish has come true.
    wish handshake(error_code& fault);
    wish read_some(void* to, std::size_t size, std::size_t& got, error_code& fault);
    wish write_some(const void* from, std::size_t size, std::size_t& written, error_code& fault);

    /// Whether the server has said nothing since the last answer, not even farewell.
    bool silent();
    /// X509_V_OK, or what is wrong with the server's certificate.
    long verdict() const noexcept { return SSL_get_verify_result(ssl_.get()); }

  private:
    static const BIO_METHOD* socket_method();
    static int write_socket(BIO* bio, const char* from, int size);
    static int read_socket(BIO* bio, char* to, int size);
    static long control_socket(BIO* bio, int command, long number, void* pointer);
    static int outcome(BIO* bio, std::size_t moved, int wanted, const error_code& fault);
    wish judged(int result, error_code& fault);

    socket_type& socket_;
    error_code socket_fault_;
    std::unique_ptr<SSL, free_with<&SSL_free>> ssl_;
};

BANTER_COLD_DECL tls_session::tls_session(SSL_CTX* context, socket_type& socket)
    : socket_(socket), ssl_(SSL_new(context)) {
    BIO* const bio = BIO_new(socket_method());
    if (ssl_ == nullptr || bio == nullptr) {
        BIO_free(bio);
        throw std::bad_alloc();
    }
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_mode(ssl_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                 SSL_MODE_RELEASE_BUFFERS);
    SSL_set_verify(ssl_.get(), SSL_VERIFY_PEER, nullptr);
    SSL_set_connect_state(ssl_.get());
}

// An address is no server name, and stands in a certificate as an address.
BANTER_COLD_DECL bool tls_session::expect(const std::string& host, bool is_address) {
    if (is_address)
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), host.c_str()) == 1;
    return SSL_set1_host(ssl_.get(), host.c_str()) == 1 &&
           SSL_set_tlsext_host_name(ssl_.get(), host.c_str()) == 1;
}

BANTER_COLD_DECL wish tls_session::handshake(error_code& fault) {
    ERR_clear_error();
    return judged(SSL_do_handshake(ssl_.get()), fault);
}

BANTER_COLD_DECL wish tls_session::read_some(void* to, std::size_t size, std::size_t& got,
                                             error_code& fault) {
    ERR_clear_error();
    return judged(SSL_read_ex(ssl_.get(), to, size, &got), fault);
}

BANTER_COLD_DECL wish tls_session::write_some(const void* from, std::size_t size, std::size_t& written,
                                              error_code& fault) {
    ERR_clear_error();
    return judged(SSL_write_ex(ssl_.get(), from, size, &written), fault);
}

BANTER_COLD_DECL bool tls_session::silent() {
    char byte = 0;
    std::size_t got = 0;
    error_code fault;
    ERR_clear_error();
    return judged(SSL_peek_ex(ssl_.get(), &byte, 1, &got), fault) == wish::readable;
}

BANTER_COLD_DECL wish tls_session::judged(int result, error_code& fault) {
    fault = error_code();
    if (result == 1)
        return wish::nothing;
    switch (SSL_get_error(ssl_.get(), result)) {
        case SSL_ERROR_WANT_READ:
            return wish::readable;
        case SSL_ERROR_WANT_WRITE:
            return wish::writable;
        case SSL_ERROR_ZERO_RETURN:
            fault = boost::asio::error::eof;
            break;
        default:
            if (const unsigned long reason = ERR_get_error(); reason != 0 && !socket_fault_)
                fault.assign(static_cast<int>(reason), boost::asio::error::get_ssl_category());
            else
                fault = socket_fault_;
            if (!fault || fault == boost::asio::error::eof)  // it ended without farewell
                fault = boost::asio::ssl::error::stream_truncated;
            ERR_clear_error();
    }
    return wish::nothing;
}

// ---- what OpenSSL calls ----

BANTER_COLD_DECL const BIO_METHOD* tls_session::socket_method() {
    using owned_method = std::unique_ptr<BIO_METHOD, free_with<&BIO_meth_free>>;
    static const owned_method method = [] {
        owned_method made(
            BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "banter socket"));
        if (made == nullptr || BIO_meth_set_write(made.get(), &write_socket) != 1 ||
            BIO_meth_set_read(made.get(), &read_socket) != 1 ||
            BIO_meth_set_ctrl(made.get(), &control_socket) != 1)
            throw std::bad_alloc();
        return made;
    }();
    return method.get();
}

BANTER_COLD_DECL int tls_session::outcome(BIO* bio, std::size_t moved, int wanted,
                                          const error_code& fault) {
    if (!fault)
        return static_cast<int>(moved);
    if (fault == boost::asio::error::would_block || fault == boost::asio::error::try_again) {
        BIO_set_flags(bio, wanted | BIO_FLAGS_SHOULD_RETRY);
        return -1;
    }
    static_cast<tls_session*>(BIO_get_data(bio))->socket_fault_ = fault;
    return fault == boost::asio::error::eof ? 0 : -1;
}

BANTER_COLD_DECL int tls_session::write_socket(BIO* bio, const char* from, int size) {
    BIO_clear_retry_flags(bio);
    auto& socket = static_cast<tls_session*>(BIO_get_data(bio))->socket_;
    error_code fault;
    const std::size_t sent = socket.send(
        boost::asio::const_buffer(from, static_cast<std::size_t>(size)), 0, fault);
    return outcome(bio, sent, BIO_FLAGS_WRITE, fault);
}

BANTER_COLD_DECL int tls_session::read_socket(BIO* bio, char* to, int size) {
    BIO_clear_retry_flags(bio);
    auto& socket = static_cast<tls_session*>(BIO_get_data(bio))->socket_;
    error_code fault;
    const std::size_t got = socket.receive(
        boost::asio::mutable_buffer(to, static_cast<std::size_t>(size)), 0, fault);
    return outcome(bio, got, BIO_FLAGS_READ, fault);
}

BANTER_COLD_DECL long tls_session::control_socket(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;  // nothing is kept back
}

}  // namespace banter::net::detail
