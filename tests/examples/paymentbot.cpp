// The payments example, played in the test kit.
#define main example_main
#include "../../examples/paymentbot.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

TEST_CASE("an invoice without shipping is paid") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    CHECK(anna.last_reply().text().find("/shipping") != std::string::npos);
    anna.sends("/NoShipping please");
    const auto bill = app.calls("sendInvoice").at(0);
    CHECK(bill.text("payload") == "Custom-Payload");
    CHECK(bill.text("currency") == "USD");
    CHECK(bill.integer("prices.0.amount") == 100);
    CHECK_FALSE(bill.has("prices.1"));
    CHECK(bill.has("provider_token"));
    CHECK_FALSE(bill.has("is_flexible"));
    CHECK_FALSE(bill.has("need_name"));
    anna.checks_out("Custom-Payload", "USD", 100);
    CHECK(app.calls("answerPreCheckoutQuery").at(0).text("ok") == "true");
    anna.pays("Custom-Payload", "USD", 100);
    CHECK(anna.last_reply().text() == "Thank you for your payment!");
    CHECK(app.errors().empty());
}

TEST_CASE("an invoice with shipping has two ways to be sent") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    const auto chat = app.group("Friends");
    anna.in_chat(chat).sends("/shipping");
    const auto bill = app.calls("sendInvoice").at(0);
    CHECK(bill.integer("chat_id") == chat);
    CHECK_FALSE(bill.has("reply_parameters"));
    for (const char* flag : {"need_name", "need_phone_number", "need_email",
                             "need_shipping_address", "is_flexible"})
        CHECK(bill.text(flag) == "true");
    app.telegram().shipping_query(anna.id(), "Custom-Payload");
    app.settle();
    const auto answer = app.calls("answerShippingQuery").at(0);
    CHECK(answer.text("ok") == "true");
    CHECK(answer.text("shipping_options.0.id") == "1");
    CHECK(answer.integer("shipping_options.0.prices.0.amount") == 100);
    CHECK(answer.text("shipping_options.1.id") == "2");
    CHECK(answer.integer("shipping_options.1.prices.0.amount") == 150);
    CHECK(answer.integer("shipping_options.1.prices.1.amount") == 200);
}

TEST_CASE("what was not sold here is refused") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.checks_out("custom-payload", "USD", 100);
    app.telegram().shipping_query(anna.id(), "Custom-Payload ");
    app.settle();
    for (const char* method : {"answerPreCheckoutQuery", "answerShippingQuery"}) {
        const auto answer = app.calls(method).at(0);
        CHECK(answer.text("ok") == "false");
        CHECK(answer.has("error_message"));
        CHECK_FALSE(answer.has("shipping_options"));
    }
    anna.edits("/shipping", anna.sends("hello"));
    CHECK(app.calls("sendInvoice").empty());
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<shop>();
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}
