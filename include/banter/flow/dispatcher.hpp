// The dispatcher of a bot, behind the checks: what they refuse is compiled no further.
#pragma once

// First, so that few lines stand between an error and the file that it is about.
#include <banter/flow/check_errors.hpp>
#include <banter/flow/form_errors.hpp>

#include <banter/flow/flow_dispatcher.hpp>
#include <banter/flow/verify.hpp>

#include <cstddef>
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
        : dispatcher_base(api, options, nothing) {}
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
    template <class C>
    std::size_t conversations() const {
        return 0;
    }
    boost::asio::awaitable<void> drain();  // never called: this does not compile
    template <class C, std::size_t Parts, class Event>
    void send_event(const std::int64_t (&)[Parts], Event) {}
    template <class Event>
    post_result post(Event&&) {
        return post_result::closed;
    }
    template <class Event>
    banter::poster<Event> poster() {
        return {};
    }
    void close_posts() {}
    template <class T>
    T& user(std::int64_t);
    template <class T>
    T& chat(std::int64_t);
    template <class T>
    T& whole_bot();
    template <class T>
    void drop_user(std::int64_t) {}
    void drop_user(std::int64_t) {}
    template <class T>
    void drop_chat(std::int64_t) {}
    void drop_chat(std::int64_t) {}
    template <class T>
    void drop_whole_bot() {}
    void save_data() {}
    template <class Job>
    banter::jobs<Job>& jobs();

  private:
    static constexpr continuations nothing{};
};

template <class Services, class Groups, class Structs>
struct dispatcher_for;
template <class Services, class Groups, class... Bots>
struct dispatcher_for<Services, Groups, type_list<Bots...>> {
    using type = flow_dispatcher<Services, Groups, Bots...>;
};

template <bool Passed, class Services, class... Bots>
struct checked_dispatcher {
    using type =
        typename dispatcher_for<Services, groups_in<Bots...>, structs_in<Bots...>>::type;
};
template <class Services, class... Bots>
struct checked_dispatcher<false, Services, Bots...> {
    using type = refused_dispatcher;
};

}  // namespace detail

/// The dispatcher of a bot: the checks are made first, and what they refuse is compiled no further.
template <class Services, class... Bots>
using basic_dispatcher =
    typename detail::checked_dispatcher<
        detail::passes_in<Services, detail::plan_of<Bots...>>, Services, Bots...>::type;

/// A bot without services.
template <class... Bots>
using dispatcher =
    typename detail::checked_dispatcher<
        detail::passes_in<services<>, detail::plan_of<Bots...>>, services<>, Bots...>::type;

}  // namespace banter
