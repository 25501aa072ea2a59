// Inline, shipping and pre-checkout queries are answered by contexts of their own.
#include <banter/flow.hpp>
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using namespace banter;

namespace {

struct stall {
    static void find(inline_context& ctx) {
        const std::string title = concat("About ", ctx.query());
        ctx.answer(list(inline_query_result_article{
                       .id = "1",
                       .title = title,
                       .input_message_content = input_text_message_content{.message_text = title}}),
                   {.cache_time = 5, .next_offset = ctx.offset().empty() ? "more" : ""});
    }
    static void check(checkout_context& ctx) {
        if (ctx.payload() == "tea")
            ctx.approve();
        else
            ctx.refuse("There is only tea.");
    }
    static void ship(shipping_context& ctx) {
        if (ctx.payload() == "far")
            return ctx.refuse("Too far.");
        ctx.accept(list(shipping_option{.id = "post", .title = "Post",
                                        .prices = list(labeled_price{.label = "Post", .amount = 3})}));
    }
    static constexpr auto flow() {
        return handlers(on(inline_query, find), on(pre_checkout_query, check),
                        on(shipping_query, ship));
    }
};

/// Coroutines, and all ways to take such a context.
struct late_stall {
    static task<> find(const inline_context& ctx, bot& api, inline_context& same) {
        auto waiting = api.network().wait(std::chrono::seconds{1});
        co_await std::move(waiting);
        same.send(send_message{.chat_id = ctx.user_id(), .text = ctx.query()});
        same.answer(list_of<inline_query_result>(list(inline_query_result_game{
            .id = "1", .game_short_name = "chess"})));
        co_return;
    }
    static void check(checkout_context&) { throw std::runtime_error("out of order"); }
    static constexpr auto flow() {
        return handlers(on(inline_query, find), on(pre_checkout_query, check));
    }
};

std::string shipping_update(std::string_view payload) {
    return concat(R"({"shipping_query":{"id":"s1","from":{"id":7,"is_bot":false,"first_name":"A"},)",
                  R"("invoice_payload":")", payload, R"(","shipping_address":{"country_code":"DE",)",
                  R"("state":"","city":"B","street_line1":"S","street_line2":"","post_code":"1"}}})");
}

}  // namespace

TEST_CASE("an inline query is answered with results") {
    testkit::app<stall> app;
    auto anna = app.user("Anna");
    anna.asks_inline("tea");
    const auto calls = app.calls("answerInlineQuery");
    REQUIRE(calls.size() == 1);
    CHECK(calls[0].ok());
    CHECK(calls[0].text("results.0.title") == "About tea");
    CHECK(calls[0].integer("cache_time") == 5);
    CHECK(calls[0].text("next_offset") == "more");
    anna.asks_inline("tea", "more");
    CHECK(app.calls("answerInlineQuery").back().text("next_offset") == "");
}

TEST_CASE("an order goes through or does not") {
    testkit::app<stall> app;
    auto anna = app.user("Anna");
    anna.checks_out("tea", "EUR", 100);
    CHECK(app.calls("answerPreCheckoutQuery").back().text("ok") == "true");
    anna.checks_out("coffee", "EUR", 100);
    CHECK(app.calls("answerPreCheckoutQuery").back().text("ok") == "false");
    CHECK(app.calls("answerPreCheckoutQuery").back().text("error_message") == "There is only tea.");
}

TEST_CASE("a coroutine answers when it has waited, and one that throws says nothing") {
    testkit::app<late_stall> app;
    auto anna = app.user("Anna");
    anna.sends("hello");  // so that the bot may write to her
    anna.asks_inline("chess");
    CHECK(app.calls("answerInlineQuery").empty());
    app.advance(std::chrono::seconds{2});
    REQUIRE(app.calls("answerInlineQuery").size() == 1);
    CHECK(app.calls("answerInlineQuery")[0].text("results.0.game_short_name") == "chess");
    CHECK(anna.last_reply().text() == "chess");
    anna.checks_out("tea", "EUR", 100);
    CHECK(app.calls("answerPreCheckoutQuery").empty());
}

TEST_CASE("a shipping query gets its ways or a reason") {
    incoming update;
    outbox effects;
    const auto answered = [&](std::string_view payload) {
        std::string json = shipping_update(payload);
        json.insert(1, R"("update_id":1,)");
        REQUIRE(update.read(json) == telegram::decode_fault::none);
        effects.clear();
        shipping_context ctx(update, effects);
        stall::ship(ctx);
        REQUIRE(effects.size() == 1);
        return effects[0].body;
    };
    CHECK(answered("near") ==
          R"({"shipping_query_id":"s1","ok":true,"shipping_options":[{"id":"post","title":"Post",)"
          R"("prices":[{"label":"Post","amount":3}]}]})");
    CHECK(answered("far") == R"({"shipping_query_id":"s1","ok":false,"error_message":"Too far."})");
}
