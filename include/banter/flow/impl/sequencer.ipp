#pragma once

#include <banter/flow/sequencer.hpp>

#include <algorithm>

namespace banter::detail {

BANTER_DECL bool sequencer::must_wait(const order_keys& keys) const {
    if (queues_.empty()) return false;
    for (std::size_t i = 0; i != keys.count; ++i)
        if (queues_.contains(keys.hashes[i])) return true;
    return false;
}

BANTER_DECL std::size_t sequencer::longest_queue(const order_keys& keys) const {
    std::size_t longest = 0;
    for (std::size_t i = 0; i != keys.count; ++i)
        if (const auto found = queues_.find(keys.hashes[i]); found != queues_.end())
            longest = std::max(longest, std::size_t{found->second.size});
    return longest;
}

BANTER_DECL void sequencer::enter(ticket update, const order_keys& keys) {
    if (places_.size() <= update) places_.resize(update + 1);
    place& mine = places_[update];
    mine.ahead = 0;
    for (std::size_t i = 0; i != keys.count; ++i) {
        queue& line = queues_[keys.hashes[i]];
        const entry me = entry_of(update, i);
        mine.next[i] = nobody;
        if (line.size++ == 0) {
            line.first = me;
        } else {
            places_[line.last / order_keys::most].next[line.last % order_keys::most] = me;
            ++mine.ahead;
        }
        line.last = me;
    }
}

BANTER_DECL void sequencer::leave(ticket update, const order_keys& keys,
                                  std::vector<ticket>& runnable) {
    for (std::size_t i = 0; i != keys.count; ++i) {
        const auto found = queues_.find(keys.hashes[i]);
        const entry next = places_[update].next[i];
        if (next == nobody) {
            queues_.erase(found);
            continue;
        }
        found->second.first = next;
        --found->second.size;
        const ticket freed = next / order_keys::most;
        if (--places_[freed].ahead == 0) runnable.push_back(freed);
    }
}

}  // namespace banter::detail
