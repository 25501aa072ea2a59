// What the checks of Telegram's signatures and seals are made of: OpenSSL's digests and ciphers, and
// base64. For impl/*.ipp of this room only.
#pragma once

#include <banter/config.hpp>
#include <banter/net/impl/openssl_owner.hpp>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>

namespace banter::net::detail {

using owned_key = std::unique_ptr<EVP_PKEY, free_with<&EVP_PKEY_free>>;
using owned_key_context = std::unique_ptr<EVP_PKEY_CTX, free_with<&EVP_PKEY_CTX_free>>;
using owned_cipher_context = std::unique_ptr<EVP_CIPHER_CTX, free_with<&EVP_CIPHER_CTX_free>>;
using owned_digest_context = std::unique_ptr<EVP_MD_CTX, free_with<&EVP_MD_CTX_free>>;

inline const unsigned char* bytes_of(std::string_view text) noexcept {
    return reinterpret_cast<const unsigned char*>(text.data());
}

inline unsigned char* bytes_of(std::string& text) noexcept {
    return reinterpret_cast<unsigned char*>(text.data());
}

/// Whether OpenSSL did what it was asked for. What it noted about a failure is dropped: ours to say.
inline bool succeeded(int result) noexcept {
    ERR_clear_error();
    return result == 1;
}

/// Digests fail for want of memory only.
inline void must(int result) {
    if (!succeeded(result))
        throw std::bad_alloc();
}

inline std::string digest(const EVP_MD* kind, std::string_view first, std::string_view second = {}) {
    const owned_digest_context context(EVP_MD_CTX_new());
    std::string out(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    must(context != nullptr);
    must(EVP_DigestInit_ex(context.get(), kind, nullptr));
    must(EVP_DigestUpdate(context.get(), first.data(), first.size()));
    must(EVP_DigestUpdate(context.get(), second.data(), second.size()));
    must(EVP_DigestFinal_ex(context.get(), bytes_of(out), &size));
    out.resize(size);
    return out;
}

inline std::string hmac_sha256(std::string_view key, std::string_view text) {
    std::string out(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    must(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(text), text.size(),
              bytes_of(out), &size) != nullptr);
    out.resize(size);
    return out;
}

/// Compares in a time that depends on the sizes alone.
inline bool same_bytes(std::string_view one, std::string_view other) noexcept {
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

/// The bytes that base64 stands for, in the usual or in the URL's alphabet, with or without its
/// padding; nothing if it is no base64.
inline std::optional<std::string> from_base64(std::string_view text) {
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    if (text.size() % 4 == 1)
        return std::nullopt;
    std::string out;
    out.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        std::uint32_t value = 0;
        if (c >= 'A' && c <= 'Z') value = static_cast<std::uint32_t>(c - 'A');
        else if (c >= 'a' && c <= 'z') value = static_cast<std::uint32_t>(c - 'a') + 26;
        else if (c >= '0' && c <= '9') value = static_cast<std::uint32_t>(c - '0') + 52;
        else if (c == '+' || c == '-') value = 62;
        else if (c == '/' || c == '_') value = 63;
        else return std::nullopt;
        bits = (bits << 6 | value) & 0xFFFFFF;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out.push_back(static_cast<char>(bits >> count & 0xFF));
    }
    return out;
}

/// Forgets a secret.
inline void wipe(std::string& secret) noexcept {
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.clear();
}

/// A secret that is forgotten with its scope.
struct wiped_string {
    std::string text;
    explicit wiped_string(std::string given) noexcept : text(std::move(given)) {}
    ~wiped_string() { wipe(text); }
    wiped_string(const wiped_string&) = delete;
    wiped_string& operator=(const wiped_string&) = delete;
};

}  // namespace banter::net::detail
