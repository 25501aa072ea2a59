// A flow as a table: its states and rules by name, as constant values. Diagrams are drawn from it,
// and a test can look at it:
//
//   static_assert(flow_states<payment>[0] == "waiting_amount");
//   static_assert(flow_edges<payment>[0].to == "waiting_amount");
#pragma once

#include <banter/array_view.hpp>
#include <banter/flow/model.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace banter {
namespace detail {

// ---- names ----

/// A name without the function or the unnamed namespace it is local to.
constexpr std::string_view global_name(std::string_view name) {
    const std::string_view before_arguments = name.substr(0, name.find('<'));
    for (const std::string_view local : {")::", "}::"})
        if (const std::size_t at = before_arguments.rfind(local); at != std::string_view::npos)
            name = name.substr(at + local.size());
    return name;
}

template <class C>
inline constexpr std::string_view full_flow_name = global_name(type_name<C>());
template <class C>
inline constexpr std::string_view flow_name =
    full_flow_name<C>.substr(last_part_of(full_flow_name<C>));

/// A name as seen from C: without C's own, or without the scope that C is in.
template <class C>
constexpr std::string_view name_inside(std::string_view name) {
    name = global_name(name);
    constexpr std::string_view outer = full_flow_name<C>;
    constexpr std::string_view scope = outer.substr(0, last_part_of(outer));
    if (name.starts_with(outer) && name.substr(outer.size()).starts_with("::"))
        return name.substr(outer.size() + 2);
    return name.starts_with(scope) ? name.substr(scope.size()) : name;
}

template <class C, class T>
inline constexpr std::string_view type_name_inside = name_inside<C>(state_name<T>);

template <class C, std::size_t I>
constexpr std::string_view rule_name() {
    if constexpr (is_mount<rule_type<C, I>>) {
        return {};
    } else {
        // g++ 12 names neither a lambda nor a function of a local struct.
        constexpr std::string_view name = handler_name<C, I>();
        if (name == type_name<C>())
            return name.find(")::") == std::string_view::npos ? "lambda" : std::string_view();
        for (const std::string_view lambda : {"lambda", "__invoke", "_FUN"})
            if (name.find(lambda) != std::string_view::npos) return "lambda";
        return name_inside<C>(name);
    }
}

// ---- the table ----

struct flow_description;

struct rule_description {
    section where = section::entry;              // of an event's: the list it stands in
    std::uint16_t state = 0;                     // where in_state
    bool in_state = false;
    bool from_outside = false;                   // of entry points and their results
    bool ends = false;                           // by `end`, without a result
    bool backs = false;                          // to the state before
    bool stays = false;
    array_view<std::uint16_t> targets{};    // states
    std::span<const std::string_view> results{}; // it may finish with
    array_view<filter_node> filter{};
    std::string_view handler{};
    std::string_view result{};                   // of on_result, on_error: what it takes
    std::string_view event{};                    // of on_event: what it takes
    std::chrono::milliseconds delay{};           // of a timeout
    // Under g++'s sanitizers no constant expression may ask whether a pointer is null.
    bool mount = false;
    const flow_description* child = nullptr;     // of a mount

    [[nodiscard]] constexpr std::size_t targets_in_all() const {
        if (mount) return 1;
        return targets.size() + (ends || !results.empty() ? 1U : 0U) + (backs ? 1U : 0U) +
               (stays && where != section::error ? 1U : 0U);
    }
};

struct flow_description {
    std::string_view name;
    std::span<const std::string_view> states;
    array_view<rule_description> rules;
    bool is_conversation;
    bool reentry;
};

template <class C, class List>
struct names_of;
template <class C, class... Ts>
struct names_of<C, type_list<Ts...>> {
    static constexpr std::array<std::string_view, sizeof...(Ts) + 1> with_one_more{
        type_name_inside<C, Ts>..., std::string_view{}};
    static constexpr std::span<const std::string_view> value{with_one_more.data(), sizeof...(Ts)};
};

template <class C>
constexpr flow_description described();

template <class C>
inline constexpr flow_description description_of = described<C>();

template <class Rule>
struct child_description {
    static constexpr const flow_description* value = nullptr;
};
template <class Child, class... Bindings>
struct child_description<nest_rule<Child, Bindings...>> {
    static constexpr const flow_description* value = &description_of<Child>;
};

template <class C, std::size_t I>
constexpr rule_description described_rule() {
    using rule = rule_type<C, I>;
    constexpr const rule_facts& known = facts_at<C, I>;
    rule_description out{.where = known.where,
                         .state = known.state,
                         .in_state = known.in_state,
                         .from_outside = known.list == section::entry,
                         .handler = rule_name<C, I>(),
                         .mount = known.mount,
                         .child = child_description<rule>::value};
    if constexpr (!is_mount<rule>) {
        using targets = typename targets_of<typename signature_at<C, I>::result>::type;
        using results = typename results_in<targets>::type;
        out.ends = is_among<end, targets>;
        out.backs = known.backs;
        out.stays = is_among<stay, targets>;
        out.targets = {known.targets, known.target_count};
        if constexpr (results::size != 0) out.results = names_of<C, results>::value;
    }
    if constexpr (requires { typename rule::result_type; })
        out.result = type_name_inside<C, typename rule::result_type>;
    if constexpr (known.where == section::event) {
        out.where = known.list;
        out.event = type_name_inside<C, typename rule::event_type>;
    }
    if constexpr (!std::is_void_v<typename caught_by<rule>::type>)
        out.result = type_name_inside<C, typename caught_by<rule>::type>;
    if constexpr (known.where == section::timeout)
        out.delay = rule_at<C, I>.delay;
    else
        out.filter = rule_program<filter_at<C, I>>;
    return out;
}

template <class C>
inline constexpr auto rule_descriptions = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<rule_description, sizeof...(I)>{described_rule<C, I>()...};
}(std::make_index_sequence<shape<C>::rule_count>{});

template <class C>
constexpr flow_description described() {
    return {.name = flow_name<C>,
            .states = names_of<C, typename states_of<C>::list>::value,
            .rules = rule_descriptions<C>,
            .is_conversation = shape<C>::is_conversation,
            .reentry = shape<C>::reentry};
}

}  // namespace detail

// ---- for tests ----

/// Why an edge is there: the list its rule stands in, or what the rule is.
enum class edge_kind : std::uint8_t {
    entry,       ///< an entry point; with handlers(...), every rule
    transition,  ///< a rule of a state
    fallback,
    global,
    timeout,     ///< after(...)
    nested,      ///< nest<...>: `to` is the nested conversation
    result,      ///< on_result<...>
    event,       ///< on_event<...>
    error,       ///< on_error(...), in a conversation
};

/// One way that a conversation may go.
struct flow_edge {
    /// A state; empty where the rule stands in none: entry points, fallbacks, globals.
    std::string_view from;
    /// A state, "end" (finish<...> too), "back", or "stay" (void too).
    std::string_view to;
    /// The function's name, without the conversation's; "lambda" for one. Empty for nest<...>.
    std::string_view handler;
    edge_kind kind;
    bool operator==(const flow_edge&) const = default;
};

/// The names of C's states, in the order of its flow, without the conversation's own name.
template <has_flow C>
inline constexpr auto flow_states = [] {
    std::array<std::string_view, detail::states_of<C>::count> out{};
    for (std::size_t i = 0; i != out.size(); ++i) out[i] = detail::description_of<C>.states[i];
    return out;
}();

namespace detail {
constexpr edge_kind edge_kind_of(const rule_description& rule) {
    if (rule.mount) return edge_kind::nested;
    if (!rule.event.empty()) return edge_kind::event;
    switch (rule.where) {
        case section::global: return edge_kind::global;
        case section::entry: return edge_kind::entry;
        case section::fallback: return edge_kind::fallback;
        case section::timeout: return edge_kind::timeout;
        case section::result: return edge_kind::result;
        case section::error: return edge_kind::error;
        default: return edge_kind::transition;
    }
}
}  // namespace detail

/// All ways that C's rules may go, in the order of its flow: of each rule those to states, to the
/// end, and back to where it was. Of error handlers only those that lead elsewhere count.
template <has_flow C>
inline constexpr auto flow_edges = [] {
    constexpr auto& flow = detail::description_of<C>;
    constexpr std::size_t count = [] {
        std::size_t all = 0;
        for (const auto& rule : detail::description_of<C>.rules) all += rule.targets_in_all();
        return all;
    }();
    std::array<flow_edge, count> out{};
    std::size_t at = 0;
    for (const auto& rule : flow.rules) {
        const auto add = [&](std::string_view to) {
            out[at++] = {rule.in_state ? flow.states[rule.state] : std::string_view{}, to,
                         rule.handler, detail::edge_kind_of(rule)};
        };
        if (rule.mount) {
            add(rule.child->name);
            continue;
        }
        for (const std::uint16_t target : rule.targets) add(flow.states[target]);
        if (rule.ends || !rule.results.empty()) add("end");
        if (rule.backs) add("back");
        if (rule.stays && rule.where != detail::section::error) add("stay");
    }
    return out;
}();

/// The kinds of updates that some rule of the bot may take, by the Bot API's names and in its order:
/// what getUpdates and setWebhook want as allowed_updates. A std::span<const std::string_view>.
template <bot_item... Bots>
inline constexpr std::span<const std::string_view> allowed_updates =
    detail::allowed_names<Bots...>.view();

}  // namespace banter
