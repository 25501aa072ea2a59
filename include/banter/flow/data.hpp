// What handlers may ask for besides the update: typed user, chat and bot data, and services.
#pragma once

#include <tuple>
#include <type_traits>

namespace banter {

namespace detail {
template <class T>
class stored_data {
  public:
    [[nodiscard]] T& operator*() { return value_; }
    [[nodiscard]] const T& operator*() const { return value_; }
    [[nodiscard]] T* operator->() { return &value_; }
    [[nodiscard]] const T* operator->() const { return &value_; }

  private:
    T value_{};
};
}  // namespace detail

/// Data of the user behind the update, the same in all chats (PTB: user_data). A handler asks for
/// `user_data<profile>&`; it is made, value-initialised, at the first use.
template <class T>
class user_data : public detail::stored_data<T> {};

/// Data of the chat (PTB: chat_data).
template <class T>
class chat_data : public detail::stored_data<T> {};

/// Data of the whole bot (PTB: bot_data).
template <class T>
class bot_data : public detail::stored_data<T> {};

/// What handlers need from outside, handed over once: run<payment>(services(database, clock)).
/// Held by reference: the objects must outlive the bot. A handler asks for `database&`.
template <class... Services>
class services {
  public:
    explicit services(Services&... given) : given_(given...) {}
    /// The object of this type; const where it was handed over as const.
    template <class Service>
    [[nodiscard]] auto& get() const {
        if constexpr ((std::is_same_v<Services, Service> || ...))
            return std::get<Service&>(given_);
        else
            return std::get<const Service&>(given_);
    }

  private:
    std::tuple<Services&...> given_;
};

template <>
class services<> {};

template <class... Services>
services(Services&...) -> services<Services...>;
services()->services<>;

}  // namespace banter
