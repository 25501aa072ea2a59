// Other structures for timers, as one would write them for this purpose alone: what
// banter::detail::timer_queue was chosen among. All give exact times; equal times keep their order.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

namespace rivals {

using due_time = std::int64_t;
/// What a timer is for: a conversation's key.
struct key {
    std::int64_t chat;
    std::int64_t user;
};
using place = std::uint32_t;
/// A timer that has come.
struct taken {
    due_time due;
    key what;
};
inline constexpr place none = 0xffffffff;

struct entry {
    due_time due;
    std::uint32_t turn;
    place at;
};
inline bool before(const entry& a, const entry& b) {
    if (a.due != b.due) return a.due < b.due;
    return static_cast<std::int32_t>(a.turn - b.turn) < 0;
}

/// The floor: a heap out of which nothing can be taken back.
class standard_queue {
  public:
    place add(due_time due, const key& what) {
        heap_.push({due, what});
        return 0;
    }
    taken take() {
        const taken out{heap_.top().due, heap_.top().what};
        heap_.pop();
        return out;
    }
    [[nodiscard]] std::size_t size() const { return heap_.size(); }

  private:
    struct timer {
        due_time due;
        key what;
        bool operator>(const timer& other) const { return due > other.due; }
    };
    std::priority_queue<timer, std::vector<timer>, std::greater<>> heap_;
};

/// The same heap as the library's, with other numbers of children.
template <std::size_t Children>
class heap {
  public:
    place add(due_time due, const key& what) {
        place mine = free_;
        if (mine == none) {
            mine = static_cast<place>(at_.size());
            at_.push_back(0);
            what_.push_back(what);
        } else {
            free_ = at_[mine];
            what_[mine] = what;
        }
        heap_.push_back({});
        rise(heap_.size() - 1, {due, turn_++, mine});
        return mine;
    }
    void cancel(place which) { remove(at_[which]); }
    taken take() {
        const taken out{heap_.front().due, what_[heap_.front().at]};
        remove(0);
        return out;
    }
    [[nodiscard]] std::size_t size() const { return heap_.size(); }

  private:
    void put(std::size_t at, const entry& one) {
        heap_[at] = one;
        at_[one.at] = static_cast<std::uint32_t>(at);
    }
    void remove(std::size_t at) {
        const place gone = heap_[at].at;
        const entry last = heap_.back();
        heap_.pop_back();
        if (at != heap_.size()) {
            if (at != 0 && before(last, heap_[(at - 1) / Children]))
                rise(at, last);
            else
                sink(at, last);
        }
        at_[gone] = free_;
        free_ = gone;
    }
    void rise(std::size_t at, entry one) {
        while (at != 0 && before(one, heap_[(at - 1) / Children])) {
            put(at, heap_[(at - 1) / Children]);
            at = (at - 1) / Children;
        }
        put(at, one);
    }
    void sink(std::size_t at, entry one) {
        for (std::size_t first = 0; (first = at * Children + 1) < heap_.size();) {
            const std::size_t end = std::min(first + Children, heap_.size());
            std::size_t best = first;
            for (std::size_t i = first + 1; i != end; ++i)
                best = before(heap_[i], heap_[best]) ? i : best;
            if (!before(heap_[best], one)) break;
            put(at, heap_[best]);
            at = best;
        }
        put(at, one);
    }
    std::vector<entry> heap_;
    std::vector<std::uint32_t> at_;
    std::vector<key> what_;
    place free_ = none;
    std::uint32_t turn_ = 0;
};

/// A heap in which cancelled timers stay until they are due, or are half of all.
class lazy_heap {
  public:
    place add(due_time due, const key& what) {
        place mine = free_;
        if (mine == none) {
            mine = static_cast<place>(timers_.size());
            timers_.push_back({});
        } else {
            free_ = timers_[mine].next;
        }
        timers_[mine] = {what, none, true};
        heap_.push_back({due, turn_++, mine});
        std::push_heap(heap_.begin(), heap_.end(), later);
        return mine;
    }
    void cancel(place which) {
        timers_[which].live = false;
        if (++dead_ * 2 > heap_.size()) tidy();
    }
    taken take() {
        for (;;) {
            std::pop_heap(heap_.begin(), heap_.end(), later);
            const entry out = heap_.back();
            heap_.pop_back();
            free(out.at);
            if (timers_[out.at].live) return {out.due, timers_[out.at].what};
            --dead_;
        }
    }
    [[nodiscard]] std::size_t size() const { return heap_.size() - dead_; }

  private:
    struct timer {
        key what;
        place next;
        bool live;
    };
    static bool later(const entry& a, const entry& b) { return before(b, a); }
    void free(place which) {
        timers_[which].next = free_;
        free_ = which;
    }
    void tidy() {
        std::erase_if(heap_, [this](const entry& one) {
            if (!timers_[one.at].live) free(one.at);
            return !timers_[one.at].live;
        });
        std::make_heap(heap_.begin(), heap_.end(), later);
        dead_ = 0;
    }
    std::vector<entry> heap_;
    std::vector<timer> timers_;
    std::size_t dead_ = 0;
    place free_ = none;
    std::uint32_t turn_ = 0;
};

/// A hierarchical timing wheel, exact: eleven wheels of 64 slots, six bits of a nanosecond count each. A
/// slot that comes up is dealt out to the finer wheels.
class wheel {
  public:
    wheel() { heads_.fill(none); }
    place add(due_time due, const key& what) {
        place mine = free_;
        if (mine == none) {
            mine = static_cast<place>(timers_.size());
            timers_.push_back({});
        } else {
            free_ = timers_[mine].next;
        }
        timers_[mine].due = due;
        timers_[mine].what = what;
        timers_[mine].turn = turn_++;
        link(mine);
        ++size_;
        return mine;
    }
    void cancel(place which) {
        unlink(which);
        timers_[which].next = free_;
        free_ = which;
        --size_;
    }
    taken take() {
        for (;;) {
            std::size_t level = 0;
            while (filled_[level] == 0) ++level;
            const auto slot = static_cast<std::size_t>(std::countr_zero(filled_[level]));
            place& head = heads_[level * slots + slot];
            if (level == 0) {
                const place first = first_in(head);
                const taken out{timers_[first].due, timers_[first].what};
                base_ = std::max(base_, static_cast<std::uint64_t>(out.due));
                cancel(first);
                return out;
            }
            const std::uint64_t unit = std::uint64_t{1} << (bits * level);
            base_ = (base_ & ~(unit * slots - 1)) | (slot * unit);
            filled_[level] &= ~(std::uint64_t{1} << slot);
            for (place one = std::exchange(head, none); one != none;) {
                const place next = timers_[one].next;
                link(one);
                one = next;
            }
        }
    }
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    static constexpr std::size_t bits = 6, slots = 64, levels = 11;
    struct timer {
        due_time due;
        place next, previous;
        key what;
        std::uint32_t turn, slot;
    };
    [[nodiscard]] std::size_t slot_of(due_time due) const {
        const std::uint64_t time = std::max(static_cast<std::uint64_t>(due), base_);
        const std::uint64_t differs = time ^ base_;
        const std::size_t level =
            differs == 0 ? 0 : static_cast<std::size_t>(63 - std::countl_zero(differs)) / bits;
        return level * slots + ((time >> (bits * level)) & (slots - 1));
    }
    void link(place one) {
        const std::size_t slot = slot_of(timers_[one].due);
        timers_[one].slot = static_cast<std::uint32_t>(slot);
        timers_[one].previous = none;
        timers_[one].next = heads_[slot];
        if (heads_[slot] != none) timers_[heads_[slot]].previous = one;
        heads_[slot] = one;
        filled_[slot / slots] |= std::uint64_t{1} << (slot % slots);
    }
    void unlink(place which) {
        const timer& one = timers_[which];
        if (one.next != none) timers_[one.next].previous = one.previous;
        if (one.previous != none)
            timers_[one.previous].next = one.next;
        else if ((heads_[one.slot] = one.next) == none)
            filled_[one.slot / slots] &= ~(std::uint64_t{1} << (one.slot % slots));
    }
    [[nodiscard]] place first_in(place head) const {
        place first = head;
        for (place i = timers_[head].next; i != none; i = timers_[i].next) {
            const timer &a = timers_[i], &b = timers_[first];
            if (before({a.due, a.turn, i}, {b.due, b.turn, first})) first = i;
        }
        return first;
    }

    std::array<place, levels * slots> heads_;
    std::array<std::uint64_t, levels> filled_{};
    std::vector<timer> timers_;
    std::uint64_t base_ = 0;
    std::size_t size_ = 0;
    place free_ = none;
    std::uint32_t turn_ = 0;
};

}  // namespace rivals
