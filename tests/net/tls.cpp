// TLS: whom the client trusts. Certificates are made here, for each test, with OpenSSL.
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <doctest/doctest.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "loopback.hpp"

using banter::net::errc;
using loopback::client;
using loopback::outcome;
using loopback::seen_request;
using loopback::server;
using loopback::tcp;
namespace ssl = boost::asio::ssl;

namespace {

struct identity {
    std::string certificate, key;  // PEM
};

std::string pem(const std::function<void(BIO*)>& write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
    write(memory.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

/// A certificate that vouches for itself, for these names ("DNS:...", "IP:...").
identity make_identity(const char* names, long from_seconds = -3600, long to_seconds = 3600) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                  &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> one(X509_new(), &X509_free);
    X509_set_version(one.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(one.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(one.get()), from_seconds);
    X509_gmtime_adj(X509_getm_notAfter(one.get()), to_seconds);
    X509_NAME* subject = X509_get_subject_name(one.get());
    const unsigned char common[] = "banter test";
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, common, -1, -1, 0);
    X509_set_issuer_name(one.get(), subject);
    X509_set_pubkey(one.get(), key.get());
    X509_EXTENSION* alternative =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names);
    X509_add_ext(one.get(), alternative, -1);
    X509_EXTENSION_free(alternative);
    X509_sign(one.get(), key.get(), EVP_sha256());
    return {pem([&](BIO* to) { PEM_write_bio_X509(to, one.get()); }), pem([&](BIO* to) {
                PEM_write_bio_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
            })};
}

/// The name under which OpenSSL looks for the certificate in a folder.
std::string hashed_name(const identity& who) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> from(
        BIO_new_mem_buf(who.certificate.data(), static_cast<int>(who.certificate.size())),
        &BIO_free);
    const std::unique_ptr<X509, decltype(&X509_free)> one(
        PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr), &X509_free);
    char name[16];
    std::snprintf(name, sizeof name, "%08lx.0", X509_subject_name_hash(one.get()));
    return name;
}

/// Answers over TLS with the server name that the client asked for.
struct tls_server {
    ssl::context context{ssl::context::tls_server};
    server it;

    explicit tls_server(const identity& who)
        : it([this](tcp::socket& socket, int) {
              ssl::stream<tcp::socket&> stream(socket, context);
              boost::system::error_code fault;
              stream.handshake(ssl::stream_base::server, fault);
              if (fault)
                  return;
              std::string buffer;
              seen_request one;
              while (loopback::read_request(stream, buffer, one)) {
                  it.note(one);
                  const char* name =
                      SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name);
                  boost::asio::write(
                      stream, boost::asio::buffer(loopback::reply(name == nullptr ? "" : name)),
                      fault);
              }
          }) {
        context.use_certificate_chain(boost::asio::buffer(who.certificate));
        context.use_private_key(boost::asio::buffer(who.key), ssl::context::pem);
    }
};

}  // namespace

TEST_CASE("a certificate that nobody vouches for is refused") {
    tls_server s(make_identity("DNS:localhost,IP:127.0.0.1"));
    client c(s.it.url("https", "localhost"));
    const outcome got = c.call("getMe");
    CHECK(got.fault == errc::certificate_refused);
    CHECK(banter::never_sent(got.fault));
    CHECK(s.it.requests().empty());
}

TEST_CASE("the same certificate is accepted when its authority is given") {
    const identity who = make_identity("DNS:localhost,IP:127.0.0.1");
    tls_server s(who);
    client c(s.it.url("https", "localhost"), {.authorities = who.certificate});
    for (int i = 0; i < 3; ++i) {
        const outcome got = c.call("getMe");
        CHECK(!got.fault);
        CHECK(got.what.body == "localhost");  // the server name was sent
    }
    CHECK(c.http.connections_opened() == 1);
    // An address needs to be in the certificate too, and is not sent as a name.
    client d(s.it.url("https", "127.0.0.1"), {.authorities = who.certificate});
    const outcome got = d.call("getMe");
    CHECK(!got.fault);
    CHECK(got.what.body.empty());
    // A body of many records, both ways.
    CHECK(!d.call("sendDocument", "{}", {{"document", "a", "", std::string(3u << 20, 'x')}}).fault);
    CHECK(s.it.requests().back().body.size() > (3u << 20));
}

TEST_CASE("the system's authorities: in a hashed folder, or in one file") {
    namespace fs = std::filesystem;
    const identity who = make_identity("DNS:localhost");
    const fs::path folder = fs::temp_directory_path() / ("banter_tls_" + std::to_string(getpid()));
    fs::create_directories(folder);
    setenv("SSL_CERT_DIR", folder.c_str(), 1);
    tls_server s(who);
    {
        client c(s.it.url("https", "localhost"));
        CHECK(c.call("getMe").fault == errc::certificate_refused);
    }
    std::ofstream(folder / hashed_name(who)) << who.certificate;
    {
        client c(s.it.url("https", "localhost"));
        CHECK(!c.call("getMe").fault);
    }
    fs::remove(folder / hashed_name(who));
    std::ofstream(folder / "all.pem") << who.certificate;
    setenv("SSL_CERT_FILE", (folder / "all.pem").c_str(), 1);
    {
        client c(s.it.url("https", "localhost"));
        CHECK(!c.call("getMe").fault);
    }
    unsetenv("SSL_CERT_DIR");
    unsetenv("SSL_CERT_FILE");
    fs::remove_all(folder);
}

TEST_CASE("a certificate for another host is refused, trusted or not") {
    const identity who = make_identity("DNS:example.org");
    tls_server s(who);
    client c(s.it.url("https", "localhost"), {.authorities = who.certificate});
    CHECK(c.call("getMe").fault == errc::wrong_host);
    client d(s.it.url("https", "127.0.0.1"), {.authorities = who.certificate});
    CHECK(d.call("getMe").fault == errc::wrong_host);
    CHECK(s.it.requests().empty());
}

TEST_CASE("a certificate outside its dates is refused") {
    const identity late = make_identity("DNS:localhost", -7200, -3600);
    tls_server s(late);
    client c(s.it.url("https", "localhost"), {.authorities = late.certificate});
    CHECK(c.call("getMe").fault == errc::certificate_expired);
    const identity early = make_identity("DNS:localhost", 3600, 7200);
    tls_server t(early);
    client d(t.it.url("https", "localhost"), {.authorities = early.certificate});
    CHECK(d.call("getMe").fault == errc::certificate_expired);
}

TEST_CASE("no TLS on the other side, a handshake that never ends, one that is cut") {
    server plain([](tcp::socket& socket, int) {
        loopback::send(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
        char some[1000];
        boost::system::error_code ignored;
        while (socket.read_some(boost::asio::buffer(some), ignored) > 0) {
        }
    });
    client c(plain.url("https"));
    CHECK(c.call("getMe").fault == errc::not_tls);

    server silent([](tcp::socket& socket, int) {
        char some[1000];
        boost::system::error_code ignored;
        while (socket.read_some(boost::asio::buffer(some), ignored) > 0) {
        }
    });
    client d(silent.url("https"), {.handshake_timeout = std::chrono::milliseconds(60)});
    CHECK(d.call("getMe").fault == errc::handshake_timeout);

    server rude([](tcp::socket&, int) {});
    client e(rude.url("https"));
    CHECK(e.call("getMe").fault == errc::handshake_failed);
}

TEST_CASE("authorities that are no certificates") {
    client c("https://localhost:1", {.authorities = "no PEM"});
    CHECK(c.call("getMe").fault == errc::authorities_unreadable);
}

TEST_CASE("a TLS server that went away between two calls") {
    const identity who = make_identity("DNS:localhost");
    ssl::context context(ssl::context::tls_server);
    context.use_certificate_chain(boost::asio::buffer(who.certificate));
    context.use_private_key(boost::asio::buffer(who.key), ssl::context::pem);
    server s([&](tcp::socket& socket, int) {
        ssl::stream<tcp::socket&> stream(socket, context);
        boost::system::error_code fault;
        socket.set_option(
            tcp::no_delay(true));  // the farewell is not to wait for an acknowledgement
        stream.handshake(ssl::stream_base::server, fault);
        std::string buffer;
        seen_request one;
        if (loopback::read_request(stream, buffer, one))
            boost::asio::write(stream, boost::asio::buffer(loopback::reply("{}")), fault);
        stream.shutdown(fault);
    });
    client c(s.url("https", "localhost"), {.authorities = who.certificate});
    for (int i = 0; i < 4; ++i) {
        CHECK(c.call("sendMessage").fault.message() == "Success");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    CHECK(s.connections() == 4);
}

TEST_CASE("bodies of many records, both ways, with a peer that is slow to read") {
    const identity who = make_identity("DNS:localhost");
    ssl::context context(ssl::context::tls_server);
    context.use_certificate_chain(boost::asio::buffer(who.certificate));
    context.use_private_key(boost::asio::buffer(who.key), ssl::context::pem);
    std::string sent(30'000'003, '\0'), answer(3'000'001, '\0');
    for (std::size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<char>(i * 131 + i / 251);
    for (std::size_t i = 0; i < answer.size(); ++i) answer[i] = static_cast<char>('a' + i % 23);
    std::string seen;
    server s([&](tcp::socket& socket, int) {
        ssl::stream<tcp::socket&> stream(socket, context);
        boost::system::error_code fault;
        stream.handshake(ssl::stream_base::server, fault);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));  // until the client is blocked
        std::string buffer;
        seen_request one;
        if (!loopback::read_request(stream, buffer, one))
            return;
        seen = std::move(one.body);
        boost::asio::write(stream, boost::asio::buffer(loopback::reply(answer)), fault);
    });
    client c(s.url("https", "localhost"), {.authorities = who.certificate});
    const outcome got = c.call("sendDocument", "{}", {{"document", "a.bin", "", sent}});
    CHECK(!got.fault);
    CHECK((got.what.body == answer));
    CHECK(seen.find(sent) != std::string::npos);
}
