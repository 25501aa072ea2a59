// The sample of docs/languages.md: a bot that speaks to its users in their languages.
#include <doctest/doctest.h>

#include <banter/flow.hpp>
#include <banter/flow/i18n.hpp>
#include <banter/testkit/app.hpp>

using namespace banter;

namespace {

struct words {
    static constexpr auto texts() {
        return catalogue(
            in_language("en", phrase("hello", "Hello, {}!"), phrase("basket", "{} egg", "{} eggs"),
                        phrase("changed", "English it is.")),
            in_language("de", phrase("hello", "Hallo, {}!"), phrase("basket", "{} Ei", "{} Eier"),
                        phrase("changed", "Also Deutsch.")));
    }
};

struct profile {
    std::string language;  // empty: what Telegram says
};

struct shop {
    static void start(context& ctx) {
        ctx.reply(say<words, "hello">(ctx, ctx.full_name()));
    }
    static void choose(context& ctx, user_data<profile>& user) {
        user->language = ctx.argument(0);
        ctx.reply(say<words, "changed">(language_of(ctx, user->language)));
    }
    static void basket(context& ctx, user_data<profile>& user) {
        const int eggs = 12;
        ctx.reply(say<words, "basket">(language_of(ctx, user->language), eggs));
    }
    static constexpr auto flow() {
        return handlers(on(command<"start">, start), on(command<"language">, choose),
                        on(command<"basket">, basket));
    }
};

}  // namespace

TEST_CASE("a bot speaks its users' languages, and they may choose another") {
    testkit::app<shop> app;
    auto anna = app.user("Anna", {.language_code = "de-AT"});
    auto boris = app.user("Boris", {.language_code = "ru"});
    anna.sends("/start");
    CHECK(anna.last_reply().text() == "Hallo, Anna!");
    boris.sends("/start");
    CHECK(boris.last_reply().text() == "Hello, Boris!");
    anna.sends("/basket");
    CHECK(anna.last_reply().text() == "12 Eier");
    anna.sends("/language en");
    CHECK(anna.last_reply().text() == "English it is.");
    anna.sends("/basket");
    CHECK(anna.last_reply().text() == "12 eggs");
}
