// What states hold, as far as the compiler can see: fields found without an error in whatever is given.
#include <banter/flow.hpp>

#include <boost/hana/define_struct.hpp>

#include <any>
#include <array>
#include <chrono>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

using namespace banter;

namespace held {

using detail::count_fields;
using detail::unreadable;

struct point {
    int x, y;
};
struct empty {};
struct no_default {
    explicit no_default(int);
    int value;
};
struct node {
    int value;
    std::vector<node> children;
};
inline int global = 0;

struct owned {
    int a;
    std::string b = "x";
    std::optional<point> c;
    std::map<std::string, std::vector<point>> d;
    std::variant<std::monostate, int, std::string> e;
    std::pair<int, std::set<int>> f;
    std::array<point, 3> g;
    std::tuple<> h;
    node i;
    std::chrono::minutes j;
    std::chrono::system_clock::time_point k;
    std::unordered_map<int, std::list<std::string>> l;
};
struct numbered {
    unsigned a : 3;
    unsigned b : 5;
    const int c;
    bool d;
};
struct moved {
    std::unique_ptr<int> a;
    int b;
};
struct arrays {
    int a[3];
    std::string_view b;
};
struct no_defaults {
    int a;
    no_default b[2];
};
struct one_in_an_array {
    int a[1];
    std::string b;
};
struct derived : point {
    int z;
};
struct from_nothing : empty {
    int z;
};
struct with_empty {
    empty a;
    int b;
};
struct refers {
    int& a;
    std::string b;
};
struct refers_by_default {
    int a;
    int& b = global;
};
struct constructed {
    constructed() {}
    std::string_view a;
};
struct anything {
    std::any a;
};
struct shares_a_view {
    std::shared_ptr<std::string_view> a;
};
struct calls {
    void (*a)(int);
    no_default b;
};
union either {
    int a;
    float b;
};

static_assert(count_fields<owned>() == 12);
static_assert(count_fields<numbered>() == 4);
static_assert(count_fields<moved>() == 2);
static_assert(count_fields<arrays>() == unreadable);
static_assert(count_fields<no_defaults>() == unreadable);
static_assert(count_fields<one_in_an_array>() == 2);
static_assert(count_fields<derived>() == unreadable);
static_assert(count_fields<from_nothing>() == unreadable);
static_assert(count_fields<with_empty>() == 2);
static_assert(count_fields<refers>() == 2);
static_assert(count_fields<refers_by_default>() == 2);
static_assert(count_fields<constructed>() == unreadable);
static_assert(count_fields<either>() == unreadable);

template <class T>
constexpr bool holds(int dangling, int not_stored) {
    constexpr detail::state_facts found = detail::state_facts_of<T>;
    return found.readable && found.dangling == dangling && found.not_stored == not_stored;
}
static_assert(holds<owned>(-1, -1));
static_assert(holds<numbered>(-1, -1));
static_assert(holds<moved>(-1, 0));
static_assert(holds<one_in_an_array>(-1, -1));
static_assert(holds<with_empty>(-1, -1));
static_assert(holds<refers>(0, 0));
static_assert(holds<refers_by_default>(1, 1));
static_assert(holds<shares_a_view>(0, 0));
static_assert(holds<calls>(-1, 0));
static_assert(holds<empty>(-1, -1));
static_assert(!detail::state_facts_of<arrays>.readable);
static_assert(!detail::state_facts_of<derived>.readable);
static_assert(!detail::state_facts_of<constructed>.readable);
static_assert(!detail::state_facts_of<anything>.readable);

/// What cannot be looked into, and what cannot be stored, is legal in memory.
struct in_memory {
    static derived start(context& ctx);
    static moved on_and_on(context& ctx, const derived& here);
    static end leave(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"in">, start)), state<derived>(on(text, on_and_on)),
                            state<moved>(on(text, leave)));
    }
};
static_assert(verify<in_memory>);

struct amount {
    explicit amount(int cents) : cents_(cents) {}

  private:
    [[maybe_unused]] int cents_;
};
/// The members of a Hana struct are known, whatever else it is.
struct adapted : empty {
    adapted() = default;
    BOOST_HANA_DEFINE_STRUCT(adapted, (std::string, name), (std::vector<int>, numbers));
};

}  // namespace held

template <>
struct banter::serialisable<held::amount> : std::true_type {};

namespace held {

struct paying {
    amount sum;
    owned rest;
};
struct stored {
    static paying start(context& ctx);
    static adapted pay(context& ctx, paying& here);
    static end leave(context& ctx);
    static constexpr auto flow() {
        return conversation(persistent<"stored">, entry_points(on(command<"pay">, start)),
                            state<paying>(on(text, pay)), state<adapted>(on(text, leave)));
    }
};
static_assert(verify<stored>);
static_assert(detail::shape<stored>::stored_name == "stored");

}  // namespace held
