// A flow that tests itself. Its filters are known, so the library makes updates that satisfy them:
//
//     const auto report = testkit::explore<payment>();
//     INFO(report.to_string());
//     CHECK(report.ok());
//
// Breadth first: for each state, with the shortest path there replayed on a fresh bot, one update of
// each kind that a rule takes and the rules before it leave (solver.hpp), one that no rule takes,
// texts drawn from the patterns' automata, every content of a message, texts of many sorts, the
// buttons that the bot showed, stale data. Then a random walk, which finds what it takes several
// updates in one state to reach; a state that only it reaches is searched as the others were. Time
// passes where a state has a timeout.
//
// States are told apart by their types, not by their data. The same seed gives the same report.
#pragma once

#include <banter/flow/coverage.hpp>
#include <banter/flow/dispatcher.hpp>
#include <banter/flow/rule_watch.hpp>
#include <banter/testkit/app.hpp>
#include <banter/testkit/explore_report.hpp>
#include <banter/testkit/explorer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace banter::testkit {

/// What an exploration tells conversations of: an Event without arguments, or what a test says,
/// template <> inline const paid testkit::example_event<paid>{100}; Events that can be neither are not
/// sent.
template <class Event>
inline const char example_event{};
template <class Event>
    requires std::is_default_constructible_v<Event>
inline const Event example_event<Event>{};

namespace detail {

template <class C>
constexpr bool has_user_in_key() {
    return []<key... Parts>(const banter::detail::key_policy<Parts...>*) {
        return ((Parts == key::user) || ...);
    }(static_cast<const banter::detail::key_of<C>*>(nullptr));
}

/// The place among C's states, from 1, that a conversation is in; 0 if it is not going on.
template <class C, class Dispatcher>
std::size_t state_in(void* at, const telegram::envelope& head) {
    using lookup = session_lookup<C, C>;
    if (!lookup::policy::available(head)) return 0;
    static const lookup sessions = lookup::template in<Dispatcher>();
    const auto key = lookup::policy::of(head).parts;
    for (std::size_t i = 0; i != lookup::states::count; ++i)
        if (sessions.state(at, i, key) != nullptr) return i + 1;
    return 0;
}

template <class C, class Dispatcher, class Event>
void send_example(void* at, const telegram::envelope& head) {
    using lookup = event_lookup<C, Event>;
    using policy = banter::detail::key_of<C>;
    if constexpr (!banter::detail::shape<C>::is_conversation) {
        Event event(example_event<Event>);
        // As if it were about whoever explores.
        if constexpr (requires { event.user_id = head.user_id; }) event.user_id = head.user_id;
        if constexpr (requires { event.chat_id = head.chat_id; }) event.chat_id = head.chat_id;
        (void)static_cast<Dispatcher*>(at)->post(std::move(event));
    } else if (policy::available(head)) {
        lookup::template in<Dispatcher>().send(at, policy::of(head).parts,
                                               Event(example_event<Event>));
    }
}
template <class C, class Dispatcher, class... Events>
std::vector<explored_event> explored_events(banter::detail::type_list<Events...>) {
    std::vector<explored_event> out;
    [[maybe_unused]] const auto add = [&]<class Event>(std::type_identity<Event>) {
        if constexpr (requires { Event(example_event<Event>); })
            out.push_back({banter::detail::type_name_inside<C, Event>,
                           &send_example<C, Dispatcher, Event>});
    };
    (add(std::type_identity<Events>{}), ...);
    return out;
}

template <class C, class Dispatcher, bool Nested>
explored_flow explored() {
    explored_flow out{.mark = &banter::detail::flow_mark<C>,
                      .about = &banter::detail::description_of<C>,
                      .rules = &banter::detail::rules_of<C>,
                      .total = banter::detail::shape<C>::total_states.data(),
                      .nested = Nested};
    if constexpr (!Nested && banter::detail::shape<C>::is_conversation) {
        out.shared = !has_user_in_key<C>();
        out.state_in = &state_in<C, Dispatcher>;
    }
    if constexpr (!Nested)
        out.events = explored_events<C, Dispatcher>(banter::detail::events_of<C>{});
    return out;
}

/// The bots, then what is nested in them.
template <class Dispatcher, class Structs, class... Family>
std::vector<explored_flow> explored_flows(banter::detail::type_list<Family...>) {
    return {explored<Family, Dispatcher, !banter::detail::is_among<Family, Structs>>()...};
}

template <class Services, class Dispatcher>
struct explored_maker {
    using given_services = Services;

    static void* make(void* services, app_core& core, banter::detail::rule_watch& watch) {
        dispatcher_options options;
        options.log = core.error_log();
        return std::apply(
            [&](auto&... given) -> void* {
                auto* const made =
                    new Dispatcher(core.api(), banter::services(given..., watch), options);
                core.serve(net::sink_of(*made));
                return made;
            },
            *static_cast<Services*>(services));
    }
    static void destroy(void* dispatcher) { delete static_cast<Dispatcher*>(dispatcher); }
    static std::uint64_t failures(void* dispatcher) {
        return static_cast<Dispatcher*>(dispatcher)->counters().failures;
    }
    static std::size_t in_flight(void* dispatcher) {
        return static_cast<Dispatcher*>(dispatcher)->in_flight();
    }
};

template <class... Bots, class... Services>
explore_report explore_with(const explore_options& options, std::tuple<Services&...> given) {
    using dispatcher =
        basic_dispatcher<services<Services..., banter::detail::rule_watch>, Bots...>;
    using structs = banter::detail::structs_in<Bots...>;
    using family = typename banter::detail::closure<banter::detail::type_list<>, structs>::type;
    using maker = explored_maker<std::tuple<Services&...>, dispatcher>;
    const explored_bot bot{&given, &maker::make, &maker::destroy, &maker::failures,
                           &maker::in_flight,
                           explored_flows<dispatcher, structs>(family{})};
    return explore(bot, options);
}

}  // namespace detail

/// Explores a bot that needs nothing from outside.
template <bot_item... Bots>
    requires(sizeof...(Bots) != 0)
[[nodiscard]] explore_report explore(const explore_options& options = {}) {
    return detail::explore_with<Bots...>(options, std::tuple<>());
}

/// The same with what handlers need: explore<payment>(services(database), options). Each path begins
/// with a fresh bot, but with the same services: options.reset sets them back.
template <bot_item... Bots, class... Services>
    requires(sizeof...(Bots) != 0)
[[nodiscard]] explore_report explore(const services<Services...>& given,
                                     const explore_options& options = {}) {
    return detail::explore_with<Bots...>(
        options, std::tuple<Services&...>(given.template get<Services>()...));
}

}  // namespace banter::testkit
