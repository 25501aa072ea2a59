// PTB's rule R70 once more: a conversation that is nested among the fallbacks or the globals of another
// one. tests/rules.md lists all rules.
#include <banter/flow/diagram.hpp>
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct verdict_of_user {
    bool good;
};
struct nothing_to_say {};

/// Asked for at any time.
struct feedback {
    struct asking {};
    static asking begin(context& ctx) {
        ctx.reply("Good or bad?");
        return {};
    }
    static next<finish<verdict_of_user>, finish<nothing_to_say>, end, stay> answer(
        context& ctx, matched<text> said) {
        if (said.text() == "good") return finish{verdict_of_user{true}};
        if (said.text() == "bad") return finish{verdict_of_user{false}};
        if (said.text() == "nothing") return finish{nothing_to_say{}};
        if (said.text() == "forget it") return end{};
        ctx.reply("Good or bad, please.");
        return stay{};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"feedback">, begin)),
                            state<asking>(on(text && !command<>, answer)));
    }
};
/// The same, before everything else.
struct urgent {
    struct asking {};
    static asking begin(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"urgent">, begin)),
            state<asking>(on(text && !command<>, feedback::answer), after(1min, late)));
    }
    static end late(context& ctx) {
        ctx.reply("Never mind.");
        return {};
    }
};

struct shop {
    struct browsing {
        int looked = 0;
    };
    struct paying {};
    static browsing begin(context&) { return {}; }
    static void look(context& ctx, browsing& here) {
        ++here.looked;
        ctx.reply("looked");
    }
    static paying buy(context&) { return {}; }
    static void pay(context& ctx) { ctx.reply("paid"); }
    static next<browsing, stay> judged(context& ctx, verdict_of_user verdict) {
        ctx.reply(verdict.good ? "Thank you." : "Sorry.");
        if (verdict.good) return stay{};
        return browsing{};
    }
    static end left(nothing_to_say) { return {}; }
    static end stop(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(
            globals(nest<urgent>(on_result<verdict_of_user>(judged),
                                 on_result<nothing_to_say>(left))),
            entry_points(on(command<"shop">, begin)),
            state<browsing>(on(command<"buy">, buy), on(regex<"look">, look)),
            state<paying>(on(regex<"pay">, pay)),
            fallbacks(nest<feedback>(on_result<verdict_of_user>(judged),
                                     on_result<nothing_to_say>(left)),
                      on(command<"stop">, stop)));
    }
};

}  // namespace

TEST_CASE("R70: nested among the fallbacks: in every state, after the state's own handlers") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/feedback");  // not before its parent is there
    CHECK_FALSE(anna.in_conversation<feedback>());
    anna.sends("/shop");
    anna.sends("/feedback");
    REQUIRE(anna.is_in<feedback::asking>());
    anna.sends("look");  // the state's own handlers come first
    CHECK(anna.last_reply().text() == "looked");
    CHECK(anna.in<shop::browsing>().looked == 1);
    CHECK(anna.is_in<feedback::asking>());
    anna.sends("well");
    CHECK(anna.last_reply().text() == "Good or bad, please.");
    anna.sends("good");
    CHECK(anna.last_reply().text() == "Thank you.");
    CHECK_FALSE(anna.in_conversation<feedback>());
    CHECK(anna.in<shop::browsing>().looked == 1);  // the parent stayed

    anna.sends("/buy");
    anna.sends("/feedback");
    CHECK(anna.is_in<shop::paying>());
    anna.sends("forget it");
    CHECK_FALSE(anna.in_conversation<feedback>());
    CHECK(anna.is_in<shop::paying>());
    anna.sends("/feedback");
    anna.sends("bad");
    CHECK(anna.in<shop::browsing>().looked == 0);  // where its result led
    anna.sends("/feedback");
    anna.sends("/buy");  // the state that it lived in is left
    CHECK_FALSE(anna.in_conversation<feedback>());
    anna.sends("/feedback");
    anna.sends("nothing");
    CHECK_FALSE(anna.in_conversation<shop>());
    CHECK(app.errors().empty());
}

TEST_CASE("R70: nested among the globals: in every state, before the state's own handlers") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    anna.sends("/urgent");
    REQUIRE(anna.is_in<urgent::asking>());
    anna.sends("look");
    CHECK(anna.last_reply().text() == "Good or bad, please.");
    CHECK(anna.in<shop::browsing>().looked == 0);
    app.advance(1min);
    CHECK(anna.last_reply().text() == "Never mind.");
    CHECK_FALSE(anna.in_conversation<urgent>());
    anna.sends("/buy");
    anna.sends("/urgent");
    anna.sends("bad");
    CHECK(anna.last_reply().text() == "Sorry.");
    CHECK(anna.is_in<shop::browsing>());
    CHECK(app.errors().empty());
}

namespace rules {
struct small {
    struct here {};
    static here begin(context& ctx);
    static finish<int> done(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"small">, begin)),
                            state<here>(on(command<"done">, done)));
    }
};
/// Its second state is reached by a result alone, its first is left by one alone.
struct by_result {
    struct first {};
    struct second {};
    static first begin(context& ctx);
    static second on_to(int result);
    static end stop(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, begin)), state<first>(),
                            state<second>(on(text, stop)),
                            fallbacks(nest<small>(on_result<int>(on_to))));
    }
};
/// No entry point leads on, so no fallback runs.
struct never : by_result {
    static void nothing(context& ctx);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, nothing)), state<first>(),
                            state<second>(on(text, stop)),
                            fallbacks(nest<small>(on_result<int>(on_to))));
    }
};
struct of_one_state : by_result {
    static end taken(first& here, int result);
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"begin">, begin)), state<first>(),
                            fallbacks(nest<small>(on_result<int>(taken))));
    }
};
}  // namespace rules

TEST_CASE("R70: the checks know that what is nested there runs in every state, and only there") {
    using detail::check;
    static_assert(detail::verdict_of<rules::by_result>.failed == check::passed);
    static_assert(detail::verdict_of<rules::never>.failed == check::c1);
    static_assert(detail::verdict_of<rules::of_one_state>.failed == check::c8);
    const std::string drawn = to_mermaid<shop>();
    CHECK(drawn.find("any_state_otherwise --> ") != std::string::npos);
    CHECK(drawn.find("--> any_state_otherwise : verdict_of_user") != std::string::npos);
    CHECK(drawn.find("any_state_first : verdict_of_user") != std::string::npos);
}
