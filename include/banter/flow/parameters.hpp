// A handler's parameters, told apart by type: what each one is, and which updates can supply it.
#pragma once

#include <banter/flow/data.hpp>
#include <banter/flow/kind_mask.hpp>
#include <banter/flow/match.hpp>
#include <banter/flow/outcome.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>

namespace banter {

class context;
class bot;
class album;
struct failure;
template <class C>
class conversations;
template <class Event>
class posts;

namespace detail {

/// Where a parameter comes from.
enum class source : std::uint8_t {
    context,
    bot,
    match,        // matched<F>
    view,         // one of the update's own objects
    user_data,
    chat_data,
    bot_data,
    conversations,  // to send events to
    posts,        // events for the bot as a whole
    jobs,         // the jobs of one kind
    stored_buttons,
    reference,    // a state's data or a service: the conversation knows which
    failure,      // of error handlers
    nothing,      // nothing can supply it
};

/// The update's own objects: which kinds bring them, and how.
template <class View>
struct view_source {
    static constexpr kind_mask kinds = 0;
};

template <>
struct view_source<telegram::update> {
    static constexpr kind_mask kinds = all_kinds;
    static auto get(const incoming& u) { return u.update(); }
};
template <>
struct view_source<telegram::user> {
    static constexpr kind_mask kinds = user_kinds;
    static auto get(const incoming& u) { return u.user(); }
};
template <>
struct view_source<telegram::chat> {
    static constexpr kind_mask kinds = chat_kinds;
    static auto get(const incoming& u) { return u.chat(); }
};
template <>
struct view_source<telegram::message> {
    static constexpr kind_mask kinds = message_kinds;
    static auto get(const incoming& u) { return u.message(); }
};
template <>
struct view_source<telegram::callback_query> {
    static constexpr kind_mask kinds = mask_of(update_kind::callback_query);
    static auto get(const incoming& u) { return u.update().callback_query(); }
};
template <>
struct view_source<telegram::inline_query> {
    static constexpr kind_mask kinds = mask_of(update_kind::inline_query);
    static auto get(const incoming& u) { return u.update().inline_query(); }
};
template <>
struct view_source<telegram::chosen_inline_result> {
    static constexpr kind_mask kinds = mask_of(update_kind::chosen_inline_result);
    static auto get(const incoming& u) { return u.update().chosen_inline_result(); }
};
template <>
struct view_source<telegram::shipping_query> {
    static constexpr kind_mask kinds = mask_of(update_kind::shipping_query);
    static auto get(const incoming& u) { return u.update().shipping_query(); }
};
template <>
struct view_source<telegram::pre_checkout_query> {
    static constexpr kind_mask kinds = mask_of(update_kind::pre_checkout_query);
    static auto get(const incoming& u) { return u.update().pre_checkout_query(); }
};
template <>
struct view_source<telegram::paid_media_purchased> {
    static constexpr kind_mask kinds = mask_of(update_kind::purchased_paid_media);
    static auto get(const incoming& u) { return u.update().purchased_paid_media(); }
};
template <>
struct view_source<telegram::poll> {
    static constexpr kind_mask kinds = mask_of(update_kind::poll);
    static auto get(const incoming& u) { return u.update().poll(); }
};
template <>
struct view_source<telegram::poll_answer> {
    static constexpr kind_mask kinds = mask_of(update_kind::poll_answer);
    static auto get(const incoming& u) { return u.update().poll_answer(); }
};
template <>
struct view_source<telegram::chat_join_request> {
    static constexpr kind_mask kinds = mask_of(update_kind::chat_join_request);
    static auto get(const incoming& u) { return u.update().chat_join_request(); }
};
template <>
struct view_source<telegram::chat_boost_updated> {
    static constexpr kind_mask kinds = mask_of(update_kind::chat_boost);
    static auto get(const incoming& u) { return u.update().chat_boost(); }
};
template <>
struct view_source<telegram::chat_boost_removed> {
    static constexpr kind_mask kinds = mask_of(update_kind::removed_chat_boost);
    static auto get(const incoming& u) { return u.update().removed_chat_boost(); }
};
template <>
struct view_source<telegram::message_reaction_updated> {
    static constexpr kind_mask kinds = mask_of(update_kind::message_reaction);
    static auto get(const incoming& u) { return u.update().message_reaction(); }
};
template <>
struct view_source<telegram::message_reaction_count_updated> {
    static constexpr kind_mask kinds = mask_of(update_kind::message_reaction_count);
    static auto get(const incoming& u) { return u.update().message_reaction_count(); }
};
template <>
struct view_source<telegram::business_connection> {
    static constexpr kind_mask kinds = mask_of(update_kind::business_connection);
    static auto get(const incoming& u) { return u.update().business_connection(); }
};
template <>
struct view_source<telegram::business_messages_deleted> {
    static constexpr kind_mask kinds = mask_of(update_kind::deleted_business_messages);
    static auto get(const incoming& u) { return u.update().deleted_business_messages(); }
};
template <>
struct view_source<telegram::managed_bot_updated> {
    static constexpr kind_mask kinds = mask_of(update_kind::managed_bot);
    static auto get(const incoming& u) { return u.update().managed_bot(); }
};
template <>
struct view_source<telegram::bot_subscription_updated> {
    static constexpr kind_mask kinds = mask_of(update_kind::subscription);
    static auto get(const incoming& u) { return u.update().subscription(); }
};
template <>
struct view_source<telegram::message_generation_stopped> {
    static constexpr kind_mask kinds = mask_of(update_kind::stopped_message_generation);
    static auto get(const incoming& u) { return u.update().stopped_message_generation(); }
};
template <>
struct view_source<telegram::chat_member_updated> {
    static constexpr kind_mask kinds =
        mask_of(update_kind::my_chat_member, update_kind::chat_member);
    static auto get(const incoming& u) {
        return u.head().kind == update_kind::chat_member ? u.update().chat_member()
                                                         : u.update().my_chat_member();
    }
};

// ---- one parameter ----

template <source From, kind_mask Kinds = all_kinds>
struct comes {
    static constexpr source from = From;
    static constexpr kind_mask kinds = Kinds;
};

/// By value or const&: a match, a view, or nothing that is known.
template <class T>
struct value_parameter
    : comes<view_source<T>::kinds != 0 ? source::view : source::nothing,
            view_source<T>::kinds != 0 ? view_source<T>::kinds : all_kinds> {};
template <class F>
struct value_parameter<match<F>> : comes<source::match> {
    using filter_type = F;
};
template <>
struct value_parameter<failure> : comes<source::failure> {};

/// By reference: the bot's own things, else a state or a service.
template <class T>
struct reference_parameter : comes<std::is_class_v<T> ? source::reference : source::nothing> {
    using object_type = T;
};
template <>
struct reference_parameter<context> : comes<source::context, chat_kinds> {};
template <>
struct reference_parameter<bot> : comes<source::bot> {};
template <class T>
struct reference_parameter<user_data<T>> : comes<source::user_data, user_kinds> {
    using data_type = T;
};
template <class T>
struct reference_parameter<chat_data<T>> : comes<source::chat_data, chat_kinds> {
    using data_type = T;
};
template <class T>
struct reference_parameter<bot_data<T>> : comes<source::bot_data> {
    using data_type = T;
};

template <class C>
struct reference_parameter<conversations<C>> : comes<source::conversations> {
    using conversation_type = C;
};

template <class Event>
struct reference_parameter<posts<Event>> : comes<source::posts> {
    using event_type = Event;
};

template <class P>
struct parameter : value_parameter<P> {};
template <class T>
struct parameter<T&> : reference_parameter<T> {};
template <class T>
struct parameter<const T&>
    : std::conditional_t<value_parameter<T>::from == source::nothing, reference_parameter<T>,
                         value_parameter<T>> {};
template <class T>
struct parameter<T&&> : comes<source::nothing> {};

// ---- a handler's signature ----

template <class... Ts>
struct type_list {
    static constexpr std::size_t size = sizeof...(Ts);
};

template <std::size_t I, class T>
struct indexed {};
template <class Indices, class... Ts>
struct indexer;
template <std::size_t... I, class... Ts>
struct indexer<std::index_sequence<I...>, Ts...> : indexed<I, Ts>... {};
template <std::size_t I, class T>
std::type_identity<T> pick_indexed(const indexed<I, T>*);

/// The I-th type of a pack, without recursion.
template <std::size_t I, class... Ts>
using pick = typename decltype(pick_indexed<I>(
    static_cast<indexer<std::index_sequence_for<Ts...>, Ts...>*>(nullptr)))::type;

/// The position of T among Ts; their number if it is not there.
template <class T, class... Ts>
constexpr std::size_t position_of() {
    std::size_t at = 0;
    (void)((std::is_same_v<T, Ts> || (++at, false)) || ...);
    return at;
}

template <class Handler>
struct signature {
    static constexpr bool callable = false;
    using result = void;
    using arguments = type_list<>;
};
template <class R, class... Args>
struct signature<R (*)(Args...)> {
    static constexpr bool callable = true;
    using result = R;
    using arguments = type_list<Args...>;
};
template <class R, class... Args>
struct signature<R (*)(Args...) noexcept> : signature<R (*)(Args...)> {};

/// The places a return type names; a task's are those of what it returns.
template <class R>
struct targets_of {
    using type = type_list<R>;
    static constexpr bool is_task = false;
};
template <>
struct targets_of<void> {
    using type = type_list<stay>;
    static constexpr bool is_task = false;
};
template <class T>
struct without_stop {
    using type = T;
};
template <class T>
struct without_stop<stop<T>> {
    using type = T;
};
template <class... Ts>
struct targets_of<next<Ts...>> {
    using type = type_list<typename without_stop<Ts>::type...>;
    static constexpr bool is_task = false;
};
template <class T>
struct targets_of<stop<T>> : targets_of<T> {};
template <class T, class Executor>
struct targets_of<boost::asio::awaitable<outcome<T>, Executor>> {
    using type = typename targets_of<T>::type;
    static constexpr bool is_task = true;
};
template <class Executor>
struct targets_of<boost::asio::awaitable<void, Executor>> {
    using type = type_list<stay>;
    static constexpr bool is_task = true;
};

/// Whether what a handler returns may be a stop.
template <class R>
inline constexpr bool may_stop = is_stop<R>;
template <class... Ts>
inline constexpr bool may_stop<next<Ts...>> = (is_stop<Ts> || ...);
template <class T, class Executor>
inline constexpr bool may_stop<boost::asio::awaitable<outcome<T>, Executor>> = may_stop<T>;

// ---- parameters that must outlive the call ----

/// A match or view that a coroutine takes by const&: its temporary would be gone at the first wait.
template <class P>
inline constexpr bool is_held =
    std::is_lvalue_reference_v<P> &&
    (parameter<P>::from == source::match ||
     (parameter<P>::from == source::view &&
      value_parameter<std::remove_cvref_t<P>>::from == source::view));

template <std::size_t I, class P>
struct held_argument {
    explicit held_argument(const incoming&) {}
};
template <std::size_t I, class P>
    requires is_held<P>
struct held_argument<I, P> {
    using type = std::remove_cvref_t<P>;
    explicit held_argument(const incoming& update) : value(make(update)) {}
    static type make(const incoming& update) {
        if constexpr (view_source<type>::kinds != 0)
            return view_source<type>::get(update);
        else
            return type(update);
    }
    type value;
};

template <class Indices, class... Ps>
struct held_bases;
template <std::size_t... I, class... Ps>
struct held_bases<std::index_sequence<I...>, Ps...> : held_argument<I, Ps>... {
    explicit held_bases(const incoming& update) : held_argument<I, Ps>(update)... {}
};

/// The held parameters of a handler, kept beside its coroutine.
template <class List>
struct held_arguments;
template <class... Ps>
struct held_arguments<type_list<Ps...>> : held_bases<std::index_sequence_for<Ps...>, Ps...> {
    using held_bases<std::index_sequence_for<Ps...>, Ps...>::held_bases;
    template <std::size_t I>
    const auto& get() const {
        return static_cast<const held_argument<I, pick<I, Ps...>>&>(*this).value;
    }
};

}  // namespace detail
}  // namespace banter
