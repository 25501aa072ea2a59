// Seals Telegram Passport data as Telegram's clients do: for tests.
#pragma once

#include <banter/net/passport.hpp>

#include <boost/json.hpp>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace passport_kit {

inline const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}
inline void need(bool condition) {
    if (!condition) throw std::runtime_error("the test's own cryptography failed");
}

inline std::string base64(std::string_view text) {
    std::string out(4 * ((text.size() + 2) / 3) + 1, '\0');
    const int size = EVP_EncodeBlock(bytes(out), bytes(text), static_cast<int>(text.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

inline std::string hashed(const EVP_MD* kind, const std::string& text) {
    std::string out(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    need(EVP_Digest(text.data(), text.size(), bytes(out), &size, kind, nullptr) == 1);
    out.resize(size);
    return out;
}

// ---- keys, as PEM text ----

template <class Write>
std::string pem_of(Write write) {
    BIO* const to = BIO_new(BIO_s_mem());
    need(write(to) == 1);
    char* data = nullptr;
    const long size = BIO_get_mem_data(to, &data);
    std::string out(data, static_cast<std::size_t>(size));
    BIO_free(to);
    return out;
}

inline EVP_PKEY* key_of(const std::string& pem) {
    BIO* const from = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    EVP_PKEY* const key = PEM_read_bio_PrivateKey(from, nullptr, nullptr, nullptr);
    BIO_free(from);
    need(key != nullptr);
    return key;
}

inline std::string private_pem(EVP_PKEY* key, const EVP_CIPHER* cipher = nullptr,
                               std::string password = {}) {
    return pem_of([&](BIO* to) {
        return PEM_write_bio_PKCS8PrivateKey(to, key, cipher, password.data(),
                                             static_cast<int>(password.size()), nullptr, nullptr);
    });
}

inline std::string new_rsa_key() {
    EVP_PKEY* const key = EVP_RSA_gen(2048);
    need(key != nullptr);
    std::string out = private_pem(key);
    EVP_PKEY_free(key);
    return out;
}

inline const std::string& rsa_key() {
    static const std::string key = new_rsa_key();
    return key;
}

inline std::string elliptic_key() {
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    need(key != nullptr);
    std::string out = private_pem(key);
    EVP_PKEY_free(key);
    return out;
}

inline std::string changed(const std::string& pem, auto write) {
    EVP_PKEY* const key = key_of(pem);
    std::string out = pem_of([&](BIO* to) { return write(to, key); });
    EVP_PKEY_free(key);
    return out;
}

inline std::string pkcs1(const std::string& pem) {
    return changed(pem, [](BIO* to, EVP_PKEY* key) {
        return PEM_write_bio_PrivateKey_traditional(to, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

inline std::string public_pem(const std::string& pem) {
    return changed(pem, [](BIO* to, EVP_PKEY* key) { return PEM_write_bio_PUBKEY(to, key); });
}

inline std::string locked_pem(const std::string& pem, const std::string& password) {
    EVP_PKEY* const key = key_of(pem);
    std::string out = private_pem(key, EVP_aes_256_cbc(), password);
    EVP_PKEY_free(key);
    return out;
}

inline std::string encrypted_for(const std::string& pem, const std::string& text) {
    EVP_PKEY* const key = key_of(pem);
    EVP_PKEY_CTX* const context = EVP_PKEY_CTX_new(key, nullptr);
    need(EVP_PKEY_encrypt_init(context) == 1);
    need(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1);
    std::string out(512, '\0');
    std::size_t size = out.size();
    need(EVP_PKEY_encrypt(context, bytes(out), &size, bytes(text), text.size()) == 1);
    out.resize(size);
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(key);
    return out;
}

// ---- seals ----

struct sealed_bytes {
    std::string bytes, secret, hash;
    banter::passport::file_credentials credentials() const {
        return {.file_hash = base64(hash), .secret = base64(secret)};
    }
};

inline std::string padded(const std::string& text, std::size_t padding) {
    std::string out(padding, '\x5a');
    out[0] = static_cast<char>(padding);
    return out + text;
}

inline std::string padded(const std::string& text) {
    return padded(text, 32 + (16 - text.size() % 16) % 16);
}

/// Encrypts what is padded already.
inline sealed_bytes seal(const std::string& plain) {
    sealed_bytes out;
    static int count = 0;
    out.secret = hashed(EVP_sha256(), "secret " + std::to_string(++count));
    out.hash = hashed(EVP_sha256(), plain);
    const std::string key = hashed(EVP_sha512(), out.secret + out.hash);
    EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
    need(EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), nullptr, bytes(std::string_view(key)),
                            bytes(std::string_view(key).substr(32, 16))) == 1);
    EVP_CIPHER_CTX_set_padding(context, 0);
    out.bytes.resize(plain.size() + 16);
    int size = 0;
    need(EVP_EncryptUpdate(context, bytes(out.bytes), &size, bytes(std::string_view(plain)),
                           static_cast<int>(plain.size())) == 1);
    out.bytes.resize(static_cast<std::size_t>(size));
    EVP_CIPHER_CTX_free(context);
    return out;
}

// ---- a whole PassportData ----

class envelope {
  public:
    struct part {
        std::string type;
        std::string data;
        boost::json::object fields;
    };

    explicit envelope(std::string nonce, std::string key = rsa_key())
        : nonce_(std::move(nonce)), key_(std::move(key)) {}

    /// An element; without data where there is no text.
    envelope& add(const std::string& type, const std::string& text) {
        elements.push_back({type, {}, {}});
        secure_[type] = boost::json::object();
        if (text.empty()) return *this;
        const sealed_bytes sealed = seal(padded(text));
        elements.back().data = base64(sealed.bytes);
        secure_of(type)["data"] = boost::json::object{{"data_hash", base64(sealed.hash)},
                                                      {"secret", base64(sealed.secret)}};
        return *this;
    }
    /// A phone number or an e-mail address.
    envelope& add_plain(const std::string& type, const std::string& value) {
        elements.push_back({type, {}, {{type, value}}});
        return *this;
    }
    /// A file of the element added last.
    envelope& add_file(const std::string& name, const std::string& content) {
        secure_of(elements.back().type)[name] = file(elements.back().fields[name], content);
        return *this;
    }
    envelope& add_files(const std::string& name, const std::vector<std::string>& contents) {
        boost::json::array views, credentials;
        for (const std::string& content : contents) {
            views.emplace_back(nullptr);
            credentials.push_back(file(views.back(), content));
        }
        elements.back().fields[name] = views;
        secure_of(elements.back().type)[name] = credentials;
        return *this;
    }

    void break_hash(const std::string& type) {
        secure_of(type)["data"].as_object()["data_hash"] = base64(std::string(32, 'x'));
    }
    void forget_credentials(const std::string& type) { secure_.erase(type); }
    void forget_credentials(const std::string& type, const std::string& name) {
        secure_of(type).erase(name);
    }
    const std::string& sealed_file(const std::string& id) const { return files_.at(id); }
    const std::map<std::string, std::string>& sealed_files() const { return files_; }
    void change_file(const std::string& id) {
        char& byte = files_.at(id).back();
        byte = static_cast<char>(byte ^ 1);
    }

    /// The JSON of a PassportData.
    std::string json() const {
        boost::json::array data;
        for (const part& one : elements) {
            boost::json::object out = one.fields;
            out["type"] = one.type;
            out["hash"] = base64("hash of " + one.type);
            if (!one.data.empty()) out["data"] = one.data;
            data.push_back(out);
        }
        const boost::json::object secret{{"secure_data", secure_}, {"nonce", nonce_}};
        const sealed_bytes sealed = seal(padded(boost::json::serialize(secret)));
        const boost::json::object credentials{
            {"data", base64(sealed.bytes)},
            {"hash", credentials_hash.empty() ? base64(sealed.hash) : credentials_hash},
            {"secret", base64(encrypted_for(key_, sealed.secret))}};
        return boost::json::serialize(
            boost::json::object{{"data", data}, {"credentials", credentials}});
    }

    std::vector<part> elements;
    std::string credentials_hash;  ///< in the place of the right one

  private:
    boost::json::object& secure_of(const std::string& type) { return secure_[type].as_object(); }

    boost::json::object file(boost::json::value& view, const std::string& content) {
        const sealed_bytes sealed = seal(padded(content));
        const std::string id = "file-" + std::to_string(files_.size());
        view = boost::json::object{{"file_id", id},
                                   {"file_unique_id", "u" + id},
                                   {"file_size", sealed.bytes.size()},
                                   {"file_date", 1750000000}};
        files_[id] = sealed.bytes;
        return {{"file_hash", base64(sealed.hash)}, {"secret", base64(sealed.secret)}};
    }

    std::string nonce_, key_;
    boost::json::object secure_;
    std::map<std::string, std::string> files_;
};

}  // namespace passport_kit
