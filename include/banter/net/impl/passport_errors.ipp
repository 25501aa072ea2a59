#pragma once

#include <banter/net/passport_errors.hpp>
#include <banter/telegram/text.hpp>

#include <stdexcept>
#include <utility>

namespace banter::passport {

namespace detail {

[[noreturn]] inline void has_no(const element& of, std::string_view part) {
    throw std::invalid_argument(
        concat("passport::errors: the element ", of.type, " has no ", part, " to complain about"));
}

inline std::vector<std::string> hash_of(const element& of, const std::optional<sealed_file>& file,
                                        std::string_view part) {
    if (!file) has_no(of, part);
    return {file->credentials.file_hash};
}

inline std::vector<std::string> hash_of(const element& of, const std::vector<sealed_file>& files,
                                        std::size_t index, std::string_view part) {
    if (index >= files.size()) has_no(of, concat(part, '[', index, ']'));
    return {files[index].credentials.file_hash};
}

inline std::vector<std::string> hashes_of(const element& of, const std::vector<sealed_file>& files,
                                          std::string_view part) {
    if (files.empty()) has_no(of, part);
    std::vector<std::string> out;
    for (const sealed_file& one : files) out.push_back(one.credentials.file_hash);
    return out;
}

}  // namespace detail

BANTER_COLD_DECL errors& errors::add(source from, const element& of, std::vector<std::string> hashes,
                                     std::string_view message, std::string_view field_name) {
    all_.push_back({from, of.type, std::string(field_name), std::move(hashes), std::string(message)});
    return *this;
}

BANTER_COLD_DECL errors& errors::data_field(const element& of, std::string_view field_name,
                                            std::string_view message) {
    if (of.data_hash.empty()) detail::has_no(of, "data");
    return add(source::data, of, {of.data_hash}, message, field_name);
}
BANTER_COLD_DECL errors& errors::front_side(const element& of, std::string_view message) {
    return add(source::front_side, of, detail::hash_of(of, of.front_side, "front_side"), message);
}
BANTER_COLD_DECL errors& errors::reverse_side(const element& of, std::string_view message) {
    return add(source::reverse_side, of, detail::hash_of(of, of.reverse_side, "reverse_side"),
               message);
}
BANTER_COLD_DECL errors& errors::selfie(const element& of, std::string_view message) {
    return add(source::selfie, of, detail::hash_of(of, of.selfie, "selfie"), message);
}
BANTER_COLD_DECL errors& errors::file(const element& of, std::size_t index, std::string_view message) {
    return add(source::file, of, detail::hash_of(of, of.files, index, "files"), message);
}
BANTER_COLD_DECL errors& errors::files(const element& of, std::string_view message) {
    return add(source::files, of, detail::hashes_of(of, of.files, "files"), message);
}
BANTER_COLD_DECL errors& errors::translation_file(const element& of, std::size_t index,
                                                  std::string_view message) {
    return add(source::translation_file, of,
               detail::hash_of(of, of.translation, index, "translation"), message);
}
BANTER_COLD_DECL errors& errors::translation_files(const element& of, std::string_view message) {
    return add(source::translation_files, of,
               detail::hashes_of(of, of.translation, "translation"), message);
}
BANTER_COLD_DECL errors& errors::unspecified(const element& of, std::string_view message) {
    return add(source::unspecified, of, {of.hash}, message);
}

BANTER_COLD_DECL passport_element_error errors::view_of(const entry& from) {
    const std::string_view type = from.type, message = from.message, hash = from.hashes.front();
    switch (from.from) {
        case source::data:
            return passport_element_error_data_field{
                .type = type, .field_name = from.field_name, .data_hash = hash, .message = message};
        case source::front_side:
            return passport_element_error_front_side{
                .type = type, .file_hash = hash, .message = message};
        case source::reverse_side:
            return passport_element_error_reverse_side{
                .type = type, .file_hash = hash, .message = message};
        case source::selfie:
            return passport_element_error_selfie{
                .type = type, .file_hash = hash, .message = message};
        case source::file:
            return passport_element_error_file{.type = type, .file_hash = hash, .message = message};
        case source::files:
            return passport_element_error_files{
                .type = type, .file_hashes = from.hashes, .message = message};
        case source::translation_file:
            return passport_element_error_translation_file{
                .type = type, .file_hash = hash, .message = message};
        case source::translation_files:
            return passport_element_error_translation_files{
                .type = type, .file_hashes = from.hashes, .message = message};
        default:
            return passport_element_error_unspecified{
                .type = type, .element_hash = hash, .message = message};
    }
}

BANTER_COLD_DECL set_passport_data_errors errors::call() {
    views_.clear();
    for (const entry& one : all_) views_.push_back(view_of(one));
    return {.user_id = user_id_, .errors = views_};
}

}  // namespace banter::passport
