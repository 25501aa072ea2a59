// Completes task<T>: how a handler coroutine keeps its result.
//
// task<T> is asio::awaitable<outcome<T>>, and Asio's frame is specialised for outcome<T>, because
// Asio's own frame (1) reads uninitialised memory when a coroutine ends without co_return, and
// (2) answers a wrong co_return with thirty lines from its inside. The specialisation leans on
// detail names of Asio; tests/flow/task.cpp fails where a Boost version changes them. The other
// design, a task type of our own, would need its own await_transform for each Asio operation.
#pragma once

#include <banter/flow/frame_memory.hpp>
#include <banter/flow/handlers.hpp>
#include <banter/flow/outcome.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <type_traits>

namespace banter {

/// Thrown into the error handlers when a handler coroutine ends without co_return.
class missing_co_return : public std::logic_error {
  public:
    missing_co_return()
        : std::logic_error(
              "a handler coroutine ended without co_return: add `co_return stay{};` or the state "
              "it leads to at its end") {}
};

namespace detail {
// Named so that the compiler prints both types.
template <class Declared, class Returned>
inline constexpr bool co_return_matches = std::is_constructible_v<Declared, Returned>;
}  // namespace detail

}  // namespace banter

namespace boost::asio::detail {

template <class T, typename Executor>
class awaitable_frame<banter::outcome<T>, Executor> : public awaitable_frame_base<Executor> {
  public:
    static void* operator new(std::size_t size) {
        return banter::detail::frame_memory::allocate(size);
    }
    static void operator delete(void* memory, std::size_t size) {
        banter::detail::frame_memory::deallocate(memory, size);
    }

    awaitable<banter::outcome<T>, Executor> get_return_object() noexcept {
        this->coro_ = coroutine_handle<awaitable_frame>::from_promise(*this);
        return awaitable<banter::outcome<T>, Executor>(this);
    }

    // With the default, `co_return {}` gives an empty state, as `return {}` does.
    template <class U = T>
    void return_value(U&& value) {
        // One gets here with a co_return of a type that the handler's return type does not list.
        static_assert(banter::detail::co_return_matches<T, U>,
                      "[banter C2] this co_return leads to a place that the handler's return type "
                      "does not name: add it to task<next<...>>, or return one that is listed");
        if constexpr (banter::detail::co_return_matches<T, U>)
            result_.emplace(std::forward<U>(value));
    }

    banter::outcome<T> get() {
        this->caller_ = nullptr;
        this->rethrow_exception();
        if (!result_) throw banter::missing_co_return();
        return banter::outcome<T>(std::move(*result_));
    }

  private:
    std::optional<T> result_;
};

template <typename Executor>
class awaitable_frame<banter::outcome<void>, Executor> : public awaitable_frame_base<Executor> {
  public:
    static void* operator new(std::size_t size) {
        return banter::detail::frame_memory::allocate(size);
    }
    static void operator delete(void* memory, std::size_t size) {
        banter::detail::frame_memory::deallocate(memory, size);
    }

    awaitable<banter::outcome<void>, Executor> get_return_object() noexcept {
        this->coro_ = coroutine_handle<awaitable_frame>::from_promise(*this);
        return awaitable<banter::outcome<void>, Executor>(this);
    }

    void return_void() {}

    banter::outcome<void> get() {
        this->caller_ = nullptr;
        this->rethrow_exception();
        return {};
    }
};

}  // namespace boost::asio::detail
