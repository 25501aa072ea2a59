// Bodies of testkit/explore_report.hpp.
#pragma once

#include <banter/testkit/explore_report.hpp>

#include <algorithm>

namespace banter::testkit {

BANTER_DECL bool explore_report::ok() const {
    return failures.empty() && unrepeatable.empty() &&
           std::ranges::all_of(handlers, [](const auto& one) { return one.runs != 0; }) &&
           std::ranges::all_of(states, [](const auto& one) { return one.reached != 0; }) &&
           std::ranges::none_of(swallowed, [](const auto& one) { return one.wrong; });
}

BANTER_DECL std::size_t explore_report::edges_taken() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(edges, [](const auto& one) { return one.taken != 0; }));
}

BANTER_DECL bool explore_report::all_edges() const { return edges_taken() == edges.size(); }

BANTER_DECL bool explore_report::ran(std::string_view handler) const {
    return std::ranges::any_of(
        handlers, [&](const auto& one) { return one.name == handler && one.runs != 0; });
}

BANTER_DECL bool explore_report::took(std::string_view from, std::string_view handler,
                                      std::string_view to) const {
    return std::ranges::any_of(edges, [&](const auto& one) {
        return one.taken != 0 && one.edge.from == from && one.edge.handler == handler &&
               one.edge.to == to;
    });
}

namespace detail {

BANTER_DECL std::string in_words(const explored_path& path) {
    std::string out;
    for (const std::string& step : path) (out += out.empty() ? "" : ", ") += step;
    return out.empty() ? "at the start" : out;
}

BANTER_DECL std::string in_words(const flow_edge& edge) {
    std::string from(edge.from);
    if (from.empty())
        from = edge.kind == edge_kind::entry    ? "entry point"
               : edge.kind == edge_kind::global ? "any state, first"
                                                : "any state, otherwise";
    return from + " --" + std::string(edge.handler.empty() ? "nested" : edge.handler) + "--> " +
           std::string(edge.to);
}

/// A heading and its lines; nothing without lines.
class report_part {
  public:
    report_part(std::string& out, std::string_view heading) : out_(out), heading_(heading) {}
    void line(const std::string& text) {
        if (!begun_) out_.append(heading_) += ":\n";
        begun_ = true;
        out_ += "  " + text + '\n';
    }

  private:
    std::string& out_;
    std::string_view heading_;
    bool begun_ = false;
};

}  // namespace detail

BANTER_DECL std::string explore_report::to_string() const {
    const auto number = [](auto value) { return std::to_string(value); };
    const auto run = std::ranges::count_if(handlers, [](const auto& one) { return one.runs != 0; });
    const auto seen =
        std::ranges::count_if(states, [](const auto& one) { return one.reached != 0; });
    std::string out = number(run) + " of " + number(handlers.size()) + " handlers, " +
                      number(edges_taken()) + " of " + number(edges.size()) + " edges, " +
                      number(seen) + " of " + number(states.size()) + " states; " +
                      number(updates) + " updates on " + number(paths) + " paths\n";
    const auto inside = [](std::string_view conversation, std::string_view what) {
        return std::string(conversation) + "::" + std::string(what);
    };

    detail::report_part failed(out, "failures");
    for (const auto& one : failures)
        failed.line(one.what + "\n    after: " + detail::in_words(one.path));
    detail::report_part never(out, "handlers that never ran");
    for (const auto& one : handlers)
        if (one.runs == 0) never.line(inside(one.conversation, one.name) + ", " + one.rule);
    detail::report_part unseen(out, "states that were not reached");
    for (const auto& one : states)
        if (one.reached == 0) unseen.line(inside(one.conversation, one.name));
    detail::report_part untaken(out, "edges that were not taken");
    for (const auto& one : edges)
        if (one.taken == 0)
            untaken.line(std::string(one.conversation) + ": " + detail::in_words(one.edge));
    detail::report_part silent(out, "taken by no rule, for example");
    for (const auto& one : swallowed)
        silent.line(one.where + ": " + one.update + (one.wrong ? " (must be answered)" : ""));
    detail::report_part dead(out, "buttons that were pressed and did nothing");
    for (const auto& one : dead_buttons) dead.line(one.where + ": " + one.button);
    detail::report_part odd(out, "led elsewhere the second time (see options.reset)");
    if (!unrepeatable.empty()) odd.line(detail::in_words(unrepeatable));
    return out;
}

}  // namespace banter::testkit
