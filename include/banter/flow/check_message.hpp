// What a check says, with the names of what it is about, where the compiler takes a sentence that is
// not a literal (C++26, P2741; clang 17 and newer with -std=c++2c). Elsewhere the sentence stands
// alone, and the names are in the line that the compiler adds about the condition.
#pragma once

#include <banter/flow/fixed_string.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

// The sentence of a static_assert; behind it, pairs of a word and the name it goes with. A macro,
// because before C++26 nothing but a literal can stand in this place.
#if defined(__cpp_static_assert) && __cpp_static_assert >= 202306L
#define BANTER_SAYS(sentence, ...) ::banter::detail::check_message(sentence, __VA_ARGS__)
namespace banter::error {
/// Stands before each condition. A compiler prints the part of a condition that failed: this one, where
/// the sentence has the names already, and else the one that has them.
inline constexpr bool flow_is_sound = false;
}  // namespace banter::error
#else
#define BANTER_SAYS(sentence, ...) sentence
namespace banter::error {
inline constexpr bool flow_is_sound = true;
}  // namespace banter::error
#endif

namespace banter::detail {

/// A text made by the compiler: a sentence, and what it is about. Names that would make the line of the
/// diagnostic too long are cut off.
class check_message {
  public:
    template <class... Names>
    constexpr explicit check_message(std::string_view sentence, const Names&... names) {
        constexpr std::size_t most = 270, fewest = 40;
        add(sentence);
        most_ = size_ + fewest > most ? size_ + fewest : most;
        [[maybe_unused]] std::size_t i = 0;
        (add_named(i++, std::string_view(names)), ...);
        if (size_ == most_)
            for (std::size_t dot = 1; dot != 4; ++dot) characters_[size_ - dot] = '.';
    }
    [[nodiscard]] constexpr const char* data() const { return characters_; }
    [[nodiscard]] constexpr std::size_t size() const { return size_; }
    constexpr operator std::string_view() const { return {characters_, size_}; }

    constexpr void add(std::string_view text) {
        for (const char c : text)
            if (size_ != most_) characters_[size_++] = c;
    }

  private:
    /// Every other one is the word for the name behind it.
    constexpr void add_named(std::size_t i, std::string_view text) {
        if (i % 2 == 0) add(i == 0 ? ". Here: " : "; ");
        else add(" ");
        add(text);
    }

    char characters_[512]{};
    std::size_t size_ = 0;
    std::size_t most_ = 512;
};

/// Names with commas between them.
class name_list {
  public:
    constexpr void add(std::string_view name) {
        if (size_ != 0) append(", ");
        append(name);
    }
    [[nodiscard]] constexpr std::size_t size() const { return size_; }
    constexpr operator std::string_view() const { return {characters_, size_}; }

  private:
    constexpr void append(std::string_view text) {
        for (const char c : text)
            if (size_ != sizeof(characters_)) characters_[size_++] = c;
    }
    char characters_[256]{};
    std::size_t size_ = 0;
};

/// What stands between a mark and the last bracket of a function's name, as users write it.
constexpr std::string_view spelling(std::string_view text, std::string_view mark) {
    text.remove_prefix(text.find(mark) + mark.size());
    const std::size_t more = text.find(';');  // g++ goes on: "; std::string_view = ..."
    text = text.substr(0, more != text.npos ? more : text.find_last_of(']'));
    if (text.starts_with('&')) text.remove_prefix(1);
    for (const std::string_view ours : {"banter::error::", "banter::"})
        if (text.starts_with(ours)) text.remove_prefix(ours.size());
    if (text.front() >= '0' && text.front() <= '9')
        text = text.substr(0, text.find_last_not_of("UL") + 1);
    return text;
}
template <class T>
constexpr std::string_view spelled() {
    return spelling(__PRETTY_FUNCTION__, "T = ");
}
template <auto Value>
constexpr std::string_view spelled_value() {
    return spelling(__PRETTY_FUNCTION__, "Value = ");
}

/// A type and a value, a handler for example, as the compiler spells them.
template <class T>
inline constexpr std::string_view name_of_type = spelled<T>();
template <auto Value>
inline constexpr std::string_view name_of_value = spelled_value<Value>();

template <auto... Values>
constexpr name_list list_values() {
    name_list all;
    (all.add(name_of_value<Values>), ...);
    return all;
}
template <class... Ts>
constexpr name_list list_types() {
    name_list all;
    (all.add(name_of_type<Ts>), ...);
    return all;
}

/// The states of a conversation; defined where flows are known.
template <class C>
constexpr name_list list_states();

}  // namespace banter::detail
