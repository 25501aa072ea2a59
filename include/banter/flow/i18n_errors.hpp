// What the compiler says about catalogues of texts (check C19).
#pragma once

#include <banter/flow/fixed_string.hpp>

#include <cstddef>

namespace banter::error {

// One gets here where a language lacks a text that the first language has.
template <class Catalogue, fixed_string Language, fixed_string Key>
inline constexpr bool has_a_text_for = false;
template <class Catalogue, fixed_string Language, fixed_string Key>
struct text_is_missing {
    static_assert(has_a_text_for<Catalogue, Language, Key>,
                  "[banter C19] this language has no text for this key: add a phrase(...) to it");
};

// One gets here where a language has a key that the first one lacks; that says what keys there are.
template <class Catalogue, fixed_string Language, fixed_string Key>
inline constexpr bool first_language_has = false;
template <class Catalogue, fixed_string Language, fixed_string Key>
struct key_is_not_in_the_first_language {
    static_assert(first_language_has<Catalogue, Language, Key>,
                  "[banter C19] the catalogue's first language has no such key: add it there, or "
                  "mend its spelling here");
};

// One gets here by saying what the catalogue does not have.
template <class Catalogue, fixed_string Key>
inline constexpr bool has_key = false;
template <class Catalogue, fixed_string Key>
struct key_is_unknown {
    static_assert(has_key<Catalogue, Key>,
                  "[banter C19] the catalogue has no such key: add a phrase(...), or mend the "
                  "key's spelling");
};

// One gets here where a phrase has more or fewer forms than its language needs.
template <class Catalogue, fixed_string Language, fixed_string Key, std::size_t Has, std::size_t Needs>
inline constexpr bool has_all_forms_of = false;
template <class Catalogue, fixed_string Language, fixed_string Key, std::size_t Has, std::size_t Needs>
struct plural_forms_differ {
    static_assert(has_all_forms_of<Catalogue, Language, Key, Has, Needs>,
                  "[banter C19] this phrase depends on a number, and its language needs another "
                  "number of forms (the last number; it has the one before): see plural_rule");
};

// One gets here where a translation has places for more or fewer values than the first language.
template <class Catalogue, fixed_string Language, fixed_string Key, std::size_t Has, std::size_t Needs>
inline constexpr bool has_the_places_of = false;
template <class Catalogue, fixed_string Language, fixed_string Key, std::size_t Has, std::size_t Needs>
struct places_differ {
    static_assert(has_the_places_of<Catalogue, Language, Key, Has, Needs>,
                  "[banter C19] this text has another number of places for values, {}, than the "
                  "first language's (the last number; it has the one before)");
};

// One gets here by a text with a brace that is no place.
template <class Catalogue, fixed_string Language, fixed_string Key>
inline constexpr bool is_well_formed = false;
template <class Catalogue, fixed_string Language, fixed_string Key>
struct text_is_malformed {
    static_assert(is_well_formed<Catalogue, Language, Key>,
                  "[banter C19] a place for a value is {}, or {0} to {9} all through the text; a "
                  "brace that is sent is doubled: {{ or }}");
};

// One gets here where a key stands twice in a language, or a language twice in a catalogue.
template <class Catalogue, fixed_string Language, fixed_string Key>
inline constexpr bool stands_once = false;
template <class Catalogue, fixed_string Language, fixed_string Key>
struct stands_twice {
    static_assert(stands_once<Catalogue, Language, Key>,
                  "[banter C19] this stands twice in the catalogue (without a key: the language)");
};

// One gets here by saying a text with more or fewer values than it has places.
template <class Catalogue, fixed_string Key, std::size_t Given, std::size_t Needed>
inline constexpr bool takes_as_many_values = false;
template <class Catalogue, fixed_string Key, std::size_t Given, std::size_t Needed>
struct values_differ {
    static_assert(takes_as_many_values<Catalogue, Key, Given, Needed>,
                  "[banter C19] this text takes another number of values (the last number; given "
                  "is the one before)");
};

// One gets here by saying a phrase that depends on a number without one.
template <class Catalogue, fixed_string Key, class First>
inline constexpr bool first_value_is_whole = false;
template <class Catalogue, fixed_string Key, class First>
struct plural_without_a_number {
    static_assert(first_value_is_whole<Catalogue, Key, First>,
                  "[banter C19] this phrase has several forms: its first value is the whole number "
                  "that chooses");
};

}  // namespace banter::error
