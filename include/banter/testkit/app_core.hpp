// The part of testkit::app that does not depend on the bot's types.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/dispatcher_base.hpp>
#include <banter/net/update_sink.hpp>
#include <banter/telegram/bot.hpp>
#include <banter/telegram/envelope.hpp>
#include <banter/testkit/actor.hpp>
#include <banter/testkit/memory_gateway.hpp>
#include <banter/testkit/world.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace banter::testkit::detail {

/// The sentence of `in<State>()` where the conversation is elsewhere.
std::string not_in_state(std::string_view wanted, std::string_view whereabouts);

/// What an update of this user, here, would say about itself: for conversation keys.
telegram::envelope head_of(const actor& user);

class app_core {
  public:
    app_core();
    app_core(const app_core&) = delete;
    app_core& operator=(const app_core&) = delete;

    /// Takes the updates to this sink from now on.
    void serve(net::update_sink sink);
    void settle();
    void advance(std::chrono::nanoseconds duration);
    void fail_fetching(std::exception_ptr error);

    world& telegram() { return telegram_; }
    const world& telegram() const { return telegram_; }
    memory_gateway& network() { return network_; }
    bot& api() { return api_; }
    std::size_t in_flight() const { return in_work_.size() + waiting_.size(); }
    const std::vector<std::string>& errors() const { return errors_; }

    actor::settler settler();
    log_sink error_log();

  private:
    bool offer_updates();

    world telegram_;
    memory_gateway network_;
    bot api_;
    net::update_sink sink_;
    std::multiset<std::int64_t> in_work_;
    std::vector<queued_update> waiting_;
    std::vector<std::string> errors_;
};

}  // namespace banter::testkit::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/app_core.ipp>
#endif
