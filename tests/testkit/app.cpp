// Bots under test, as users write such tests.
#include <doctest/doctest.h>

#include <banter/flow.hpp>
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <stdexcept>
#include <string>

using namespace banter;
using namespace std::chrono_literals;

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
        ctx.answer("Noted.");
        ctx.edit("Send the receipt.");
        return {here.amount, concat("bank ", choice.get<1, int>())};
    }
    static waiting_receipt wallet(waiting_details& here,
                                  matched<callback<"wallet_(BTC|ETH|USDT)">> choice) {
        return {here.amount, std::string(choice.get<1>())};
    }
    static task<end> receipt(context& ctx, bot& api, waiting_receipt& here,
                             const matched<document || photo>& file) {
        auto waiting = api.network().wait(2s);
        co_await std::move(waiting);
        ctx.reply(concat("Thank you: ", here.amount, ' ', here.method, ' ', file.file_id()));
        co_return end{};
    }
    static end cancel(context& ctx) {
        ctx.reply("Cancelled.");
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
            fallbacks(on(command<"cancel">, cancel)), allow_reentry);
    }
};

struct ledger {
    int entries = 0;
};

struct profile {
    std::string name;
};

struct clerk {
    static void note(context& ctx, ledger& book) {
        ++book.entries;
        ctx.reply(concat("Entry ", book.entries));
    }
    static void remember(context& ctx, user_data<profile>& who, chat_data<profile>& where,
                         bot_data<ledger>& all) {
        who->name = "user";
        where->name = "chat";
        ++all->entries;
        ctx.reply("Remembered.");
    }
    static void fail() { throw std::runtime_error("the clerk stumbled"); }
    static constexpr auto flow() {
        return handlers(on(command<"note">, note), on(command<"fail">, fail),
                        on(command<"me">, remember));
    }
};

template <class F>
std::string sentence(F f) {
    try {
        f();
    } catch (const testkit::impossible& e) {
        return e.what();
    }
    return "";
}

}  // namespace

TEST_CASE("a conversation, as a user writes its test") {
    testkit::app<payment> app;
    auto anna = app.user("Anna");
    CHECK_FALSE(anna.in_conversation<payment>());
    anna.sends("/pay");
    CHECK(anna.last_reply().text() == "How much?");
    CHECK(anna.is_in<payment::waiting_amount>());
    anna.sends("much");
    CHECK(anna.last_reply().text() == "A positive whole number, please.");
    anna.sends("100");
    CHECK(anna.in<payment::waiting_details>().amount == 100);
    anna.presses("First bank");
    CHECK(anna.last_answer().text == "Noted.");
    CHECK(anna.last_reply().text() == "Send the receipt.");
    CHECK(anna.in<payment::waiting_receipt>().method == "bank 1");
    anna.sends_document("receipt.pdf");
    CHECK(app.in_flight() == 1);  // the handler takes two seconds
    CHECK(anna.in_conversation<payment>());
    app.advance(2s);
    CHECK(app.in_flight() == 0);
    CHECK(anna.last_reply().text().starts_with("Thank you: 100 bank 1 "));
    CHECK_FALSE(anna.in_conversation<payment>());
    CHECK(anna.replies().size() == 4);
    CHECK(app.errors().empty());
    CHECK(app.calls("answerCallbackQuery").size() == 1);
}

TEST_CASE("each user, each chat, a conversation of its own; buttons by data") {
    testkit::app<payment> app;
    auto anna = app.user("Anna");
    auto bob = app.user("Bob");
    const auto club = app.group("Club");
    anna.sends("/pay");
    anna.in_chat(club).sends("/pay");
    bob.in_chat(club).sends("/pay@banter_test_bot");
    anna.in_chat(club).sends("7");
    CHECK(anna.is_in<payment::waiting_amount>());
    CHECK(anna.in_chat(club).in<payment::waiting_details>().amount == 7);
    CHECK(bob.in_chat(club).is_in<payment::waiting_amount>());
    CHECK_FALSE(bob.in_conversation<payment>());
    anna.in_chat(club).presses("wallet_BTC");
    CHECK(anna.in_chat(club).in<payment::waiting_receipt>().method == "BTC");
    CHECK(anna.in_chat(club).last_reply().replies_to() != 0);
}

TEST_CASE("what cannot be says what there is instead") {
    testkit::app<payment> app;
    auto anna = app.user("Anna");
    CHECK(sentence([&] { (void)anna.last_reply(); }) ==
          "the bot has sent nothing to chat 1001001; it made 0 calls in all");
    anna.sends("/pay");
    anna.sends("5");
    CHECK(sentence([&] { anna.presses("Second bank"); }) ==
          "there is no button \"Second bank\"; shown are \"First bank\" (bank_1), \"Bitcoin\" "
          "(wallet_BTC) / \"Back\" (back)");
    const auto where = sentence([&] { (void)anna.in<payment::waiting_receipt>(); });
    CHECK(where.find("is not in") != std::string::npos);
    CHECK(where.find("payment::waiting_receipt: it is in") != std::string::npos);
    CHECK(where.ends_with("payment::waiting_details"));
    anna.sends("/cancel");
    CHECK(sentence([&] { (void)anna.in<payment::waiting_amount>(); }).ends_with("in no state of it"));
}

TEST_CASE("services, errors, several bots") {
    ledger book;
    testkit::app<payment, clerk> app(book);
    auto anna = app.user("Anna");
    anna.sends("/note");
    anna.sends("/note");
    CHECK(anna.last_reply().text() == "Entry 2");
    CHECK(book.entries == 2);
    anna.sends("/fail");
    REQUIRE(app.errors().size() == 1);
    CHECK(app.errors()[0].find("the clerk stumbled") != std::string::npos);
    anna.sends("/pay");
    CHECK(anna.is_in<payment::waiting_amount>());
}

TEST_CASE("stored data can be looked at and set") {
    ledger book;
    testkit::app<clerk> app(book);
    auto anna = app.user("Anna");
    CHECK(anna.user_data<profile>().name == "");
    anna.sends("/me");
    CHECK(anna.user_data<profile>().name == "user");
    CHECK(anna.chat_data<profile>().name == "chat");
    CHECK(app.bot_data<ledger>().entries == 1);
    CHECK(app.user("Bob").user_data<profile>().name == "");
    app.bot_data<ledger>().entries = 7;
    anna.sends("/me");
    CHECK(app.bot_data<ledger>().entries == 8);
}

TEST_CASE("services as one object") {
    ledger book;
    testkit::app<clerk> app{services(book)};
    app.user("Anna").sends("/note");
    CHECK(book.entries == 1);
}

TEST_CASE("faults, repeated and broken updates") {
    testkit::app<payment> app;
    auto anna = app.user("Anna");
    app.inject(testkit::fault::error(403, "Forbidden: user is deactivated").on("sendMessage"));
    anna.sends("/pay");
    CHECK(app.errors().size() == 1);
    CHECK(anna.is_in<payment::waiting_amount>());
    app.telegram().push_broken("{broken");
    app.settle();
    CHECK(app.errors().size() == 2);
    anna.sends("9");
    CHECK(anna.in<payment::waiting_details>().amount == 9);
}

TEST_CASE("an app may end while a handler waits") {
    testkit::app<payment> app;
    auto anna = app.user("Anna");
    anna.sends("/pay");
    anna.sends("5");
    anna.presses("Bitcoin");
    anna.sends_photo();
    CHECK(app.in_flight() == 1);
}
