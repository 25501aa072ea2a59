// Bodies of testkit/entities.hpp: texts with a parse_mode.
#pragma once

#include <banter/testkit/entities.hpp>

#include <algorithm>
#include <charconv>
#include <list>
#include <optional>

namespace banter::testkit::detail {

/// Collects the plain text and the entities that are open.
struct markup_reader {
    struct open_entity {
        text_entity entity;
        std::string tag;
        std::size_t at;  // byte of the mark-up where it began
    };

    std::string_view in;
    std::size_t at = 0;
    plain_text out;
    std::list<open_entity> open;

    bool ended() const { return at >= in.size(); }
    bool next_is(std::string_view word) const { return in.substr(at).starts_with(word); }
    void put(char c) { out.text += c; }
    BANTER_COLD_DECL bool fail(std::string why) {
        out.fault = "can't parse entities: " + std::move(why);
        return false;
    }
    BANTER_COLD_DECL void begin(std::string type, std::string tag, std::string argument = {}) {
        open.push_back({{std::move(type), utf16_length(out.text), 0, std::move(argument)},
                        std::move(tag), at});
    }
    BANTER_COLD_DECL void close() {
        auto entity = std::move(open.back().entity);
        open.pop_back();
        entity.length = utf16_length(out.text) - entity.offset;
        if (entity.length > 0) out.entities.push_back(std::move(entity));
    }
    BANTER_COLD_DECL plain_text finish() {
        sort_entities(out.entities);
        return std::move(out);
    }
};

BANTER_COLD_DECL void put_code_point(std::string& out, std::uint32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

/// `&lt;` and the like at the reader's place; false if there is none that Telegram knows.
BANTER_COLD_DECL bool read_character_reference(std::string_view in, std::size_t& at, std::string& out) {
    const auto end = in.find(';', at);
    if (end == std::string_view::npos || end - at > 10) return false;
    const auto name = in.substr(at + 1, end - at - 1);
    std::size_t code = 0;
    if (name == "lt") code = '<';
    if (name == "gt") code = '>';
    if (name == "amp") code = '&';
    if (name == "quot") code = '"';
    if (code == 0 && name.size() > 1 && name[0] == '#') {
        const bool hex = name[1] == 'x' || name[1] == 'X';
        const auto digits = name.substr(hex ? 2 : 1);
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    }
    if (code == 0 || code > 0x10FFFF) return false;
    put_code_point(out, static_cast<std::uint32_t>(code));
    at = end + 1;
    return true;
}

BANTER_COLD_DECL std::string decode_references(std::string_view in) {
    std::string out;
    for (std::size_t at = 0; at < in.size();)
        if (in[at] != '&' || !read_character_reference(in, at, out)) out += in[at++];
    return out;
}

/// Value of an attribute inside a tag, e.g. of href in `a href="..."`.
BANTER_COLD_DECL std::string attribute_of(std::string_view tag, std::string_view name) {
    const auto place = tag.find(std::string(name) + "=");
    if (place == std::string_view::npos) return {};
    auto rest = tag.substr(place + name.size() + 1);
    if (rest.empty()) return {};
    if (rest[0] == '"' || rest[0] == '\'')
        return decode_references(rest.substr(1, rest.find(rest[0], 1) - 1));
    return decode_references(rest.substr(0, rest.find(' ')));
}

/// The entity type of an HTML tag; empty if Telegram does not support it.
BANTER_COLD_DECL std::string html_entity_type(std::string_view name, std::string_view tag) {
    if (name == "b" || name == "strong") return "bold";
    if (name == "i" || name == "em") return "italic";
    if (name == "u" || name == "ins") return "underline";
    if (name == "s" || name == "strike" || name == "del") return "strikethrough";
    if (name == "tg-spoiler") return "spoiler";
    if (name == "span") return attribute_of(tag, "class") == "tg-spoiler" ? "spoiler" : "";
    if (name == "code") return "code";
    if (name == "pre") return "pre";
    if (name == "a") return "text_link";
    if (name == "tg-emoji") return "custom_emoji";
    if (name == "tg-time") return "date_time";
    if (name == "blockquote")
        return tag.find(" expandable") != std::string_view::npos ? "expandable_blockquote"
                                                                 : "blockquote";
    return {};
}

constexpr std::string_view user_link = "tg://user?id=";

BANTER_COLD_DECL void begin_link(markup_reader& r, std::string tag, std::string url) {
    if (url.starts_with(user_link))
        r.begin("text_mention", std::move(tag), url.substr(user_link.size()));
    else
        r.begin("text_link", std::move(tag), std::move(url));
}

BANTER_COLD_DECL bool read_html_tag(markup_reader& r) {
    const auto start = r.at;
    const auto end = r.in.find('>', start);
    if (end == std::string_view::npos)
        return r.fail("Unclosed start tag at byte offset " + std::to_string(start));
    std::string tag(r.in.substr(start + 1, end - start - 1));
    r.at = end + 1;
    if (tag.starts_with('/')) {
        if (r.open.empty())
            return r.fail("Unexpected end tag at byte offset " + std::to_string(start));
        if (tag.size() > 1 && tag.substr(1) != r.open.back().tag)
            return r.fail("Unmatched end tag at byte offset " + std::to_string(start) +
                          ", expected \"</" + r.open.back().tag + ">\", found \"<" + tag + ">\"");
        r.close();
        return true;
    }
    std::string name = tag.substr(0, tag.find_first_of(" \n"));
    auto type = html_entity_type(name, tag);
    if (type.empty())
        return r.fail("Unsupported start tag \"" + name + "\" at byte offset " +
                      std::to_string(start));
    if (type == "text_link") begin_link(r, name, attribute_of(tag, "href"));
    else if (type == "custom_emoji") r.begin(type, name, attribute_of(tag, "emoji-id"));
    else r.begin(type, name);
    return true;
}

BANTER_COLD_DECL plain_text read_html(std::string_view text) {
    markup_reader r{text, 0, {}, {}};
    while (!r.ended()) {
        if (text[r.at] == '<') {
            if (!read_html_tag(r)) return std::move(r.out);
        } else if (text[r.at] != '&' || !read_character_reference(text, r.at, r.out.text)) {
            r.put(text[r.at++]);
        }
    }
    if (!r.open.empty())
        r.fail("Can't find end tag corresponding to start tag \"" + r.open.back().tag + "\"");
    return r.finish();
}

/// The marks of MarkdownV2; longer ones first.
struct markdown_mark {
    std::string_view mark;
    const char* type;
};
inline constexpr markdown_mark markdown_marks[] = {{"__", "underline"}, {"||", "spoiler"},
                                                   {"*", "bold"},       {"_", "italic"},
                                                   {"~", "strikethrough"}};

/// `(url)` after the closing bracket of a link.
BANTER_COLD_DECL bool close_markdown_link(markup_reader& r, bool strict) {
    ++r.at;
    std::string url;
    if (!r.ended() && r.in[r.at] == '(') {
        ++r.at;
        while (!r.ended() && r.in[r.at] != ')') {
            if (strict && r.in[r.at] == '\\') ++r.at;
            if (!r.ended()) url += r.in[r.at++];
        }
        if (r.ended()) return r.fail("Can't find end of a URL");
        ++r.at;
    }
    auto& entity = r.open.back().entity;
    if (url.starts_with(user_link)) {
        entity.type = "text_mention";
        url = url.substr(user_link.size());
    } else if (url.starts_with("tg://emoji?id=")) {
        entity.type = "custom_emoji";
        url = url.substr(14);
    }
    entity.argument = url;
    if (url.empty()) r.open.pop_back();
    else r.close();
    return true;
}

/// `code` and ```pre```, inside of which nothing else is mark-up.
BANTER_COLD_DECL bool read_markdown_code(markup_reader& r, bool strict) {
    const std::string mark = r.next_is("```") ? "```" : "`";
    const auto start = r.at;
    r.at += mark.size();
    std::string language;
    if (mark.size() == 3) {
        const auto line = r.in.substr(r.at, r.in.find('\n', r.at) - r.at);
        if (r.at + line.size() < r.in.size() && line.find_first_of(" `") == std::string_view::npos) {
            language = line;
            r.at += line.size() + 1;
        }
    }
    r.begin(mark.size() == 3 ? "pre" : "code", mark, language);
    while (!r.ended() && !r.next_is(mark)) {
        if (strict && r.in[r.at] == '\\' && r.at + 1 < r.in.size()) ++r.at;
        r.put(r.in[r.at++]);
    }
    if (r.ended())
        return r.fail("Can't find end of " + std::string(mark.size() == 3 ? "Pre" : "Code") +
                      " entity at byte offset " + std::to_string(start));
    r.at += mark.size();
    r.close();
    return true;
}

BANTER_COLD_DECL bool read_markdown_mark(markup_reader& r, bool strict, bool& handled) {
    handled = true;
    if (r.next_is("`")) return read_markdown_code(r, strict);
    if (r.next_is("[") || (strict && r.next_is("!["))) {
        r.at += r.in[r.at] == '!' ? 2 : 1;
        r.begin("text_link", "]");
        return true;
    }
    if (r.next_is("]") && !r.open.empty() && r.open.back().tag == "]")
        return close_markdown_link(r, strict);
    for (const auto& m : markdown_marks) {
        if (!r.next_is(m.mark) || (!strict && m.mark != "*" && m.mark != "_")) continue;
        r.at += m.mark.size();
        if (!r.open.empty() && r.open.back().tag == m.mark) r.close();
        else r.begin(m.type, std::string(m.mark));
        return true;
    }
    handled = false;
    return true;
}

BANTER_COLD_DECL plain_text read_markdown(std::string_view text, bool strict) {
    constexpr std::string_view reserved = "_*[]()~`>#+-=|{}.!";
    markup_reader r{text, 0, {}, {}};
    while (!r.ended()) {
        const bool line_start = r.at == 0 || text[r.at - 1] == '\n';
        if (strict && line_start && r.next_is("**>")) r.at += 2;  // parts it from a quotation before
        const char c = text[r.at];
        if (c == '\\' && r.at + 1 < text.size() &&
            (strict || std::string_view("_*`[").find(text[r.at + 1]) != std::string_view::npos)) {
            r.put(text[r.at + 1]);
            r.at += 2;
            continue;
        }
        if (strict && c == '>' && line_start) {
            ++r.at;
            const bool inside = !r.open.empty() && r.open.back().tag == ">";
            if (!inside) r.begin("blockquote", ">");
            continue;
        }
        if (strict && r.next_is("||") && !r.open.empty() && r.open.back().tag == ">" &&
            (r.at + 2 == text.size() || text[r.at + 2] == '\n')) {
            r.open.back().entity.type = "expandable_blockquote";
            r.at += 2;
            continue;
        }
        if (strict && c == '\n' && !r.open.empty() && r.open.back().tag == ">" &&
            (r.at + 1 >= text.size() || text[r.at + 1] != '>'))
            r.close();
        bool handled = false;
        if (!read_markdown_mark(r, strict, handled)) return std::move(r.out);
        if (handled) continue;
        if (strict && reserved.find(c) != std::string_view::npos) {
            r.fail("Character '" + std::string(1, c) +
                   "' is reserved and must be escaped with the preceding '\\'");
            return std::move(r.out);
        }
        r.put(c);
        ++r.at;
    }
    if (!r.open.empty() && r.open.back().tag == ">") r.close();
    if (!r.open.empty())
        r.fail("Can't find end of the entity starting at byte offset " +
               std::to_string(r.open.back().at - 1));
    return r.finish();
}

}  // namespace banter::testkit::detail

namespace banter::testkit {

BANTER_COLD_DECL plain_text read_markup(std::string_view text, std::string_view mode) {
    std::string low(mode);
    for (char& c : low)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (low == "html") return detail::read_html(text);
    if (low == "markdownv2") return detail::read_markdown(text, true);
    if (low == "markdown") return detail::read_markdown(text, false);
    plain_text out{std::string(text), {}, {}};
    if (!low.empty() && low != "none") out.fault = "unsupported parse_mode";
    return out;
}

}  // namespace banter::testkit
