// Where a handler coroutine runs. A worker is one of Asio's threads of execution, started once for
// each slot of a dispatcher: it sleeps, and a handler's coroutine is put on top of it and run, as a
// plain function would be, by whoever has the update. Only a coroutine that really waits takes the
// worker along; the worker falls asleep again when it has come to its end.
//
// So an update whose coroutine does not wait costs its frame and no other. Leans on detail names of
// Asio, as task.hpp does; tests/flow/worker.cpp fails where a Boost version changes them.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace banter::detail {
struct worker_link {};
}  // namespace banter::detail

namespace boost::asio::detail {

/// Every awaitable is open to every specialisation of the frame: this one hands out the frame.
template <typename Executor>
class awaitable_frame<banter::detail::worker_link, Executor> {
  public:
    template <class T>
    static awaitable_frame_base<Executor>& of(awaitable<T, Executor>& coroutine) {
        return *coroutine.frame_;
    }
};

/// A worker that sleeps: the owner of its stack of frames.
template <typename Executor>
class awaitable_handler_base<Executor, banter::detail::worker_link>
    : public awaitable_thread<Executor> {
  public:
    using frame = awaitable_frame_base<Executor>;

    explicit awaitable_handler_base(awaitable_thread<Executor>* from)
        : awaitable_thread<Executor>(std::move(*from)) {}

    /// Runs a coroutine on top of the sleeping frame until it ends (true: its result is there) or
    /// waits (false: this has become empty, and the sleeping frame goes on after the coroutine).
    bool run(frame& callee) {
        frame* const sleeping = top();
        sleeping->attach_thread(this);
        callee.push_frame(sleeping);
        do
            top()->resume();
        while (this->bottom_of_stack_.valid() && top() != sleeping);
        if (!this->bottom_of_stack_.valid()) return false;
        sleeping->detach_thread();
        return true;
    }

  private:
    frame* top() { return this->entry_point()->top_of_stack_; }
};

}  // namespace boost::asio::detail

namespace banter::detail {

using sleeping_worker =
    boost::asio::detail::awaitable_handler_base<boost::asio::any_io_executor, worker_link>;

/// Runs a coroutine that was not begun yet; see above.
template <class T>
bool run_on(sleeping_worker& worker, boost::asio::awaitable<T>& coroutine) {
    using access = boost::asio::detail::awaitable_frame<worker_link, boost::asio::any_io_executor>;
    return worker.run(access::of(coroutine));
}

/// What belongs to a coroutine in work: its arguments and itself. It is kept in the worker's frame,
/// and goes with it when an io_context is destroyed while the coroutine waits.
class coroutine_in_work {
  public:
    coroutine_in_work() = default;
    coroutine_in_work(const coroutine_in_work&) = delete;
    coroutine_in_work& operator=(const coroutine_in_work&) = delete;
    ~coroutine_in_work() { clear(); }

    template <class T>
    void hold(T* what, void (*destroy)(void*)) {
        what_ = what;
        destroy_ = destroy;
    }
    template <class T>
    T& get() const {
        return *static_cast<T*>(what_);
    }
    void clear() {
        if (void* const gone = std::exchange(what_, nullptr)) destroy_(gone);
    }

  private:
    void* what_ = nullptr;
    void (*destroy_)(void*) = nullptr;
};

}  // namespace banter::detail
