// What the solver says of two patterns, against Boost.Regex on texts of both languages.
#include "pattern_runtime.hpp"

#include <banter/flow/solver.hpp>

#include <doctest/doctest.h>

#define BOOST_REGEX_STANDALONE
#include <boost/regex.hpp>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace banter;
using banter::test::runtime_pattern;
using detail::filter_node;
using detail::term;

namespace {

/// Random patterns in the syntax that Perl and Python share.
class generator {
  public:
    explicit generator(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t limit) { return random_() % limit; }
    bool chance(std::size_t percent) { return below(100) < percent; }

    std::string alternatives(int depth) {
        std::string text = sequence(depth);
        for (std::size_t i = below(3); i != 0; --i) text += "|" + sequence(depth);
        return text;
    }
    /// A pattern that has to do with another one: often larger, smaller or the same language.
    std::string relative_of(const std::string& other, match_kind kind) {
        switch (below(6)) {
            case 0: return other + "|" + sequence(1);
            case 1: return sequence(1) + "|(?:" + other + ")";
            case 2: return "(?:" + other + ")" + (kind == match_kind::whole ? "?" : "b*");
            case 3: return widened(other, "a", "[ab]");
            case 4: return widened(other, "\\d", "\\w");
            default: return alternatives(1);
        }
    }
    /// A text of the pattern's language, or one close to it.
    std::string sample(const automaton_view& from) {
        static constexpr std::string_view bytes = "aabb11__  --.";
        std::string text;
        for (std::size_t state = from.start; text.size() < 12;) {
            if (from.accepts(state) && !text.empty() && chance(25)) break;
            char byte = bytes[below(bytes.size())];
            for (int looks = 0; looks != 10 && from.next(state, from.class_of(byte)) == 0; ++looks)
                byte = chance(70) ? bytes[below(bytes.size())] : static_cast<char>(32 + below(95));
            text += byte;
            state = from.next(state, from.class_of(byte));
            if (state == 0) break;
        }
        return text;
    }

  private:
    static std::string widened(std::string text, std::string_view from, std::string_view to) {
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
            const bool within = text.rfind('[', at) != std::string::npos &&
                                text.find(']', text.rfind('[', at)) > at;
            if (within) return text;
            text.replace(at, from.size(), to);
        }
        return text;
    }
    std::string sequence(int depth) {
        std::string text;
        for (std::size_t i = 1 + below(3); i != 0; --i) text += repeated(depth);
        return text;
    }
    std::string repeated(int depth) {
        static constexpr const char* signs[] = {"*", "+", "?", "{2}", "{1,}", "{0,2}", "{1,3}"};
        static constexpr const char* atoms[] = {"a",   "b",    "1",     "_",       "-",     "\\d",
                                                "\\w", "\\s",  "\\W",   "[ab]",    "[^a]",  "[a-b1]",
                                                ".",   "(?:a|1)", "\\b", "[^\\d_]"};
        if (depth > 0 && chance(25)) return "(?:" + alternatives(depth - 1) + ")";
        const std::string_view atom = atoms[below(std::size(atoms))];
        return std::string(atom) + (atom != "\\b" && chance(35) ? signs[below(7)] : "");
    }

    std::mt19937 random_;
};

/// A pattern for both engines.
struct both_engines {
    both_engines(const std::string& text, match_kind as)
        : ours(text, as), boosts(text, boost::regex::perl | boost::regex::no_mod_m | boost::regex::no_mod_s),
          word(text), kind(as) {}
    [[nodiscard]] bool matches(const std::string& subject) const {
        return kind == match_kind::whole ? boost::regex_match(subject, boosts)
                                         : boost::regex_search(subject, boosts);
    }
    [[nodiscard]] filter_node atom() const {
        return {.what = kind == match_kind::whole ? filter_node::op::callback : filter_node::op::text,
                .word = word,
                .automaton = &ours.automaton};
    }
    runtime_pattern ours;
    boost::regex boosts;
    std::string word;
    match_kind kind;
};

bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

struct tally {
    std::size_t questions = 0, yes = 0, undecided = 0, unconfirmed = 0;
};

/// Whether some text is matched as wanted; `samples` are texts of both languages.
void check(const both_engines& a, bool fits_a, const both_engines& b, bool fits_b,
           const std::vector<std::string>& samples, tally& seen) {
    const filter_node one = a.atom();
    const filter_node two = b.atom();
    const term terms[] = {{{&one, 1}, fits_a}, {{&two, 1}, fits_b}};
    // Of kinds that have the subject: a filter that is not fulfilled has other updates, too.
    const detail::solution said =
        detail::solve(terms, detail::mask_of(a.kind == match_kind::whole ? update_kind::callback_query
                                                                         : update_kind::message));
    ++seen.questions;
    if (said.found == decided::undecided) {
        ++seen.undecided;
        return;
    }
    if (said.found == decided::yes) {
        ++seen.yes;
        const std::string text(said.example.text());
        CAPTURE(text);
        CHECK(!text.empty());
        if (!is_plain(text)) {  // Boost knows bytes, not characters, and other line breaks
            ++seen.unconfirmed;
            return;
        }
        CHECK(a.matches(text) == fits_a);
        CHECK(b.matches(text) == fits_b);
        return;
    }
    for (const std::string& text : samples) {
        const bool contradicts = a.matches(text) == fits_a && b.matches(text) == fits_b;
        CAPTURE(text);
        CHECK_FALSE(contradicts);
    }
}

}  // namespace

TEST_CASE("Inclusion, disjointness and equality of random patterns are as Boost.Regex has them") {
    generator random(20261121);
    tally seen;
    std::size_t pairs = 0, equal = 0, included = 0, disjoint = 0;
    while (pairs != 600) {
        const match_kind kind = pairs % 2 == 0 ? match_kind::whole : match_kind::search;
        std::string words = random.alternatives(2);
        if (kind == match_kind::search && random.chance(50)) words = "^(?:" + words + ")";
        const both_engines a(words, kind);
        const both_engines b(random.relative_of(words, kind), kind);
        if (!a.ours.verdict.ok() || !b.ours.verdict.ok()) continue;  // too large
        CAPTURE(a.word);
        CAPTURE(b.word);
        std::vector<std::string> samples;
        for (int i = 0; i != 40; ++i)
            for (const both_engines* each : {&a, &b}) {
                const std::string sample = random.sample(each->ours.automaton);
                if (sample.empty()) continue;
                CHECK(each->ours.matches(sample) == each->matches(sample));
                samples.push_back(sample);
            }
        // Each text is in exactly one of the four corners.
        const std::size_t before = seen.yes;
        check(a, true, b, false, samples, seen);
        const std::size_t there = seen.yes - before;
        check(a, false, b, true, samples, seen);
        const std::size_t back = seen.yes - before - there;
        check(a, true, b, true, samples, seen);
        const std::size_t shared = seen.yes - before - there - back;
        included += there == 0 || back == 0 ? 1 : 0;
        equal += there == 0 && back == 0 ? 1 : 0;
        disjoint += shared == 0 ? 1 : 0;
        ++pairs;
    }
    MESSAGE(seen.questions << " questions, " << seen.yes << " examples, " << seen.unconfirmed
                           << " of them not plain ASCII, " << seen.undecided << " undecided; "
                           << included << " inclusions, " << equal << " equal, " << disjoint
                           << " disjoint");
    CHECK(seen.undecided * 100 < seen.questions);
    CHECK(seen.unconfirmed * 10 < seen.yes);
    CHECK(included > 100);
    CHECK(equal > 20);
    CHECK(disjoint > 5);
}
