// The exploration of explore.hpp, as far as it does not depend on the bot's types.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/coverage.hpp>
#include <banter/flow/description.hpp>
#include <banter/flow/rule_watch.hpp>
#include <banter/testkit/app_core.hpp>
#include <banter/testkit/explore_report.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace banter::testkit {

/// A function of a test's, held by an exploration's options: a lambda will do.
template <class... Arguments>
class explore_hook {
  public:
    explore_hook() = default;
    template <std::invocable<Arguments...> F>
        requires(!std::same_as<F, explore_hook>)
    explore_hook(F function)
        : object_(std::make_shared<F>(std::move(function))),
          call_([](void* object, Arguments... arguments) {
              (void)(*static_cast<F*>(object))(arguments...);
          }) {}
    void operator()(Arguments... arguments) const {
        if (call_ != nullptr) call_(object_.get(), arguments...);
    }

  private:
    std::shared_ptr<void> object_;
    void (*call_)(void*, Arguments...) = nullptr;
};

struct explore_options {
    /// Of the random walk, in all.
    std::size_t steps = 1000;
    std::uint64_t seed = 1;
    /// After so many steps the random walk begins anew.
    std::size_t steps_at_once = 50;
    /// An update that no rule takes is wrong in every state, not only in total ones.
    bool everything_answered = false;
    /// Texts to try besides those that it makes itself: what a handler looks for in a text.
    std::vector<std::string> texts = {};
    /// Called before each path: sets services back to where they were.
    explore_hook<> reset = {};
    /// Called with the fake Telegram of each path, before the users are there.
    explore_hook<world&> prepare = {};
    /// Ids of users who act as well, each in the private chat: an administrator.
    std::vector<std::int64_t> others = {};
    /// The chats to explore in. Empty: the private chat, and a group where a filter speaks of
    /// groups or a conversation belongs to a chat and not to a user.
    std::vector<chat_type> chats = {};
    /// How many users act in a group.
    std::size_t group_users = 2;
    /// How long a handler may wait, on the bot's clock.
    std::chrono::milliseconds patience = std::chrono::minutes(10);
    /// It ends after so many different failures.
    std::size_t most_failures = 10;
};

namespace detail {

/// An event that a conversation can be told of.
struct explored_event {
    std::string_view name;
    void (*send)(void* dispatcher, const telegram::envelope& head) = nullptr;
};

/// One conversation or list of handlers.
struct explored_flow {
    const void* mark = nullptr;
    const banter::detail::flow_description* about = nullptr;
    const banter::detail::rule_list* rules = nullptr;
    const bool* total = nullptr;  // of each state
    bool nested = false;
    bool shared = false;          // its key has no user
    /// Which state, from 1; 0 outside. Null where there are no sessions, and of nested ones.
    std::size_t (*state_in)(void* dispatcher, const telegram::envelope& head) = nullptr;
    /// Of the bots' own structs, what is nested in them included.
    std::vector<explored_event> events{};
};

/// A bot whose types are forgotten.
struct explored_bot {
    void* services = nullptr;
    void* (*make)(void* services, app_core& core, banter::detail::rule_watch& watch) = nullptr;
    void (*destroy)(void* dispatcher) = nullptr;
    std::uint64_t (*failures)(void* dispatcher) = nullptr;
    std::size_t (*in_flight)(void* dispatcher) = nullptr;
    std::vector<explored_flow> flows{};
};

explore_report explore(const explored_bot& bot, const explore_options& options);

}  // namespace detail
}  // namespace banter::testkit

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/testkit/impl/explorer.ipp>
#endif
