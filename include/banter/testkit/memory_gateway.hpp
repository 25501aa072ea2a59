// A gateway without a network: the bot's calls go straight into a fake Telegram, and time is simulated.
// Nothing sleeps: `advance` moves the clock and completes the waits that fall due, in their order.
//
//     world telegram;
//     memory_gateway network(telegram);
//     bot api{gateway(network)};
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/gateway.hpp>
#include <banter/testkit/world.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <memory>

namespace banter::testkit {

/// Implements what banter::gateway asks for. Everything runs on one io_context, in one thread.
class memory_gateway {
  public:
    /// On an io_context of its own.
    explicit memory_gateway(world& telegram);
    /// On the given one, which must live longer.
    memory_gateway(world& telegram, boost::asio::io_context& context);
    ~memory_gateway();
    memory_gateway(const memory_gateway&) = delete;
    memory_gateway& operator=(const memory_gateway&) = delete;

    /// A call completes at once, unless a fault delays or spoils it; getUpdates waits for updates
    /// or for its timeout on the simulated clock.
    void start_call(const request& what, answer& got, gateway::wait_handler handler);
    void start_wait(std::chrono::nanoseconds duration, gateway::wait_handler handler);
    std::chrono::system_clock::time_point now() const;
    boost::asio::any_io_executor get_executor();

    boost::asio::io_context& context();
    world& telegram();

    /// Runs everything that can run without time passing; returns how many handlers ran.
    std::size_t settle();
    /// Lets simulated time pass. Waits complete in the order of their times, and everything that
    /// follows from one runs before the next.
    void advance(std::chrono::nanoseconds duration);
    /// Forgets all waits and delayed answers; their handlers are destroyed, not called.
    void abandon();
    /// Waits and delayed answers that are pending.
    std::size_t pending() const;
    /// How long until the next of them, or nanoseconds::max() if there is none.
    std::chrono::nanoseconds until_next() const;

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace banter::testkit

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/memory_gateway.ipp>
#endif
