// The samples of docs/keyboards.md: grids, reply keyboards and their requests, pages of long lists.
#include <banter/flow.hpp>
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <array>
#include <list>
#include <string>
#include <vector>

using namespace banter;

namespace {

template <class Keyboard>
std::string json_of(const Keyboard& keyboard) {
    std::string out;
    json_writer to(out);
    keyboard.write_json(to);
    return out;
}
/// The labels, row by row: "a b|c".
std::string labels(const testkit::button_rows& rows) {
    std::string out;
    for (const auto& row : rows) {
        if (!out.empty()) out += '|';
        for (const testkit::button_view& one : row)
            out += concat(out.empty() || out.back() == '|' ? "" : " ", one.label);
    }
    return out;
}

struct product {
    int id = 0;
    std::string name;
};
std::vector<product> products(int count) {
    std::vector<product> out;
    for (int i = 1; i <= count; ++i) out.push_back({i, concat("no", i)});
    return out;
}

struct catalogue {
    struct turn { int page; };
    struct buy { int product; };
    struct choosing {
        static constexpr auto keyboard = inline_keyboard(
            grid<3>(button<"1">("1"), button<"2">("2"), button<"3">("3"), button<"4">("4")),
            styled(button<"none">("None"), button_style::danger));
    };

    static auto page(int number) {
        const std::vector<product> all = products(7);
        return page_of(all, turn{number}, [](const product& one) {
            return data_button(buy{one.id}, one.name);
        }, {.per_page = 3});
    }
    static void show(context& ctx) { ctx.reply("Choose:", page(0)); }
    static void turned(context& ctx, matched<data<turn>> to) { ctx.edit("Choose:", page(to->page)); }
    static void bought(context& ctx, matched<data<buy>> what) {
        ctx.edit(concat("You have bought no", what->product));
    }
    static choosing count(context& ctx) {
        ctx.reply("How many?", choosing::keyboard);
        return {};
    }
    static end counted(context& ctx) {
        ctx.edit("Thank you.");
        return {};
    }
    static void contact(context& ctx) {
        ctx.reply("Who are you?", reply_keyboard()
                                      .row(contact_button("My phone number"), location_button("Here"))
                                      .row(styled("Nobody", button_style::danger))
                                      .resized()
                                      .persistent());
    }
    static void friends(context& ctx) {
        ctx.reply("Whom?", reply_keyboard().row(
                               users_button("Friends", {.request_id = 1, .max_quantity = 3}),
                               chat_button("A group", {.request_id = 2, .chat_is_channel = false})));
    }
    static void name(context& ctx) {
        ctx.reply("Your name?", force_reply{.input_field_placeholder = "First name"});
    }
    static void thanks(context& ctx) { ctx.reply("Thank you.", remove_keyboard{}); }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"count">, count), on(command<"show">, show),
                         on(command<"contact">, contact), on(command<"friends">, friends),
                         on(command<"name">, name), on(command<"thanks">, thanks),
                         on(data<turn>, turned), on(data<buy>, bought)),
            state<choosing>(on(callback<"[1-4]">, counted), on(callback<"none">, counted)));
    }
};

}  // namespace

TEST_CASE("columns, grids and buttons alone") {
    CHECK(json_of(inline_keyboard(column(button<"a">("A"), button<"b">("B")))) ==
          R"({"inline_keyboard":[[{"text":"A","callback_data":"a"}],[{"text":"B","callback_data":"b"}]]})");
    CHECK(json_of(inline_keyboard(button<"a">("A"), button<"b">("B"))) ==
          json_of(inline_keyboard(column(button<"a">("A"), button<"b">("B")))));
    CHECK(json_of(inline_keyboard(grid<2>(button<"a">("A"), button<"b">("B"), button<"c">("C")))) ==
          json_of(inline_keyboard(row(button<"a">("A"), button<"b">("B")), row(button<"c">("C")))));
    CHECK(json_of(inline_keyboard(grid<2>(button<"a">("A"), button<"b">("B")), button<"c">("C"))) ==
          json_of(inline_keyboard(row(button<"a">("A"), button<"b">("B")), row(button<"c">("C")))));
    const auto made = closed(inline_keyboard(grid<3>(button<"a">("A"), button<"b">("B"))));
    CHECK(json_of(made) == json_of(inline_keyboard(row(button<"a">("A"), button<"b">("B")))));
}

TEST_CASE("grids of what is known at run time") {
    const std::vector<dynamic_button> many{{"A", "a"}, {"B", "b"}, {"C", "c"}};
    CHECK(json_of(inline_keyboard_builder().grid(2, many)) ==
          R"({"inline_keyboard":[[{"text":"A","callback_data":"a"},{"text":"B","callback_data":"b"}],)"
          R"([{"text":"C","callback_data":"c"}]]})");
    CHECK(json_of(inline_keyboard_builder().grid(3, many).row(dynamic_button("D", "d"))) ==
          json_of(inline_keyboard_builder().row(many[0], many[1], many[2]).row(dynamic_button("D", "d"))));
    CHECK(json_of(inline_keyboard_builder().grid(0, many)) ==
          json_of(inline_keyboard_builder().row(many[0]).row(many[1]).row(many[2])));
    CHECK(json_of(inline_keyboard_builder().grid(2, std::vector<dynamic_button>())) ==
          R"({"inline_keyboard":[]})");
    const std::list<std::string> words{"x", "y", "z"};
    CHECK(json_of(reply_keyboard().grid(2, words)) ==
          R"({"keyboard":[[{"text":"x"},{"text":"y"}],[{"text":"z"}]]})");
}

TEST_CASE("buttons of reply keyboards ask for things") {
    CHECK(json_of(reply_keyboard().row("plain", contact_button("c"), location_button("l"))) ==
          R"({"keyboard":[[{"text":"plain"},{"text":"c","request_contact":true},)"
          R"({"text":"l","request_location":true}]]})");
    CHECK(json_of(reply_keyboard().column(poll_button("p"), poll_button("q", poll_kind::quiz))) ==
          R"({"keyboard":[[{"text":"p","request_poll":{}}],[{"text":"q","request_poll":{"type":"quiz"}}]]})");
    CHECK(json_of(reply_keyboard().row(web_app_button("w", "https://e.org"),
                                       managed_bot_button("b", {.request_id = 3}))) ==
          R"({"keyboard":[[{"text":"w","web_app":{"url":"https://e.org"}},)"
          R"({"text":"b","request_managed_bot":{"request_id":3}}]]})");
    CHECK(json_of(reply_keyboard().row(users_button("u", {.request_id = 1, .max_quantity = 3}))) ==
          R"({"keyboard":[[{"text":"u","request_users":{"request_id":1,"max_quantity":3}}]]})");
    CHECK(json_of(reply_keyboard()
                      .row("a")
                      .persistent()
                      .one_time()
                      .resized()
                      .selective()
                      .force_reply()
                      .placeholder("p")) ==
          R"({"keyboard":[[{"text":"a"}]],"is_persistent":true,"one_time_keyboard":true,)"
          R"("resize_keyboard":true,"selective":true,"force_reply":true,"input_field_placeholder":"p"})");
    CHECK(json_of(remove_keyboard{.selective = true}) ==
          R"({"remove_keyboard":true,"selective":true})");
}

TEST_CASE("buttons in colour") {
    CHECK(json_of(inline_keyboard(styled(button<"a">("A"), button_style::success, "77"))) ==
          R"({"inline_keyboard":[[{"text":"A","callback_data":"a","style":"success",)"
          R"("icon_custom_emoji_id":"77"}]]})");
    CHECK(json_of(reply_keyboard().row(styled("No", button_style::danger),
                                       styled(contact_button("Me"), button_style::primary))) ==
          R"({"keyboard":[[{"text":"No","style":"danger"},)"
          R"({"text":"Me","request_contact":true,"style":"primary"}]]})");
}

TEST_CASE("a declared keyboard with grids and colours is checked and pressed") {
    static_assert(verify<catalogue>);
    testkit::app<catalogue> app;
    auto anna = app.user("Anna");
    anna.sends("/count");
    CHECK(labels(anna.last_reply().buttons()) == "1 2 3|4|None");
    anna.presses("None");
    CHECK(anna.last_reply().text() == "Thank you.");
}

TEST_CASE("a long list has pages") {
    testkit::app<catalogue> app;
    auto anna = app.user("Anna");
    anna.sends("/show");
    CHECK(labels(anna.last_reply().buttons()) == "no1|no2|no3|1/3 \xE2\x80\xBA");
    anna.presses("\xE2\x80\xBA");
    CHECK(labels(anna.last_reply().buttons()) == "no4|no5|no6|\xE2\x80\xB9 2/3 \xE2\x80\xBA");
    anna.presses("\xE2\x80\xBA");
    CHECK(labels(anna.last_reply().buttons()) == "no7|\xE2\x80\xB9 3/3");
    anna.presses("\xE2\x80\xB9");
    anna.presses("no5");
    CHECK(anna.last_reply().text() == "You have bought no5");
}

TEST_CASE("pages that are not there are the nearest") {
    const auto page = [](int count, int number) {
        std::string out;
        json_writer to(out);
        page_of(products(count), catalogue::turn{number}, [](const product& one) {
            return data_button(catalogue::buy{one.id}, one.name);
        }, {.per_page = 2, .columns = 2, .show_position = false}).write_json(to);
        return out;
    };
    CHECK(page(5, 99) == page(5, 2));
    CHECK(page(5, -1) == page(5, 0));
    CHECK(page(0, 0) == R"({"inline_keyboard":[]})");
    CHECK(page(2, 0).find("\xE2\x80\xBA") == std::string::npos);
    CHECK(page_count(0, 2) == 1);
    CHECK(page_count(4, 2) == 2);
    CHECK(page_count(5, 2) == 3);
    CHECK(page_count(5, 0) == 5);
}

TEST_CASE("the input field's keyboards come and go") {
    testkit::app<catalogue> app;
    auto anna = app.user("Anna");
    anna.sends("/contact");
    CHECK(labels(anna.reply_keyboard()) == "My phone number Here|Nobody");
    CHECK(anna.reply_keyboard()[0][0].kind == "request_contact");
    anna.sends("/friends");
    CHECK(anna.reply_keyboard()[0][0].kind == "request_users");
    CHECK(anna.reply_keyboard()[0][1].kind == "request_chat");
    anna.sends("/thanks");
    CHECK(anna.reply_keyboard().empty());
    anna.sends("/name");
    CHECK(app.calls().back().text("reply_markup.input_field_placeholder") == "First name");
}
