// The dispatcher on its own: choice, transitions, effects, order, failures.
#include "updates.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace banter;

namespace {

struct payment {
    struct waiting_amount {};
    struct waiting_details {
        std::int64_t amount;
        static constexpr auto keyboard =
            inline_keyboard(row(button<"bank_1">("First bank"), button<"wallet_BTC">("Bitcoin")),
                            row(button<"back">("Back")));
    };
    struct waiting_receipt {
        std::int64_t amount;
        std::string method;
    };

    static waiting_amount start(context& ctx) {
        ctx.reply("How much?");
        return {};
    }
    static next<waiting_details, stay> amount(context& ctx, matched<text> input) {
        const auto value = input.as<std::int64_t>();
        if (!value || *value <= 0) {
            ctx.reply("A positive whole number, please.");
            return stay{};
        }
        ctx.reply("How will you pay?", waiting_details::keyboard);
        return waiting_details{*value};
    }
    static waiting_receipt bank(context& ctx, waiting_details& here,
                                matched<callback<"bank_([0-9]+)">> choice) {
        ctx.answer();
        ctx.edit("Send the receipt.");
        return {here.amount, concat("bank ", choice.get<1, int>())};
    }
    static waiting_receipt wallet(waiting_details& here,
                                  matched<callback<"wallet_(BTC|ETH|USDT)">> choice) {
        return {here.amount, std::string(choice.get<1>())};
    }
    static task<end> receipt(context& ctx, bot& api, waiting_receipt& here,
                             const matched<document || photo>& file) {
        auto forwarding = api(send_message{.chat_id = 99, .text = "a receipt"});
        co_await std::move(forwarding);
        ctx.reply(concat("Thank you: ", here.amount, ' ', here.method, ' ', file.file_id()));
        co_return end{};
    }
    static end cancel(context& ctx) {
        ctx.reply("Cancelled.");
        return {};
    }
    static stay unexpected(context& ctx) {
        ctx.reply("Not now.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"pay">, start)),
            state<waiting_amount>(on(text && !command<>, amount)),
            state<waiting_details>(on(callback<"bank_([0-9]+)">, bank),
                                   on(callback<"wallet_(BTC|ETH|USDT)">, wallet),
                                   on(callback<"back">, start)),
            state<waiting_receipt>(on(document || photo, receipt)),
            fallbacks(on(command<"cancel">, cancel), on(command<>, unexpected)), allow_reentry);
    }
};
static_assert(verify<payment>);

}  // namespace

TEST_CASE("the payment conversation runs through") {
    bench<payment> b;
    b.send(text_update(1, "/pay"));
    CHECK(b.last_body() == R"({"chat_id":1,"text":"How much?"})");
    CHECK(b.bot_.state_of<payment, payment::waiting_amount>(1, 1) != nullptr);

    b.send(text_update(1, "many"));
    CHECK(b.bot_.state_of<payment, payment::waiting_amount>(1, 1) != nullptr);

    b.send(text_update(1, "100"));
    REQUIRE(b.bot_.state_of<payment, payment::waiting_details>(1, 1) != nullptr);
    CHECK(b.bot_.state_of<payment, payment::waiting_details>(1, 1)->amount == 100);
    CHECK(b.last_body().find(R"("callback_data":"wallet_BTC")") != std::string::npos);

    const std::size_t before = b.net.calls.size();
    b.send(press_update(1, "bank_x"));
    REQUIRE(b.net.calls.size() == before + 1);  // the bare answer to a button that nothing takes
    CHECK(b.last_body() == R"({"callback_query_id":"q1"})");
    b.send(press_update(1, "bank_17"));
    REQUIRE(b.net.calls.size() == before + 3);
    CHECK(b.net.calls[before + 1].method == "answerCallbackQuery");
    CHECK(b.net.calls[before + 2].method == "editMessageText");
    REQUIRE(b.bot_.state_of<payment, payment::waiting_receipt>(1, 1) != nullptr);
    CHECK(b.bot_.state_of<payment, payment::waiting_receipt>(1, 1)->method == "bank 17");

    b.send(photo_update(1));
    CHECK(b.last_body() == R"({"chat_id":1,"text":"Thank you: 100 bank 17 large"})");
    CHECK_FALSE(b.bot_.in_conversation<payment>(1, 1));
    CHECK(b.bot_.in_flight() == 0);
}

TEST_CASE("re-entry, fallbacks and what nobody takes") {
    bench<payment> b;
    b.send(text_update(1, "/cancel"));
    CHECK(b.net.calls.empty());
    b.send(text_update(1, "/PAY now"));
    b.send(text_update(1, "50"));
    b.send(text_update(1, "/help"));
    CHECK(b.last_body().find("Not now.") != std::string::npos);
    CHECK(b.bot_.state_of<payment, payment::waiting_details>(1, 1) != nullptr);
    b.send(text_update(1, "/pay"));
    CHECK(b.bot_.state_of<payment, payment::waiting_amount>(1, 1) != nullptr);
    b.send(text_update(1, "/cancel"));
    CHECK_FALSE(b.bot_.in_conversation<payment>(1, 1));
}

TEST_CASE("conversations are kept apart by their key") {
    bench<payment> b;
    b.send(text_update(1, "/pay"));
    b.send(text_update(2, "/pay"));
    b.send(text_update(2, "7"));
    CHECK(b.bot_.state_of<payment, payment::waiting_amount>(1, 1) != nullptr);
    CHECK(b.bot_.state_of<payment, payment::waiting_details>(2, 2) != nullptr);
    CHECK(b.bot_.conversations<payment>() == 2);
}

TEST_CASE("a command for another bot is no command of ours, but it is a command") {
    bench<payment> b;
    b.api.set_identity({.id = 5, .username = "Pay_Bot", .first_name = "Pay"});
    b.send(text_update(1, "/pay@other_bot"));
    CHECK(b.net.calls.empty());
    b.send(text_update(1, "/pay@pay_bot"));
    CHECK(b.bot_.in_conversation<payment>(1, 1));
}
