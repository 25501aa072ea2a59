// A conversation as a text, with all that it needs to go on: the state and its data, what is nested in it,
// when its timeouts fall due, the states before, whom it speaks to. States are known by their names.
#pragma once

#include <banter/flow/sessions.hpp>
#include <banter/flow/stored_value.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace banter::detail {

// ---- a state: its name, its data ----

template <class State>
constexpr std::string_view stored_state_name() {
    if constexpr (std::is_same_v<State, std::monostate>)
        return "";
    else
        return state_name<State>;
}

template <class... States>
void write_state(json_writer& to, const std::variant<States...>& state) {
    to.begin_array();
    std::visit(
        [&]<class State>(const State& held) {
            to.string(stored_state_name<State>());
            write_value(to, held);
        },
        state);
    to.end_array();
}

template <class... States>
void read_state(stored_json from, std::variant<States...>& into) {
    from.require_size(2);
    const std::string_view name = from[0].text();
    const auto read = [&]<class State>(std::type_identity<State>) {
        if (stored_state_name<State>() != name) return false;
        into.template emplace<State>(read_value<State>(from[1]));
        return true;
    };
    if (!(read(std::type_identity<States>{}) || ...))
        refuse_stored("there is no state called '" + std::string(name) + "'");
}

// ---- a session: state, timeouts, states before, what is nested ----

template <class C>
void write_session(json_writer& to, session<C>& in) {
    to.begin_array();
    write_state(to, in.state);
    if constexpr (shape<C>::timeouts != 0) write_value(to, in.due.at);
    if constexpr (leads_back<C>) {
        to.begin_array();
        for (const auto& one : in.past.states) write_state(to, one);
        to.end_array();
    }
    if constexpr (shape<C>::mounts != 0)
        for_each_mount<C>([&]<std::size_t Mount>() {
            auto& nested = in.nested.template slot<Mount>().going_on;
            to.begin_array();
            if (nested) write_session(to, *nested);
            to.end_array();
        });
    to.end_array();
}

template <class C>
void read_session(stored_json from, session<C>& into) {
    std::size_t part = 0;
    read_state(from[part++], into.state);
    if constexpr (shape<C>::timeouts != 0)
        into.due.at = read_value<decltype(into.due.at)>(from[part++]);
    if constexpr (leads_back<C>) {
        const stored_json past = from[part++];
        for (std::size_t i = 0; i != past.size(); ++i)
            read_state(past[i], into.past.states.emplace_back());
    }
    if constexpr (shape<C>::mounts != 0)
        for_each_mount<C>([&]<std::size_t Mount>() {
            const stored_json nested = from[part++];
            if (nested.size() != 0)
                read_session(nested[0], into.nested.template slot<Mount>().going_on.emplace());
        });
    from.require_size(part);
}

// ---- the session of a bot struct ----

template <class C>
std::string session_text(root_session<C>& in) {
    std::string out;
    json_writer to(out);
    to.begin_array();
    write_session<C>(to, in);
    if constexpr (family_runs_by_itself<C>()) write_value(to, in.address);
    if constexpr (has_stale_policy<C>) write_value(to, static_cast<latest_keyboard<C>&>(in));
    to.end_array();
    return out;
}

template <class C>
root_session<C> session_in(std::string_view text) {
    const owned_json parsed = parse_stored(text);
    const stored_json from(parsed.value());
    root_session<C> out;
    std::size_t part = 0;
    read_session<C>(from[part++], out);
    if constexpr (family_runs_by_itself<C>()) out.address = read_value<update_address>(from[part++]);
    if constexpr (has_stale_policy<C>)
        static_cast<latest_keyboard<C>&>(out) = read_value<latest_keyboard<C>>(from[part++]);
    from.require_size(part);
    return out;
}

}  // namespace banter::detail
