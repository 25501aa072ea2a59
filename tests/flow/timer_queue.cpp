// What falls due when: order, taking back, moving, handles that have had their time; against a model.
#include <banter/flow/timer_queue.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <tuple>
#include <vector>

using banter::detail::due_time;
using banter::detail::timer_handle;
using banter::detail::timer_queue;

namespace {

/// The same, the slow way: timers in a list, the first is looked for.
struct model {
    struct timer {
        due_time due;
        std::uint64_t turn;
        int what;
        timer_handle handle;
    };
    std::vector<timer> pending;
    std::uint64_t turns = 0;

    std::vector<timer>::iterator first() {
        return std::min_element(pending.begin(), pending.end(), [](const timer& a, const timer& b) {
            return std::tie(a.due, a.turn) < std::tie(b.due, b.turn);
        });
    }
};

}  // namespace

TEST_CASE("timers come in the order of their times, equal ones in the order they were added") {
    timer_queue<int> queue;
    CHECK(queue.empty());
    CHECK_FALSE(queue.is_due(std::numeric_limits<due_time>::max()));
    const due_time times[]{30, 10, 20, 10, -5, 10};
    for (int i = 0; i != 6; ++i) queue.add(times[i], i);
    CHECK(queue.size() == 6);
    std::vector<int> order;
    while (!queue.empty()) order.push_back(queue.take());
    CHECK(order == std::vector<int>{4, 1, 3, 5, 2, 0});
}

TEST_CASE("nothing is early, not by a nanosecond") {
    timer_queue<int> queue;
    const due_time due = 1'790'000'000'123'456'789;
    queue.add(due, 1);
    CHECK(queue.next_due() == due);
    CHECK_FALSE(queue.is_due(due - 1));
    CHECK(queue.is_due(due));
    CHECK(queue.next() == 1);
}

TEST_CASE("a handle whose timer is over names nothing, also when its place is used again") {
    timer_queue<int> queue;
    CHECK_FALSE(queue.pending(timer_handle()));
    CHECK_FALSE(queue.cancel(timer_handle()));
    const timer_handle first = queue.add(10, 1);
    CHECK(queue.pending(first));
    CHECK(queue.due(first) == 10);
    CHECK(queue.what(first) == 1);
    CHECK(queue.cancel(first));
    CHECK_FALSE(queue.pending(first));
    CHECK_FALSE(queue.cancel(first));
    CHECK(queue.empty());

    const timer_handle second = queue.add(20, 2);
    CHECK_FALSE(queue.cancel(first));
    CHECK_FALSE(queue.move(first, 5));
    CHECK(queue.due(second) == 20);
    CHECK(queue.take() == 2);
    CHECK_FALSE(queue.pending(second));
    CHECK_FALSE(queue.move(second, 5));
    CHECK(queue.empty());
}

TEST_CASE("a timer that is moved stands behind those that had its time before") {
    timer_queue<int> queue;
    const timer_handle a = queue.add(10, 1);
    queue.add(20, 2);
    queue.add(30, 3);
    CHECK(queue.move(a, 20));
    CHECK(queue.due(a) == 20);
    CHECK(queue.take() == 2);
    CHECK(queue.move(a, 40));
    CHECK(queue.take() == 3);
    CHECK(queue.move(a, 1));
    CHECK(queue.next_due() == 1);
    CHECK(queue.take() == 1);
}

TEST_CASE("whatever is done to it, the queue agrees with a list that is searched") {
    for (const due_time range : {due_time{3}, due_time{1000}, due_time{1} << 60}) {
        CAPTURE(range);
        std::mt19937_64 random(20261120);
        timer_queue<int> queue;
        model expected;
        std::vector<timer_handle> over;
        const auto any_time = [&] { return static_cast<due_time>(random() % std::uint64_t(range)); };
        const auto any = [&] {
            const auto size = expected.pending.size();
            return expected.pending.begin() + static_cast<std::ptrdiff_t>(random() % size);
        };
        bool agrees = true;
        for (int step = 0; step != 20'000 && agrees; ++step) {
            // It grows to some hundred, shrinks to nothing, and so on.
            const bool grows = step / 1000 % 2 == 0;
            const auto what = random() % 8;
            if (expected.pending.empty() || what < (grows ? 4U : 1U)) {
                const due_time due = any_time();
                const timer_handle handle = queue.add(due, step);
                expected.pending.push_back({due, expected.turns++, step, handle});
            } else if (what < 5) {
                const auto one = any();
                const due_time due = any_time();
                agrees = queue.move(one->handle, due);
                one->due = due;
                one->turn = expected.turns++;
            } else if (what < 6) {
                const auto one = any();
                agrees = queue.what(one->handle) == one->what && queue.cancel(one->handle);
                over.push_back(one->handle);
                expected.pending.erase(one);
            } else {
                const auto first = expected.first();
                agrees = queue.next_due() == first->due && queue.take() == first->what;
                over.push_back(first->handle);
                expected.pending.erase(first);
            }
            agrees = agrees && queue.size() == expected.pending.size();
            if (!expected.pending.empty())
                agrees = agrees && queue.next() == expected.first()->what;
            if (!over.empty())
                agrees = agrees && !queue.pending(over[random() % over.size()]);
        }
        CHECK(agrees);
        while (!expected.pending.empty() && agrees) {
            const auto first = expected.first();
            agrees = queue.take() == first->what;
            expected.pending.erase(first);
        }
        CHECK(agrees);
        CHECK(queue.empty());
    }
}
