// Texts in the user's language.
//
//     struct words {
//         static constexpr auto texts() {
//             return catalogue(
//                 in_language("en", phrase("hello", "Hello, {}!"), phrase("eggs", "{} egg", "{} eggs")),
//                 in_language("de", phrase("hello", "Hallo, {}!"), phrase("eggs", "{} Ei", "{} Eier")));
//         }
//     };
//     ctx.reply(say<words, "hello">(ctx, name));
//
// The first language is the default, and says which keys there are. The compiler checks that every
// other one has the same keys with as many values, and the forms that its numbers need (check C19).
// The user's language is what Telegram says (language_code): de-AT, else de, else the default.
#pragma once

#include <banter/config.hpp>
#include <banter/flow/fixed_string.hpp>
#include <banter/flow/i18n_errors.hpp>
#include <banter/flow/plural.hpp>
#include <banter/telegram/text.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace banter {

namespace detail {

/// A key and its text; where it depends on a number, one for each form.
struct phrase_text {
    std::string_view key;
    std::array<std::string_view, 6> forms{};
    std::size_t count = 0;
};

template <std::size_t N>
struct language_texts {
    std::string_view code;
    std::array<phrase_text, N> phrases;
};

struct language_part {
    std::string_view code;
    std::size_t first = 0, count = 0;
};

template <std::size_t L, std::size_t N>
struct catalogue_texts {
    std::array<language_part, L> languages{};
    std::array<phrase_text, N> phrases{};

    /// Where a language's phrase stands, `nowhere` if there is none; `guess`: where it may stand. (No
    /// pointers: g++ 12 cannot compare them in constant expressions under its sanitizers.)
    static constexpr std::size_t nowhere = ~std::size_t(0);
    constexpr std::size_t find(std::size_t which, std::string_view key,
                                      std::size_t guess = 0) const {
        const language_part& part = languages[which];
        if (guess < part.count && phrases[part.first + guess].key == key)
            return part.first + guess;
        for (std::size_t i = 0; i != part.count; ++i)
            if (phrases[part.first + i].key == key)
                return part.first + i;
        return nowhere;
    }
};

/// The places for values in a text.
struct places_of {
    std::size_t count = 0;
    bool fine = true, has_braces = false;
};
constexpr places_of count_places(std::string_view pattern) {
    places_of out;
    bool counted = false, numbered = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '{' && pattern[i] != '}')
            continue;
        out.has_braces = true;
        const char next = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
        if (next == pattern[i]) {
            ++i;
        } else if (pattern[i] == '{' && next == '}') {
            counted = true;
            ++out.count;
            ++i;
        } else if (pattern[i] == '{' && next >= '0' && next <= '9' && i + 2 < pattern.size() &&
                   pattern[i + 2] == '}') {
            numbered = true;
            const auto needs = static_cast<std::size_t>(next - '0') + 1;
            out.count = needs > out.count ? needs : out.count;
            i += 2;
        } else {
            out.fine = false;
        }
    }
    out.fine = out.fine && !(counted && numbered);
    return out;
}
constexpr places_of count_places(const phrase_text& phrase) {
    places_of out;
    for (std::size_t i = 0; i != phrase.count; ++i) {
        const places_of one = count_places(phrase.forms[i]);
        out.count = one.count > out.count ? one.count : out.count;
        out.fine = out.fine && one.fine;
        out.has_braces = out.has_braces || one.has_braces;
    }
    return out;
}

enum class catalogue_fault : std::uint8_t {
    nothing, missing, not_in_first, forms, places, malformed, key_twice, language_twice
};

struct catalogue_verdict {
    catalogue_fault fault = catalogue_fault::nothing;
    std::size_t language = 0;
    std::string_view key;
    std::size_t has = 0, needs = 0;
};

/// Whether a phrase has several forms in any language.
template <class Texts>
constexpr bool depends_on_number(const Texts& all, std::string_view key, std::size_t guess) {
    for (std::size_t l = 0; l != all.languages.size(); ++l)
        if (const std::size_t at = all.find(l, key, guess); at != Texts::nowhere && all.phrases[at].count > 1)
            return true;
    return false;
}

template <class Texts>
constexpr catalogue_verdict judge_language(const Texts& all, std::size_t which) {
    using fault = catalogue_fault;
    const language_part& part = all.languages[which];
    for (std::size_t l = 0; l != which; ++l)
        if (all.languages[l].code == part.code)
            return {fault::language_twice, which, {}};
    for (std::size_t i = 0; i != part.count; ++i) {
        const phrase_text& mine = all.phrases[part.first + i];
        if (all.find(which, mine.key) != part.first + i)
            return {fault::key_twice, which, mine.key};
        const std::size_t first = all.find(0, mine.key, i);
        if (first == Texts::nowhere)
            return {fault::not_in_first, which, mine.key};
        const places_of places = count_places(mine), expected = count_places(all.phrases[first]);
        if (!places.fine)
            return {fault::malformed, which, mine.key};
        if (places.count != expected.count)
            return {fault::places, which, mine.key, places.count, expected.count};
        const std::size_t forms =
            depends_on_number(all, mine.key, i) ? plural_forms(plural_rule_of(part.code)) : 1;
        if (mine.count != forms)
            return {fault::forms, which, mine.key, mine.count, forms};
    }
    for (std::size_t i = 0; i != all.languages[0].count; ++i)
        if (all.find(which, all.phrases[i].key, i) == Texts::nowhere)
            return {fault::missing, which, all.phrases[i].key};
    return {};
}

template <class C>
inline constexpr auto catalogue_of = C::texts();

// One evaluation for each language: clang counts the steps of each.
template <class C, std::size_t L>
inline constexpr catalogue_verdict language_verdict = judge_language(catalogue_of<C>, L);

template <class C, std::size_t... L>
constexpr catalogue_verdict fault_of_catalogue(std::index_sequence<L...>) {
    catalogue_verdict out;
    (void)((out = language_verdict<C, L>, out.fault != catalogue_fault::nothing) || ...);
    return out;
}
template <class C>
inline constexpr catalogue_verdict catalogue_verdict_of =
    fault_of_catalogue<C>(std::make_index_sequence<catalogue_of<C>.languages.size()>());

template <class C>
inline constexpr auto culprit_language =
    fixed_copy<catalogue_of<C>.languages[catalogue_verdict_of<C>.language].code.size()>(
        catalogue_of<C>.languages[catalogue_verdict_of<C>.language].code);
template <class C>
inline constexpr auto culprit_key =
    fixed_copy<catalogue_verdict_of<C>.key.size()>(catalogue_verdict_of<C>.key);

struct no_catalogue_error {};
template <class C, catalogue_fault>
struct catalogue_error {
    using type = no_catalogue_error;
};
template <class C>
struct catalogue_error<C, catalogue_fault::missing> {
    using type = error::text_is_missing<C, culprit_language<C>, culprit_key<C>>;
};
template <class C>
struct catalogue_error<C, catalogue_fault::not_in_first> {
    using type = error::key_is_not_in_the_first_language<C, culprit_language<C>, culprit_key<C>>;
};
template <class C>
struct catalogue_error<C, catalogue_fault::forms> {
    using type = error::plural_forms_differ<C, culprit_language<C>, culprit_key<C>,
                                            catalogue_verdict_of<C>.has, catalogue_verdict_of<C>.needs>;
};
template <class C>
struct catalogue_error<C, catalogue_fault::places> {
    using type = error::places_differ<C, culprit_language<C>, culprit_key<C>,
                                      catalogue_verdict_of<C>.has, catalogue_verdict_of<C>.needs>;
};
template <class C>
struct catalogue_error<C, catalogue_fault::malformed> {
    using type = error::text_is_malformed<C, culprit_language<C>, culprit_key<C>>;
};
template <class C>
struct catalogue_error<C, catalogue_fault::key_twice> {
    using type = error::stands_twice<C, culprit_language<C>, culprit_key<C>>;
};
template <class C>
struct catalogue_error<C, catalogue_fault::language_twice> {
    using type = error::stands_twice<C, culprit_language<C>, culprit_key<C>>;
};
template <class C>
using catalogue_error_of = typename catalogue_error<C, catalogue_verdict_of<C>.fault>::type;

/// Where a language stands among those of a catalogue: 0 where none fits.
BANTER_DECL std::size_t choose_language(const language_part* all, std::size_t count,
                                        std::string_view code) noexcept;
/// The text with its values in their places.
BANTER_DECL std::string fill_places(std::string_view pattern, const text_piece* values,
                                    std::size_t count);

template <class Who>
constexpr std::string_view code_of(const Who& who) {
    if constexpr (std::convertible_to<const Who&, std::string_view>)
        return who;
    else
        return who.head().language_code;
}

template <std::integral I>
constexpr std::uint64_t magnitude(I n) noexcept {
    const auto bits = static_cast<std::uint64_t>(n);
    return n < 0 ? 0 - bits : bits;
}
template <class V>
inline constexpr bool is_whole_number = std::integral<V> && !std::same_as<V, bool> && !std::same_as<V, char>;

/// A key's phrase in each language, and what they have in common.
template <class C, fixed_string Key>
struct spoken {
    static constexpr std::size_t first = catalogue_of<C>.find(0, Key.view());
    static constexpr bool known = first != catalogue_of<C>.nowhere;
    static constexpr std::size_t languages = catalogue_of<C>.languages.size();
    static constexpr bool plural = depends_on_number(catalogue_of<C>, Key.view(), 0);
    static constexpr std::array<std::size_t, languages> places = [] {
        std::array<std::size_t, languages> out{};
        for (std::size_t l = 0; l != languages; ++l)
            out[l] = catalogue_of<C>.find(l, Key.view());
        return out;
    }();
    static constexpr std::size_t values() {
        const std::size_t count = known ? count_places(catalogue_of<C>.phrases[first]).count : 0;
        return count == 0 && plural ? 1 : count;
    }
    /// Nothing is to be written into it in any language.
    static constexpr bool plain() {
        for (const std::size_t at : places)
            if (count_places(catalogue_of<C>.phrases[at]).has_braces)
                return false;
        return true;
    }
};

template <class C>
inline constexpr auto plural_rules = [] {
    std::array<plural_rule, catalogue_of<C>.languages.size()> out{};
    for (std::size_t l = 0; l != out.size(); ++l)
        out[l] = plural_rule_of(catalogue_of<C>.languages[l].code);
    return out;
}();

template <class C, fixed_string Key, class First, class... Values>
std::string_view choose_form(std::size_t which, const First& number, const Values&...) {
    const phrase_text& all = catalogue_of<C>.phrases[spoken<C, Key>::places[which]];
    if constexpr (is_whole_number<First>)
        if constexpr (spoken<C, Key>::plural)
            return all.forms[plural_form(plural_rules<C>[which], magnitude(number))];
    (void)number;
    return all.forms[0];
}
template <class C, fixed_string Key>
std::string_view choose_form(std::size_t which) {
    return catalogue_of<C>.phrases[spoken<C, Key>::places[which]].forms[0];
}

struct no_value {};
template <class First = no_value, class...>
struct first_value {
    using type = First;
};

/// The error of one say(...), if there is any; a catalogue's own comes before.
template <class C, fixed_string Key, class... Values>
constexpr auto error_of_saying() {
    using all = spoken<C, Key>;
    using first = typename first_value<Values...>::type;
    if constexpr (!all::known)
        return std::type_identity<error::key_is_unknown<C, Key>>();
    else if constexpr (sizeof...(Values) != all::values())
        return std::type_identity<error::values_differ<C, Key, sizeof...(Values), all::values()>>();
    else if constexpr (all::plural && !is_whole_number<first>)
        return std::type_identity<error::plural_without_a_number<C, Key, first>>();
    else
        return std::type_identity<no_catalogue_error>();
}
template <class C, fixed_string Key, class... Values>
using saying_error = typename decltype(error_of_saying<C, Key, Values...>())::type;

}  // namespace detail

/// A key and its text, or the forms of it that a number chooses from, in CLDR's order (plural_rule).
/// `{}` is the place of a value, `{0}` to `{9}` where the order differs between languages; the first
/// value is the number that chooses. Texts are string literals.
template <std::size_t N, std::size_t... M>
    requires(sizeof...(M) >= 1 && sizeof...(M) <= 6)
constexpr detail::phrase_text phrase(const char (&key)[N], const char (&... forms)[M]) {
    return {{key, N - 1}, {std::string_view(forms, M - 1)...}, sizeof...(M)};
}

/// The phrases of one language. `code`: an IETF tag as Telegram has it, "de" or "pt-BR".
template <std::size_t N, class... Phrases>
constexpr auto in_language(const char (&code)[N], const Phrases&... phrases) {
    return detail::language_texts<sizeof...(Phrases)>{{code, N - 1}, {phrases...}};
}

/// All languages; the first is the default.
template <std::size_t... N>
    requires(sizeof...(N) >= 1)
constexpr auto catalogue(const detail::language_texts<N>&... languages) {
    detail::catalogue_texts<sizeof...(N), (N + ...)> out;
    std::size_t at = 0, number = 0;
    const auto add = [&](const auto& one) {
        out.languages[number++] = {one.code, at, one.phrases.size()};
        for (const detail::phrase_text& each : one.phrases)
            out.phrases[at++] = each;
    };
    (add(languages), ...);
    return out;
}

/// static_assert(verify_texts<words>): checks a catalogue alone (C19). say() checks it too.
template <class Catalogue>
inline constexpr bool verify_texts = sizeof(detail::catalogue_error_of<Catalogue>) > 0;

/// The code that say() goes by: what the user chose, if that is not empty, else what Telegram says
/// of the user.
template <class Who>
std::string_view language_of(const Who& who, std::string_view chosen = {}) {
    return chosen.empty() ? detail::code_of(who) : chosen;
}

/// The codes of a catalogue's languages, the default first: for a menu of them.
template <class Catalogue>
constexpr auto languages_of() {
    std::array<std::string_view, detail::catalogue_of<Catalogue>.languages.size()> out{};
    for (std::size_t i = 0; i != out.size(); ++i)
        out[i] = detail::catalogue_of<Catalogue>.languages[i].code;
    return out;
}

/// A text in a language: that of the context's user, or of a code. A std::string, or a
/// std::string_view of the catalogue where no language has anything to fill in: then nothing is
/// allocated.
template <class Catalogue, fixed_string Key, class Who, class... Values>
auto say(const Who& who, const Values&... values) {
    if constexpr (!std::is_same_v<detail::catalogue_error_of<Catalogue>, detail::no_catalogue_error>) {
        static_assert(verify_texts<Catalogue>);
        return std::string_view();
    } else if constexpr (!std::is_same_v<detail::saying_error<Catalogue, Key, Values...>,
                                         detail::no_catalogue_error>) {
        static_assert(sizeof(detail::saying_error<Catalogue, Key, Values...>) > 0);
        return std::string_view();
    } else {
        constexpr const auto& all = detail::catalogue_of<Catalogue>;
        const std::size_t at =
            detail::choose_language(all.languages.data(), all.languages.size(), detail::code_of(who));
        const std::string_view form = detail::choose_form<Catalogue, Key>(at, values...);
        if constexpr (detail::spoken<Catalogue, Key>::plain()) {
            return form;
        } else {
            const detail::text_piece pieces[sizeof...(Values) + 1] = {values..., std::string_view()};
            return detail::fill_places(form, pieces, sizeof...(Values));
        }
    }
}

}  // namespace banter

#ifndef BANTER_SEPARATE_COMPILATION
#include <banter/flow/impl/i18n.ipp>
#endif
