// Bodies of testkit/entities.hpp: entities in plain text.
#pragma once

#include <banter/testkit/entities.hpp>

#include <algorithm>
#include <list>
#include <utility>

namespace banter::testkit {

BANTER_COLD_DECL std::size_t utf16_length(std::string_view text) {
    std::size_t n = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) != 0x80) n += byte >= 0xF0 ? 2 : 1;
    }
    return n;
}

BANTER_COLD_DECL void sort_entities(std::vector<text_entity>& all) {
    // A few entities at a time: by insertion, which keeps the order of equals.
    for (std::size_t i = 1; i < all.size(); ++i)
        for (auto j = i; j > 0; --j) {
            auto& a = all[j - 1];
            auto& b = all[j];
            if (a.offset < b.offset || (a.offset == b.offset && a.length >= b.length)) break;
            std::swap(a, b);
        }
}

namespace detail {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool is_name_char(char c) { return is_digit(c) || is_letter(c) || c == '_'; }
/// Every character outside ASCII counts as a letter here.
inline bool is_word_char(char c) { return is_name_char(c) || (static_cast<unsigned char>(c) & 0x80); }

/// Looks for one kind of entity at a time; positions are bytes.
struct entity_scan {
    std::string_view text;
    struct range {
        std::size_t begin, end;
        const char* type;
    };
    std::list<range> found;

    char at(std::size_t i) const { return i < text.size() ? text[i] : '\0'; }
    char before(std::size_t i) const { return i == 0 ? '\0' : text[i - 1]; }
    std::size_t names(std::size_t i) const {
        while (is_name_char(at(i))) ++i;
        return i;
    }
    BANTER_COLD_DECL void add(std::size_t begin, std::size_t end, const char* type) {
        for (const auto& f : found)
            if (begin < f.end && f.begin < end) return;
        found.push_back({begin, end, type});
    }

    BANTER_COLD_DECL void commands() {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '/') continue;
            const char b = before(i);
            if (b != '\0' && (is_word_char(b) || b == '/' || b == '@' || b == '>')) continue;
            auto end = names(i + 1);
            if (end == i + 1 || end - i - 1 > 64) continue;
            if (at(end) == '@') {
                const auto name_end = names(end + 1);
                const auto length = name_end - end - 1;
                if (length >= 3 && length <= 32) end = name_end;
            }
            if (is_word_char(at(end)) || at(end) == '/') continue;
            add(i, end, "bot_command");
        }
    }
    BANTER_COLD_DECL void mentions() {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '@' || is_word_char(before(i)) || before(i) == '@') continue;
            const auto end = names(i + 1);
            const auto length = end - i - 1;
            if (length >= 4 && length <= 32 && is_letter(at(i + 1))) add(i, end, "mention");
        }
    }
    BANTER_COLD_DECL void urls() {
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto rest = text.substr(i);
            const std::size_t scheme =
                rest.starts_with("https://") ? 8 : rest.starts_with("http://") ? 7 : 0;
            if (scheme == 0 || is_word_char(before(i))) continue;
            auto end = std::min(text.find_first_of(" \t\r\n<>\"", i), text.size());
            while (end > i + scheme && std::string_view(".,;:!?)'").find(text[end - 1]) !=
                                           std::string_view::npos)
                --end;
            if (end > i + scheme) add(i, end, "url");
        }
    }
    BANTER_COLD_DECL void emails() {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '@') continue;
            auto begin = i;
            while (begin > 0 && (is_name_char(text[begin - 1]) || text[begin - 1] == '.' ||
                                 text[begin - 1] == '+' || text[begin - 1] == '-'))
                --begin;
            auto end = i + 1;
            while (is_name_char(at(end)) || at(end) == '-' ||
                   (at(end) == '.' && is_name_char(at(end + 1))))
                ++end;
            const auto dot = text.substr(0, end).rfind('.');
            if (begin < i && dot != std::string_view::npos && dot > i + 1 && end - dot > 2)
                add(begin, end, "email");
        }
    }
    BANTER_COLD_DECL void tags(char sign, const char* type) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != sign || is_word_char(before(i)) || before(i) == sign) continue;
            auto end = i + 1;
            while (is_word_char(at(end))) ++end;
            if (end == i + 1 || is_digit(at(i + 1))) continue;
            const auto name = text.substr(i + 1, end - i - 1);
            const bool capitals =
                name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
            if (sign == '#' || (capitals && name.size() >= 3 && name.size() <= 8)) add(i, end, type);
        }
    }
    BANTER_COLD_DECL void phones() {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '+' || is_word_char(before(i))) continue;
            auto end = i + 1;
            while (is_digit(at(end))) ++end;
            if (end - i - 1 >= 10 && end - i - 1 <= 14 && !is_word_char(at(end)))
                add(i, end, "phone_number");
        }
    }
};

}  // namespace detail

BANTER_COLD_DECL std::vector<text_entity> find_entities(std::string_view text) {
    detail::entity_scan scan{text, {}};
    scan.urls();
    scan.emails();
    scan.commands();
    scan.mentions();
    scan.tags('#', "hashtag");
    scan.tags('$', "cashtag");
    scan.phones();
    std::vector<text_entity> out;
    for (const auto& f : scan.found)
        out.push_back({f.type, utf16_length(text.substr(0, f.begin)),
                       utf16_length(text.substr(f.begin, f.end - f.begin)), {}});
    sort_entities(out);
    return out;
}

}  // namespace banter::testkit
