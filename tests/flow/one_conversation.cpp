// One conversation for a key at a time, unless one says that it is parallel.
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>

using namespace banter;
using namespace std::chrono_literals;

namespace {

/// An order that reminds after a while, and asks for an address inside.
struct address {
    struct asking {};
    struct given {};
    static asking ask(context& ctx) {
        ctx.reply("Where to?");
        return {};
    }
    static finish<given> take(context&) { return finish{given{}}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"address">, ask)),
                            state<asking>(on(text && !command<>, take)));
    }
};

struct order {
    struct open {
        int pieces = 0;
    };
    static open start(context& ctx) {
        ctx.reply("Order.");
        return {};
    }
    static stay more(context& ctx, open& here) {
        ++here.pieces;
        ctx.reply("One more.");
        return {};
    }
    static stay addressed(context& ctx) {
        ctx.reply("Noted.");
        return {};
    }
    static end remind(context& ctx) {
        ctx.reply("Your order is over.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<open>(nest<address>(on_result<address::given>(addressed)),
                                        on(text && !command<>, more)),
                            after(10min, remind));
    }
};

/// Begins, refuses to begin, fails to begin, begins only after a wait, is over at once.
struct complaint {
    struct open {};
    static open begin(context& ctx) {
        ctx.reply("We are sorry.");
        return {};
    }
    static next<open, stay> refuse(context& ctx) {
        ctx.reply("Not now.");
        return stay{};
    }
    static open fail(context&) { throw std::runtime_error("no"); }
    static task<open> later(context& ctx, bot& api) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        ctx.reply("We are sorry, later.");
        co_return open{};
    }
    static task<open> fail_later(bot& api) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        throw std::runtime_error("no");
    }
    static next<open, end> at_once(context&) { return end{}; }
    static stay listen(context& ctx) {
        ctx.reply("Go on.");
        return {};
    }
    static end done(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"complain">, begin), on(command<"refused">, refuse),
                         on(command<"failing">, fail), on(command<"later">, later),
                         on(command<"fail_later">, fail_later), on(command<"at_once">, at_once)),
            state<open>(on(text && !command<>, listen), on(command<"done">, done)));
    }
};

/// Has a nested conversation as its entry point: going on before it has a state.
struct delivery {
    struct known {};
    static next<known, stay> addressed(context& ctx) {
        ctx.reply("Delivered.");
        return known{};
    }
    static end done(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(nest<address>(on_result<address::given>(addressed))),
                            state<known>(on(command<"delivered">, done)));
    }
};

template <key... Parts>
struct game_of {
    struct playing {};
    static playing start() { return {}; }
    static end stop() { return {}; }
    static constexpr auto flow() {
        return conversation(keyed_by<Parts...>, entry_points(on(command<"game">, start)),
                            state<playing>(on(command<"stop">, stop)));
    }
};
using game_of_chat = game_of<key::chat>;
using game_of_user_in_chat = game_of<key::user, key::chat>;

struct music {
    struct playing {};
    static playing start() { return {}; }
    static end stop() { return {}; }
    static constexpr auto flow() {
        return conversation(parallel, entry_points(on(command<"music">, start)),
                            state<playing>(on(command<"silence">, stop)));
    }
};

}  // namespace

TEST_CASE("one conversation: another that begins ends the one that is going on") {
    testkit::app<order, complaint> app;
    auto anna = app.user("Anna");
    auto bob = app.user("Bob");
    bob.sends("/order");
    anna.sends("/order");
    anna.sends("two");
    CHECK(anna.in<order::open>().pieces == 1);
    anna.sends("/complain");
    CHECK(anna.last_reply().text() == "We are sorry.");
    CHECK_FALSE(anna.in_conversation<order>());
    CHECK(anna.in_conversation<complaint>());
    // A message goes to the one that is left, though the other is listed before it.
    anna.sends("two");
    CHECK(anna.last_reply().text() == "Go on.");
    CHECK(bob.in_conversation<order>());
    // Back again: from the beginning.
    anna.sends("/order");
    CHECK_FALSE(anna.in_conversation<complaint>());
    CHECK(anna.in<order::open>().pieces == 0);
}

TEST_CASE("one conversation: the one that is over takes its timeouts and nested ones along") {
    testkit::app<order, complaint> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    anna.sends("/address");
    CHECK(anna.in_conversation<address>());
    anna.sends("/complain");
    CHECK_FALSE(anna.in_conversation<address>());
    anna.sends("Elm Street");
    CHECK(anna.last_reply().text() == "Go on.");
    app.advance(11min);
    CHECK(anna.last_reply().text() == "Go on.");
    // The nested one does not come back with its parent.
    anna.sends("/order");
    CHECK_FALSE(anna.in_conversation<address>());
}

TEST_CASE("one conversation: what does not begin ends nothing") {
    testkit::app<order, complaint> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    anna.sends("two");
    anna.sends("/refused");
    CHECK(anna.last_reply().text() == "Not now.");
    CHECK(anna.in<order::open>().pieces == 1);
    anna.sends("/failing");
    CHECK(app.errors().size() == 1);
    CHECK(anna.in<order::open>().pieces == 1);
    anna.sends("/at_once");
    CHECK(anna.in<order::open>().pieces == 1);
    app.advance(9min);
    CHECK(anna.in_conversation<order>());
    app.advance(2min);
    CHECK(anna.last_reply().text() == "Your order is over.");
}

TEST_CASE("one conversation: a coroutine ends the other when it commits") {
    testkit::app<order, complaint> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    anna.sends("/later");
    app.advance(2s);
    CHECK(anna.last_reply().text() == "We are sorry, later.");
    CHECK_FALSE(anna.in_conversation<order>());
    CHECK(anna.in_conversation<complaint>());
    anna.sends("/done");
    anna.sends("/order");
    anna.sends("/fail_later");
    app.advance(2s);
    CHECK(anna.in_conversation<order>());
}

TEST_CASE("one conversation: one that begins with a nested one ends the other then") {
    testkit::app<delivery, complaint> app;
    auto anna = app.user("Anna");
    anna.sends("/complain");
    anna.sends("/address");
    CHECK_FALSE(anna.in_conversation<complaint>());
    CHECK(anna.in_conversation<address>());
    anna.sends("/complain");
    CHECK_FALSE(anna.in_conversation<delivery>());
    CHECK_FALSE(anna.in_conversation<address>());
    anna.sends("/address");
    anna.sends("Elm Street");
    CHECK(anna.last_reply().text() == "Delivered.");
    CHECK(anna.in_conversation<delivery>());
    CHECK_FALSE(anna.in_conversation<complaint>());
}

TEST_CASE("one conversation: other users, other chats and other keys are not touched") {
    testkit::app<order, complaint, game_of_chat> app;
    auto anna = app.user("Anna");
    auto group = app.group("Family");
    auto there = anna.in_chat(group);
    anna.sends("/order");
    there.sends("/order");
    there.sends("/game");
    there.sends("/complain");
    CHECK(anna.in_conversation<order>());
    CHECK(there.in_conversation<complaint>());
    CHECK(there.in_conversation<game_of_chat>());
}

TEST_CASE("one conversation: the same key parts in another order are the same key") {
    testkit::app<game_of_user_in_chat, complaint> app;
    auto anna = app.user("Anna");
    anna.sends("/complain");
    anna.sends("/game");
    CHECK(anna.in_conversation<game_of_user_in_chat>());
    CHECK_FALSE(anna.in_conversation<complaint>());
    anna.sends("/complain");
    CHECK_FALSE(anna.in_conversation<game_of_user_in_chat>());
    CHECK(anna.in_conversation<complaint>());
}

TEST_CASE("one conversation: a parallel one neither ends others nor is ended") {
    testkit::app<music, order, complaint> app;
    auto anna = app.user("Anna");
    anna.sends("/order");
    anna.sends("/music");
    CHECK(anna.in_conversation<order>());
    anna.sends("/complain");
    CHECK(anna.in_conversation<music>());
    CHECK_FALSE(anna.in_conversation<order>());
    anna.sends("/silence");
    CHECK_FALSE(anna.in_conversation<music>());
    CHECK(anna.in_conversation<complaint>());
}
