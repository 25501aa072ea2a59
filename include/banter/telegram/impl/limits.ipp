#pragma once

#include <banter/telegram/defaults.hpp>
#include <banter/telegram/limits.hpp>
#include <banter/telegram/request.hpp>
#include <banter/telegram/text.hpp>

namespace banter::detail {

// ---- counting ----

BANTER_DECL bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

BANTER_DECL bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

/// Where the mark that begins here ends; `at` itself where the character is a visible one.
BANTER_DECL std::size_t behind_html_mark(std::string_view text, std::size_t at) {
    if (text[at] != '<') return at;
    const std::size_t end = text.find('>', at);
    return end == std::string_view::npos ? text.size() : end + 1;
}

BANTER_DECL std::size_t behind_markdown_mark(std::string_view text, std::size_t at) {
    constexpr std::string_view marks = "*_~|`[!>";
    if (text.substr(at).starts_with("```")) {  // the language stands on the same line
        const std::size_t line = text.find('\n', at);
        return line == std::string_view::npos ? text.size() : line + 1;
    }
    if (text[at] == ']') {
        if (at + 1 == text.size() || text[at + 1] != '(') return at + 1;
        const std::size_t end = text.find(')', at);
        return end == std::string_view::npos ? text.size() : end + 1;
    }
    return marks.find(text[at]) != std::string_view::npos ? at + 1 : at;
}

BANTER_DECL std::size_t least_length(std::string_view text, parse_mode mode) {
    const bool html = mode == parse_mode::html;
    const bool markdown = mode == parse_mode::markdown_v2 || mode == parse_mode::markdown;
    std::size_t count = 0, blanks = 0;  // blanks: since the last visible character
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t mark = html       ? behind_html_mark(text, at)
                                 : markdown ? behind_markdown_mark(text, at)
                                            : at;
        if (mark != at) {
            at = mark;
            continue;
        }
        if (markdown && text[at] == '\\' && at + 1 < text.size()) ++at;
        if (is_blank(text[at])) {
            if (text[at] != '\r') ++blanks;  // which Telegram drops
        } else if (begins_character(text[at])) {
            count += count == 0 ? 1 : 1 + blanks;
            blanks = 0;
        }
        const std::size_t entity = html && text[at] == '&' ? text.find(';', at) : at;
        at = (entity == std::string_view::npos ? at : entity) + 1;
    }
    return count;
}

BANTER_DECL parse_mode mode_of(const json_writer& writer, parse_mode given, bool needs_none) {
    if (given != parse_mode::unset || needs_none || !writer.defaults()) return given;
    return writer.defaults()->parse_mode;
}

// ---- refusing ----

BANTER_DECL bool checks_limits(const json_writer& writer) {
    return writer.uploads() && (!writer.defaults() || writer.defaults()->check_limits);
}

/// Notes the first reason why a call must not be sent.
BANTER_DECL void refuse(json_writer& writer, std::string reason) {
    std::string& fault = writer.uploads()->fault;
    if (fault.empty()) fault = std::move(reason);
}

BANTER_DECL void check_text(json_writer& writer, const char* name, std::string_view text,
                            std::size_t limit, parse_mode mode) {
    if (text.size() <= limit || !checks_limits(writer)) return;
    if (const std::size_t length = least_length(text, mode); length > limit)
        refuse(writer, concat(name, " is too long: ", length, " characters, and Telegram takes ",
                              limit));
}

BANTER_DECL void check_bytes(json_writer& writer, const char* name, std::string_view text,
                             std::size_t limit) {
    if (text.size() <= limit || !checks_limits(writer)) return;
    refuse(writer, concat(name, " is too long: ", text.size(), " bytes, and Telegram takes ", limit));
}

BANTER_DECL void check_count(json_writer& writer, const char* name, std::size_t count,
                             std::size_t least, std::size_t most) {
    if ((count >= least && count <= most) || !checks_limits(writer)) return;
    refuse(writer, concat(name, " has ", count, " elements, and Telegram takes ", least, " to ", most));
}

/// The buttons in a keyboard's JSON: objects in an array in an array in an object.
BANTER_DECL std::size_t buttons_in(std::string_view json) {
    std::size_t depth = 0, count = 0;
    bool quoted = false;
    for (std::size_t at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (quoted) {
            if (c == '\\') ++at;
            else if (c == '"') quoted = false;
            continue;
        }
        if (c == '"') quoted = true;
        if (c == '{' && depth == 3) ++count;
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
    }
    return count;
}

// ---- writing ----

BANTER_DECL void write_limited_text(json_writer& writer, const char* name, std::string_view text,
                                    std::size_t limit) {
    write_marked_text(writer, name, text, limit, parse_mode::none);
}

BANTER_DECL void write_limited_bytes(json_writer& writer, const char* name, std::string_view text,
                                     std::size_t limit) {
    check_bytes(writer, name, text, limit);
    write_text(writer, name, text);
}

BANTER_DECL void write_marked_text(json_writer& writer, const char* name, std::string_view text,
                                   std::size_t limit, parse_mode mode) {
    check_text(writer, name, text, limit, mode);
    write_text(writer, name, text);
}

BANTER_DECL void write_if_limited_text(json_writer& writer, const char* name,
                                       const std::optional<std::string_view>& text,
                                       std::size_t limit) {
    if (text) write_limited_text(writer, name, *text, limit);
}

BANTER_DECL void write_if_limited_bytes(json_writer& writer, const char* name,
                                        const std::optional<std::string_view>& text,
                                        std::size_t limit) {
    if (text) write_limited_bytes(writer, name, *text, limit);
}

BANTER_DECL void write_if_marked_text(json_writer& writer, const char* name,
                                      const std::optional<std::string_view>& text,
                                      std::size_t limit, parse_mode mode) {
    if (text) write_marked_text(writer, name, *text, limit, mode);
}

BANTER_DECL void write_keyboard(json_writer& writer, const char* name,
                                const reply_markup& keyboard) {
    writer.key(name);
    const std::size_t start = writer.uploads() ? writer.uploads()->body.size() : 0;
    keyboard.write_json(writer);
    if (!checks_limits(writer)) return;
    // No button is shorter than {"text":"x"}: most keyboards need not be looked at.
    constexpr std::size_t inline_limit = 100, other_limit = 300, shortest = 12;
    const std::string_view json = std::string_view(writer.uploads()->body).substr(start);
    if (json.size() < inline_limit * shortest) return;
    const std::size_t count = buttons_in(json);
    const std::size_t limit =
        json.starts_with(R"({"inline_keyboard")") ? inline_limit : other_limit;
    if (count > limit)
        refuse(writer, concat(name, " has ", count, " buttons, and Telegram takes ", limit));
}

}  // namespace banter::detail
