// A strict cursor over one JSON text, used by the first decoding pass only (see envelope.hpp).
// It checks the whole text by RFC 8259 (UTF-8 and surrogates included), but resolves escapes only
// in the strings that are asked for, and builds nothing.
#pragma once

#include <banter/telegram/envelope.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>

namespace banter::telegram::detail {

/// Eight bytes of text at a time: which of them end a run of plain characters of a string.
/// Plain is everything but the quote, the backslash, control characters and bytes over 0x7F.
struct plain_run {
    static constexpr std::uint64_t repeat(unsigned char byte) noexcept {
        return 0x0101010101010101u * byte;
    }
    /// The number of plain bytes at the front of the eight; 8 if all of them are.
    static std::size_t length(const char* p) noexcept {
        std::uint64_t text = 0;
        std::memcpy(&text, p, 8);
        const std::uint64_t quote = text ^ repeat('"');
        const std::uint64_t backslash = text ^ repeat('\\');
        // Each term has the high bit in the bytes it looks for; a borrow may add false ones only
        // in higher bytes than the first true one.
        const std::uint64_t stops =
            (((quote - repeat(1)) & ~quote) | ((backslash - repeat(1)) & ~backslash) |
             ((text - repeat(0x20)) & ~text) | text) & repeat(0x80);
        return static_cast<std::size_t>(std::countr_zero(stops)) / 8;
    }
    /// The first byte that is not plain, or last.
    static const char* end(const char* p, const char* last) noexcept {
        if constexpr (std::endian::native == std::endian::little) {
            while (last - p >= 8) {
                const std::size_t plain = length(p);
                p += plain;
                if (plain != 8) return p;
            }
        }
        while (p != last && is_plain(static_cast<unsigned char>(*p))) ++p;
        return p;
    }
    static bool is_plain(unsigned char c) noexcept {
        return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
    }
};

/// The values of hexadecimal digits; -1, which stays negative when shifted and joined, for others.
inline constexpr auto hex_digits = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t d = 0; d != 10; ++d) values['0' + d] = static_cast<std::int8_t>(d);
    for (std::size_t d = 0; d != 6; ++d)
        values['a' + d] = values['A' + d] = static_cast<std::int8_t>(10 + d);
    return values;
}();

class json_cursor {
  public:
    json_cursor(std::string_view json, std::size_t max_depth, std::unique_ptr<char[]>& scratch,
                std::size_t& capacity) noexcept
        : p_(json.data()), last_(json.data() + json.size()), size_(json.size()),
          room_(max_depth), scratch_(scratch), capacity_(capacity) {}

    [[nodiscard]] decode_fault fault() const noexcept { return fault_; }

    /// Calls on_member(key) for each member of the object at the cursor; on_member consumes the
    /// value, and returns false to give up.
    template <class OnMember>
    bool object(OnMember on_member) {
        if (!open('{')) return false;
        if (closes('}')) return true;
        for (;;) {
            std::string_view key;
            if (!quote_follows() || !string_at(key) || !colon() || !on_member(key)) return false;
            if (const next n = more('}'); n != next::item) return n == next::end;
        }
    }

    /// Calls on_element() for each element of the array at the cursor, as object() does.
    template <class OnElement>
    bool array(OnElement on_element) {
        if (!open('[')) return false;
        if (closes(']')) return true;
        for (;;) {
            if (!on_element()) return false;
            if (const next n = more(']'); n != next::item) return n == next::end;
        }
    }

    /// Whether the value at the cursor is null; if so, it is consumed.
    bool takes_null() {
        if (p_ == last_ || *p_ != 'n') return false;
        return literal("null");
    }

    /// Whether the value at the cursor starts as objects ('{'), arrays ('['), strings ('"') do.
    [[nodiscard]] bool at(char opener) const noexcept { return p_ != last_ && *p_ == opener; }

    /// A string, with its escapes resolved. An absent (null) value leaves `out`.
    bool text(std::string_view& out) {
        if (at('"')) return string_at(out);
        return takes_null() || mistyped();
    }

    /// An integer that fits 64 bits. An absent (null) value leaves `out`.
    bool integer(std::int64_t& out) {
        if (p_ == last_) return fail(decode_fault::not_json);
        if (*p_ != '-' && !digit(*p_)) return takes_null() || mistyped();
        const char* const begin = p_;
        bool whole = true;
        if (!number(whole)) return false;
        return (whole && to_integer(begin, p_, out)) || fail(decode_fault::wrong_type);
    }

    /// A boolean. An absent (null) value leaves `out`.
    bool boolean(bool& out) {
        if (at('t')) return out = true, literal("true");
        if (at('f')) return out = false, literal("false");
        return takes_null() || mistyped();
    }

    /// Checks and passes over any value.
    bool skip() {
        if (p_ == last_) return fail(decode_fault::not_json);
        switch (*p_) {
            case '"': return skip_string();
            case '{': return skip_object();
            case '[': return skip_array();
            case 't': return literal("true");
            case 'f': return literal("false");
            case 'n': return literal("null");
            default: break;
        }
        bool whole = true;
        return number(whole);
    }

    /// Whether nothing but white space is left.
    bool at_end() {
        skip_space();
        return p_ == last_ || fail(decode_fault::not_json);
    }

    void skip_space() noexcept {
        while (p_ != last_ && (*p_ == ' ' || *p_ == '\n' || *p_ == '\r' || *p_ == '\t')) ++p_;
    }

    /// Records the first fault; always false.
    bool fail(decode_fault fault) noexcept {
        if (fault_ == decode_fault::none) fault_ = fault;
        return false;
    }

    /// A value stands here that is not of the type asked for: a fault of type if it may be a value
    /// at all, else a fault of the text.
    bool mistyped() noexcept {
        const bool value = p_ != last_ && std::strchr("\"{[tf-0123456789", *p_) && *p_ != '\0';
        return fail(value ? decode_fault::wrong_type : decode_fault::not_json);
    }

  private:
    enum class next : std::uint8_t { item, end, broken };

    static bool digit(char c) noexcept { return c >= '0' && c <= '9'; }

    bool open(char opener) {
        if (!at(opener)) return mistyped();
        if (room_ == 0) return fail(decode_fault::too_deep);
        --room_;
        ++p_;
        skip_space();
        return true;
    }
    bool closes(char closer) noexcept {
        if (!at(closer)) return false;
        ++p_;
        ++room_;
        return true;
    }
    next more(char closer) {
        skip_space();
        if (p_ != last_ && *p_ == ',') {
            ++p_;
            skip_space();
            return next::item;
        }
        if (closes(closer)) return next::end;
        fail(decode_fault::not_json);
        return next::broken;
    }
    bool quote_follows() noexcept { return at('"') || fail(decode_fault::not_json); }
    bool colon() noexcept {
        skip_space();
        if (!at(':')) return fail(decode_fault::not_json);
        ++p_;
        skip_space();
        return true;
    }
    bool literal(std::string_view word) noexcept {
        if (static_cast<std::size_t>(last_ - p_) < word.size() ||
            std::memcmp(p_, word.data(), word.size()) != 0)
            return fail(decode_fault::not_json);
        p_ += word.size();
        return true;
    }

    bool skip_object() {
        if (!open('{')) return false;
        if (closes('}')) return true;
        for (;;) {
            if (!quote_follows() || !skip_string() || !colon() || !skip()) return false;
            if (const next n = more('}'); n != next::item) return n == next::end;
        }
    }
    bool skip_array() {
        if (!open('[')) return false;
        if (closes(']')) return true;
        for (;;) {
            if (!skip()) return false;
            if (const next n = more(']'); n != next::item) return n == next::end;
        }
    }

    bool number(bool& whole) noexcept {
        if (at('-')) ++p_;
        if (p_ == last_ || !digit(*p_)) return fail(decode_fault::not_json);
        if (*p_ == '0') ++p_;
        else digits();
        if (at('.')) {
            whole = false;
            ++p_;
            if (!digits()) return fail(decode_fault::not_json);
        }
        if (at('e') || at('E')) {
            whole = false;
            ++p_;
            if (at('+') || at('-')) ++p_;
            if (!digits()) return fail(decode_fault::not_json);
        }
        return true;
    }
    bool digits() noexcept {
        const char* const begin = p_;
        while (p_ != last_ && digit(*p_)) ++p_;
        return p_ != begin;
    }
    static bool to_integer(const char* p, const char* end, std::int64_t& out) noexcept {
        const bool negative = *p == '-';
        if (negative) ++p;
        if (end - p > 19) return false;
        std::uint64_t value = 0;
        for (; p != end; ++p) value = value * 10 + static_cast<std::uint64_t>(*p - '0');
        if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return false;
        out = negative ? -static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
        return true;
    }

    bool skip_string() {
        ++p_;
        for (;;) {
            p_ = plain_run::end(p_, last_);
            if (p_ == last_) return fail(decode_fault::not_json);
            if (*p_ == '"') return ++p_, true;
            do {
                char unused[4];
                char* none = unused;
                if (!irregular(none)) return false;
            } while (at('\\'));
        }
    }

    bool string_at(std::string_view& out) {
        const char* const begin = ++p_;
        p_ = plain_run::end(p_, last_);
        while (p_ != last_ && static_cast<unsigned char>(*p_) >= 0x80) {
            if (!multibyte()) return false;
            p_ = plain_run::end(p_, last_);
        }
        if (p_ == last_) return fail(decode_fault::not_json);
        if (*p_ == '"') {
            out = {begin, static_cast<std::size_t>(p_ - begin)};
            return ++p_, true;
        }
        return resolve(begin, out);
    }

    // The rest of a string that has escapes; it is written to the scratch memory.
    bool resolve(const char* begin, std::string_view& out) {
        make_room();
        char* const start = write_;
        char* write = start;
        for (;;) {
            const auto run = static_cast<std::size_t>(p_ - begin);
            std::memcpy(write, begin, run);
            write += run;
            if (p_ == last_) return fail(decode_fault::not_json);
            if (*p_ == '"') break;
            if (!irregular(write)) return false;
            begin = p_;
            p_ = plain_run::end(p_, last_);
        }
        ++p_;
        write_ = write;
        out = {start, static_cast<std::size_t>(write - start)};
        return true;
    }

    // The scratch memory is as long as the text, so that what is written to it (never longer than
    // what is read) fits without a move: earlier views into it stay valid.
    void make_room() {
        if (write_ != nullptr) return;
        if (capacity_ < size_) {
            scratch_.reset(new char[size_]);
            capacity_ = size_;
        }
        write_ = scratch_.get();
    }

    // A byte that is not plain: an escape or a character over U+007F. Its UTF-8 goes to `write`.
    bool irregular(char*& write) noexcept {
        if (*p_ == '\\') return escape(write);
        if (static_cast<unsigned char>(*p_) < 0x80) return fail(decode_fault::not_json);
        const char* const begin = p_;
        if (!multibyte()) return false;
        std::memcpy(write, begin, static_cast<std::size_t>(p_ - begin));
        write += p_ - begin;
        return true;
    }

    bool escape(char*& write) noexcept {
        if (last_ - p_ < 2) return fail(decode_fault::not_json);
        switch (p_[1]) {
            case 'u': return unicode_escape(write);
            case '"': case '\\': case '/': *write = p_[1]; break;
            case 'n': *write = '\n'; break;
            case 't': *write = '\t'; break;
            case 'r': *write = '\r'; break;
            case 'b': *write = '\b'; break;
            case 'f': *write = '\f'; break;
            default: return fail(decode_fault::not_json);
        }
        ++write;
        p_ += 2;
        return true;
    }

    bool unicode_escape(char*& write) noexcept {
        std::uint32_t code = 0;
        if (!code_unit(code)) return fail(decode_fault::not_json);
        if (code >= 0xD800 && code < 0xE000) {
            std::uint32_t low = 0;
            if (code >= 0xDC00 || !code_unit(low) || low < 0xDC00 || low >= 0xE000)
                return fail(decode_fault::not_json);
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        }
        if (code < 0x80) {
            *write++ = static_cast<char>(code);
        } else if (code < 0x800) {
            *write++ = static_cast<char>(0xC0 | (code >> 6));
            *write++ = static_cast<char>(0x80 | (code & 0x3F));
        } else if (code < 0x10000) {
            *write++ = static_cast<char>(0xE0 | (code >> 12));
            *write++ = static_cast<char>(0x80 | ((code >> 6) & 0x3F));
            *write++ = static_cast<char>(0x80 | (code & 0x3F));
        } else {
            *write++ = static_cast<char>(0xF0 | (code >> 18));
            *write++ = static_cast<char>(0x80 | ((code >> 12) & 0x3F));
            *write++ = static_cast<char>(0x80 | ((code >> 6) & 0x3F));
            *write++ = static_cast<char>(0x80 | (code & 0x3F));
        }
        return true;
    }

    // "\uXXXX" at the cursor.
    bool code_unit(std::uint32_t& code) noexcept {
        if (last_ - p_ < 6 || p_[0] != '\\' || p_[1] != 'u') return false;
        const int value = hex(p_[2]) << 12 | hex(p_[3]) << 8 | hex(p_[4]) << 4 | hex(p_[5]);
        if (value < 0) return false;
        code = static_cast<std::uint32_t>(value);
        p_ += 6;
        return true;
    }
    static int hex(char c) noexcept { return hex_digits[static_cast<unsigned char>(c)]; }

    // One character of two to four bytes, without overlong forms, surrogates or over U+10FFFF.
    bool multibyte() noexcept {
        const auto byte = [this](std::ptrdiff_t i) noexcept -> unsigned {
            return last_ - p_ > i ? static_cast<unsigned char>(p_[i]) : 0u;
        };
        const auto continues = [](unsigned b) noexcept { return (b & 0xC0) == 0x80; };
        const unsigned first = byte(0);
        const unsigned second = byte(1);
        std::ptrdiff_t length = 0;
        if (first >= 0xC2 && first <= 0xDF && continues(second)) {
            length = 2;
        } else if (first >= 0xE0 && first <= 0xEF && continues(second) && continues(byte(2)) &&
                   !(first == 0xE0 && second < 0xA0) && !(first == 0xED && second > 0x9F)) {
            length = 3;
        } else if (first >= 0xF0 && first <= 0xF4 && continues(second) && continues(byte(2)) &&
                   continues(byte(3)) && !(first == 0xF0 && second < 0x90) &&
                   !(first == 0xF4 && second > 0x8F)) {
            length = 4;
        }
        p_ += length;
        return length != 0 || fail(decode_fault::not_json);
    }

    const char* p_;
    const char* last_;
    std::size_t size_;
    std::size_t room_;
    std::unique_ptr<char[]>& scratch_;
    std::size_t& capacity_;
    char* write_ = nullptr;
    decode_fault fault_ = decode_fault::none;
};

}  // namespace banter::telegram::detail
