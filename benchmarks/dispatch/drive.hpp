// Feeds updates to a dispatcher, with a network that only counts.
#pragma once

#include "measure.hpp"
#include "updates.hpp"

#include <banter/flow/dispatcher.hpp>
#include <banter/telegram/bot.hpp>
#include <banter/telegram/gateway.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace banter_side {

/// The conversations' handlers count here. One bot at a time is driven.
inline bench::tally counts;

/// Answers every call at once with True.
struct counter_network {
    boost::asio::io_context context{1};
    std::uint64_t calls = 0;

    void start_call(const banter::request&, banter::gateway::call_handler handler) {
        ++calls;
        boost::asio::post(context, [handler = std::move(handler)]() mutable {
            std::move(handler)(boost::system::error_code{},
                               banter::answer{200, R"({"ok":true,"result":true})"});
        });
    }
    void start_wait(std::chrono::nanoseconds, banter::gateway::wait_handler handler) {
        boost::asio::post(context, [handler = std::move(handler)]() mutable {
            std::move(handler)(boost::system::error_code{});
        });
    }
    [[nodiscard]] std::chrono::system_clock::time_point now() const { return {}; }
    boost::asio::any_io_executor get_executor() { return context.get_executor(); }
};

/// A bot of these structs, alone with its counting network.
template <class... Bots>
struct driven {
    counter_network network;
    banter::bot api{banter::gateway(network)};
    banter::dispatcher<Bots...> bot{api, banter::services<>{}};

    driven() { counts = {}; }

    /// Runs `feed`, a coroutine, on the bot's own thread, as its long polling would run, and
    /// returns when it has ended. (Sleeping workers count as work: run() alone would wait for them.)
    template <class Feed>
    void run(Feed feed) {
        std::exception_ptr failure;
        boost::asio::co_spawn(network.context, feed(), [&](std::exception_ptr why) {
            failure = why;
            network.context.stop();
        });
        network.context.run();
        if (failure) std::rethrow_exception(failure);
    }

    /// True if the update is through; else the worker that has it wants to run.
    bool offer(std::string_view json) {
        std::int64_t id = 0;
        const banter::accepted taken = bot.offer(json, id);
        if (taken == banter::accepted::busy) throw std::runtime_error("the bot is full");
        return taken == banter::accepted::done;
    }
    /// Until nothing is in work.
    boost::asio::awaitable<void> settle() {
        while (bot.in_flight() != 0)
            co_await boost::asio::post(network.context, boost::asio::use_awaitable);
    }
};

/// One round on a fresh bot. What no handler counted was dropped. Conversation is the one whose
/// open sessions are counted at the end.
template <class Conversation, class... Bots>
bench::tally drive(const bench::update_set& updates, bench::timing& into, std::size_t round,
                   std::uint64_t* calls = nullptr) {
    driven<Bots...> one;
    one.run([&]() -> boost::asio::awaitable<void> {
        bench::stopwatch watch(into, round, updates.lines.size());
        for (std::size_t i = 0; i != updates.lines.size(); ++i) {
            watch.at(i);
            if (!one.offer(updates.lines[i])) co_await one.settle();
        }
        watch.stop();
    });
    bench::tally out = counts;
    std::uint64_t handled = 0;
    for (const std::uint64_t times : out.times) handled += times;
    out[bench::outcome::dropped] = updates.lines.size() - handled;
    out.active = one.bot.template conversations<Conversation>();
    if (one.bot.counters().failures != 0 || one.bot.counters().unreadable != 0)
        throw std::runtime_error("a handler failed or an update was unreadable");
    if (calls != nullptr) *calls = one.network.calls;
    return out;
}

}  // namespace banter_side
