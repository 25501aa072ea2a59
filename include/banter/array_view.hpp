// A look at an array that lives elsewhere: what the checks and the dispatcher's tables are handed
// around as.
//
// std::span would do. But with each type of element g++ 12 compiles iterators, reversed iterators and
// their concepts for it: 1.8 MB, against 0.1 MB for this, and each bot has some twenty such types.
#pragma once

#include <array>
#include <cstddef>

namespace banter::detail {

template <class T>
class array_view {
  public:
    constexpr array_view() = default;
    constexpr array_view(const T* data, std::size_t size) : data_(data), size_(size) {}
    template <std::size_t Size>
    constexpr array_view(const T (&data)[Size]) : data_(data), size_(Size) {}
    /// Of an array, a vector, a span.
    template <class Container>
        requires requires(const Container& of, const T*& data, std::size_t& size) {
            data = of.data();
            size = of.size();
        }
    constexpr array_view(const Container& of) : data_(of.data()), size_(of.size()) {}

    [[nodiscard]] constexpr const T* data() const { return data_; }
    [[nodiscard]] constexpr std::size_t size() const { return size_; }
    [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
    [[nodiscard]] constexpr const T* begin() const { return data_; }
    [[nodiscard]] constexpr const T* end() const { return data_ + size_; }
    [[nodiscard]] constexpr const T& operator[](std::size_t i) const { return data_[i]; }
    [[nodiscard]] constexpr const T& front() const { return data_[0]; }
    [[nodiscard]] constexpr const T& back() const { return data_[size_ - 1]; }

    [[nodiscard]] constexpr array_view part(std::size_t first, std::size_t count) const {
        return {data_ + first, count};
    }

  private:
    const T* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace banter::detail
