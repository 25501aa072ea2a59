#pragma once

#include <banter/flow/diagram.hpp>
#include <banter/flow/filter_text.hpp>
#include <banter/telegram/text.hpp>

#include <cstddef>
#include <list>
#include <string_view>
#include <utility>
#include <vector>

namespace banter::detail {

// ---- the picture: what both formats draw ----

struct picture {
    enum class shape : std::uint8_t { start, finish, state, anywhere, handler, flow };
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

    struct node {
        shape drawn;
        std::string id;
        std::string label;
        std::size_t box;               // it is in; nowhere: this is the whole
        std::size_t start = nowhere;   // of a flow
        std::size_t finish = nowhere;
    };
    struct edge {
        std::size_t from;     // a node, or where out_of_box a box
        std::size_t to;       // a node, or where into_box a box
        std::vector<std::string> lines;
        std::size_t box;      // it is drawn in
        bool into_box = false;
        bool out_of_box = false;
    };

    std::vector<node> nodes;
    std::vector<node> boxes;  // flows; the first is the whole
    std::list<edge> edges;
};

/// "1 h 30 min"
inline std::string duration_text(std::chrono::milliseconds delay) {
    struct unit {
        std::int64_t milliseconds;
        std::string_view name;
    };
    std::string out;
    std::int64_t rest = delay.count();
    for (const unit& one : {unit{86400000, " d"}, unit{3600000, " h"}, unit{60000, " min"},
                            unit{1000, " s"}, unit{1, " ms"}}) {
        if (rest < one.milliseconds) continue;
        if (!out.empty()) out += ' ';
        out += std::to_string(rest / one.milliseconds);
        out += one.name;
        rest %= one.milliseconds;
    }
    return out.empty() ? "0 s" : out;
}

class picture_painter {
  public:
    BANTER_COLD_DECL explicit picture_painter(flow_descriptions flows) {
        const std::size_t whole = add_box(flows.size() == 1 ? flows[0]->name : "bot", {},
                                          picture::nowhere);
        if (flows.size() == 1) {
            paint(*flows[0], whole, "");
            return;
        }
        for (const flow_description* flow : flows) {
            const std::size_t box = add_box(flow->name, {}, whole);
            paint(*flow, box, out_.boxes[box].id + "__");
        }
    }
    BANTER_COLD_DECL picture take() && { return std::move(out_); }

  private:
    using shape = picture::shape;

    BANTER_COLD_DECL static bool contains(const std::vector<std::string>& all, std::string_view text) {
        for (const std::string& one : all)
            if (one == text) return true;
        return false;
    }

    /// Letters, digits and underscores, none taken yet, no word of the formats.
    BANTER_COLD_DECL std::string unique_id(std::string wanted) {
        for (char& c : wanted)
            if (!is_word_character(c)) c = '_';
        if (wanted.empty() || (wanted[0] >= '0' && wanted[0] <= '9')) wanted.insert(0, "_");
        constexpr std::string_view words[] = {"state", "note",  "end",   "direction", "default",
                                              "class", "style", "click", "classDef",  "hide",
                                              "scale", "as",    "accTitle", "accDescr", "href",
                                              "node",  "edge",  "graph", "digraph",  "subgraph"};
        for (const std::string_view taken : words)
            if (taken == wanted) wanted += '_';
        while (contains(ids_, wanted)) wanted += '_';
        ids_.push_back(wanted);
        return wanted;
    }

    BANTER_COLD_DECL std::size_t add_box(std::string_view label, std::string_view prefix, std::size_t inside) {
        // The whole of a single flow has no box drawn around it, so that its name is free.
        std::string id = inside == picture::nowhere
                             ? std::string()
                             : unique_id(std::string(prefix) + std::string(label));
        out_.boxes.push_back({shape::flow, std::move(id), std::string(label), inside});
        return out_.boxes.size() - 1;
    }

    BANTER_COLD_DECL std::size_t add_node(shape drawn, std::size_t box, std::string_view prefix,
                                          std::string_view name, std::string_view label) {
        out_.nodes.push_back({drawn, unique_id(std::string(prefix) + std::string(name)),
                              std::string(label), box});
        return out_.nodes.size() - 1;
    }

    /// What a flow's rules are drawn between.
    struct scene {
        const flow_description& flow;
        std::size_t box;
        std::string prefix;
        std::vector<std::size_t> states{};
        std::size_t first = picture::nowhere;
        std::size_t otherwise = picture::nowhere;
        std::size_t child = picture::nowhere;       // the box of the mount that came last
        std::size_t around = picture::nowhere;      // what that was drawn from
        std::vector<std::pair<const flow_description*, std::size_t>> children{};
        std::vector<std::pair<std::string, std::size_t>> handlers{};
    };

    BANTER_COLD_DECL std::size_t start(const scene& at) {
        if (out_.boxes[at.box].start == picture::nowhere) {
            const std::size_t made = add_node(shape::start, at.box, at.prefix, "outside", "");
            out_.boxes[at.box].start = made;
        }
        return out_.boxes[at.box].start;
    }
    BANTER_COLD_DECL std::size_t finish(const scene& at) {
        if (out_.boxes[at.box].finish == picture::nowhere) {
            const std::size_t made = add_node(shape::finish, at.box, at.prefix, "the_end", "");
            out_.boxes[at.box].finish = made;
        }
        return out_.boxes[at.box].finish;
    }
    BANTER_COLD_DECL std::size_t first(scene& at) {
        if (at.first == picture::nowhere)
            at.first = add_node(shape::anywhere, at.box, at.prefix, "any_state_first",
                                "any state, first");
        return at.first;
    }
    BANTER_COLD_DECL std::size_t otherwise(scene& at) {
        if (at.otherwise == picture::nowhere)
            at.otherwise = add_node(shape::anywhere, at.box, at.prefix, "any_state_otherwise",
                                    "any state, otherwise");
        return at.otherwise;
    }

    BANTER_COLD_DECL void add_edge(const scene& at, std::size_t from, std::size_t to, std::string label) {
        out_.edges.push_back({from, to, {std::move(label)}, at.box});
    }

    /// One loop for all rules that keep a state; another for those that lead back to whichever state it
    /// was.
    BANTER_COLD_DECL void add_stay(const scene& at, std::size_t node, std::string label,
                                   std::string_view first_line = "stay") {
        for (picture::edge& one : out_.edges)
            if (one.from == node && one.to == node && !one.into_box && !one.out_of_box &&
                one.lines.front() == first_line) {
                if (!contains(one.lines, label)) one.lines.push_back(std::move(label));
                return;
            }
        out_.edges.push_back({node, node, {std::string(first_line), std::move(label)}, at.box});
    }

    /// The states that may have come before one.
    BANTER_COLD_DECL static std::vector<std::size_t> before(const flow_description& flow, std::size_t state) {
        std::vector<std::size_t> out;
        for (std::size_t s = 0; s != flow.states.size(); ++s) {
            bool leads = false;
            for (const rule_description& rule : flow.rules)
                if (!rule.from_outside && (!rule.in_state || rule.state == s))
                    for (const std::uint16_t target : rule.targets) leads = leads || target == state;
            if (s != state && leads) out.push_back(s);
        }
        return out;
    }
    /// A rule of a state that leads back has an edge to each state it may come to.
    BANTER_COLD_DECL void draw_back(scene& at, const rule_description& rule, std::size_t from, bool out_of_box,
                                    const std::string& label) {
        if (!rule.in_state) {
            add_stay(at, from, label, "back");
            return;
        }
        for (const std::size_t state : before(at.flow, rule.state))
            out_.edges.push_back(
                {from, at.states[state], {label + " (back)"}, at.box, false, out_of_box});
    }

    /// The box of a nested conversation, drawn once however often it is mounted.
    BANTER_COLD_DECL std::size_t child_box(scene& at, const flow_description& child) {
        for (const auto& [flow, box] : at.children)
            if (flow == &child) return box;
        const std::size_t box = add_box(child.name, at.prefix, at.box);
        at.children.emplace_back(&child, box);
        paint(child, box, out_.boxes[box].id + "__");
        return box;
    }

    BANTER_COLD_DECL static bool ends_plainly(const flow_description& flow) {
        for (const rule_description& rule : flow.rules)
            if (rule.ends) return true;
        return false;
    }
    BANTER_COLD_DECL static std::size_t mounts_of(const flow_description& flow, const flow_description* child) {
        std::size_t count = 0;
        for (const rule_description& rule : flow.rules)
            if (rule.child == child) ++count;
        return count;
    }

    BANTER_COLD_DECL void draw_mount(scene& at, const rule_description& rule, std::size_t from) {
        const std::size_t box = child_box(at, *rule.child);
        at.child = box;
        at.around = from;
        out_.edges.push_back({from, box, {filter_text(rule.filter)}, at.box, true, false});
        // Its end is drawn once, not again for re-entry.
        if (!(rule.from_outside && from == at.first) && ends_plainly(*rule.child)) {
            const std::size_t back = rule.from_outside ? finish(at) : from;
            out_.edges.push_back({box, back, {"end" + from_mount(at, rule)}, at.box, false, true});
        }
    }

    /// Says of which mount an edge speaks, if there are several of one conversation.
    BANTER_COLD_DECL static std::string from_mount(const scene& at, const rule_description& rule) {
        const flow_description* child = rule.child;
        if (child == nullptr)
            for (const rule_description& one : at.flow.rules) {
                if (one.child != nullptr) child = one.child;
                if (&one == &rule) break;
            }
        if (mounts_of(at.flow, child) < 2) return {};
        return rule.in_state       ? " (from " + std::string(at.flow.states[rule.state]) + ')'
               : rule.from_outside ? " (from outside)"
                                   : " (from any state)";
    }

    BANTER_COLD_DECL void draw_result(scene& at, const rule_description& rule) {
        const std::string label = std::string(rule.result) + from_mount(at, rule);
        const auto add = [&](std::size_t to) {
            out_.edges.push_back({at.child, to, {label}, at.box, false, true});
        };
        for (const std::uint16_t target : rule.targets) add(at.states[target]);
        if (rule.backs && rule.in_state)
            draw_back(at, rule, at.child, true, label);
        else if (rule.backs && !rule.from_outside)
            out_.edges.push_back({at.child, at.around, {label + " (back)"}, at.box, false, true});
        const bool finishes = rule.ends || !rule.results.empty();
        const bool stays_outside = rule.stays && rule.from_outside;
        if (rule.stays && !stays_outside)
            add(rule.in_state ? at.states[rule.state] : at.around);
        if (finishes || stays_outside) add(finish(at));
    }

    BANTER_COLD_DECL static std::string error_text(const rule_description& rule) {
        return rule.result.empty() ? "error" : "error: " + std::string(rule.result);
    }
    /// Error handlers are drawn where they lead somewhere.
    BANTER_COLD_DECL static bool is_drawn(const rule_description& rule) {
        return rule.where != section::error || rule.targets_in_all() != 0;
    }

    /// A rule with a handler, as seen from a node.
    BANTER_COLD_DECL void draw_rule(scene& at, const rule_description& rule, std::size_t from) {
        const std::string label = rule.where == section::timeout
                                      ? "after " + duration_text(rule.delay)
                                  : !rule.event.empty()          ? "event " + std::string(rule.event)
                                  : rule.where == section::error ? error_text(rule)
                                                                 : filter_text(rule.filter);
        for (const std::uint16_t target : rule.targets)
            add_edge(at, from, at.states[target], label);
        const bool from_start = out_.nodes[from].drawn == shape::start;
        std::string ends;
        for (const std::string_view result : rule.results)
            ends += (ends.empty() ? " (" : ", ") + std::string(result);
        if (!ends.empty()) ends += ')';
        if (rule.ends || !rule.results.empty()) add_edge(at, from, finish(at), label + ends);
        if (rule.backs && !from_start) draw_back(at, rule, from, false, label);
        if (!rule.stays || rule.where == section::error) return;
        if (!from_start)
            add_stay(at, from, label);
        else if (!rule.ends)
            add_edge(at, from, finish(at), label + " (stays outside)");
    }

    BANTER_COLD_DECL void draw_handler(scene& at, const rule_description& rule, std::size_t number) {
        std::string name(rule.handler.empty() ? "handler" : rule.handler);
        std::size_t node = picture::nowhere;
        for (const auto& [known, made] : at.handlers)
            if (known == name) node = made;
        if (node == picture::nowhere) {
            const bool named = name != "lambda" && name != "handler";
            const std::string id = named ? name : name + '_' + std::to_string(number);
            node = add_node(shape::handler, at.box, at.prefix, id, name);
            if (named) at.handlers.emplace_back(std::move(name), node);
        }
        add_edge(at, start(at), node,
                 rule.event.empty() ? filter_text(rule.filter) : "event " + std::string(rule.event));
    }

    BANTER_COLD_DECL void draw(scene& at, const rule_description& rule, std::size_t from) {
        if (rule.child != nullptr)
            draw_mount(at, rule, from);
        else
            draw_rule(at, rule, from);
    }

    BANTER_COLD_DECL void paint(const flow_description& flow, std::size_t box, std::string prefix) {
        scene at{flow, box, std::move(prefix)};
        // In the order in which an update meets them.
        const auto has = [&](section where) {
            for (const rule_description& rule : flow.rules)
                if (rule.where == where && !rule.in_state && is_drawn(rule)) return true;
            return false;
        };
        if (flow.reentry || has(section::global)) first(at);
        for (const std::string_view state : flow.states)
            at.states.push_back(add_node(shape::state, box, at.prefix, state, state));
        if (has(section::fallback) || has(section::timeout) ||
            (flow.is_conversation && has(section::error)))
            otherwise(at);
        std::size_t number = 0;
        for (const rule_description& rule : flow.rules) {
            ++number;
            if (!is_drawn(rule)) continue;
            if (!flow.is_conversation)
                draw_handler(at, rule, number);
            else if (rule.where == section::result)
                draw_result(at, rule);
            else if (rule.in_state)
                draw(at, rule, at.states[rule.state]);
            else if (rule.where == section::entry)
                draw(at, rule, start(at));
            else if (rule.where == section::global)
                draw(at, rule, first(at));
            else
                draw(at, rule, otherwise(at));
        }
        if (!flow.reentry) return;
        for (const rule_description& rule : flow.rules)
            if (rule.where == section::entry) draw(at, rule, first(at));
    }

    picture out_;
    std::vector<std::string> ids_;
};

// ---- Mermaid ----

class mermaid_writer {
  public:
    BANTER_COLD_DECL explicit mermaid_writer(const picture& what) : what_(what) {}
    BANTER_COLD_DECL std::string write() && {
        out_ = "stateDiagram-v2\n";
        write_box(0, 1);
        return std::move(out_);
    }

  private:
    /// What Mermaid or Markdown would read as their own becomes an entity: #58; is a colon.
    BANTER_COLD_DECL static std::string escaped(std::string_view text, bool in_quotes = false) {
        std::string out;
        char before = 0;
        for (const char c : text) {
            constexpr std::string_view own = "#;:<>&%{}*`\\";
            const bool link = c == '(' && before == ']';
            if (link || (c == '"' && in_quotes) || own.find(c) != std::string_view::npos)
                out += '#' + std::to_string(static_cast<int>(c)) + ';';
            else
                out += c;
            before = c;
        }
        return out;
    }
    BANTER_COLD_DECL void line(std::size_t depth, std::string_view text) {
        out_.append(depth * 4, ' ');
        out_ += text;
        out_ += '\n';
    }

    [[nodiscard]] BANTER_COLD_DECL std::string end_of(const picture::edge& one, bool from) const {
        const std::size_t at = from ? one.from : one.to;
        if (from ? one.out_of_box : one.into_box) return what_.boxes[at].id;
        const picture::node& node = what_.nodes[at];
        const bool pseudo = node.drawn == picture::shape::start ||
                            node.drawn == picture::shape::finish;
        return pseudo ? "[*]" : node.id;
    }

    BANTER_COLD_DECL void write_box(std::size_t box, std::size_t depth) {
        for (const picture::node& node : what_.nodes) {
            if (node.box != box || node.drawn == picture::shape::start ||
                node.drawn == picture::shape::finish)
                continue;
            if (node.id == node.label)
                line(depth, node.id);
            else
                line(depth, "state \"" + escaped(node.label, true) + "\" as " + node.id);
        }
        for (std::size_t inner = 0; inner != what_.boxes.size(); ++inner) {
            if (what_.boxes[inner].box != box) continue;
            line(depth, "state \"" + escaped(what_.boxes[inner].label, true) + "\" as " +
                            what_.boxes[inner].id + " {");
            write_box(inner, depth + 1);
            line(depth, "}");
        }
        for (const picture::edge& one : what_.edges) {
            if (one.box != box) continue;
            std::string text = end_of(one, true) + " --> " + end_of(one, false) + " : ";
            for (std::size_t i = 0; i != one.lines.size(); ++i) {
                if (i != 0) text += "<br/>";
                text += escaped(one.lines[i]);
            }
            line(depth, text);
        }
    }

    const picture& what_;
    std::string out_;
};

BANTER_COLD_DECL std::string draw_mermaid(flow_descriptions flows) {
    const picture what = picture_painter(flows).take();
    return mermaid_writer(what).write();
}

// ---- Graphviz ----

class dot_writer {
  public:
    BANTER_COLD_DECL explicit dot_writer(const picture& what) : what_(what) {}
    BANTER_COLD_DECL std::string write() && {
        out_ = "digraph \"" + escaped(what_.boxes[0].label) + "\" {\n";
        line(1, "rankdir=LR;");
        line(1, "node [shape=box, style=rounded];");
        write_nodes(0, 1);
        for (const picture::edge& one : what_.edges) write_edge(one);
        out_ += "}\n";
        return std::move(out_);
    }

  private:
    BANTER_COLD_DECL static std::string escaped(std::string_view text) {
        std::string out;
        for (const char c : text) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        return out;
    }

    BANTER_COLD_DECL void line(std::size_t depth, std::string_view text) {
        out_.append(depth * 4, ' ');
        out_ += text;
        out_ += '\n';
    }

    [[nodiscard]] BANTER_COLD_DECL static std::string attributes_of(const picture::node& node) {
        switch (node.drawn) {
            case picture::shape::start: return " [shape=point, width=0.15];";
            case picture::shape::finish:
                return " [shape=doublecircle, label=\"\", width=0.1, style=filled, "
                       "fillcolor=black];";
            case picture::shape::anywhere:
                return " [label=\"" + escaped(node.label) + "\", style=\"rounded,dashed\"];";
            case picture::shape::handler:
                return " [label=\"" + escaped(node.label) + "\", shape=plaintext];";
            default: return " [label=\"" + escaped(node.label) + "\"];";
        }
    }

    BANTER_COLD_DECL void write_nodes(std::size_t box, std::size_t depth) {
        for (const picture::node& node : what_.nodes)
            if (node.box == box) line(depth, node.id + attributes_of(node));
        for (std::size_t inner = 0; inner != what_.boxes.size(); ++inner) {
            if (what_.boxes[inner].box != box) continue;
            line(depth, "subgraph cluster_" + what_.boxes[inner].id + " {");
            line(depth + 1, "label=\"" + escaped(what_.boxes[inner].label) + "\";");
            write_nodes(inner, depth + 1);
            line(depth, "}");
        }
    }

    /// A box's start or end stands for it.
    [[nodiscard]] BANTER_COLD_DECL std::size_t node_for(std::size_t at, bool is_box, bool from) const {
        if (!is_box) return at;
        const picture::node& box = what_.boxes[at];
        const std::size_t wanted = from ? box.finish : box.start;
        const std::size_t other = from ? box.start : box.finish;
        return wanted != picture::nowhere ? wanted : other;
    }

    BANTER_COLD_DECL void write_edge(const picture::edge& one) {
        const std::size_t from = node_for(one.from, one.out_of_box, true);
        const std::size_t to = node_for(one.to, one.into_box, false);
        if (from == picture::nowhere || to == picture::nowhere) return;
        std::string label;
        for (std::size_t i = 0; i != one.lines.size(); ++i) {
            if (i != 0) label += "\\n";
            label += escaped(one.lines[i]);
        }
        line(1, what_.nodes[from].id + " -> " + what_.nodes[to].id + " [label=\"" + label + "\"];");
    }

    const picture& what_;
    std::string out_;
};

BANTER_COLD_DECL std::string draw_dot(flow_descriptions flows) {
    const picture what = picture_painter(flows).take();
    return dot_writer(what).write();
}

}  // namespace banter::detail
