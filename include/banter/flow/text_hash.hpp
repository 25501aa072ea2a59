// One hash of texts for all that needs one: tags of typed callback data, parts of keys, names of
// commands. It is part of what callback data looks like, so it must not change.
#pragma once

#include <cstdint>
#include <string_view>

namespace banter::detail {

/// FNV-1a, 64 bits, a byte at a time.
class text_hash {
  public:
    constexpr void add(char byte) {
        value_ = (value_ ^ static_cast<unsigned char>(byte)) * 1099511628211U;
    }
    [[nodiscard]] constexpr std::uint64_t value() const { return value_; }

  private:
    std::uint64_t value_ = 14695981039346656037U;
};

constexpr std::uint64_t hash_of(std::string_view text) {
    text_hash hash;
    for (const char byte : text) hash.add(byte);
    return hash.value();
}

}  // namespace banter::detail
