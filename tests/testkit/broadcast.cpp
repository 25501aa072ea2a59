// Broadcasts over the fake Telegram, on its clock; the samples of docs/broadcast.md.
#include <doctest/doctest.h>

#include <banter/banter.hpp>
#include <banter/flow/broadcast.hpp>
#include <banter/testkit/app.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <map>

using namespace banter;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

struct subscribers {
    std::vector<std::int64_t> chats;
};

struct news {
    static void subscribe(context& ctx, bot_data<subscribers>& all) {
        all->chats.push_back(ctx.chat_id());
        ctx.reply("You will hear from us.");
    }
    static task<> publish(context& ctx, bot& api, bot_data<subscribers>& all) {
        const std::string words(ctx.arguments());
        const send_message message{.chat_id = everybody, .text = words};
        const broadcast_report report = co_await broadcast(api, all->chats, message);
        for (const std::int64_t chat : report.blocked_chats) std::erase(all->chats, chat);
        ctx.reply(concat("Sent to ", report.sent, ", blocked by ", report.blocked, "."));
        co_return;
    }
    static task<> greet(context& ctx, bot& api, bot_data<subscribers>& all) {
        auto greeting = [](std::int64_t chat) { return concat("Hello, number ", chat, "!"); };
        const broadcast_report report = co_await broadcast(api, all->chats, greeting);
        ctx.reply(concat(report.sent));
        co_return;
    }
    static constexpr auto flow() {
        return handlers(on(command<"subscribe">, subscribe), on(command<"publish">, publish),
                        on(command<"greet">, greet));
    }
};

struct newsroom {
    broadcast_control running;
};
/// A broadcast that the bot goes on beside.
struct long_news {
    static void start(context& ctx, bot& api, newsroom& room) {
        const std::string words(ctx.arguments());
        std::vector<std::int64_t> readers;
        for (int i = 0; i < 1000; ++i) readers.push_back(ctx.chat_id());
        auto sending = broadcast(api, readers, send_message{.chat_id = everybody, .text = words},
                                 {.control = &room.running});
        asio::co_spawn(api.network().get_executor(), std::move(sending), asio::detached);
    }
    static void stop_it(context& ctx, newsroom& room) {
        room.running.stop();
        ctx.reply(concat(room.running.report().sent, " were sent."));
    }
    static constexpr auto flow() {
        return handlers(on(command<"start">, start), on(command<"stop">, stop_it));
    }
};

struct desk {
    testkit::world telegram;
    testkit::memory_gateway network{telegram};
    bot api{gateway(network)};
    std::optional<broadcast_report> report;
    std::exception_ptr failure;

    std::vector<std::int64_t> users(int count) {
        std::vector<std::int64_t> out;
        for (int i = 0; i < count; ++i) out.push_back(telegram.add_user("U"));
        return out;
    }
    void start(asio::awaitable<broadcast_report> job, asio::cancellation_slot slot = {}) {
        asio::co_spawn(network.context(), std::move(job),
                       asio::bind_cancellation_slot(slot, [this](std::exception_ptr e, broadcast_report r) {
                           failure = e;
                           report = std::move(r);
                       }));
        network.settle();
    }
    const broadcast_report& finish(std::chrono::nanoseconds time) {
        network.advance(time);
        REQUIRE(report.has_value());
        return *report;
    }
};

}  // namespace

TEST_CASE("a bot tells its subscribers, and forgets those that blocked it") {
    testkit::app<news> app;
    auto anna = app.user("Anna");
    auto boris = app.user("Boris");
    anna.sends("/subscribe");
    boris.sends("/subscribe");
    boris.blocks_bot();
    anna.sends("/publish It rains.");
    app.advance(1s);
    CHECK(anna.replies().at(1).text() == "It rains.");
    CHECK(anna.last_reply().text() == "Sent to 1, blocked by 1.");
    anna.sends("/greet");
    app.advance(1s);
    CHECK(anna.replies().at(3).text() == concat("Hello, number ", anna.id(), "!"));
    CHECK(app.telegram().calls("sendMessage").back().text("text") == "1");
}

TEST_CASE("who was blocked, who is gone, who moved") {
    desk d;
    auto all = d.users(3);
    d.telegram.block_bot(all[1], true);
    all.push_back(999);
    const auto group = d.telegram.add_group("Old", {.type = "group"});
    const auto now = d.telegram.migrate(all[0], group);
    all.push_back(group);
    d.start(broadcast(d.api, all, send_message{.chat_id = everybody, .text = "Hi"}));
    const auto& report = d.finish(10s);
    CHECK(report.sent == 3);
    CHECK(report.blocked_chats == std::vector{all[1]});
    CHECK(report.gone_chats == std::vector<std::int64_t>{999});
    REQUIRE(report.moves.size() == 1);
    CHECK(report.moves[0].to == now);
    CHECK(report.total() == 5);
    CHECK(!report.stopped);
    CHECK(d.network.pending() == 0);
}

TEST_CASE("the pace is kept on the test's clock, and a flood wait is obeyed") {
    desk d;
    const auto all = d.users(100);
    d.start(broadcast(d.api, all, send_message{.chat_id = everybody, .text = "Hi"}));
    d.network.advance(990ms);
    CHECK(d.telegram.calls("sendMessage").size() == 30);
    d.telegram.inject(testkit::fault::too_many_requests(20s).on("sendMessage").times(2));
    d.network.advance(10s);
    CHECK(d.telegram.calls("sendMessage").size() == 32);
    CHECK(!d.report);
    CHECK(d.finish(30s).sent == 100);
    CHECK(d.telegram.calls("sendMessage").size() == 102);
}

TEST_CASE("lists of any size, one chat after another; files and buttons go along") {
    desk d;
    const auto all = d.users(50);
    std::size_t taken = 0;
    auto supply = [&]() -> std::optional<std::int64_t> {
        if (taken == all.size()) return std::nullopt;
        return all[taken++];
    };
    const auto keyboard = inline_keyboard(row(button<"more">("More")));
    d.start(broadcast(d.api, supply,
                      send_document{.chat_id = everybody,
                                    .document = input_file::bytes("abc", "a.txt"),
                                    .reply_markup = keyboard}));
    CHECK(taken < 2 + 64);
    CHECK(d.finish(10s).sent == 50);
    const auto calls = d.telegram.calls("sendDocument");
    REQUIRE(calls.size() == 50);
    CHECK(calls[49].files.at(0).bytes == "abc");
    CHECK(d.telegram.last_with_buttons({.chat_id = all[7]}).has_value());
}

TEST_CASE("a function may give any call") {
    desk d;
    const auto all = d.users(2);
    auto photo_for = [](std::int64_t chat) {
        const std::string words = concat("For ", chat);
        return make_request(send_photo{.chat_id = chat, .photo = "https://x.org/a.jpg", .caption = words});
    };
    d.start(broadcast(d.api, all, photo_for));
    CHECK(d.finish(1s).sent == 2);
    CHECK(d.telegram.calls("sendPhoto").at(1).text("caption") == concat("For ", all[1]));
}

TEST_CASE("what the functions throw ends it, and comes out of it") {
    desk d;
    const auto all = d.users(5);
    auto fails = [&](std::int64_t chat) {
        if (chat == all[3]) throw std::out_of_range("no text");
        return std::string("Hi");
    };
    d.start(broadcast(d.api, all, fails));
    d.network.advance(10s);
    REQUIRE(d.failure != nullptr);
    CHECK_THROWS_AS(std::rethrow_exception(d.failure), std::out_of_range);
    CHECK(d.telegram.calls("sendMessage").size() == 3);
    const send_message wrong{.chat_id = 7, .text = "x"};
    CHECK_THROWS_AS((void)broadcast(d.api, all, wrong), std::invalid_argument);
}

TEST_CASE("a broadcast beside the bot's work is stopped by a command") {
    newsroom room;
    testkit::app<long_news> app{services(room)};
    auto anna = app.user("Anna");
    anna.sends("/start News");
    app.advance(3s);
    anna.sends("/stop");
    CHECK(anna.last_reply().text() == "4 were sent.");
    app.advance(60s);
    CHECK(anna.replies().size() == 5);
    CHECK(room.running.report().stopped);
    CHECK(room.running.report().sent == 4);
}

TEST_CASE("a cancelled broadcast sends nothing more") {
    desk d;
    const auto all = d.users(10);
    asio::cancellation_signal stop;
    d.start(broadcast(d.api, all, send_message{.chat_id = everybody, .text = "Hi"}), stop.slot());
    d.network.advance(100ms);
    const auto before = d.telegram.calls("sendMessage").size();
    stop.emit(asio::cancellation_type::terminal);
    d.network.settle();
    CHECK_THROWS_AS(std::rethrow_exception(d.failure), network_error);
    d.network.advance(10s);
    CHECK(d.telegram.calls("sendMessage").size() == before);
    CHECK(d.network.pending() == 0);
}

TEST_CASE("when the network forgets its calls, the broadcast is gone with them") {
    testkit::world telegram;
    const auto anna = telegram.add_user("Anna");
    testkit::memory_gateway network(telegram);
    bot api{gateway(network)};
    struct witness {
        bool* gone;
        explicit witness(bool& g) : gone(&g) {}
        ~witness() { *gone = true; }
    };
    const auto job = [](bot& me, std::int64_t chat, bool& gone) -> asio::awaitable<void> {
        const witness here(gone);
        const std::vector<std::int64_t> all{chat, chat};
        const broadcast_report report =
            co_await broadcast(me, all, send_message{.chat_id = everybody, .text = "Hi"});
        CHECK(report.sent == 2);
    };
    bool gone = false;
    SUBCASE("while a call is under way") {
        telegram.inject(testkit::fault::slow_answer(10s).on("sendMessage"));
    }
    SUBCASE("while it waits") {}
    asio::co_spawn(network.context(), job(api, anna, gone), asio::detached);
    network.settle();
    CHECK(telegram.calls("sendMessage").size() == 1);
    CHECK(network.pending() >= 1);
    network.abandon();
    network.settle();  // coroutines are unwound by their executor
    CHECK(gone);
}
