// Long polling over a gateway in memory, with a clock that the test moves.
#include <banter/net/errc.hpp>
#include <banter/net/long_poll.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <doctest/doctest.h>

#include <deque>
#include <exception>
#include <list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using banter::net::long_poll;
using banter::net::offer_result;
using banter::net::poll_exit;
using boost::system::error_code;
using namespace std::chrono_literals;

namespace {

/// A gateway that writes down what it is asked, and answers when the test says so.
struct memory_gateway {
    struct asked_call {
        std::string method, body;
        banter::gateway::call_handler handler;
        std::shared_ptr<bool> cancelled;
    };
    struct asked_wait {
        std::chrono::nanoseconds duration;
        banter::gateway::wait_handler handler;
        std::shared_ptr<bool> cancelled;
    };

    boost::asio::io_context io;
    std::list<asked_call> calls;
    std::list<asked_wait> waits;
    std::chrono::system_clock::time_point time{};
    bool heeds_cancellation = true;

    template <class Handler>
    std::shared_ptr<bool> note_cancellation(Handler& handler) {
        auto flag = std::make_shared<bool>(false);
        auto slot = boost::asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected())
            slot.assign([flag](boost::asio::cancellation_type) { *flag = true; });
        return flag;
    }
    void start_call(banter::request what, banter::gateway::call_handler handler) {
        auto flag = note_cancellation(handler);
        calls.push_back({what.method, what.body, std::move(handler), std::move(flag)});
    }
    void start_wait(std::chrono::nanoseconds duration, banter::gateway::wait_handler handler) {
        auto flag = note_cancellation(handler);
        waits.push_back({duration, std::move(handler), std::move(flag)});
    }
    std::chrono::system_clock::time_point now() const { return time; }
    boost::asio::any_io_executor get_executor() { return io.get_executor(); }

    void turn() {
        io.restart();
        io.poll();
        if (!heeds_cancellation)
            return;
        for (auto at = calls.begin(); at != calls.end();) {
            if (*at->cancelled) {
                auto gone = std::move(at->handler);
                at = calls.erase(at);
                std::move(gone)(error_code(boost::asio::error::operation_aborted),
                                banter::answer());
            } else {
                ++at;
            }
        }
        std::erase_if(waits, [](const asked_wait& one) { return *one.cancelled; });
    }
    void answer(std::string body, int status = 200, std::chrono::milliseconds took = 1s) {
        turn();
        REQUIRE(!calls.empty());
        time += took;
        auto handler = std::move(calls.front().handler);
        calls.pop_front();
        std::move(handler)(error_code(), banter::answer{status, std::move(body)});
        turn();
    }
    void fail(boost::system::error_code why) {
        REQUIRE(!calls.empty());
        auto handler = std::move(calls.front().handler);
        calls.pop_front();
        std::move(handler)(why, banter::answer());
        turn();
    }
    void ring() {
        REQUIRE(!waits.empty());
        time +=
            std::chrono::duration_cast<std::chrono::system_clock::duration>(waits.front().duration);
        auto handler = std::move(waits.front().handler);
        waits.pop_front();
        std::move(handler)(error_code());
        turn();
    }
};

/// A dispatcher that does as it is told.
struct fake_dispatcher {
    enum class accepted { done, pending, busy };
    std::deque<accepted> plan;
    std::vector<std::int64_t> offered, finish_inside;
    void (*listener)(void*, std::int64_t) = nullptr;
    void* listening = nullptr;
    bool throws = false;
    std::vector<std::string> fetching_failures;

    accepted offer(std::string_view json, std::int64_t& id) {
        id = std::stoll(std::string(json.substr(json.find(':') + 1)));
        offered.push_back(id);
        for (const auto one : finish_inside)
            listener(listening, one);
        finish_inside.clear();
        if (throws)
            throw std::runtime_error("broken");
        if (plan.empty())
            return accepted::done;
        const auto next = plan.front();
        plan.pop_front();
        return next;
    }
    void on_done(void (*function)(void*, std::int64_t), void* object) {
        listener = function;
        listening = object;
    }
    void finish(std::int64_t id) { listener(listening, id); }
    void fetching_failed(std::exception_ptr error) {
        try {
            std::rethrow_exception(error);
        } catch (const std::exception& what) {
            fetching_failures.emplace_back(what.what());
        }
    }
};

constexpr const char* me =
    R"({"ok":true,"result":{"id":5,"is_bot":true,"first_name":"N","username":"u_bot"}})";
constexpr const char* yes = R"({"ok":true,"result":true})";

std::string updates(std::initializer_list<int> ids) {
    std::string out = R"({"ok":true,"result":[)";
    for (const int id : ids)
        out += (out.ends_with('[') ? "{\"update_id\":" : ",{\"update_id\":") + std::to_string(id) +
               "}";
    return out + "]}";
}

struct rig {
    memory_gateway net;
    banter::bot api{banter::gateway(net)};
    fake_dispatcher bot;
    std::vector<std::string> log;
    std::optional<poll_exit> exit;
    std::unique_ptr<long_poll> poll;

    explicit rig(banter::net::poller_options options = {}) {
        const std::vector<std::string_view> kinds{"message", "poll"};
        poll = std::make_unique<long_poll>(
            api, banter::net::sink_of(bot), kinds, options,
            banter::log_sink{[](void* to, std::string_view line) {
                                      static_cast<rig*>(to)->log.emplace_back(line);
                                  },
                                  this});
        poll->start([this](boost::system::error_code) { exit = poll->exit(); });
        net.turn();
    }
    void begin() {
        net.answer(me);
        net.answer(yes);
        net.turn();
    }
    std::string method() { return net.calls.empty() ? "" : net.calls.front().method; }
    std::string body() { return net.calls.empty() ? "" : net.calls.front().body; }
};

}  // namespace

TEST_CASE("start-up in order; the bot learns who it is before the first update") {
    rig r;
    CHECK(r.method() == "getMe");
    r.net.answer(me);
    CHECK(r.api.me().id == 5);
    CHECK(r.api.me().username == "u_bot");
    CHECK(r.api.me().first_name == "N");
    CHECK(r.method() == "deleteWebhook");
    r.net.answer(yes);
    CHECK(r.method() == "getUpdates");
    CHECK(r.body() == R"({"timeout":10,"allowed_updates":["message","poll"]})");
    CHECK(r.net.calls.size() == 1);
    CHECK(r.log == std::vector<std::string>{"running as @u_bot"});
}

TEST_CASE("updates go to the sink; the offset follows what has finished") {
    rig r;
    r.begin();
    using enum fake_dispatcher::accepted;
    r.bot.plan = {done, pending, busy};
    r.net.answer(updates({1, 2, 3}));
    CHECK(r.bot.offered == std::vector<std::int64_t>{1, 2, 3});
    CHECK(r.net.calls.empty());
    REQUIRE(r.net.waits.size() == 1);
    CHECK(r.net.waits.front().duration == 50ms);
    r.bot.plan = {pending};
    r.bot.finish(2);
    r.net.turn();
    CHECK(r.bot.offered.back() == 3);
    CHECK(r.net.waits.empty());  // the pause was given up
    CHECK(r.body().find(R"("offset":3,)") != std::string::npos);
    r.net.answer(updates({3}));
    CHECK(r.bot.offered.size() == 4);
    r.net.ring();
    CHECK(r.body().find(R"("offset":3,)") != std::string::npos);
    r.net.answer(updates({3}));
    r.bot.finish(3);
    r.net.turn();
    CHECK(r.body().find(R"("offset":4,)") != std::string::npos);
}

TEST_CASE("updates that finish inside an offer, their own included") {
    rig r;
    r.begin();
    using enum fake_dispatcher::accepted;
    r.bot.plan = {pending, pending};
    r.net.answer(updates({1}));
    r.net.ring();
    r.bot.finish_inside = {1, 2};
    r.net.answer(updates({1, 2}));
    CHECK(r.body().find(R"("offset":3,)") != std::string::npos);
}

TEST_CASE("a sink that throws does not stop the bot") {
    rig r;
    r.begin();
    r.bot.throws = true;
    r.net.answer(updates({1}));
    CHECK(r.log.back() == "update 1 is passed by: broken");
    CHECK(r.body().find(R"("offset":2,)") != std::string::npos);
}

TEST_CASE("failures wait on the gateway's clock and are told once each") {
    rig r;
    r.net.fail(boost::asio::error::connection_refused);
    CHECK(r.log.size() == 1);
    CHECK(r.log.back().find("getMe failed (attempt 1): ") == 0);
    CHECK(r.net.calls.empty());
    CHECK(r.net.waits.front().duration == 1s);
    r.net.ring();
    CHECK(r.method() == "getMe");
    r.net.answer(R"({"ok":false,"error_code":401,"description":"Unauthorized"})", 401);
    CHECK(r.exit == poll_exit::refused);
    CHECK(r.net.calls.empty());
}

TEST_CASE("the bot hears of what fails while it fetches, but not of time-outs nor of its own stop") {
    rig r;
    r.net.fail(boost::asio::error::connection_refused);
    CHECK(r.bot.fetching_failures.empty());  // it has not begun to fetch
    r.net.ring();
    r.begin();
    for (const auto fault : {banter::net::errc::read_timeout, banter::net::errc::connect_timeout}) {
        r.net.fail(fault);
        r.net.ring();
    }
    CHECK(r.bot.fetching_failures.empty());
    CHECK(r.log.size() == 4);  // each is logged all the same
    r.net.fail(banter::net::errc::connection_lost);
    REQUIRE(r.bot.fetching_failures.size() == 1);
    CHECK(r.bot.fetching_failures[0].find("getUpdates") != std::string::npos);
    r.net.ring();
    r.net.answer(R"({"ok":false,"error_code":500,"description":"Internal"})", 500);
    CHECK(r.bot.fetching_failures.size() == 2);
    r.net.ring();
    r.poll->stop();
    r.net.turn();
    CHECK(r.bot.fetching_failures.size() == 2);
}

TEST_CASE("stopping: the long poll is given up, handlers finish, the offset is confirmed") {
    for (const bool heeds : {true, false}) {
        CAPTURE(heeds);
        rig r;
        r.net.heeds_cancellation = heeds;
        r.begin();
        r.bot.plan = {fake_dispatcher::accepted::pending};
        r.net.answer(updates({7}));
        r.net.ring();
        REQUIRE(r.method() == "getUpdates");
        r.poll->stop();
        r.net.turn();
        CHECK(r.net.calls.size() == (heeds ? 0 : 1));
        REQUIRE(r.net.waits.size() >= 1);
        CHECK(r.net.waits.back().duration == 10s);
        CHECK(!r.exit);
        r.bot.finish(7);
        r.net.turn();
        if (!heeds) {  // the abandoned poll and grace period end: nobody listens
            r.net.answer(updates({7, 8}));
            while (!r.net.waits.empty())
                r.net.ring();
        }
        CHECK(!r.exit);
        CHECK(r.net.calls.size() == 1);
        CHECK(r.body() == R"({"offset":8,"limit":1,"timeout":0})");
        r.net.answer(updates({}));
        CHECK(r.exit == poll_exit::success);
        CHECK(r.bot.offered.size() == 1);
        CHECK(!r.bot.listener);
    }
}

TEST_CASE("stopping: the grace period ends") {
    rig r({.grace = 3s});
    r.begin();
    r.bot.plan = {fake_dispatcher::accepted::pending};
    r.net.answer(updates({7}));
    r.poll->stop();
    r.net.turn();
    REQUIRE(r.net.waits.size() == 1);
    CHECK(r.net.waits.front().duration == 3s);
    r.net.ring();
    CHECK(r.body() == R"({"offset":7,"limit":1,"timeout":0})");
    r.net.fail(boost::asio::error::timed_out);
    CHECK(r.exit == poll_exit::cut_short);
}

TEST_CASE("it may be destroyed at any time, and what ends later is ignored") {
    rig r;
    r.net.heeds_cancellation = false;
    r.begin();
    r.bot.plan = {fake_dispatcher::accepted::pending};
    r.net.answer(updates({1}));
    r.net.ring();
    r.poll.reset();
    CHECK(!r.bot.listener);
    r.net.answer(updates({2}));
    CHECK(r.bot.offered.size() == 1);
    CHECK(!r.exit);
}
