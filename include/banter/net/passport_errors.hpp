// What is wrong with a user's Telegram Passport data, for setPassportDataErrors: its nine sources of
// errors, each made of the decrypted element that it is about.
#pragma once

#include <banter/config.hpp>
#include <banter/net/passport.hpp>
#include <banter/telegram/methods.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace banter::passport {

/// Complaints about one user's data. Telegram shows them to the user, who cannot hand the same data
/// over again.
///
///   passport::errors bad(user_id);
///   bad.selfie(document, "The face cannot be seen.").data_field(document, "expiry_date", "Expired.");
///   co_await api(bad.call());
///
/// Each takes the element that it is about, and throws std::invalid_argument if the element has no
/// such part.
class errors {
  public:
    explicit errors(std::int64_t user_id) noexcept : user_id_(user_id) {}

    /// One field of the data, by its name in Telegram's JSON. Until it changes.
    errors& data_field(const element& of, std::string_view field_name, std::string_view message);
    errors& front_side(const element& of, std::string_view message);
    errors& reverse_side(const element& of, std::string_view message);
    errors& selfie(const element& of, std::string_view message);
    /// One of `files`.
    errors& file(const element& of, std::size_t index, std::string_view message);
    /// All of `files` together.
    errors& files(const element& of, std::string_view message);
    /// One of `translation`.
    errors& translation_file(const element& of, std::size_t index, std::string_view message);
    errors& translation_files(const element& of, std::string_view message);
    /// The element as a whole. Until anything of it changes.
    errors& unspecified(const element& of, std::string_view message);

    bool empty() const noexcept { return all_.empty(); }
    std::size_t size() const noexcept { return all_.size(); }

    /// The call, which refers to this object until it is written down.
    set_passport_data_errors call();

  private:
    enum class source : std::uint8_t {
        data, front_side, reverse_side, selfie, file, files, translation_file, translation_files,
        unspecified
    };
    struct entry {
        source from;
        std::string type, field_name;
        std::vector<std::string> hashes;
        std::string message;
    };

    errors& add(source from, const element& of, std::vector<std::string> hashes,
                std::string_view message, std::string_view field_name = {});
    static passport_element_error view_of(const entry& from);

    std::int64_t user_id_;
    std::vector<entry> all_;
    std::vector<passport_element_error> views_;
};

}  // namespace banter::passport

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/passport_errors.ipp>
#endif
