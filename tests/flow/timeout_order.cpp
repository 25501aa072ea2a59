// What has fallen due while nothing ran, on a clock that jumps: all of it at once, in the order of its
// times, whichever conversation it belongs to.
#include "updates.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <list>
#include <string>
#include <utility>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

/// Waits end when the test says so, and the clock shows what it is set to.
struct jumping_gateway {
    struct pending {
        std::chrono::nanoseconds due;
        gateway::wait_handler handler;
    };
    boost::asio::io_context context{1};
    std::chrono::nanoseconds clock = 1h;
    std::list<pending> waits;

    void start_call(request, gateway::call_handler) {}
    void start_wait(std::chrono::nanoseconds duration, gateway::wait_handler handler) {
        waits.push_back({clock + duration, std::move(handler)});
    }
    std::chrono::system_clock::time_point now() const {
        return std::chrono::system_clock::time_point(clock);
    }
    boost::asio::any_io_executor get_executor() { return context.get_executor(); }

    /// The clock shows another time, and whatever is over by then ends.
    void jump(std::chrono::nanoseconds to) {
        clock = to;
        run();
        while (end_one()) run();
    }
    void run() {
        do context.restart();
        while (context.poll() != 0);
    }

  private:
    bool end_one() {
        for (auto wait = waits.begin(); wait != waits.end(); ++wait) {
            if (wait->due > clock) continue;
            auto handler = std::move(wait->handler);
            waits.erase(wait);
            std::move(handler)(boost::system::error_code());
            return true;
        }
        return false;
    }
};

struct journal {
    std::vector<std::string> lines;
};

struct slow {
    struct open {
        int name;
    };
    static open start(context& ctx) { return {static_cast<int>(ctx.user_id())}; }
    static void more(context&) {}
    static end over(const open& here, journal& log) {
        log.lines.push_back(concat("slow ", here.name));
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"slow">, start)),
                            state<open>(on(text && !command<>, more), after(30min, over)));
    }
};
struct quick {
    struct open {
        int name;
    };
    static open start(context& ctx) { return {static_cast<int>(ctx.user_id())}; }
    static end over(const open& here, journal& log) {
        log.lines.push_back(concat("quick ", here.name));
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"quick">, start)),
                            state<open>(after(10min, over)));
    }
};

struct bench_with_jumps {
    journal log;
    jumping_gateway net;
    bot api{gateway(net)};
    basic_dispatcher<services<journal>, slow, quick> tested{api, services(log)};

    void at(std::chrono::nanoseconds when, std::int64_t user, std::string_view what) {
        net.jump(1h + when);
        std::int64_t id = 0;
        tested.offer(text_update(user, what), id);
    }
};

}  // namespace

TEST_CASE("after a jump of the clock, timeouts come in the order of their times") {
    bench_with_jumps b;
    b.at(0min, 1, "/slow");   // due at 30, but for what follows
    b.at(1min, 2, "/slow");   // at 31
    b.at(2min, 3, "/slow");   // at 32
    b.at(9min, 1, "later");   // at 39
    b.at(9min, 4, "/quick");  // at 19
    b.at(10min, 5, "/slow");  // at 40
    b.at(10min, 6, "/quick");
    b.net.jump(1h + 3min);    // back, as clocks do that are set
    b.net.jump(1h + 18min);
    CHECK(b.log.lines.empty());
    b.net.jump(1h + 31min + 30s);
    CHECK(b.log.lines == std::vector<std::string>{"quick 4", "quick 6", "slow 2"});
    b.at(31min + 40s, 7, "/quick");
    b.net.jump(5h);
    CHECK(b.log.lines == std::vector<std::string>{"quick 4", "quick 6", "slow 2", "slow 3", "slow 1",
                                                  "slow 5", "quick 7"});
    CHECK(b.tested.conversations<slow>() + b.tested.conversations<quick>() == 0);
    CHECK(b.tested.in_flight() == 0);
}

TEST_CASE("a clock that is set back makes timeouts late, not early and not lost") {
    bench_with_jumps b;
    b.at(0min, 1, "/quick");
    b.net.jump(30min);
    b.at(-30min, 2, "/quick");  // due before the one that was there first
    b.net.jump(45min);
    CHECK(b.log.lines == std::vector<std::string>{"quick 2"});
    b.net.jump(1h + 9min);
    CHECK(b.log.lines.size() == 1);
    b.net.jump(1h + 11min);
    CHECK(b.log.lines == std::vector<std::string>{"quick 2", "quick 1"});
}
