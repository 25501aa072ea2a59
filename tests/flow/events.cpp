// Events: what happens elsewhere is told to conversations, in order with their updates.
#include <banter/flow/diagram.hpp>
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct paid {
    int amount = 5;
    std::string by = "somebody";
};
struct refunded {};
struct invited {
    std::string to = "tea";
};
struct closing {};

struct order {
    struct waiting {
        int paid_so_far = 0;
    };
    struct packing {
        std::string payer;
        static void prompt(context& ctx, const packing& here) {
            if (here.payer == "nobody") throw std::runtime_error("who pays?");
            ctx.reply("We pack it for " + here.payer + '.');
        }
    };

    static waiting start(context& ctx) {
        ctx.reply("Please pay 10.");
        return {};
    }
    static waiting begin_by_invitation(context& ctx, const invited& to) {
        ctx.reply(concat("You are invited to ", to.to, ". Please pay 10."));
        return {};
    }
    static next<packing, stay> take_payment(context& ctx, waiting& here, paid what) {
        here.paid_so_far += what.amount;
        if (here.paid_so_far < 10) {
            ctx.reply(concat(10 - here.paid_so_far, " to go."));
            return stay{};
        }
        return packing{std::move(what.by)};
    }
    static task<stay> look(context& ctx, bot& api, waiting& here) {
        const int before = here.paid_so_far;
        auto pause = api.network().wait(1min);
        co_await std::move(pause);
        ctx.reply(concat("Paid so far: ", before));
        co_return stay{};
    }
    static task<end> take_refund(context& ctx, bot& api, refunded&&) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        ctx.reply("Your money is back.");
        co_return end{};
    }
    static end close(context& ctx) {
        ctx.reply("We close.");
        return {};
    }
    static void surprised(context& ctx, const paid& what) {
        ctx.reply(concat("Thank you for ", what.amount, " more."));
    }
    static end expired(context& ctx) {
        ctx.reply("Expired.");
        return {};
    }
    static end cancel(context&) { return {}; }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"order">, start), on_event<invited>(begin_by_invitation)),
            globals(on_event<closing>(close)),
            state<waiting>(on_event<paid>(take_payment), on(photo, look), after(10min, expired)),
            state<packing>(on_event<refunded>(take_refund)),
            fallbacks(on(command<"cancel">, cancel), on_event<paid>(surprised)));
    }
};

std::vector<std::string> texts_of(const testkit::actor& user) {
    std::vector<std::string> out;
    for (const auto& one : user.replies()) out.emplace_back(one.text());
    return out;
}
using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("An event leads on as an update does") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    anna.receives<order>(paid{4, "Anna"});
    CHECK(anna.in<order::waiting>().paid_so_far == 4);
    CHECK(anna.last_reply().text() == "6 to go.");
    anna.receives<order>(paid{6, "Bob"});
    CHECK(anna.in<order::packing>().payer == "Bob");
    CHECK(anna.last_reply().text() == "We pack it for Bob.");  // the prompt
    anna.receives<order>(paid{1, "Carol"});                   // a fallback's
    CHECK(anna.last_reply().text() == "Thank you for 1 more.");
    anna.receives<order>(refunded{});  // a coroutine, which waits
    CHECK(anna.in_conversation<order>());
    app.advance(1s);
    CHECK(anna.last_reply().text() == "Your money is back.");
    CHECK_FALSE(anna.in_conversation<order>());
    CHECK(app.errors().empty());
}

TEST_CASE("An event begins a conversation whose entry points have it, and speaks to its chat") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.receives<order>(invited{"dinner"});
    CHECK(anna.is_in<order::waiting>());
    CHECK(texts_of(anna) == texts{"You are invited to dinner. Please pay 10."});
    anna.receives<order>(invited{"tea"});  // no re-entry: nobody's
    CHECK(anna.replies().size() == 1);
    app.advance(10min);  // its timeout knows the chat
    CHECK(anna.last_reply().text() == "Expired.");

    const auto club = app.group("Club");
    auto there = anna.in_chat(club);
    there.receives<order>(invited{});
    CHECK(there.last_reply().text() == "You are invited to tea. Please pay 10.");
    CHECK_FALSE(anna.in_conversation<order>());
}

TEST_CASE("An event that nobody waits for is ignored and counted") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.receives<order>(paid{});  // no conversation
    anna.receives<order>(closing{});
    anna.sends("/order");
    anna.receives<order>(refunded{});  // another state's
    CHECK(anna.is_in<order::waiting>());
    CHECK(anna.replies().size() == 1);
    CHECK(app.errors().empty());
    CHECK(app.counters().unheard_events == 3);
    anna.receives<order>(closing{});  // a global's
    CHECK(anna.last_reply().text() == "We close.");
    CHECK(app.counters().unheard_events == 3);
}

TEST_CASE("Events of a key run in order with its updates") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    auto bob = app.user("Bob");
    anna.sends("/order");
    bob.sends("/order");
    anna.sends_photo();                    // takes a minute
    anna.receives<order>(paid{10, "Anna"});  // stands behind it
    anna.sends("/cancel");
    bob.receives<order>(paid{10, "Bob"});
    CHECK(anna.is_in<order::waiting>());
    CHECK(bob.is_in<order::packing>());  // nobody waits for Anna
    app.advance(1min);
    CHECK(texts_of(anna) ==
          texts{"Please pay 10.", "Paid so far: 0", "We pack it for Anna."});
    CHECK_FALSE(anna.in_conversation<order>());
}

TEST_CASE("If an event's handler or the prompt behind it fails, nothing moves") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    anna.receives<order>(paid{10, "nobody"});
    CHECK(anna.in<order::waiting>().paid_so_far == 0);
    CHECK(anna.replies().size() == 1);
    REQUIRE(app.errors().size() == 1);
    CHECK(app.errors()[0].find("order::packing::prompt failed: who pays?") != std::string::npos);
    anna.receives<order>(paid{10, "Anna"});
    CHECK(anna.is_in<order::packing>());
}

TEST_CASE("An event that is handled starts the time of timeouts anew") {
    testkit::app<order> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    app.advance(9min);
    anna.receives<order>(paid{1, "Anna"});
    app.advance(9min);
    CHECK(anna.in_conversation<order>());
    app.advance(1min);
    CHECK_FALSE(anna.in_conversation<order>());
}

// ---- sent by handlers ----

namespace {

struct guess {
    int number = 0;
};
struct over {};

struct duel {
    struct playing {
        std::int64_t opponent;
        std::vector<int> heard{};
    };
    static playing start(context&, conversations<duel>&, matched<command<"play">> who) {
        return {who.as<std::int64_t>().value_or(0)};
    }
    static next<playing, stay> say(context& ctx, conversations<duel>& duels, const playing& here,
                                   matched<text> input) {
        const int number = input.as<int>().value_or(0);
        duels.send_event({here.opponent, here.opponent}, guess{number});
        if (number == 13) throw std::runtime_error("unlucky");
        ctx.reply("Sent.");
        return stay{};
    }
    static playing hear(playing& here, guess what) {
        here.heard.push_back(what.number);
        return here;
    }
    static task<end> leave(context& ctx, bot& api, conversations<duel>& duels, playing& here) {
        duels.send_event({here.opponent, here.opponent}, over{});
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        duels.send_event({here.opponent, here.opponent}, over{});
        ctx.reply("Bye.");
        co_return end{};
    }
    static end left(context& ctx, over) {
        ctx.reply("You won.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"play">, start)),
                            state<playing>(on_event<guess>(hear), on_event<over>(left),
                                           on(command<"leave">, leave),
                                           on(text && !command<>, say)));
    }
};

/// One that tells all it is asked to.
struct crier {
    static void cry(conversations<duel>& duels, matched<text> how_often) {
        for (int i = 0; i != how_often.as<int>().value_or(0); ++i)
            duels.send_event({77, 77}, guess{i});
    }
    static constexpr auto flow() { return handlers(on(text && !command<>, cry)); }
};

}  // namespace

TEST_CASE("A handler's events go out when its transition is committed, and not if it fails") {
    testkit::app<duel> app;
    auto anna = app.user("Anna");
    auto bob = app.user("Bob");
    anna.sends("/play " + std::to_string(bob.id()));
    bob.sends("/play " + std::to_string(anna.id()));
    anna.sends("7");
    CHECK(bob.in<duel::playing>().heard == std::vector{7});
    anna.sends("13");  // throws
    CHECK(bob.in<duel::playing>().heard == std::vector{7});
    CHECK(app.errors().size() == 1);

    anna.sends("/leave");  // a coroutine: what it declares before it waits is not sent before its end
    CHECK(bob.in_conversation<duel>());
    app.advance(1s);
    CHECK_FALSE(anna.in_conversation<duel>());
    CHECK_FALSE(bob.in_conversation<duel>());
    CHECK(texts_of(bob) == texts{"You won."});  // the second found nobody
    CHECK(app.counters().unheard_events == 1);
}

TEST_CASE("A reply that Telegram refuses holds back no event: the transition is committed") {
    testkit::app<duel> app;
    auto anna = app.user("Anna");
    auto bob = app.user("Bob");
    anna.sends("/play " + std::to_string(bob.id()));
    bob.sends("/play " + std::to_string(anna.id()));
    app.inject(testkit::fault::error(400, "Bad Request: no").on("sendMessage"));
    anna.sends("7");
    CHECK(app.errors().size() == 1);
    CHECK(bob.in<duel::playing>().heard == std::vector{7});
}

TEST_CASE("A handler tells itself something: it comes behind the update") {
    testkit::app<duel> app;
    auto anna = app.user("Anna");
    anna.sends("/play " + std::to_string(anna.id()));
    anna.sends("1");
    anna.sends("2");
    CHECK(anna.in<duel::playing>().heard == std::vector{1, 2});
}

TEST_CASE("More events than the bot handles at once: all arrive, in order") {
    testkit::app<duel, crier> app{services<>(), {.max_in_flight = 4}};
    auto anna = app.user("Anna", {.id = 77});
    anna.sends("/play 77");
    auto bob = app.user("Bob");
    bob.sends("100");
    const auto& heard = anna.in<duel::playing>().heard;
    REQUIRE(heard.size() == 100);
    for (int i = 0; i != 100; ++i) CHECK(heard[static_cast<std::size_t>(i)] == i);
    CHECK(app.in_flight() == 0);
}

// ---- nested ----

namespace {

struct ping {};
struct wake {};

struct inner {
    struct asking {};
    static asking start(context&) { return {}; }
    static asking woken(context& ctx, wake) {
        ctx.reply("Inner woke up.");
        return {};
    }
    static finish<int> pinged(context& ctx, ping) {
        ctx.reply("Inner ping.");
        return finish{1};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"in">, start), on_event<wake>(woken)),
                            state<asking>(on_event<ping>(pinged)));
    }
};
struct outer {
    struct here {
        int results = 0;
    };
    static here start(context&) { return {}; }
    static stay answered(here& at, int what) {
        at.results += what;
        return {};
    }
    static void pinged(context& ctx, ping) { ctx.reply("Outer ping."); }
    static void woken(context& ctx, wake) { ctx.reply("Outer woke up."); }
    static end done(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"out">, start)),
            globals(on_event<ping>(pinged)),
            state<here>(nest<inner>(on_result<int>(answered)), on_event<wake>(woken),
                        on(command<"done">, done)));
    }
};

}  // namespace

TEST_CASE("What is nested is told first, and its result goes to the parent") {
    testkit::app<outer> app;
    auto anna = app.user("Anna");
    anna.receives<outer>(wake{});  // no conversation: what is nested needs its parent's state
    CHECK(anna.replies().empty());
    anna.sends("/out");
    anna.receives<outer>(ping{});
    CHECK(anna.last_reply().text() == "Outer ping.");
    anna.receives<outer>(wake{});  // begins the nested one, which stands before the parent's rule
    CHECK(anna.last_reply().text() == "Inner woke up.");
    CHECK(anna.is_in<inner::asking>());
    anna.receives<outer>(wake{});  // is going on: the parent's rule
    CHECK(anna.last_reply().text() == "Outer woke up.");
    anna.receives<outer>(ping{});
    CHECK(anna.last_reply().text() == "Inner ping.");
    CHECK_FALSE(anna.in_conversation<inner>());
    CHECK(anna.in<outer::here>().results == 1);
    CHECK(app.counters().unheard_events == 1);
}

TEST_CASE("The exploration sends events") {
    const auto found = testkit::explore<order>();
    INFO(found.to_string());
    CHECK(found.ran("take_refund"));
    CHECK(found.ran("begin_by_invitation"));
    CHECK(found.ok());
    CHECK(found.all_edges());
    CHECK(testkit::explore<outer>().all_edges());
}

TEST_CASE("Events stand in descriptions and diagrams") {
    using edge = flow_edge;
    static_assert(flow_edges<order>[1] ==
                  edge{"", "waiting", "begin_by_invitation", edge_kind::event});
    CHECK(to_mermaid<order>().find("event paid") != std::string::npos);
    CHECK(to_dot<order>().find("event closing") != std::string::npos);
}
