// Feeds updates to a dispatcher, with a network that only counts.
#pragma once

#include "measure.hpp"
#include "player.hpp"
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
#include <memory>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace banter_side {

/// The conversations' handlers count here. One bot at a time is driven.
inline bench::tally counts;

/// Answers every call at once with True. It allocates nothing of its own: what is counted is the
/// library's.
struct counter_network {
    boost::asio::io_context context{1};
    std::uint64_t calls = 0;

    struct completion {
        banter::gateway::wait_handler handler;
        using allocator_type = banter::gateway::wait_handler::allocator_type;
        allocator_type get_allocator() const noexcept { return handler.get_allocator(); }
        void operator()() { std::move(handler)(boost::system::error_code{}); }
    };

    void start_call(const banter::request&, banter::answer& got,
                    banter::gateway::wait_handler handler) {
        ++calls;
        got.status = 200;
        got.body = R"({"ok":true,"result":true})";
        boost::asio::post(context, completion{std::move(handler)});
    }
    void start_wait(std::chrono::nanoseconds, banter::gateway::wait_handler handler) {
        boost::asio::post(context, completion{std::move(handler)});
    }
    [[nodiscard]] std::chrono::system_clock::time_point now() const { return {}; }
    boost::asio::any_io_executor get_executor() { return context.get_executor(); }
};

/// A bot of these structs, alone with its counting network.
template <class... Bots>
struct driven {
    counter_network network;
    banter::bot api{banter::gateway(network)};
    // The hand-written bots answer no presses either.
    banter::dispatcher<Bots...> bot{api, banter::services<>{}, {.answer_presses = false}};
    bench::tally counted{};
    std::uint64_t offered = 0;
    std::uint64_t allocated = 0;  // from the first to the last update of each block

    /// True if the update is through; else the worker that has it wants to run.
    bool offer(std::string_view json) {
        ++offered;
        std::int64_t id = 0;
        const banter::accepted taken = bot.offer(json, id);
        if (taken == banter::accepted::busy) throw std::runtime_error("the bot is full");
        return taken == banter::accepted::done;
    }

    /// Offers them from a coroutine on the bot's own thread, as long polling does. (Sleeping
    /// workers count as work: run() alone would wait for them.)
    void play(std::span<const std::string_view> lines) {
        std::exception_ptr failure;
        std::swap(counts, counted);
        network.context.restart();
        boost::asio::co_spawn(network.context, feed(lines), [&](std::exception_ptr why) {
            failure = why;
            network.context.stop();
        });
        network.context.run();
        std::swap(counts, counted);
        if (failure) std::rethrow_exception(failure);
    }

    /// What no handler counted was dropped. Conversation is the one whose sessions are counted.
    template <class Conversation>
    [[nodiscard]] bench::tally tally() const {
        if (bot.counters().failures != 0 || bot.counters().unreadable != 0)
            throw std::runtime_error("a handler failed or an update was unreadable");
        bench::tally out = counted;
        std::uint64_t handled = 0;
        for (const std::uint64_t times : out.times) handled += times;
        out[bench::outcome::dropped] = offered - handled;
        out.active = bot.template conversations<Conversation>();
        return out;
    }

  private:
    boost::asio::awaitable<void> feed(std::span<const std::string_view> lines) {
        const std::uint64_t before = bench::allocations();
        for (const std::string_view line : lines) {
            if (offer(line)) continue;
            while (bot.in_flight() != 0)
                co_await boost::asio::post(network.context, boost::asio::use_awaitable);
        }
        allocated += bench::allocations() - before;
    }
};

template <class Conversation, class... Bots>
bench::player player_of() {
    const auto one = std::make_shared<driven<Bots...>>();
    return {[one](std::span<const std::string_view> lines) { one->play(lines); },
            [one] { return one->template tally<Conversation>(); },
            [one] { return one->network.calls; }, [one] { return one->allocated; }};
}

}  // namespace banter_side
