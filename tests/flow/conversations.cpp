// Order inside a conversation, keys, and which updates may move it at all.
#include "updates.hpp"

#include <doctest/doctest.h>

using namespace banter;

namespace {

struct log_book {
    std::vector<std::string> lines;
};

struct survey {
    struct asking {
        int asked = 0;
    };
    struct done {};

    static asking begin(log_book& log) {
        log.lines.push_back("begin");
        return {1};
    }
    static void help(log_book& log) noexcept { log.lines.push_back("help"); }
    static asking again(asking& here, log_book& log) {
        log.lines.push_back(concat("again ", here.asked));
        return {here.asked + 1};
    }
    static done finish(const asking& here, log_book& log) {
        log.lines.push_back(concat("finish ", here.asked));
        return {};
    }
    static constexpr auto flow() {
        return conversation(
            entry_points(on(command<"begin">, begin)),
            globals(on(command<"help">, help)),
            state<asking>(on(command<"help"> || command<"no">,
                             [](log_book& log) { log.lines.push_back("hidden"); }),
                          on(regex<"^no">, again), on(text && !command<>, finish)),
            state<done>(on(command<"over">, [] { return end{}; })),
            fallbacks(on(command<>, [](log_book& log) { log.lines.push_back("fallback"); })));
    }
};

using survey_bot = bench_of<basic_dispatcher<services<log_book>, survey>>;

template <key... Parts>
struct keyed {
    struct open {
        int count = 0;
    };
    static void count(open& here) { ++here.count; }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"open">, [] { return open{}; })),
                            state<open>(on(text && !command<>, count)), trap<open>,
                            keyed_by<Parts...>);
    }
};

struct place {
    std::int64_t chat = -100;
    std::int64_t user = 1;
    std::int64_t thread = 0;
    std::string_view business = "";
    std::string_view kind = "message";
};

std::string said(std::string_view words, const place& at) {
    std::string more;
    if (words.starts_with('/'))
        more += concat(R"(,"entities":[{"type":"bot_command","offset":0,"length":)", words.size(),
                       "}]");
    if (at.thread != 0)
        more += concat(R"(,"message_thread_id":)", at.thread, R"(,"is_topic_message":true)");
    if (!at.business.empty())
        more += concat(R"(,"business_connection_id":")", at.business, '"');
    const std::string author =
        at.kind == "channel_post"
            ? std::string()
            : concat(R"("from":{"id":)", at.user, R"(,"is_bot":false,"first_name":"A"},)");
    return concat(R"({"update_id":)", next_id++, R"(,")", at.kind, R"(":{"message_id":7,)", author,
                  R"("chat":{"id":)", at.chat, R"(,"type":"supergroup","title":"G"},"date":1,)",
                  R"("text":")", words, '"', more, "}}");
}

}  // namespace

TEST_CASE("globals, then the state's own, then fallbacks; outside only entry points") {
    log_book log;
    survey_bot b{services(log)};
    const auto says = [&](std::string_view words) {
        log.lines.clear();
        b.send(text_update(1, words));
        return log.lines.empty() ? std::string() : log.lines.front();
    };
    CHECK(says("/help") == "");
    CHECK(says("hello") == "");
    CHECK(says("/begin") == "begin");
    CHECK(says("/help") == "help");
    CHECK(says("no, wait") == "again 1");
    CHECK(says("nothing") == "again 2");
    CHECK(says("/begin") == "fallback");  // no allow_reentry: entry points are not tried inside
    CHECK(says("well then") == "finish 3");
    CHECK(b.bot_.state_of<survey, survey::done>(1, 1) != nullptr);
    CHECK(says("hello") == "");
    CHECK(says("/help") == "help");
    CHECK(says("/over") == "");
    CHECK_FALSE(b.bot_.in_conversation<survey>(1, 1));
}

TEST_CASE("edited messages, channel posts and the like do not move a conversation unasked") {
    log_book log;
    survey_bot b{services(log)};
    for (const char* kind : {"edited_message", "channel_post", "edited_channel_post",
                             "business_message", "edited_business_message", "guest_message"}) {
        CAPTURE(kind);
        b.send(said("/begin", {.kind = kind}));
        CHECK(log.lines.empty());
    }
    b.send(said("/begin", {}));
    CHECK(b.bot_.in_conversation<survey>(-100, 1));
    b.send(said("answer", {.kind = "edited_message"}));
    CHECK(b.bot_.state_of<survey, survey::asking>(-100, 1) != nullptr);
}

TEST_CASE("keys: whose conversation it is") {
    using by_user = keyed<key::user>;
    using by_chat = keyed<key::chat>;
    using by_thread = keyed<key::chat, key::thread>;
    using by_business = keyed<key::business, key::user>;

    SUBCASE("the user's, in all chats") {
        bench<by_user> b;
        b.send(said("/open", {.chat = -1}));
        b.send(said("x", {.chat = -2}));
        b.send(said("x", {.chat = -2, .user = 2}));
        CHECK(b.bot_.state_of<by_user, by_user::open>(1)->count == 1);
        CHECK(b.bot_.conversations<by_user>() == 1);
    }
    SUBCASE("the chat's, of all users") {
        bench<by_chat> b;
        b.send(said("/open", {}));
        b.send(said("x", {.user = 2}));
        b.send(said("x", {.user = 3}));
        CHECK(b.bot_.state_of<by_chat, by_chat::open>(-100)->count == 2);
    }
    SUBCASE("the topic's") {
        bench<by_thread> b;
        b.send(said("/open", {.thread = 5}));
        b.send(said("x", {.thread = 5}));
        b.send(said("x", {.thread = 6}));
        b.send(said("x", {}));
        CHECK(b.bot_.state_of<by_thread, by_thread::open>(-100, 5)->count == 1);
        CHECK(b.bot_.conversations<by_thread>() == 1);
    }
    SUBCASE("the business connection's") {
        bench<by_business> b;
        b.send(said("/open", {.business = "one"}));
        b.send(said("/open", {.business = "two"}));
        CHECK(b.bot_.conversations<by_business>() == 2);
    }
}

TEST_CASE("a button of a message that inline mode sent belongs to no chat's conversation") {
    struct pressing {
        struct open {};
        static constexpr auto flow() {
            return conversation(entry_points(on(callback<>, [] { return open{}; })), state<open>(),
                                trap<open>);
        }
    };
    bench<pressing> b;
    b.send(concat(R"({"update_id":)", next_id++,
                  R"(,"callback_query":{"id":"q","from":{"id":1,"is_bot":false,"first_name":"A"},)",
                  R"("inline_message_id":"i1","chat_instance":"1","data":"x"}})"));
    CHECK(b.bot_.conversations<pressing>() == 0);
    b.send(press_update(1, "x"));
    CHECK(b.bot_.conversations<pressing>() == 1);
}

TEST_CASE("replies keep topic, business connection and, in groups, quote the message") {
    struct answering {
        static void take(context& ctx) { ctx.reply("yes"); }
        static constexpr auto flow() {
            return handlers(on((message || business_message) && text, take));
        }
    };
    bench<answering> b;
    b.send(text_update(1, "x"));
    CHECK(b.last_body() == R"({"chat_id":1,"text":"yes"})");
    b.send(said("x", {.thread = 5}));
    CHECK(b.last_body().find(R"("message_thread_id":5)") != std::string::npos);
    CHECK(b.last_body().find(R"("reply_parameters":{"message_id":7})") != std::string::npos);
    b.send(said("x", {.business = "one", .kind = "business_message"}));
    CHECK(b.last_body().find(R"("business_connection_id":"one")") != std::string::npos);
}

namespace {
struct named {
    struct person {
        std::string name;
    };
    struct asking {};
    static task<finish<person>> slowly(matched<text> name) {
        co_return finish{person{concat("slow ", name)}};
    }
    static next<finish<person>, stay> at_once(matched<text> name) {
        if (name.text() == "?") return stay{};
        return finish{person{concat("quick ", name)}};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"open">, [] { return asking{}; })),
                            state<asking>(on(regex<"^s">, slowly), on(text, at_once)));
    }
};
}  // namespace

TEST_CASE("finish<R> ends a conversation that is nested in no other") {
    bench<named> b;
    for (const std::string_view answer : {"quick", "slow"}) {
        b.send(said("/open", {}));
        b.send(said("?", {}));
        CHECK(b.bot_.conversations<named>() == 1);
        b.send(said(answer, {}));
        CHECK(b.bot_.conversations<named>() == 0);
    }
}
