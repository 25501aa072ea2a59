// What a handler returns: the places it may lead to, as a type.
//
//   waiting_amount            the state to go to, with its data
//   end                       the conversation is over
//   stay, or void             nothing changes
//   back                      the state before, with the data it had then
//   finish<person>            the conversation is over and has a result, for the one it is nested in
//   next<details, stay>       one of these, decided at run time
//   stop<details>             to that place, and handlers of later groups do not see the update
//   task<...>                 any of them from a coroutine
//
// Needs no Asio: a task is only named here. Files that define handler coroutines include
// <banter/banter.hpp> (or <banter/flow/task.hpp>), which completes the type.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>
#include <variant>

namespace boost::asio {
class any_io_executor;
template <typename T, typename Executor>
class awaitable;
}  // namespace boost::asio

namespace banter {

/// The conversation stays in its state (PTB: a callback that returns None).
struct stay {};

/// The conversation goes back to the state it was in before this one, with the data it had when it was
/// left; once more, to the one before that, up to `most_steps_back`. Its prompt is run. Where there is
/// none before, it stays. An entry point begins anew: nothing is before it. To return the state one is
/// in is no step. What was nested in the state before is gone. (PTB: none.)
struct back {};

/// How many states a conversation with `back` remembers; the oldest are forgotten.
inline constexpr int most_steps_back = 16;

/// The conversation is over (PTB: ConversationHandler.END).
struct end {};

/// The conversation is over and has a result: `return finish{person{...}};`. A conversation that is
/// nested in another one hands it to the parent, which binds each kind of result where it mounts the
/// child (`on_result<person>(handler)`, check C12). One that is not nested in any just ends: nobody
/// waits for the result. (PTB: a state of map_to_parent.)
template <class R>
struct finish {
    // A constructor: g++ 12 destroys an aggregate with owning members twice inside coroutines.
    constexpr explicit finish(R value) : result(std::move(value)) {}
    /// A result that says all by its type: `return {};`.
    constexpr finish()
        requires std::is_empty_v<R>
        : result() {}
    R result;
};

/// The set of places a handler may lead to. Holds one of them; converts from each.
template <class... Targets>
class next {
  public:
    template <class Target>
        requires(std::same_as<std::remove_cvref_t<Target>, Targets> || ...)
    constexpr next(Target&& target) : target_(std::forward<Target>(target)) {}

    /// The place that was chosen.
    [[nodiscard]] constexpr std::variant<Targets...>& target() { return target_; }
    [[nodiscard]] constexpr const std::variant<Targets...>& target() const { return target_; }

  private:
    std::variant<Targets...> target_;
};

/// Goes to Target and keeps the update from the groups behind (PTB: ApplicationHandlerStop(state)).
/// `return stop{details{...}}`, or `stop{}` where nothing else changes; among others next<stop<a>, b>.
template <class Target = stay>
class stop {
  public:
    constexpr stop() requires std::default_initializable<Target> = default;
    constexpr stop(Target target) : target_(std::move(target)) {}

    /// The place to go to.
    [[nodiscard]] constexpr Target& target() { return target_; }
    [[nodiscard]] constexpr const Target& target() const { return target_; }

  private:
    Target target_{};
};
stop() -> stop<stay>;

/// The result of a handler coroutine. It converts to the value; it is empty only where the
/// coroutine ended without co_return, which awaiting it reports as an error.
template <class T>
class outcome {
  public:
    explicit outcome(T value) : value_(std::move(value)) {}
    operator T() && { return std::move(value_); }
    [[nodiscard]] T& value() { return value_; }

  private:
    T value_;
};

/// Of a coroutine that returns nothing: it has run to its end.
template <>
class outcome<void> {};

namespace detail {
template <class T>
inline constexpr bool is_next = false;
template <class... Targets>
inline constexpr bool is_next<next<Targets...>> = true;
template <class T>
inline constexpr bool is_finish = false;
template <class R>
inline constexpr bool is_finish<finish<R>> = true;
template <class T>
inline constexpr bool is_stop = false;
template <class Target>
inline constexpr bool is_stop<stop<Target>> = true;

/// Whether what a handler returned is a stop.
template <class T>
constexpr bool says_stop(const T& returned) {
    if constexpr (is_next<T>)
        return std::visit([](const auto& one) { return says_stop(one); }, returned.target());
    else
        return is_stop<T>;
}
}  // namespace detail

/// A handler that is a coroutine: `static task<end> receipt(...)`. It is an Asio awaitable, so
/// everything in Asio can be awaited in it. Helper coroutines are plain asio::awaitable<T>.
template <class T = void>
using task = boost::asio::awaitable<outcome<T>, boost::asio::any_io_executor>;

}  // namespace banter
