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

/// One way of doing the work: its nanoseconds for an update, of each round, and its allocations for
/// an update of a round's second half, when every table has grown.
struct timing {
    std::array<double, rounds> nanoseconds{};
    double allocations = 0;  // of the last round

    [[nodiscard]] double median() const {
        auto sorted = nanoseconds;
        std::sort(sorted.begin(), sorted.end());
        return sorted[rounds / 2];
    }
};

/// Makes the compiler keep a value.
template <class T>
void keep(const T& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

}  // namespace bench
