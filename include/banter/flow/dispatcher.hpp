// The dispatcher of a bot, behind the checks: what they refuse is compiled no further.
#pragma once

#include <banter/flow/flow_dispatcher.hpp>
#include <banter/flow/verify.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace banter {

namespace detail {

/// In the place of a dispatcher whose flows a check refused: the error stands already, and one
/// mistake gives one error.
class refused_dispatcher : public dispatcher_base {
  public:
    template <class Services>
    refused_dispatcher(bot& api, Services, dispatcher_options options = {})
        : dispatcher_base(api, options) {}
    accepted offer(std::string_view, std::int64_t&) { return accepted::busy; }
    static std::span<const std::string_view> allowed_updates() { return {}; }
    template <class C, class State, class... Parts>
    State* state_of(Parts...) {
        return nullptr;
    }
    template <class C, class... Parts>
    bool in_conversation(Parts...) {
        return false;
    }
};

template <bool Passed, class Services, class... Bots>
struct checked_dispatcher {
    using type = flow_dispatcher<Services, Bots...>;
};
template <class Services, class... Bots>
struct checked_dispatcher<false, Services, Bots...> {
    using type = refused_dispatcher;
};

}  // namespace detail

/// The dispatcher of a bot: the checks are made first, and what they refuse is compiled no further.
template <class Services, class... Bots>
using basic_dispatcher =
    typename detail::checked_dispatcher<detail::passes<Services, Bots...>, Services, Bots...>::type;

/// A bot without services.
template <class... Bots>
using dispatcher =
    typename detail::checked_dispatcher<detail::passes<services<>, Bots...>, services<>,
                                        Bots...>::type;

}  // namespace banter
