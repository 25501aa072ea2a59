// What the checks of a whole bot say beside check_errors.hpp, in the same way.
#pragma once

#include <banter/flow/check_message.hpp>
#include <banter/flow/fixed_string.hpp>

namespace banter::error {

// C9. One gets here with an error handler that takes const T&, where T is no service of the bot and
// does not derive from std::exception.
template <class Conversation, auto Handler, class Parameter>
inline constexpr bool is_provided_or_thrown = false;
template <class Conversation, auto Handler, class Parameter>
struct neither_service_nor_exception {
    static_assert(flow_is_sound && is_provided_or_thrown<Conversation, Handler, Parameter>,
        BANTER_SAYS("[banter C9] this error handler takes what is neither a service of the "
                    "bot nor derived from std::exception: write on_error<T>(handler) if T is "
                    "thrown, or hand it over, run<...>(services(object))",
                    "handler", detail::name_of_value<Handler>,
                    "parameter", detail::name_of_type<Parameter>));
};

}  // namespace banter::error
