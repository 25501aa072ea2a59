// Counts the allocations of the whole process by standing in for glibc's malloc and its kin.
#include "measure.hpp"

#include <cerrno>

#if defined(__SANITIZE_ADDRESS__)
#define BENCH_NO_COUNT
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BENCH_NO_COUNT
#endif
#endif

namespace {
std::uint64_t counted = 0;
}

namespace bench {
std::uint64_t allocations() { return counted; }
#ifdef BENCH_NO_COUNT
bool counts_allocations() { return false; }
#else
bool counts_allocations() { return true; }
#endif
}  // namespace bench

#ifndef BENCH_NO_COUNT
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t size) {
    ++counted;
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
    ++counted;
    return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
    ++counted;
    return __libc_realloc(old, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
    ++counted;
    return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    ++counted;
    return __libc_memalign(alignment, size);
}
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    ++counted;
    *out = __libc_memalign(alignment, size);
    return *out == nullptr ? ENOMEM : 0;
}
}
#endif
