// What the dispatcher has to know of one rule's handler to run it.
#pragma once

#include <banter/flow/model.hpp>

#include <cstddef>
#include <type_traits>

namespace banter::detail {

/// Stands for the state of a handler that asks for none.
struct no_state {};

/// The state a rule stands in; no_state for those that stand in none.
template <class C, bool InState, std::size_t State>
struct state_of_place {
    using type = no_state;
};
template <class C, std::size_t State>
struct state_of_place<C, true, State> {
    using type = typename states_of<C>::template at<State>;
};

template <class C, std::size_t R>
struct handler_info {
    static constexpr auto handler = handler_at<C, R>;
    static constexpr rule_place place = shape<C>::places[R];
    using signature = signature_at<C, R>;
    using targets = targets_of<typename signature::result>;

  private:
    using own = typename state_of_place<C, place.in_state, place.state>::type;

    template <class... Ps>
    static constexpr bool takes(type_list<Ps...>) {
        return (std::is_same_v<Ps, own&> || ...);
    }
    template <class... Ps>
    static constexpr bool looks(type_list<Ps...>) {
        return (std::is_same_v<Ps, const own&> || ...);
    }

  public:
    /// Takes its state by reference: it works on a copy, so that a failure changes nothing.
    static constexpr bool changes_state = takes(typename signature::arguments{});
    static constexpr bool reads_state = looks(typename signature::arguments{});
    // One gets here with a state that cannot be copied and a handler that takes it by reference.
    static_assert(!changes_state || std::is_copy_constructible_v<own>,
                  "[banter C16] a handler that takes its state's data by State& works on a copy, "
                  "so that a failure changes nothing: make the state copyable, or take const "
                  "State&");
    static_assert(!(targets::is_task && reads_state) || std::is_copy_constructible_v<own>,
                  "[banter C16] a coroutine that takes its state's data holds a copy while it "
                  "waits: make the state copyable, or make the handler a plain function");
    /// The state it asks for, or no_state.
    using state = std::conditional_t<changes_state || reads_state, own, no_state>;
};

}  // namespace banter::detail
