// Messages of one album come to on_event<album> in one call.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

using testkit::content;

struct gallery {
    struct waiting_pictures {
        std::size_t kept = 0;
    };
    struct waiting_receipt {};

    static waiting_pictures start(context&) { return {}; }
    static next<waiting_receipt, stay> keep(context& ctx, waiting_pictures& here, const album& pictures) {
        here.kept += pictures.size();
        ctx.reply(concat(pictures.size(), " pictures: ", pictures.caption()));
        if (pictures.caption() == "fail") throw std::runtime_error("as it was asked to");
        if (pictures.caption() == "more") return stay{};
        return waiting_receipt{};
    }
    static end receipt(context& ctx) {
        ctx.reply("Thank you for the receipt.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"start">, start)),
                            state<waiting_pictures>(on_event<album>(keep)),
                            state<waiting_receipt>(on(photo, receipt)));
    }
};
struct others {
    static void single(context& ctx) { ctx.reply("A picture."); }
    static void words(context& ctx, matched<text> input) { ctx.reply(input); }
    static constexpr auto flow() { return handlers(on(photo, single), on(text, words)); }
};

struct album_desk {
    static void take(context& ctx, const album& pictures) { ctx.reply(pictures.id()); }
    static constexpr auto flow() { return handlers(on_event<album>(take)); }
};

content picture(std::string_view id, std::string_view caption = {}) {
    return content::photo().caption(caption).in_album(id);
}
std::vector<std::string> texts_of(const testkit::actor& user) {
    std::vector<std::string> out;
    for (const auto& one : user.replies()) out.emplace_back(one.text());
    return out;
}
using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("An album is one call, when it has been quiet, and leads on once") {
    testkit::app<gallery, others> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.sends(picture("1"));
    app.advance(500ms);
    anna.sends(picture("1", "holidays"));
    app.advance(500ms);  // the time begins anew with each
    CHECK(anna.replies().empty());
    CHECK(app.in_flight() == 2);  // not acknowledged before it is handled
    app.advance(200ms);
    CHECK(texts_of(anna) == lines{"2 pictures: holidays"});
    CHECK(anna.is_in<gallery::waiting_receipt>());
    CHECK(app.in_flight() == 0);
    CHECK(app.errors().empty());
}

TEST_CASE("The tenth message completes an album; a late one is an album of its own") {
    testkit::app<gallery, others> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    for (int i = 0; i != 9; ++i) anna.sends(picture("1", "more"));
    CHECK(anna.replies().empty());
    anna.sends(picture("1", "more"));
    CHECK(texts_of(anna) == lines{"10 pictures: more"});
    anna.sends(picture("1", "more"));
    app.advance(1s);
    CHECK(texts_of(anna) == lines{"10 pictures: more", "1 pictures: more"});
    CHECK(anna.in<gallery::waiting_pictures>().kept == 11);
}

TEST_CASE("What comes later of the same key waits behind the album; others do not") {
    testkit::app<gallery, others> app;
    auto anna = app.user("Anna");
    auto bob = app.user("Bob");
    anna.sends("/start");
    anna.sends(picture("1", "more"));
    anna.sends("hello");
    anna.sends(picture("2", "more"));  // another album, behind that
    anna.sends(picture("1", "more"));
    bob.sends("hello");
    CHECK(anna.replies().empty());
    CHECK(texts_of(bob) == lines{"hello"});
    app.advance(1s);
    CHECK(texts_of(anna) == lines{"2 pictures: more", "hello", "1 pictures: more"});
}

TEST_CASE("An album that no rule takes is handled message by message") {
    testkit::app<gallery, others> app;
    auto anna = app.user("Anna");
    for (int i = 0; i != 3; ++i) anna.sends(picture("1"));
    app.advance(1s);
    CHECK(texts_of(anna) == lines{"A picture.", "A picture.", "A picture."});
    CHECK(app.counters().unheard_events == 0);
    CHECK(app.in_flight() == 0);

    anna.sends("/start");
    anna.sends(picture("2", "one"));
    app.advance(1s);
    anna.sends(picture("3"));  // in a state whose rules take pictures one by one
    anna.sends(picture("3"));
    app.advance(1s);
    CHECK(texts_of(anna) == lines{"A picture.", "A picture.", "A picture.", "1 pictures: one",
                                  "Thank you for the receipt.", "A picture."});
    CHECK(app.errors().empty());
}

TEST_CASE("If an album's handler fails, nothing moves and the album is done") {
    testkit::app<gallery, others> app;
    auto anna = app.user("Anna");
    anna.sends("/start");
    anna.sends(picture("1", "fail"));
    anna.sends(picture("1"));
    app.advance(1s);
    CHECK(anna.replies().empty());
    CHECK(anna.in<gallery::waiting_pictures>().kept == 0);
    CHECK(app.errors().size() == 1);
    CHECK(app.in_flight() == 0);
}

TEST_CASE("Albums of different chats with one id are different albums") {
    testkit::app<gallery, others> app;
    auto anna = app.user("Anna");
    auto bob = app.user("Bob");
    anna.sends("/start");
    bob.sends("/start");
    anna.sends(picture("1", "hers"));
    bob.sends(picture("1", "his"));
    app.advance(1s);
    CHECK(texts_of(anna) == lines{"1 pictures: hers"});
    CHECK(texts_of(bob) == lines{"1 pictures: his"});
}

TEST_CASE("A picture without an album, and a bot without album rules, are as ever") {
    testkit::app<gallery, others> app;
    auto anna = app.user("Anna");
    anna.sends_photo();
    CHECK(texts_of(anna) == lines{"A picture."});
    testkit::app<others> plain;
    auto bob = plain.user("Bob");
    bob.sends(picture("1"));
    CHECK(texts_of(bob) == lines{"A picture."});
}

TEST_CASE("The messages that a rule for albums needs are asked for") {
    const auto names = dispatcher<album_desk>::allowed_updates();
    REQUIRE(names.size() == 1);
    CHECK(names[0] == "message");
}
