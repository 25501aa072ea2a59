// The border between the bot and the network: four operations behind function pointers, so that a
// bot's own file compiles no HTTP or TLS code, and a test can stand in for Telegram.
//
// A call is begun with a request and an answer that the caller keeps, and a handler for the error
// alone: the same handler type serves calls and waits. Another signature behind Asio's type erasure
// costs every bot's file some 7 MB and a tenth of a second for each handler it is made from.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/answer.hpp>
#include <banter/telegram/request.hpp>

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <memory>
#include <type_traits>
#include <utility>

namespace banter {

namespace detail {

/// Of a call whose request was given away.
struct kept_call {
    request what;
    answer got;
};
/// Stands for `handler`, whose executor and cancellation slot it has.
template <class Handler>
struct kept_call_handler {
    std::unique_ptr<kept_call> kept;
    Handler handler;
    using cancellation_slot_type = boost::asio::associated_cancellation_slot_t<Handler>;
    cancellation_slot_type get_cancellation_slot() const noexcept {
        return boost::asio::get_associated_cancellation_slot(handler);
    }
    void operator()(boost::system::error_code failure) {
        answer got = std::move(kept->got);
        kept.reset();
        std::move(handler)(failure, std::move(got));
    }
};

/// The other way round, where the answer's place is known.
struct answer_writer {
    using wait_handler = boost::asio::any_completion_handler<void(boost::system::error_code)>;
    answer* got;
    wait_handler handler;
    using cancellation_slot_type = boost::asio::cancellation_slot;
    cancellation_slot_type get_cancellation_slot() const noexcept {
        return handler.get_cancellation_slot();
    }
    void operator()(boost::system::error_code failure, answer result) {
        if (!failure) *got = std::move(result);
        std::move(handler)(failure);
    }
};

}  // namespace detail

/// A reference to whatever carries calls out. It owns nothing: the implementation must live longer
/// than every copy of the gateway and every operation begun through it.
class gateway {
  public:
    using call_handler =
        boost::asio::any_completion_handler<void(boost::system::error_code, answer)>;
    using wait_handler = boost::asio::any_completion_handler<void(boost::system::error_code)>;

    /// `Impl` has
    ///   `void start_call(const request&, answer&, gateway::wait_handler)`,
    ///   `void start_wait(std::chrono::nanoseconds, gateway::wait_handler)`,
    ///   `std::chrono::system_clock::time_point now() const` and
    ///   `boost::asio::any_io_executor get_executor()`.
    /// As everywhere in Asio, a handler is invoked through its associated executor, and never
    /// inside the function that started the operation. Request and answer stay with the caller, who
    /// uses their memory again: both live until the handler has been called or destroyed, and the
    /// answer is written before it is called.
    ///
    /// Instead of the first it may have
    ///   `void start_call(request, gateway::call_handler)`:
    /// it then has a request of its own, and hands the answer to the handler.
    template <class Impl>
        requires(!std::is_base_of_v<gateway, std::remove_const_t<Impl>>)
    explicit gateway(Impl& impl) noexcept : impl_(&impl), operations_(&operations_of<Impl>) {}

    /// Carries a call out. Throws network_error when no answer came.
    boost::asio::awaitable<answer> call(request what) const;

    /// Waits, on the implementation's clock. Throws network_error when the wait was cancelled.
    boost::asio::awaitable<void> wait(std::chrono::nanoseconds duration) const;

    /// The same without coroutines. The caller keeps the request and owns the answer's memory: both
    /// must live until `handler`, which gets the error, has been called or destroyed.
    void start_call(const request& what, answer& got, wait_handler handler) const {
        operations_->start_call(impl_, what, got, std::move(handler));
    }
    /// The same with a request that is given away: `handler` is called with the error and the answer.
    template <class Handler>
    void start_call(request what, Handler handler) const {
        auto kept = std::make_unique<detail::kept_call>();
        detail::kept_call& call = *kept;
        call.what = std::move(what);
        start_call(call.what, call.got,
                   wait_handler(detail::kept_call_handler<Handler>{std::move(kept), std::move(handler)}));
    }
    void start_wait(std::chrono::nanoseconds duration, wait_handler handler) const {
        operations_->start_wait(impl_, duration, std::move(handler));
    }

    /// For implementations: calls the handler through its associated executor (`otherwise` if it has
    /// none), and never inside the caller.
    static void complete(boost::asio::any_io_executor otherwise, wait_handler handler,
                         boost::system::error_code fault);

    /// The time on the implementation's clock, which a test may set.
    std::chrono::system_clock::time_point now() const { return operations_->now(impl_); }

    boost::asio::any_io_executor get_executor() const { return operations_->get_executor(impl_); }

  private:
    struct operations {
        void (*start_call)(void*, const request&, answer&, wait_handler&&);
        void (*start_wait)(void*, std::chrono::nanoseconds, wait_handler&&);
        std::chrono::system_clock::time_point (*now)(const void*);
        boost::asio::any_io_executor (*get_executor)(void*);
    };

    template <class Impl>
    static void start_call_of(void* impl, const request& what, answer& got, wait_handler&& handler) {
        Impl& to = *static_cast<Impl*>(impl);
        if constexpr (requires { to.start_call(what, got, std::move(handler)); })
            to.start_call(what, got, std::move(handler));
        else
            to.start_call(request(what), call_handler(detail::answer_writer{&got, std::move(handler)}));
    }

    template <class Impl>
    static constexpr operations operations_of{
        &start_call_of<Impl>,
        [](void* impl, std::chrono::nanoseconds duration, wait_handler&& handler) {
            static_cast<Impl*>(impl)->start_wait(duration, std::move(handler));
        },
        [](const void* impl) { return static_cast<const Impl*>(impl)->now(); },
        [](void* impl) -> boost::asio::any_io_executor {
            return static_cast<Impl*>(impl)->get_executor();
        }};

    void* impl_;
    const operations* operations_;
};

}  // namespace banter

// Not the allocator: Asio 1.26 destroys a handler before it asks its allocator to free the memory.
template <class Handler, class Default>
struct boost::asio::associated_executor<banter::detail::kept_call_handler<Handler>, Default> {
    using type = associated_executor_t<Handler, Default>;
    static type get(const banter::detail::kept_call_handler<Handler>& of,
                    const Default& instead = {}) noexcept {
        return (get_associated_executor)(of.handler, instead);
    }
};
template <class Default>
struct boost::asio::associated_executor<banter::detail::answer_writer, Default> {
    using type = any_completion_executor;
    static type get(const banter::detail::answer_writer& of, const Default& instead = {}) noexcept {
        return (get_associated_executor)(of.handler, instead);
    }
};

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/gateway.ipp>
#endif
