// Prompts: what a state says whenever it is entered.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct price_list {
    int of_tea = 3;
    bool lost = false;
};
struct visits {
    int prompts = 0;
};

struct shop {
    struct choosing {
        static void prompt(context& ctx) { ctx.reply("Tea or coffee?"); }
    };
    struct paying {
        std::string what;
        int price = 0;
        static void prompt(context& ctx, paying& here, const price_list& prices,
                           user_data<visits>& seen) {
            if (prices.lost) throw std::runtime_error("no prices");
            here.price = prices.of_tea;
            ++seen->prompts;
            ctx.reply(concat("Pay ", here.price, " for ", here.what));
        }
    };
    // Data of that name are the state's own.
    struct waiting {
        std::string prompt;
    };

    static choosing start(context& ctx) {
        ctx.reply("Welcome.");
        return {};
    }
    static task<next<paying, choosing, stay>> choose(context& ctx, bot& api, matched<text> said) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        if (said.text() == "again") co_return choosing{};
        if (said.text() == "hm" || said.text().size() > 100) co_return stay{};
        ctx.reply("A good choice.");
        co_return paying{std::string(said)};
    }
    static waiting paid(paying& here) { return {here.what}; }
    static paying nothing_paid(context&, const paying& here) { return here; }
    static choosing waited(context& ctx) {
        ctx.reply("Once more?");
        return {};
    }
    static end cancel(context&) { return {}; }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"shop">, start)),
            state<choosing>(on(text && !command<>, choose)),
            state<paying>(on(photo, paid), after(5min, nothing_paid)),
            state<waiting>(after(1min, waited).fixed()),
            fallbacks(on(command<"cancel">, cancel)), allow_reentry);
    }
};

/// Prompts where one conversation is nested in another.
struct name_form {
    struct asking {
        static constexpr auto prompt = [](context& ctx) { ctx.reply("What is your name?"); };
    };
    static asking start(context&) { return {}; }
    static finish<std::string> named(matched<text> said) { return finish{std::string(said)}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"name">, start)),
                            state<asking>(on(text && !command<>, named)));
    }
};
struct profile {
    struct menu {
        static void prompt(context& ctx) { ctx.reply("Menu."); }
    };
    struct done {
        std::string name;
        static void prompt(context& ctx, const done& here) {
            if (here.name == "nobody") throw std::runtime_error("nobody there");
            ctx.reply("Hello, " + here.name + '.');
        }
    };
    static menu start() { return {}; }
    static next<done, stay> named(context& ctx, std::string name) {
        ctx.reply("Thank you.");
        if (name == "-") return stay{};
        return done{std::move(name)};
    }
    static end bye(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"profile">, start)),
                            state<menu>(nest<name_form>(on_result<std::string>(named)),
                                        on(command<"bye">, bye)),
                            state<done>(on(command<"bye">, bye)));
    }
};

std::vector<std::string> texts_of(const testkit::actor& user) {
    std::vector<std::string> out;
    for (const auto& one : user.replies()) out.emplace_back(one.text());
    return out;
}
using said = std::vector<std::string>;

}  // namespace

TEST_CASE("A prompt is said behind what the handler said, by whichever way the state is entered") {
    price_list prices;
    testkit::app<shop> app(prices);
    auto anna = app.user("Anna");
    anna.sends("/shop");
    CHECK(texts_of(anna) == said{"Welcome.", "Tea or coffee?"});
    anna.sends("tea");
    app.advance(2s);
    CHECK(texts_of(anna) == said{"Welcome.", "Tea or coffee?", "A good choice.", "Pay 3 for tea"});
    CHECK(anna.in<shop::paying>().price == 3);  // it may change the data it is entered with
    prices.of_tea = 4;
    app.advance(5min);
    CHECK(anna.last_reply().text() == "Pay 4 for tea");  // by a timeout
    CHECK(anna.in<shop::paying>().price == 4);
    CHECK(anna.user_data<visits>().prompts == 2);
    anna.sends_photo();
    app.advance(1min);
    CHECK(texts_of(anna).back() == "Tea or coffee?");
    CHECK(texts_of(anna)[texts_of(anna).size() - 2] == "Once more?");
    CHECK(app.errors().empty());
}

TEST_CASE("To stay is to enter nothing; to return the same state is to enter it again") {
    price_list prices;
    testkit::app<shop> app(prices);
    auto anna = app.user("Anna");
    anna.sends("/shop");
    anna.sends("hm");
    app.advance(2s);
    CHECK(anna.replies().size() == 2);
    anna.sends("again");
    app.advance(2s);
    CHECK(texts_of(anna) == said{"Welcome.", "Tea or coffee?", "Tea or coffee?"});
    anna.sends("/shop");  // re-entry
    CHECK(anna.replies().size() == 5);
}

TEST_CASE("If a prompt throws, nothing has moved and nothing is said") {
    price_list prices{.of_tea = 3, .lost = true};
    testkit::app<shop> app(prices);
    auto anna = app.user("Anna");
    anna.sends("/shop");
    anna.sends("tea");
    app.advance(2s);
    CHECK(anna.is_in<shop::choosing>());
    CHECK(anna.replies().size() == 2);
    REQUIRE(app.errors().size() == 1);
    CHECK(app.errors()[0].find("shop::paying::prompt failed: no prices") != std::string::npos);

    prices.lost = false;
    anna.sends("tea");
    app.advance(2s);
    REQUIRE(anna.is_in<shop::paying>());
    prices.lost = true;
    app.advance(6min);  // the timeout leads to the same state: it keeps its place and its turn
    CHECK(anna.in<shop::paying>().price == 3);
    CHECK(app.errors().size() == 2);
    prices.lost = false;
    app.advance(5min);
    CHECK(anna.last_reply().text() == "Pay 3 for tea");
}

TEST_CASE("A nested conversation prompts as any other; its result leads to a prompt of the parent") {
    testkit::app<profile> app;
    auto anna = app.user("Anna");
    anna.sends("/profile");
    anna.sends("/name");
    anna.sends("-");  // the parent stays: no prompt
    CHECK(texts_of(anna) == said{"Menu.", "What is your name?", "Thank you."});
    anna.sends("/name");
    anna.sends("nobody");  // the prompt of `done` throws: the form still waits for its answer
    CHECK(anna.in_conversation<name_form>());
    CHECK(anna.is_in<profile::menu>());
    REQUIRE(app.errors().size() == 1);
    anna.sends("Anna");
    CHECK(anna.in<profile::done>().name == "Anna");
    CHECK_FALSE(anna.in_conversation<name_form>());
    CHECK(anna.last_reply().text() == "Hello, Anna.");
}

TEST_CASE("The exploration goes through prompts") {
    price_list prices;
    const auto found = testkit::explore<shop>(services(prices), {.texts = {"again", "hm"}});
    INFO(found.to_string());
    CHECK(found.ok());
    CHECK(found.all_edges());
}
