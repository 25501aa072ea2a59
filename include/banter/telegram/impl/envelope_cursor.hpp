// A strict reader of one JSON text for the first decoding pass (see envelope.hpp). It checks the
// whole text by RFC 8259, UTF-8 and surrogates included, but resolves escapes only in the strings
// that are asked for, and builds nothing.
//
// Every step takes the place where it starts and returns the place behind what it read, or null
// after a fault: the place stays in a register. The smallest steps are inlined by force: in a large
// file (a bot's, or the one of banter/src.hpp) g++ stops inlining them, which costs a fifth.
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

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace banter::telegram::detail {

/// Whether a byte of a string stands for itself and is ASCII: everything but the quote, the
/// backslash, control characters and bytes over 0x7F.
constexpr bool is_plain(unsigned char c) noexcept {
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/// The first byte that is not plain, or last.
[[gnu::always_inline]] inline const char* plain_end(const char* p, const char* last) noexcept {
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(' ');
    while (last - p >= 16) {
        __m128i text;
        std::memcpy(&text, p, 16);
        // Compared as signed: bytes over 0x7F are under the space, too.
        const __m128i stops = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(text, quote), _mm_cmpeq_epi8(text, backslash)),
            _mm_cmplt_epi8(text, space));
        const auto mask = static_cast<unsigned>(_mm_movemask_epi8(stops));
        if (mask != 0) return p + std::countr_zero(mask);
        p += 16;
    }
#else
    if constexpr (std::endian::native == std::endian::little) {
        constexpr auto repeat = [](std::uint64_t byte) { return 0x0101010101010101u * byte; };
        while (last - p >= 8) {
            std::uint64_t text = 0;
            std::memcpy(&text, p, 8);
            const std::uint64_t quote = text ^ repeat('"');
            const std::uint64_t backslash = text ^ repeat('\\');
            // Each term has the high bit in the bytes it looks for. A borrow adds false ones only
            // above the first true one.
            const std::uint64_t stops =
                (((quote - repeat(1)) & ~quote) | ((backslash - repeat(1)) & ~backslash) |
                 ((text - repeat(0x20)) & ~text) | text) & repeat(0x80);
            if (stops != 0) return p + std::countr_zero(stops) / 8;
            p += 8;
        }
    }
#endif
    while (p != last && is_plain(static_cast<unsigned char>(*p))) ++p;
    return p;
}

/// The values of hexadecimal digits; -1, which stays negative when shifted and joined, for others.
inline constexpr auto hex_digits = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t d = 0; d != 10; ++d) values['0' + d] = static_cast<std::int8_t>(d);
    for (std::size_t d = 0; d != 6; ++d)
        values['a' + d] = values['A' + d] = static_cast<std::int8_t>(10 + d);
    return values;
}();

/// Compares with a literal without a call: the length is a constant.
template <std::size_t N>
[[gnu::always_inline]] inline bool is(std::string_view text, const char (&literal)[N]) noexcept {
    return text.size() == N - 1 && std::memcmp(text.data(), literal, N - 1) == 0;
}

class json_cursor {
  public:
    using place = const char*;

    json_cursor(std::string_view input, std::size_t max_depth, std::unique_ptr<char[]>& scratch,
                std::size_t& capacity) noexcept
        : last_(input.data() + input.size()), size_(input.size()), room_(max_depth),
          scratch_(scratch), capacity_(capacity) {}

    [[nodiscard]] decode_fault fault() const noexcept { return fault_; }

    /// Whether the value here starts so: '{', '[', '"', 'n' for null.
    [[nodiscard, gnu::always_inline]] bool at(place p, char first) const noexcept {
        return p != last_ && *p == first;
    }

    /// Calls on_member(key, place) for each member; it returns the place behind the value, or null
    /// to give up. A null object has no members.
    template <class OnMember>
    place object(place p, OnMember on_member) {
        if (!at(p, '{')) return null_instead(p);
        p = open(p);
        if (p == nullptr || at(p, '}')) return close(p);
        for (;;) {
            std::string_view key;
            if (!at(p, '"')) return fail(decode_fault::not_json);
            p = colon(string(p, key));
            if (p == nullptr || (p = on_member(key, p)) == nullptr) return nullptr;
            p = space(p);
            if (!at(p, ',')) break;
            p = space(p + 1);
        }
        return at(p, '}') ? close(p) : fail(decode_fault::not_json);
    }

    /// Calls on_element(place) for each element, as object() does for members.
    template <class OnElement>
    place array(place p, OnElement on_element) {
        if (!at(p, '[')) return null_instead(p);
        p = open(p);
        if (p == nullptr || at(p, ']')) return close(p);
        for (;;) {
            if ((p = on_element(p)) == nullptr) return nullptr;
            p = space(p);
            if (!at(p, ',')) break;
            p = space(p + 1);
        }
        return at(p, ']') ? close(p) : fail(decode_fault::not_json);
    }

    /// A string, with its escapes resolved. A null value leaves `out`.
    [[gnu::always_inline]] place text(place p, std::string_view& out) {
        return at(p, '"') ? string(p, out) : null_instead(p);
    }

    /// An integer that fits 64 bits. A null value leaves `out`.
    place integer(place p, std::int64_t& out) {
        if (p == last_ || (*p != '-' && !digit(*p))) return null_instead(p);
        bool whole = true;
        const place end = number(p, whole);
        if (end == nullptr) return nullptr;
        // A member of an object is followed by something: here digits may be cut off.
        if (end == last_) return fail(decode_fault::not_json);
        return whole && to_integer(p, end, out) ? end : fail(decode_fault::wrong_type);
    }

    /// A boolean. A null value leaves `out`.
    place boolean(place p, bool& out) {
        if (at(p, 't')) return out = true, literal(p, "true");
        if (at(p, 'f')) return out = false, literal(p, "false");
        return null_instead(p);
    }

    /// Checks and passes over any value.
    place skip(place p) {
        if (p == last_) return fail(decode_fault::not_json);
        switch (*p) {
            case '"': return skip_string(p);
            case '{': return skip_object(p);
            case '[': return skip_array(p);
            case 't': return literal(p, "true");
            case 'f': return literal(p, "false");
            case 'n': return literal(p, "null");
            default: break;
        }
        bool whole = true;
        return number(p, whole);
    }

    /// Passes over a value that must start so.
    place skip(place p, char first) { return at(p, first) ? skip(p) : null_instead(p); }

    /// Passes over white space.
    [[nodiscard, gnu::always_inline]] place space(place p) const noexcept {
        while (p != last_ && static_cast<unsigned char>(*p) <= ' ' &&
               (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
            ++p;
        return p;
    }

    [[nodiscard]] bool at_end(place p) const noexcept { return p == last_; }

    /// Records the first fault; null.
    place fail(decode_fault fault) noexcept {
        if (fault_ == decode_fault::none) fault_ = fault;
        return nullptr;
    }

  private:
    static bool digit(char c) noexcept { return c >= '0' && c <= '9'; }

    // Not the type asked for: absent if null, else a fault of type if it may be a value at all.
    place null_instead(place p) noexcept {
        if (at(p, 'n')) return literal(p, "null");
        constexpr std::string_view starts = "\"{[tf-0123456789";
        const bool value = p != last_ && starts.find(*p) != starts.npos;
        return fail(value ? decode_fault::wrong_type : decode_fault::not_json);
    }

    [[gnu::always_inline]] place open(place p) noexcept {
        if (room_ == 0) return fail(decode_fault::too_deep);
        --room_;
        return space(p + 1);
    }
    [[gnu::always_inline]] place close(place p) noexcept {
        if (p == nullptr) return nullptr;
        ++room_;
        return p + 1;
    }
    [[gnu::always_inline]] place colon(place p) noexcept {
        if (p == nullptr) return nullptr;
        p = space(p);
        return at(p, ':') ? space(p + 1) : fail(decode_fault::not_json);
    }
    template <std::size_t N>
    place literal(place p, const char (&word)[N]) noexcept {
        if (last_ - p < static_cast<std::ptrdiff_t>(N - 1) || std::memcmp(p, word, N - 1) != 0)
            return fail(decode_fault::not_json);
        return p + (N - 1);
    }

    place skip_object(place p) {
        p = open(p);
        if (p == nullptr || at(p, '}')) return close(p);
        for (;;) {
            if (!at(p, '"')) return fail(decode_fault::not_json);
            p = colon(skip_string(p));
            if (p == nullptr || (p = skip(p)) == nullptr) return nullptr;
            p = space(p);
            if (!at(p, ',')) break;
            p = space(p + 1);
        }
        return at(p, '}') ? close(p) : fail(decode_fault::not_json);
    }
    place skip_array(place p) {
        return array(p, [this](place element) { return skip(element); });
    }

    place number(place p, bool& whole) noexcept {
        if (*p == '-') ++p;
        if (p == last_ || !digit(*p)) return fail(decode_fault::not_json);
        p = *p == '0' ? p + 1 : digits(p);
        if (at(p, '.')) {
            whole = false;
            const place fraction = p + 1;
            p = digits(fraction);
            if (p == fraction) return fail(decode_fault::not_json);
        }
        if (at(p, 'e') || at(p, 'E')) {
            whole = false;
            ++p;
            const place exponent = at(p, '+') || at(p, '-') ? p + 1 : p;
            p = digits(exponent);
            // No double holds longer exponents, and Boost.JSON, which reads the rest, refuses them.
            if (p == exponent || p - exponent > 9) return fail(decode_fault::not_json);
        }
        return p;
    }
    [[nodiscard, gnu::always_inline]] place digits(place p) const noexcept {
        while (p != last_ && digit(*p)) ++p;
        return p;
    }
    static bool to_integer(place p, place end, std::int64_t& out) noexcept {
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

    // Nearly every string is plain ASCII. What is not is left to functions of their own, so that
    // these two stay small enough to be inlined.
    [[gnu::always_inline]] place skip_string(place p) noexcept {
        p = plain_end(p + 1, last_);
        return at(p, '"') ? p + 1 : skip_rest(p);
    }
    [[gnu::always_inline]] place string(place p, std::string_view& out) {
        const place begin = p + 1;
        p = plain_end(begin, last_);
        if (!at(p, '"')) return string_rest(begin, p, out);
        out = {begin, static_cast<std::size_t>(p - begin)};
        return p + 1;
    }

    [[gnu::noinline]] place skip_rest(place p) noexcept {
        while (!at(p, '"')) {
            // Telegram sends every character over U+007F as \uXXXX, so runs of these are common.
            if (const int code = code_unit(p); code >= 0 && (code & 0xF800) != 0xD800) {
                p += 6;
            } else {
                char unused[4];
                char* none = unused;
                if ((p = irregular(p, none)) == nullptr) return nullptr;
            }
            if (!at(p, '\\')) p = plain_end(p, last_);
        }
        return p + 1;
    }
    [[gnu::noinline]] place string_rest(place begin, place p, std::string_view& out) {
        while (p != last_ && static_cast<unsigned char>(*p) >= 0x80) {
            if ((p = multibyte(p)) == nullptr) return nullptr;
            p = plain_end(p, last_);
        }
        if (!at(p, '"')) return resolve(begin, p, out);
        out = {begin, static_cast<std::size_t>(p - begin)};
        return p + 1;
    }

    // A string that has escapes, the first of them at p: written to the scratch memory.
    place resolve(place begin, place p, std::string_view& out) {
        make_room();
        char* const start = write_;
        char* write = start;
        for (;;) {
            const auto run = static_cast<std::size_t>(p - begin);
            std::memcpy(write, begin, run);
            write += run;
            if (at(p, '"')) break;
            if ((p = irregular(p, write)) == nullptr) return nullptr;
            begin = p;
            if (!at(p, '\\')) p = plain_end(p, last_);
        }
        write_ = write;
        out = {start, static_cast<std::size_t>(write - start)};
        return p + 1;
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

    // What is not plain: an escape or a character over U+007F. Its UTF-8 goes to `write`.
    place irregular(place p, char*& write) noexcept {
        if (at(p, '\\')) return escape(p, write);
        const place end = p == last_ || static_cast<unsigned char>(*p) < 0x80
                              ? fail(decode_fault::not_json) : multibyte(p);
        if (end == nullptr) return nullptr;
        std::memcpy(write, p, static_cast<std::size_t>(end - p));
        write += end - p;
        return end;
    }

    place escape(place p, char*& write) noexcept {
        if (last_ - p < 2) return fail(decode_fault::not_json);
        switch (p[1]) {
            case 'u': return unicode_escape(p, write);
            case '"': case '\\': case '/': *write = p[1]; break;
            case 'n': *write = '\n'; break;
            case 't': *write = '\t'; break;
            case 'r': *write = '\r'; break;
            case 'b': *write = '\b'; break;
            case 'f': *write = '\f'; break;
            default: return fail(decode_fault::not_json);
        }
        ++write;
        return p + 2;
    }

    place unicode_escape(place p, char*& write) noexcept {
        int code = code_unit(p);
        if (code < 0) return fail(decode_fault::not_json);
        p += 6;
        if (code >= 0xD800 && code < 0xE000) {
            const int low = code < 0xDC00 ? code_unit(p) : -1;
            if (low < 0xDC00 || low >= 0xE000) return fail(decode_fault::not_json);
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            p += 6;
        }
        if (code < 0x80) {
            *write++ = static_cast<char>(code);
            return p;
        }
        if (code < 0x800) {
            *write++ = static_cast<char>(0xC0 | (code >> 6));
        } else {
            if (code < 0x10000) {
                *write++ = static_cast<char>(0xE0 | (code >> 12));
            } else {
                *write++ = static_cast<char>(0xF0 | (code >> 18));
                *write++ = static_cast<char>(0x80 | ((code >> 12) & 0x3F));
            }
            *write++ = static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        }
        *write++ = static_cast<char>(0x80 | (code & 0x3F));
        return p;
    }

    // The value of "\uXXXX"; negative if that does not stand here.
    [[nodiscard]] int code_unit(place p) const noexcept {
        if (last_ - p < 6 || p[0] != '\\' || p[1] != 'u') return -1;
        return hex(p[2]) << 12 | hex(p[3]) << 8 | hex(p[4]) << 4 | hex(p[5]);
    }
    static int hex(char c) noexcept { return hex_digits[static_cast<unsigned char>(c)]; }

    // One character of two to four bytes: no overlong form, no surrogate, nothing over U+10FFFF.
    place multibyte(place p) noexcept {
        const auto byte = [this, p](std::ptrdiff_t i) noexcept -> unsigned {
            return last_ - p > i ? static_cast<unsigned char>(p[i]) : 0u;
        };
        const auto continues = [](unsigned b) noexcept { return (b & 0xC0) == 0x80; };
        const unsigned first = byte(0);
        const unsigned second = byte(1);
        if (!continues(second)) return fail(decode_fault::not_json);
        if (first >= 0xC2 && first <= 0xDF) return p + 2;
        if (!continues(byte(2))) return fail(decode_fault::not_json);
        if (first >= 0xE0 && first <= 0xEF && !(first == 0xE0 && second < 0xA0) &&
            !(first == 0xED && second > 0x9F))
            return p + 3;
        if (first >= 0xF0 && first <= 0xF4 && continues(byte(3)) &&
            !(first == 0xF0 && second < 0x90) && !(first == 0xF4 && second > 0x8F))
            return p + 4;
        return fail(decode_fault::not_json);
    }

    place last_;
    std::size_t size_;
    std::size_t room_;
    std::unique_ptr<char[]>& scratch_;
    std::size_t& capacity_;
    char* write_ = nullptr;
    decode_fault fault_ = decode_fault::none;
};

}  // namespace banter::telegram::detail
