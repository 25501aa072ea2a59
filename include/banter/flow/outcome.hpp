// What a handler returns: the places it may lead to, as a type.
//
//   waiting_amount            the state to go to, with its data
//   end                       the conversation is over
//   stay, or void             nothing changes
//   next<details, stay>       one of these, decided at run time
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

/// The conversation is over (PTB: ConversationHandler.END).
struct end {};

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
}  // namespace detail

/// A handler that is a coroutine: `static task<end> receipt(...)`. It is an Asio awaitable, so
/// everything in Asio can be awaited in it. Helper coroutines are plain asio::awaitable<T>.
template <class T = void>
using task = boost::asio::awaitable<outcome<T>, boost::asio::any_io_executor>;

}  // namespace banter
