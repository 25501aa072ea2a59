// What falls due when: a heap of times, eight children to a parent, in which any entry can be taken
// back or moved. Exact to the nanosecond, nothing is early, equal times keep the order they were added
// in.
//
// Chosen among structures measured with a million timers pending (benchmarks/timers has them all). In ns
// for insert / cancel / expiry, delays of up to half an hour in no order, g++ 12.2 -O2, 2 shared cores
// that were busy, 2026-11-20; std::priority_queue, which cannot cancel, took 29 / - / 880 in that run:
//   this heap                                     55 / 105 /  370
//   with four children, with two                  48 /  90 /  440,   59 / 188 / 838
//   a heap whose cancelled entries stay          160 /  15 / 1030    (they hold their memory meanwhile)
//   a hierarchical timing wheel, exact           102 /  31 /  607
// The wheel cancels faster, but its expiry comes in bursts that all users wait for (a slot of 40,000
// dealt out at once), and what is due next is unknown until then, so that nobody could sleep until it.
// Where all delays are equal, as in most bots, an insert takes 6 ns here and an expiry 64 (wheel: 154).
#pragma once

#include <banter/config.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace banter::detail {

/// Nanoseconds since 1970; 0: never.
using due_time = std::int64_t;

/// A timer that was added. Once it has been taken or cancelled its handle names nothing, also when the
/// place is used again.
class timer_handle {
  public:
    timer_handle() = default;
    bool operator==(const timer_handle&) const = default;

  private:
    friend class timer_heap;
    timer_handle(std::uint32_t place, std::uint32_t use) : place_(place), use_(use) {}

    std::uint32_t place_ = 0;
    std::uint32_t use_ = 0;  // a place in use has an odd number
};

/// The times alone. Each timer has a place, a small number that another one gets after it.
class timer_heap {
  public:
    timer_handle add(due_time due);
    bool cancel(timer_handle timer);
    bool move(timer_handle timer, due_time due);
    /// Forgets the first timer.
    void take() { remove(0); }

    [[nodiscard]] bool empty() const { return heap_.empty(); }
    [[nodiscard]] std::size_t size() const { return heap_.size(); }
    [[nodiscard]] due_time next_due() const { return heap_.front().due; }
    [[nodiscard]] std::size_t next_place() const { return heap_.front().place; }
    [[nodiscard]] bool pending(timer_handle timer) const {
        return timer.use_ % 2 == 1 && places_[timer.place_].use == timer.use_;
    }
    [[nodiscard]] due_time due(timer_handle timer) const {
        return heap_[places_[timer.place_].at].due;
    }
    static std::size_t place_of(timer_handle timer) { return timer.place_; }

  private:
    struct entry {
        due_time due;
        std::uint32_t turn;  // counts up, and around: orders equal times
        std::uint32_t place;
    };
    struct place {
        std::uint32_t at;  // in the heap; of a free place: the next free one
        std::uint32_t use;
    };
    static constexpr std::size_t children = 8;
    static constexpr std::uint32_t none = 0xffffffff;

    static bool before(const entry& a, const entry& b) {
        if (a.due != b.due) return a.due < b.due;
        return static_cast<std::int32_t>(a.turn - b.turn) < 0;
    }
    void put(std::size_t at, const entry& one) {
        heap_[at] = one;
        places_[one.place].at = static_cast<std::uint32_t>(at);
    }
    void settle(std::size_t at, entry one);
    void rise(std::size_t at, entry one);
    void sink(std::size_t at, entry one);
    void remove(std::size_t at);

    std::vector<entry> heap_;
    std::vector<place> places_;
    std::uint32_t free_ = none;
    std::uint32_t turn_ = 0;
};

/// Timers, each with what it is for: a key or a number, small. Memory is kept, so that a queue that
/// has had its size once allocates nothing more.
template <class What>
class timer_queue {
    static_assert(std::is_trivially_copyable_v<What>);

  public:
    timer_handle add(due_time due, const What& what) {
        const timer_handle out = times_.add(due);
        const std::size_t place = timer_heap::place_of(out);
        if (place == what_.size())
            what_.push_back(what);
        else
            what_[place] = what;
        return out;
    }
    /// False if that timer is pending no more; nothing happens then.
    bool cancel(timer_handle timer) { return times_.cancel(timer); }
    /// As if it had been cancelled and added anew, but for its handle. False as above.
    bool move(timer_handle timer, due_time due) { return times_.move(timer, due); }

    [[nodiscard]] bool pending(timer_handle timer) const { return times_.pending(timer); }
    /// Of a timer that is pending.
    [[nodiscard]] due_time due(timer_handle timer) const { return times_.due(timer); }
    [[nodiscard]] What& what(timer_handle timer) { return what_[timer_heap::place_of(timer)]; }

    [[nodiscard]] bool empty() const { return times_.empty(); }
    [[nodiscard]] std::size_t size() const { return times_.size(); }
    /// Of the first timer: when, and what for. There must be one.
    [[nodiscard]] due_time next_due() const { return times_.next_due(); }
    [[nodiscard]] const What& next() const { return what_[times_.next_place()]; }
    /// Takes the first timer out, whatever the time is.
    What take() {
        const What out = next();  // read first: it is on its way while the heap is put in order
        times_.take();
        return out;
    }
    /// Whether the first timer has fallen due.
    [[nodiscard]] bool is_due(due_time now) const { return !empty() && next_due() <= now; }

  private:
    timer_heap times_;
    std::vector<What> what_;  // by place
};

}  // namespace banter::detail

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/timer_queue.ipp>
#endif
