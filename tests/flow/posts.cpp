// Events that are posted to the bot as a whole go through its structs and groups as updates do.
#include <banter/flow/diagram.hpp>
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

/// Says whose it is: user_data and the user's private chat are there.
struct payload_submitted {
    std::int64_t user_id = 0;
    std::string payload;
};
/// Belongs to nobody.
struct alarm_raised {
    std::string where = "the kitchen";
};
/// Of a chat as a whole.
struct chat_closed {
    std::int64_t chat_id = 0;
};

struct seen_payloads {
    std::vector<std::string> all;
};

struct desk {
    static task<> submitted(bot& api, user_data<seen_payloads>& seen, const payload_submitted& what) {
        if (what.payload == "wait") {
            auto pause = api.network().wait(1s);
            co_await std::move(pause);
        }
        if (what.payload == "throw") throw std::runtime_error("no such payload");
        seen->all.push_back(what.payload);
        co_await api(send_message{.chat_id = what.user_id, .text = concat("Got ", what.payload)});
    }
    static void raised(bot&, bot_data<std::vector<std::string>>& places, alarm_raised what) {
        places->push_back(std::move(what.where));
    }
    static void closed(context& ctx, const chat_closed&) { ctx.reply("This chat is closed."); }
    static void line(bot_data<std::vector<std::string>>& places, std::string&& words) {
        places->push_back("line " + std::move(words));
    }
    static void say(context& ctx, posts<alarm_raised>& alarms, user_data<seen_payloads>& seen,
                    matched<text> input) {
        alarms.post({std::string(input)});
        if (std::string(input) == "fail") throw std::runtime_error("failed");
        ctx.reply(concat(seen->all.size(), " payloads"));
    }
    static constexpr auto flow() {
        return handlers(on_event<payload_submitted>(submitted), on_event<alarm_raised>(raised),
                        on_event<chat_closed>(closed), on_event<std::string>(line), on(text, say));
    }
};

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("A posted event goes to the handler that takes it, with the data of the user it names") {
    testkit::app<desk> app;
    auto anna = app.user("Anna");
    CHECK(app.posts(payload_submitted{anna.id(), "first"}) == post_result::queued);
    CHECK(app.posts(payload_submitted{anna.id(), "second"}) == post_result::queued);
    CHECK(anna.user_data<seen_payloads>().all == lines{"first", "second"});
    REQUIRE(app.calls("sendMessage").size() == 2);
    anna.sends("hello");
    CHECK(anna.last_reply().text() == "2 payloads");
    CHECK(app.errors().empty());
    CHECK(app.counters().posts == 3);
    CHECK(app.counters().unheard_events == 0);
}

TEST_CASE("An event that names a chat speaks to it; one that names nobody has the bot's data") {
    testkit::app<desk> app;
    auto anna = app.user("Anna");
    const auto club = app.group("Club");
    CHECK(app.posts(chat_closed{club}) == post_result::queued);
    CHECK(anna.in_chat(club).last_reply().text() == "This chat is closed.");
    CHECK(app.posts(alarm_raised{}) == post_result::queued);
    CHECK(app.posts(std::string("reload")) == post_result::queued);
    CHECK(app.bot_data<lines>() == lines{"the kitchen", "line reload"});
}

TEST_CASE("Posted events run in order with the updates of their chat and user, and stop nobody else") {
    testkit::app<desk> app;
    auto anna = app.user("Anna");
    auto bob = app.user("Bob");
    CHECK(app.posts(payload_submitted{anna.id(), "wait"}) == post_result::queued);
    CHECK(app.posts(payload_submitted{anna.id(), "later"}) == post_result::queued);
    anna.sends("hello");
    bob.sends("hello");
    CHECK(anna.replies().empty());  // her event waits, and all else behind it
    CHECK(bob.last_reply().text() == "0 payloads");
    app.advance(1s);
    CHECK(anna.last_reply().text() == "2 payloads");
    CHECK(anna.user_data<seen_payloads>().all == lines{"wait", "later"});
}

TEST_CASE("What a handler posts is declared: dropped if the handler fails") {
    testkit::app<desk> app;
    auto anna = app.user("Anna");
    anna.sends("the cellar");
    CHECK(app.bot_data<lines>() == lines{"the cellar"});
    anna.sends("fail");
    CHECK(app.bot_data<lines>() == lines{"the cellar"});
    CHECK(app.errors().size() == 1);
}

TEST_CASE("A posted event whose handler fails is reported as an update's is") {
    testkit::app<desk> app;
    CHECK(app.posts(payload_submitted{5, "throw"}) == post_result::queued);
    REQUIRE(app.errors().size() == 1);
    CHECK(app.errors()[0].find("desk::submitted failed: no such payload") != std::string::npos);
}

// ---- conversations, groups ----

namespace {

struct paid {
    std::int64_t user_id = 0;
    int amount = 0;
};

struct order {
    struct paying {};
    static paying start(context& ctx) {
        ctx.reply("Please pay.");
        return {};
    }
    static end thank(context& ctx, const paid& what) {
        ctx.reply(concat("Thank you for ", what.amount, '.'));
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<paying>(on_event<paid>(thank)));
    }
};
struct till {
    static void note(context& ctx, const paid&) { ctx.reply("For what?"); }
    static constexpr auto flow() { return handlers(on_event<paid>(note)); }
};

}  // namespace

TEST_CASE("A conversation whose key the event names is asked in its turn") {
    testkit::app<order, till> app;
    auto anna = app.user("Anna");
    CHECK(app.posts(paid{anna.id(), 3}) == post_result::queued);
    CHECK(anna.last_reply().text() == "For what?");
    anna.sends("/order");
    CHECK(app.posts(paid{anna.id(), 5}) == post_result::queued);
    CHECK(anna.last_reply().text() == "Thank you for 5.");
    CHECK_FALSE(anna.in_conversation<order>());
    CHECK(app.counters().unheard_events == 0);
}

TEST_CASE("What no rule takes is counted") {
    testkit::app<order> app;
    CHECK(app.posts(paid{7, 3}) == post_result::queued);
    CHECK(app.counters().unheard_events == 1);
    CHECK(app.errors().empty());
}

namespace {

struct note {
    std::string words;
};
struct parcel {
    std::unique_ptr<int> what;
};
struct first_desk {
    static next<stay, stop<>> by_value(bot_data<lines>& seen, note what) {
        const bool last = what.words == "stop";
        if (what.words == "throw") throw std::runtime_error("thrown");
        seen->push_back("first " + std::move(what.words));
        if (last) return stop{};
        return stay{};
    }
    static void sign(bot_data<lines>& seen, parcel what) {
        seen->push_back(std::to_string(*what.what));
        if (*what.what == 0) throw std::runtime_error("empty");
    }
    static constexpr auto flow() {
        return handlers(on_event<note>(by_value), on_event<parcel>(sign));
    }
};
struct nobodys {
    static void say(context& ctx) { ctx.reply("Hello."); }
    static constexpr auto flow() { return handlers(on(text, say)); }
};
struct last_desk {
    static void by_move(bot_data<lines>& seen, note&& what) {
        seen->push_back("last " + std::move(what.words));
    }
    static void sign(bot_data<lines>& seen, parcel&&) { seen->push_back("last"); }
    static constexpr auto flow() {
        return handlers(on_event<note>(by_move), on_event<parcel>(sign));
    }
};

}  // namespace

TEST_CASE("Each group gets the event as it was posted, unless one stops it") {
    testkit::app<group<first_desk>, group<nobodys>, group<last_desk>> app;
    CHECK(app.posts(note{"one"}) == post_result::queued);
    CHECK(app.posts(note{"stop"}) == post_result::queued);
    CHECK(app.posts(note{"throw"}) == post_result::queued);
    CHECK(app.bot_data<lines>() == lines{"first one", "last one", "first stop", "last throw"});
    CHECK(app.counters().unheard_events == 0);
    CHECK(app.errors().size() == 1);
}

TEST_CASE("What cannot be copied goes to the first group that takes it, even if that fails") {
    testkit::app<group<first_desk>, group<last_desk>> app;
    CHECK(app.posts(parcel{std::make_unique<int>(4)}) == post_result::queued);
    CHECK(app.posts(parcel{std::make_unique<int>(0)}) == post_result::queued);
    CHECK(app.bot_data<lines>() == lines{"4", "0"});
}

// ---- descriptions, exploration ----

TEST_CASE("Posted events stand in diagrams and are explored") {
    CHECK(to_mermaid<desk>().find("event alarm_raised") != std::string::npos);
    const auto found = testkit::explore<desk>();
    INFO(found.to_string());
    CHECK(found.ran("raised"));
    CHECK(found.ran("line"));
    CHECK(found.ok());
}
