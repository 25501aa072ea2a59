// User, chat and bot data: the records of each type that some handler asks for.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/data.hpp>
#include <banter/flow/jobs.hpp>
#include <banter/flow/model.hpp>
#include <banter/flow/moved_chats.hpp>
#include <banter/flow/prompt.hpp>
#include <banter/flow/records.hpp>
#include <banter/flow/stored_buttons.hpp>

#include <cstdint>
#include <type_traits>

namespace banter::detail {

template <class T>
struct user_store {
    using data = user_data<T>;
    records<data> all;
};
template <class T>
struct chat_store {
    using data = chat_data<T>;
    records<data> all;
};
template <class T>
struct bot_store {
    using data = bot_data<T>;
    records<data> all;
};

/// Says that handlers send events to conversations of C: what they declare is in their own work.
template <class C>
struct sender_store {};
/// Says that handlers post events of a type.
template <class Event>
struct poster_store {};
/// The jobs of one kind.
template <class Job>
struct jobs_store {
    job_book<Job> book;
};
template <class List>
struct job_books;
template <class... Jobs>
struct job_books<type_list<Jobs...>> : jobs_store<Jobs>... {
    template <class Job>
    job_book<Job>& of() {
        return static_cast<jobs_store<Job>&>(*this).book;
    }
};

// Which stores a bot needs: read off the parameters of all its handlers, each once.

template <class P>
struct stores_for {
    using type = type_list<>;
};
template <class T>
struct stores_for<user_data<T>> {
    using type = type_list<user_store<T>>;
};
template <class T>
struct stores_for<chat_data<T>> {
    using type = type_list<chat_store<T>>;
};
template <class T>
struct stores_for<bot_data<T>> {
    using type = type_list<bot_store<T>>;
};

template <class C>
struct stores_for<conversations<C>> {
    using type = type_list<sender_store<C>>;
};
template <class Event>
struct stores_for<posts<Event>> {
    using type = type_list<poster_store<Event>>;
};
/// The objects behind buttons of one type.
template <class T>
struct button_stock {
    using object = T;
};
template <class T>
struct stores_for<stored_buttons<T>> {
    using type = type_list<button_stock<T>>;
};
template <class T>
struct stores_for<match<stored_filter<T>>> {
    using type = type_list<button_stock<T>>;
};

template <class List>
struct stores_of_parameters;
template <class... Ps>
struct stores_of_parameters<type_list<Ps...>> {
    using type =
        decltype((type_list<>{} + ... + typename stores_for<std::remove_cvref_t<Ps>>::type{}));
};

template <class Predicates>
struct stores_of_predicates;
template <>
struct stores_of_predicates<predicate_list<>> {
    using type = type_list<>;
};
template <auto... Predicates>
struct stores_of_predicates<predicate_list<Predicates...>> {
    using type = joined_lists<type_list<>, typename stores_of_parameters<typename signature<
                                               decltype(+Predicates)>::arguments>::type...>;
};
/// What the run-time predicates of a filter ask for.
template <class Filter>
constexpr auto stores_of_filter() {
    if constexpr (filter_fault<Filter>::none)
        return typename stores_of_predicates<typename filter_traits<Filter>::predicates>::type{};
    else
        return type_list<>{};
}
/// Jobs, those that they ask for, and what the stored data of all of these are.
template <class P>
struct stores_of_run : stores_for<P> {};
template <class Job>
struct stores_of_run<jobs<Job>> {
    using type = type_list<>;
};
template <class List>
struct stores_of_runs;
template <class... Ps>
struct stores_of_runs<type_list<Ps...>> {
    using type = joined_lists<type_list<>, typename stores_of_run<std::remove_cvref_t<Ps>>::type...>;
};
template <class List>
struct stores_of_jobs;
template <class... Jobs>
struct stores_of_jobs<type_list<Jobs...>> {
    using type = joined_lists<type_list<jobs_store<Jobs>...>,
                              typename stores_of_runs<run_parameters<Jobs>>::type...>;
};
template <class Job>
struct stores_for<jobs<Job>> : stores_of_jobs<job_family<Job>> {};

template <class C, class Indices>
struct stores_of_rules;
template <class C, std::size_t... R>
struct stores_of_rules<C, std::index_sequence<R...>> {
    using type = joined_lists<
        type_list<>,
        typename stores_of_parameters<typename signature_at<C, R>::arguments>::type...,
        decltype(stores_of_filter<filter_at<C, R>>())...>;
};

template <class C>
constexpr auto stores_of_prompts() {
    if constexpr (any_prompt<C>)
        return typename stores_of_parameters<
            typename parameters_of_prompts<typename states_of<C>::list>::type>::type{};
    else
        return type_list<>{};
}

template <class List>
struct store_bases;
template <class... Stores>
struct store_bases<type_list<Stores...>> : Stores... {};

template <class List>
struct stores_of_flows;
template <class... Flows>
struct stores_of_flows<type_list<Flows...>> {
    using type = typename unique_list<decltype((
        type_list<>{} + ... +
        (typename stores_of_rules<Flows, std::make_index_sequence<shape<Flows>::rule_count>>::type{} +
         stores_of_prompts<Flows>())))>::type;
};
/// What the parameters of a bot's handlers stand for.
template <class... Bots>
using all_needs = typename stores_of_flows<flows_of<Bots...>>::type;

struct needs_nothing {
    using stores = type_list<>;
    using senders = type_list<>;
    using posted = type_list<>;
    using jobs = type_list<>;
    using buttons = type_list<>;
};
template <class Need>
struct need_of : needs_nothing {
    using stores = type_list<Need>;
};
template <class C>
struct need_of<sender_store<C>> : needs_nothing {
    using senders = type_list<C>;
};
template <class Event>
struct need_of<poster_store<Event>> : needs_nothing {
    using posted = type_list<Event>;
};
template <class Job>
struct need_of<jobs_store<Job>> : needs_nothing {
    using jobs = type_list<Job>;
};
template <class T>
struct need_of<button_stock<T>> : needs_nothing {
    using buttons = type_list<button_stock<T>>;
};
template <class List>
struct sorted_needs;
template <class... Needs>
struct sorted_needs<type_list<Needs...>> {
    using stores = decltype((type_list<>{} + ... + typename need_of<Needs>::stores{}));
    using senders = decltype((type_list<>{} + ... + typename need_of<Needs>::senders{}));
    using posted = decltype((type_list<>{} + ... + typename need_of<Needs>::posted{}));
    using jobs = decltype((type_list<>{} + ... + typename need_of<Needs>::jobs{}));
    using buttons = decltype((type_list<>{} + ... + typename need_of<Needs>::buttons{}));
};
/// The stores of a bot.
template <class... Bots>
using all_stores = typename sorted_needs<all_needs<Bots...>>::stores;
/// The conversations that some handler of the bot sends events to.
template <class... Bots>
using sent_to = typename sorted_needs<all_needs<Bots...>>::senders;
/// The events that some handler of the bot posts.
template <class... Bots>
using posted_by = typename sorted_needs<all_needs<Bots...>>::posted;
/// The kinds of jobs that a bot can have.
template <class... Bots>
using all_jobs = typename sorted_needs<all_needs<Bots...>>::jobs;
/// The objects behind the bot's buttons.
template <class... Bots>
using button_stocks = typename sorted_needs<all_needs<Bots...>>::buttons;

template <class Data>
struct tag_of_store;
template <class T>
struct tag_of_store<user_data<T>> {
    using type = user_store<T>;
};
template <class T>
struct tag_of_store<chat_data<T>> {
    using type = chat_store<T>;
};
template <class T>
struct tag_of_store<bot_data<T>> {
    using type = bot_store<T>;
};

template <class Data>
inline constexpr bool is_user_data = false;
template <class T>
inline constexpr bool is_user_data<user_data<T>> = true;
template <class Data>
inline constexpr bool is_bot_data = false;
template <class T>
inline constexpr bool is_bot_data<bot_data<T>> = true;

template <class Services, class... Stores>
constexpr bool stores_are_complete(type_list<Stores...>) {
    return ((sizeof(error::store_is_incomplete<
                    typename store_for<typename Stores::data, Services>::given,
                    typename Stores::data>) > 0) &&
            ...);
}

/// The stored data of a bot.
template <class Services, class... Bots>
class data_stores : store_bases<all_stores<Bots...>> {
    static_assert(stores_are_complete<Services>(all_stores<Bots...>{}));

  public:
    data_stores(Services given, store_faults faults) : services_(given), faults_(faults) {}

    template <class Data>
    record<Data>& at(std::int64_t id) {
        return all<Data>().at(id, store<Data>());
    }
    /// The same by an id that may be of a chat that has moved.
    template <class Data>
    record<Data>& at_now(std::int64_t id, const moved_chats& moved) {
        return at<Data>(all<Data>().contains(id) ? id : moved.now(id));
    }
    template <class Data>
    void release(record<Data>& one) noexcept {
        all<Data>().release(one, store<Data>(), faults_);
    }
    template <class Data>
    void drop(std::int64_t id) {
        all<Data>().drop(id, store<Data>(), faults_);
    }

    /// All data of a user, or of a chat.
    void drop_user(std::int64_t id) {
        for_each_kind([&]<class Data>(std::type_identity<Data>) {
            if constexpr (is_user_data<Data>) drop<Data>(id);
        });
    }
    void drop_chat(std::int64_t id) {
        for_each_kind([&]<class Data>(std::type_identity<Data>) {
            if constexpr (!is_user_data<Data> && !is_bot_data<Data>) drop<Data>(id);
        });
    }
    /// What belongs to a chat belongs to another one from now on.
    BANTER_COLD void move_chat(std::int64_t from, std::int64_t to) {
        for_each_kind([&]<class Data>(std::type_identity<Data>) {
            if constexpr (!is_bot_data<Data>) all<Data>().move(from, to, store<Data>(), faults_);
        });
    }
    /// What could not be stored yet, or was changed from outside of handlers.
    void save_all() {
        for_each_kind([&]<class Data>(std::type_identity<Data>) {
            all<Data>().save_all(store<Data>(), faults_);
        });
    }

  private:
    template <class Data>
    records<Data>& all() {
        return static_cast<typename tag_of_store<Data>::type&>(*this).all;
    }
    template <class Data>
    auto& store() {
        using type = typename store_for<Data, Services>::type;
        if constexpr (std::is_same_v<type, no_store<Data>>) {
            static constinit no_store<Data> memory;
            return memory;
        } else {
            return services_.template get<type>();
        }
    }
    template <class Visit>
    static void for_each_kind(Visit&& visit) {
        [&]<class... Stores>(type_list<Stores...>) {
            (visit(std::type_identity<typename Stores::data>{}), ...);
        }(all_stores<Bots...>{});
    }

    Services services_;
    store_faults faults_;
};

}  // namespace banter::detail
