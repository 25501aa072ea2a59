// A pattern compiled behind its literal is the pattern compiled from its text: the same language, the
// same number of states, the same beginning, the same groups.
#include <banter/flow/pattern.hpp>

#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using banter::automaton_view;
using banter::fixed_string;
using banter::match_kind;
namespace detail = banter::detail;

namespace {

/// Walks both at once, on all bytes.
bool same_language(const automaton_view& a, const automaton_view& b) {
    std::set<std::pair<std::size_t, std::size_t>> seen{{a.start, b.start}};
    std::vector<std::pair<std::size_t, std::size_t>> left{{a.start, b.start}};
    while (!left.empty()) {
        const auto [p, q] = left.back();
        left.pop_back();
        if (a.accepts(p) != b.accepts(q)) return false;
        for (int byte = 0; byte != 256; ++byte) {
            const auto c = static_cast<char>(byte);
            const auto next = std::pair{a.next(p, a.class_of(c)), b.next(q, b.class_of(c))};
            if (seen.insert(next).second) left.push_back(next);
        }
    }
    return true;
}

std::string groups_in(const detail::capture_plan& plan, std::string_view subject) {
    std::array<std::string_view, 6> groups;
    if (!detail::capture(plan, subject, groups)) return "no match";
    std::string out;
    for (const std::string_view group : groups)
        out += group.data() == nullptr ? "-;"
                                       : std::to_string(group.data() - subject.data()) + "+" +
                                             std::to_string(group.size()) + ";";
    return out;
}

const std::vector<std::string> subjects = {
    "", "a", "ab", "abc", "abb", "abbb", "back", "back\n", "back ", "bank_1", "bank_12", "bank_", "bank_x",
    "bank_12 more", "to_ab", "to_BTC", "to_ETH_12", "a|b", "a]", "a)", "b", "c", "a\\", "menu", "menu_1_2",
    "\u041D\u0430\u0437\u0430\u0434", "\u041D\u0430\u0437\u0430\u0434\u0434", "x(1)", "x(1",
    std::string("bank_") + std::string(300, '7')};

/// Whether P is compiled behind a literal.
template <fixed_string P, match_kind K>
bool compare() {
    using whole = detail::compiled_text<P, K>;
    using ours = detail::compiled<P, K>;
    const std::string name = std::string(P.view()) + (K == match_kind::whole ? ", whole" : ", search");
    INFO(name);
    CHECK(ours::verdict == whole::verdict);
    CHECK(ours::capture_count == whole::capture_count);
    CHECK(same_language(ours::automaton, whole::automaton));
    CHECK(ours::automaton.state_count == whole::automaton.state_count);
    CHECK(ours::automaton.is_empty() == whole::automaton.is_empty());
    CHECK((!ours::automaton.wide_alike || whole::automaton.wide_alike));
    CHECK(std::string_view(ours::prefix.bytes, ours::prefix.size) ==
          std::string_view(whole::prefix.bytes, whole::prefix.size));
    CHECK(ours::prefix.is_all == whole::prefix.is_all);
    const detail::byte_edges edges = detail::edges_of(ours::automaton);
    for (std::size_t w = 0; w != 4; ++w) CHECK(ours::edges.words[w] == edges.words[w]);
    std::array<bool, 256> used{};
    for (std::size_t byte = 0; byte != 256; ++byte) used[ours::automaton.classes[byte]] = true;
    for (std::size_t c = 0; c != ours::automaton.class_count; ++c) CHECK(used[c]);
    for (const std::string& subject : subjects) {
        INFO(subject);
        CHECK(banter::pattern<P, K>::matches(subject) == whole::automaton.matches(subject));
        if (whole::verdict.ok())
            CHECK(groups_in(detail::capture_plan_of<ours>, subject) ==
                  groups_in(detail::capture_plan_of<whole>, subject));
    }
    return detail::stands_behind_literal<P, K>;
}

template <fixed_string P>
void compare_both(bool literal_in_whole, bool literal_in_search) {
    CHECK(compare<P, match_kind::whole>() == literal_in_whole);
    CHECK(compare<P, match_kind::search>() == literal_in_search);
}

}  // namespace

TEST_CASE("a literal is taken off, and what follows means the same") {
    compare_both<"back">(true, false);
    compare_both<"^back">(true, true);
    compare_both<"^back$">(true, true);
    compare_both<"back$">(true, false);
    compare_both<"bank_([0-9]+)">(true, false);
    compare_both<"^bank_([0-9]+)">(true, true);
    compare_both<"^bank_(\\d+)$">(true, true);
    compare_both<"bank_\\d+?">(true, false);
    compare_both<"^to_(BTC|ETH)(?:_(\\d+))?">(true, true);
    compare_both<"^to_(?P<where>[A-Z]+)">(true, true);
    compare_both<"ab+">(true, false);
    compare_both<"ab*">(true, false);
    compare_both<"ab{2,3}">(true, false);
    compare_both<"^a(b|c)*$">(true, true);
    compare_both<"a[|)\\]]">(true, false);
    compare_both<"a[]|]">(true, false);
    compare_both<"a[^]|]">(true, false);
    compare_both<"a.+">(true, false);
    compare_both<"ab(?:cd)*">(true, false);
    compare_both<"ab(?:c[ab])*">(true, false);
    compare_both<"^\u041D\u0430\u0437\u0430\u0434$">(true, true);
    compare_both<"^\u041D\u0430\u0437\u0430\u0434+$">(true, true);
    compare_both<"menu(_[12])+">(true, false);
    compare_both<"x\\((\\d)\\)">(true, false);
    compare_both<"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1">(true, false);
}

TEST_CASE("a literal that is not all that stands there stays") {
    compare_both<"a|b">(false, false);
    compare_both<"^a|b">(false, false);
    compare_both<"ab|c(d|e)">(false, false);
    compare_both<"a\\(|b">(false, false);
    compare_both<"a[(]|b">(false, false);
    compare_both<"a*">(false, false);
    compare_both<"^a?b">(false, false);
    compare_both<"(?i)back">(false, false);
    compare_both<"a\\b">(false, false);
    compare_both<"^a\\Bb">(false, false);
    compare_both<"ab^c">(false, false);
    compare_both<"a[^\\s\\S]">(false, false);
    compare_both<"ab(?:ab)*">(false, false);
    compare_both<"ab(?:xab)*">(false, false);
    compare_both<"">(false, false);
    compare_both<"^">(false, false);
    compare_both<"(?!ab)a.*">(false, false);
}

TEST_CASE("what is wrong is said of the whole pattern") {
    compare_both<"bank_(">(false, false);
    compare_both<"bank_)">(false, false);
    compare_both<"^bank_[a">(false, false);
    compare_both<"bank_*+">(false, false);
    compare_both<"bank_(?!x)">(false, false);
    compare_both<"bank_(?i)x">(false, false);
    compare_both<"bank\\">(false, false);
    compare_both<"a\xFF">(false, false);
    compare_both<"back$*">(false, false);
}
