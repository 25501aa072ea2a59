#pragma once

#include <banter/flow/timer_queue.hpp>

#include <algorithm>

namespace banter::detail {

BANTER_DECL timer_handle timer_heap::add(due_time due) {
    std::uint32_t mine = free_;
    if (mine == none) {
        mine = static_cast<std::uint32_t>(places_.size());
        places_.push_back({none, 0});
    } else {
        free_ = places_[mine].at;
    }
    heap_.push_back({due, turn_++, mine});
    const timer_handle out{mine, ++places_[mine].use};
    rise(heap_.size() - 1, heap_.back());
    return out;
}

BANTER_DECL bool timer_heap::cancel(timer_handle timer) {
    if (!pending(timer)) return false;
    remove(places_[timer.place_].at);
    return true;
}

BANTER_DECL bool timer_heap::move(timer_handle timer, due_time due) {
    if (!pending(timer)) return false;
    settle(places_[timer.place_].at, {due, turn_++, timer.place_});
    return true;
}

BANTER_DECL void timer_heap::remove(std::size_t at) {
    const std::uint32_t gone = heap_[at].place;
    const entry last = heap_.back();
    heap_.pop_back();
    if (at != heap_.size()) settle(at, last);
    ++places_[gone].use;
    places_[gone].at = free_;
    free_ = gone;
}

/// Puts an entry where it belongs, from a position that is free.
BANTER_DECL void timer_heap::settle(std::size_t at, entry one) {
    if (at != 0 && before(one, heap_[(at - 1) / children]))
        rise(at, one);
    else
        sink(at, one);
}

BANTER_DECL void timer_heap::rise(std::size_t at, entry one) {
    while (at != 0) {
        const std::size_t parent = (at - 1) / children;
        if (!before(one, heap_[parent])) break;
        put(at, heap_[parent]);
        at = parent;
    }
    put(at, one);
}

BANTER_DECL void timer_heap::sink(std::size_t at, entry one) {
    const std::size_t size = heap_.size();
    for (;;) {
        const std::size_t first = at * children + 1;
        if (first >= size) break;
        const std::size_t end = std::min(first + children, size);
        std::size_t best = first;
        for (std::size_t i = first + 1; i != end; ++i) best = before(heap_[i], heap_[best]) ? i : best;
        if (!before(heap_[best], one)) break;
        put(at, heap_[best]);
        at = best;
    }
    put(at, one);
}

}  // namespace banter::detail
