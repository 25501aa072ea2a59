// Telegram Passport: what a user hands over, decrypted with the bot's private key.
//
//   const auto key = passport::private_key::from_file("private.key");
//   ...
//   const passport::contents all = passport::decrypt(ctx.message().passport_data(), key);
//   if (all.nonce != "the one this bot asked with") return;
//   if (const auto* who = all.find("personal_details")) greet(who->personal_details->first_name);
//
// Files are downloaded as Telegram has them, sealed, and opened with decrypt_file(). Everything is
// checked against the hashes that came with the credentials before it is handed out. What is wrong
// with a user's documents goes back by setPassportDataErrors: see passport_errors.hpp.
//
// Not part of <banter/banter.hpp>: a bot that reads passports includes it by itself.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/types.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace banter::passport {

enum class fault : std::uint8_t {
    key_unreadable,   ///< the private key is no PEM text of an RSA key, or its file cannot be read
    wrong_password,   ///< the private key is encrypted, and not with this password
    wrong_key,        ///< the credentials were encrypted for another public key
    malformed,        ///< no base64, no JSON, or not what Telegram documents
    truncated,        ///< no whole number of cipher blocks
    wrong_hash,       ///< what was decrypted is not what the credentials promise
    wrong_padding,    ///< the first byte does not say how much padding there is
    no_credentials,   ///< an element or a file that the credentials do not open
    file_unreadable,  ///< a sealed file cannot be read
    file_unwritable,  ///< an opened file cannot be written
};

/// Passport data that cannot be decrypted. what() names the place and holds no secret and nothing of
/// the user's data.
class passport_error : public std::runtime_error {
  public:
    passport_error(fault why, const std::string& what) : std::runtime_error(what), why_(why) {}
    fault why() const noexcept { return why_; }

  private:
    fault why_;
};

/// The bot's RSA key, whose public half @BotFather was given (/setpublickey). It can be copied, and
/// the copies are the same key.
class private_key {
  public:
    /// Reads PEM text, PKCS #1 or PKCS #8. Throws passport_error: key_unreadable, wrong_password.
    static private_key from_pem(std::string_view pem, std::string_view password = {});
    /// The same of a file.
    static private_key from_file(const std::filesystem::path& file, std::string_view password = {});

    /// OpenSSL's EVP_PKEY.
    void* native() const noexcept { return key_.get(); }

  private:
    explicit private_key(std::shared_ptr<void> key) noexcept : key_(std::move(key)) {}
    std::shared_ptr<void> key_;
};

/// What opens one file: the credentials' FileCredentials. Both are base64, as Telegram sent them.
struct file_credentials {
    std::string file_hash;  ///< also what names the file in setPassportDataErrors
    std::string secret;
};

/// A file of an element. Download it by its file_id, then open it with decrypt_file().
struct sealed_file {
    std::string file_id;
    std::string file_unique_id;
    std::int64_t file_size = 0;  ///< of the sealed file, in bytes
    std::int64_t file_date = 0;  ///< Unix time of the upload
    file_credentials credentials;
};

/// PersonalDetails. What the user left out is empty.
struct personal_details {
    std::string first_name, last_name, middle_name;
    std::string birth_date;  ///< DD.MM.YYYY
    std::string gender;      ///< male or female
    std::string country_code, residence_country_code;  ///< ISO 3166-1 alpha-2
    std::string first_name_native, last_name_native, middle_name_native;
};

/// IdDocumentData.
struct document_details {
    std::string document_no;
    std::string expiry_date;  ///< DD.MM.YYYY, empty where the document does not expire
};

/// ResidentialAddress.
struct residential_address {
    std::string street_line1, street_line2, city, state;
    std::string country_code;  ///< ISO 3166-1 alpha-2
    std::string post_code;
};

/// A decrypted EncryptedPassportElement.
struct element {
    std::string type;  ///< "passport", "address"...
    std::string hash;  ///< names the element in setPassportDataErrors

    // One of these, where the type has data.
    std::optional<passport::personal_details> personal_details;
    std::optional<passport::document_details> document;
    std::optional<residential_address> address;
    std::string phone_number, email;

    std::string data;       ///< the data's JSON text, with whatever this library does not know
    std::string data_hash;  ///< names the data in setPassportDataErrors

    std::optional<sealed_file> front_side, reverse_side, selfie;
    std::vector<sealed_file> files, translation;
};

/// A decrypted PassportData.
struct contents {
    /// What the bot put into its request. Compare it before anything is believed: it says that these
    /// data answer that request.
    std::string nonce;
    std::vector<element> elements;  ///< in the order received

    /// The element of a type; nullptr if the user handed none over.
    const element* find(std::string_view type) const noexcept;
};

/// Decrypts the data of a message. Throws passport_error if the key is not the right one or if any
/// part is broken: all of it is good, or nothing is handed out; decode_error if a field is missing.
contents decrypt(telegram::passport_data from, const private_key& key);

/// Opens a downloaded file in memory. Throws passport_error.
std::string decrypt_file(std::string_view sealed, const file_credentials& with);

/// Opens a downloaded file, from disk to disk, in pieces. `to` appears when everything is checked, in
/// the place of what was there; until then a file `to`.part grows beside it, and goes if it fails.
/// Throws passport_error.
void decrypt_file(const std::filesystem::path& sealed, const std::filesystem::path& to,
                  const file_credentials& with);

}  // namespace banter::passport

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/passport.ipp>
#endif
