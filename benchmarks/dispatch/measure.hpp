// CPU time, allocations and memory of this process, and medians.
#pragma once

#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace bench {

/// Counted in allocations.cpp: every malloc, calloc, realloc and aligned allocation of the process,
/// so also every operator new.
std::uint64_t allocations();
/// Whether allocations are counted (not under the sanitizers, which take malloc for themselves).
bool counts_allocations();

/// CPU time of the process, in nanoseconds.
inline double cpu_now() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

/// Bytes in use on the heap.
inline std::size_t heap_in_use() { return mallinfo2().uordblks + mallinfo2().hblkhd; }

inline constexpr std::size_t rounds = 5;

/// One way of doing the work: its nanoseconds and allocations for each update, of each round.
struct timing {
    std::array<double, rounds> nanoseconds{};
    double allocations = 0;  // of the last round's second half

    [[nodiscard]] double median() const {
        auto sorted = nanoseconds;
        std::sort(sorted.begin(), sorted.end());
        return sorted[rounds / 2];
    }
};

/// Times one round. Allocations are those of its second half, when every table has grown.
class stopwatch {
  public:
    stopwatch(timing& into, std::size_t round, std::size_t updates)
        : into_(into), round_(round), updates_(updates), start_(cpu_now()) {}
    /// Before each update.
    void at(std::size_t i) {
        if (i == updates_ / 2) half_ = allocations();
    }
    void stop() {
        const std::uint64_t after = allocations();
        const double taken = cpu_now() - start_;
        into_.nanoseconds[round_] = taken / static_cast<double>(updates_);
        into_.allocations = static_cast<double>(after - half_) /
                            static_cast<double>(updates_ - updates_ / 2);
    }

  private:
    timing& into_;
    std::size_t round_;
    std::size_t updates_;
    std::uint64_t half_ = 0;
    double start_;
};

/// Times one round: each(i) for every update.
template <class Each>
void time_round(timing& into, std::size_t round, std::size_t updates, Each&& each) {
    stopwatch watch(into, round, updates);
    for (std::size_t i = 0; i != updates; ++i) {
        watch.at(i);
        each(i);
    }
    watch.stop();
}

/// Makes the compiler keep a value.
template <class T>
void keep(const T& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

}  // namespace bench
