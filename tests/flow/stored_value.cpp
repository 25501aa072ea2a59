// Values as texts and back again.
#include <banter/flow/stored_value.hpp>

#include <boost/hana/define_struct.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

using namespace banter;

namespace {

enum class colour : std::uint8_t { red = 1, blue = 200 };

struct nothing {
    bool operator==(const nothing&) const = default;
};
struct point {
    int x = 0;
    std::string label;
    bool operator==(const point&) const = default;
};
struct named {
    BOOST_HANA_DEFINE_STRUCT(named, (int, number), (std::string, word));
    bool operator==(const named&) const = default;
};
class money {
  public:
    explicit money(int cents) : cents_(cents) {}
    [[nodiscard]] int cents() const { return cents_; }
    bool operator==(const money&) const = default;

  private:
    int cents_;
};
struct everything {
    bool yes = false;
    std::int64_t large = 0;
    std::uint64_t natural = 0;
    double real = 0;
    char letter = 'x';
    colour shade = colour::red;
    std::string words;
    std::optional<int> perhaps;
    std::optional<std::optional<int>> twice;
    std::variant<std::monostate, int, point> one_of_them;
    std::pair<int, std::string> both;
    std::tuple<int, bool> several;
    std::array<short, 2> fixed{};
    std::vector<point> listed;
    std::map<std::string, std::vector<int>> mapped;
    std::unordered_map<int, std::string> hashed;
    std::set<int> ordered;
    std::chrono::seconds delay{0};
    std::chrono::system_clock::time_point time;
    point inner;
    nothing empty;
    named by_name;
    money price{0};
    bool operator==(const everything&) const = default;
};

}  // namespace

template <>
struct banter::serialisable<money> : std::true_type {
    static std::string to_text(const money& of) { return std::to_string(of.cents()); }
    static money from_text(std::string_view written) { return money(std::stoi(std::string(written))); }
};

TEST_CASE("what was written is read again") {
    everything all;
    CHECK(read_stored<everything>(write_stored(all)) == all);
    all.yes = true;
    all.large = std::numeric_limits<std::int64_t>::min();
    all.natural = std::numeric_limits<std::uint64_t>::max();
    all.real = 0.1;
    all.letter = '\n';
    all.shade = colour::blue;
    all.words = "\"quoted\" \\ and\nü \x01";
    all.perhaps = -7;
    all.twice.emplace(std::nullopt);
    all.one_of_them = point{3, "three"};
    all.both = {1, "one"};
    all.several = {2, true};
    all.fixed = {5, -6};
    all.listed = {{1, "a"}, {2, ""}};
    all.mapped = {{"x", {1, 2}}, {"", {}}};
    all.hashed = {{4, "four"}};
    all.ordered = {3, 1, 2};
    all.delay = std::chrono::seconds{90};
    all.time = std::chrono::system_clock::time_point(std::chrono::hours{500000});
    all.inner = {9, "nine"};
    all.by_name.number = 5;
    all.by_name.word = "five";
    all.price = money(499);
    CHECK(read_stored<everything>(write_stored(all)) == all);
    CHECK(write_stored(point{1, "a"}) == R"([1,"a"])");
    CHECK(write_stored(nothing{}) == "[]");
}

TEST_CASE("numbers that JSON has no words for") {
    CHECK(std::isnan(read_stored<double>(write_stored(std::nan("")))));
    CHECK(read_stored<double>(write_stored(HUGE_VAL)) == HUGE_VAL);
    CHECK(read_stored<double>(write_stored(-HUGE_VAL)) == -HUGE_VAL);
    CHECK(read_stored<double>("7") == 7);
}

TEST_CASE("a text that is something else is refused") {
    CHECK_THROWS_AS((void)read_stored<point>(""), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<point>("[1"), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<point>("[1]"), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<point>(R"([1,"a",2])"), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<point>(R"(["a",1])"), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<point>(R"({"x":1,"label":"a"})"), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<nothing>("[1]"), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<named>(R"([1,"a",true])"), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<std::uint8_t>("256"), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<std::uint8_t>("-1"), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<int>("1.5"), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<bool>("1"), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<double>("\"much\""), bad_stored_value);
    CHECK_THROWS_AS((void)read_stored<std::optional<int>>("[1,2]"), bad_stored_value);
    CHECK_THROWS_AS((void)(read_stored<std::variant<int, bool>>("[2,true]")), bad_stored_value);
}
