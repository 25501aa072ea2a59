// Coroutine handlers on their workers: those that never wait, those whose waiting is over at once,
// those that wait; begun inside the executor's thread and outside of it; and what is left where an
// io_context or a dispatcher goes while they wait.
#include "updates.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>

using namespace banter;
namespace asio = boost::asio;

namespace {

struct journal {
    std::vector<std::string> lines;
};

struct counted {
    static inline int alive = 0;
    counted() { ++alive; }
    counted(const counted&) = delete;
    counted& operator=(const counted&) = delete;
    ~counted() { --alive; }
};

struct runner {
    struct running {
        int steps = 0;
        std::string name = "a name that is long enough to live on the heap";
    };

    static task<running> start(context& ctx) {
        const counted kept;
        ctx.reply("begun");
        co_return running{};
    }
    /// Waits for what is there at once: in the executor's own thread, dispatch() goes on inside.
    static task<> at_once(context& ctx, running& here) {
        const counted kept;
        const auto executor = co_await asio::this_coro::executor;
        for (int i = 0; i != 3; ++i) {
            co_await asio::dispatch(executor, asio::use_awaitable);
            ++here.steps;
        }
        ctx.reply("at once");
    }
    static task<stay> later(context& ctx, running& here) {
        const counted kept;
        const auto executor = co_await asio::this_coro::executor;
        co_await asio::post(executor, asio::use_awaitable);
        ++here.steps;
        co_await asio::dispatch(executor, asio::use_awaitable);
        ++here.steps;
        ctx.reply("later");
        co_return stay{};
    }
    static task<stay> throws_at_once() {
        const counted kept;
        throw std::runtime_error("thrown at once");
        co_return stay{};
    }
    static task<stay> throws_after_dispatch() {
        const counted kept;
        const auto executor = co_await asio::this_coro::executor;
        co_await asio::dispatch(executor, asio::use_awaitable);
        throw std::runtime_error("thrown after dispatch");
        co_return stay{};
    }
    static task<end> throws_later(running& here) {
        const counted kept;
        here.steps = 1000;
        const auto executor = co_await asio::this_coro::executor;
        co_await asio::post(executor, asio::use_awaitable);
        throw std::runtime_error("thrown later");
        co_return end{};
    }
    static asio::awaitable<int> inner(int depth) {
        const counted kept;
        if (depth == 0) {
            const auto executor = co_await asio::this_coro::executor;
            co_await asio::post(executor, asio::use_awaitable);
            co_return 0;
        }
        const int below = co_await inner(depth - 1);
        co_return below + 1;
    }
    static task<stay> deep(running& here) {
        here.steps = co_await inner(20);
        co_return stay{};
    }
    static asio::awaitable<void> plain_awaitable(running& here) {
        ++here.steps;
        const auto executor = co_await asio::this_coro::executor;
        co_await asio::post(executor, asio::use_awaitable);
        ++here.steps;
    }
    static task<stay> for_ever(const running& here, const matched<text>& input) {
        const counted kept;
        asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::hours{24});
        co_await timer.async_wait(asio::use_awaitable);
        if (here.name.empty() || input.text().empty()) co_return stay{};
        co_return stay{};
    }
    static void report(const failure& what, journal& log) { log.lines.push_back(what.what); }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"start">, start)),
            state<running>(on(command<"once">, at_once), on(command<"later">, later),
                           on(command<"t1">, throws_at_once),
                           on(command<"t2">, throws_after_dispatch),
                           on(command<"t3">, throws_later), on(command<"deep">, deep),
                           on(command<"plain">, plain_awaitable), on(text && !command<>, for_ever)),
            on_error(report));
    }
};

using tested = bench_of<basic_dispatcher<services<journal>, runner>>;

/// Plays everything; `inside`: from the executor's own thread, as long polling does.
void play(tested& b, const std::vector<std::string>& updates, bool inside) {
    for (const std::string& update : updates) {
        if (inside)
            asio::post(b.net.context, [&] { b.offer(update); });
        else
            b.offer(update);
        b.net.run();
    }
}

int steps(tested& b) {
    const auto* const here = b.bot_.state_of<runner, runner::running>(1, 1);
    return here == nullptr ? -1 : here->steps;
}

}  // namespace

TEST_CASE("coroutines that do not wait, wait for nothing, and wait") {
    for (const bool inside : {false, true}) {
        CAPTURE(inside);
        journal log;
        tested b{services(log)};
        play(b, {text_update(1, "/start")}, inside);
        CHECK(steps(b) == 0);
        play(b, {text_update(1, "/once")}, inside);
        CHECK(steps(b) == 3);
        play(b, {text_update(1, "/later")}, inside);
        CHECK(steps(b) == 5);
        play(b, {text_update(1, "/plain")}, inside);
        CHECK(steps(b) == 7);
        play(b, {text_update(1, "/deep")}, inside);
        CHECK(steps(b) == 20);
        REQUIRE(b.net.calls.size() == 3);
        CHECK(b.net.calls[1].body.find("at once") != std::string::npos);
        CHECK(b.net.calls[2].body.find("later") != std::string::npos);
        CHECK(log.lines.empty());
        CHECK(b.bot_.in_flight() == 0);
        CHECK(counted::alive == 0);
    }
}

TEST_CASE("coroutines that throw, before and after they have waited") {
    for (const bool inside : {false, true}) {
        CAPTURE(inside);
        journal log;
        tested b{services(log)};
        play(b, {text_update(1, "/start"), text_update(1, "/t1"), text_update(1, "/t2"),
                 text_update(1, "/t3"), text_update(1, "/once")},
             inside);
        REQUIRE(log.lines.size() == 3);
        CHECK(log.lines[0] == "thrown at once");
        CHECK(log.lines[1] == "thrown after dispatch");
        CHECK(log.lines[2] == "thrown later");
        CHECK(steps(b) == 3);
        CHECK(b.bot_.counters().failures == 3);
        CHECK(b.bot_.in_flight() == 0);
        CHECK(counted::alive == 0);
    }
}

TEST_CASE("all at once: each user's order is kept") {
    for (const bool inside : {false, true}) {
        CAPTURE(inside);
        journal log;
        tested b{services(log)};
        std::vector<std::string> updates;
        for (int i = 0; i != 5; ++i)
            for (const char* one : {"/start", "/once", "/later", "/t2", "/t3", "/deep", "/plain"})
                for (std::int64_t user = 1; user != 4; ++user)
                    updates.push_back(text_update(user, one));
        for (const std::string& update : updates) {
            if (inside)
                asio::post(b.net.context, [&] { b.offer(update); });
            else
                b.offer(update);
            b.net.context.restart();
            b.net.context.poll_one();
        }
        b.net.run();
        CHECK(b.bot_.in_flight() == 0);
        CHECK(b.bot_.counters().failures + b.net.calls.size() > 0);
        CHECK(steps(b) == 22);
        CHECK(counted::alive == 0);
    }
}

TEST_CASE("a dispatcher and its io_context may go while a coroutine waits") {
    {
        journal log;
        tested b{services(log)};
        play(b, {text_update(1, "/start"), text_update(1, "hello"), text_update(1, "/once")}, true);
        CHECK(counted::alive == 1);
        CHECK(b.bot_.in_flight() == 2);
    }
    CHECK(counted::alive == 0);
}

TEST_CASE("an io_context may go before its dispatcher while a coroutine waits") {
    struct late_gateway {
        std::unique_ptr<asio::io_context> context = std::make_unique<asio::io_context>(1);
        void start_call(request, gateway::call_handler) {}
        void start_wait(std::chrono::nanoseconds, gateway::wait_handler) {}
        std::chrono::system_clock::time_point now() const { return {}; }
        asio::any_io_executor get_executor() { return context->get_executor(); }
    };
    struct waiting {
        static task<> for_ever(const matched<text>& input) {
            const counted kept;
            asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::hours{24});
            co_await timer.async_wait(asio::use_awaitable);
            if (input.text().empty()) co_return;
        }
        static constexpr auto flow() { return handlers(on(text, for_ever)); }
    };
    late_gateway net;
    bot api{gateway(net)};
    dispatcher<waiting> dispatcher(api, services<>{});
    std::int64_t id = 0;
    CHECK(dispatcher.offer(text_update(1, "hello"), id) == accepted::pending);
    net.context->poll();
    CHECK(counted::alive == 1);
    net.context.reset();
    CHECK(counted::alive == 0);
}

TEST_CASE("a worker is started again after drain") {
    journal log;
    tested b{services(log)};
    for (int i = 0; i != 3; ++i) {
        play(b, {text_update(1, "/start"), text_update(1, "/later"), text_update(1, "/once")}, true);
        asio::co_spawn(b.net.context, b.bot_.drain(), asio::detached);
        b.net.context.restart();
        b.net.context.run();  // returns: no worker keeps it
    }
    CHECK(steps(b) == 15);
    CHECK(counted::alive == 0);
}
