#pragma once

#include <banter/telegram/error.hpp>
#include <banter/telegram/gateway.hpp>

#include <boost/asio/append.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace banter {

namespace detail {

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

}  // namespace detail

BANTER_DECL void gateway::complete(boost::asio::any_io_executor otherwise, wait_handler handler,
                                   boost::system::error_code fault) {
    boost::asio::post(otherwise, boost::asio::append(std::move(handler), fault));
}

BANTER_DECL boost::asio::awaitable<answer> gateway::call(request what) const {
    return detail::call_through(*this, std::move(what));
}

BANTER_DECL boost::asio::awaitable<void> gateway::wait(std::chrono::nanoseconds duration) const {
    return detail::wait_through(*this, duration);
}

}  // namespace banter
