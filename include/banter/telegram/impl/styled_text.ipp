#pragma once

#include <banter/telegram/methods.hpp>
#include <banter/telegram/styled_text.hpp>

#include <algorithm>
#include <utility>

namespace banter {

BANTER_DECL text_entity::operator message_entity() const {
    message_entity out{.type = name_of(kind), .offset = offset, .length = length};
    switch (kind) {
    case entity_kind::text_link: out.url = argument; break;
    case entity_kind::pre:
        if (!argument.empty()) out.language = argument;
        break;
    case entity_kind::custom_emoji: out.custom_emoji_id = argument; break;
    case entity_kind::text_mention:
        out.user = input_user{.id = number, .is_bot = false, .first_name = ""};
        break;
    case entity_kind::date_time:
        out.unix_time = number;
        if (!argument.empty()) out.date_time_format = argument;
        break;
    default: break;
    }
    return out;
}

namespace detail {

/// The bytes of the character that begins with `lead`; 1 for what begins none.
BANTER_DECL std::size_t character_size(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    if (byte < 0xC0) return 1;
    return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

BANTER_DECL std::int64_t utf16_length(std::string_view text) {
    std::int64_t units = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = character_size(text[at]);
        units += size == 4 ? 2 : 1;
        at += size;
    }
    return units;
}

BANTER_DECL std::size_t utf16_place(std::string_view text, std::int64_t units) {
    std::size_t at = 0;
    while (units > 0 && at < text.size()) {
        const std::size_t size = character_size(text[at]);
        units -= size == 4 ? 2 : 1;
        at += size;
    }
    return std::min(at, text.size());
}

// ---- rendering ----

/// An entity over bytes.
struct styled_range {
    std::size_t begin = 0;
    std::size_t end = 0;
    const text_entity* entity = nullptr;
};

BANTER_DECL bool stands_before(const styled_range& a, const styled_range& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
}

/// The entities as ranges that lie inside each other or apart; one that overlaps the end of another
/// is cut there in two.
BANTER_DECL std::vector<styled_range> nested_ranges(std::string_view text,
                                                    const std::vector<text_entity>& entities) {
    std::vector<styled_range> out;
    for (auto one = entities.rbegin(); one != entities.rend(); ++one) {  // outer ones first
        const std::size_t begin = utf16_place(text, one->offset);
        const std::size_t end = begin + utf16_place(text.substr(begin), one->length);
        if (begin != end) out.push_back({begin, end, &*one});
    }
    std::stable_sort(out.begin(), out.end(), stands_before);
    std::vector<std::size_t> open;  // ends
    for (std::size_t i = 0; i < out.size(); ++i) {
        while (!open.empty() && open.back() <= out[i].begin) open.pop_back();
        if (!open.empty() && out[i].end > open.back()) {
            const styled_range rest{open.back(), out[i].end, out[i].entity};
            out[i].end = open.back();
            const auto from = out.begin() + static_cast<std::ptrdiff_t>(i) + 1;
            out.insert(std::lower_bound(from, out.end(), rest, stands_before), rest);
        }
        open.push_back(out[i].end);
    }
    return out;
}

/// Writes a text with its marks; Marks says how they look.
template <class Marks>
class renderer {
  public:
    renderer(std::string_view text, const std::vector<text_entity>& entities, bool with_urls)
        : text_(text), ranges_(nested_ranges(text, entities)), marks_{with_urls} {}

    std::string render() {
        std::size_t next = 0;
        write(0, text_.size(), next, nullptr);
        return std::move(marks_.out);
    }

  private:
    /// Writes [at, end) with the ranges from `next` on that lie inside.
    void write(std::size_t at, std::size_t end, std::size_t& next, const text_entity* inside) {
        while (next < ranges_.size() && ranges_[next].begin < end) {
            const styled_range one = ranges_[next++];
            marks_.plain(text_.substr(at, one.begin - at), inside);
            const std::string_view words = text_.substr(one.begin, one.end - one.begin);
            marks_.open(*one.entity, words);
            write(one.begin, one.end, next, one.entity);
            marks_.close(*one.entity, words);
            at = one.end;
        }
        marks_.plain(text_.substr(at, end - at), inside);
    }

    std::string_view text_;
    std::vector<styled_range> ranges_;
    Marks marks_;
};

struct html_marks {
    bool with_urls;
    std::string out = {};

    void plain(std::string_view words, const text_entity*) { out += escape_html(words); }
    void open(const text_entity& e, std::string_view words) {
        switch (e.kind) {
        case entity_kind::bold: out += "<b>"; break;
        case entity_kind::italic: out += "<i>"; break;
        case entity_kind::underline: out += "<u>"; break;
        case entity_kind::strikethrough: out += "<s>"; break;
        case entity_kind::spoiler: out += "<span class=\"tg-spoiler\">"; break;
        case entity_kind::blockquote: out += "<blockquote>"; break;
        case entity_kind::expandable_blockquote: out += "<blockquote expandable>"; break;
        case entity_kind::code: out += "<code>"; break;
        case entity_kind::pre:
            out += "<pre>";
            if (!e.argument.empty()) tag("<code class=\"language-", e.argument);
            break;
        case entity_kind::text_link: tag("<a href=\"", e.argument); break;
        case entity_kind::text_mention:
            tag("<a href=\"", concat("tg://user?id=", e.number));
            break;
        case entity_kind::custom_emoji: tag("<tg-emoji emoji-id=\"", e.argument); break;
        case entity_kind::date_time:
            out += concat("<tg-time unix=\"", e.number);
            if (!e.argument.empty()) out += concat("\" format=\"", escape_html(e.argument));
            out += "\">";
            break;
        case entity_kind::url:
            if (with_urls) tag("<a href=\"", words);
            break;
        default: break;
        }
    }
    void close(const text_entity& e, std::string_view) {
        switch (e.kind) {
        case entity_kind::bold: out += "</b>"; break;
        case entity_kind::italic: out += "</i>"; break;
        case entity_kind::underline: out += "</u>"; break;
        case entity_kind::strikethrough: out += "</s>"; break;
        case entity_kind::spoiler: out += "</span>"; break;
        case entity_kind::blockquote:
        case entity_kind::expandable_blockquote: out += "</blockquote>"; break;
        case entity_kind::code: out += "</code>"; break;
        case entity_kind::pre: out += e.argument.empty() ? "</pre>" : "</code></pre>"; break;
        case entity_kind::text_link:
        case entity_kind::text_mention: out += "</a>"; break;
        case entity_kind::custom_emoji: out += "</tg-emoji>"; break;
        case entity_kind::date_time: out += "</tg-time>"; break;
        case entity_kind::url:
            if (with_urls) out += "</a>";
            break;
        default: break;
        }
    }

  private:
    void tag(std::string_view start, std::string_view value) {
        out += concat(start, escape_html(value), "\">");
    }
};

struct markdown_marks {
    bool with_urls;
    std::string out = {};
    bool quoted = false;
    bool in_bold = false;
    std::size_t quote_end = 0;  // where the last one ended

    void plain(std::string_view words, const text_entity* inside) {
        const bool is_code =
            inside && (inside->kind == entity_kind::code || inside->kind == entity_kind::pre);
        const std::string escaped =
            escape_markdown(words, is_code ? markdown_place::code : markdown_place::text);
        if (!quoted) {
            out += escaped;
            return;
        }
        for (const char c : escaped) {
            out += c;
            if (c == '\n') out += '>';
        }
    }
    void open(const text_entity& e, std::string_view) {
        switch (e.kind) {
        case entity_kind::bold:
            out += '*';
            in_bold = true;
            break;
        case entity_kind::italic: underscore("_"); break;
        case entity_kind::underline: underscore("__"); break;
        case entity_kind::strikethrough: out += '~'; break;
        case entity_kind::spoiler: out += "||"; break;
        case entity_kind::blockquote:
        case entity_kind::expandable_blockquote: open_quote(); break;
        case entity_kind::code: out += '`'; break;
        case entity_kind::pre: out += concat("```", e.argument, '\n'); break;
        case entity_kind::text_link:
        case entity_kind::text_mention: out += '['; break;
        case entity_kind::custom_emoji:
        case entity_kind::date_time: out += "!["; break;
        case entity_kind::url:
            if (with_urls) out += '[';
            break;
        default: break;
        }
    }
    void close(const text_entity& e, std::string_view words) {
        switch (e.kind) {
        case entity_kind::bold:
            out += '*';
            in_bold = false;
            break;
        case entity_kind::italic: underscore("_"); break;
        case entity_kind::underline: underscore("__"); break;
        case entity_kind::strikethrough: out += '~'; break;
        case entity_kind::spoiler: out += "||"; break;
        case entity_kind::blockquote:
        case entity_kind::expandable_blockquote:
            if (quoted && e.kind == entity_kind::expandable_blockquote) out += "||";
            quoted = false;
            quote_end = out.size();
            break;
        case entity_kind::code: out += '`'; break;
        case entity_kind::pre: out += "```"; break;
        case entity_kind::text_link: target(e.argument); break;
        case entity_kind::text_mention: target(concat("tg://user?id=", e.number)); break;
        case entity_kind::custom_emoji: target(concat("tg://emoji?id=", e.argument)); break;
        case entity_kind::date_time:
            target(concat("tg://time?unix=", e.number, e.argument.empty() ? "" : "&format=",
                          e.argument));
            break;
        case entity_kind::url:
            if (with_urls) target(words);
            break;
        default: break;
        }
    }

  private:
    /// "_" and "__" side by side would be read as the other way round: an empty entity parts them.
    void underscore(std::string_view mark) {
        if (out.ends_with('_') && !out.ends_with("\\_")) out += in_bold ? "~~" : "**";
        out += mark;
    }
    /// A quotation begins a line: one that does not cannot be written down, and is left out.
    void open_quote() {
        if (!out.empty() && out.back() != '\n') return;
        // An empty bold parts it from a quotation just before it.
        if (quote_end != 0 && quote_end + 1 >= out.size()) out += "**";
        quoted = true;
        out += '>';
    }
    void target(std::string_view url) {
        out += concat("](", escape_markdown(url, markdown_place::link), ')');
    }
};

BANTER_DECL std::string html_of(std::string_view text, const std::vector<text_entity>& entities,
                                bool with_urls) {
    return renderer<html_marks>(text, entities, with_urls).render();
}

BANTER_DECL std::string markdown_of(std::string_view text, const std::vector<text_entity>& entities,
                                    bool with_urls) {
    return renderer<markdown_marks>(text, entities, with_urls).render();
}

}  // namespace detail

BANTER_DECL void styled_text::append_plain(std::string_view plain) {
    text_ += plain;
    length_ += detail::utf16_length(plain);
}

BANTER_DECL void styled_text::append_styled(const styled_text& other) {
    const std::size_t count = other.entities_.size();
    const std::int64_t offset = length_;
    for (std::size_t i = 0; i != count; ++i) {  // by index: `other` may be this text
        entities_.push_back(other.entities_[i]);
        entities_.back().offset += offset;
    }
    length_ += other.length_;
    text_ += std::string(other.text_);
}

BANTER_DECL styled_text& styled_text::close(text_entity as) {
    as.length = length_ - as.offset;
    if (as.length != 0) entities_.push_back(std::move(as));
    return *this;
}

}  // namespace banter
