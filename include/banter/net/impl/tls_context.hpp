// Whom a client trusts: OpenSSL's context of all sessions. Internal: included by http_gateway.ipp.
#pragma once

#include <banter/config.hpp>
#include <banter/net/errc.hpp>
#include <banter/net/impl/openssl_owner.hpp>

#include <boost/asio/ssl/error.hpp>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <climits>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

namespace banter::net::detail {

using owned_tls_context = std::unique_ptr<SSL_CTX, free_with<&SSL_CTX_free>>;

/// Whether the system keeps its authorities in a folder where OpenSSL finds each by its hash.
BANTER_COLD_DECL bool has_hashed_authorities() {
    if (std::getenv(X509_get_default_cert_file_env()) != nullptr)
        return false;
    const char* folder = std::getenv(X509_get_default_cert_dir_env());
    if (folder == nullptr)
        folder = X509_get_default_cert_dir();
    std::error_code fault;
    std::filesystem::directory_iterator entry(folder, fault);
    for (; !fault && entry != std::filesystem::directory_iterator(); entry.increment(fault))
        if (entry->path().extension() == ".0")
            return true;
    return false;
}

/// Trusts the system's authorities. To read their one file takes 45 ms; in a hashed folder each is
/// read when it is needed.
BANTER_COLD_DECL bool trust_system(SSL_CTX* context) {
    if (has_hashed_authorities() && SSL_CTX_set_default_verify_dir(context) == 1)
        return true;
    return SSL_CTX_set_default_verify_paths(context) == 1;
}

/// Trusts the authorities of a PEM text. False if there are none, or one cannot be read.
BANTER_COLD_DECL bool trust_authorities(SSL_CTX* context, std::string_view pem) {
    using owned_certificate = std::unique_ptr<X509, free_with<&X509_free>>;
    if (pem.size() > INT_MAX)
        return false;
    const std::unique_ptr<BIO, free_with<&BIO_free>> text(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (text == nullptr)
        return false;
    X509_STORE* const trusted = SSL_CTX_get_cert_store(context);
    bool any = false;
    while (const auto one =
               owned_certificate(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr))) {
        if (X509_STORE_add_cert(trusted, one.get()) != 1)
            return false;
        any = true;
    }
    const bool read_all = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    return any && read_all;
}

/// For clients: TLS 1.2 or newer, trusting the system and the authorities of a PEM text (which may be
/// empty). Null with a fault.
BANTER_COLD_DECL owned_tls_context make_tls_context(std::string_view authorities,
                                                    boost::system::error_code& fault) {
    ERR_clear_error();
    owned_tls_context made(SSL_CTX_new(TLS_client_method()));
    const bool usable = made != nullptr &&
                        SSL_CTX_set_min_proto_version(made.get(), TLS1_2_VERSION) == 1 &&
                        trust_system(made.get());
    if (!usable) {
        // Never without a fault: without a context the connection would be a plain one.
        const auto reason = static_cast<int>(ERR_get_error());
        fault = make_error_code(boost::system::errc::not_enough_memory);
        if (reason != 0)
            fault.assign(reason, boost::asio::error::get_ssl_category());
        return nullptr;
    }
    SSL_CTX_set_options(made.get(), SSL_OP_ALL | SSL_OP_NO_COMPRESSION);
    if (!authorities.empty() && !trust_authorities(made.get(), authorities)) {
        fault = make_error_code(errc::authorities_unreadable);
        return nullptr;
    }
    fault = boost::system::error_code();
    return made;
}

}  // namespace banter::net::detail
