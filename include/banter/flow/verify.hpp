// The checks: static_assert(verify<payment>), and in run, dispatcher and testkit::app by
// themselves. One mistake gives one error, of the first check in the table's order.
//
// Two phases. verdict.hpp computes a verdict, as plain integers, and never fails. Then
// error_choice.hpp names one class template in banter::error, whose one static_assert has a named
// condition over the user's own names, so that a compiler prints those and nothing of the flow's
// type. Tried on g++ 12 and clang 16: 9 to 16 lines. After a failed verdict nothing more of the flow
// is compiled, and verify itself stays true, so that no second error follows. What concerns the bot
// as a whole is judged in bot_checks.hpp, when every struct in it has passed.
#pragma once

#include <banter/flow/bot_checks.hpp>
#include <banter/flow/middleware.hpp>
#include <banter/flow/session_store.hpp>
#include <banter/flow/stores.hpp>

#include <type_traits>

namespace banter {
namespace detail {

/// For the sentences of check_errors.hpp.
template <class C>
constexpr name_list list_states() {
    return []<class... States>(type_list<States...>) {
        return list_types<States...>();
    }(typename states_of<C>::list{});
}
template <class... Arguments>
struct given_services {
    using type = void;
};
template <class First, class... More>
struct given_services<First, More...>
    : std::conditional_t<is_services<First>, std::type_identity<First>, given_services<More...>> {};

template <class... Arguments>
using bots_among = joined_lists<
    type_list<>, std::conditional_t<is_services<Arguments>, type_list<>, type_list<Arguments>>...>;

template <class Services, class... Arguments>
inline constexpr bool served =
    ((is_services<Arguments> || checked_services<Arguments, Services>::served) && ...);

/// What is there twice in the bot; looked for when each struct is sound and served.
template <class Services, class Groups, class... Arguments>
using repetition = typename twice_checked<served<Services, Arguments...>, Groups,
                                          bots_among<Arguments...>>::mistake;

/// The first service of a bot that is a middleware in a wrong shape.
template <class Services>
struct hook_error {
    using type = error::nothing;
};
template <class First, class... More>
struct hook_error<services<First, More...>>
    : std::conditional_t<is_sound_middleware<First>, hook_error<services<More...>>,
                         std::type_identity<error::middleware_is_malformed<First>>> {};

/// Raises the first error: of each struct by itself, of its services, of the bot as a whole.
template <class Services, class Groups, class Arguments>
inline constexpr bool raised = false;
template <class Services, class Groups, class... Arguments>
inline constexpr bool raised<Services, Groups, type_list<Arguments...>> =
    sizeof(typename hook_error<Services>::type) > 0 &&
    ((sizeof(error_of<Arguments>) > 0) && ...) &&
    ((sizeof(service_error_of<Arguments, Services>) > 0) && ...) &&
    sizeof(typename repetition<Services, Groups, Arguments...>::raised::type) > 0;

/// The groups of the bots in a list.
template <class Items>
struct groups_of_list;
template <class... Items>
struct groups_of_list<type_list<Items...>> {
    using type = groups_in<Items...>;
};
template <class... Arguments>
using groups_among = typename groups_of_list<bots_among<Arguments...>>::type;

/// Whether C can be run with these services. What cannot is an error where a bot is run, not in verify.
template <class C, class Services>
inline constexpr bool can_run = !shape<C>::persistent || has_session_store<Services>;
template <class C, class Services, class Given = typename session_store_of<Services>::given>
using run_error = std::conditional_t<
    can_run<C, Services>, error::nothing,
    std::conditional_t<std::is_same_v<Given, no_session_store>, error::session_store_is_missing<C>,
                       error::session_store_is_incomplete<Given>>>;

template <bool Passed, class Services, class Structs>
inline constexpr bool can_run_all = false;
template <class Services, class... Bots>
inline constexpr bool can_run_all<true, Services, type_list<Bots...>> =
    ((sizeof(run_error<Bots, Services>) > 0) && ...) && (can_run<Bots, Services> && ...);

/// The first conversation that handlers send events to and that is none of the bot's.
template <class List, class... Bots>
struct stranger_among {
    static constexpr bool found = false;
    using type = error::nothing;
};
template <class C, class... More, class... Bots>
struct stranger_among<type_list<C, More...>, Bots...> {
    static constexpr bool is_in = (std::is_same_v<C, Bots> || ...);
    using rest = stranger_among<std::conditional_t<is_in, type_list<More...>, type_list<>>, Bots...>;
    static constexpr bool found = !is_in || rest::found;
    using type = typename std::conditional_t<is_in, rest,
                                             std::type_identity<error::events_for_a_stranger<C, Bots...>>>::type;
};
/// The first event that handlers post and that nothing in the bot takes.
template <class List, class... Bots>
struct unheard_among {
    static constexpr bool found = false;
    using type = error::nothing;
};
template <class Event, class... More, class... Bots>
struct unheard_among<type_list<Event, More...>, Bots...> {
    static constexpr bool is_heard = is_heard_post<Event, Bots...>;
    using rest = unheard_among<std::conditional_t<is_heard, type_list<More...>, type_list<>>, Bots...>;
    static constexpr bool found = !is_heard || rest::found;
    using type = typename std::conditional_t<is_heard, rest,
                                             std::type_identity<error::post_is_unheard<Event, Bots...>>>::type;
};
template <bool Passed, class Structs>
struct strangers : stranger_among<type_list<>> {};
template <class... Bots>
struct strangers<true, type_list<Bots...>>
    : std::conditional_t<stranger_among<sent_to<Bots...>, Bots...>::found,
                         stranger_among<sent_to<Bots...>, Bots...>,
                         unheard_among<posted_by<Bots...>, Bots...>> {};

template <class Services, class Groups, class Structs>
inline constexpr bool is_clean = false;
template <class Services, class Groups, class... Bots>
inline constexpr bool is_clean<Services, Groups, type_list<Bots...>> =
    served<Services, Bots...> && !repetition<Services, Groups, Bots...>::found;

template <class Services, class Groups, class Structs>
inline constexpr bool can_run_served =
    can_run_all<is_clean<Services, Groups, Structs>, Services, Structs>;

/// Raises the first error of a bot, if there is one; whether there is none.
template <class Services, class Plan>
inline constexpr bool passes_in =
    raised<Services, typename Plan::type, typename Plan::structs> &&
    can_run_all<is_clean<Services, typename Plan::type, typename Plan::structs>, Services,
                typename Plan::structs> &&
    sizeof(typename strangers<can_run_served<Services, typename Plan::type, typename Plan::structs>,
                              typename Plan::structs>::type) > 0 &&
    !strangers<can_run_served<Services, typename Plan::type, typename Plan::structs>,
               typename Plan::structs>::found;
template <class Services, class... Items>
inline constexpr bool passes = passes_in<Services, plan_of<Items...>>;

}  // namespace detail

/// Checks conversations: static_assert(verify<payment>). True in any case; a mistake is an error of
/// its own, see docs/checks.md. Several structs are checked as one bot; with services<...> among the
/// arguments their services too: verify<payment, help, services<database>>.
template <class... Arguments>
inline constexpr bool verify =
    detail::raised<typename detail::given_services<Arguments...>::type,
                   detail::groups_among<Arguments...>, detail::structs_in<Arguments...>>;

}  // namespace banter
