// One line of a flow: on(filter, handler).
#pragma once

#include <banter/flow/filter.hpp>

#include <type_traits>
#include <utility>

namespace banter {

/// Stands in a rule for what cannot be called as a handler: a generic lambda, a lambda with
/// captures, an object. Check C16 reports it.
template <class Given>
struct not_a_handler {};

/// A filter and the handler it guards. Handler is a function pointer (or not_a_handler).
template <class Filter, class Handler>
struct rule {
    using filter_type = Filter;
    using handler_type = Handler;
    Handler handler;
};

namespace detail {
/// What a rule holds of a handler: a function pointer, or not_a_handler for what is none.
template <class Handler>
constexpr auto as_handler(Handler handler) {
    if constexpr (std::is_pointer_v<Handler> && std::is_function_v<std::remove_pointer_t<Handler>>)
        return handler;
    else if constexpr (requires { +handler; } && std::is_class_v<Handler>)
        return +handler;
    else
        return not_a_handler<Handler>{};
}
template <class Handler>
using held_handler = decltype(as_handler(std::declval<Handler>()));

/// Of what stands among the rules but takes no updates.
using nothing_filter = not_filter<anything_filter>;
}  // namespace detail

/// Updates that fit the filter go to the handler: a function, a function pointer or a captureless
/// lambda, plain or a coroutine. What it takes, it names as parameters; where it leads, its return
/// type says.
template <filter F, class Handler>
[[nodiscard]] constexpr auto on(F, Handler handler) {
    return rule<F, detail::held_handler<Handler>>{detail::as_handler(handler)};
}

/// A handler for what went wrong, or for what of it is a Thrown (void: its parameters say). It stands
/// among the rules, where no update reaches it.
template <class Handler, class Thrown = void>
struct error_rule {
    using filter_type = detail::nothing_filter;
    using handler_type = Handler;
    using thrown_type = Thrown;
    Handler handler;
};

/// What went wrong goes to this handler: exceptions of handlers, and declared effects that Telegram
/// refused. A parameter `const my_error&` of a class that derives from std::exception makes it one
/// for such exceptions only, as a catch clause is; for others it is on_error<my_error>(handler).
///
/// In a conversation it is for that conversation's own handlers, in state<S>(...) for those that fail
/// in S, and may lead on as they may: its return value counts as if the failed handler had returned
/// it. The first that fits takes the error: of the state, the conversation, those around it. It may
/// take `const failure&`, context&, bot&, the data of the state it stands in, stored data and
/// services, and be a coroutine.
///
/// In handlers(...) it is for everything else in the bot, unreadable updates too, and takes const
/// failure&, bot&, bot_data<T>& and services. There all that fit run, in order, until one returns
/// `stop<>`. What fits none is one line in the log, and so is what an error handler throws.
template <class Thrown = void, class Handler>
[[nodiscard]] constexpr auto on_error(Handler handler) {
    return error_rule<detail::held_handler<Handler>, Thrown>{detail::as_handler(handler)};
}

}  // namespace banter
