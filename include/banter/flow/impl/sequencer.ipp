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
            longest = std::max(longest, found->second.size());
    return longest;
}

BANTER_DECL void sequencer::enter(ticket update, const order_keys& keys) {
    std::uint32_t ahead = 0;
    for (std::size_t i = 0; i != keys.count; ++i) {
        queue& line = queues_[keys.hashes[i]];
        if (line.size() != 0) ++ahead;
        line.updates.push_back(update);
    }
    if (ahead != 0) waiting_.push_back({update, ahead});
}

BANTER_DECL void sequencer::leave(ticket update, const order_keys& keys,
                                  std::vector<ticket>& runnable) {
    (void)update;
    for (std::size_t i = 0; i != keys.count; ++i) {
        const auto found = queues_.find(keys.hashes[i]);
        queue& line = found->second;
        ++line.front;
        if (line.size() == 0) {
            queues_.erase(found);
            continue;
        }
        const ticket next = line.updates[line.front];
        if (line.front > 64) {
            line.updates.erase(line.updates.begin(),
                               line.updates.begin() + static_cast<std::ptrdiff_t>(line.front));
            line.front = 0;
        }
        const auto entry = std::find_if(waiting_.begin(), waiting_.end(),
                                        [next](const waiting& w) { return w.update == next; });
        if (--entry->ahead != 0) continue;
        waiting_.erase(entry);
        runnable.push_back(next);
    }
}

}  // namespace banter::detail
