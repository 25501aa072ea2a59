// Objects behind buttons: kept by keyboard, bounded, dropped, expired, stored.
#include <banter/flow.hpp>
#include <banter/testkit/app.hpp>

#include "updates.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace banter;

namespace {

struct order {
    std::string dish;
    std::vector<int> sizes;
};
struct person {
    std::string name;
};

struct shop {
    struct choosing {};

    static choosing offer(context& ctx, stored_buttons<order>& orders,
                          stored_buttons<person>& people) {
        const std::string longer(500, 'x');
        ctx.reply("Which?",
                  inline_keyboard(row(orders.button("Tea", order{"tea", {1, 2, 3}}),
                                      orders.button("Cake", order{concat("cake", longer), {4}})),
                                  row(people.button("For Bob", person{"Bob"}))));
        return {};
    }
    static stay take(context& ctx, matched<stored<order>> pressed) {
        int size = 0;
        for (const int one : pressed->sizes) size += one;
        ctx.reply(concat(pressed->dish.substr(0, 4), ' ', size));
        return {};
    }
    static task<stay> take_person(context& ctx, bot& api, matched<stored<person>> pressed,
                                  stored_buttons<order>& orders) {
        orders.clear();
        auto waiting = api.network().wait(std::chrono::seconds{1});
        co_await std::move(waiting);
        ctx.reply(concat("For ", pressed->name));
        co_return stay{};
    }
    static stay drop(context& ctx, matched<stored<order> && private_chat> pressed,
                     stored_buttons<order>& orders) {
        orders.drop(pressed);
        ctx.edit("Dropped.");
        return {};
    }
    static choosing fails(context& ctx, stored_buttons<order>& orders) {
        ctx.reply("never seen", inline_keyboard(row(orders.button("No", order{"no", {}}))));
        orders.clear();
        throw std::runtime_error("on purpose");
    }
    static end leave() { return {}; }
    static void too_late(context& ctx) { ctx.answer("Too late."); }

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"shop">, offer)),
                            state<choosing>(on(stored<order>, take), on(stored<person>, take_person),
                                            on(expired_button, too_late),
                                            on(command<"fail">, fails)),
                            fallbacks(on(command<"leave">, leave)), allow_reentry);
    }
};

struct dropper : shop {
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"shop">, offer)),
            state<choosing>(on(stored<order> && private_chat, drop), on(expired_button, too_late)),
            fallbacks(on(command<"leave">, leave)));
    }
};

std::string value_of(const testkit::sent_message& message, std::string_view label) {
    for (const auto& line : message.buttons())
        for (const auto& one : line)
            if (one.label == label) return one.value;
    return {};
}

}  // namespace

TEST_CASE("an object of any size stands behind a button") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    const auto offered = anna.last_reply();
    for (const char* label : {"Tea", "Cake", "For Bob"}) {
        CHECK(value_of(offered, label).size() <= 64);
        CHECK(value_of(offered, label).size() > 16);
    }
    anna.presses("Tea");
    CHECK(anna.last_reply().text() == "tea 6");
    anna.presses("Cake", offered);
    CHECK(anna.last_reply().text() == "cake 4");
    anna.presses("Tea", offered);  // as often as one likes
    CHECK(anna.last_reply().text() == "tea 6");
    CHECK(anna.last_answer().answered);
    CHECK(app.errors().empty());
}

TEST_CASE("a coroutine keeps the object that was pressed, and types are kept apart") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    const auto offered = anna.last_reply();
    anna.presses("For Bob", offered);
    app.advance(std::chrono::seconds{2});
    CHECK(anna.last_reply().text() == "For Bob");
    // It has cleared the orders, and no others.
    anna.presses("Tea", offered);
    CHECK(anna.last_answer().text == "Too late.");
    anna.presses("For Bob", offered);
    app.advance(std::chrono::seconds{2});
    CHECK(anna.last_answer().text.empty());
}

TEST_CASE("data that nobody made is an expired button, whoever sends it") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    const std::string tea = value_of(anna.last_reply(), "Tea");
    std::string other = tea;
    other[8] = other[8] == 'A' ? 'B' : 'A';
    for (const std::string& data : {other, tea + "7", tea.substr(0, 6), tea.substr(0, 5) + "x",
                                    tea + "99999999999999999999999"}) {
        CAPTURE(data);
        anna.presses_data(data);
        CHECK(anna.last_answer().text == "Too late.");
    }
    anna.presses_data(tea.substr(0, 5));  // the tag alone is nobody's
    CHECK(anna.last_answer().answered);
    CHECK(anna.replies().size() == 1);
    CHECK(app.errors().empty());
}

TEST_CASE("a keyboard that was dropped has expired, with all its buttons of that type") {
    testkit::app<dropper> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    const auto offered = anna.last_reply();
    const std::string tea = value_of(offered, "Tea"), cake = value_of(offered, "Cake");
    anna.sends("/shop");  // goes unheard
    anna.presses("Tea", offered);
    CHECK(anna.last_reply().text() == "Dropped.");
    for (const std::string& data : {tea, cake}) {
        anna.presses_data(data);
        CHECK(anna.last_answer().text == "Too late.");
    }
}

TEST_CASE("a handler that fails neither keeps nor drops anything") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    anna.sends("/fail");
    CHECK(app.errors().size() == 1);
    anna.presses("Tea");
    CHECK(anna.last_reply().text() == "tea 6");
}

namespace {

/// Orders in a store that outlives the bot.
struct shelf {
    using stores = stored_buttons<order>;
    std::vector<keyboard_name> names;
    std::map<std::string, std::vector<order>> objects;
    int loads = 0;

    std::vector<keyboard_name> keyboards() const { return names; }
    std::optional<std::vector<order>> load(const keyboard_name& keyboard) {
        ++loads;
        const auto found = objects.find(std::string(keyboard.view()));
        if (found == objects.end()) return std::nullopt;
        return found->second;
    }
    void save(const keyboard_name& keyboard, const std::vector<order>& of) {
        names.push_back(keyboard);
        objects[std::string(keyboard.view())] = of;
    }
    void erase(const keyboard_name& keyboard) {
        std::erase(names, keyboard);
        objects.erase(std::string(keyboard.view()));
    }
};
static_assert(button_store<shelf>);

/// The data of the first button of the last call.
std::string data_in(const std::string& body) {
    const std::string_view mark = "\"callback_data\":\"";
    const std::size_t at = body.find(mark) + mark.size();
    return body.substr(at, body.find('"', at) - at);
}

}  // namespace

TEST_CASE("as many keyboards are kept as the options say, those used last") {
    dispatcher_options options;
    options.max_stored_keyboards = 2;
    bench_of<dispatcher<shop>> b(services<>{}, options);
    std::vector<std::string> data;
    const auto offer = [&] {
        b.send(text_update(1, "/shop"));
        data.push_back(data_in(b.last_body()));
    };
    const auto works = [&](std::size_t i) {
        b.send(press_update(1, data[i]));
        return b.last_body().find("Too late.") == std::string::npos;
    };
    offer();
    offer();
    CHECK(works(0));  // the other one is now the older
    offer();
    CHECK(b.bot_.stored_keyboards<order>() == 2);
    CHECK(works(0));
    CHECK_FALSE(works(1));
    CHECK(works(2));
}

TEST_CASE("a store brings the objects over a restart, and forgets those that have expired") {
    shelf kept;
    dispatcher_options options;
    options.max_stored_keyboards = 2;
    using bench_type = bench_of<basic_dispatcher<services<shelf>, shop>>;
    std::vector<std::string> data;
    {
        bench_type b(services<shelf>(kept), options);
        for (int i = 0; i != 3; ++i) {
            b.send(text_update(1, "/shop"));
            data.push_back(data_in(b.last_body()));
        }
        CHECK(kept.names.size() == 2);
        CHECK(kept.loads == 0);
    }
    bench_type b(services<shelf>(kept), options);
    CHECK(b.bot_.stored_keyboards<order>() == 2);
    b.send(text_update(1, "/shop"));
    CHECK(kept.names.size() == 2);
    const auto said = [&](std::size_t i) {
        const std::size_t before = b.net.calls.size();
        b.send(press_update(1, data[i]));
        return b.net.calls[before].body;
    };
    CHECK(said(2).find("tea 6") != std::string::npos);
    CHECK(said(2).find("tea 6") != std::string::npos);
    CHECK(kept.loads == 1);
    CHECK(said(1).find("Too late.") != std::string::npos);  // the new keyboard took its place
}

namespace {

struct told {
    struct open {};
    static open offer(context& ctx, stored_buttons<order>& orders) {
        ctx.reply("Which?", inline_keyboard(row(orders.button("Tea", order{"tea", {}}))));
        return {};
    }
    static end take(context& ctx, matched<stored<order>> pressed, stored_buttons<order>& orders) {
        orders.drop(pressed);
        ctx.reply(pressed->dish);
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"shop">, offer)),
                            state<open>(on(stored<order>, take)),
                            stale_buttons(tell<"This button is no longer current.">));
    }
};

}  // namespace

TEST_CASE("an expired button that no rule takes is stale") {
    testkit::app<told> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    anna.presses("Tea");
    CHECK(anna.last_reply().text() == "tea");
    anna.presses("Tea");
    CHECK(anna.last_answer().text == "This button is no longer current.");
}
