// Buttons of an earlier state, an earlier keyboard, an earlier conversation: recognised, and answered
// as the conversation says, instead of doing the wrong thing.
#include <banter/flow.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <string>

using namespace banter;

namespace {

struct shop {
    struct choosing {
        int shown = 0;
        static constexpr auto keyboard =
            inline_keyboard(row(button<"size_1">("Small"), button<"size_2">("Large")));
    };
    struct paying {
        int size;
        static constexpr auto keyboard =
            inline_keyboard(row(button<"pay">("Pay"), button<"back">("Back")));
    };

    static choosing start(context& ctx) {
        ctx.reply("Which size?", choosing::keyboard);
        return {};
    }
    static stay again(context& ctx, choosing& here) {
        ctx.reply(concat("Once more: which size? ", ++here.shown), choosing::keyboard);
        return {};
    }
    static paying size(context& ctx, matched<callback<"size_([12])">> choice) {
        const int chosen = choice.get<1, int>();
        ctx.edit(concat("Pay for size ", chosen, "?"), paying::keyboard);
        return {chosen};
    }
    static choosing back(context& ctx) {
        ctx.reply("Which size, then?", choosing::keyboard);
        return {};
    }
    static end pay(context& ctx, const paying& here) {
        ctx.reply(concat("Paid ", here.size));
        return {};
    }
    static end leave(context& ctx) {
        ctx.reply("Gone.");
        return {};
    }
    static void help(context& ctx) { ctx.answer("Press a size."); }

    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"shop">, start)), globals(on(callback<"help">, help)),
            state<choosing>(on(callback<"size_([12])">, size), on(command<"again">, again)),
            state<paying>(on(callback<"pay">, pay), on(callback<"back">, back)),
            fallbacks(on(command<"leave">, leave)), allow_reentry,
            stale_buttons(tell<"This button is no longer current.">));
    }
};

const std::string told = "This button is no longer current.";

/// The same without the part.
struct easy {
    struct choosing {};
    struct done {};
    static choosing start(context& ctx) {
        ctx.reply("Which?", inline_keyboard(row(button<"one">("One"))));
        return {};
    }
    static void again(context& ctx) {
        ctx.reply("Which?", inline_keyboard(row(button<"one">("One"))));
    }
    static done one(context& ctx) {
        ctx.reply("One.");
        return {};
    }
    static end over() { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"easy">, start)),
                            state<choosing>(on(callback<"one">, one), on(command<"again">, again)),
                            state<done>(on(text, over)));
    }
};

}  // namespace

TEST_CASE("a button of an earlier state is answered with the text") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    const auto first = anna.last_reply();
    anna.presses("Large");
    CHECK(anna.in<shop::paying>().size == 2);
    anna.presses_data("size_1", first.message_id());  // from a client that has not seen the edit
    CHECK(anna.last_answer().text == told);
    CHECK(anna.in<shop::paying>().size == 2);
    CHECK(app.errors().empty());
}

TEST_CASE("a button of an earlier keyboard of the same state is stale") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    const auto first = anna.last_reply();
    anna.sends("/again");
    const auto second = anna.last_reply();
    CHECK(first.message_id() != second.message_id());

    anna.presses("Large", first);
    CHECK(anna.last_answer().text == told);
    CHECK(anna.in<shop::choosing>().shown == 1);
    anna.presses("Large", second);
    CHECK(anna.in<shop::paying>().size == 2);
    CHECK(anna.last_answer().answered);
    CHECK(anna.last_answer().text.empty());

    // The keyboard that was edited in place is the latest; one sent anew makes it stale.
    anna.presses("Back");
    CHECK(anna.is_in<shop::choosing>());
    anna.presses_data("size_1", second.message_id());
    CHECK(anna.last_answer().text == told);
    anna.presses("Small");
    CHECK(anna.in<shop::paying>().size == 1);
}

TEST_CASE("a button of a conversation that has ended, or was begun anew, is stale") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    const auto first = anna.last_reply();
    anna.sends("/leave");
    anna.presses("Large", first);
    CHECK(anna.last_answer().text == told);
    CHECK_FALSE(anna.in_conversation<shop>());

    anna.sends("/shop");
    const auto second = anna.last_reply();
    anna.presses("Large", first);
    CHECK(anna.last_answer().text == told);
    anna.sends("/shop");  // by re-entry
    anna.presses("Large", second);
    CHECK(anna.last_answer().text == told);
    CHECK(anna.is_in<shop::choosing>());
    anna.presses("Large");
    CHECK(anna.is_in<shop::paying>());
}

TEST_CASE("what works everywhere is never stale, and what is of nobody is answered silently") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    const auto first = anna.last_reply();
    anna.sends("/again");
    anna.presses_data("help", first.message_id());
    CHECK(anna.last_answer().text == "Press a size.");
    anna.presses_data("nobody's", first.message_id());
    CHECK(anna.last_answer().answered);
    CHECK(anna.last_answer().text.empty());
    CHECK(app.calls("answerCallbackQuery").size() == 2);
}

TEST_CASE("without the part, buttons of other states are answered silently and old keyboards work") {
    testkit::app<easy> app;
    auto anna = app.user("Anna");
    anna.sends("/easy");
    const auto first = anna.last_reply();
    anna.sends("/again");
    anna.presses("One", first);
    CHECK(anna.is_in<easy::done>());
    const std::size_t replies = anna.replies().size();
    anna.presses("One");
    CHECK(anna.last_answer().answered);
    CHECK(anna.last_answer().text.empty());
    CHECK(anna.replies().size() == replies);
}

namespace {

struct quiet : shop {
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"shop">, start)),
            state<choosing>(on(callback<"size_([12])">, size), on(command<"again">, again)),
            state<paying>(on(callback<"pay">, pay), on(callback<"back">, back)),
            stale_buttons(ignore));
    }
};

/// States that ask by themselves.
struct wardrobe {
    struct color {
        int times = 0;
        static void prompt(context& ctx, color& here) {
            ctx.reply(concat("Which color? ", ++here.times),
                      inline_keyboard(row(button<"red">("Red"), button<"broken">("Broken"))));
        }
    };
    struct size {
        static void prompt(context& ctx) {
            ctx.reply("Which size?", inline_keyboard(row(button<"small">("Small"))));
        }
    };
    static color start() { return {}; }
    static size red() { return {}; }
    static end small() { return {}; }
    static color broken() { throw std::runtime_error("on purpose"); }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"ask">, start)),
                            state<color>(on(callback<"red">, red), on(callback<"broken">, broken)),
                            state<size>(on(callback<"small">, small)), stale_buttons(prompt_again));
    }
};

}  // namespace

TEST_CASE("stale buttons can be ignored") {
    testkit::app<quiet> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    const auto first = anna.last_reply();
    anna.sends("/again");
    anna.presses("Large", first);
    CHECK(anna.last_answer().answered);
    CHECK(anna.last_answer().text.empty());
    CHECK(anna.is_in<quiet::choosing>());
}

TEST_CASE("a stale button can have the state ask again") {
    testkit::app<wardrobe> app;
    auto anna = app.user("Anna");
    anna.sends("/ask");
    const auto first = anna.last_reply();
    CHECK(first.text() == "Which color? 1");
    anna.presses("Red");
    CHECK(anna.last_reply().text() == "Which size?");
    const auto second = anna.last_reply();
    anna.presses("Red", first);
    CHECK(anna.last_answer().answered);
    CHECK(anna.replies().size() == 3);
    CHECK(anna.last_reply().text() == "Which size?");
    // What was asked again is the latest keyboard.
    anna.presses("Small", second);
    CHECK(anna.replies().size() == 4);
    CHECK(anna.is_in<wardrobe::size>());
    anna.presses("Small");
    CHECK_FALSE(anna.in_conversation<wardrobe>());
    // Where nothing is going on there is nothing to ask.
    anna.presses("Red", first);
    CHECK(anna.last_answer().answered);
    CHECK(anna.replies().size() == 4);
    CHECK(app.errors().empty());
}

TEST_CASE("the prompt that runs again may change its state; a handler that failed leaves the keyboard") {
    testkit::app<wardrobe> app;
    auto anna = app.user("Anna");
    anna.sends("/ask");
    const auto first = anna.last_reply();
    anna.presses_data("small", first.message_id());
    CHECK(anna.in<wardrobe::color>().times == 2);
    CHECK(anna.last_reply().text() == "Which color? 2");
    anna.presses("Broken");
    CHECK(app.errors().size() == 1);
    CHECK(anna.is_in<wardrobe::color>());
    anna.presses("Red");
    CHECK(anna.is_in<wardrobe::size>());
}

namespace {

/// A conversation in another one's state: its buttons follow the same rules.
struct picking {
    struct open {};
    static open begin(context& ctx) {
        ctx.reply("Pick.", inline_keyboard(row(button<"a">("A"), button<"b">("B"))));
        return {};
    }
    static open other(context& ctx) {
        ctx.reply("Pick another.", inline_keyboard(row(button<"a">("A"), button<"b">("B"))));
        return {};
    }
    static finish<int> picked() { return finish(1); }
    static constexpr auto flow() {
        return conversation(entry_points(on(callback<"pick">, begin)),
                            state<open>(on(callback<"a">, picked), on(callback<"b">, other)));
    }
};
struct table {
    struct menu {};
    struct eaten {};
    static menu start(context& ctx) {
        ctx.reply("Menu.", inline_keyboard(row(button<"pick">("Pick"))));
        return {};
    }
    static eaten got(context& ctx, int) {
        ctx.reply("Enjoy.");
        return {};
    }
    static end over() { return {}; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"table">, start)),
                            state<menu>(nest<picking>(on_result<int>(got))),
                            state<eaten>(on(text, over)), stale_buttons(tell<"Too late.">));
    }
};

}  // namespace

TEST_CASE("a nested conversation follows the one around it") {
    testkit::app<table> app;
    auto anna = app.user("Anna");
    anna.sends("/table");
    const auto menu = anna.last_reply();
    anna.presses("Pick");
    const auto first = anna.last_reply();
    anna.presses("B");
    anna.presses("A", first);
    CHECK(anna.last_answer().text == "Too late.");
    CHECK(anna.is_in<picking::open>());
    anna.presses("Pick", menu);
    CHECK(anna.last_answer().text == "Too late.");
    anna.presses("A");
    CHECK(anna.is_in<table::eaten>());
    anna.presses("A");
    CHECK(anna.last_answer().text == "Too late.");
}

TEST_CASE("somebody else's button is stale for those who have no such conversation") {
    testkit::app<shop> app;
    auto anna = app.user("Anna");
    anna.sends("/shop");
    const auto first = anna.last_reply();
    auto bob = app.user("Bob");
    bob.presses_data("size_1", first.message_id());  // no conversation of Bob's
    CHECK(bob.last_answer().text == told);
    anna.presses("Large");
    CHECK(anna.is_in<shop::paying>());
}
