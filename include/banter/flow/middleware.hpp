// Middleware: services that are told of the bot's handlers and calls, and may change or prevent them.
//
//   struct metrics {
//       void after_handler(const handler_call& call) { ++count[std::string(call.handler)]; }
//   };
//   run<payment>(services(metrics_of_the_bot));
//
// A service is middleware if it has any of these public functions; it may have several. The first of
// the bot's services is the outermost.
//
//   void before_handler(const handler_call&)      before each handler; one that returns bool lets the
//   bool before_handler(const handler_call&)      handler run (true) or skips it (false)
//   void after_handler(const handler_call&)       behind it, also if it threw or was skipped
//   G around_handler(const handler_call&)         G lives from before until after the handler; where it
//                                                 converts to bool, false skips the handler
//   void before_call(request&)                    before a call of a method, which it may change
//   void after_call(const request&, boost::system::error_code, const answer&)
//                                                 when its answer has come, or none will
//
// Which of a bot's services do what is decided when it is compiled: one without middleware has no
// trace of it, and one with it calls it directly.
#pragma once

#include <banter/flow/check_message.hpp>

#include <concepts>
#include <exception>
#include <string_view>
#include <type_traits>

namespace boost::system {
class error_code;
}  // namespace boost::system

namespace banter {

class context;
struct request;
struct answer;

/// A handler of the bot's flows that is about to run, or that has ended. Handlers of updates,
/// timeouts, results, events and errors; not prompts, run-time predicates and jobs.
struct handler_call {
    /// Its name, as in the log: "payment::start".
    std::string_view handler;
    /// What is declared here goes out with what the handler declares, and is dropped if that fails.
    context& ctx;
    /// What it threw, in after_handler.
    std::exception_ptr error = {};
    /// A middleware has kept it from running, in after_handler.
    bool skipped = false;
};

namespace detail {

template <class S>
concept before_hook = requires(S& service, const handler_call& call) {
    { service.before_handler(call) } -> std::same_as<void>;
} || requires(S& service, const handler_call& call) {
    { service.before_handler(call) } -> std::same_as<bool>;
};
template <class S>
concept after_hook = requires(S& service, const handler_call& call) {
    { service.after_handler(call) } -> std::same_as<void>;
};
template <class S>
concept around_hook = requires(S& service, const handler_call& call) {
    { service.around_handler(call) } -> std::move_constructible;
};
template <class S>
concept before_call_hook = requires(S& service, request& what) {
    { service.before_call(what) } -> std::same_as<void>;
};
template <class S>
concept after_call_hook =
    requires(S& service, const request& what, const boost::system::error_code& error, const answer& got) {
        { service.after_call(what, error, got) } -> std::same_as<void>;
    };

template <class S>
inline constexpr bool has_handler_hook = before_hook<S> || after_hook<S> || around_hook<S>;
template <class S>
inline constexpr bool has_call_hook = before_call_hook<S> || after_call_hook<S>;

// What has the name of a hook and cannot be called as one would be left out in silence.
template <class S>
inline constexpr bool is_sound_middleware =
    (before_hook<S> || !requires { &S::before_handler; }) &&
    (after_hook<S> || !requires { &S::after_handler; }) &&
    (around_hook<S> || !requires { &S::around_handler; }) &&
    (before_call_hook<S> || !requires { &S::before_call; }) &&
    (after_call_hook<S> || !requires { &S::after_call; });

}  // namespace detail

namespace error {

// C16. One gets here with a service that has a function named as middleware's are, which cannot be
// called as those are: it has other parameters, returns something else, or cannot be called on a
// service that was handed over as const.
template <class Service>
inline constexpr bool can_be_called_as_middleware = false;
template <class Service>
struct middleware_is_malformed {
    static_assert(flow_is_sound && can_be_called_as_middleware<Service>,
        BANTER_SAYS("[banter C16] this service has a function that is named as one of middleware "
                    "and cannot be called so: see banter/flow/middleware.hpp, or name it otherwise",
                    "service", detail::name_of_type<Service>));
};

}  // namespace error

}  // namespace banter
