// PTB's rules R70 to R78: conversations in conversations. tests/rules.md lists all rules.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <utility>

using namespace banter;
using namespace std::chrono_literals;

namespace {

// The ways out of a nested conversation.
struct to_next {
    int number = 0;
};
struct to_end {};
struct to_same {};
struct to_child {};

/// The innermost, whose results leave the one around it too.
struct grandchild {
    struct asking {};
    static asking begin(context& ctx) {
        ctx.reply("grandchild begins");
        return {};
    }
    static next<finish<to_next>, finish<to_end>, stay> answer(context& ctx) {
        if (ctx.arguments() == "next") return finish<to_next>{to_next{3}};
        if (ctx.arguments() == "end") return finish<to_end>{};
        return stay{};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"grandchild">, begin)),
                            state<asking>(on(command<"give">, answer)));
    }
};

struct child {
    struct asking {
        int steps = 0;
    };
    struct deeper {};
    static asking begin(context& ctx) {
        ctx.reply("child begins");
        return {};
    }
    static deeper step(context& ctx) {
        ctx.reply("child steps");
        return {};
    }
    static next<finish<to_next>, finish<to_end>, finish<to_same>, finish<to_child>, end> leave(
        context& ctx, asking& here) {
        if (ctx.arguments() == "end") return finish<to_end>{};
        if (ctx.arguments() == "same") return finish<to_same>{};
        if (ctx.arguments() == "child") return finish<to_child>{};
        if (ctx.arguments() == "quit") return end{};
        return finish<to_next>{to_next{here.steps + 1}};
    }
    static task<finish<to_next>> leave_slowly(context&, bot& api) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        co_return finish<to_next>{to_next{40}};
    }
    static finish<to_next> from_below(to_next&& result) {
        return finish<to_next>{to_next{result.number + 100}};
    }
    static finish<to_end> end_from_below(to_end) { return {}; }
    static void fall(context& ctx) { ctx.reply("child's fallback"); }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"child">, begin)),
            state<asking>(on(command<"leave">, leave), on(command<"slowly">, leave_slowly),
                          on(command<"step">, step)),
            state<deeper>(nest<grandchild>(on_result<to_next>(from_below),
                                           on_result<to_end>(end_from_below))),
            fallbacks(on(text && regex<"help">, fall)));
    }
};

struct parent {
    struct choosing {
        int visits = 0;
    };
    struct chosen {
        int number;
    };
    struct second_child {};
    static choosing begin(context& ctx) {
        ctx.reply("parent begins");
        return {};
    }
    static chosen next_one(context&, to_next&& result) { return {result.number}; }
    static end all_over(context& ctx, to_end) {
        ctx.reply("parent ends");
        return {};
    }
    static choosing again(const choosing& here, to_same) { return {here.visits + 1}; }
    static second_child once_more(to_child) { return {}; }
    static void help(context& ctx) { ctx.reply("parent's help"); }
    static void text_too(context& ctx) { ctx.reply("parent's text"); }
    static choosing back(context&) { return {}; }
    static end stop(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"parent">, begin)),
            state<choosing>(nest<child>(on_result<to_next>(next_one), on_result<to_end>(all_over),
                                        on_result<to_same>(again),
                                        on_result<to_child>(once_more)),
                            on(regex<"help">, help), on(regex<"text">, text_too)),
            state<chosen>(on(command<"back">, back)),
            state<second_child>(nest<child>(on_result<to_next>(next_one),
                                            on_result<to_end>(all_over), on_result<to_same>(back_to),
                                            on_result<to_child>(stay_here))),
            fallbacks(on(command<"stop">, stop), on(command<"back">, back)));
    }
    static choosing back_to(to_same) { return {50}; }
    static stay stay_here(to_child) { return {}; }
};

/// Each test begins in the child, inside of the parent.
struct scene {
    testkit::app<parent> app;
    testkit::app<parent>::user_of_app anna = app.user("Anna");
    scene() {
        anna.sends("/parent");
        anna.sends("/child");
        REQUIRE(anna.is_in<child::asking>());
    }
};

}  // namespace

TEST_CASE("R70: a nested conversation takes its turn in its parent's list, fallbacks included") {
    testkit::app<parent> app;
    auto anna = app.user("Anna");
    anna.sends("/child");  // not before its parent is there
    CHECK_FALSE(anna.in_conversation<child>());
    anna.sends("/parent");
    anna.sends("help");
    CHECK(anna.last_reply().text() == "parent's help");
    anna.sends("/child");
    anna.sends("help");
    CHECK(anna.last_reply().text() == "child's fallback");
    anna.sends("text");  // nothing of the child's: the parent's next rule
    CHECK(anna.last_reply().text() == "parent's text");
    CHECK(anna.is_in<child::asking>());
}

TEST_CASE("R71: a result leads where its parent says: to a state, to the end, to the same, to a child") {
    {
        scene at;
        at.anna.sends("/leave");
        CHECK(at.anna.in<parent::chosen>().number == 1);
        CHECK_FALSE(at.anna.in_conversation<child>());
    }
    {
        scene at;
        at.anna.sends("/leave end");
        CHECK_FALSE(at.anna.in_conversation<parent>());
        CHECK(at.anna.last_reply().text() == "parent ends");
    }
    {
        scene at;
        at.anna.sends("/leave same");
        CHECK(at.anna.in<parent::choosing>().visits == 1);
        CHECK_FALSE(at.anna.in_conversation<child>());
    }
    {
        scene at;
        at.anna.sends("/leave child");
        CHECK(at.anna.is_in<parent::second_child>());
        CHECK_FALSE(at.anna.in_conversation<child>());
        at.anna.sends("/child");
        CHECK(at.anna.is_in<child::asking>());
    }
}

TEST_CASE("R72: a result may be the parent's own result, and so on outwards") {
    scene at;
    at.anna.sends("/step");
    at.anna.sends("/grandchild");
    REQUIRE(at.anna.is_in<grandchild::asking>());
    at.anna.sends("/give nothing");
    CHECK(at.anna.is_in<grandchild::asking>());
    at.anna.sends("/give next");  // through three conversations
    CHECK(at.anna.in<parent::chosen>().number == 103);
    CHECK_FALSE(at.anna.in_conversation<child>());
    CHECK_FALSE(at.anna.in_conversation<grandchild>());

    scene other;
    other.anna.sends("/step");
    other.anna.sends("/grandchild");
    other.anna.sends("/give end");
    CHECK_FALSE(other.anna.in_conversation<parent>());
}

TEST_CASE("R73: without a result the nested conversation moves, and its parent stays") {
    scene at;
    at.anna.sends("/step");
    CHECK(at.anna.is_in<child::deeper>());
    CHECK(at.anna.is_in<parent::choosing>());
    CHECK(at.anna.last_reply().text() == "child steps");
}

TEST_CASE("R74: end in a nested conversation ends it alone; it may begin again where it stands") {
    scene at;
    at.anna.sends("/leave quit");
    CHECK_FALSE(at.anna.in_conversation<child>());
    CHECK(at.anna.in<parent::choosing>().visits == 0);
    at.anna.sends("/child");
    CHECK(at.anna.is_in<child::asking>());
}

namespace {
struct begun_by_child {
    struct here {
        int number;
    };
    static here taken(to_next&& result) { return {result.number}; }
    static end over(to_end) { return {}; }
    static stay not_yet(to_same) { return {}; }
    static here at_once(to_child) { return {-1}; }
    static end stop(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(
            entry_points(nest<child>(on_result<to_next>(taken), on_result<to_end>(over),
                                     on_result<to_same>(not_yet), on_result<to_child>(at_once))),
            state<here>(), fallbacks(on(command<"stop">, stop)));
    }
};
}  // namespace

TEST_CASE("R75: nested as an entry point: its result begins the one around it, and no fallback before") {
    testkit::app<begun_by_child> app;
    auto anna = app.user("Anna");
    anna.sends("/child");
    CHECK(anna.is_in<child::asking>());
    CHECK_FALSE(anna.is_in<begun_by_child::here>());
    anna.sends("/stop");  // a fallback of a conversation that is in no state
    CHECK(anna.is_in<child::asking>());
    anna.sends("/leave");
    CHECK(anna.in<begun_by_child::here>().number == 1);
    anna.sends("/stop");
    CHECK_FALSE(anna.in_conversation<begun_by_child>());
    for (const char* how : {"/leave end", "/leave same", "/leave quit"}) {
        anna.sends("/child");
        anna.sends(how);
        CHECK_FALSE(anna.in_conversation<begun_by_child>());
    }
}

TEST_CASE("R76: a result that leads to end ends the parent, from any depth") {
    scene at;
    at.anna.sends("/leave end");
    CHECK_FALSE(at.anna.in_conversation<parent>());
    at.anna.sends("/parent");
    CHECK(at.anna.in<parent::choosing>().visits == 0);
    CHECK_FALSE(at.anna.in_conversation<child>());
}

namespace {
/// Another one around the same child, which makes other things of its results.
struct other_parent {
    struct here {
        int sum = 0;
    };
    static here begin(context&) { return {}; }
    static here added(const here& at, const to_next& result) { return {at.sum + result.number}; }
    static stay ignored(to_end) { return {}; }
    static end over(to_same) { return {}; }
    static stay nothing(to_child) { return {}; }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"other">, begin)),
            state<here>(nest<child>(on_result<to_next>(added), on_result<to_end>(ignored),
                                    on_result<to_same>(over), on_result<to_child>(nothing))));
    }
};
}  // namespace

TEST_CASE("R77: one conversation nested in two parents: each binds the results in its own way") {
    testkit::app<other_parent> app;
    auto anna = app.user("Anna");
    anna.sends("/other");
    for (int i = 0; i != 2; ++i) {
        anna.sends("/child");
        anna.sends("/leave");
    }
    CHECK(anna.in<other_parent::here>().sum == 2);
    anna.sends("/child");
    anna.sends("/leave end");
    CHECK(anna.in<other_parent::here>().sum == 2);  // the other one would be over
    CHECK_FALSE(anna.in_conversation<child>());
    anna.sends("/child");
    anna.sends("/leave same");
    CHECK_FALSE(anna.in_conversation<other_parent>());

    // And in one parent twice, in two states.
    scene at;
    at.anna.sends("/leave child");
    at.anna.sends("/child");
    at.anna.sends("/leave same");
    CHECK(at.anna.in<parent::choosing>().visits == 50);
}

TEST_CASE("R78: (a) the result of a coroutine in a nested conversation reaches its parent") {
    scene at;
    at.anna.sends("/slowly");
    CHECK(at.anna.is_in<child::asking>());
    at.app.advance(1s);
    CHECK(at.anna.in<parent::chosen>().number == 40);
    CHECK_FALSE(at.anna.in_conversation<child>());
}

TEST_CASE("R78: (b) a nested conversation dies with its parent's state, and begins anew") {
    scene at;
    at.anna.sends("/step");
    at.anna.sends("/grandchild");
    at.anna.sends("/back");  // the parent's fallback, to the same state
    CHECK(at.anna.is_in<parent::choosing>());
    CHECK_FALSE(at.anna.in_conversation<child>());
    CHECK_FALSE(at.anna.in_conversation<grandchild>());
    at.anna.sends("/child");
    CHECK(at.anna.is_in<child::asking>());
    at.anna.sends("/stop");
    CHECK_FALSE(at.anna.in_conversation<child>());
    at.anna.sends("/parent");
    at.anna.sends("/child");
    CHECK(at.anna.is_in<child::asking>());
    CHECK(at.anna.last_reply().text() == "child begins");
}

namespace rules {
struct asks {
    struct here {};
    static here begin(context& ctx);
    static finish<int> done(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"asks">, begin)),
                            state<here>(on(command<"done">, done)));
    }
};
struct lost {
    struct here {};
    struct missing {};
    static here begin(context& ctx);
    static missing taken(int result);
    static end stop(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"lost">, begin)),
                            state<here>(nest<asks>(on_result<int>(taken)), on(text, stop)));
    }
};
}  // namespace rules

TEST_CASE("R78: (c) a result cannot lead to a state that its parent lacks") {
    static_assert(detail::verdict_of<rules::lost>.failed == detail::check::c12_target);
}
