// Numbers as people type them, in any script.
#pragma once

#include <banter/config.hpp>

#include <string>
#include <string_view>

namespace banter {

/// A number as it was typed, in the form that parse<T>() reads: decimal digits of all scripts as 0 to
/// 9, and without the single underscores that group digits (1_000). What is no number stays none, and
/// so do the words that std::from_chars reads as numbers, inf and nan: the result is then empty.
[[nodiscard]] std::string plain_number(std::string_view typed);

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/plain_number.ipp>
#endif
