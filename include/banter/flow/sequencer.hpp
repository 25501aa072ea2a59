// Which update may run now: updates of one key run one after another in arrival order, updates of
// different keys together.
//
// A bot may hold conversations with different keys; an update then stands in the queue of each of
// its keys and runs when it is at the front of all of them. Keys are 64-bit hashes: a collision
// only makes two users wait for each other once.
#pragma once

#include <banter/config.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace banter::detail {

/// The ordering keys of one update; at most one for each kind of conversation key in the bot.
struct order_keys {
    static constexpr std::size_t most = 8;
    std::array<std::uint64_t, most> hashes{};
    std::size_t count = 0;

    void add(std::uint64_t hash) {
        for (std::size_t i = 0; i != count; ++i)
            if (hashes[i] == hash) return;
        if (count != most) hashes[count++] = hash;
    }
};

/// Tickets are the caller's numbers for updates.
class sequencer {
  public:
    using ticket = std::uint32_t;

    /// Whether an update with these keys would have to wait.
    [[nodiscard]] bool must_wait(const order_keys& keys) const;
    /// The longest queue that an update with these keys would join.
    [[nodiscard]] std::size_t longest_queue(const order_keys& keys) const;
    /// Enters an update, running or waiting.
    void enter(ticket update, const order_keys& keys);
    /// An update has finished. Appends to `runnable` the updates that may run now.
    void leave(ticket update, const order_keys& keys, std::vector<ticket>& runnable);
    [[nodiscard]] bool idle() const { return queues_.empty(); }

  private:
    // The queues are lists through the updates: an entry is an update and which of its keys.
    using entry = std::uint32_t;
    static constexpr entry nobody = 0xffffffff;
    static constexpr entry entry_of(ticket update, std::size_t key) {
        return update * std::uint32_t{order_keys::most} + static_cast<std::uint32_t>(key);
    }

    struct queue {
        entry first = nobody;  // runs
        entry last = nobody;
        std::uint32_t size = 0;
    };
    struct place {
        std::array<entry, order_keys::most> next{};
        std::uint32_t ahead = 0;  // queues in which it is not the first
    };

    boost::unordered_flat_map<std::uint64_t, queue> queues_;
    std::vector<place> places_;  // by ticket
};

}  // namespace banter::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/sequencer.ipp>
#endif
