// Which form of a word stands beside a whole number, language by language (the cardinal rules of
// Unicode's CLDR, for whole numbers).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace banter {

/// The forms come in CLDR's order: zero, one, two, few, many, other, as far as a language has them.
enum class plural_rule : std::uint8_t {
    one_form,    ///< Japanese, Chinese, Korean, Vietnamese, Thai, Indonesian...: other
    one,         ///< English, German, Italian, Spanish, Turkish...: one (1), other
    up_to_one,   ///< French, Brazilian Portuguese, Hindi, Persian...: one (0 and 1), other
    slavic,      ///< Russian, Ukrainian, Belarusian: one (1, 21), few (2-4, 22), many (0, 5-20)
    balkan,      ///< Serbian, Croatian, Bosnian: one (1, 21), few (2-4, 22), other
    polish,      ///< one (1), few (2-4, 22), many
    czech,       ///< Czech, Slovak: one (1), few (2-4), other
    lithuanian,  ///< one (1, 21), few (2-9, 22), other (0, 10-20)
    latvian,     ///< zero (0, 10-20), one (1, 21), other
    romanian,    ///< one (1), few (0, 2-19, 101-119), other
    slovenian,   ///< one (1, 101), two (2, 102), few (3, 4, 103), other
    hebrew,      ///< one (1), two (2), other
    irish,       ///< one (1), two (2), few (3-6), many (7-10), other
    welsh,       ///< zero (0), one (1), two (2), few (3), many (6), other
    arabic,      ///< zero (0), one (1), two (2), few (3-10, 103), many (11-99), other
};

/// The rule of a language, by its code ("pt-BR"); that of English where it is not known.
constexpr plural_rule plural_rule_of(std::string_view code) noexcept {
    struct entry {
        std::string_view languages;
        plural_rule rule;
    };
    constexpr entry known[] = {
        {" ja zh ko vi th id ms my lo km ", plural_rule::one_form},
        {" fr pt hi bn fa gu hy am kn mr zu ", plural_rule::up_to_one},
        {" ru uk be ", plural_rule::slavic},
        {" sr hr bs sh ", plural_rule::balkan},
        {" pl ", plural_rule::polish},
        {" cs sk ", plural_rule::czech},
        {" lt ", plural_rule::lithuanian},
        {" lv ", plural_rule::latvian},
        {" ro mo ", plural_rule::romanian},
        {" sl ", plural_rule::slovenian},
        {" he iw ", plural_rule::hebrew},
        {" ga ", plural_rule::irish},
        {" cy ", plural_rule::welsh},
        {" ar ", plural_rule::arabic},
    };
    if (code == "pt-PT")
        return plural_rule::one;
    const std::string_view language = code.substr(0, code.find('-'));
    for (const entry& one : known)
        for (std::size_t at = 0; at + 1 < one.languages.size(); at += 3)
            if (one.languages.substr(at + 1, 2) == language)
                return one.rule;
    return plural_rule::one;
}

/// How many forms a word has.
constexpr std::size_t plural_forms(plural_rule rule) noexcept {
    switch (rule) {
    case plural_rule::one_form: return 1;
    case plural_rule::one:
    case plural_rule::up_to_one: return 2;
    case plural_rule::slovenian: return 4;
    case plural_rule::irish: return 5;
    case plural_rule::welsh:
    case plural_rule::arabic: return 6;
    default: return 3;
    }
}

/// Which of them, from 0, stands beside n (its magnitude: -1 is as 1).
constexpr std::size_t plural_form(plural_rule rule, std::uint64_t n) noexcept {
    const std::uint64_t last = n % 10, two = n % 100;
    const bool one = last == 1 && two != 11;
    const bool few = last >= 2 && last <= 4 && (two < 12 || two > 14);
    switch (rule) {
    case plural_rule::one_form: return 0;
    case plural_rule::one: return n == 1 ? 0 : 1;
    case plural_rule::up_to_one: return n <= 1 ? 0 : 1;
    case plural_rule::slavic:
    case plural_rule::balkan: return one ? 0 : few ? 1 : 2;
    case plural_rule::polish: return n == 1 ? 0 : few ? 1 : 2;
    case plural_rule::czech: return n == 1 ? 0 : n >= 2 && n <= 4 ? 1 : 2;
    case plural_rule::lithuanian:
        return one ? 0 : last >= 2 && (two < 11 || two > 19) ? 1 : 2;
    case plural_rule::latvian: return last == 0 || (two >= 11 && two <= 19) ? 0 : one ? 1 : 2;
    case plural_rule::romanian: return n == 1 ? 0 : n == 0 || (two >= 1 && two <= 19) ? 1 : 2;
    case plural_rule::slovenian: return two == 1 ? 0 : two == 2 ? 1 : two == 3 || two == 4 ? 2 : 3;
    case plural_rule::hebrew: return n == 1 ? 0 : n == 2 ? 1 : 2;
    case plural_rule::irish: return n == 1 ? 0 : n == 2 ? 1 : n >= 3 && n <= 6 ? 2 : n >= 7 && n <= 10 ? 3 : 4;
    case plural_rule::welsh: return n <= 3 ? static_cast<std::size_t>(n) : n == 6 ? 4 : 5;
    case plural_rule::arabic:
        return n <= 2 ? static_cast<std::size_t>(n) : two >= 3 && two <= 10 ? 3 : two >= 11 ? 4 : 5;
    }
    return 0;
}

}  // namespace banter
