// PTB's rules R30 to R36, and R17: which conversation an update belongs to. tests/rules.md lists all
// rules.
#include "updates.hpp"

#include <doctest/doctest.h>

using namespace banter;

namespace {

template <key... Parts>
struct counting {
    struct here {
        int count = 0;
    };
    static here begin() { return {}; }
    static void count(here& at) { ++at.count; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"open"> || callback<"open">, begin)),
                            state<here>(on(callback<"count"> || regex<"^count">, count)),
                            trap<here>, keyed_by<Parts...>);
    }
};
/// A conversation that only buttons lead through.
template <key... Parts>
struct pressing {
    struct here {
        int count = 0;
    };
    static constexpr auto flow() {
        return conversation(
            entry_points(on(callback<"open">, [] { return here{}; })),
            state<here>(on(callback<"count">, [](here& at) { ++at.count; })), trap<here>,
            keyed_by<Parts...>);
    }
};

std::string sent_by(std::int64_t user) {
    return concat(R"("from":{"id":)", user, R"(,"is_bot":false,"first_name":"A"})");
}
std::string sent_in(std::int64_t chat) {
    return concat(R"("chat":{"id":)", chat, R"(,"type":"supergroup","title":"G"},"date":1)");
}
std::string says(std::int64_t chat, std::int64_t user, std::string_view words) {
    const std::string_view entities =
        words == "/open" ? R"(,"entities":[{"type":"bot_command","offset":0,"length":5}])" : "";
    return concat(R"({"update_id":)", next_id++, R"(,"message":{"message_id":7,)", sent_by(user),
                  ",", sent_in(chat), R"(,"text":")", words, '"', entities, "}}");
}
std::string presses(std::int64_t chat, std::int64_t user, std::int64_t message,
                    std::string_view data) {
    return concat(R"({"update_id":)", next_id++, R"(,"callback_query":{"id":"q",)", sent_by(user),
                  R"(,"chat_instance":"1","data":")", data, R"(","message":{"message_id":)", message,
                  ",", sent_in(chat), "}}}");
}
std::string presses_inline(std::int64_t user, std::string_view message, std::string_view data) {
    return concat(R"({"update_id":)", next_id++, R"(,"callback_query":{"id":"q",)", sent_by(user),
                  R"(,"chat_instance":"1","data":")", data, R"(","inline_message_id":")", message,
                  R"("}})");
}

}  // namespace

TEST_CASE("R17: keyed by message without the chat: messages of two chats are never mixed up") {
    using talk = pressing<key::user, key::message>;
    bench<talk> b;
    b.send(presses(-1, 7, 50, "open"));
    b.send(presses(-2, 7, 50, "count"));  // the same number in another chat
    CHECK(b.bot_.conversations<talk>() == 1);
    b.send(presses(-2, 7, 50, "open"));
    CHECK(b.bot_.conversations<talk>() == 2);

    using topics = counting<key::thread>;
    bench<topics> by_topic;
    const auto in_topic = [](std::int64_t chat, std::string_view words) {
        std::string out = says(chat, 7, words);
        out.insert(out.size() - 2, R"(,"message_thread_id":5,"is_topic_message":true)");
        return out;
    };
    by_topic.send(in_topic(-1, "/open"));
    by_topic.send(in_topic(-2, "/open"));
    CHECK(by_topic.bot_.conversations<topics>() == 2);
}

TEST_CASE("R30: the key holds what keyed_by names, and nothing else") {
    using all = pressing<key::chat, key::user, key::message>;
    bench<all> b;
    b.send(presses(-1, 7, 50, "open"));
    REQUIRE(b.bot_.state_of<all, all::here>(-1, 7, 50) != nullptr);
    for (const std::string& other :
         {presses(-2, 7, 50, "count"), presses(-1, 8, 50, "count"), presses(-1, 7, 51, "count")})
        b.send(other);
    CHECK(b.bot_.state_of<all, all::here>(-1, 7, 50)->count == 0);
    b.send(presses(-1, 7, 50, "count"));
    CHECK(b.bot_.state_of<all, all::here>(-1, 7, 50)->count == 1);

    // In the order in which they are named.
    using turned = counting<key::user, key::chat>;
    bench<turned> c;
    c.send(says(-1, 7, "/open"));
    CHECK(c.bot_.in_conversation<turned>(7, -1));
    CHECK_FALSE(c.bot_.in_conversation<turned>(-1, 7));
}

TEST_CASE("R31: keyed by chat: everybody there shares one conversation") {
    using talk = counting<key::chat>;
    bench<talk> b;
    b.send(says(-1, 7, "/open"));
    b.send(says(-1, 8, "count"));
    b.send(says(-1, 9, "count"));
    b.send(says(-2, 7, "count"));
    CHECK(b.bot_.state_of<talk, talk::here>(-1)->count == 2);
    CHECK(b.bot_.conversations<talk>() == 1);
}

TEST_CASE("R32: keyed by user: the conversation follows the user from chat to chat") {
    using talk = counting<key::user>;
    bench<talk> b;
    b.send(says(-1, 7, "/open"));
    b.send(says(-2, 7, "count"));
    b.send(text_update(7, "count"));
    b.send(presses_inline(7, "inline", "count"));
    b.send(says(-1, 8, "count"));
    CHECK(b.bot_.state_of<talk, talk::here>(7)->count == 3);
    CHECK(b.bot_.conversations<talk>() == 1);
}

TEST_CASE("R33: keyed by message: each message is a conversation, of a chat or inline") {
    using talk = pressing<key::message>;
    bench<talk> b;
    b.send(presses(-1, 7, 50, "open"));
    b.send(presses(-1, 8, 50, "count"));  // the message counts, not who presses
    b.send(presses(-1, 7, 51, "count"));
    CHECK(b.bot_.conversations<talk>() == 1);
    b.send(presses_inline(7, "AAA", "open"));
    b.send(presses_inline(7, "BBB", "count"));
    CHECK(b.bot_.conversations<talk>() == 2);
    b.send(presses_inline(7, "BBB", "open"));
    CHECK(b.bot_.conversations<talk>() == 3);

    using of_one = pressing<key::user, key::message>;
    bench<of_one> c;
    c.send(presses_inline(7, "AAA", "open"));
    c.send(presses_inline(8, "AAA", "count"));
    CHECK(c.bot_.conversations<of_one>() == 1);
    c.send(presses_inline(8, "AAA", "open"));
    CHECK(c.bot_.conversations<of_one>() == 2);
}

TEST_CASE("R34: another user here, and the same user elsewhere, have conversations of their own") {
    using talk = counting<key::chat, key::user>;
    bench<talk> b;
    b.send(says(-1, 7, "/open"));
    b.send(says(-1, 8, "count"));
    b.send(says(-2, 7, "count"));
    CHECK(b.bot_.state_of<talk, talk::here>(-1, 7)->count == 0);
    CHECK(b.bot_.conversations<talk>() == 1);
    b.send(says(-1, 8, "/open"));
    b.send(says(-2, 7, "/open"));
    CHECK(b.bot_.conversations<talk>() == 3);
    b.send(says(-1, 8, "count"));
    CHECK(b.bot_.state_of<talk, talk::here>(-1, 8)->count == 1);
    CHECK(b.bot_.state_of<talk, talk::here>(-1, 7)->count == 0);
}

namespace {
/// Two conversations that anybody may begin at any time. Both count what is said.
template <char Letter, class... Options>
struct lettered {
    struct here {
        int heard = 0;
    };
    static here begin() { return {}; }
    static void hear(here& at) { ++at.heard; }
    static constexpr auto flow() {
        return conversation(entry_points(on(callback<fixed_string<2>({Letter, '\0'})>, begin)),
                            state<here>(on(text, hear)), trap<here>, Options{}...);
    }
};
}  // namespace

TEST_CASE("R36: one conversation for a key: another that begins ends it, unless one is parallel") {
    using first = lettered<'a'>;
    using second = lettered<'b'>;
    bench<first, second> b;
    b.send(press_update(1, "b"));
    b.send(press_update(1, "a"));
    CHECK(b.bot_.in_conversation<first>(1, 1));
    CHECK_FALSE(b.bot_.in_conversation<second>(1, 1));
    b.send(text_update(1, "heard by the one that goes on"));
    CHECK(b.bot_.state_of<first, first::here>(1, 1)->heard == 1);
    b.send(press_update(1, "b"));
    CHECK_FALSE(b.bot_.in_conversation<first>(1, 1));
    b.send(text_update(1, "x"));
    CHECK(b.bot_.state_of<second, second::here>(1, 1)->heard == 1);

    // As in PTB: both go on, and the first in the list that takes an update has it.
    using aside = lettered<'c', detail::parallel_part>;
    bench<first, aside> c;
    c.send(press_update(1, "c"));
    c.send(press_update(1, "a"));
    CHECK(c.bot_.in_conversation<first>(1, 1));
    CHECK(c.bot_.in_conversation<aside>(1, 1));
    c.send(text_update(1, "x"));
    CHECK(c.bot_.state_of<first, first::here>(1, 1)->heard == 1);
    CHECK(c.bot_.state_of<aside, aside::here>(1, 1)->heard == 0);
}

TEST_CASE("R35: topics, business connections and hidden senders have keys of their own") {
    const auto says_with = [](std::string_view kind, std::int64_t chat, std::int64_t user,
                              std::string_view more, std::string_view words) {
        std::string out = says(chat, user, words);
        out.replace(out.find("\"message\""), 9, concat('"', kind, '"'));
        out.insert(out.size() - 2, more);
        return out;
    };
    using by_topic = counting<key::chat, key::user, key::thread>;
    bench<by_topic> topics;
    for (const int thread : {5, 6})
        topics.send(says_with("message", -1, 7,
                              concat(R"(,"is_topic_message":true,"message_thread_id":)", thread),
                              "/open"));
    CHECK(topics.bot_.conversations<by_topic>() == 2);
    CHECK(topics.bot_.in_conversation<by_topic>(-1, 7, 6));
    // In a group without topics the thread is one of replies, and no place of its own.
    topics.send(says_with("message", -2, 7, R"(,"message_thread_id":5)", "/open"));
    CHECK(topics.bot_.in_conversation<by_topic>(-2, 7, 0));

    struct of_business {
        struct here {};
        static constexpr auto flow() {
            return conversation(
                entry_points(on(business_message && command<"open">, [] { return here{}; })),
                state<here>(), trap<here>, keyed_by<key::chat, key::user, key::business>);
        }
    };
    bench<of_business> business;
    for (const char* connection : {"one", "two"})
        business.send(says_with("business_message", 7, 7,
                                concat(R"(,"business_connection_id":")", connection, '"'), "/open"));
    CHECK(business.bot_.conversations<of_business>() == 2);

    // Anonymous administrators share one stand-in as their user, and so do channels.
    using by_user = counting<key::user>;
    bench<by_user> users;
    for (const std::int64_t chat : {-1, -2}) {
        const std::string on_behalf = concat(R"(,"sender_chat":{"id":)", chat,
                                             R"(,"type":"supergroup","title":"G"})");
        users.send(says_with("message", chat, 1087968824, on_behalf, "/open"));
    }
    users.send(says_with("message", -1, 136817688,
                         R"(,"sender_chat":{"id":-3,"type":"channel","title":"C"})", "/open"));
    CHECK(users.bot_.conversations<by_user>() == 3);
    CHECK(users.bot_.in_conversation<by_user>(-1));
    CHECK(users.bot_.in_conversation<by_user>(-2));
    CHECK(users.bot_.in_conversation<by_user>(-3));
}
