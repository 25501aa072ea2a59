// Timeouts as transitions, on the test kit's clock: what starts them, extends them, ends them.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <string>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct order {
    struct choosing {};
    struct paying {
        int amount;
        int reminded = 0;
    };
    struct late {};

    static choosing start(context&) { return {}; }
    static next<paying, stay> choose(context&, matched<text> said) {
        if (const auto amount = said.as<int>()) return paying{*amount};
        return stay{};
    }
    static void look(context& ctx) { ctx.reply("Still here."); }
    static end gone(context& ctx) {
        ctx.reply("Gone.");
        return {};
    }
    static next<late, stay> remind(context& ctx, paying& here) {
        if (here.amount == 13) throw std::runtime_error("unlucky");
        if (here.amount > 100) {
            ctx.reply("Too late.");
            return late{};
        }
        ++here.reminded;
        ctx.reply(banter::concat("Pay ", here.amount));
        return stay{};
    }
    static task<end> closed(context& ctx, bot& api) {
        auto pause = api.network().wait(2s);
        co_await std::move(pause);
        ctx.reply("Closed.");
        co_return end{};
    }
    static end cancel(context&) { return {}; }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"order">, start)),
            state<choosing>(on(text && !command<>, choose), after(10min, gone)),
            state<paying>(on(photo, look), after(5min, remind)),
            state<late>(on(photo, look), after(1min, closed).fixed()),
            fallbacks(on(command<"cancel">, cancel)), allow_reentry);
    }
};

/// A timeout of the whole conversation, and of one nested in it.
struct inner {
    struct asking {};
    static asking start(context&) { return {}; }
    static finish<int> answer(context&, matched<text>) { return finish{1}; }
    static finish<int> expired(context& ctx) {
        ctx.reply("Inner expired.");
        return finish{0};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"in">, start)),
                            state<asking>(on(text && !command<>, answer), after(2min, expired)));
    }
};
struct outer {
    struct here {
        int answers = 0;
    };
    static here start(context&) { return {}; }
    static stay answered(here& at, int what) {
        at.answers += 10 + what;
        return {};
    }
    static void nothing(context&) {}
    static end expired(context& ctx) {
        ctx.reply("Outer expired.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"out">, start)),
                            state<here>(nest<inner>(on_result<int>(answered)),
                                        on(photo, nothing)),
                            after(30min, expired));
    }
};

}  // namespace

TEST_CASE("A timeout moves the conversation, once") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    app.advance(9min);
    CHECK(anna.in_conversation<order>());
    CHECK(anna.replies().empty());
    app.advance(2min);
    CHECK_FALSE(anna.in_conversation<order>());
    REQUIRE(anna.replies().size() == 1);
    CHECK(anna.last_reply().text() == "Gone.");
    app.advance(60min);
    CHECK(anna.replies().size() == 1);
    CHECK(app.in_flight() == 0);
}

TEST_CASE("What is handled starts the time anew, what is not does not") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    app.advance(9min);
    anna.sends("no number");  // handled, stays
    app.advance(9min);
    CHECK(anna.in_conversation<order>());
    anna.sends_photo();  // nobody's
    app.advance(2min);
    CHECK_FALSE(anna.in_conversation<order>());
}

TEST_CASE("A state that is left takes its timeout along; re-entry begins again") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    app.advance(9min);
    anna.sends("20");
    REQUIRE(anna.is_in<order::paying>());
    app.advance(4min);
    CHECK(anna.is_in<order::paying>());  // choosing's ten minutes are over, and count no more
    anna.sends("/order");
    app.advance(6min);
    CHECK(anna.is_in<order::choosing>());
    anna.sends("/cancel");
    app.advance(60min);
    CHECK(anna.replies().empty());
}

TEST_CASE("A timeout that stays has one turn until something happens") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    anna.sends("20");
    app.advance(30min);
    REQUIRE(anna.replies().size() == 1);
    CHECK(anna.last_reply().text() == "Pay 20");
    CHECK(anna.in<order::paying>().reminded == 1);
    anna.sends_photo();
    app.advance(30min);
    CHECK(anna.in<order::paying>().reminded == 2);
}

TEST_CASE("A timeout that counts from the entry, and whose handler waits") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    anna.sends("200");
    app.advance(5min + 1s);
    REQUIRE(anna.is_in<order::late>());
    app.advance(50s);
    anna.sends_photo();
    CHECK(anna.last_reply().text() == "Still here.");
    app.advance(10s);
    CHECK(anna.is_in<order::late>());  // its handler waits
    anna.sends_photo();                // stands behind it, and finds no conversation any more
    app.advance(3s);
    CHECK(anna.last_reply().text() == "Closed.");
    CHECK_FALSE(anna.in_conversation<order>());
}

TEST_CASE("A timeout whose handler fails changes nothing, and comes again") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    anna.sends("13");
    app.advance(6min);
    REQUIRE(app.errors().size() == 1);
    CHECK(app.errors()[0].find("order::remind") != std::string::npos);
    CHECK(anna.in<order::paying>().reminded == 0);
    app.advance(5min);
    CHECK(app.errors().size() == 2);
    anna.in<order::paying>().amount = 1;
    app.advance(5min);
    CHECK(anna.last_reply().text() == "Pay 1");
}

TEST_CASE("Nested: a child's updates extend its parent's time; each has its own timeout") {
    testkit::app<outer> app;
    auto anna = app.user("Anna");
    anna.sends("/out");
    app.advance(29min);
    anna.sends("/in");
    REQUIRE(anna.is_in<inner::asking>());
    app.advance(3min);
    CHECK(anna.last_reply().text() == "Inner expired.");
    CHECK_FALSE(anna.in_conversation<inner>());
    CHECK(anna.in<outer::here>().answers == 10);
    app.advance(26min);
    CHECK(anna.in_conversation<outer>());  // since /in, 29 minutes
    app.advance(5min);
    CHECK_FALSE(anna.in_conversation<outer>());
    CHECK(anna.last_reply().text() == "Outer expired.");
}

TEST_CASE("Many users, each on time; groups and topics are spoken to where they are") {
    testkit::app<order> app;
    std::vector<testkit::app<order>::user_of_app> users;
    for (int i = 0; i != 50; ++i) {
        users.push_back(app.user("User " + std::to_string(i)));
        users.back().sends("/order");
        app.advance(10s);
    }
    app.advance(10min - 500s);  // of the first
    int gone = 0;
    for (auto& user : users) gone += user.in_conversation<order>() ? 0 : 1;
    CHECK(gone == 1);
    app.advance(500s);
    for (auto& user : users) CHECK_FALSE(user.in_conversation<order>());

    const auto club = app.group("Club", {.is_forum = true});
    const auto topic = app.telegram().add_topic(club, "Orders");
    auto there = app.user("Bert").in_chat(club, topic);
    there.sends("/order");
    app.advance(11min);
    REQUIRE(there.replies().size() == 1);
    CHECK(there.last_reply().text() == "Gone.");
}
