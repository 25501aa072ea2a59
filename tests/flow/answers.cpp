// A pressed button is answered exactly once, on every path that its update can take.
#include "updates.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

using namespace banter;

namespace {

/// One button for each path.
struct paths {
    struct here {};
    struct there {};

    static here start(context&) { return {}; }
    static void silent(context&) {}
    static stay says(context& ctx) {
        ctx.reply("said");
        return {};
    }
    static stay answers(context& ctx) {
        ctx.answer("declared");
        ctx.reply("behind it");
        return {};
    }
    static stay answers_twice(context& ctx) {
        ctx.answer();
        ctx.reply("between");
        ctx.answer("the last counts");
        return {};
    }
    static stay sends(context& ctx) {
        ctx.send(answer_callback_query{.callback_query_id = ctx.head().query_id, .text = "sent"});
        return {};
    }
    static stay sends_raw(context& ctx) {
        ctx.send_raw("answerCallbackQuery",
                     concat(R"({ "text": "raw", "callback_query_id": ")", ctx.head().query_id, "\"}"));
        return {};
    }
    static stay sends_for_another(context& ctx) {
        ctx.send(answer_callback_query{.callback_query_id = "q12", .text = "another's"});
        return {};
    }
    static task<stay> waits(context& ctx, bot& api) {
        auto waiting = api.network().wait(std::chrono::seconds{1});
        co_await std::move(waiting);
        ctx.reply("waited");
        co_return stay{};
    }
    static task<stay> calls(context& ctx, bot& api) {
        co_await api(answer_callback_query{.callback_query_id = ctx.head().query_id, .text = "at once"});
        ctx.reply("later");
        co_return stay{};
    }
    static task<stay> calls_raw(context& ctx, bot& api) {
        const std::string body = concat(R"({"callback_query_id":")", ctx.head().query_id, "\"}");
        co_await api.call_raw("answerCallbackQuery", body);
        co_return stay{};
    }
    static task<stay> calls_and_answers(context& ctx, bot& api) {
        co_await api(answer_callback_query{.callback_query_id = ctx.head().query_id});
        ctx.answer("too late");
        co_return stay{};
    }
    static task<stay> calls_and_fails(context& ctx, bot& api) {
        co_await api(answer_callback_query{.callback_query_id = ctx.head().query_id});
        throw std::runtime_error("afterwards");
    }
    static stay calls_apart(context& ctx, bot& api) {
        auto answering = api(answer_callback_query{.callback_query_id = ctx.head().query_id});
        boost::asio::co_spawn(api.network().get_executor(), std::move(answering),
                              boost::asio::detached);
        return {};
    }
    static stay fails(context& ctx) {
        ctx.answer("never said");
        throw std::runtime_error("on purpose");
    }
    static task<stay> fails_late(bot& api) {
        auto waiting = api.network().wait(std::chrono::seconds{1});
        co_await std::move(waiting);
        throw std::runtime_error("on purpose");
    }
    static there moves(context& ctx) {
        ctx.reply("there");
        return {};
    }
    static end ends(context&) { return {}; }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"start">, start)),
            state<here>(on(callback<"silent">, silent), on(callback<"says">, says),
                        on(callback<"answers">, answers), on(callback<"twice">, answers_twice),
                        on(callback<"sends">, sends), on(callback<"raw">, sends_raw),
                        on(callback<"another">, sends_for_another), on(callback<"waits">, waits),
                        on(callback<"calls">, calls), on(callback<"calls_raw">, calls_raw),
                        on(callback<"both">, calls_and_answers),
                        on(callback<"calls_fails">, calls_and_fails),
                        on(callback<"apart">, calls_apart), on(callback<"fails">, fails),
                        on(callback<"fails_late">, fails_late), on(callback<"moves">, moves)),
            state<there>(on(callback<"ends">, ends)));
    }
};

dispatcher_options quiet() {
    dispatcher_options options;
    options.log = {[](void*, std::string_view) {}, nullptr};
    return options;
}

struct tested : bench_of<dispatcher<paths>> {
    explicit tested(dispatcher_options options = quiet()) : bench_of(services<>{}, options) {
        send(text_update(1, "/start"));
    }

    /// Presses a button; the calls that this makes.
    std::vector<std::string> press(std::string_view data) {
        const std::size_t before = net.calls.size();
        send(press_update(1, data));
        std::vector<std::string> out;
        for (std::size_t i = before; i != net.calls.size(); ++i)
            out.push_back(concat(net.calls[i].method, ' ', net.calls[i].body));
        CHECK(bot_.in_flight() == 0);
        return out;
    }
};

using calls = std::vector<std::string>;

const std::string bare = R"(answerCallbackQuery {"callback_query_id":"q1"})";
std::string answer_with(std::string_view text) {
    return concat(R"(answerCallbackQuery {"callback_query_id":"q1","text":")", text, "\"}");
}
std::string message_of(std::string_view text) {
    return concat(R"(sendMessage {"chat_id":1,"text":")", text, "\"}");
}
const std::string refused = R"({"ok":false,"error_code":400,"description":"Bad Request: no"})";

}  // namespace

TEST_CASE("a button that its handler leaves unanswered gets a bare answer behind the other effects") {
    tested b;
    CHECK(b.press("silent") == calls{bare});
    CHECK(b.press("says") == calls{message_of("said"), bare});
    CHECK(b.press("waits") == calls{message_of("waited"), bare});
    CHECK(b.press("moves") == calls{message_of("there"), bare});
    CHECK(b.press("ends") == calls{bare});
}

TEST_CASE("a bot that sees to answers itself gets no bare ones") {
    dispatcher_options own = quiet();
    own.answer_presses = false;
    tested b(own);
    CHECK(b.press("says") == calls{message_of("said")});
    CHECK(b.press("answers") == calls{answer_with("declared"), message_of("behind it")});
}

TEST_CASE("a declared answer is the only one, and stays where it stands") {
    tested b;
    CHECK(b.press("answers") == calls{answer_with("declared"), message_of("behind it")});
    CHECK(b.press("sends") == calls{answer_with("sent")});
    CHECK(b.press("raw") ==
          calls{R"(answerCallbackQuery { "text": "raw", "callback_query_id": "q1"})"});
    CHECK(b.press("twice") == calls{message_of("between"), answer_with("the last counts")});
    CHECK(b.press("another") ==
          calls{R"(answerCallbackQuery {"callback_query_id":"q12","text":"another's"})", bare});
}

TEST_CASE("an answer that the handler called for itself is the only one") {
    tested b;
    CHECK(b.press("calls") == calls{answer_with("at once"), message_of("later")});
    CHECK(b.press("calls_raw") == calls{bare});
    CHECK(b.press("both") == calls{bare});
    CHECK(b.press("calls_fails") == calls{bare});
    CHECK(b.press("apart") == calls{bare});
    CHECK(b.bot_.counters().failures == 1);
}

TEST_CASE("a handler's own answer that came to nothing counts as none") {
    tested b;
    b.net.answers.push_back({{}, {400, refused}});
    CHECK(b.press("calls") == calls{answer_with("at once"), bare});
}

TEST_CASE("a handler that fails leaves a bare answer") {
    tested b;
    CHECK(b.press("fails") == calls{bare});
    CHECK(b.press("fails_late") == calls{bare});
    CHECK(b.bot_.counters().failures == 2);
}

TEST_CASE("a button that nothing takes gets a bare answer") {
    tested b;
    CHECK(b.press("ends") == calls{bare});     // of another state
    CHECK(b.press("unheard") == calls{bare});  // of nobody
    CHECK(b.bot_.counters().handled == 1);

    bench<paths> outside;
    outside.send(press_update(5, "silent"));
    CHECK(outside.net.calls.size() == 1);
    CHECK(outside.last_body() == R"({"callback_query_id":"q1"})");
    // Other updates that nothing takes make no calls.
    outside.send(text_update(5, "hello"));
    CHECK(outside.net.calls.size() == 1);
}

TEST_CASE("a button that nothing takes is answered while another update of its key is in work") {
    tested b;
    const std::size_t before = b.net.calls.size();
    b.offer(press_update(1, "waits"));
    CHECK(b.offer(press_update(1, "unheard")) == accepted::pending);
    b.net.run();
    REQUIRE(b.net.calls.size() == before + 3);
    CHECK(b.net.calls[before + 1].method == "answerCallbackQuery");
    CHECK(b.net.calls[before + 2].method == "answerCallbackQuery");
    CHECK(b.bot_.in_flight() == 0);
}

TEST_CASE("where an effect is refused, the button is answered all the same") {
    tested b;
    // The message is refused: what would have followed it is only the answer.
    b.net.answers.push_back({{}, {400, refused}});
    CHECK(b.press("says") == calls{message_of("said"), bare});
    // A declared answer behind it might say what is not true any more.
    b.net.answers.push_back({{}, {400, refused}});
    CHECK(b.press("twice") == calls{message_of("between"), bare});
    CHECK(b.bot_.counters().failures == 2);
    // The message behind a declared answer.
    b.net.answers.push_back({{}, {200, R"({"ok":true,"result":true})"}});
    b.net.answers.push_back({{}, {400, refused}});
    CHECK(b.press("answers") == calls{answer_with("declared"), message_of("behind it")});
    CHECK(b.bot_.counters().failures == 3);
}

TEST_CASE("a bare answer that Telegram refuses is no failure, a declared one is") {
    tested b;
    b.net.answers.push_back({{}, {400, refused}});
    CHECK(b.press("silent") == calls{bare});
    CHECK(b.bot_.counters().failures == 0);
    b.net.answers.push_back({{}, {400, refused}});
    CHECK(b.press("sends") == calls{answer_with("sent")});
    CHECK(b.bot_.counters().failures == 1);
}

TEST_CASE("several dispatchers and presses at once: each call answers its own") {
    tested b;
    dispatcher<paths> second(b.api, services<>{}, quiet());
    std::int64_t id = 0;
    second.offer(text_update(2, "/start"), id);
    const std::size_t before = b.net.calls.size();
    // Both queries have the same id here: what answers one answers the other.
    second.offer(press_update(2, "waits"), id);
    b.offer(press_update(1, "calls"));
    b.net.run();
    std::size_t answers = 0;
    for (std::size_t i = before; i != b.net.calls.size(); ++i)
        answers += b.net.calls[i].method == "answerCallbackQuery";
    CHECK(answers == 1);
    CHECK(second.in_flight() == 0);
}
