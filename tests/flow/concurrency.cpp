// Handlers of half a second, a hundred users, three quick updates from each: those of one user one after
// another, users together, the whole in the time of three. On the test kit's clock to the millisecond,
// and on the machine's.
#include "updates.hpp"

#include <banter/testkit/app.hpp>

#include <boost/asio/steady_timer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

using clock_time = std::chrono::system_clock::time_point;

/// What ran when.
struct record {
    struct step {
        std::int64_t user;
        std::int64_t number;
        bool begins;
        clock_time time;
    };
    std::vector<step> steps;
    std::size_t running = 0, most_running = 0;

    void note(const step& one) {
        steps.push_back(one);
        running += one.begins ? 1U : std::size_t(-1);
        most_running = std::max(most_running, running);
    }
    [[nodiscard]] std::chrono::nanoseconds duration() const {
        return steps.back().time - steps.front().time;
    }
    /// Whether each user's updates ran in their order, the next when the one before had ended.
    [[nodiscard]] bool in_order(std::size_t users) const {
        std::map<std::int64_t, std::vector<std::pair<std::int64_t, bool>>> by_user;
        for (const step& one : steps) by_user[one.user].emplace_back(one.number, one.begins);
        const std::vector<std::pair<std::int64_t, bool>> expected{{1, true}, {1, false}, {2, true},
                                                                  {2, false}, {3, true}, {3, false}};
        return by_user.size() == users &&
               std::all_of(by_user.begin(), by_user.end(),
                           [&](const auto& one) { return one.second == expected; });
    }
};

/// A conversation, so that what one update leaves is what the next one finds.
struct patient {
    struct counting {
        std::int64_t heard = 0;
    };
    static task<counting> first(context& ctx, bot& api, matched<text> said, record& notes) {
        const std::int64_t user = ctx.user_id();
        const std::int64_t number = said.as<std::int64_t>().value_or(-1);
        notes.note({user, number, true, api.network().now()});
        auto working = api.network().wait(500ms);
        co_await std::move(working);
        notes.note({user, number, false, api.network().now()});
        co_return counting{number};
    }
    static task<next<counting, end>> more(context& ctx, bot& api, const counting& here,
                                          matched<text> said, record& notes) {
        const std::int64_t user = ctx.user_id();
        const std::int64_t number = said.as<std::int64_t>().value_or(-1);
        notes.note({user, number, true, api.network().now()});
        auto working = api.network().wait(500ms);
        co_await std::move(working);
        notes.note({user, number, false, api.network().now()});
        if (number != here.heard + 1) co_return counting{-100};
        if (number == 3) co_return end{};
        co_return counting{number};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(text && !command<>, first)),
                            state<counting>(on(text && !command<>, more)));
    }
};

constexpr std::size_t users = 100;

/// The machine's clock; waits are Asio's timers.
struct real_gateway {
    boost::asio::io_context context{1};

    void start_call(request, gateway::call_handler handler) {
        boost::asio::post(context, [handler = std::move(handler)]() mutable {
            std::move(handler)(boost::system::error_code(),
                               answer{200, R"({"ok":true,"result":true})"});
        });
    }
    void start_wait(std::chrono::nanoseconds duration, gateway::wait_handler handler) {
        auto timer = std::make_unique<boost::asio::steady_timer>(context, duration);
        auto& waiting = *timer;
        waiting.async_wait([handler = std::move(handler), timer = std::move(timer)](
                               boost::system::error_code error) mutable {
            std::move(handler)(error);
        });
    }
    clock_time now() const { return std::chrono::system_clock::now(); }
    boost::asio::any_io_executor get_executor() { return context.get_executor(); }
};

}  // namespace

TEST_CASE("a hundred users, three updates each, handlers of 500 ms: 1.5 s on the test kit's clock") {
    for (const bool by_user : {false, true}) {
        CAPTURE(by_user);
        record notes;
        testkit::app<patient> app(notes);
        std::vector<testkit::app<patient>::user_of_app> all;
        for (std::size_t i = 0; i != users; ++i) all.push_back(app.user(concat("User ", i)));
        const std::array<std::string_view, 3> words{"1", "2", "3"};
        if (by_user) {
            for (auto& user : all)
                for (const auto word : words) user.sends(word);
        } else {
            for (const auto word : words)
                for (auto& user : all) user.sends(word);
        }
        app.advance(1s + 499ms);
        CHECK(notes.steps.size() == users * 5);
        CHECK(app.in_flight() == users);
        app.advance(1ms);
        CHECK(notes.steps.size() == users * 6);
        CHECK(app.in_flight() == 0);
        CHECK(notes.duration() == 1500ms);
        CHECK(notes.in_order(users));
        CHECK(notes.most_running == users);
        CHECK(app.errors().empty());
        for (auto& user : all) CHECK_FALSE(user.in_conversation<patient>());
    }
}

TEST_CASE("a hundred users, three updates each, handlers of 500 ms: about 1.5 s on a real clock") {
    record notes;
    real_gateway net;
    bot api{gateway(net)};
    basic_dispatcher<services<record>, patient> tested(api, services(notes));
    std::vector<std::string> updates;
    for (const char* const word : {"1", "2", "3"})
        for (std::size_t user = 1; user <= users; ++user)
            updates.push_back(text_update(static_cast<std::int64_t>(user), word));
    int refused = 0;
    boost::asio::post(net.context, [&] {
        for (const std::string& update : updates) {
            std::int64_t id = 0;
            refused += tested.offer(update, id) == accepted::busy ? 1 : 0;
        }
        boost::asio::co_spawn(net.context, tested.drain(), boost::asio::detached);
    });
    const auto begin = std::chrono::steady_clock::now();
    net.context.run();
    const auto taken = std::chrono::steady_clock::now() - begin;

    CHECK(refused == 0);
    CHECK(notes.steps.size() == users * 6);
    CHECK(notes.in_order(users));
    CHECK(notes.most_running == users);
    CHECK(tested.counters().failures == 0);
    CHECK(tested.conversations<patient>() == 0);
    // One after another it would be 150 seconds; the machine may be busy with other things.
    CHECK(taken >= 1500ms);
    CHECK(taken < 3s);
}

namespace {

struct hasty {
    struct waiting {
        clock_time since;
    };
    static waiting start(bot& api) { return {api.network().now()}; }
    static end over(bot& api, const waiting& here, std::vector<std::chrono::nanoseconds>& waited) {
        waited.push_back(api.network().now() - here.since);
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"go">, start)), state<waiting>(after(40ms, over)));
    }
};

}  // namespace

TEST_CASE("on a real clock timeouts are not early") {
    std::vector<std::chrono::nanoseconds> waited;
    real_gateway net;
    bot api{gateway(net)};
    basic_dispatcher<services<std::vector<std::chrono::nanoseconds>>, hasty> tested(api,
                                                                                   services(waited));
    const auto go = [&](std::int64_t first) {
        std::int64_t id = 0;
        for (std::int64_t user = first; user != first + 30; ++user)
            tested.offer(text_update(user, "/go"), id);
    };
    boost::asio::post(net.context, [&] { go(1); });
    boost::asio::steady_timer later(net.context, 17ms);
    later.async_wait([&](boost::system::error_code) { go(100); });
    net.context.run();
    REQUIRE(waited.size() == 60);
    // The timer runs by another clock than the one that tells the time.
    for (const auto time : waited) CHECK(time >= 39ms);
    CHECK(tested.conversations<hasty>() == 0);
}
