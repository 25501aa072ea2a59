// The border between the bot and the network: four operations behind function pointers, so that a
// bot's own file compiles no HTTP or TLS code, and a test can stand in for Telegram.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/answer.hpp>
#include <banter/telegram/request.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <type_traits>
#include <utility>

namespace banter {

/// A reference to whatever carries calls out. It owns nothing: the implementation must live longer
/// than every copy of the gateway and every operation begun through it.
class gateway {
  public:
    using call_handler =
        boost::asio::any_completion_handler<void(boost::system::error_code, answer)>;
    using wait_handler = boost::asio::any_completion_handler<void(boost::system::error_code)>;

    /// `Impl` has
    ///   `void start_call(request, gateway::call_handler)`,
    ///   `void start_wait(std::chrono::nanoseconds, gateway::wait_handler)`,
    ///   `std::chrono::system_clock::time_point now() const` and
    ///   `boost::asio::any_io_executor get_executor()`.
    /// As everywhere in Asio, a handler is invoked through its associated executor, and never
    /// inside the function that started the operation.
    ///
    /// It may have, beside or instead of the first,
    ///   `void start_call(const request&, answer&, gateway::wait_handler)`:
    /// request and answer then stay with the caller, who uses their memory again. Both live until
    /// the handler has been called or destroyed, and the answer is written before it is called.
    template <class Impl>
        requires(!std::is_base_of_v<gateway, std::remove_const_t<Impl>>)
    explicit gateway(Impl& impl) noexcept : impl_(&impl), operations_(&operations_of<Impl>) {}

    /// Carries a call out. Throws network_error when no answer came.
    boost::asio::awaitable<answer> call(request what) const;

    /// Waits, on the implementation's clock. Throws network_error when the wait was cancelled.
    boost::asio::awaitable<void> wait(std::chrono::nanoseconds duration) const;

    /// The same without coroutines: `handler` is called with the error or the answer.
    void start_call(request what, call_handler handler) const {
        operations_->start_call(impl_, std::move(what), std::move(handler));
    }
    /// The same, where the caller keeps the request and owns the answer's memory: both must live
    /// until `handler` has been called or destroyed.
    void start_call(const request& what, answer& got, wait_handler handler) const {
        operations_->start_kept_call(impl_, what, got, std::move(handler));
    }
    void start_wait(std::chrono::nanoseconds duration, wait_handler handler) const {
        operations_->start_wait(impl_, duration, std::move(handler));
    }

    /// For implementations of the second shape: carries a call of the first out, by keeping the
    /// request and the answer until it is over.
    static void keep_and_call(gateway net, request what, call_handler handler);

    /// The time on the implementation's clock, which a test may set.
    std::chrono::system_clock::time_point now() const { return operations_->now(impl_); }

    boost::asio::any_io_executor get_executor() const { return operations_->get_executor(impl_); }

  private:
    struct operations {
        void (*start_call)(void*, request&&, call_handler&&);
        void (*start_kept_call)(void*, const request&, answer&, wait_handler&&);
        void (*start_wait)(void*, std::chrono::nanoseconds, wait_handler&&);
        std::chrono::system_clock::time_point (*now)(const void*);
        boost::asio::any_io_executor (*get_executor)(void*);
    };

    /// A handler that puts the answer where it belongs before it calls `handler`.
    static call_handler answer_into(answer& got, wait_handler&& handler);
    template <class Impl>
    static void start_moved_call(void* impl, request&& what, call_handler&& handler) {
        Impl& to = *static_cast<Impl*>(impl);
        if constexpr (requires { to.start_call(std::move(what), std::move(handler)); })
            to.start_call(std::move(what), std::move(handler));
        else
            keep_and_call(gateway(to), std::move(what), std::move(handler));
    }
    template <class Impl>
    static void start_kept_call(void* impl, const request& what, answer& got,
                                wait_handler&& handler) {
        Impl& to = *static_cast<Impl*>(impl);
        if constexpr (requires { to.start_call(what, got, std::move(handler)); })
            to.start_call(what, got, std::move(handler));
        else
            to.start_call(request(what), answer_into(got, std::move(handler)));
    }

    template <class Impl>
    static constexpr operations operations_of{
        &start_moved_call<Impl>, &start_kept_call<Impl>,
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

} // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/telegram/impl/gateway.ipp>
#endif
