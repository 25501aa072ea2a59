// Two arrays for constant evaluation. They are plain pointers inside: every call costs a step of
// clang's budget, so loops take data() once and index that.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace banter::detail {

/// A zeroed array whose size is known when it is made.
template <class T>
class scratch {
  public:
    constexpr explicit scratch(std::size_t size) : data_(new T[size == 0 ? 1 : size]{}) {}
    constexpr ~scratch() { delete[] data_; }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;

    constexpr T* data() { return data_; }
    constexpr const T* data() const { return data_; }

  private:
    T* data_;
};

/// An array that grows.
template <class T>
class growing {
  public:
    constexpr growing() = default;
    constexpr ~growing() { delete[] data_; }
    growing(const growing&) = delete;
    growing& operator=(const growing&) = delete;

    constexpr void push(T value) {
        if (size_ == capacity_) {
            grow();
        }
        data_[size_++] = value;
    }
    constexpr T& operator[](std::size_t at) { return data_[at]; }
    constexpr const T& operator[](std::size_t at) const { return data_[at]; }
    constexpr std::size_t size() const { return size_; }
    constexpr void shrink(std::size_t size) { size_ = size; }
    constexpr T* data() { return data_; }
    constexpr const T* data() const { return data_; }

  private:
    constexpr void grow() {
        capacity_ = capacity_ == 0 ? 16 : capacity_ * 4;
        T* larger = new T[capacity_]{};
        for (std::size_t i = 0; i < size_; ++i) {
            larger[i] = data_[i];
        }
        delete[] data_;
        data_ = larger;
    }

    T* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

using word = std::uint64_t;

constexpr void set_bit(word* bits, std::size_t at) { bits[at / 64] |= word{1} << (at % 64); }
constexpr std::size_t lowest_bit(word bits) {  // bits is not 0
#if defined(__GNUC__)
    return static_cast<std::size_t>(__builtin_ctzll(bits));  // one step, not a call of several
#else
    return static_cast<std::size_t>(std::countr_zero(bits));
#endif
}
constexpr bool has_bit(const word* bits, std::size_t at) {
    return ((bits[at / 64] >> (at % 64)) & 1) != 0;
}

}  // namespace banter::detail
