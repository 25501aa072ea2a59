// How the console draws what a bot does. Private to console.ipp.
#pragma once

#include <banter/testkit/json_access.hpp>
#include <banter/testkit/sent.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace banter::testkit::detail {

/// Writes blocks of lines behind a name in the first column:
///     bot  How will you pay?
///          [1 First bank] [2 Bitcoin]
class page {
  public:
    BANTER_COLD_DECL explicit page(std::ostream& out) : out_(out) {}

    static constexpr std::size_t margin = 5;

    BANTER_COLD_DECL void block(std::string_view name, std::string_view text) {
        std::string first(name);
        first.resize(std::max(margin, name.size() + 2), ' ');
        bool begun = false;
        while (!begun || !text.empty()) {
            const auto end = text.find('\n');
            out_ << (begun ? std::string(margin, ' ') : first) << text.substr(0, end) << '\n';
            text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
            begun = true;
        }
    }
    BANTER_COLD_DECL void line(std::string_view text) { block("", text); }
    BANTER_COLD_DECL void note(std::string_view text) { line("(" + std::string(text) + ")"); }

  private:
    std::ostream& out_;
};

BANTER_COLD_DECL std::string in_quotes(std::string_view text) {
    constexpr std::size_t most = 40;
    std::string out = "\"";
    auto shown = text.substr(0, text.find('\n'));
    std::size_t size = std::min(shown.size(), most);
    while (size < shown.size() && size > 0 && (shown[size] & 0xC0) == 0x80) --size;
    out += shown.substr(0, size);
    return out + (size < text.size() ? "...\"" : "\"");
}

BANTER_COLD_DECL std::string size_in_words(std::int64_t bytes) {
    if (bytes < 1024) return std::to_string(bytes) + " bytes";
    if (bytes < 1024 * 1024) return std::to_string(bytes / 1024) + " KB";
    return std::to_string(bytes / (1024 * 1024)) + " MB";
}

/// `[1 First bank] [2 Bitcoin]`; numbers go on from `number`. Links show where they lead.
BANTER_COLD_DECL void draw_rows(page& out, const button_rows& rows, int& number, char left, char right) {
    for (const auto& row : rows) {
        std::string line;
        for (const auto& b : row) {
            if (!line.empty()) line += ' ';
            line += left + std::to_string(number++) + " " + b.label;
            if (b.kind == "url" || b.kind == "web_app") line += ": " + b.value;
            line += right;
        }
        out.line(line);
    }
}

/// Text with the addresses of its links behind it.
BANTER_COLD_DECL std::string text_with_links(const boost::json::object& m) {
    const bool caption = !m.contains("text");
    std::string out = text_in(m, caption ? "caption" : "text");
    const auto* entities = m.if_contains(caption ? "caption_entities" : "entities");
    if (entities == nullptr || !entities->is_array()) return out;
    std::string links;
    for (const auto& e : entities->get_array())
        if (text_in(e.as_object(), "type") == "text_link")
            links += "\n-> " + text_in(e.as_object(), "url");
    return out + links;
}

/// Adds `between` and a field's text.
BANTER_COLD_DECL void add_field(std::string& out, std::string_view between, const boost::json::object& o,
                                std::string_view name) {
    out += between;
    out += text_in(o, name);
}

/// What a message holds beside its text: `[photo 12 KB]`.
BANTER_COLD_DECL std::string attachment(const boost::json::object& m, const std::string& kind) {
    const auto* v = m.if_contains(kind);
    if (v == nullptr || kind == "text") return {};
    if (v->is_array() && !v->get_array().empty()) v = &v->get_array().back();
    std::string out = "[" + kind;
    for (char& c : out)
        if (c == '_') c = ' ';
    if (!v->is_object()) return out += ']';
    const auto& o = v->get_object();
    // The fields of a kind that are shown, and what stands between them.
    const auto two = [&](std::string_view first, std::string_view between, std::string_view second) {
        add_field(out, " ", o, first);
        add_field(out, between, o, second);
        out += ']';
    };
    if (kind == "location") {
        two("latitude", ", ", "longitude");
    } else if (kind == "venue") {
        two("title", ", ", "address");
    } else if (kind == "contact") {
        two("first_name", ", ", "phone_number");
    } else if (kind == "dice") {
        out = "[";
        add_field(out, "", o, "emoji");
        add_field(out, " ", o, "value");
        out += ']';
    } else if (kind == "invoice") {
        two("title", ": ", "total_amount");
        out.pop_back();
        add_field(out, " ", o, "currency");
        add_field(out, " (in its smallest units)]\n", o, "description");
    } else if (kind == "poll") {
        add_field(out, "] ", o, "question");
        for (const auto& option : o.at("options").as_array())
            add_field(out, "\n- ", option.as_object(), "text");
    } else {
        if (o.contains("file_name")) add_field(out, " ", o, "file_name");
        if (o.contains("file_size")) out += ", " + size_in_words(number_in(o, "file_size"));
        out += ']';
    }
    return out;
}

BANTER_COLD_DECL void draw_message(page& out, std::string_view speaker, const boost::json::object& m,
                                   std::string_view remark) {
    const auto view = sent_message::from_json(boost::json::serialize(m));
    std::string body(remark);
    const auto add = [&body](const std::string& part, char between) {
        if (part.empty()) return;
        if (!body.empty()) body += between;
        body += part;
    };
    if (const auto* origin = object_in(m, "forward_origin")) {
        const auto* from = object_in(*origin, "sender_user");
        add("(forwarded" + (from != nullptr ? " from " + text_in(*from, "first_name") : "") + ")", ' ');
    }
    add(attachment(m, view.kind()), ' ');
    add(text_with_links(m), view.kind() == "text" ? ' ' : '\n');
    out.block(speaker, body);
    int number = 1;
    draw_rows(out, view.buttons(), number, '[', ']');
}

}  // namespace banter::testkit::detail
