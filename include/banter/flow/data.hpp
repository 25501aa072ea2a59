// What handlers may ask for besides the update: typed user, chat and bot data, and services.
#pragma once

#include <cstdint>
#include <tuple>
#include <type_traits>

namespace banter {

namespace detail {

struct record_access;

/// What has become of a value since it was last stored.
enum class record_mark : std::uint8_t { clean, changed, dropped };

template <class T>
class stored_data {
  public:
    using value_type = T;

    // Whoever can change the value is taken to have changed it: it is stored again.
    [[nodiscard]] T& operator*() { return touched(); }
    [[nodiscard]] const T& operator*() const { return value_; }
    [[nodiscard]] T* operator->() { return &touched(); }
    [[nodiscard]] const T* operator->() const { return &value_; }

    /// Forgets it: the value is as it was at the first use, and when the handler has ended its record
    /// is gone from memory and from the store (PTB: drop_user_data, drop_chat_data).
    void drop() {
        value_ = T{};
        mark_ = record_mark::dropped;
    }

  private:
    friend record_access;
    T& touched() {
        mark_ = record_mark::changed;
        return value_;
    }
    T value_{};
    record_mark mark_ = record_mark::clean;
};
}  // namespace detail

/// Data of the user behind the update, the same in all chats (PTB: user_data). A handler asks for
/// `user_data<profile>&`, or for `const user_data<profile>&` if it only reads; it is made,
/// value-initialised, at the first use. What an anonymous administrator or a channel writes belongs to
/// the chat on whose behalf it was sent (context::sender_id).
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
