// Broadcasts without a network: who is next and when, and what answers mean.
#include <banter/flow/broadcast_plan.hpp>

#include <doctest/doctest.h>

#include <boost/asio/error.hpp>

using namespace banter;
using namespace banter::detail;
using namespace std::chrono_literals;

namespace {

using kind = broadcast_step::kind;
using found = broadcast_verdict::kind;
using time_point = std::chrono::system_clock::time_point;

/// Plays a plan: each message is answered at once by `answers`, on a clock that only waits move.
struct player {
    explicit player(std::vector<std::int64_t> to, broadcast_pace pace = {})
        : chats(std::move(to)), plan(pace, 1, 100) {}

    template <class Answers>
    void play(Answers answers) {
        std::size_t at = 0;
        for (int steps = 0; steps < 100'000; ++steps) {
            const broadcast_step step = plan.next(now);
            if (step.what == kind::finished) return;
            if (step.what == kind::more && at < chats.size()) plan.add(chats[at++]);
            else if (step.what == kind::more) plan.exhausted();
            if (step.what == kind::wait) {
                REQUIRE(step.until > now);
                now = step.until;
            }
            if (step.what != kind::send) continue;
            sent.push_back({step.to.chat, now - time_point()});
            plan.answered(step.to, answers(step.to.chat), now);
        }
        FAIL("it does not end");
    }
    void play() {
        play([](std::int64_t) { return broadcast_verdict(); });
    }

    struct message {
        std::int64_t chat;
        std::chrono::nanoseconds at;
    };
    std::vector<std::int64_t> chats;
    broadcast_plan plan;
    time_point now{};
    std::vector<message> sent;
};

broadcast_verdict flood(std::chrono::seconds wait) {
    broadcast_verdict out;
    out.what = found::flooded;
    out.retry_after = wait;
    return out;
}

std::vector<std::int64_t> users(int count) {
    std::vector<std::int64_t> out;
    for (int i = 1; i <= count; ++i) out.push_back(i);
    return out;
}

answer refusal(int code, std::string description, std::string parameters = "{}") {
    return {code, R"({"ok":false,"error_code":)" + std::to_string(code) + R"(,"description":")" +
                      description + R"(","parameters":)" + parameters + "}"};
}

}  // namespace

TEST_CASE("thirty messages a second over all chats, never more in any second") {
    player p(users(100));
    p.play();
    REQUIRE(p.sent.size() == 100);
    CHECK(p.plan.report().sent == 100);
    for (std::size_t i = 30; i < p.sent.size(); ++i)
        CHECK(p.sent[i].at - p.sent[i - 30].at >= 999'999'990ns);
    CHECK(p.sent.back().at < 3301ms);
}

TEST_CASE("one message a second to one chat, while others go on") {
    player p({1, 1, 1, 2, 3});
    p.play();
    std::vector<std::chrono::nanoseconds> to_one;
    std::vector<std::int64_t> order;
    for (const auto& one : p.sent) {
        order.push_back(one.chat);
        if (one.chat == 1) to_one.push_back(one.at);
    }
    CHECK(order == std::vector<std::int64_t>{1, 2, 3, 1, 1});
    CHECK(to_one == std::vector<std::chrono::nanoseconds>{0s, 1s, 2s});
}

TEST_CASE("twenty messages a minute to one group") {
    player p(std::vector<std::int64_t>(45, -7));
    p.play();
    REQUIRE(p.sent.size() == 45);
    CHECK(p.sent[19].at == 19s);
    CHECK(p.sent[20].at == 60s);
    CHECK(p.sent[40].at == 120s);
}

TEST_CASE("a flood wait holds up the chat that it is about") {
    player p({1, 2, 3});
    bool first = true;
    p.play([&](std::int64_t chat) {
        if (chat != 1 || !first) return broadcast_verdict();
        first = false;
        return flood(5s);
    });
    REQUIRE(p.sent.size() == 4);
    CHECK(p.sent[1].chat == 2);
    CHECK(p.sent[2].at < 100ms);
    CHECK(p.sent[3].chat == 1);
    CHECK(p.sent[3].at == 5s);
    CHECK(p.plan.report().sent == 3);
}

TEST_CASE("a flood wait that one chat is told twice is still about that chat") {
    pacer pace(broadcast_pace{});
    const time_point now{};
    pace.flooded(1, now, 5s);
    pace.flooded(1, now, 9s);
    CHECK(pace.ready(1) == now + 9s);
    CHECK(pace.ready(2) <= now);
    pace.flooded(2, now, 1s);
    CHECK(pace.ready(3) == now + 9s);
}

TEST_CASE("a flood wait that two chats are told is about the bot: all wait") {
    player p(users(10));
    int left = 2;
    p.play([&](std::int64_t) { return left-- > 0 ? flood(5s) : broadcast_verdict(); });
    REQUIRE(p.sent.size() == 12);
    CHECK(p.sent[1].at < 100ms);
    for (std::size_t i = 2; i < p.sent.size(); ++i) CHECK(p.sent[i].at >= 5s);
    CHECK(p.plan.report().sent == 10);
}

TEST_CASE("a chat that is flooded again and again is given up") {
    player p({1});
    p.play([](std::int64_t) { return flood(1s); });
    CHECK(p.plan.report().failed == 1);
    CHECK(p.sent.size() == 11);
}

TEST_CASE("a group that has moved is sent to where it is now, once") {
    player p({-5, 6});
    p.play([](std::int64_t chat) {
        broadcast_verdict out;
        if (chat == -5) {
            out.what = found::moved;
            out.new_id = -1005;
        }
        return out;
    });
    const auto& report = p.plan.report();
    CHECK(report.sent == 2);
    CHECK(report.migrated == 1);
    REQUIRE(report.moves.size() == 1);
    CHECK(report.moves[0].from == -5);
    CHECK(report.moves[0].to == -1005);

    player lost({-5});
    lost.play([](std::int64_t chat) {
        broadcast_verdict out;
        out.what = found::moved;
        out.new_id = chat - 1;
        return out;
    });
    CHECK(lost.plan.report().failed == 1);
    CHECK(lost.sent.size() == 2);
}

TEST_CASE("where no connection comes about, it is tried again later, four times in all") {
    player p({1});
    p.play([](std::int64_t) { return judge_silence(boost::asio::error::connection_refused); });
    REQUIRE(p.sent.size() == 4);
    CHECK(p.sent[1].at == 1s);
    CHECK(p.sent[3].at == 7s);
    CHECK(p.plan.report().failed == 1);
    player lost({1});
    lost.play([](std::int64_t) { return judge_silence(boost::asio::error::connection_reset); });
    CHECK(lost.sent.size() == 1);
    CHECK(lost.plan.report().failures.at(0).what.starts_with("no answer: "));
}

TEST_CASE("what Telegram's answers mean") {
    CHECK(judge_answer("sendMessage", {200, R"({"ok":true,"result":{}})"}).what == found::sent);
    CHECK(judge_answer("sendMessage", refusal(403, "Forbidden: bot was blocked by the user")).what ==
          found::blocked);
    CHECK(judge_answer("sendMessage", refusal(400, "Bad Request: chat not found")).what == found::gone);
    const auto bad = judge_answer("sendMessage", refusal(400, "Bad Request: text is empty"));
    CHECK(bad.what == found::failed);
    CHECK(bad.why == "sendMessage: Bad Request: text is empty (error 400)");
    CHECK(judge_answer("sendMessage", {502, "<html>"}).what == found::failed);
    const auto late = judge_answer("sendMessage",
                                   refusal(429, "Too Many Requests", R"({"retry_after":7})"));
    CHECK(late.what == found::flooded);
    CHECK(late.retry_after == 7s);
    const auto moved = judge_answer(
        "sendMessage", refusal(400, "Bad Request: group chat was upgraded",
                               R"({"migrate_to_chat_id":-1001})"));
    CHECK(moved.what == found::moved);
    CHECK(moved.new_id == -1001);
}

TEST_CASE("no more calls under way than allowed; the list is not read far ahead") {
    broadcast_plan plan({.per_second = 1'000'000'000}, 2, 10);
    time_point now{};
    int taken = 0;
    std::vector<recipient> under_way;
    for (broadcast_step step = plan.next(now); step.what != kind::listen; step = plan.next(now)) {
        now += 1s;
        if (step.what == kind::more) plan.add(++taken);
        if (step.what == kind::send) under_way.push_back(step.to);
    }
    CHECK(under_way.size() == 2);
    CHECK(taken == 2);
    broadcast_plan slow({.per_second = 1}, 100, 10);
    taken = 0;
    for (broadcast_step step = slow.next({}); step.what != kind::wait; step = slow.next({}))
        if (step.what == kind::more) slow.add(++taken);
    CHECK(taken == 65);
}

TEST_CASE("stopping drops what waits, and waits for what is under way") {
    broadcast_plan plan({}, 4, 10);
    plan.add(1);
    plan.add(2);
    const broadcast_step step = plan.next({});
    REQUIRE(step.what == kind::send);
    plan.stop();
    CHECK(plan.next({}).what == kind::listen);
    plan.answered(step.to, flood(1s), {});
    CHECK(plan.next({}).what == kind::finished);
    CHECK(plan.report().stopped);
    CHECK(plan.report().total() == 0);
}

TEST_CASE("the pacer forgets chats that no limit asks about, however long one is held up") {
    pacer p({});
    time_point now{};
    p.flooded(1, now, 1h);
    for (int i = 2; i < 1000; ++i) {
        p.sending(i, now);
        now += 100ms;
    }
    CHECK(p.remembered() < 15);
    CHECK(p.ready(1) == time_point(1h));
}

TEST_CASE("a report names as many chats as it was asked to, and counts all") {
    player p(users(200));
    p.play([](std::int64_t) { return judge_answer("sendMessage", refusal(403, "Forbidden")); });
    CHECK(p.plan.report().blocked == 200);
    CHECK(p.plan.report().blocked_chats.size() == 100);
}
