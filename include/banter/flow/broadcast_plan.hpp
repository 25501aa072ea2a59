// One message to many chats: who is next, when, and what an answer means. Plain values and functions:
// an event goes in, a step comes out; the clock is the caller's. <banter/flow/broadcast.hpp> carries
// the steps out.
#pragma once

#include <banter/config.hpp>
#include <banter/telegram/answer.hpp>

#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace banter {

/// How fast a bot may send, as Telegram's FAQ for bots has it.
struct broadcast_pace {
    int per_second = 30;                      ///< to all chats together
    std::chrono::milliseconds chat_gap{1000}; ///< between two messages to one chat
    int group_per_minute = 20;                ///< to one group or channel
};

/// A chat that did not get the message, and why.
struct broadcast_failure {
    std::int64_t chat_id = 0;
    std::string what;
};
/// A group that has become a supergroup, and got the message there.
struct broadcast_move {
    std::int64_t from = 0, to = 0;
};

/// What became of a broadcast: how many chats, and the first of them by their ids
/// (broadcast_options::listed). Each chat is counted once.
struct broadcast_report {
    std::size_t sent = 0;
    std::size_t blocked = 0;  ///< 403: the user blocked the bot or is gone, the bot was removed
    std::size_t gone = 0;     ///< 400: there is no such chat (any more)
    std::size_t failed = 0;   ///< anything else; whether it arrived is then not always known
    std::size_t migrated = 0; ///< of those sent: to a new id, which should be kept instead
    bool stopped = false;     ///< before it was through

    std::vector<std::int64_t> blocked_chats, gone_chats;
    std::vector<broadcast_failure> failures;
    std::vector<broadcast_move> moves;

    std::size_t total() const noexcept { return sent + blocked + gone + failed; }
};

namespace detail {

/// When the next message may go to a chat.
class pacer {
  public:
    using time_point = std::chrono::system_clock::time_point;

    explicit pacer(broadcast_pace pace) noexcept : pace_(pace) {}

    /// The earliest time at which this chat may be sent to.
    time_point ready(std::int64_t chat) const;
    void sending(std::int64_t chat, time_point now);
    /// 429. Telegram does not say whom it means: it is the chat, unless another chat is told the same
    /// while that lasts; then it is the bot, and all wait.
    void flooded(std::int64_t chat, time_point now, std::chrono::seconds retry_after);
    /// Chats that something is remembered of.
    std::size_t remembered() const noexcept { return chats_.size(); }

  private:
    struct memory {
        std::deque<time_point> sent; // the newest, as far as limits ask
        time_point until{};          // nothing before this
        time_point forget{};
    };
    void forget_old(time_point now);
    void keep(std::int64_t chat, memory& of, time_point until);

    broadcast_pace pace_;
    std::map<std::int64_t, memory> chats_;
    std::set<std::pair<time_point, std::int64_t>> order_; // when to forget whom
    time_point next_{}, hold_{}, flood_until_{};
    std::int64_t flood_chat_ = 0;
};

/// What an answer means for its chat.
struct broadcast_verdict {
    enum class kind { sent, blocked, gone, failed, moved, flooded, unreachable };
    kind what = kind::sent;
    std::chrono::seconds retry_after{0};
    std::int64_t new_id = 0;
    std::string why;
};
broadcast_verdict judge_answer(std::string_view method, const answer& got);
broadcast_verdict judge_silence(boost::system::error_code fault);

/// A chat that waits for its message.
struct recipient {
    std::int64_t chat = 0;
    std::int64_t listed = 0; // as it was given, before it moved
    int floods = 0, attempts = 0;
    std::chrono::system_clock::time_point not_before{};
};

struct broadcast_step {
    enum class kind {
        send,    ///< to `to`
        more,    ///< take another chat out of the list
        wait,    ///< until `until`, or until an answer comes
        listen,  ///< until an answer comes
        finished
    };
    kind what = kind::finished;
    recipient to;
    std::chrono::system_clock::time_point until{};
};

class broadcast_plan {
  public:
    using time_point = std::chrono::system_clock::time_point;

    broadcast_plan(broadcast_pace pace, std::size_t parallel, std::size_t listed) noexcept
        : pacer_(pace), parallel_(parallel == 0 ? 1 : parallel), listed_(listed) {}

    broadcast_step next(time_point now);
    void add(std::int64_t chat);
    /// The list has no more chats.
    void exhausted() noexcept { exhausted_ = true; }
    /// No more is sent; what is under way is waited for.
    void stop() noexcept;
    /// What `next` gave to send was not sent.
    void withdraw() noexcept { --under_way_; }
    void answered(recipient to, broadcast_verdict verdict, time_point now);

    const broadcast_report& report() const noexcept { return report_; }
    broadcast_report& report() noexcept { return report_; }

  private:
    void try_again(recipient to, time_point when);
    void give_up(const recipient& to, std::string why);

    // Chats that may not be sent to yet let others pass, but the list is not read far ahead.
    static constexpr std::size_t look_ahead = 64;
    static constexpr int most_attempts = 4, most_floods = 10;

    pacer pacer_;
    std::vector<recipient> waiting_;
    std::size_t parallel_, listed_, under_way_ = 0;
    bool exhausted_ = false, stopping_ = false;
    broadcast_report report_;
};

}  // namespace detail

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/broadcast_plan.ipp>
#endif
