// Flows that test themselves.
#include <banter/flow/handlers.hpp>
#include <banter/telegram/text.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using namespace banter;

namespace {

bool holds(const std::string& where, std::string_view what) {
    return where.find(what) != std::string::npos;
}

// ---- a conversation with every sort of edge ----

struct order {
    struct choosing {
        static constexpr auto keyboard =
            inline_keyboard(row(button<"size_1">("Small"), button<"size_2">("Large")));
    };
    struct paying {
        int size;
    };
    struct sending {
        std::string address;
    };

    static choosing start(context& ctx) {
        ctx.reply("Which size?", choosing::keyboard);
        return {};
    }
    static paying size(context& ctx, matched<callback<"size_([12])">> choice) {
        ctx.answer();
        ctx.edit("How much?");
        return {choice.get<1, int>()};
    }
    static next<sending, choosing, stay> amount(context& ctx, matched<text> input) {
        const auto value = input.as<std::int64_t>();
        if (!value) {
            ctx.reply("A whole number, please.");
            return stay{};
        }
        if (*value <= 0) {
            ctx.reply("Choose again.", choosing::keyboard);
            return choosing{};
        }
        ctx.reply("Where to?");
        return sending{""};
    }
    static stay picture(context& ctx) {
        ctx.reply("No pictures.");
        return {};
    }
    static end address(context& ctx, matched<regex<"^[A-Z][a-z]+ [0-9]{1,3}$">> where) {
        ctx.reply(concat("To ", where.get<0>()));
        return {};
    }
    static end cancel(context& ctx) {
        ctx.reply("Cancelled.");
        return {};
    }
    static void help(context& ctx) { ctx.reply("Help."); }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"order">, start)), globals(on(command<"help">, help)),
            state<choosing>(on(callback<"size_([12])">, size)),
            state<paying>(on(photo || document, picture), on(text && !command<>, amount)),
            state<sending>(on(regex<"^[A-Z][a-z]+ [0-9]{1,3}$">, address)),
            fallbacks(on(command<"cancel">, cancel)));
    }
};

// ---- what only a particular text does ----

struct guarded {
    struct asked {};
    static asked start(context& ctx) {
        ctx.reply("The word?");
        return {};
    }
    static next<end, stay> word(context& ctx, matched<text> input) {
        if (input.text() != "swordfish") {
            ctx.reply("No.");
            return stay{};
        }
        ctx.reply("Welcome.");
        return end{};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"enter">, start)),
                            state<asked>(on(text && !command<>, word)));
    }
};

// ---- what fails, deep inside ----

struct fragile {
    struct first {};
    struct second {};
    struct third {};
    static first start(context& ctx) {
        ctx.reply("First.");
        return {};
    }
    static second one(context& ctx) {
        ctx.reply("Second.");
        return {};
    }
    static third two(context& ctx) {
        ctx.reply("Third.");
        return {};
    }
    static end three(matched<text> input) {
        if (input.as<std::int64_t>().value_or(0) < 0) throw std::runtime_error("below zero");
        return {};
    }
    static first back() { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, start)),
                            state<first>(on(photo, one)), state<second>(on(text && !command<>, two)),
                            state<third>(on(text && !command<>, three)),
                            fallbacks(on(command<"back">, back)));
    }
};

// ---- what it takes several updates in one state to reach ----

struct counting {
    struct adding {
        int sum = 0;
    };
    struct full {};
    static adding start() { return {}; }
    static next<full, stay> add(adding& here) {
        if (++here.sum == 4) return full{};
        return stay{};
    }
    static end done(context& ctx) {
        ctx.reply("Done.");
        return {};
    }
    static void burst() { throw std::runtime_error("burst"); }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"count">, start)),
                            state<adding>(on(command<"add">, add)),
                            state<full>(on(command<"done">, done), on(sticker, burst)));
    }
};

// ---- a conversation of a whole group ----

struct duel {
    struct waiting {
        std::int64_t starter;
    };
    struct playing {};
    static waiting start(context& ctx) {
        ctx.reply("Who else?");
        return {ctx.user_id()};
    }
    static next<playing, stay> join(context& ctx, const waiting& here) {
        if (ctx.user_id() == here.starter) {
            ctx.reply("Somebody else.");
            return stay{};
        }
        ctx.reply("Begin!");
        return playing{};
    }
    static end over(context& ctx) {
        ctx.reply("Over.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"play">, start)),
                            state<waiting>(on(command<"join">, join)),
                            state<playing>(on(command<"stop">, over)), keyed_by<key::chat>);
    }
};

// ---- services ----

struct ledger {
    int entries = 0;
};
struct clerk {
    struct noting {};
    static next<noting, end> start(ledger& book) {
        if (++book.entries == 1) return noting{};
        return end{};
    }
    static end note(context& ctx) {
        ctx.reply("Noted.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"note">, start)),
                            state<noting>(on(text && !command<>, note)));
    }
};

// ---- other things that go wrong ----

struct careless {
    struct shown {};
    static auto yes_or_no() {
        return inline_keyboard(row(button<"yes">("Yes"), dynamic_button("No", "no")));
    }
    static shown start(context& ctx) {
        ctx.reply("<b>Really?", {.parse_mode = parse_mode::html});
        ctx.reply("Really?", yes_or_no());
        return {};
    }
    static shown again(context& ctx) {
        ctx.reply("Really?", yes_or_no());
        return {};
    }
    static end yes() { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"html">, start), on(command<"plain">, again)),
                            state<shown>(on(callback<"yes">, yes)));
    }
};

/// Its only way in is one on which something fails.
struct unlucky {
    struct inside {};
    static inside start(context& ctx) {
        ctx.reply("<b>Hello", {.parse_mode = parse_mode::html});
        return {};
    }
    static end leave() { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<inside>(on(photo, leave)));
    }
};

struct insured {
    static void fall() { throw std::runtime_error("fell"); }
    static void jump() { throw std::runtime_error("fell too"); }
    static void catch_it(const failure&) {}
    static constexpr auto flow() {
        return handlers(on(command<"fall">, fall), on(command<"jump">, jump), on_error(catch_it));
    }
};

struct patient {
    static task<void> rest(context& ctx, bot& api) {
        using namespace std::chrono_literals;
        auto waiting = api.network().wait(90s);
        co_await std::move(waiting);
        ctx.reply("Rested.");
    }
    static constexpr auto flow() { return handlers(on(command<"rest">, rest)); }
};

/// Every kind of update, and things that only some chats have.
struct listener {
    static void hear() {}
    static void group(context& ctx) { ctx.reply("A group."); }
    static constexpr auto flow() {
        return handlers(on(supergroup_chat && text, group), on(text && entity<entity_kind::bold>, hear),
                        on(edited_message && photo, hear), on(inline_query, hear),
                        on(channel_post, hear), on(poll_answer, hear), on(my_chat_member, hear),
                        on(caption_regex<"^[0-9]+$">, hear), on(message_reaction, hear));
    }
};

testkit::explore_options without_walk() { return {.steps = 0}; }

}  // namespace

TEST_CASE("every edge of a flow is found, breadth first") {
    const auto report = testkit::explore<order>(without_walk());
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
    CHECK(report.edges.size() == flow_edges<order>.size());
    for (std::size_t i = 0; i != report.edges.size(); ++i)
        CHECK(report.edges[i].edge == flow_edges<order>[i]);
    CHECK(report.took("paying", "amount", "choosing"));
    CHECK(report.states.size() == 3);
    CHECK(report.states[2].name == "sending");
    REQUIRE(report.states[2].path.size() == 3);
    CHECK(report.states[2].path[0] == "\"/order\"");
    CHECK(report.states[2].path[1] == "press \"size_1\"");
    CHECK(report.dead_buttons.empty());
    CHECK(report.to_string().starts_with("7 of 7 handlers, 9 of 9 edges, 3 of 3 states; "));
}

TEST_CASE("what no rule takes is listed for each state, in words") {
    auto report = testkit::explore<order>(without_walk());
    REQUIRE(report.swallowed.size() == 4);
    CHECK(report.swallowed[0].where == "outside");
    CHECK(report.swallowed[0].update == "\"1\"");
    CHECK(report.swallowed[1].where == "in order::choosing");
    CHECK_FALSE(report.swallowed[1].wrong);
    CHECK(report.swallowed[2].where == "in order::paying");
    CHECK(report.swallowed[2].update == "\"/unknown_command\"");
    CHECK(holds(report.to_string(), "in order::paying: \"/unknown_command\"\n"));
    report = testkit::explore<order>({.steps = 0, .everything_answered = true});
    CHECK(report.swallowed[1].wrong);
    CHECK_FALSE(report.ok());
    CHECK(holds(report.to_string(), "(must be answered)"));
}

TEST_CASE("an edge that a particular text opens is not covered, until the text is given") {
    auto report = testkit::explore<guarded>();
    CHECK(report.ok());
    CHECK_FALSE(report.all_edges());
    CHECK_FALSE(report.took("asked", "word", "end"));
    CHECK(holds(report.to_string(), "guarded: asked --word--> end\n"));
    report = testkit::explore<guarded>({.texts = {"swordfish"}});
    CHECK(report.all_edges());
}

TEST_CASE("a handler that throws in a deep state is found with the shortest path") {
    auto report = testkit::explore<fragile>(without_walk());
    INFO(report.to_string());
    CHECK_FALSE(report.ok());
    REQUIRE(report.failures.size() == 1);
    CHECK(holds(report.failures[0].what, "fragile::three failed: below zero"));
    REQUIRE(report.failures[0].path.size() == 4);
    CHECK(report.failures[0].path[0] == "\"/begin\"");
    CHECK(report.failures[0].path[1] == "photo");
    CHECK(report.failures[0].path[3] == "\"-5\"");
    CHECK(holds(report.to_string(), "\n    after: \"/begin\", photo, "));
}

TEST_CASE("the random walk finds what one update in each state does not") {
    auto report = testkit::explore<counting>(without_walk());
    CHECK(report.states[1].reached == 0);
    CHECK_FALSE(report.ran("done"));
    CHECK_FALSE(report.ok());
    CHECK(holds(report.to_string(), "states that were not reached:\n  counting::full\n"));
    CHECK(holds(report.to_string(), "counting::done, /done, in full\n"));
    report = testkit::explore<counting>();
    INFO(report.to_string());
    CHECK(report.ran("done"));
    CHECK(report.edges_taken() == 4);  // of 5: burst never gets to its end
    // Shortened: nothing in it could be left out.
    REQUIRE(report.states[1].path.size() == 5);
    CHECK(report.states[1].path[0].starts_with("\"/count"));
    for (std::size_t i = 1; i != 5; ++i) CHECK(report.states[1].path[i].starts_with("\"/add"));
    REQUIRE(report.failures.size() == 1);
    CHECK(report.failures[0].path.size() == 6);
    CHECK(report.failures[0].path.back() == "sticker");
}

TEST_CASE("the same seed, the same report") {
    const auto first = testkit::explore<counting>({.steps = 300, .seed = 7}).to_string();
    CHECK(testkit::explore<counting>({.steps = 300, .seed = 7}).to_string() == first);
    const auto other = testkit::explore<order>({.seed = 8}).to_string();
    CHECK(testkit::explore<order>({.seed = 8}).to_string() == other);
}

TEST_CASE("a conversation of a chat is explored in a group, by several users") {
    const auto report = testkit::explore<duel>(without_walk());
    INFO(report.to_string());
    CHECK(report.all_edges());
    CHECK(report.ok());
    REQUIRE(report.states[1].path.size() == 2);
    CHECK(report.states[1].path[1] == "Bob: \"/join\"");
    const auto alone =
        testkit::explore<duel>({.steps = 100, .chats = {chat_type::private_chat}});
    CHECK_FALSE(alone.ran("over"));
}

TEST_CASE("services outlive a path; reset sets them back") {
    ledger book;
    auto report = testkit::explore<clerk>(services(book), {.steps = 0});
    CHECK(report.unrepeatable == testkit::explored_path{"\"/note\""});
    CHECK_FALSE(report.ok());
    CHECK(holds(report.to_string(), "led elsewhere the second time (see options.reset):\n  \"/note\""));
    book = {};
    report = testkit::explore<clerk>(services(book), {.reset = [&book] { book = {}; }});
    INFO(report.to_string());
    CHECK(report.unrepeatable.empty());
    CHECK(report.ok());
    CHECK(report.all_edges());
}

TEST_CASE("failed effects, and buttons that do nothing") {
    const auto report = testkit::explore<careless>(without_walk());
    REQUIRE(report.failures.size() == 1);
    CHECK(holds(report.failures[0].what, "sendMessage declared by"));
    CHECK(report.failures[0].path == testkit::explored_path{"\"/html\""});
    REQUIRE(report.dead_buttons.size() == 1);
    CHECK(report.dead_buttons[0].where == "in careless::shown");
    CHECK(report.dead_buttons[0].button == "press \"no\"");
}

TEST_CASE("what lies behind a failure is explored too") {
    const auto report = testkit::explore<unlucky>(without_walk());
    CHECK(report.failures.size() == 1);
    CHECK(report.all_edges());
}

TEST_CASE("what an error handler takes is a failure all the same") {
    const auto report = testkit::explore<insured>({.steps = 50});
    CHECK(report.handlers.size() == 2);
    REQUIRE(report.failures.size() == 2);
    CHECK(report.failures[0].what == "handler insured::fall failed, and an error handler took it");
    CHECK(report.failures[1].path == testkit::explored_path{"\"/jump\""});
}

TEST_CASE("time passes where handlers wait") {
    CHECK(testkit::explore<patient>({.steps = 20}).ok());
    const auto report =
        testkit::explore<patient>({.steps = 0, .patience = std::chrono::seconds(10)});
    REQUIRE(report.failures.size() == 1);
    CHECK(report.failures[0].what == "a handler still waits after 10000 ms");
}

TEST_CASE("updates of other kinds, groups where filters speak of them") {
    const auto report = testkit::explore<listener>({.steps = 200});
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.handlers.size() == 9);
    CHECK(report.all_edges());
}

TEST_CASE("other users and what is there before") {
    bool prepared = false;
    const auto report = testkit::explore<duel>(
        {.steps = 200,
         .prepare = [&](testkit::world& telegram) { prepared = telegram.call_count() == 0; },
         .others = {77},
         .chats = {chat_type::supergroup},
         .group_users = 1});
    CHECK(prepared);
    CHECK(report.ran("start"));
    CHECK_FALSE(report.ran("over"));  // the other user is not in the group
}

namespace {

/// Nested, with results and timeouts on both levels.
struct question {
    struct asking {};
    static asking start(context& ctx) {
        ctx.reply("?");
        return {};
    }
    static finish<int> answer(context& ctx) {
        ctx.reply("!");
        return finish{1};
    }
    static finish<int> late(context& ctx) {
        ctx.reply("Too late.");
        return finish{0};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"ask">, start)),
                            state<asking>(on(text && !command<>, answer),
                                          after(std::chrono::minutes(2), late)));
    }
};
struct quiz {
    struct open {
        int points = 0;
    };
    static open start(context& ctx) {
        ctx.reply("Begin.");
        return {};
    }
    static next<stay, end> answered(open& here, int points) {
        here.points += points;
        if (here.points == 2) return end{};
        return stay{};
    }
    static end over(context& ctx) {
        ctx.reply("Over.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"quiz">, start)),
                            state<open>(nest<question>(on_result<int>(answered))),
                            after(std::chrono::minutes(30), over));
    }
};

}  // namespace

TEST_CASE("nested conversations, their results and timeouts") {
    const auto report = testkit::explore<quiz>({.steps = 300});
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.ran("late"));
    CHECK(report.ran("answered"));
    CHECK(report.ran("over"));
    CHECK(report.all_edges());
}
