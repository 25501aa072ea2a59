#pragma once

#include <banter/net/impl/crypto.hpp>
#include <banter/net/passport.hpp>
#include <banter/telegram/error.hpp>
#include <banter/telegram/text.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

namespace banter::passport {

namespace detail {

namespace net = banter::net::detail;
using object = boost::json::object;

[[noreturn]] inline void refuse(fault why, std::string_view where, std::string_view what) {
    throw passport_error(why, concat("passport: ", where, ": ", what));
}

// ---- the key ----

struct password_request {
    std::string_view password;
    bool asked = false;
};

/// OpenSSL asks here instead of at the terminal.
inline int give_password(char* to, int size, int, void* request) {
    auto& from = *static_cast<password_request*>(request);
    from.asked = true;
    if (from.password.empty() || from.password.size() > static_cast<std::size_t>(size)) return -1;
    std::memcpy(to, from.password.data(), from.password.size());
    return static_cast<int>(from.password.size());
}

inline net::owned_key read_key(std::string_view pem, std::string_view password,
                               std::string_view where) {
    using owned_bio = std::unique_ptr<BIO, net::free_with<&BIO_free_all>>;
    const owned_bio source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    net::must(source != nullptr);
    password_request request{password};
    net::owned_key key(PEM_read_bio_PrivateKey(source.get(), nullptr, &give_password, &request));
    ERR_clear_error();
    if (key == nullptr && request.asked)
        refuse(fault::wrong_password, where,
               password.empty() ? "it is encrypted: hand its password over too"
                                : "the password does not open it");
    if (key == nullptr)
        refuse(fault::key_unreadable, where,
               "there is no private key in PEM form ('-----BEGIN ... PRIVATE KEY-----')");
    if (EVP_PKEY_is_a(key.get(), "RSA") != 1)
        refuse(fault::key_unreadable, where, "it is no RSA key, which Telegram Passport needs");
    return key;
}

/// RSA-OAEP with SHA-1 and MGF1. Nothing if this is not the key.
inline std::optional<std::string> open_with(const private_key& key, std::string_view sealed) {
    const net::owned_key_context context(
        EVP_PKEY_CTX_new(static_cast<EVP_PKEY*>(key.native()), nullptr));
    net::must(context != nullptr);
    net::must(EVP_PKEY_decrypt_init(context.get()));
    net::must(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING));
    std::size_t size = 0;
    if (!net::succeeded(EVP_PKEY_decrypt(context.get(), nullptr, &size, net::bytes_of(sealed),
                                         sealed.size())))
        return std::nullopt;
    std::string opened(size, '\0');
    if (!net::succeeded(EVP_PKEY_decrypt(context.get(), net::bytes_of(opened), &size,
                                         net::bytes_of(sealed), sealed.size())))
        return std::nullopt;
    opened.resize(size);
    return opened;
}

// ---- sealed data ----

inline std::string base64(std::string_view text, std::string_view where, std::string_view what) {
    std::optional<std::string> bytes = net::from_base64(text);
    if (!bytes) refuse(fault::malformed, where, concat("the ", what, " is no base64"));
    return *std::move(bytes);
}

/// Opens data piece by piece: AES-256-CBC, whose key and IV are the first 48 bytes of
/// SHA-512(secret + hash). In front of the data there is padding, whose first byte is its size; the
/// SHA-256 of both together is the hash.
class seal {
  public:
    /// `secret` and `hash` as bytes.
    seal(std::string_view secret, std::string_view hash, std::string where)
        : where_(std::move(where)), hash_(hash), cipher_(EVP_CIPHER_CTX_new()),
          digest_(EVP_MD_CTX_new()) {
        net::must(cipher_ != nullptr && digest_ != nullptr);
        const net::wiped_string key(net::digest(EVP_sha512(), secret, hash));
        net::must(EVP_DecryptInit_ex(cipher_.get(), EVP_aes_256_cbc(), nullptr,
                                     net::bytes_of(std::string_view(key.text)),
                                     net::bytes_of(std::string_view(key.text).substr(32))));
        net::must(EVP_CIPHER_CTX_set_padding(cipher_.get(), 0));
        net::must(EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr));
    }

    /// What a piece holds, without the padding. Not to be believed before finish() has returned.
    std::string_view open(std::string_view piece) {
        if (piece.empty()) return {};
        sealed_ += piece.size();
        buffer_.resize(piece.size() + EVP_MAX_BLOCK_LENGTH);
        int size = 0;
        net::must(EVP_DecryptUpdate(cipher_.get(), net::bytes_of(buffer_), &size,
                                    net::bytes_of(piece), static_cast<int>(piece.size())));
        std::string_view opened(buffer_.data(), static_cast<std::size_t>(size));
        net::must(EVP_DigestUpdate(digest_.get(), opened.data(), opened.size()));
        if (!opened.empty() && !started_) {
            started_ = true;
            padding_ = left_ = static_cast<unsigned char>(opened.front());
        }
        const std::size_t skipped = std::min(left_, opened.size());
        left_ -= skipped;
        return opened.substr(skipped);
    }

    void finish() {
        if (sealed_ == 0 || sealed_ % 16 != 0)
            refuse(fault::truncated, where_,
                   concat(sealed_, " bytes are no whole number of cipher blocks: something is missing"));
        std::string found(EVP_MAX_MD_SIZE, '\0');
        unsigned int size = 0;
        net::must(EVP_DigestFinal_ex(digest_.get(), net::bytes_of(found), &size));
        found.resize(size);
        if (!net::same_bytes(found, hash_))
            refuse(fault::wrong_hash, where_,
                   "the hash does not match: it is damaged, or not what the user sent");
        if (padding_ == 0 || left_ != 0)
            refuse(fault::wrong_padding, where_, "its padding is longer than the data, or has no size");
    }

  private:
    std::string where_;
    std::string hash_;
    net::owned_cipher_context cipher_;
    net::owned_digest_context digest_;
    std::string buffer_;
    std::size_t sealed_ = 0;
    bool started_ = false;
    std::size_t padding_ = 0, left_ = 0;
};

inline std::string opened(std::string_view sealed, std::string_view secret, std::string_view hash,
                          std::string_view where) {
    seal work(secret, hash, std::string(where));
    std::string out(work.open(sealed));
    work.finish();
    return out;
}

/// A seal of credentials that are base64.
inline seal seal_of(std::string_view secret, std::string_view hash, std::string_view where) {
    const net::wiped_string plain(base64(secret, where, "secret"));
    return seal(plain.text, base64(hash, where, "hash"), std::string(where));
}

// ---- JSON ----

/// The document, an object.
inline owned_json parsed(std::string_view text, std::string_view where) {
    owned_json out;
    try {
        out = owned_json::parse(text);
    } catch (const decode_error&) {
        // Its message may quote the user's data.
    }
    if (!out || !out.value().is_object())
        refuse(fault::malformed, where, "there is no JSON object in it");
    return out;
}

inline const object* object_in(const object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    return found == nullptr ? nullptr : found->if_object();
}

/// A text of an object; empty where there is none.
inline std::string text_in(const object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    const auto* text = found == nullptr ? nullptr : found->if_string();
    return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

inline std::string required_text_in(const object& from, std::string_view name,
                                    std::string_view where) {
    std::string text = text_in(from, name);
    if (text.empty()) refuse(fault::malformed, where, concat("there is no ", name));
    return text;
}

inline passport::personal_details read_personal_details(const object& from) {
    return {.first_name = text_in(from, "first_name"),
            .last_name = text_in(from, "last_name"),
            .middle_name = text_in(from, "middle_name"),
            .birth_date = text_in(from, "birth_date"),
            .gender = text_in(from, "gender"),
            .country_code = text_in(from, "country_code"),
            .residence_country_code = text_in(from, "residence_country_code"),
            .first_name_native = text_in(from, "first_name_native"),
            .last_name_native = text_in(from, "last_name_native"),
            .middle_name_native = text_in(from, "middle_name_native")};
}

inline residential_address read_address(const object& from) {
    return {.street_line1 = text_in(from, "street_line1"),
            .street_line2 = text_in(from, "street_line2"),
            .city = text_in(from, "city"),
            .state = text_in(from, "state"),
            .country_code = text_in(from, "country_code"),
            .post_code = text_in(from, "post_code")};
}

inline document_details read_document(const object& from) {
    return {.document_no = text_in(from, "document_no"), .expiry_date = text_in(from, "expiry_date")};
}

inline bool is_document(std::string_view type) {
    return type == "passport" || type == "driver_license" || type == "identity_card" ||
           type == "internal_passport";
}

// ---- elements ----

inline file_credentials read_file_credentials(const boost::json::value* from,
                                              std::string_view where) {
    const object* const found = from == nullptr ? nullptr : from->if_object();
    if (found == nullptr)
        refuse(fault::no_credentials, where, "the credentials do not open this file");
    return {.file_hash = required_text_in(*found, "file_hash", where),
            .secret = required_text_in(*found, "secret", where)};
}

inline sealed_file read_file(telegram::passport_file from, const boost::json::value* credentials,
                             std::string_view where) {
    return {.file_id = std::string(from.file_id()),
            .file_unique_id = std::string(from.file_unique_id()),
            .file_size = from.file_size(),
            .file_date = from.file_date(),
            .credentials = read_file_credentials(credentials, where)};
}

/// Reads one element with the part of the credentials that is about it.
class element_reader {
  public:
    element_reader(telegram::encrypted_passport_element from, const object* credentials)
        : from_(from), credentials_(credentials), where_(from.type()) {}

    element read() {
        element out;
        out.type = from_.type();
        out.hash = from_.hash();
        out.phone_number = from_.phone_number().value_or("");
        out.email = from_.email().value_or("");
        // A phone number and an e-mail address are not encrypted.
        if (credentials_ == nullptr && (out.type == "phone_number" || out.type == "email")) return out;
        if (credentials_ == nullptr)
            refuse(fault::no_credentials, where_, "the credentials do not open this element");
        read_data(out);
        out.front_side = file(from_.front_side(), "front_side");
        out.reverse_side = file(from_.reverse_side(), "reverse_side");
        out.selfie = file(from_.selfie(), "selfie");
        out.files = files(from_.files(), "files");
        out.translation = files(from_.translation(), "translation");
        return out;
    }

  private:
    void read_data(element& out) {
        if (!from_.data()) return;
        const object* const credentials = object_in(*credentials_, "data");
        const std::string where = concat(where_, ".data");
        if (credentials == nullptr)
            refuse(fault::no_credentials, where, "the credentials do not open these data");
        out.data_hash = required_text_in(*credentials, "data_hash", where);
        seal work =
            seal_of(required_text_in(*credentials, "secret", where), out.data_hash, where);
        out.data = work.open(base64(*from_.data(), where, "data"));
        work.finish();
        const owned_json document = parsed(out.data, where);
        const object& fields = document.value().get_object();
        if (out.type == "personal_details") out.personal_details = read_personal_details(fields);
        if (out.type == "address") out.address = read_address(fields);
        if (is_document(out.type)) out.document = read_document(fields);
    }

    std::optional<sealed_file> file(telegram::passport_file from, const char* name) const {
        if (!from) return std::nullopt;
        return read_file(from, credentials_->if_contains(name), concat(where_, '.', name));
    }

    std::vector<sealed_file> files(telegram::list<telegram::passport_file> from,
                                   const char* name) const {
        std::vector<sealed_file> out;
        const auto* found = credentials_->if_contains(name);
        const auto* credentials = found == nullptr ? nullptr : found->if_array();
        for (const telegram::passport_file one : from) {
            const std::size_t i = out.size();
            const auto* own =
                credentials != nullptr && i < credentials->size() ? &(*credentials)[i] : nullptr;
            out.push_back(read_file(one, own, concat(where_, '.', name, '[', i, ']')));
        }
        return out;
    }

    telegram::encrypted_passport_element from_;
    const object* credentials_;
    std::string where_;
};

/// The credentials' JSON.
inline std::string open_credentials(telegram::encrypted_credentials from, const private_key& key) {
    constexpr std::string_view where = "credentials";
    std::optional<std::string> secret = open_with(key, base64(from.secret(), where, "secret"));
    if (!secret)
        refuse(fault::wrong_key, where,
               "they were not encrypted for this key: hand over the one whose public half "
               "@BotFather has");
    const net::wiped_string plain(*std::move(secret));
    return opened(base64(from.data(), where, "data"), plain.text, base64(from.hash(), where, "hash"),
                  where);
}

}  // namespace detail

BANTER_COLD_DECL private_key private_key::from_pem(std::string_view pem, std::string_view password) {
    detail::net::owned_key key = detail::read_key(pem, password, "the private key");
    return private_key(std::shared_ptr<void>(key.release(), [](void* owned) {
        EVP_PKEY_free(static_cast<EVP_PKEY*>(owned));
    }));
}

BANTER_COLD_DECL private_key private_key::from_file(const std::filesystem::path& file,
                                                    std::string_view password) {
    std::ifstream in(file, std::ios::binary);
    const detail::net::wiped_string pem{
        std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>())};
    if (!in.good() && pem.text.empty())
        detail::refuse(fault::key_unreadable, "the private key",
                       concat("the file ", file.string(), " cannot be read, or is empty"));
    return from_pem(pem.text, password);
}

BANTER_COLD_DECL const element* contents::find(std::string_view type) const noexcept {
    const auto found = std::find_if(elements.begin(), elements.end(),
                                    [type](const element& one) { return one.type == type; });
    return found == elements.end() ? nullptr : &*found;
}

BANTER_COLD_DECL contents decrypt(telegram::passport_data from, const private_key& key) {
    const detail::net::wiped_string text(detail::open_credentials(from.credentials(), key));
    const owned_json credentials = detail::parsed(text.text, "credentials");
    const detail::object& fields = credentials.value().get_object();
    const detail::object* const secure = detail::object_in(fields, "secure_data");
    if (secure == nullptr)
        detail::refuse(fault::malformed, "credentials", "there is no secure_data in them");
    contents out;
    out.nonce = detail::text_in(fields, "nonce");
    for (const telegram::encrypted_passport_element one : from.data()) {
        const detail::object* const own = detail::object_in(*secure, one.type());
        out.elements.push_back(detail::element_reader(one, own).read());
    }
    return out;
}

BANTER_COLD_DECL std::string decrypt_file(std::string_view sealed, const file_credentials& with) {
    detail::seal work = detail::seal_of(with.secret, with.file_hash, "the file");
    std::string out(work.open(sealed));
    work.finish();
    return out;
}

BANTER_COLD_DECL void decrypt_file(const std::filesystem::path& sealed, const std::filesystem::path& to,
                                   const file_credentials& with) {
    const std::string where = concat("the file ", sealed.string());
    detail::seal work = detail::seal_of(with.secret, with.file_hash, where);
    std::ifstream in(sealed, std::ios::binary);
    if (!in) detail::refuse(fault::file_unreadable, where, "it cannot be opened");
    std::filesystem::path part = to;
    part += ".part";
    try {
        std::ofstream out(part, std::ios::binary | std::ios::trunc);
        std::string piece(std::size_t{1} << 16, '\0');
        while (in && out) {
            in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
            const auto size = static_cast<std::size_t>(in.gcount());
            const std::string_view plain = work.open(std::string_view(piece).substr(0, size));
            out.write(plain.data(), static_cast<std::streamsize>(plain.size()));
        }
        if (in.bad()) detail::refuse(fault::file_unreadable, where, "reading it failed");
        out.close();
        if (!out)
            detail::refuse(fault::file_unwritable, concat("the file ", part.string()),
                           "it cannot be written");
        work.finish();
        std::error_code problem;
        std::filesystem::rename(part, to, problem);
        if (problem)
            detail::refuse(fault::file_unwritable, concat("the file ", to.string()),
                           problem.message());
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        throw;
    }
}

}  // namespace banter::passport
