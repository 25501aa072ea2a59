// One message to many chats, at the pace that Telegram allows.
//
//     const broadcast_report report =
//         co_await broadcast(api, subscribers, send_message{.chat_id = everybody, .text = "News!"});
//
// Who gets it: any range of chat ids, which is copied, or a function that gives one after another and
// nothing at the end, for lists that do not fit into memory. What they get: any method with a chat_id,
// written down before the call returns (`everybody` stands for each of them), or a function of the
// chat that gives a text or, by make_request(...), any method's call.
//
// Messages are paced over all chats, in each chat, and in each group; a flood wait (429) holds up the
// chat that it is about, and all where it is about the bot. A group that has moved is sent to at its new
// id. Nothing is sent twice: where an answer was lost, the chat is one that failed.
//
// In a handler, the updates of its conversation key wait until it is over; what takes long is spawned:
//
//     boost::asio::co_spawn(api.network().get_executor(), broadcast(api, ...), ...);
#pragma once

#include <banter/config.hpp>
#include <banter/flow/broadcast_plan.hpp>
#include <banter/telegram/bot.hpp>
#include <banter/telegram/methods.hpp>
#include <banter/telegram/watcher.hpp>

#include <boost/asio/awaitable.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace banter {

/// The chat_id of a broadcast's method: each of the chats. No chat has this number.
inline constexpr std::int64_t everybody = -9007199254740992;

namespace detail {
class broadcast_run;
}

/// Stops a broadcast, and says how far it is. It lives longer than the broadcast, which is one at a
/// time. Used in the thread (or strand) that the bot works in.
class broadcast_control {
  public:
    broadcast_control() = default;
    broadcast_control(const broadcast_control&) = delete;
    broadcast_control& operator=(const broadcast_control&) = delete;

    /// Nothing more is sent: the broadcast ends when the answers under way are there.
    BANTER_DECL void stop();
    /// The report so far; that of the last broadcast when it is over.
    const broadcast_report& report() const noexcept { return report_; }

  private:
    friend class detail::broadcast_run;
    broadcast_report report_;
    std::weak_ptr<detail::broadcast_run> run_;
};

struct broadcast_options {
    broadcast_pace pace = {};
    /// Calls under way at one time.
    std::size_t parallel = 8;
    /// Of each kind of outcome, how many chats the report names; all are counted.
    std::size_t listed = 10'000;
    broadcast_control* control = nullptr;
};

namespace detail {

/// Where chats and messages come from; owned by the coroutine that waits for the broadcast.
struct broadcast_source {
    void* of = nullptr;
    bool (*next)(void* of, std::int64_t& chat) = nullptr;
    void (*write)(void* of, std::int64_t chat, request& out) = nullptr;
};

/// Carries it out. Throws what the source throws, and network_error when it is cancelled.
boost::asio::awaitable<broadcast_report> run_broadcast(gateway net, broadcast_source from,
                                                       const broadcast_options& options);

/// The body of a call with the chat's id in its place.
class addressed_request {
  public:
    explicit addressed_request(request whole);
    void write(std::int64_t chat, request& out) const;

  private:
    request whole_;
    std::string before_, after_;
};

template <class M>
concept method_for_chat = requires(M m) {
    M::method_name;
    m.chat_id;
};
template <class F>
concept chat_function = std::is_invocable_v<F&, std::int64_t>;
template <class F>
concept chat_supply = requires(F& f) {
    { f() } -> std::convertible_to<std::optional<std::int64_t>>;
};

/// A range of ids, kept, and where it stands.
struct kept_chats {
    std::vector<std::int64_t> all;
    std::size_t at = 0;
    std::optional<std::int64_t> operator()() {
        return at == all.size() ? std::nullopt : std::optional(all[at++]);
    }
};

template <class Supply, class Message> struct broadcast_parts {
    Supply supply;
    Message message;

    static bool next(void* of, std::int64_t& chat) {
        const std::optional<std::int64_t> one = static_cast<broadcast_parts*>(of)->supply();
        chat = one.value_or(0);
        return one.has_value();
    }
    static void write(void* of, std::int64_t chat, request& out) {
        Message& message = static_cast<broadcast_parts*>(of)->message;
        if constexpr (std::is_same_v<Message, addressed_request>) {
            message.write(chat, out);
        } else {
            decltype(auto) said = message(chat);
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(said)>, request>)
                out = std::move(said);
            else
                out = make_request(send_message{.chat_id = chat, .text = std::string_view(said)});
        }
    }
};

template <class Supply, class Message>
boost::asio::awaitable<broadcast_report> broadcast_over(gateway net,
                                                        broadcast_parts<Supply, Message> parts,
                                                        broadcast_options options) {
    using all = broadcast_parts<Supply, Message>;
    broadcast_source from;
    from.of = &parts;
    from.next = &all::next;
    from.write = &all::write;
    co_return co_await run_broadcast(net, from, options);
}

template <class Chats> auto supply_of(Chats&& chats) {
    if constexpr (chat_supply<std::remove_cvref_t<Chats>>) {
        return std::remove_cvref_t<Chats>(std::forward<Chats>(chats));
    } else {
        static_assert(std::ranges::input_range<Chats>,
                      "[banter] a broadcast goes to a range of chat ids, or to what a function gives: "
                      "std::optional<std::int64_t>, empty at the end");
        kept_chats kept;
        for (const auto& one : chats)
            kept.all.push_back(static_cast<std::int64_t>(one));
        return kept;
    }
}

template <class What> auto message_of(What&& what) {
    using plain = std::remove_cvref_t<What>;
    if constexpr (method_for_chat<plain>) {
        return addressed_request(make_request(what));
    } else {
        static_assert(chat_function<plain>,
                      "[banter] a broadcast sends a method with a chat_id, or what a function of the "
                      "chat's id gives: a text, or a request");
        return plain(std::forward<What>(what));
    }
}

}  // namespace detail

/// Sends `what` to each of `chats` and gives the report. `api` and what it stands on must live until
/// then. Throws what the functions given throw, std::invalid_argument where a method's chat_id is not
/// `everybody`, and network_error when the coroutine is cancelled.
template <class Chats, class What>
boost::asio::awaitable<broadcast_report> broadcast(bot& api, Chats&& chats, What&& what,
                                                   const broadcast_options& options = {}) {
    using supply = decltype(detail::supply_of(std::forward<Chats>(chats)));
    using message = decltype(detail::message_of(std::forward<What>(what)));
    return detail::broadcast_over(
        api.network(),
        detail::broadcast_parts<supply, message>{detail::supply_of(std::forward<Chats>(chats)),
                                                 detail::message_of(std::forward<What>(what))},
        options);
}

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/broadcast.ipp>
#endif
