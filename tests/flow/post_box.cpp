// Posted events arrive from any thread, in the order of each, and only so many at once.
#include <banter/flow/post.hpp>

#include <doctest/doctest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <variant>
#include <vector>

using namespace banter;

namespace {

struct number {
    int thread = 0;
    int value = 0;
};
struct parcel {
    std::unique_ptr<std::string> what;
};
using any = std::variant<std::monostate, number, parcel>;
using box = detail::post_box<any>;

/// What a dispatcher is to the box.
struct owner {
    boost::asio::io_context io;
    std::shared_ptr<box> arrivals;
    std::deque<any> seen;
    bool takes = true;  // else they stay in its queue

    explicit owner(std::size_t most)
        : arrivals(std::make_shared<box>(io.get_executor(), most, this, &collect)) {}
    static void collect(void* which) {
        owner& self = *static_cast<owner*>(which);
        for (any& one : self.arrivals->take_arrived()) {
            self.seen.push_back(std::move(one));
            if (self.takes) self.arrivals->make_room();
        }
    }
};

}  // namespace

TEST_CASE("Events of several threads all arrive, those of one in its order") {
    constexpr int threads = 4, each = 500;
    owner bot(64);
    auto work = boost::asio::make_work_guard(bot.io);
    std::vector<std::thread> others;
    for (int t = 0; t != threads; ++t)
        others.emplace_back([t, to = poster<number>(bot.arrivals)] {
            for (int i = 0; i != each;)
                if (to.post({t, i}) == post_result::queued)
                    ++i;
                else
                    std::this_thread::yield();
        });
    while (bot.seen.size() != threads * each) bot.io.run_one();
    for (std::thread& one : others) one.join();
    int next[threads] = {};
    for (const any& one : bot.seen) {
        const number& got = std::get<number>(one);
        CHECK(got.value == next[got.thread]++);
    }
}

TEST_CASE("A box that is full refuses until there is room, and leaves the event as it was") {
    owner bot(2);
    bot.takes = false;
    const poster<parcel> to(bot.arrivals);
    CHECK(to.post({std::make_unique<std::string>("one")}) == post_result::queued);
    CHECK(to.post({std::make_unique<std::string>("two")}) == post_result::queued);
    parcel third{std::make_unique<std::string>("three")};
    CHECK(to.post(std::move(third)) == post_result::full);
    bot.io.run();
    CHECK(to.post(std::move(third)) == post_result::full);  // they wait in the owner's queue
    REQUIRE(third.what != nullptr);
    bot.arrivals->make_room();
    CHECK(to.post(std::move(third)) == post_result::queued);
    CHECK(third.what == nullptr);
    CHECK(bot.arrivals->reserve() == post_result::full);
}

TEST_CASE("A box that is closed refuses, and delivers no more") {
    owner bot(2);
    const poster<number> to(bot.arrivals);
    CHECK(to.post({1, 1}) == post_result::queued);
    bot.arrivals->close();
    CHECK(to.post({1, 2}) == post_result::closed);
    CHECK(bot.arrivals->reserve() == post_result::closed);
    bot.io.run();
    CHECK(bot.seen.empty());
    CHECK(poster<number>().post({1, 3}) == post_result::closed);
}
