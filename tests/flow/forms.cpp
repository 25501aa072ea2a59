// Forms: what counts as an answer, ways on, back and out, and that nothing but ordinary states is left.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

enum class size : std::uint8_t { small, large };
struct money {
    int cents = 0;
};

}  // namespace

template <>
struct banter::answer_parser<money> {
    static std::optional<money> parse(std::string_view typed) {
        const auto euros = banter::parse<double>(typed);
        if (!euros) return std::nullopt;
        return money{static_cast<int>(*euros * 100)};
    }
};

namespace {

bool is_even(int number) { return number % 2 == 0; }
std::optional<std::string> code_in(std::string_view typed) {
    if (typed.size() != 3) return std::nullopt;
    return "#" + std::string(typed);
}
std::optional<std::string> where(matched<location> at) {
    if (at->latitude() > 80) return std::nullopt;
    return "north of " + std::to_string(static_cast<int>(at->latitude()));
}

/// One question of each sort.
struct order {
    struct details {
        std::string name;
        int pairs = 0;
        std::optional<double> weight;
        bool gift = false;
        ::size what = ::size::small;
        std::string city;
        std::chrono::year_month_day day{};
        money price;
        std::string code;
        std::string picture;
        std::string place;
    };
    static inline std::vector<details> made;

    static std::string how_many(const details& so_far) {
        return concat("How many, ", so_far.name, "?");
    }
    static void day(context& ctx, const details&) { ctx.reply("Which day?", {.protect_content = true}); }
    static std::string summary(const details& all) {
        return concat(all.name, ": ", all.pairs, ", ", all.city);
    }
    static end done(context& ctx, details& all) {
        all.code += "!";
        ctx.reply(concat("Ordered by ", all.name));
        made.push_back(all);
        return {};
    }
    static end cancel(context& ctx) {
        ctx.reply("Cancelled.");
        return {};
    }
    static void help(context& ctx) { ctx.reply("Just answer."); }
    static void why(context& ctx) { ctx.reply("They come in pairs."); }
    static end expired(context& ctx) {
        ctx.reply("Too late.");
        return {};
    }
    static asking<&details::city> quick(context& ctx) {
        ctx.reply("The usual.");
        details usual;
        usual.name = "Anna";
        return {usual};
    }

    static constexpr auto flow() {
        return conversation(
            globals(on(command<"help">, help)),
            entry_points(on(command<"order">, start_form<details>, in_menu("Order shoes")),
                         on(command<"quick">, quick)),
            form<details>(
                ask<&details::name>("Your name?", at_most(50)),
                ask<&details::pairs>(how_many, at_least(2, "Two at least."), at_most(20),
                                     valid_if(is_even, "An even number."), on(command<"why">, why)),
                ask<&details::weight>("Weight, or /skip", in_range(0.5, 10),
                                      retry("Half a kilo to ten."), skip_on(command<"skip">)),
                ask<&details::gift>("A gift?"),
                ask<&details::what>("Which size?", one_of(labelled("Small", ::size::small),
                                                          labelled("Large", ::size::large))),
                ask<&details::city>("Where?",
                                    one_of("Berlin", "Rome", "Oslo", "Lima").in_rows_of(2)),
                ask<&details::day>(day),
                ask<&details::price>("The price?"),
                ask<&details::code>("The code?", parsed_by(code_in)),
                ask<&details::picture>("A picture", takes(photo || document), after(5min, expired)),
                ask<&details::place>("A place", takes(location, where)),
                back_on(command<"back">), retry("No."), after(1h, expired), confirm(summary),
                then(done)),
            fallbacks(on(command<"cancel">, cancel)));
    }
};
using details = order::details;
static_assert(verify<order>);

using shop = testkit::app<order>;

/// A bot and a user who has answered all up to the N-th question.
struct visit {
    shop app;
    shop::user_of_app anna = app.user("Anna");
    explicit visit(int answered = 0) {
        anna.sends("/order");
        const char* const answers[] = {"Anna", "4", "1.5", "yes", "Large", "Rome", "2024-05-31", "12.5", "abc"};
        for (int i = 0; i != answered && i != 9; ++i) anna.sends(answers[i]);
        if (answered > 9) anna.sends_photo();
        if (answered > 10) anna.sends_location(52, 13);
    }
    std::string says(std::string_view what) {
        anna.sends(what);
        return std::string(anna.last_reply().text());
    }
};

}  // namespace

TEST_CASE("A form from the first question to the last") {
    order::made.clear();
    visit at(11);
    CHECK(at.anna.is_in<confirming<details>>());
    CHECK(at.anna.last_reply().text() == "Anna: 4, Rome");
    at.anna.presses("Yes");
    CHECK(at.anna.last_reply().text() == "Ordered by Anna");
    CHECK_FALSE(at.anna.in_conversation<order>());
    REQUIRE(order::made.size() == 1);
    const details& made = order::made[0];
    CHECK(made.weight == 1.5);
    CHECK(made.gift);
    CHECK(made.what == ::size::large);
    CHECK(made.day == std::chrono::year{2024} / 5 / 31);
    CHECK(made.price.cents == 1250);
    CHECK(made.code == "#abc!");
    CHECK_FALSE(made.picture.empty());
    CHECK(made.place == "north of 52");
    CHECK(at.app.errors().empty());
}

TEST_CASE("A question is a text, or a function of the answers so far") {
    visit at;
    CHECK(at.anna.last_reply().text() == "Your name?");
    CHECK(at.says("Bert") == "How many, Bert?");
    visit later(6);
    CHECK(later.anna.last_reply().text() == "Which day?");
}

TEST_CASE("An answer that fails a test: the test's text, else the question's, else the form's") {
    visit at(1);
    CHECK(at.says("one") == "No.");
    CHECK(at.says("1") == "Two at least.");
    CHECK(at.says("22") == "No.");
    CHECK(at.says("5") == "An even number.");
    CHECK(at.anna.is_in<asking<&details::pairs>>());
    CHECK(at.anna.in<asking<&details::pairs>>().answers.pairs == 0);
    CHECK(at.says("20") == "Weight, or /skip");
    for (const char* bad : {"0.4", "10.1", "nan", "inf", "-1", "two"}) CHECK(at.says(bad) == "Half a kilo to ten.");
    CHECK(at.says("+10") == "A gift?");
}

TEST_CASE("Answers by type: bool, dates, a parser of one's own, a function") {
    visit at(3);
    CHECK(at.says("perhaps") == "No.");
    CHECK(at.says(" YES ") == "Which size?");
    visit date(6);
    for (const char* bad : {"2024-02-30", "31.5", "31/5/2024", "24-5-31", "2024-05-31-1", "1.1.99999", "2024-257-1",
                            "2024--1", "today", "-", "."}) {
        CAPTURE(bad);
        CHECK(date.says(bad) == "No.");
    }
    CHECK(date.says("1.2.2024") == "The price?");
    CHECK(date.anna.in<asking<&details::price>>().answers.day == std::chrono::year{2024} / 2 / 1);
    CHECK(date.says("much") == "No.");
    CHECK(date.says("3") == "The code?");
    CHECK(date.says("toolong") == "No.");
    CHECK(date.says("xyz") == "A picture");
}

TEST_CASE("one_of: buttons, or their labels typed; nothing else, and no button of another question") {
    visit at(4);
    const auto size_keyboard = at.anna.last_reply();
    CHECK(size_keyboard.text() == "Which size?");
    CHECK(at.says("Medium") == "No.");
    at.anna.presses("Small", size_keyboard);
    CHECK(at.anna.in<asking<&details::city>>().answers.what == ::size::small);
    at.anna.presses("Large", size_keyboard);  // of the question before
    CHECK(at.anna.in<asking<&details::city>>().answers.what == ::size::small);
    const auto rows = at.anna.last_reply().buttons();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].size() == 2);
    CHECK(at.says("rome") == "Which day?");
    CHECK(at.anna.in<asking<&details::day>>().answers.city == "Rome");
}

TEST_CASE("A forged button is no answer") {
    visit at(4);
    const auto rows = at.anna.last_reply().buttons();
    std::string data(rows[0][0].value);
    REQUIRE(data.ends_with("0"));
    for (const char* number : {"7", "255", "999"}) {
        at.anna.presses_data(data.substr(0, data.size() - 1) + number);
        CHECK(at.anna.is_in<asking<&details::what>>());
        CHECK(at.anna.last_reply().text() == "No.");
    }
    CHECK(at.app.errors().empty());
}

TEST_CASE("takes: other updates than texts; a text is refused") {
    visit at(9);
    CHECK(at.says("a picture") == "No.");
    at.anna.sends_document();
    CHECK(at.anna.last_reply().text() == "A place");
    at.anna.sends_location(85, 13);
    CHECK(at.anna.last_reply().text() == "No.");
    at.anna.sends_location(12, 13);
    CHECK(at.anna.in<confirming<details>>().answers.place == "north of 12");
}

TEST_CASE("skip_on leaves the member as it is") {
    visit at(2);
    CHECK(at.says("/skip") == "A gift?");
    CHECK_FALSE(at.anna.in<asking<&details::gift>>().answers.weight.has_value());
    const std::size_t replies = at.anna.replies().size();
    at.says("/skip");  // not here
    CHECK(at.anna.replies().size() == replies);
}

TEST_CASE("back_on: the question before, with all answers kept; the first is asked again") {
    visit at(3);
    CHECK(at.says("/back") == "Weight, or /skip");
    CHECK(at.says("/back") == "How many, Anna?");
    CHECK(at.says("/back") == "Your name?");
    CHECK(at.says("/back") == "Your name?");
    CHECK(at.anna.in<asking<&details::name>>().answers.weight == 1.5);
    CHECK(at.says("Bert") == "How many, Bert?");
    visit end(11);
    CHECK(end.says("/back") == "A place");
}

TEST_CASE("confirm: the summary, again on any other text; start over keeps the answers") {
    visit at(11);
    CHECK(at.says("hm") == "Anna: 4, Rome");
    at.anna.presses("Start over");
    CHECK(at.anna.last_reply().text() == "Your name?");
    CHECK(at.anna.in<asking<&details::name>>().answers.pairs == 4);
}

TEST_CASE("Rules of one question and of all, globals, fallbacks, timeouts") {
    visit at(1);
    CHECK(at.says("/why") == "They come in pairs.");
    CHECK(at.says("/help") == "Just answer.");
    CHECK(at.anna.is_in<asking<&details::pairs>>());
    at.app.advance(59min);
    CHECK(at.says("x") == "No.");
    at.app.advance(61min);
    CHECK(at.anna.last_reply().text() == "Too late.");
    visit picture(9);
    picture.app.advance(6min);
    CHECK(picture.anna.last_reply().text() == "Too late.");
    CHECK(visit(5).says("/cancel") == "Cancelled.");
}

TEST_CASE("A handler that returns asking<...> starts in the middle") {
    visit at;
    at.says("/cancel");
    CHECK(at.says("/quick") == "Where?");
    CHECK(at.anna.in<asking<&details::city>>().answers.name == "Anna");
}

TEST_CASE("What is left are states: names, edges, a diagram") {
    static_assert(flow_states<order>.size() == 12);
    CHECK(flow_states<order>[0] == "details::name");
    CHECK(flow_states<order>[11] == "details::confirming");
    bool found = false;
    for (const flow_edge& edge : flow_edges<order>)
        found = found || (edge.from == "details::pairs" && edge.to == "details::weight" &&
                          edge.handler == "answer" && edge.kind == edge_kind::transition);
    CHECK(found);
    const auto report = testkit::explore<order>();
    INFO(report.to_string());
    CHECK(report.failures.empty());
}

// ---- what then(...) may be ----

namespace {

struct database {
    std::vector<std::string> names;
};
struct profile {
    int forms = 0;
};

struct ask_person {
    struct person {
        std::string name;
        int age = 0;
    };
    static task<finish<person>> found(person who, bot& api, database& base) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        if (who.name == "Nobody") throw std::runtime_error("nobody");
        base.names.push_back(who.name);
        co_return finish<person>{std::move(who)};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"person">, start_form<person>)),
                            form<person>(ask<&person::name>("Name?"), ask<&person::age>("Age?"),
                                         then(found)));
    }
};

/// A form around one: two questions, of which the second is asked until it is free.
struct guests {
    struct table {
        std::string host;
        int number = 0;
    };
    struct choosing {
        int guests = 0;
        std::string last;
    };
    static next<choosing, stay> free(context& ctx, const table& wanted, user_data<profile>& user) {
        if (wanted.number == 13) {
            ctx.reply("Not this one.");
            return stay{};
        }
        ++user->forms;
        ctx.reply(concat("Table ", wanted.number, " for ", wanted.host));
        return choosing{};
    }
    static choosing added(choosing& here, ask_person::person&& who) {
        return {here.guests + 1, concat(who.name, ' ', who.age)};
    }
    static end leave(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"table">, start_form<table>)),
            form<table>(ask<&table::host>("Host?"), ask<&table::number>("Which table?"), then(free)),
            state<choosing>(nest<ask_person>(on_result<ask_person::person>(added)),
                            on(command<"again">, start_form<table>)),
            fallbacks(on(command<"leave">, leave)));
    }
};
static_assert(verify<guests, services<database>>);

}  // namespace

TEST_CASE("then: a coroutine with services; a nested form finishes with its struct") {
    database base;
    testkit::app<guests> app{services(base)};
    auto anna = app.user("Anna");
    for (const char* said : {"/table", "Anna", "7", "/person", "Bert"}) anna.sends(said);
    CHECK(anna.last_reply().text() == "Age?");
    CHECK(anna.in<asking<&ask_person::person::age>>().answers.name == "Bert");
    anna.sends("old");
    CHECK(anna.last_reply().text() == "Age?");
    anna.sends("30");
    app.advance(2s);
    CHECK(base.names == std::vector<std::string>{"Bert"});
    CHECK(anna.in<guests::choosing>().last == "Bert 30");
    CHECK_FALSE(anna.in_conversation<ask_person>());
    // A failure leaves it at the last question.
    for (const char* said : {"/person", "Nobody", "1"}) anna.sends(said);
    app.advance(2s);
    CHECK(app.errors().size() == 1);
    CHECK(anna.in<asking<&ask_person::person::age>>().answers.age == 0);
    anna.sends("/leave");
    CHECK_FALSE(anna.in_conversation<guests>());
}

TEST_CASE("then: stay waits for another last answer; a state goes on in the conversation") {
    database base;
    testkit::app<guests> app{services(base)};
    auto anna = app.user("Anna");
    for (const char* said : {"/table", "Anna", "13"}) anna.sends(said);
    CHECK(anna.last_reply().text() == "Not this one.");
    CHECK(anna.in<asking<&guests::table::number>>().answers.host == "Anna");
    anna.sends("12");
    CHECK(anna.last_reply().text() == "Table 12 for Anna");
    CHECK(anna.is_in<guests::choosing>());
    CHECK(anna.user_data<profile>().forms == 1);
    anna.sends("/again");
    CHECK(anna.last_reply().text() == "Host?");
}

// ---- members of a base, a struct of a function, storing ----

namespace {

struct named {
    std::string name;
};
struct pet : named {
    int legs = 0;
};
struct pets {
    static end done(context& ctx, const pet& it) {
        ctx.reply(concat(it.name, ' ', it.legs));
        return {};
    }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"pet">, start_form<pet>)),
            form<pet>(ask<&pet::name>("Name?"), ask<&pet::legs>("Legs?"), then(done)));
    }
};

struct stored {
    struct person {
        std::string name;
        std::optional<int> age;
    };
    static end done(const person&) { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"stored">, start_form<person>)),
                            form<person>(ask<&person::name>("Name?"), ask<&person::age>("Age?"),
                                         then(done)),
                            persistent<"stored">);
    }
};
static_assert(verify<stored>);

}  // namespace

TEST_CASE("A member of a base is asked for as any other") {
    testkit::app<pets> app;
    auto anna = app.user("Anna");
    for (const char* said : {"/pet", "Rex", "4"}) anna.sends(said);
    CHECK(anna.last_reply().text() == "Rex 4");
}

TEST_CASE("A form in a struct of a function") {
    struct local {
        struct pair {
            int first = 0;
            int second = 0;
        };
        static end done(context& ctx, const pair& both) {
            ctx.reply(concat(both.first + both.second));
            return {};
        }
        static constexpr auto flow() {
            return conversation(
                entry_points(on(command<"add">, start_form<pair>)),
                form<pair>(ask<&pair::first>("First?"),
                           ask<&pair::second>("Second?", one_of(labelled("One", 1), labelled("Two", 2))),
                           then(done)));
        }
    };
    testkit::app<local> app;
    auto anna = app.user("Anna");
    for (const char* said : {"/add", "40"}) anna.sends(said);
    anna.presses("Two");
    CHECK(anna.last_reply().text() == "42");
}
