// PTB's rules R93 and R100 to R102: what runs when, and who sees it. tests/rules.md lists all rules.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct journal {
    std::vector<std::string> lines;
};

struct counter {
    struct counting {
        int count = 1;
    };
    static counting begin(context&) { return {}; }
    static task<counting> count(context& ctx, const counting& here, bot& api, journal& log) {
        const int before = here.count;
        log.lines.push_back(concat("begin ", ctx.user_id()));
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        log.lines.push_back(concat("end ", ctx.user_id()));
        co_return counting{before + 1};
    }
    static end stop(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"begin">, begin)),
            state<counting>(on(command<"count">, count), on(command<"stop">, stop)));
    }
};

}  // namespace

TEST_CASE("R93: while a handler is at work its conversation is in the old state") {
    journal log;
    testkit::app<counter> app(log);
    auto anna = app.user("Anna");
    anna.sends("/begin");
    anna.sends("/count");
    CHECK(anna.in<counter::counting>().count == 1);
    app.advance(1s);
    CHECK(anna.in<counter::counting>().count == 2);
}

TEST_CASE("R100: two quick updates of one user run one after another, users side by side") {
    journal log;
    testkit::app<counter> app(log);
    auto anna = app.user("Anna");
    auto bert = app.user("Bert");
    for (auto* one : {&anna, &bert}) one->sends("/begin");
    anna.sends("/count");
    anna.sends("/count");  // sees what the first one left
    bert.sends("/count");
    CHECK(log.lines.size() == 2);
    app.advance(1s);
    CHECK(log.lines.size() == 5);  // Bert is through, Anna's second one has begun
    app.advance(1s);
    CHECK(anna.in<counter::counting>().count == 3);
    CHECK(bert.in<counter::counting>().count == 2);
    const auto of_anna = concat("begin ", anna.id());
    CHECK(std::count(log.lines.begin(), log.lines.end(), of_anna) == 2);
}
