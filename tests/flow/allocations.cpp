// An update in the steady state costs no allocation of ours: not where its handler replies, not where
// it is a coroutine, not where it waits for another of its user. The network here allocates nothing
// of its own; it keeps handlers in the memory that they bring.
// Where its library is compiled in the same file, g++ 12 takes these for a mismatch.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

#include "updates.hpp"

#include <banter/flow/frame_memory.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace {
std::size_t allocations = 0;
}  // namespace

// Asio takes its memory from here, and not from operator new.
extern "C" void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    ++allocations;
    void* memory = nullptr;
    return posix_memalign(&memory, alignment, size) == 0 ? memory : nullptr;
}
void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    if (void* memory = aligned_alloc(static_cast<std::size_t>(alignment), size)) return memory;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++allocations;
    return std::malloc(size);
}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

using namespace banter;

namespace {

struct frugal_gateway {
    boost::asio::io_context context{1};
    std::size_t calls = 0;
    std::size_t bytes = 0;
    struct pending {
        pending(std::chrono::nanoseconds until, gateway::wait_handler what)
            : due(until), handler(std::move(what)) {}
        std::chrono::nanoseconds due;
        gateway::wait_handler handler;
    };
    std::array<std::optional<pending>, 16> later;  // long waits end when the clock is moved that far
    std::chrono::nanoseconds clock{};

    struct completion {
        gateway::wait_handler handler;
        using allocator_type = gateway::wait_handler::allocator_type;
        allocator_type get_allocator() const noexcept { return handler.get_allocator(); }
        void operator()() { std::move(handler)(boost::system::error_code{}); }
    };

    void start_call(const request& what, answer& got, gateway::wait_handler handler) {
        ++calls;
        bytes += what.body.size();
        got.status = 200;
        got.body = R"({"ok":true,"result":{"message_id":5,"date":1,"chat":{"id":1,"type":"private"}}})";
        boost::asio::post(context, completion{std::move(handler)});
    }
    void start_wait(std::chrono::nanoseconds duration, gateway::wait_handler handler) {
        if (duration < std::chrono::minutes{1})
            boost::asio::post(context, completion{std::move(handler)});
        else
            free_place().emplace(clock + duration, std::move(handler));
    }
    std::chrono::system_clock::time_point now() const {
        return std::chrono::system_clock::time_point(clock);
    }
    boost::asio::any_io_executor get_executor() { return context.get_executor(); }

    std::optional<pending>& free_place() {
        for (auto& wait : later)
            if (!wait) return wait;
        throw std::length_error("too many waits");
    }
    std::size_t waits() const {
        std::size_t out = 0;
        for (const auto& wait : later) out += wait.has_value();
        return out;
    }
    void advance(std::chrono::nanoseconds duration) {
        clock += duration;
        for (auto& wait : later) {
            if (!wait || wait->due > clock) continue;
            boost::asio::post(context, completion{std::move(wait->handler)});
            wait.reset();
        }
    }
};

/// One of each: plain handlers and coroutines, with and without effects, in and out of states.
struct shop {
    struct choosing {
        std::int64_t amount = 0;
        static constexpr auto keyboard =
            inline_keyboard(row(button<"buy">("Buy"), button<"leave">("Leave it")));
    };

    static choosing start(context& ctx) {
        ctx.reply("How much will it be, and how would you like to pay for it?");
        return {};
    }
    static void amount(context& ctx, choosing& here, matched<text> input) {
        here.amount = input.as<std::int64_t>().value_or(0);
        ctx.reply("All of this for only a little money: do you want it?", choosing::keyboard);
    }
    static task<end> buy(context& ctx, const choosing& here) {
        const std::int64_t amount = here.amount;
        ctx.answer();
        ctx.edit(amount > 0 ? "It is yours, and thank you very much." : "It is a present.");
        co_return end{};
    }
    static task<stay> leave(context& ctx) {
        const auto executor = co_await boost::asio::this_coro::executor;
        co_await boost::asio::dispatch(executor, boost::asio::use_awaitable);
        ctx.answer("Think about it for as long as you like.");
        ctx.send_raw("setMessageReaction", R"({"chat_id":1,"message_id":9,"reaction":[]})");
        co_return stay{};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<choosing>(on(callback<"buy">, buy), on(callback<"leave">, leave),
                                            on(text && !command<>, amount)));
    }
};

struct player {
    frugal_gateway net;
    bot api{gateway(net)};
    dispatcher<shop> tested{api, services<>{}};
    std::vector<std::string> updates;
    int refused = 0;

    player() {
        for (std::int64_t user = 1; user != 4; ++user) {
            updates.push_back(text_update(user, "/start"));
            updates.push_back(text_update(user, "17"));
            updates.push_back(text_update(user, "18"));
            updates.push_back(press_update(user, "leave"));
            updates.push_back(press_update(user, "buy"));
            updates.push_back(press_update(user, "nobody's"));  // gets a bare answer
            updates.push_back(text_update(user, "of no interest"));
        }
    }
    /// Plays the updates some times from the bot's own thread, as long polling does: each user's one
    /// by one, or all at once, when those of one user wait for each other. Gives the allocations
    /// of the second half.
    std::size_t play(int rounds, bool together) {
        std::size_t counted = 0;
        net.context.restart();
        boost::asio::co_spawn(net.context, feed(rounds, together, counted),
                              [this](std::exception_ptr) { net.context.stop(); });
        net.context.run();
        return counted;
    }

  private:
    boost::asio::awaitable<void> feed(int rounds, bool together, std::size_t& counted) {
        std::size_t before = 0;
        for (int round = 0; round != rounds; ++round) {
            // Updates change places: each place's buffers must have seen the longest.
            if (2 * round == rounds) before = allocations;
            for (const std::string& update : updates) {
                std::int64_t id = 0;
                refused += tested.offer(update, id) == accepted::busy;
                if (together) continue;
                while (tested.in_flight() != 0)
                    co_await boost::asio::post(net.context, boost::asio::use_awaitable);
            }
            while (tested.in_flight() != 0)
                co_await boost::asio::post(net.context, boost::asio::use_awaitable);
        }
        counted = allocations - before;
    }
};

}  // namespace

TEST_CASE("an update allocates nothing in the steady state") {
    for (const bool together : {false, true}) {
        CAPTURE(together);
        player p;
        const std::size_t counted = p.play(100, together);
        if (detail::recycle_frames) CHECK(counted == 0);
        CHECK(p.net.calls == 100 * 3 * 8);
        CHECK(p.refused == 0);
        CHECK(p.tested.counters().failures == 0);
        CHECK(p.tested.conversations<shop>() == 0);
    }
}

namespace {

/// What a timeout has to know of the last update is kept as well.
struct timed {
    struct waiting {};
    static waiting start(context&) { return {}; }
    static void more(context&) {}
    static end late() { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(business_message && regex<"^open">, start)),
                            state<waiting>(on(business_message && text, more)),
                            after(std::chrono::minutes{30}, late));
    }
};

struct hurried {
    struct waiting {};
    static waiting start(context&) { return {}; }
    static end close(context&) { return {}; }
    static end late(context& ctx) {
        ctx.reply("You were too late for this, by a quarter of an hour.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"open">, start)),
                            state<waiting>(on(command<"close">, close)),
                            after(std::chrono::minutes{30}, late));
    }
};

}  // namespace

TEST_CASE("an update that starts a timeout anew allocates nothing") {
    frugal_gateway net;
    bot api{gateway(net)};
    dispatcher<timed> tested(api, services<>{});
    const auto update = [](std::string_view said) {
        return concat(R"({"update_id":)", next_id++,
                      R"(,"business_message":{"message_id":7,"business_connection_id":)",
                      R"("a connection whose id is longer than a short string",)", from(1),
                      R"(,"text":")", said, R"("}})");
    };
    const std::string open = update("open"), more = update("more");
    std::int64_t id = 0;
    tested.offer(open, id);
    for (int i = 0; i != 3; ++i) tested.offer(more, id);
    REQUIRE(tested.conversations<timed>() == 1);
    const std::size_t before = allocations;
    for (int i = 0; i != 20; ++i) tested.offer(more, id);
    CHECK(allocations == before);
    CHECK(tested.counters().handled == 24);
    CHECK(net.waits() == 1);
}

namespace {

/// Some open, half of them close, the others are too late; and many who close what they have opened.
boost::asio::awaitable<void> hurry(frugal_gateway& net, dispatcher<hurried>& tested,
                                   std::size_t& counted) {
    std::vector<std::string> open, close;
    for (std::int64_t user = 1; user != 41; ++user) {
        open.push_back(text_update(user, "/open"));
        close.push_back(text_update(user, "/close"));
    }
    std::int64_t id = 0;
    std::size_t before = 0;
    for (int round = 0; round != 8; ++round) {
        if (round == 3) before = allocations;
        for (const std::string& update : open) tested.offer(update, id);
        net.advance(std::chrono::minutes{10});
        for (std::size_t i = 0; i != 20; ++i) tested.offer(close[i], id);
        CHECK(tested.conversations<hurried>() == 20);
        net.advance(std::chrono::minutes{21});
        while (tested.conversations<hurried>() + tested.in_flight() != 0)
            co_await boost::asio::post(net.context, boost::asio::use_awaitable);
    }
    // Nothing is left of those that have ended, else it would have to grow some time.
    for (int i = 0; i != 2000; ++i) {
        tested.offer(open.front(), id);
        tested.offer(close.front(), id);
    }
    counted = allocations - before;
}

}  // namespace

TEST_CASE("timeouts that come, and conversations that end before them, allocate nothing") {
    frugal_gateway net;
    bot api{gateway(net)};
    dispatcher<hurried> tested(api, services<>{});
    std::size_t counted = 1;
    boost::asio::co_spawn(net.context, hurry(net, tested, counted),
                          [&](std::exception_ptr) { net.context.stop(); });
    net.context.run();
    if (detail::recycle_frames) CHECK(counted == 0);
    CHECK(net.calls == 8 * 20);
    CHECK(tested.counters().failures == 0);
    CHECK(net.waits() <= 2);
}
