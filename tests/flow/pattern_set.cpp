// Many patterns at once give the answers of each alone.
#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pattern_runtime.hpp"

static std::size_t allocations = 0;

void* operator new(std::size_t size) {
    ++allocations;
    if (void* const memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using banter::match_kind;
using banter::pattern_set;
using banter::test::runtime_pattern;

namespace {

struct many {
    std::vector<std::unique_ptr<runtime_pattern>> patterns;
    pattern_set set;

    void add(std::string_view text, match_kind kind = match_kind::whole) {
        patterns.push_back(std::make_unique<runtime_pattern>(text, kind));
        REQUIRE(patterns.back()->verdict.ok());
        CHECK(set.add(patterns.back()->automaton) == patterns.size() - 1);
    }

    void check(std::string_view subject) {
        CAPTURE(subject);
        const std::uint32_t found = set.classify(subject);
        const auto bits = set.accepted(found);
        bool any = false;
        for (std::size_t i = 0; i < patterns.size(); ++i) {
            const bool expected = patterns[i]->matches(subject);
            any |= expected;
            CHECK(((bits[i / 64] >> (i % 64)) & 1) == (expected ? 1 : 0));
        }
        CHECK((found != 0) == any);
        CHECK(set.classify(subject) == found);
    }
};

}  // namespace

TEST_CASE("an empty set takes nothing") {
    pattern_set set;
    set.build();
    CHECK(set.classify("x") == 0);
    CHECK(set.accepted(0).empty());
}

TEST_CASE("500 literals and patterns are one table") {
    many all;
    for (int i = 0; i < 470; ++i) {
        all.add("item" + std::to_string(i * 37 % 1000) + (i % 3 == 0 ? "_sell" : "_buy"));
    }
    for (int i = 0; i < 20; ++i) {
        all.add("page" + std::to_string(i) + "_([0-9]+)");
    }
    all.add("item[0-9]+_buy");
    all.add("item.*");
    all.add("(?i)ITEM37_(buy|sell)");
    all.add("sell$", match_kind::search);
    all.add("^page", match_kind::search);
    all.add("");
    all.set.build();
    CHECK(all.set.group_count() == 1);
    CHECK(all.set.class_count() > 490);
    for (int i = 0; i < 470; i += 11) {
        const std::string literal =
            "item" + std::to_string(i * 37 % 1000) + (i % 3 == 0 ? "_sell" : "_buy");
        all.check(literal);
        all.check(literal + "x");
        all.check(literal.substr(0, 5));
    }
    for (const char* subject : {"", "x", "page7_12", "page7_", "page77_1", "item37_BUY", "item",
                                "item\xFF", "\u043F\u0440\u0438", "resell", "item999999_buy"}) {
        all.check(subject);
    }
}

TEST_CASE("a set whose product is too large runs in groups, with the same answers") {
    many all;
    // Counters that may begin anywhere: their product has millions of states.
    for (const char* text :
         {"a.{6}b", "b.{7}a", "c.{6}a", "a.{5}c", "b.{5}b", "c.{7}c", "ab.{6}c"}) {
        all.add(text, match_kind::search);
    }
    for (int i = 0; i < 40; ++i) {
        all.add("literal" + std::to_string(i));
    }
    all.set.build();
    CHECK(all.set.group_count() > 1);
    CHECK(all.set.group_count() < 8);
    std::uint32_t random = 1;
    std::vector<std::string> subjects{"literal17", "literal40"};
    for (int round = 0; round < 500; ++round) {
        std::string subject;
        for (int i = 0; i < 16; ++i) {
            random = random * 1664525 + 1013904223;
            subject += static_cast<char>('a' + (random >> 24) % 3);
        }
        all.check(subjects.emplace_back(std::move(subject)));
    }
    // What a subject of several groups belongs to is learnt once.
    const std::size_t before = allocations;
    std::uint32_t found = 0;
    for (const std::string& subject : subjects) found |= all.set.classify(subject);
    CHECK(allocations == before);
    CHECK(found != 0);
}

TEST_CASE("the same pattern twice has two ids and one class") {
    many all;
    all.add("a+");
    all.add("aa*");
    all.add("b");
    all.set.build();
    CHECK(all.set.class_count() == 3);
    all.check("aaa");
    all.check("b");
    all.check("c");
}
