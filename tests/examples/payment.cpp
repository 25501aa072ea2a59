// The payment example, played in the test kit.
#define main example_main
#include "../../examples/payment.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

namespace {
using bot_under_test = testkit::app<payment, office>;

bool holds(const auto& where, std::string_view what) {
    return std::string_view(where).find(what) != std::string_view::npos;
}
}  // namespace

TEST_CASE("a payment is made, reviewed and remembered") {
    bot_under_test app;
    auto anna = app.user("Anna");
    auto admin = app.user("Dave", {.id = administrator});
    admin.sends("hello");  // a bot cannot write first
    anna.sends("/pay");
    CHECK(anna.is_in<payment::waiting_amount>());
    anna.sends("250,5");
    CHECK(anna.in<payment::waiting_details>().amount == "250.5");
    anna.presses("South Bank");
    CHECK(holds(anna.last_reply().text(), "<b>South Bank</b>") == false);
    CHECK(holds(anna.last_reply().text(), "South Bank"));
    anna.sends_photo();
    CHECK_FALSE(anna.in_conversation<payment>());
    CHECK(holds(anna.last_reply().text(), "Receipt 1 for 250.5"));
    anna.sends("/history");
    CHECK(holds(anna.last_reply().text(), "250.5/South Bank"));

    CHECK(holds(admin.last_reply().text(), "Receipt 1: 250.5 by South Bank"));
    anna.presses_data("approve_1");
    CHECK(anna.last_answer().alert);
    admin.presses("Approve");
    CHECK(holds(admin.last_reply().text(), "Receipt 1: approve"));
    CHECK(holds(anna.last_reply().text(), "Receipt 1 for 250.5: approve"));
    admin.presses_data("approve_1");
    CHECK_FALSE(admin.last_answer().alert);
    CHECK(app.errors().empty());
}

TEST_CASE("what is no amount is refused and changes nothing") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/pay");
    for (const char* bad : {"abc", "-1", "0", "100001", "nan", "inf", "1__0", "_1", "1,2,3", "0x10"}) {
        CAPTURE(bad);
        anna.sends(bad);
        CHECK(holds(anna.last_reply().text(), bad));
        CHECK(anna.is_in<payment::waiting_amount>());
    }
    for (const char* good : {"100000", "1e3", ".5", "5.", "+7", "1_000", " 12 ", "\u00A012\u2003", "٢٥٠"}) {
        CAPTURE(good);
        anna.sends("/pay");
        anna.sends(good);
        CHECK(anna.is_in<payment::waiting_details>());
    }
}

TEST_CASE("buttons: unknown banks, stale ones, those of others") {
    bot_under_test app;
    auto anna = app.user("Anna");
    anna.sends("/pay");
    anna.sends("5");
    anna.presses_data("bank_3");
    CHECK(anna.last_answer().alert);
    CHECK(anna.is_in<payment::waiting_details>());
    anna.presses_data("wallet_DOGE");
    CHECK(anna.last_answer().alert);
    anna.presses("Back");
    CHECK(anna.is_in<payment::waiting_amount>());
    anna.presses_data("bank_1");
    CHECK(anna.last_answer().alert);
    anna.presses_data("approve_1");
    CHECK(anna.last_answer().alert);
}

TEST_CASE("corrections of old messages change nothing") {
    bot_under_test app;
    auto anna = app.user("Anna");
    const auto first = anna.sends("/pay");
    const std::size_t replies = anna.replies().size();
    anna.edits("/pay again", first);
    CHECK(anna.replies().size() == replies);
    const auto second = anna.sends("many");
    anna.edits("100", second);
    CHECK(anna.is_in<payment::waiting_amount>());
    CHECK(app.errors().empty());
}

TEST_CASE("explored: every handler runs, every edge is taken, nothing fails") {
    const auto report = testkit::explore<payment, office>({.others = {administrator}});
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
    CHECK(report.dead_buttons.empty());
    // A photo outside of the conversation; inside, there is an answer to everything.
    REQUIRE(report.swallowed.size() == 1);
    CHECK(report.swallowed[0].where == "outside");
}
