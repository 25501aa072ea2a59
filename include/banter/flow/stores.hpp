// User, chat and bot data in memory: one store for each type that some handler asks for.
#pragma once

#include <banter/flow/data.hpp>
#include <banter/flow/model.hpp>

#include <cstdint>
#include <type_traits>
#include <unordered_map>

namespace banter::detail {

/// Objects by id, made at the first use. Their addresses do not change: handlers that wait hold on
/// to them.
template <class Data>
class store_by_id {
  public:
    Data& at(std::int64_t id) { return objects_[id]; }

  private:
    std::unordered_map<std::int64_t, Data> objects_;
};

template <class T>
struct user_store {
    store_by_id<user_data<T>> users;
};
template <class T>
struct chat_store {
    store_by_id<chat_data<T>> chats;
};
template <class T>
struct bot_store {
    bot_data<T> data;
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

template <class List>
struct stores_of_parameters;
template <class... Ps>
struct stores_of_parameters<type_list<Ps...>> {
    using type =
        decltype((type_list<>{} + ... + typename stores_for<std::remove_cvref_t<Ps>>::type{}));
};

template <class C, class Indices>
struct stores_of_rules;
template <class C, std::size_t... R>
struct stores_of_rules<C, std::index_sequence<R...>> {
    using type = joined_lists<
        type_list<>,
        typename stores_of_parameters<typename signature_at<C, R>::arguments>::type...>;
};

template <class List, class Unique = type_list<>>
struct unique_list {
    using type = Unique;
};
template <class T, class... More, class... Kept>
struct unique_list<type_list<T, More...>, type_list<Kept...>>
    : unique_list<type_list<More...>,
                  std::conditional_t<(std::is_same_v<T, Kept> || ...), type_list<Kept...>,
                                     type_list<Kept..., T>>> {};

template <class List>
struct store_bases;
template <class... Stores>
struct store_bases<type_list<Stores...>> : Stores... {};

template <class... Bots>
using all_stores = typename unique_list<decltype((
    type_list<>{} + ... +
    typename stores_of_rules<Bots, std::make_index_sequence<shape<Bots>::rule_count>>::type{}))>::
    type;

/// The stored data of a bot.
template <class... Bots>
class data_stores : store_bases<all_stores<Bots...>> {
  public:
    template <class T>
    user_data<T>& user(std::int64_t id) {
        return static_cast<user_store<T>&>(*this).users.at(id);
    }
    template <class T>
    chat_data<T>& chat(std::int64_t id) {
        return static_cast<chat_store<T>&>(*this).chats.at(id);
    }
    template <class T>
    bot_data<T>& whole_bot() {
        return static_cast<bot_store<T>&>(*this).data;
    }
};

}  // namespace banter::detail
