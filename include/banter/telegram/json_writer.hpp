// Writes JSON text into a string, in one pass and without a document in between.
// Declarations only; <banter/telegram/methods.hpp> has the bodies.
#pragma once

#include <banter/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace banter {

struct message_defaults;
struct request;

/// Appends JSON to a string. Commas are put where they belong; the caller only has to pair
/// `begin_` and `end_`, and to write a `key` before each value of an object. The string is the
/// only memory it uses, so a buffer that is cleared and used again costs no allocation.
class json_writer {
  public:
    /// Appends to `out`. Files to upload are refused with std::logic_error.
    explicit json_writer(std::string& out) noexcept : out_(&out) {}

    /// Appends to `out.body`; files to upload are added to `out.uploads`.
    /// Fields that a call leaves unset take their value from `defaults`, if there are any.
    /// Defined in <banter/telegram/request.hpp>.
    inline explicit json_writer(request& out, const message_defaults* defaults = nullptr) noexcept;

    void begin_object();
    void end_object();
    void begin_array();
    void end_array();

    /// The name of the object's next member.
    void key(std::string_view name);

    /// A string; quotes, backslashes and control characters are escaped. The text must be UTF-8.
    void string(std::string_view text);
    void integer(std::int64_t value);
    /// The shortest text that reads back as `value`. Throws std::invalid_argument for NaN and
    /// infinities, which JSON cannot hold.
    void number(double value);
    void boolean(bool value);
    void null();

    /// A value that is JSON text already; it is not checked.
    void raw(std::string_view json);

    /// The members of a JSON object given as text, written into the object that is open.
    /// Throws std::invalid_argument if `object_text` is not a JSON object.
    void members(std::string_view object_text);

    /// Where uploads go, or nullptr.
    request* uploads() const noexcept { return uploads_; }
    /// What fields that are unset take their value from, or nullptr.
    const message_defaults* defaults() const noexcept { return defaults_; }

  private:
    void separate();

    std::string* out_;
    request* uploads_ = nullptr;
    const message_defaults* defaults_ = nullptr;
    bool comma_ = false;
};

} // namespace banter
