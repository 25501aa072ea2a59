// Groups that have become supergroups: Telegram gives them another id, and tells it twice, in the old
// chat and in the new one. Both ids then name one chat.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/incoming.hpp>

#include <cstdint>
#include <vector>

namespace banter::detail {

class moved_chats {
  public:
    [[nodiscard]] bool empty() const { return names_.empty(); }

    /// Notes that a chat goes on under another id. False if that is known already, or cannot be: a
    /// chat moves once.
    bool add(std::int64_t from, std::int64_t to);

    /// The id that a chat has now.
    [[nodiscard]] std::int64_t now(std::int64_t id) const { return empty() ? id : newest(id); }
    /// The other id of a chat that has two, else the same.
    [[nodiscard]] std::int64_t other(std::int64_t id) const;

    /// Lets what is said to an address go where the chat is now.
    void readdress(update_address& address) const;

  private:
    [[nodiscard]] std::int64_t newest(std::int64_t id) const;

    struct name {
        std::int64_t id, other;
        bool is_old;
    };
    [[nodiscard]] const name* find(std::int64_t id) const;
    void insert(const name& one);
    static bool is_before(const name& one, std::int64_t id) { return one.id < id; }

    std::vector<name> names_;  // by id: chats move seldom, and are asked for with each update
};

}  // namespace banter::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/moved_chats.ipp>
#endif
