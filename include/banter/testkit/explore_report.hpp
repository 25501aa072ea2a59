// What an exploration has found (explore.hpp).
#pragma once

#include <banter/config.hpp>
#include <banter/flow/description.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace banter::testkit {

/// What a user did, one entry for each step: `"/pay"`, `"100"`, `press "bank_1"`, `photo`. With more
/// than one user: `Bob: "100"`.
using explored_path = std::vector<std::string>;

/// An edge of a flow, and how often it was taken.
struct explored_edge {
    std::string_view conversation;
    flow_edge edge;
    std::size_t taken = 0;
};

/// A rule and how often its handler ran. Error handlers are not among them, nor nested conversations,
/// whose own rules are.
struct explored_handler {
    std::string_view conversation;
    std::string_view name;  ///< as in flow_edges
    std::string rule;       ///< what it takes, and where: `"/pay", as an entry point`
    std::size_t runs = 0;
};

struct explored_state {
    std::string_view conversation;
    std::string_view name;
    std::size_t reached = 0;
    explored_path path;  ///< the shortest that led there
};

/// An exception or a failed effect, and the shortest path that led there. A path that the random walk
/// found has no step that could be left out.
struct explored_failure {
    std::string what;
    explored_path path;
};

/// An update that no rule took.
struct explored_silence {
    std::string where;   ///< the states: "in payment::waiting_details", "outside"
    std::string update;
    bool wrong = false;  ///< there, everything must be answered: total, or the option
};

/// A button that the bot showed and that no rule took when it was pressed: it does nothing.
struct dead_button {
    std::string where;
    std::string button;
};

struct explore_report {
    std::vector<explored_edge> edges;
    std::vector<explored_handler> handlers;
    std::vector<explored_state> states;
    std::vector<explored_failure> failures;
    std::vector<explored_silence> swallowed;   ///< the first in each state
    std::vector<dead_button> dead_buttons;
    /// A path after which the bot was elsewhere the second time; empty if there is none. Something
    /// outlived the first time: options.reset is for that.
    explored_path unrepeatable;
    std::size_t updates = 0;  ///< sent, those of replayed paths among them
    std::size_t paths = 0;    ///< bots that were started

    /// Every handler ran, every state was reached, nothing failed, no silence was wrong.
    [[nodiscard]] bool ok() const;
    /// Every edge was taken: what depends on particular texts may need options.texts.
    [[nodiscard]] bool all_edges() const;
    [[nodiscard]] std::size_t edges_taken() const;
    /// Whether a handler of this name ran, whether such an edge was taken.
    [[nodiscard]] bool ran(std::string_view handler) const;
    [[nodiscard]] bool took(std::string_view from, std::string_view handler,
                            std::string_view to) const;
    /// All of it, to be read.
    [[nodiscard]] std::string to_string() const;
};

}  // namespace banter::testkit

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/explore_report.ipp>
#endif
