// Memory for the frames of handler coroutines and for our operations, kept for the next one.
//
// Asio keeps two frames a thread, and gives one up when a third size is wanted: a handler's frame and
// the one around it make each other's cache useless. Here each size class has its own list. Under
// AddressSanitizer frames are plain allocations, so that it sees what is used too late.
#pragma once

#include <array>
#include <cstddef>
#include <new>

namespace banter::detail {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool recycle_frames = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool recycle_frames = false;
#else
inline constexpr bool recycle_frames = true;
#endif
#else
inline constexpr bool recycle_frames = true;
#endif

/// One for each thread. A frame may be freed on another thread than it was made on.
class frame_memory {
  public:
    static void* allocate(std::size_t size) {
        const std::size_t at = class_of(size);
        if (!recycle_frames || at >= classes) return ::operator new(size);
        list& kept = mine().lists_[at];
        if (kept.first == nullptr) return ::operator new((at + 1) * step);
        node* const out = kept.first;
        kept.first = out->next;
        --kept.size;
        return out;
    }
    static void deallocate(void* memory, std::size_t size) noexcept {
        const std::size_t at = class_of(size);
        if (!recycle_frames || at >= classes) return ::operator delete(memory);
        list& kept = mine().lists_[at];
        if (kept.size == most_kept) return ::operator delete(memory);
        kept.first = ::new (memory) node{kept.first};
        ++kept.size;
    }

    frame_memory(const frame_memory&) = delete;
    frame_memory& operator=(const frame_memory&) = delete;

  private:
    struct node {
        node* next;
    };
    struct list {
        node* first = nullptr;
        std::size_t size = 0;
    };
    static constexpr std::size_t step = 128;
    static constexpr std::size_t classes = 32;  // up to 4 KiB
    static constexpr std::size_t most_kept = 64;

    frame_memory() = default;
    ~frame_memory() {
        for (list& kept : lists_)
            while (kept.first != nullptr) {
                node* const next = kept.first->next;
                ::operator delete(kept.first);
                kept.first = next;
            }
    }
    static std::size_t class_of(std::size_t size) { return (size - 1) / step; }
    static frame_memory& mine() {
        thread_local frame_memory memory;
        return memory;
    }

    std::array<list, classes> lists_{};
};

/// The same memory for Asio's operations.
template <class T>
struct frame_allocator {
    using value_type = T;

    frame_allocator() = default;
    template <class U>
    constexpr frame_allocator(const frame_allocator<U>&) noexcept {}
    T* allocate(std::size_t n) const {
        return static_cast<T*>(frame_memory::allocate(n * sizeof(T)));
    }
    void deallocate(T* memory, std::size_t n) const noexcept {
        frame_memory::deallocate(memory, n * sizeof(T));
    }
    template <class U>
    constexpr bool operator==(const frame_allocator<U>&) const noexcept {
        return true;
    }
};

}  // namespace banter::detail
