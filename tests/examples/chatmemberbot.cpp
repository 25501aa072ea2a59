// The chat member example, played in the test kit.
#define main example_main
#include "../../examples/chatmemberbot.cpp"
#undef main

#include <banter/testkit/app.hpp>
#include <banter/testkit/explore.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

bool holds(std::string_view where, std::string_view what) {
    return where.find(what) != std::string_view::npos;
}

/// A ChatMember: "member", or "restricted" with is_member.
std::string member(std::string_view status, std::int64_t user, std::string_view more = {}) {
    return concat(R"({"status":")", status, R"(","user":{"id":)", user,
                  R"(,"is_bot":false,"first_name":"Who"})", more, '}');
}
constexpr std::string_view inside = R"(,"is_member":true)", outside = R"(,"is_member":false)";

struct moves {
    testkit::app<membership> app;
    std::int64_t chat = app.group("Friends", {.id = -100500});

    void happen(std::string_view kind, std::string_view before, std::string_view after,
                std::string_view type = "supergroup", std::int64_t where = -100500) {
        app.telegram().push(concat(R"({")", kind, R"(":{"chat":{"id":)", where, R"(,"type":")", type,
                                   R"(","title":"T"},"from":{"id":9,"is_bot":false,"first_name":)",
                                   R"("A <b>"},"date":1,"old_chat_member":)", before,
                                   R"(,"new_chat_member":)", after, "}}"));
        app.settle();
    }
    known_chats& known() { return app.bot_data<known_chats>(); }
};

}  // namespace

TEST_CASE("the chats of the bot") {
    moves test;
    auto anna = test.app.user("Anna", {.id = 700});
    anna.sends("/show_chats");
    CHECK_FALSE(holds(anna.last_reply().text(), "700"));
    anna.sends_sticker();
    CHECK(holds(anna.last_reply().text(), "Anna"));
    anna.sends("again");
    CHECK(anna.replies().size() == 2);
    test.happen("my_chat_member", member("left", 1), member("member", 1));
    test.happen("my_chat_member", member("left", 1), member("administrator", 1), "channel", -42);
    test.happen("my_chat_member", member("left", 1), member("member", 1), "group", -43);
    anna.edits("/show_chats", anna.sends("again"));
    const std::string shown = anna.last_reply().text();
    for (const auto* id : {"700", "-100500", "-42", "-43", "@banter_test_bot"}) CHECK(holds(shown, id));
    test.happen("my_chat_member", member("member", 1), member("kicked", 1), "private", 700);
    CHECK(test.known().users.empty());
    test.happen("my_chat_member", member("administrator", 1), member("left", 1), "channel", -42);
    CHECK(test.known().channels.empty());
    CHECK(test.app.errors().empty());
}

TEST_CASE("which transitions count") {
    struct transition {
        const char* before;
        std::string_view was;
        const char* after;
        std::string_view is;
        int joined;
    };
    constexpr transition all[] = {
        {"left", "", "member", "", 1},
        {"kicked", "", "creator", "", 1},
        {"left", "", "restricted", inside, 1},
        {"restricted", outside, "member", "", 1},
        {"member", "", "left", "", -1},
        {"restricted", inside, "kicked", "", -1},
        {"administrator", "", "restricted", outside, -1},
        {"restricted", inside, "restricted", outside, 0},
        {"restricted", outside, "restricted", inside, 0},
        {"restricted", outside, "kicked", "", 0},
        {"kicked", "", "left", "", 0},
        {"restricted", inside, "member", "", 0},
        {"left", "", "restricted", outside, 0},
        {"member", "", "administrator", "", 0},
    };
    for (const transition& one : all) {
        CAPTURE(one.before);
        CAPTURE(one.after);
        CAPTURE(one.is);
        moves test;
        test.known().groups = {-7};
        if (one.joined <= 0) test.known().groups.insert(test.chat);
        const auto before = test.known().groups;
        test.happen("my_chat_member", member(one.before, 1, one.was), member(one.after, 1, one.is));
        CHECK(test.known().groups.contains(test.chat) ==
              (one.joined == 0 ? before.contains(test.chat) : one.joined > 0));
        CHECK(test.app.calls().empty());
        test.happen("chat_member", member(one.before, 8, one.was), member(one.after, 8, one.is));
        REQUIRE(test.app.calls().size() == (one.joined == 0 ? 0U : 1U));
        if (one.joined == 0) continue;
        const auto call = test.app.calls().back();
        CHECK(call.integer("chat_id") == test.chat);
        CHECK(call.text("parse_mode") == "HTML");
        CHECK_FALSE(call.has("reply_parameters"));
        const std::string said = call.text("text");
        const auto who = said.find(R"(<a href="tg://user?id=8">Who</a>)");
        const auto by = said.find(R"(<a href="tg://user?id=9">A &lt;b&gt;</a>)");
        CHECK(who < by);
        CHECK(by != std::string::npos);
    }
}

TEST_CASE("business chats, groups, channels, migration") {
    moves test;
    auto anna = test.app.user("Anna", {.id = 700});
    anna.sends(testkit::content::text("/show_chats").via_business("b1"));
    CHECK(test.app.calls().back().text("business_connection_id") == "b1");
    CHECK(test.known().users.contains(700));
    const auto calls = test.app.calls().size();
    anna.in_chat(test.chat).sends("hello");
    test.app.telegram().post(test.app.group("News", {.type = "channel"}),
                             testkit::content::text("news"));
    test.app.settle();
    CHECK(test.app.calls().size() == calls);

    const auto old_group = test.app.group("Old", {.type = "group"});
    test.known().groups.insert(old_group);
    const auto new_group = test.app.telegram().migrate(700, old_group);
    test.app.settle();
    CHECK_FALSE(test.known().groups.contains(old_group));
    CHECK(test.known().groups.contains(new_group));
    CHECK(test.app.calls().size() == calls);
}

TEST_CASE("explored: every handler runs, nothing fails") {
    const auto report = testkit::explore<membership>();
    INFO(report.to_string());
    CHECK(report.ok());
    CHECK(report.all_edges());
}
