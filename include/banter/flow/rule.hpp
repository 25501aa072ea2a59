// One line of a flow: on(filter, handler).
#pragma once

#include <banter/flow/filter.hpp>

#include <type_traits>

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

/// Updates that fit the filter go to the handler: a function, a function pointer or a captureless
/// lambda, plain or a coroutine. What it takes, it names as parameters; where it leads, its return
/// type says.
template <filter F, class Handler>
[[nodiscard]] constexpr auto on(F, Handler handler) {
    if constexpr (std::is_pointer_v<Handler> && std::is_function_v<std::remove_pointer_t<Handler>>)
        return rule<F, Handler>{handler};
    else if constexpr (requires { +handler; } && std::is_class_v<Handler>)
        return rule<F, decltype(+handler)>{+handler};
    else
        return rule<F, not_a_handler<Handler>>{};
}

/// A handler for what went wrong. It stands among the rules, where no update reaches it.
template <class Handler>
struct error_rule {
    using filter_type = not_filter<anything_filter>;
    using handler_type = Handler;
    Handler handler;
};

/// Errors of the bot go to this handler: those thrown by handlers, declared effects that Telegram
/// refused, updates that cannot be read. It may take `const failure&`, `bot&`, bot_data<T>& and
/// services, and be a coroutine. Without any such handler the bot writes one line to its log.
template <class Handler>
[[nodiscard]] constexpr auto on_error(Handler handler) {
    if constexpr (std::is_pointer_v<Handler>)
        return error_rule<Handler>{handler};
    else if constexpr (requires { +handler; } && std::is_class_v<Handler>)
        return error_rule<decltype(+handler)>{+handler};
    else
        return error_rule<not_a_handler<Handler>>{};
}

}  // namespace banter
