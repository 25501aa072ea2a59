// Texts in upper and lower case, in all scripts: std::toupper knows one byte at a time, and what a
// locale adds to it depends on the machine.
#pragma once

#include <banter/config.hpp>

#include <string>
#include <string_view>

namespace banter {

/// A text in upper case, by Unicode's full mappings: the German sharp s becomes SS. Does not depend
/// on a language: a dotted i becomes I also in Turkish. Bytes that are no UTF-8 stay as they are.
[[nodiscard]] std::string upper_case(std::string_view text);

/// A text in lower case, by Unicode's full mappings: a Greek sigma at a word's end takes its final
/// form. Otherwise as upper_case().
[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/letter_case.ipp>
#endif
