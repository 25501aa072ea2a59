// python-telegram-bot's nested example: a register of a family, by three levels of conversations.
//
// There, /start, "Show data", /stop, /start locks the user out for ever: a flag in user_data, meant to say
// whether a button led to `start`, is left set, and `start` fails for want of a pressed button before it
// resets it. Here what a handler gets is what its filter guarantees: one `start` for both that takes the
// pressed button does not compile (compile_fail/cases/c7_nested_example_trap.cpp). What is right: a handler
// for each kind of update, and no flag. And where somebody keeps the flag all the same, it locks nobody out.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace banter;

namespace {

struct person {
    std::string word;  // Father, Mother, Brother, Sister; empty for oneself
    std::string name = "-";
    std::string age = "-";
};
struct people {
    std::vector<person> self, parents, children;
};
struct stopped {};

// What each level shows.
constexpr auto top_keyboard = inline_keyboard(
    row(button<"add_member">("Add family member"), button<"add_self">("Add yourself")),
    row(button<"show">("Show data"), button<"end">("Done")));
constexpr auto level_keyboard =
    inline_keyboard(row(button<"parents">("Add parent"), button<"children">("Add child")),
                    row(button<"show">("Show data"), button<"end">("Back")));
constexpr auto feature_keyboard = inline_keyboard(
    row(button<"name">("Name"), button<"age">("Age"), button<"end">("Done")));

/// Level 3: describes one person. The one around it knows whose.
struct describing {
    struct selecting_feature {
        person who;
        static constexpr auto keyboard = feature_keyboard;
    };
    struct typing {
        person who;
        bool is_name;
    };

    static selecting_feature begin(context& ctx, matched<callback<"male|female">> gender) {
        ctx.edit("What do you know?", feature_keyboard);
        return {{.word = std::string(gender.data())}};
    }
    static typing feature(context& ctx, selecting_feature& here, matched<callback<"name|age">> which) {
        ctx.edit("Tell me.");
        return {std::move(here.who), which.data() == "name"};
    }
    static selecting_feature value(context& ctx, typing& here, matched<text> said) {
        (here.is_name ? here.who.name : here.who.age) = said.text();
        ctx.reply("Got it.", feature_keyboard);
        return {std::move(here.who)};
    }
    static finish<person> done(selecting_feature& here) { return finish<person>{std::move(here.who)}; }
    static finish<stopped> stop(context& ctx) {
        ctx.reply("Bye.");
        return finish<stopped>{stopped{}};
    }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(callback<"male|female">, begin)),
            state<selecting_feature>(on(callback<"name|age">, feature), on(callback<"end">, done)),
            state<typing>(on(text && !command<>, value)),
            fallbacks(on(command<"stop">, stop)));
    }
};

/// Level 2: adds relatives.
struct adding {
    struct show_data {};
    struct back_to_menu {};

    struct selecting_level {
        static constexpr auto keyboard = level_keyboard;
    };
    struct selecting_gender {
        bool is_parent;
        static constexpr auto keyboard = inline_keyboard(
            row(button<"male">("Add him"), button<"female">("Add her")),
            row(button<"show">("Show data"), button<"end">("Back")));
    };

    static selecting_level begin(context& ctx) {
        ctx.edit("Whom?", level_keyboard);
        return {};
    }
    static selecting_gender level(context& ctx, matched<callback<"parents|children">> which) {
        ctx.edit("Him or her?", selecting_gender::keyboard);
        return {which.data() == "parents"};
    }
    static selecting_level added(context& ctx, selecting_gender& here, person&& who,
                                 user_data<people>& all) {
        const bool he = who.word == "male";
        who.word = here.is_parent ? he ? "Father" : "Mother" : he ? "Brother" : "Sister";
        (here.is_parent ? all->parents : all->children).push_back(std::move(who));
        return begin(ctx);
    }
    static finish<stopped> stop_below(stopped why) { return finish<stopped>{why}; }
    static finish<show_data> show() { return finish<show_data>{show_data{}}; }
    static finish<back_to_menu> back() { return finish<back_to_menu>{back_to_menu{}}; }
    static finish<stopped> stop(context& ctx) { return describing::stop(ctx); }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(callback<"add_member">, begin)),
            state<selecting_level>(on(callback<"parents|children">, level)),
            state<selecting_gender>(
                nest<describing>(on_result<person>(added), on_result<stopped>(stop_below))),
            fallbacks(on(callback<"show">, show), on(callback<"end">, back),
                      on(command<"stop">, stop)));
    }
};

/// Level 1.
struct family_register {
    struct selecting {
        static constexpr auto keyboard = top_keyboard;
    };
    struct showing {
        static constexpr auto keyboard = inline_keyboard(row(button<"end">("Back")));
    };
    struct describing_self {
        static constexpr auto keyboard = inline_keyboard(row(button<"male">("Add info")));
    };
    struct stopping {};

    static selecting start(context& ctx) {
        ctx.reply("Hello.");
        ctx.reply("What to do?", top_keyboard);
        return {};
    }
    static selecting menu(context& ctx) {
        ctx.edit("What to do?", top_keyboard);
        return {};
    }
    static showing show(context& ctx, user_data<people>& all) {
        std::string lines;
        for (const auto& [title, list] : {std::pair{"Yourself", &all->self},
                                          {"Parents", &all->parents},
                                          {"Children", &all->children}}) {
            lines += concat(title, ":");
            for (const person& one : *list) lines += concat(' ', one.word, ' ', one.name, ' ', one.age, ';');
            lines += list->empty() ? " nobody\n" : "\n";
        }
        ctx.edit(lines, showing::keyboard);
        return {};
    }
    static describing_self add_self(context& ctx) {
        ctx.edit("Yourself, then.", describing_self::keyboard);
        return {};
    }
    static selecting added_self(context& ctx, person&& who, user_data<people>& all) {
        who.word.clear();
        all->self.push_back(std::move(who));
        return menu(ctx);
    }
    static end goodbye(context& ctx) {
        ctx.edit("See you.");
        return {};
    }
    static end stop(context& ctx) {
        ctx.reply("Bye.");
        return {};
    }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"start">, start)),
            state<selecting>(
                nest<adding>(on_result<adding::show_data>(
                                 [](context& ctx, user_data<people>& all) { return show(ctx, all); }),
                             on_result<adding::back_to_menu>(menu),
                             on_result<stopped>([](context&) { return end{}; })),
                on(callback<"show">, show), on(callback<"add_self">, add_self),
                on(callback<"end">, goodbye)),
            state<showing>(on(callback<"end">, menu)),
            state<describing_self>(nest<describing>(
                on_result<person>(added_self), on_result<stopped>([](context&) { return stopping{}; }))),
            state<stopping>(on(command<"start">, start)),
            fallbacks(on(command<"stop">, stop)));
    }
};
static_assert(verify<family_register>);

using app_of_register = testkit::app<family_register>;

void greets(const app_of_register::user_of_app& user) {
    const auto replies = user.replies();
    REQUIRE(replies.size() >= 2);
    CHECK(replies.end()[-2].text() == "Hello.");
    CHECK(replies.back().text() == "What to do?");
    CHECK(user.is_in<family_register::selecting>());
}

}  // namespace

TEST_CASE("The nested example's trap: show data, stop, start again: the user is not locked out") {
    app_of_register app;
    auto anna = app.user("Anna");
    for (int times = 0; times != 3; ++times) {
        anna.sends("/start");
        greets(anna);
        anna.presses("Show data");
        CHECK(anna.is_in<family_register::showing>());
        anna.sends("/stop");
        CHECK(anna.last_reply().text() == "Bye.");
        CHECK_FALSE(anna.in_conversation<family_register>());
    }
    // In another chat, while data are shown in the first.
    anna.sends("/start");
    anna.presses("Show data");
    auto in_group = anna.in_chat(app.group("Family"));
    in_group.sends("/start");
    greets(in_group);
    CHECK(anna.is_in<family_register::showing>());
    CHECK(app.errors().empty());
}

TEST_CASE("The nested example: /stop on every level, and /start works again") {
    const std::vector<std::vector<const char*>> paths{
        {},
        {"Show data"},
        {"Show data", "Back"},
        {"Add family member"},
        {"Add family member", "Add parent"},
        {"Add family member", "Add parent", "Add him"},
        {"Add family member", "Add child", "Add her", "Name"},
        {"Add family member", "Add child", "Add her", "Done"},
        {"Add family member", "Show data"},
        {"Add family member", "Back"},
    };
    for (const auto& path : paths) {
        app_of_register app;
        auto anna = app.user("Anna");
        anna.sends("/start");
        for (const char* label : path) anna.presses(label);
        const std::size_t before = anna.replies().size();
        anna.sends("/stop");
        CHECK(anna.replies().size() == before + 1);  // one goodbye
        CHECK(anna.last_reply().text() == "Bye.");
        CHECK_FALSE(anna.in_conversation<family_register>());
        CHECK_FALSE(anna.in_conversation<adding>());
        CHECK_FALSE(anna.in_conversation<describing>());
        anna.sends("/stop");
        CHECK(anna.replies().size() == before + 1);
        anna.sends("/start");
        greets(anna);
        CHECK(app.errors().empty());
    }
}

TEST_CASE("The nested example: /stop while describing oneself waits for /start") {
    app_of_register app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.presses("Add yourself");
    anna.presses("Add info");
    anna.sends("/stop");
    CHECK(anna.is_in<family_register::stopping>());
    CHECK_FALSE(anna.in_conversation<describing>());
    anna.sends("/start");
    greets(anna);
    anna.presses("Add yourself");
    anna.presses("Add info");
    anna.sends("/stop");
    anna.sends("/stop");
    CHECK_FALSE(anna.in_conversation<family_register>());
}

TEST_CASE("The nested example: results go up through the levels, data are shown") {
    app_of_register app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    for (const char* label : {"Add family member", "Add parent", "Add him", "Name"}) anna.presses(label);
    anna.sends("Bert");
    anna.presses("Age");
    anna.sends("70");
    anna.presses("Name");
    anna.sends("Bernd");
    anna.presses("Done");
    CHECK(anna.is_in<adding::selecting_level>());
    for (const char* label : {"Add child", "Add her", "Done", "Back", "Add yourself", "Add info"})
        anna.presses(label);
    anna.presses("Name");
    anna.sends("Anna");
    anna.presses("Done");
    CHECK(anna.is_in<family_register::selecting>());
    anna.presses("Show data");
    CHECK(anna.last_reply().text() ==
          "Yourself:  Anna -;\nParents: Father Bernd 70;\nChildren: Sister - -;");
    anna.presses("Back");
    anna.presses("Done");
    CHECK_FALSE(anna.in_conversation<family_register>());
    CHECK(app.errors().empty());
}

TEST_CASE("The nested example: a button of a level around ends what is nested in it") {
    app_of_register app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.presses("Add family member");
    CHECK(anna.is_in<adding::selecting_level>());
    anna.presses_data("add_self");  // of the old menu
    CHECK_FALSE(anna.in_conversation<adding>());
    CHECK(anna.is_in<family_register::describing_self>());
    anna.presses("Add info");
    anna.presses("Done");
    anna.presses("Add family member");  // not dead
    CHECK(anna.is_in<adding::selecting_level>());
}

TEST_CASE("The nested example, explored: nothing fails") {
    const auto report = testkit::explore<family_register>();
    INFO(report.to_string());
    for (const auto& handler : report.handlers) {
        CAPTURE(handler.rule);
        CHECK(handler.runs != 0);
    }
    // A name as long as a message can be is shown in another message.
    for (const auto& failure : report.failures) CHECK(failure.what.find("too long") != std::string::npos);
}

// ---- the mistake, as faithfully as it compiles ----

namespace {

/// Whether `start` was led to by a button, kept beside the conversation as in the original.
struct flags {
    bool start_over = false;
};
struct flagged {
    struct selecting {};
    struct showing {};
    static selecting start(context& ctx, user_data<flags>& of) {
        if (of->start_over) {
            ctx.answer();
            ctx.edit("What to do?");
        } else {
            ctx.reply("Hello.");
        }
        of->start_over = false;
        return {};
    }
    static showing show(context& ctx, user_data<flags>& of) {
        ctx.edit("Nobody.");
        of->start_over = true;
        return {};
    }
    static end stop(context& ctx) {
        ctx.reply("Bye.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<selecting>(on(callback<"show">, show)),
                            state<showing>(on(callback<"end">, start)),
                            fallbacks(on(command<"stop">, stop)));
    }
};

}  // namespace

TEST_CASE("The nested example with its flag: one answer is lost, nobody is locked out") {
    testkit::app<flagged> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.presses_data("show");
    CHECK(anna.is_in<flagged::showing>());
    anna.sends("/stop");
    anna.sends("/start");  // edits what is no message of the bot's: Telegram refuses
    CHECK(app.errors().size() == 1);
    CHECK(anna.is_in<flagged::selecting>());
    anna.sends("/stop");
    anna.sends("/start");
    CHECK(anna.last_reply().text() == "Hello.");
    CHECK(app.errors().size() == 1);
}
