#include <banter/flow/letter_case.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

using namespace banter;

namespace {

std::string utf8(char32_t code) {
    const auto part = [code](unsigned lead, unsigned shift) {
        return static_cast<char>(lead | (code >> shift & (shift == 18 ? 0x07U : lead == 0x80 ? 0x3FU : 0x1FU)));
    };
    if (code < 0x80) return {static_cast<char>(code)};
    if (code < 0x800) return {part(0xC0, 6), part(0x80, 0)};
    if (code < 0x10000) return {static_cast<char>(0xE0U | code >> 12U), part(0x80, 6), part(0x80, 0)};
    return {part(0xF0, 18), part(0x80, 12), part(0x80, 6), part(0x80, 0)};
}

/// FNV-1a of what becomes of every character of Unicode, one after another.
template <class Change>
std::uint64_t fingerprint(Change change) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (char32_t code = 0; code != 0x110000; ++code) {
        if (code >= 0xD800 && code < 0xE000) continue;
        for (const char c : change(utf8(code)))
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    return hash;
}

}  // namespace

TEST_CASE("upper case in many scripts, also where one letter becomes several") {
    CHECK(upper_case("") == "");
    CHECK(upper_case("a Z 1 !") == "A Z 1 !");
    CHECK(upper_case("straße") == "STRASSE");
    CHECK(upper_case("élève, señor, ÿ") == "ÉLÈVE, SEÑOR, Ÿ");
    CHECK(upper_case("ελληνικός") == "ΕΛΛΗΝΙΚΌΣ");
    CHECK(upper_case("жук ѣ ђ") == "ЖУК Ѣ Ђ");
    CHECK(upper_case("ﬁn ﬄ ŉ") == "FIN FFL ʼN");
    CHECK(upper_case("ΐ") == "Ι\u0308\u0301");
    CHECK(upper_case("𐐨 😀 你好") == "𐐀 😀 你好");
    CHECK(upper_case("ǆ ı µ") == "Ǆ I Μ");
}

TEST_CASE("lower case in many scripts; a sigma at a word's end") {
    CHECK(lower_case("A z 1 !") == "a z 1 !");
    CHECK(lower_case("STRAẞE") == "straße");
    CHECK(lower_case("ЖУК Ђ") == "жук ђ");
    CHECK(lower_case("İ") == "i\u0307");
    CHECK(lower_case("ΟΔΟΣ ΣΟΦΟΣ.") == "οδος σοφος.");
    CHECK(lower_case("Σ") == "σ");
    CHECK(lower_case("1Σ") == "1σ");
    CHECK(lower_case("ΣΣ") == "σς");
    CHECK(lower_case("Α'Σ") == "α'ς");
    CHECK(lower_case("ΑΣ'Α") == "ασ'α");
    CHECK(lower_case("ΑΣ\u0301") == "ας\u0301");
    CHECK(lower_case("ΑΣ.Β") == "ασ.β");
}

TEST_CASE("bytes that are no UTF-8 stay") {
    for (const char* broken : {"\xFF", "\xC3", "\xC3\x28", "\xE2\x82", "\xC0\xAF", "\xED\xA0\x80",
                               "\xF4\x90\x80\x80"}) {
        CAPTURE(broken);
        const std::string whole = "A" + std::string(broken) + "Z";
        CHECK(upper_case(whole) == whole);
        CHECK(lower_case(whole) == "a" + std::string(broken) + "z");
    }
    CHECK(upper_case("\xC3z") == "\xC3Z");
}

TEST_CASE("every character of Unicode 15.1 becomes what Python 3.13 says") {
    CHECK(fingerprint([](const std::string& c) { return upper_case(c); }) == 0xf1a6102c65729830);
    CHECK(fingerprint([](const std::string& c) { return lower_case(c); }) == 0xc319d02e8283b91e);
}
