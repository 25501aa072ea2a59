// What a user of pattern<> sees, at compile time and at run time.
#include <banter/flow/pattern.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "pattern_runtime.hpp"

using banter::fixed_string;
using banter::match_kind;
using banter::pattern;
using banter::pattern_fault;
using banter::pattern_verdict;

namespace {

template <fixed_string P>
using whole = pattern<P, match_kind::whole>;
template <fixed_string P>
using search = pattern<P, match_kind::search>;

// The three patterns of the payment conversation and its like.
static_assert(whole<"bank_([0-9]+)">::verdict.ok());
static_assert(whole<"bank_([0-9]+)">::capture_count == 1);
static_assert(whole<"bank_([0-9]+)">::matches("bank_12"));
static_assert(!whole<"bank_([0-9]+)">::matches("bank_"));
static_assert(!whole<"bank_([0-9]+)">::matches("bank_12 "));
static_assert(whole<"wallet_(BTC|ETH|USDT)">::matches("wallet_ETH"));
static_assert(!whole<"wallet_(BTC|ETH|USDT)">::matches("wallet_ET"));
static_assert(whole<"^(approve|reject)_(\\d+)$">::matches("approve_7"));
static_assert(!whole<"^(approve|reject)_(\\d+)$">::matches("approve_7\n"));
static_assert(search<"^(approve|reject)_(\\d+)$">::matches("approve_7\n"));

constexpr bool captures_at_compile_time() {
    std::array<std::string_view, 3> groups;
    return whole<"(approve|reject)_(\\d+)">::capture("reject_42", groups) &&
           groups[0] == "reject_42" && groups[1] == "reject" && groups[2] == "42";
}
static_assert(captures_at_compile_time());

// UTF-8: one code point, whatever its length; nothing else.
static_assert(whole<".">::matches("\xF0\x9F\x98\x80"));
static_assert(!whole<".">::matches("\xF0\x9F\x98"));
static_assert(!whole<".">::matches("\xC0\x80"));
static_assert(!whole<".">::matches("\xED\xA0\x80"));
static_assert(!whole<".">::matches("\xF4\x90\x80\x80"));
static_assert(whole<"[^a]">::matches("\xD0\xB9"));
static_assert(search<"(?i)\u043F\u0440\u0438">::matches("\u041F\u0420\u0418\u0412\u0415\u0422"));

// Equal languages give equal automata.
template <class Left, class Right>
constexpr bool same_size = Left::automaton.state_count == Right::automaton.state_count;
static_assert(same_size<whole<"ab|ac|ad">, whole<"a[b-d]">>);
static_assert(same_size<whole<"(a*)*b">, whole<"a*b">>);
static_assert(same_size<whole<"^a$">, whole<"a">>);
static_assert(search<"">::automaton.start == 1 && search<"">::automaton.settled == 2);
static_assert(whole<"[^\\s\\S]">::automaton.is_empty());

template <fixed_string P>
constexpr pattern_verdict fault = whole<P>::verdict;
static_assert(fault<"a(b"> == pattern_verdict{pattern_fault::unclosed_group, 1});
static_assert(fault<"ab)"> == pattern_verdict{pattern_fault::unopened_group, 2});
static_assert(fault<"x[ab"> == pattern_verdict{pattern_fault::unclosed_class, 1});
static_assert(fault<"[z-a]"> == pattern_verdict{pattern_fault::bad_range, 1});
static_assert(fault<"[\\d-z]"> == pattern_verdict{pattern_fault::bad_range, 1});
static_assert(fault<"*a"> == pattern_verdict{pattern_fault::nothing_to_repeat, 0});
static_assert(fault<"^*"> == pattern_verdict{pattern_fault::nothing_to_repeat, 1});
static_assert(fault<"a**"> == pattern_verdict{pattern_fault::repeated_repeat, 2});
static_assert(fault<"a++"> == pattern_verdict{pattern_fault::repeated_repeat, 2});
static_assert(fault<"a{3,2}"> == pattern_verdict{pattern_fault::bad_repeat, 1});
static_assert(fault<"ab\\y"> == pattern_verdict{pattern_fault::bad_escape, 2});
static_assert(fault<"\\x4"> == pattern_verdict{pattern_fault::bad_escape, 0});
static_assert(fault<"a\\"> == pattern_verdict{pattern_fault::bad_escape, 1});
static_assert(fault<"(a)\\1"> == pattern_verdict{pattern_fault::backreference, 3});
static_assert(fault<"(?P<n>a)(?P=n)"> == pattern_verdict{pattern_fault::backreference, 8});
static_assert(fault<"(?P<1>a)"> == pattern_verdict{pattern_fault::bad_group_name, 0});
static_assert(fault<"(?P<n>a)(?P<n>b)"> == pattern_verdict{pattern_fault::bad_group_name, 8});
static_assert(fault<"a(?=b)"> == pattern_verdict{pattern_fault::unsupported_group, 1});
static_assert(fault<"(?<=a)b"> == pattern_verdict{pattern_fault::unsupported_group, 0});
static_assert(fault<"(?m)a"> == pattern_verdict{pattern_fault::unsupported_flag, 2});
static_assert(fault<"a(?i)b"> == pattern_verdict{pattern_fault::unsupported_flag, 1});
static_assert(fault<"a(?!b)"> == pattern_verdict{pattern_fault::misplaced_look_ahead, 1});
static_assert(fault<"(?!a)b|c"> == pattern_verdict{pattern_fault::misplaced_look_ahead, 0});
static_assert(fault<"a{1001}"> == pattern_verdict{pattern_fault::too_large, 1});
static_assert(fault<"(a{900}){900}">.fault == pattern_fault::too_large);
static_assert(fault<"(a|b)*a(a|b){14}">.fault == pattern_fault::too_large);
static_assert(fault<".{1,400}">.fault == pattern_fault::too_large);
static_assert(fault<"\xFF"> == pattern_verdict{pattern_fault::not_utf8, 0});
static_assert(search<"(?!a)b">::verdict.fault == pattern_fault::floating_look_ahead);
static_assert(search<"^(?!a)b">::verdict.ok());
static_assert(!whole<"a(b">::matches("a(b"), "a pattern with a fault matches nothing");

// Patterns that people write stay inside every compiler's default limits.
static_assert(whole<"[^_]{1,64}">::verdict.ok());
static_assert(whole<"\\d{1,19}">::verdict.ok());
static_assert(search<"^[\\w.+-]+@[\\w-]+\\.[\\w.-]+$">::verdict.ok());
static_assert(search<"(0?[1-9]|[12][0-9]|3[01])\\.(0?[1-9]|1[0-2])\\.(19|20)\\d\\d">::verdict.ok());
static_assert(
    search<"(?i)^(yes|no|maybe|start|stop|help|cancel|settings|language)$">::verdict.ok());

}  // namespace

TEST_CASE("groups are views into the subject, and null where they took no part") {
    std::array<std::string_view, 3> groups;
    const std::string subject = "xx b yy";
    REQUIRE(search<"(a)|(b)">::capture(subject, groups));
    CHECK(groups[0] == "b");
    CHECK(groups[0].data() == subject.data() + 3);
    CHECK(groups[1].data() == nullptr);
    CHECK(groups[2] == "b");
}

TEST_CASE("an empty group is not a group without part") {
    std::array<std::string_view, 3> groups;
    REQUIRE(whole<"(a*)b(c)?">::capture("b", groups));
    CHECK(groups[1].empty());
    CHECK(groups[1].data() != nullptr);
    CHECK(groups[2].data() == nullptr);
}

TEST_CASE("a short span takes what fits, and a failed capture leaves it alone") {
    std::array<std::string_view, 1> only_whole{"before"};
    CHECK_FALSE(whole<"(a)(b)">::capture("ac", only_whole));
    CHECK(only_whole[0] == "before");
    CHECK(whole<"(a)(b)">::capture("ab", only_whole));
    CHECK(only_whole[0] == "ab");
}

TEST_CASE("a subject is not read past its end") {
    const std::string text = "bank_123";
    for (std::size_t size = 0; size <= text.size(); ++size) {
        const std::vector<char> exact(text.begin(),
                                      text.begin() + static_cast<std::ptrdiff_t>(size));
        const std::string_view subject{exact.data(), exact.size()};
        std::array<std::string_view, 2> groups;
        CHECK(whole<"bank_([0-9]+)">::matches(subject) == (size > 5));
        CHECK(whole<"bank_([0-9]+)">::capture(subject, groups) == (size > 5));
    }
    const std::vector<char> cut{'\xF0', '\x9F'};
    CHECK_FALSE(search<".">::matches({cut.data(), cut.size()}));
}

TEST_CASE("long texts are captured as short ones, in linear time") {
    std::array<std::string_view, 2> groups;
    for (const std::size_t size : {10u, 100u, 1000u, 4096u, 50000u}) {
        const std::string text = std::string(size, 'x') + " 42 eur";
        REQUIRE(search<"(\\d+) eur">::capture(text, groups));
        CHECK(groups[1] == "42");
    }
    // What takes a backtracking engine 2^30 steps and more.
    const std::string hard(4000, 'a');
    CHECK_FALSE(whole<"(a*)*b">::matches(hard));
    REQUIRE(whole<"((a*)*)(a|b)*">::capture(hard, groups));
    CHECK(groups[1].size() == hard.size());
    REQUIRE(whole<"(a?){30}a*">::capture(hard, groups));
    CHECK(groups[0].size() == hard.size());
}

TEST_CASE("a search sees the text up to the first byte that is not UTF-8") {
    CHECK(search<"b">::matches("ab\xFF"));
    CHECK_FALSE(search<"b">::matches("a\xFF"
                                     "b"));
    CHECK_FALSE(search<"a$">::matches("a\xFF"));
}

TEST_CASE("every fault has a sentence of its own") {
    std::vector<std::string_view> sentences;
    for (int i = 0; i <= static_cast<int>(pattern_fault::too_large); ++i) {
        const auto sentence = banter::sentence_of(static_cast<pattern_fault>(i));
        CHECK(sentence.size() > 10);
        for (const auto& other : sentences) {
            CHECK(other != sentence);
        }
        sentences.push_back(sentence);
    }
}

TEST_CASE("patterns far past the usual size work as small ones do") {
    using many =
        whole<"(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|"
              "omicron|pi|rho|sigma|tau|upsilon|phi|chi|psi|omega)_(\\d{1,6})_([^_]{0,20})">;
    static_assert(many::verdict.ok());
    std::array<std::string_view, 3> groups;
    REQUIRE(many::capture("omicron_123_\u20AC\u20AC", groups));
    CHECK(groups[1] == "123");
    CHECK(groups[2] == "\u20AC\u20AC");
    CHECK_FALSE(many::matches("omicron_1234567_x"));
}
