// Reads the outermost level of a JSON text without building anything: an update's id before anybody
// decodes the update, and the parameters of a call as they become parts of a multipart form.
// Tolerant: what is inside nested values is only skipped, never judged.
#pragma once

#include <banter/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace banter::net::detail {

/// Walks over the members of a JSON object; keys and values are raw slices of the text.
class member_scan {
  public:
    explicit member_scan(std::string_view object) noexcept;

    /// Moves to the next member; false at the end and where the text is no JSON object any more.
    bool next() noexcept;
    std::string_view key() const noexcept { return key_; }  ///< without quotes, escapes as written
    std::string_view value() const noexcept { return value_; }  ///< with quotes if it is a string
    /// Whether the closing brace was reached, with only white space after it.
    bool complete() const noexcept { return complete_; }

  private:
    void skip_space() noexcept;
    bool skip_string() noexcept;
    bool skip_value() noexcept;

    std::string_view text_;
    std::size_t at_ = 0;
    std::string_view key_, value_;
    bool open_ = false, first_ = true, complete_ = false;
};

/// The `update_id` of an update's text, if it has one that is a whole number.
std::optional<std::int64_t> find_update_id(std::string_view update) noexcept;

/// The first `"update_id":<number>` anywhere in a text that cannot be split into updates.
std::optional<std::int64_t> find_any_update_id(std::string_view text) noexcept;

/// Whether every bracket and quote that the text opens is closed again.
bool closes(std::string_view text) noexcept;

/// The whole number that a raw JSON value is.
std::optional<std::int64_t> whole_number(std::string_view value) noexcept;

}  // namespace banter::net::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/net/impl/json_scan.ipp>
#endif
