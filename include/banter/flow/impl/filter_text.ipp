#pragma once

#include <banter/flow/filter_text.hpp>

#include <cstddef>
#include <list>
#include <utility>
#include <vector>

namespace banter::detail {

/// A part of the text, and how tightly its outermost word binds.
struct filter_phrase {
    enum class binding : std::uint8_t { comma, either, both, single };
    std::string text{};
    std::string negated{};    // empty: "not " before the text
    binding bound = binding::single;
    bool attached = false;    // follows another phrase without "and": "when is_admin"
    bool unsaid = false;
    std::vector<std::string> messages{};  // kinds of messages, without that word
};

struct filter_speaker {
    using binding = filter_phrase::binding;
    using op = filter_node::op;

    BANTER_COLD_DECL static std::string spaced(std::string_view name) {
        std::string out(name);
        for (char& c : out)
            if (c == '_') c = ' ';
        return out;
    }

    /// Text that a reader sees as it is; what has no shape of its own as an escape.
    BANTER_COLD_DECL static std::string visible(std::string_view raw) {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string out;
        for (const char c : raw) {
            const auto byte = static_cast<unsigned char>(c);
            if (c == '\n') out += "\\n";
            else if (c == '\t') out += "\\t";
            else if (byte < 0x20 || byte == 0x7f)
                (((out += "\\x") += digits[byte >> 4U]) += digits[byte & 15U]);
            else out += c;
        }
        return out;
    }

    /// Whether a pattern has no meaning but its own characters, and those.
    BANTER_COLD_DECL static bool is_literal(std::string_view pattern, std::string& characters) {
        constexpr std::string_view special = ".[](){}*+?|^$";
        for (std::size_t i = 0; i != pattern.size(); ++i) {
            if (special.find(pattern[i]) != std::string_view::npos) return false;
            if (pattern[i] == '\\') {
                // Behind a backslash, punctuation stands for itself.
                if (++i == pattern.size()) return false;
                constexpr std::string_view punctuation = ".[](){}*+?|^$\\/-";
                if (punctuation.find(pattern[i]) == std::string_view::npos) return false;
            }
            characters += pattern[i];
        }
        return true;
    }

    /// The alternatives of a pattern that stands for whole texts, as text_is<...> writes it; empty if
    /// it is another one.
    BANTER_COLD_DECL static std::string whole_texts(std::string_view pattern) {
        constexpr std::string_view front = "\\A(?:", back = ")\\Z";
        if (!pattern.starts_with(front) || !pattern.ends_with(back)) return {};
        pattern.remove_prefix(front.size());
        pattern.remove_suffix(back.size());
        std::string out;
        while (true) {
            const std::size_t bar = pattern.find('|');
            std::string characters;
            if (!is_literal(pattern.substr(0, bar), characters)) return {};
            out += '"' + visible(characters) + '"';
            if (bar == std::string_view::npos) return out;
            out += " or ";
            pattern.remove_prefix(bar + 1);
        }
    }

    /// A pattern on a property without what is the same in all of them.
    BANTER_COLD_DECL static std::string property(const filter_node& node) {
        const auto which = static_cast<update_property>(node.value);
        const std::string name(facts_of(which).name);
        if (which == update_property::inline_query || which == update_property::result_id ||
            which == update_property::payload || which == update_property::game)
            return matching(name, name, node.word);
        if (which == update_property::member_change && node.word == joining.view()) return "a member joins";
        if (which == update_property::member_change && node.word == leaving.view()) return "a member leaves";
        std::string shown(node.word);
        for (const std::string_view noise :
             {"(?i)", "(?s)", "(?is)", "(?:.* )?", " .*", " \\w*", "-?\\d+ ", "\\d+ ", "-?\\d+", "\\d+", "\\w+ ", ".*",
              "(?:", ")", "\\"})
            for (std::size_t at = 0; (at = shown.find(noise, at)) != std::string::npos;)
                shown.erase(at, noise.size());
        while (!shown.empty() && shown.front() == ' ') shown.erase(0, 1);
        return shown.empty() ? name : name + ' ' + visible(shown);
    }

    BANTER_COLD_DECL static std::string matching(std::string_view what, std::string_view literally,
                                                 std::string_view pattern) {
        std::string characters;
        if (is_literal(pattern, characters))
            return std::string(literally) + " \"" + visible(characters) + '"';
        return std::string(what) + " matching " + visible(pattern);
    }

    /// The function's name, out of the compiler's spelling of a whole signature.
    BANTER_COLD_DECL static std::string predicate(std::string_view spelled) {
        constexpr std::string_view mark = "Predicate = ";
        const std::size_t at = spelled.find(mark);
        if (at == std::string_view::npos) return "(lambda)";
        spelled.remove_prefix(at + mark.size());
        spelled = spelled.substr(0, spelled.find_first_of(";]"));
        if (spelled.starts_with('&')) spelled.remove_prefix(1);
        if (spelled.find("lambda") != std::string_view::npos) return "(lambda)";
        spelled = spelled.substr(0, spelled.find_first_of("({"));
        const std::size_t scope = spelled.rfind("::");
        if (scope != std::string_view::npos) spelled.remove_prefix(scope + 2);
        return spelled.empty() ? "(lambda)" : std::string(spelled);
    }

    /// "new, edited or business message", out of the kinds' names.
    BANTER_COLD_DECL static filter_phrase message_kinds(std::vector<std::string> names) {
        constexpr std::string_view common = "message";
        filter_phrase out{.bound = names.size() == 1 ? binding::single : binding::either};
        const bool alone = names.size() == 1;
        for (std::size_t i = 0; i != names.size(); ++i) {
            std::string name = spaced(names[i]);
            if (!name.ends_with(common)) return {std::move(name), {}};
            if (alone) out.text = name;
            name.resize(name.size() - common.size());
            if (name.empty()) name = "new ";
            if (!alone && i != 0) out.text += i + 1 == names.size() ? " or " : ", ";
            if (!alone) out.text.append(name, 0, name.size() - 1);
        }
        if (!alone) out.text.append(" ").append(common);
        out.messages = std::move(names);
        return out;
    }

    BANTER_COLD_DECL static std::string chat(chat_type type) {
        switch (type) {
            case chat_type::private_chat: return "in a private chat";
            case chat_type::none: return "without a chat";
            default: return "in a " + std::string(name_of(type));
        }
    }

    BANTER_COLD_DECL static filter_phrase atom(const filter_node& node) {
        switch (node.what) {
            case op::everything: return {"any update", "never"};
            case op::kind: {
                const auto kind = static_cast<update_kind>(node.value);
                if (kind == update_kind::poll) return {"poll update", {}};
                return message_kinds({std::string(name_of(kind))});
            }
            case op::content: {
                const auto kind = static_cast<content_kind>(node.value);
                if (kind == content_kind::delete_chat_photo) return {"chat photo deleted", {}};
                return {spaced(name_of(kind)), {}};
            }
            case op::chat:
                return {.text = chat(static_cast<chat_type>(node.value)),
                        .negated = {},
                        .attached = true};
            case op::service: return {"service message", "not a service message"};
            case op::entity:
                return {"text with " + spaced(name_of(static_cast<entity_kind>(node.value))), {}};
            case op::caption: return {"caption", "no caption"};
            case op::caption_entity:
                return {"caption with " + spaced(name_of(static_cast<entity_kind>(node.value))),
                        {}};
            case op::caption_text:
                return {matching("caption", "caption containing", node.word), {}};
            case op::any_command: return {"any command", "not a command"};
            case op::command: return {'/' + std::string(node.word), {}};
            case op::any_callback: return {"any button", "not a button"};
            case op::callback:
                if (!node.said.empty()) return {"button " + std::string(node.said), {}};
                return {matching("button", "button", node.word), {}};
            case op::text: {
                const std::string whole = whole_texts(node.word);
                return {whole.empty() ? matching("text", "text containing", node.word)
                                      : "text " + whole,
                        {}};
            }
            case op::flag: {
                const std::string name(facts_of(static_cast<update_flag>(node.value)).name);
                return {.text = name,
                        .negated = {},
                        .attached = name.starts_with("in ") || name.starts_with("from ") ||
                                    name.starts_with("sent ")};
            }
            case op::property: return {property(node), {}};
            case op::leaf:
                return {.text = "when " + predicate(node.word),
                        .negated = "when not " + predicate(node.word),
                        .attached = true};
            default: return {.text = {}, .negated = {}, .unsaid = true};
        }
    }

    BANTER_COLD_DECL static std::string inside(filter_phrase part, binding outer) {
        if (part.bound >= outer) return std::move(part.text);
        return '(' + std::move(part.text) + ')';
    }

    BANTER_COLD_DECL static filter_phrase negated(filter_phrase part) {
        if (!part.negated.empty())
            return {.text = std::move(part.negated),
                    .negated = std::move(part.text),
                    .attached = part.attached};
        std::string positive = inside(std::move(part), binding::single);
        return {.text = "not " + positive, .negated = positive};
    }

    BANTER_COLD_DECL static filter_phrase joined(filter_phrase left, filter_phrase right, op how) {
        if (left.unsaid) return right;
        if (right.unsaid) return left;
        switch (how) {
            case op::both: {
                const std::string_view link =
                    right.attached && right.bound == binding::single ? " " : " and ";
                std::string first = inside(std::move(left), binding::both);
                return {.text = std::move(first.append(link)) +
                                inside(std::move(right), binding::both),
                        .negated = {},
                        .bound = binding::both};
            }
            case op::either: {
                if (!left.messages.empty() && !right.messages.empty()) {
                    for (std::string& one : right.messages)
                        left.messages.push_back(std::move(one));
                    return message_kinds(std::move(left.messages));
                }
                std::string first = inside(std::move(left), binding::either);
                return {.text = std::move(first) + " or " +
                                inside(std::move(right), binding::either),
                        .negated = {},
                        .bound = binding::either};
            }
            default: {
                std::string first = inside(std::move(left), binding::both);
                return {.text = "exactly one of " + std::move(first) + ", " +
                                inside(std::move(right), binding::both),
                        .negated = {},
                        .bound = binding::comma};
            }
        }
    }
};

BANTER_COLD_DECL std::string filter_text(array_view<filter_node> program) {
    using op = filter_node::op;
    std::list<filter_phrase> said;
    for (const filter_node& node : program) {
        if (node.what == op::negate) {
            said.back() = filter_speaker::negated(std::move(said.back()));
        } else if (node.what == op::both || node.what == op::either || node.what == op::differ) {
            filter_phrase right = std::move(said.back());
            said.pop_back();
            said.back() =
                filter_speaker::joined(std::move(said.back()), std::move(right), node.what);
        } else {
            said.push_back(filter_speaker::atom(node));
        }
    }
    return said.empty() ? std::string() : std::move(said.back().text);
}

}  // namespace banter::detail
