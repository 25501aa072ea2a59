// The engine against what others say: Python's recorded answers, Boost.Regex on random patterns,
// and the definition of a minimal automaton.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#define BOOST_REGEX_STANDALONE
#include <boost/regex.hpp>

#include "pattern_expectations.hpp"
#include "pattern_runtime.hpp"

using namespace banter::test;
using banter::match_kind;
using banter::pattern_fault;

namespace {

void check_both_machines(const runtime_pattern& pattern, std::string_view subject,
                         std::string_view expected) {
    CAPTURE(subject);
    CHECK(print(pattern.capture(subject, machine::backtracker)) == expected);
    CHECK(print(pattern.capture(subject, machine::threads)) == expected);
}

/// A random pattern in the syntax that Perl and Python share.
class generator {
  public:
    explicit generator(unsigned seed) : random_(seed) {}

    std::string alternatives(int depth) {
        std::string text = sequence(depth);
        for (int i = below(4); i > 1; --i) {
            text += "|" + sequence(depth);
        }
        return text;
    }
    std::string subject() {
        static constexpr std::string_view letters = "aab1_ -";
        std::string text;
        for (int i = below(9); i > 0; --i) {
            text += letters[static_cast<std::size_t>(below(static_cast<int>(letters.size())))];
        }
        return text;
    }
    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  private:
    std::string sequence(int depth) {
        std::string text;
        for (int i = 1 + below(3); i > 0; --i) {
            text += below(14) == 0 ? "\\b" : "";
            text += repeated(depth);
        }
        return text;
    }
    std::string repeated(int depth) {
        static constexpr const char* signs[] = {"*", "+", "?", "{2}", "{1,}", "{0,2}", "{1,3}"};
        // What can be empty is not repeated: there Boost.Regex and Python part ways.
        if (depth > 0 && below(4) == 0) {
            return (below(3) == 0 ? "(?:" : "(") + alternatives(depth - 1) + ")";
        }
        std::string text = atom();
        if (below(5) < 2) {
            text += signs[below(7)];
            text += below(3) == 0 ? "?" : "";
        }
        return text;
    }
    std::string atom() {
        static constexpr const char* atoms[] = {
            "a",   "b",   "1",   "_",    " ",    "-",      ".",       "\\d", "\\w",     "\\s",
            "\\D", "\\W", "\\S", "[ab]", "[^a]", "[a-b1]", "[^\\d_]", "(a)", "(?:b|1)", "(a|b1)"};
        return atoms[below(20)];
    }

    std::mt19937 random_;
};

std::string boost_answer(const boost::regex& pattern, const std::string& subject, match_kind kind) {
    boost::smatch found;
    const bool matched = kind == match_kind::whole ? boost::regex_match(subject, found, pattern)
                                                   : boost::regex_search(subject, found, pattern);
    if (!matched) {
        return "none";
    }
    spans result;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto first = static_cast<std::size_t>(found.position(i));
        result.push_back(found[static_cast<int>(i)].matched
                             ? std::pair{first, first + static_cast<std::size_t>(
                                                            found.length(static_cast<int>(i)))}
                             : std::pair{npos, npos});
    }
    return print(result);
}

/// Whether some text tells each two states apart (the table-filling algorithm).
bool is_minimal(const banter::automaton_view& dfa) {
    const std::size_t count = dfa.state_count;
    std::vector<bool> apart(count * count);
    for (std::size_t p = 0; p < count; ++p) {
        for (std::size_t q = 0; q < count; ++q) {
            apart[p * count + q] = dfa.accepts(p) != dfa.accepts(q);
        }
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t p = 0; p < count; ++p) {
            for (std::size_t q = 0; q < p; ++q) {
                for (std::size_t c = 0; c < dfa.class_count && !apart[p * count + q]; ++c) {
                    if (apart[dfa.next(p, c) * count + dfa.next(q, c)]) {
                        apart[p * count + q] = apart[q * count + p] = changed = true;
                    }
                }
            }
        }
    }
    // State 0 is always there, needed or not.
    for (std::size_t p = 1; p < count; ++p) {
        for (std::size_t q = 1; q < p; ++q) {
            if (!apart[p * count + q]) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace

TEST_CASE("matches and groups are those that Python's re finds") {
    for (const expectation& each : expectations) {
        CAPTURE(each.pattern);
        for (const match_kind kind : {match_kind::whole, match_kind::search}) {
            const char* const expected = kind == match_kind::whole ? each.whole : each.search;
            if (expected == nullptr) {
                continue;
            }
            const runtime_pattern pattern(each.pattern, kind);
            REQUIRE(pattern.verdict.fault == pattern_fault::none);
            check_both_machines(pattern, each.subject, expected);
        }
    }
}

TEST_CASE("random patterns match and capture as in Boost.Regex") {
    generator random(20261120);
    std::size_t compared = 0;
    for (int round = 0; round < 1500; ++round) {
        const std::string text = random.alternatives(2);
        CAPTURE(text);
        const boost::regex reference(text, boost::regex::perl | boost::regex::no_mod_m);
        const match_kind kind = round % 2 == 0 ? match_kind::whole : match_kind::search;
        const runtime_pattern pattern(text, kind);
        if (pattern.verdict.fault == pattern_fault::too_large) {
            continue;  // a few in a thousand
        }
        REQUIRE(pattern.verdict.fault == pattern_fault::none);
        for (int i = 0; i < 20; ++i) {
            const std::string subject = random.subject();
            check_both_machines(pattern, subject, boost_answer(reference, subject, kind));
            ++compared;
        }
    }
    CHECK(compared > 29000);
}

TEST_CASE("automata are minimal") {
    generator random(7);
    int checked = 0;
    for (int round = 0; round < 300; ++round) {
        const std::string text = random.alternatives(2);
        CAPTURE(text);
        const runtime_pattern pattern(text,
                                      round % 2 == 0 ? match_kind::whole : match_kind::search);
        if (pattern.verdict.ok()) {
            CHECK(is_minimal(pattern.automaton));
            ++checked;
        }
    }
    CHECK(checked > 290);
    for (const expectation& each : expectations) {
        CAPTURE(each.pattern);
        CHECK(is_minimal(runtime_pattern(each.pattern, match_kind::whole).automaton));
        CHECK(is_minimal(runtime_pattern(each.pattern, match_kind::search).automaton));
    }
}

TEST_CASE("a character is exactly one valid UTF-8 sequence") {
    // Against a decoder written down from the standard's table of well-formed sequences.
    const auto well_formed = [](const std::string& bytes) {
        const auto in = [&](std::size_t i, int first, int last) {
            const int byte = static_cast<unsigned char>(bytes[i]);
            return byte >= first && byte <= last;
        };
        switch (bytes.size()) {
        case 1:
            return in(0, 0x00, 0x7F);
        case 2:
            return in(0, 0xC2, 0xDF) && in(1, 0x80, 0xBF);
        case 3:
            return in(2, 0x80, 0xBF) && ((in(0, 0xE0, 0xE0) && in(1, 0xA0, 0xBF)) ||
                                         (in(0, 0xED, 0xED) && in(1, 0x80, 0x9F)) ||
                                         (in(0, 0xE1, 0xEC) && in(1, 0x80, 0xBF)) ||
                                         (in(0, 0xEE, 0xEF) && in(1, 0x80, 0xBF)));
        default:
            return in(2, 0x80, 0xBF) && in(3, 0x80, 0xBF) &&
                   ((in(0, 0xF0, 0xF0) && in(1, 0x90, 0xBF)) ||
                    (in(0, 0xF1, 0xF3) && in(1, 0x80, 0xBF)) ||
                    (in(0, 0xF4, 0xF4) && in(1, 0x80, 0x8F)));
        }
    };
    const runtime_pattern any("[\\s\\S]", match_kind::whole);
    std::size_t wrong = 0;
    const auto check = [&](const std::string& bytes) {
        const bool expected = well_formed(bytes);
        wrong += any.matches(bytes) != expected ? 1 : 0;
        wrong += (banter::detail::decode_at(bytes, 0).size == bytes.size()) != expected ? 1 : 0;
    };
    const std::string tails = "\x01\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xFF";
    for (int first = 0; first < 256; ++first) {
        const std::string one(1, static_cast<char>(first));
        check(one);
        for (int second = 0; second < 256; ++second) {
            const std::string two = one + static_cast<char>(second);
            check(two);
            for (const char third : tails) {
                check(two + third);
                for (const char fourth : tails) {
                    check(two + third + fourth);
                }
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("any bytes are a pattern or a fault inside it, and any bytes are a subject") {
    std::mt19937 random(99);
    static constexpr std::string_view pieces = "ab()[]{}*+?|^$\\.-,!<>:=P12dwsbBAZx\xC3\xA9\xFF";
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (auto i = random() % 14; i > 0; --i) {
            text += pieces[random() % pieces.size()];
        }
        CAPTURE(text);
        const runtime_pattern pattern(text,
                                      round % 2 == 0 ? match_kind::whole : match_kind::search);
        if (!pattern.verdict.ok()) {
            CHECK(pattern.verdict.position <= text.size());
            continue;
        }
        std::string subject;
        for (auto i = random() % 12; i > 0; --i) {
            subject += pieces[random() % pieces.size()];
        }
        CHECK(print(pattern.capture(subject, machine::backtracker)) ==
              print(pattern.capture(subject, machine::threads)));
        const auto found = pattern.capture(subject, machine::threads);
        CHECK((!found || !found->empty()));  // the machines never contradict the automaton
    }
}
