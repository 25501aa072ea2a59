// Persistent conversations: kept in a store, and there again after a restart, as they were.
#include "updates.hpp"

#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct notebook {
    using stores = persistent_sessions;
    std::map<std::pair<std::string, std::string>, std::string> pages;
    bool full = false;
    std::string torn;  // the key whose page cannot be written

    std::vector<stored_session> load(std::string_view name) const {
        std::vector<stored_session> out;
        for (const auto& [key, text] : pages)
            if (key.first == name) out.push_back({key.second, text});
        return out;
    }
    void save(std::string_view name, std::string_view key, std::string_view text) {
        if (full) throw std::runtime_error("the notebook is full");
        if (key == torn) throw std::runtime_error("this page is torn");
        pages[{std::string(name), std::string(key)}] = text;
    }
    void erase(std::string_view name, std::string_view key) {
        pages.erase({std::string(name), std::string(key)});
    }
};

/// Nested in the other.
struct address {
    struct street {};
    struct town {
        std::string street;
    };
    static street start(context& ctx) {
        ctx.reply("Which street?");
        return {};
    }
    static town in_street(context& ctx, matched<text> said) {
        ctx.reply("Which town?");
        return {std::string(said)};
    }
    static finish<std::string> in_town(town& here, matched<text> said) {
        return finish{concat(here.street, ", ", said)};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"address">, start)),
                            state<street>(on(text && !command<>, in_street)),
                            state<town>(on(text && !command<>, in_town)));
    }
};

struct order {
    struct choosing {};
    struct paying {
        std::string dish;
        std::vector<int> amounts;
    };

    static choosing start(context& ctx) {
        ctx.reply("What?", inline_keyboard(row(button<"tea">("Tea"))));
        return {};
    }
    static paying choose(context& ctx, matched<text> said) {
        ctx.reply("How much?");
        return {std::string(said), {}};
    }
    static paying tea(context& ctx) {
        ctx.edit("Tea. How much?");
        return {"tea", {}};
    }
    static void amount(context& ctx, paying& here, matched<regex<"^[0-9]+$">> said) {
        here.amounts.push_back(said.as<int>().value());
        ctx.reply(concat(here.dish, ' ', here.amounts.size()));
    }
    static void delivered(context& ctx, std::string where) { ctx.reply(where); }
    static back undo(context& ctx) {
        ctx.reply("Back.");
        return {};
    }
    static end late(context& ctx, paying& here) {
        ctx.reply(concat("Too late for ", here.dish));
        return {};
    }
    static end cancel(context& ctx) {
        ctx.reply("Cancelled.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(
            persistent<"order">, stale_buttons(tell<"No longer.">),
            entry_points(on(command<"order">, start)),
            state<choosing>(on(text && !command<>, choose), on(callback<"tea">, tea)),
            state<paying>(on(regex<"^[0-9]+$">, amount), on(command<"undo">, undo),
                          nest<address>(on_result<std::string>(delivered)), after(1h, late)),
            fallbacks(on(command<"cancel">, cancel)), allow_reentry);
    }
};

/// Ends the other when it begins.
struct chat {
    struct talking {};
    static talking start(context& ctx) {
        ctx.reply("Hello.");
        return {};
    }
    static end bye() { return {}; }
    static constexpr auto flow() {
        return conversation(persistent<"chat">, entry_points(on(command<"chat">, start)),
                            state<talking>(on(command<"bye">, bye)));
    }
};

using bot_under_test = testkit::app<order, chat>;

}  // namespace

TEST_CASE("a conversation goes on after a restart: state, data, what is nested, the way back") {
    notebook pages;
    {
        bot_under_test app(pages);
        auto anna = app.user("Anna", {.id = 7});
        anna.sends("/order");
        CHECK(pages.pages.size() == 1);
        anna.sends("soup \"of the day\"");
        anna.sends("3");
        anna.sends("/address");
        anna.sends("Main Street");
    }
    {
        bot_under_test app(pages);
        auto anna = app.user("Anna", {.id = 7});
        CHECK(anna.in<address::town>().street == "Main Street");
        CHECK(anna.in<order::paying>().amounts == std::vector<int>{3});
        anna.sends("Berlin");
        CHECK(anna.last_reply().text() == "Main Street, Berlin");
        anna.sends("4");
        CHECK(anna.last_reply().text() == "soup \"of the day\" 2");
    }
    bot_under_test app(pages);
    auto anna = app.user("Anna", {.id = 7});
    CHECK_FALSE(anna.in_conversation<address>());
    CHECK(anna.in<order::paying>().amounts == std::vector<int>{3, 4});
    anna.sends("/undo");
    CHECK(anna.is_in<order::choosing>());
    anna.sends("/cancel");
    CHECK(pages.pages.empty());
    CHECK(app.errors().empty());
}

TEST_CASE("what ends is erased, also where another conversation takes its place") {
    notebook pages;
    bot_under_test app(pages);
    auto anna = app.user("Anna");
    anna.sends("/order");
    anna.sends("/chat");
    REQUIRE(pages.pages.size() == 1);
    CHECK(pages.pages.begin()->first.first == "chat");
    anna.sends("/bye");
    CHECK(pages.pages.empty());
}

TEST_CASE("a timeout runs at its time, counted from before the restart, and in the same chat") {
    notebook pages;
    std::int64_t group = 0;
    {
        bot_under_test app(pages);
        group = app.group("Friends", {.id = -1001});
        auto anna = app.user("Anna", {.id = 7}).in_chat(group);
        anna.sends("/order");
        app.advance(30min);
        anna.sends("tea");
    }
    bot_under_test app(pages);
    (void)app.group("Friends", {.id = -1001});
    auto anna = app.user("Anna", {.id = 7}).in_chat(group);
    app.advance(89min);
    CHECK(anna.is_in<order::paying>());
    app.advance(2min);
    CHECK(anna.last_reply().text() == "Too late for tea");
    CHECK_FALSE(anna.in_conversation<order>());
    CHECK(pages.pages.empty());
}

TEST_CASE("which keyboard is the latest is remembered") {
    notebook pages;
    std::int64_t old_keyboard = 0;
    {
        bot_under_test app(pages);
        auto anna = app.user("Anna", {.id = 7});
        anna.sends("/order");
        old_keyboard = anna.last_reply().message_id();
        anna.sends("/order");
    }
    bot_under_test app(pages);
    auto anna = app.user("Anna", {.id = 7});
    anna.presses_data("tea", old_keyboard);
    CHECK(anna.last_answer().text == "No longer.");
    CHECK(anna.is_in<order::choosing>());
}

TEST_CASE("a group that becomes a supergroup: the conversation moves in the store") {
    notebook pages;
    bot_under_test app(pages);
    const auto group = app.group("Friends", {.type = "group"});
    auto anna = app.user("Anna");
    anna.in_chat(group).sends("/order");
    const std::string before = pages.pages.begin()->first.second;
    const auto fresh = app.telegram().migrate(anna.id(), group);
    app.settle();
    REQUIRE(pages.pages.size() == 1);
    CHECK(pages.pages.begin()->first.second != before);
    CHECK(anna.in_chat(fresh).is_in<order::choosing>());
}

TEST_CASE("a store that fails is told in the log, and tried again behind the next transition") {
    notebook pages;
    bot_under_test app(pages);
    auto anna = app.user("Anna");
    auto bert = app.user("Bert");
    pages.full = true;
    anna.sends("/order");
    CHECK(anna.last_reply().text() == "What?");
    CHECK(pages.pages.empty());
    REQUIRE(app.errors().size() == 2);  // the transition, and the keyboard that was sent then
    CHECK(app.errors()[0].find("the notebook is full") != std::string::npos);
    pages.full = false;
    bert.sends("/order");
    CHECK(pages.pages.size() == 2);
}

TEST_CASE("a page that cannot be written keeps no other from being written at the end") {
    notebook pages;
    pages.full = true;
    bench_of<basic_dispatcher<services<notebook>, order, chat>> b(services<notebook>{pages});
    for (const std::int64_t user : {1, 2, 3}) b.send(text_update(user, "/order"));
    CHECK(pages.pages.empty());
    pages.full = false;
    pages.torn = "[2,2]";
    b.bot_.save_data();
    CHECK(pages.pages.contains({"order", "[1,1]"}));
    CHECK_FALSE(pages.pages.contains({"order", "[2,2]"}));
    CHECK(pages.pages.contains({"order", "[3,3]"}));
    pages.torn.clear();
    b.bot_.save_data();
    CHECK(pages.pages.contains({"order", "[2,2]"}));
}

TEST_CASE("a text that cannot be read is told in the log, and stays where it is") {
    notebook pages;
    pages.pages[{"order", "[7,7]"}] = R"([[["order::cooking",[]],[0],[],[]],[],[]])";
    pages.pages[{"order", "[8]"}] = "[]";
    pages.pages[{"order", "[9,9]"}] = "[";
    bot_under_test app(pages);
    CHECK(app.errors().size() == 3);
    CHECK(app.errors()[0].find("conversation 'order' of [7,7]") != std::string::npos);
    CHECK(pages.pages.size() == 3);
    auto anna = app.user("Anna", {.id = 7});
    CHECK_FALSE(anna.in_conversation<order>());
    anna.sends("/order");
    CHECK(pages.pages.size() == 3);
}
