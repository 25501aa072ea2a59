#pragma once

#include <banter/telegram/error.hpp>
#include <banter/telegram/gateway.hpp>

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>

namespace banter {

namespace detail {

/// Handlers that stand for another: executor and cancellation slot are the other's.
struct answer_writer {
    answer* got;
    gateway::wait_handler handler;
    using cancellation_slot_type = boost::asio::cancellation_slot;
    cancellation_slot_type get_cancellation_slot() const noexcept {
        return handler.get_cancellation_slot();
    }
    void operator()(boost::system::error_code failure, answer result) {
        if (!failure)
            *got = std::move(result);
        std::move(handler)(failure);
    }
};

struct kept_call {
    request what;
    answer got;
};
struct kept_call_handler {
    std::unique_ptr<kept_call> kept;
    gateway::call_handler handler;
    using cancellation_slot_type = boost::asio::cancellation_slot;
    cancellation_slot_type get_cancellation_slot() const noexcept {
        return handler.get_cancellation_slot();
    }
    void operator()(boost::system::error_code failure) {
        answer got = std::move(kept->got);
        kept.reset();
        std::move(handler)(failure, std::move(got));
    }
};

/// Initiations are named classes: g++ 12 miscompiles lambdas inside a co_await expression.
struct start_call_initiation {
    gateway net;
    const request* what;
    answer* got;
    template <class Handler> void operator()(Handler&& handler) const {
        net.start_call(*what, *got, gateway::wait_handler(std::forward<Handler>(handler)));
    }
};

struct start_wait_initiation {
    gateway net;
    std::chrono::nanoseconds duration;
    template <class Handler> void operator()(Handler&& handler) const {
        net.start_wait(duration, gateway::wait_handler(std::forward<Handler>(handler)));
    }
};

// The coroutines hold a gateway of their own: the one that was called may be a temporary.
BANTER_DECL boost::asio::awaitable<void> exchange(gateway net, const request& what, answer& got) {
    boost::system::error_code failure;
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failure);
    start_call_initiation initiation{net, &what, &got};
    co_await boost::asio::async_initiate<decltype(token), void(boost::system::error_code)>(
        initiation, token);
    if (failure)
        throw network_error(what.method, failure);
}

BANTER_DECL boost::asio::awaitable<answer> call_through(gateway net, request what) {
    answer got;
    co_await exchange(net, what, got);
    co_return got;
}

BANTER_DECL boost::asio::awaitable<void> wait_through(gateway net,
                                                      std::chrono::nanoseconds duration) {
    boost::system::error_code failure;
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failure);
    start_wait_initiation initiation{net, duration};
    co_await boost::asio::async_initiate<decltype(token), void(boost::system::error_code)>(
        initiation, token);
    if (failure)
        throw network_error("wait", failure);
}

} // namespace detail

BANTER_DECL gateway::call_handler gateway::answer_into(answer& got, wait_handler&& handler) {
    return call_handler(detail::answer_writer{&got, std::move(handler)});
}

BANTER_DECL void gateway::keep_and_call(gateway net, request what, call_handler handler) {
    auto kept = std::make_unique<detail::kept_call>();
    detail::kept_call& call = *kept;
    call.what = std::move(what);
    net.start_call(call.what, call.got,
                   wait_handler(detail::kept_call_handler{std::move(kept), std::move(handler)}));
}

BANTER_DECL boost::asio::awaitable<answer> gateway::call(request what) const {
    return detail::call_through(*this, std::move(what));
}

BANTER_DECL boost::asio::awaitable<void> gateway::wait(std::chrono::nanoseconds duration) const {
    return detail::wait_through(*this, duration);
}

} // namespace banter

// Not the allocator: Asio 1.26 destroys a handler before it asks its allocator to free the memory.
namespace boost::asio {

template <class Default>
struct associated_executor<banter::detail::answer_writer, Default> {
    using type = any_completion_executor;
    static type get(const banter::detail::answer_writer& of, const Default& instead = {}) noexcept {
        return (get_associated_executor)(of.handler, instead);
    }
};

template <class Default>
struct associated_executor<banter::detail::kept_call_handler, Default> {
    using type = any_completion_executor;
    static type get(const banter::detail::kept_call_handler& of,
                    const Default& instead = {}) noexcept {
        return (get_associated_executor)(of.handler, instead);
    }
};

}  // namespace boost::asio
