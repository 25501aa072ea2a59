// Texts in the user's language: which language, which form, what stands in the places.
#include <banter/flow/i18n.hpp>

#include <doctest/doctest.h>

using namespace banter;

namespace {

struct words {
    static constexpr auto texts() {
        return catalogue(
            in_language("en", phrase("hello", "Hello, {}!"), phrase("bye", "Goodbye."),
                        phrase("eggs", "{} egg", "{} eggs"), phrase("moved", "{0} moved to {1}"),
                        phrase("set", "{{{}}}")),
            in_language("de", phrase("bye", "Tschüss."), phrase("hello", "Hallo, {}!"),
                        phrase("eggs", "ein Ei", "{} Eier"), phrase("set", "Menge {{{}}}"),
                        phrase("moved", "Nach {1} zog {0}")),
            in_language("de-AT", phrase("hello", "Servus, {}!"), phrase("bye", "Baba."),
                        phrase("eggs", "{} Ei", "{} Eier"), phrase("moved", "{0} ist in {1}"),
                        phrase("set", "{{{}}}")),
            in_language("ja", phrase("hello", "{}さん"), phrase("bye", "では"), phrase("eggs", "卵{}個"),
                        phrase("moved", "{0}:{1}"), phrase("set", "{{{}}}")),
            in_language("ru", phrase("hello", "Привет, {}!"), phrase("bye", "Пока."),
                        phrase("eggs", "{} яйцо", "{} яйца", "{} яиц"), phrase("moved", "{0}, {1}"),
                        phrase("set", "{{{}}}")));
    }
};
static_assert(verify_texts<words>);
static_assert(languages_of<words>()[2] == "de-AT");

/// What say() asks of a context.
struct user {
    struct facts {
        std::string_view language_code;
    };
    facts known;
    const facts& head() const { return known; }
};

std::string eggs(std::string_view code, int n) { return say<words, "eggs">(code, n); }

}  // namespace

TEST_CASE("the user's language, or the nearest that there is, or the first") {
    CHECK(say<words, "bye">(user{{"de"}}) == "Tschüss.");
    CHECK(say<words, "bye">(user{{"de-AT"}}) == "Baba.");
    CHECK(say<words, "bye">(user{{"DE_at"}}) == "Baba.");
    CHECK(say<words, "bye">(user{{"de-CH-1996"}}) == "Tschüss.");
    CHECK(say<words, "bye">(user{{"den"}}) == "Goodbye.");
    CHECK(say<words, "bye">(user{{""}}) == "Goodbye.");
    CHECK(say<words, "bye">(user{{"-"}}) == "Goodbye.");
}

TEST_CASE("what the user chose goes before what Telegram says") {
    const user anna{{"de"}};
    CHECK(say<words, "bye">(language_of(anna)) == "Tschüss.");
    CHECK(say<words, "bye">(language_of(anna, "ru")) == "Пока.");
    CHECK(say<words, "bye">(language_of(anna, "")) == "Tschüss.");
    const std::string stored = "ja";
    CHECK(say<words, "bye">(stored) == "では");
}

TEST_CASE("values stand in their places, in each language's order; a doubled brace is one") {
    CHECK(say<words, "hello">("de", "Anna") == "Hallo, Anna!");
    CHECK(say<words, "moved">("en", "Anna", std::string("Rome")) == "Anna moved to Rome");
    CHECK(say<words, "moved">("de", "Anna", "Rom") == "Nach Rom zog Anna");
    CHECK(say<words, "set">("en", 7) == "{7}");
    CHECK(say<words, "hello">("en", "{}") == "Hello, {}!");
}

TEST_CASE("a text without values is not copied") {
    static_assert(std::is_same_v<decltype(say<words, "bye">("en")), std::string_view>);
    static_assert(std::is_same_v<decltype(say<words, "hello">("en", "x")), std::string>);
    CHECK(say<words, "bye">("de").data() == say<words, "bye">("de-DE").data());
}

TEST_CASE("numbers choose the form") {
    CHECK(eggs("en", 1) == "1 egg");
    CHECK(eggs("en", 0) == "0 eggs");
    CHECK(eggs("en", -1) == "-1 egg");
    CHECK(eggs("de", 1) == "ein Ei");
    CHECK(eggs("ja", 2) == "卵2個");
    CHECK(eggs("ru", 1) == "1 яйцо");
    CHECK(eggs("ru", 22) == "22 яйца");
    CHECK(eggs("ru", 11) == "11 яиц");
    CHECK(say<words, "eggs">("ru", 1'000'000'000'000'001) == "1000000000000001 яйцо");
}

namespace {
/// The forms of 0, 1, 2, ... as digits.
std::string forms(std::string_view code, std::initializer_list<std::uint64_t> numbers) {
    std::string out;
    for (const std::uint64_t n : numbers) {
        const plural_rule rule = plural_rule_of(code);
        const std::size_t form = plural_form(rule, n);
        CHECK(form < plural_forms(rule));
        out += static_cast<char>('0' + form);
    }
    return out;
}
}  // namespace

TEST_CASE("the plural rules of languages") {
    CHECK(forms("en", {0, 1, 2, 11, 21, 101}) == "101111");
    CHECK(forms("xx", {0, 1, 2}) == "101");
    CHECK(forms("fr", {0, 1, 2}) == "001");
    CHECK(forms("pt-BR", {0, 1, 2}) == "001");
    CHECK(forms("pt-PT", {0, 1, 2}) == "101");
    CHECK(forms("ja", {0, 1, 2}) == "000");
    CHECK(forms("uk", {0, 1, 2, 4, 5, 11, 12, 14, 20, 21, 22, 111, 112, 121}) == "20112222201220");
    CHECK(forms("sr", {1, 2, 5, 11, 21, 22}) == "012201");
    CHECK(forms("pl", {0, 1, 2, 4, 5, 12, 21, 22, 112, 122}) == "2011222121");
    CHECK(forms("cs", {0, 1, 2, 4, 5, 22}) == "201122");
    CHECK(forms("lt", {0, 1, 2, 9, 10, 11, 19, 20, 21, 22}) == "2011222201");
    CHECK(forms("lv", {0, 1, 2, 10, 11, 19, 20, 21, 22, 111}) == "0120000120");
    CHECK(forms("ro", {0, 1, 2, 19, 20, 100, 101, 119, 120}) == "101122112");
    CHECK(forms("sl", {0, 1, 2, 3, 4, 5, 101, 102, 103}) == "301223012");
    CHECK(forms("he", {0, 1, 2, 3}) == "2012");
    CHECK(forms("ga", {0, 1, 2, 3, 6, 7, 10, 11}) == "40122334");
    CHECK(forms("cy", {0, 1, 2, 3, 4, 6, 7}) == "0123545");
    CHECK(forms("ar", {0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111}) == "01233445534");
}

namespace {
constexpr auto fault_of(std::string_view pattern) {
    const auto found = detail::count_places(pattern);
    return found.fine ? static_cast<int>(found.count) : -1;
}
static_assert(fault_of("") == 0);
static_assert(fault_of("{} and {}") == 2);
static_assert(fault_of("{1}") == 2);
static_assert(fault_of("{{}}") == 0);
static_assert(fault_of("{") == -1);
static_assert(fault_of("}") == -1);
static_assert(fault_of("{name}") == -1);
static_assert(fault_of("{} {0}") == -1);
static_assert(fault_of("{0") == -1);
}  // namespace
