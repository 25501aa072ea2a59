// Whose conversation it is: topics, business connections, and senders who hide behind a chat.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct notes {
    int taken = 0;
};

/// Counts what one sender says, until told to stop or nothing comes for a while.
template <key... Parts>
struct counting_by {
    struct open {
        int said = 0;
    };
    static open start(context& ctx) {
        ctx.reply("Begin.");
        return {};
    }
    static stay more(context& ctx, open& here, user_data<notes>& kept) {
        ++here.said;
        ++kept->taken;
        ctx.reply(banter::concat(here.said, " of ", ctx.user_id(), " by ", ctx.sender_id()));
        return {};
    }
    static end over(context& ctx) {
        ctx.reply("Over.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(keyed_by<Parts...>, entry_points(on(command<"count">, start)),
                            state<open>(on(text && !command<>, more)), after(10min, over));
    }
};

using counting = counting_by<key::chat, key::user>;
using counting_everywhere = counting_by<key::user>;
using counting_in_topic = counting_by<key::chat, key::user, key::thread>;

/// The same for business chats.
struct business_desk {
    struct open {
        int said = 0;
    };
    static open start(context&) { return {}; }
    static stay more(context& ctx, open& here) {
        ctx.reply(banter::concat(++here.said));
        return {};
    }
    static end done(context&) { return {}; }
    static constexpr auto flow() {
        return conversation(keyed_by<key::chat, key::user, key::business>,
                            entry_points(on(business_message && regex<"^open$">, start)),
                            state<open>(on(business_message && regex<"^done$">, done),
                                        on(business_message && text, more)));
    }
};

}  // namespace

TEST_CASE("keys: an anonymous administrator is nobody else") {
    testkit::app<counting> app;
    auto anna = app.user("Anna");
    const auto family = app.group("Family");
    const auto work = app.group("Work");
    auto hidden = anna.in_chat(family).anonymously();
    auto elsewhere = anna.in_chat(work).anonymously();
    hidden.sends("/count");
    hidden.sends("one");
    CHECK(hidden.last_reply().text() ==
          "1 of 1087968824 by " + std::to_string(family));
    CHECK(hidden.in<counting::open>().said == 1);
    CHECK_FALSE(anna.in_chat(family).in_conversation<counting>());
    CHECK_FALSE(elsewhere.in_conversation<counting>());
    // Their data is not shared by all anonymous administrators there are.
    elsewhere.sends("/count");
    elsewhere.sends("one");
    elsewhere.sends("two");
    CHECK(hidden.user_data<notes>().taken == 1);
    CHECK(elsewhere.user_data<notes>().taken == 2);
    CHECK(anna.user_data<notes>().taken == 0);
}

TEST_CASE("keys: each channel that writes in a group has its own") {
    testkit::app<counting> app;
    auto anna = app.user("Anna");
    const auto family = app.group("Family");
    auto news = anna.in_chat(family).on_behalf_of(app.group("News", {.type = "channel"}));
    auto sport = anna.in_chat(family).on_behalf_of(app.group("Sport", {.type = "channel"}));
    news.sends("/count");
    sport.sends("/count");
    news.sends("one");
    news.sends("two");
    sport.sends("one");
    CHECK(news.in<counting::open>().said == 2);
    CHECK(sport.in<counting::open>().said == 1);
    CHECK_FALSE(anna.in_chat(family).anonymously().in_conversation<counting>());
}

TEST_CASE("keys: with the user alone, anonymous administrators of two groups stay apart") {
    testkit::app<counting_everywhere> app;
    auto anna = app.user("Anna");
    auto hidden = anna.in_chat(app.group("Family")).anonymously();
    auto elsewhere = anna.in_chat(app.group("Work")).anonymously();
    hidden.sends("/count");
    CHECK(hidden.in_conversation<counting_everywhere>());
    CHECK_FALSE(elsewhere.in_conversation<counting_everywhere>());
    // A channel that writes in two groups is one sender.
    const auto channel = app.group("News", {.type = "channel"});
    anna.in_chat(app.group("Third")).on_behalf_of(channel).sends("/count");
    CHECK(anna.in_chat(app.group("Fourth"))
              .on_behalf_of(channel)
              .in_conversation<counting_everywhere>());
}

TEST_CASE("keys: a timeout finds the conversation of a hidden sender") {
    testkit::app<counting> app;
    auto anna = app.user("Anna");
    auto hidden = anna.in_chat(app.group("Family")).anonymously();
    hidden.sends("/count");
    hidden.sends("one");
    app.advance(11min);
    CHECK(hidden.last_reply().text() == "Over.");
    CHECK_FALSE(hidden.in_conversation<counting>());
}

TEST_CASE("keys: what a hidden sender edits is still that sender's") {
    testkit::app<counting> app;
    auto hidden = app.user("Anna").in_chat(app.group("Family")).anonymously();
    hidden.sends("/count");
    hidden.sends("one");
    hidden.edits("two");
    CHECK(hidden.in<counting::open>().said == 1);  // no filter says edited_message
}

TEST_CASE("keys: topics of a forum are told apart by the part thread") {
    testkit::app<counting_in_topic> app;
    auto anna = app.user("Anna");
    const auto forum = app.group("Forum", {.is_forum = true});
    const auto first = app.telegram().add_topic(forum, "First");
    const auto second = app.telegram().add_topic(forum, "Second");
    auto here = anna.in_chat(forum, first);
    auto there = anna.in_chat(forum, second);
    auto general = anna.in_chat(forum);
    here.sends("/count");
    here.sends("one");
    CHECK(here.in<counting_in_topic::open>().said == 1);
    CHECK_FALSE(there.in_conversation<counting_in_topic>());
    CHECK_FALSE(general.in_conversation<counting_in_topic>());
    general.sends("/count");
    CHECK(general.in_conversation<counting_in_topic>());
    app.advance(11min);
    CHECK(here.last_reply().text() == "Over.");
}

TEST_CASE("keys: a business connection is a part of its own") {
    testkit::app<business_desk> app;
    auto anna = app.user("Anna");
    const auto says = [&](std::string_view words, std::string_view connection) {
        anna.sends(testkit::content::text(words).via_business(connection));
    };
    says("open", "alpha");
    says("one", "alpha");
    CHECK(anna.last_reply().text() == "1");
    says("open", "beta");
    says("one", "beta");
    CHECK(anna.last_reply().text() == "1");
    says("done", "beta");
    says("two", "alpha");
    CHECK(anna.last_reply().text() == "2");
}
