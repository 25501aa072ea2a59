// Jobs on the test kit's clock: when they run, with what, and what becomes of those that fail.
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct seen {
    int runs = 0;
};
struct notebook {
    std::vector<std::string> lines;
};

struct reminder {
    std::string text;
    int rings = 0;

    static void run(context& ctx, reminder& self, const job_info& info, user_data<seen>& user) {
        ++self.rings;
        ++user->runs;
        if (self.text == "broken") throw std::runtime_error("the bell is broken");
        ctx.reply(concat(self.text, " ", self.rings, info.next ? "" : " last"));
    }
};

/// Waits, and ends itself after three runs.
struct slow {
    int runs = 0;
    std::chrono::seconds takes{10};

    static task<> run(context& ctx, bot& api, slow& self, const job_info& info, jobs<slow>& all) {
        const int number = ++self.runs;
        ctx.reply(concat("begin ", number));
        auto pause = api.network().wait(self.takes);
        co_await std::move(pause);
        ctx.reply(concat("end ", number));
        if (number == 3) all.cancel(info.id);
        if (number == 7) throw std::runtime_error("seven");
        co_return;
    }
};

/// Needs no chat, and starts jobs of another kind.
struct ticker {
    static void run(notebook& book, const ticker&, jobs<reminder>& reminders) {
        book.lines.push_back("tick");
        reminders.once(1s, reminder{"from a ticker"}, {.chat_id = 1000});
    }
};

struct timers {
    static void set(context& ctx, jobs<reminder>& reminders) {
        const auto had = reminders.cancel("timer");
        reminders.once(10s, reminder{"Beep!"}, {.name = "timer"});
        ctx.reply(had != 0 ? "Replaced." : "Set.");
    }
    static void fail(jobs<reminder>& reminders) {
        reminders.once(10s, reminder{"never"});
        reminders.cancel("timer");
        throw std::runtime_error("no");
    }
    static void unset(context& ctx, jobs<reminder>& reminders) { ctx.reply(concat(reminders.cancel("timer"))); }
    static void every(jobs<reminder>& reminders, matched<command<"every">> said) {
        reminders.every(1min, reminder{std::string(said.text())}, {.name = "every"});
    }
    static void list(context& ctx, jobs<reminder>& reminders) {
        std::string out;
        for (const job_info& one : reminders.list()) out += one.name + (one.paused ? "(paused) " : " ");
        ctx.reply(out.empty() ? "none" : out);
    }
    static void slowly(jobs<slow>& jobs) { jobs.every(4s, slow{}); }
    static task<> waits(context& ctx, bot& api) {
        auto pause = api.network().wait(30s);
        co_await std::move(pause);
        ctx.reply("waited");
        co_return;
    }
    static void tick(jobs<ticker>& jobs) { jobs.once(5s, ticker{}); }
    static void inline_one(jobs<reminder>& reminders, telegram::inline_query) {
        reminders.once(1s, reminder{"nowhere"});
    }

    static constexpr auto flow() {
        return handlers(on(command<"set">, set), on(command<"fail">, fail),
                        on(command<"unset">, unset), on(command<"every">, every),
                        on(command<"list">, list), on(command<"slow">, slowly),
                        on(command<"wait">, waits), on(command<"tick">, tick),
                        on(inline_query, inline_one));
    }
};

using app_type = testkit::app<timers>;

std::vector<std::string> texts(const testkit::app<timers>::user_of_app& user) {
    std::vector<std::string> out;
    for (const auto& reply : user.replies()) out.emplace_back(reply.text());
    return out;
}
using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a job runs at its time, once, in the chat that it was made in") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    auto ben = app.user("Ben");
    anna.sends("/set");
    REQUIRE(app.jobs<reminder>().list().size() == 1);
    app.advance(9s);
    CHECK(texts(anna) == lines{"Set."});
    app.advance(1s);
    CHECK(texts(anna) == lines{"Set.", "Beep! 1 last"});
    CHECK(app.jobs<reminder>().list().empty());
    app.advance(1h);
    CHECK(texts(anna).size() == 2);
    CHECK(texts(ben).empty());
    // The user's data are within reach.
    CHECK(anna.user_data<seen>().runs == 1);
    CHECK(app.in_flight() == 0);
}

TEST_CASE("by name: handlers see the jobs of their chat") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    auto ben = app.user("Ben");
    anna.sends("/set");
    ben.sends("/set");
    anna.sends("/set");
    CHECK(texts(anna) == lines{"Set.", "Replaced."});
    CHECK(texts(ben) == lines{"Set."});
    CHECK(app.jobs<reminder>().named("timer").size() == 2);
    anna.sends("/unset");
    anna.sends("/unset");
    CHECK(anna.last_reply().text() == "0");
    app.advance(10s);
    CHECK(texts(anna).back() == "0");
    CHECK(texts(ben).back() == "Beep! 1 last");
}

TEST_CASE("what a handler that fails has declared does not happen") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    anna.sends("/set");
    anna.sends("/fail");
    CHECK(app.errors().size() == 1);
    REQUIRE(app.jobs<reminder>().list().size() == 1);
    app.advance(10s);
    CHECK(texts(anna) == lines{"Set.", "Beep! 1 last"});
}

TEST_CASE("repeating: what a run changes in its data stays, until the last time") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    const std::int64_t chat = anna.id();
    app.jobs<reminder>().every(1min, reminder{"ding"},
                            {.chat_id = chat, .user_id = chat, .first = 5s, .last = 2min + 5s});
    app.advance(5s);
    CHECK(texts(anna) == lines{"ding 1"});
    app.advance(1min);
    CHECK(texts(anna) == lines{"ding 1", "ding 2"});
    app.advance(1h);
    CHECK(texts(anna) == lines{"ding 1", "ding 2", "ding 3 last"});
    CHECK(app.jobs<reminder>().list().empty());
}

TEST_CASE("a run that fails goes to the error handlers, changes nothing, and the job goes on") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    anna.sends("/every broken");
    app.advance(3min);
    CHECK(app.errors().size() == 3);
    CHECK(app.errors().front().find("reminder::run") != std::string::npos);
    CHECK(app.errors().front().find("the bell is broken") != std::string::npos);
    CHECK(texts(anna).empty());
    const auto all = app.jobs<reminder>().list();
    REQUIRE(all.size() == 1);
    CHECK(app.jobs<reminder>().data(all[0].id)->rings == 0);
}

TEST_CASE("pause, resume, run_now") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    anna.sends("/every ding");
    auto& all = app.jobs<reminder>();
    const job_id id = all.named("every").at(0).id;
    app.advance(1min);
    CHECK(all.pause("every") == 1);
    anna.sends("/list");
    CHECK(anna.last_reply().text() == "every(paused)");
    app.advance(10min + 30s);
    CHECK(texts(anna).size() == 2);
    CHECK(all.run_now(id));
    app.settle();
    CHECK(anna.last_reply().text() == "ding 2");
    CHECK(all.resume(id));
    app.advance(29s);
    CHECK(texts(anna).size() == 3);
    app.advance(1s);
    CHECK(anna.last_reply().text() == "ding 3");
    CHECK(all.cancel(id));
    CHECK_FALSE(all.cancel(id));
    CHECK_FALSE(all.find(id));
    CHECK_FALSE(all.run_now(id));
    app.advance(1h);
    CHECK(texts(anna).size() == 4);
}

TEST_CASE("a paused job whose only time has passed runs when it is resumed") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    anna.sends("/set");
    auto& all = app.jobs<reminder>();
    all.pause("timer");
    app.advance(1h);
    CHECK(texts(anna).size() == 1);
    all.resume("timer");
    app.advance(1ms);
    CHECK(anna.last_reply().text() == "Beep! 1 last");
    CHECK(all.list().empty());
}

TEST_CASE("a run that takes longer than the interval: what it missed is one run, never two at once") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    anna.sends("/slow");
    app.advance(60s);
    // At 4, 14 (for 8 and 12), 24; it ends itself after the third.
    CHECK(texts(anna) ==
          lines{"begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3"});
    CHECK(app.jobs<slow>().list().empty());
    CHECK(app.in_flight() == 0);
}

TEST_CASE("a job that waits, cancelled meanwhile, ends its run and never runs again") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    anna.sends("/slow");
    app.advance(5s);
    CHECK(app.jobs<slow>().cancel(app.jobs<slow>().list().at(0).id));
    app.advance(10min);
    CHECK(texts(anna) == lines{"begin 1", "end 1"});
    CHECK(app.errors().empty());
}

TEST_CASE("a coroutine that fails after a wait leaves nothing behind") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    app.jobs<slow>().once(1s, slow{6, 5s}, {.chat_id = anna.id()});
    app.advance(1min);
    CHECK(texts(anna).empty());
    REQUIRE(app.errors().size() == 1);
    CHECK(app.errors()[0].find("seven") != std::string::npos);
    CHECK(app.jobs<slow>().list().empty());
}

TEST_CASE("a job stands in order with the updates of its chat and user") {
    struct conversation_of_bot {
        struct here {};
        static here start(context&, jobs<reminder>& reminders) {
            reminders.once(1s, reminder{"rings"});
            return {};
        }
        static task<stay> wait(context& ctx, bot& api) {
            auto pause = api.network().wait(30s);
            co_await std::move(pause);
            ctx.reply("waited");
            co_return stay{};
        }
        static end stop(context&) { return {}; }
        static constexpr auto flow() {
            return conversation(entry_points(on(command<"start">, &start)),
                                state<here>(on(text && !command<>, &wait)),
                                fallbacks(on(command<"stop">, &stop)));
        }
    };
    testkit::app<conversation_of_bot> app;
    auto anna = app.user("Anna");
    auto ben = app.user("Ben");
    anna.sends("/start");
    anna.sends("wait");
    ben.sends("/start");
    app.advance(10s);
    CHECK(anna.replies().empty());
    CHECK(ben.last_reply().text() == "rings 1 last");
    app.advance(30s);
    REQUIRE(anna.replies().size() == 2);
    CHECK(anna.replies()[0].text() == "waited");
    CHECK(anna.replies()[1].text() == "rings 1 last");
}

TEST_CASE("jobs without a chat, and jobs that make jobs") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    anna.sends("/tick");
    app.jobs<ticker>().every(5s, ticker{}, {.last = 5s});
    app.advance(5s);
    CHECK(book.lines == lines{"tick", "tick"});
    // The one without a user could not make an reminder, which needs one.
    REQUIRE(app.errors().size() == 1);
    CHECK(app.errors()[0].find("needs a user") != std::string::npos);
    REQUIRE(app.jobs<reminder>().list().size() == 1);
    CHECK(app.jobs<reminder>().list()[0].chat_id == 1000);
}

TEST_CASE("a job that needs a chat cannot be made where there is none") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    anna.asks_inline("x");
    REQUIRE(app.errors().size() == 1);
    CHECK(app.errors()[0].find("this job needs a chat") != std::string::npos);
    CHECK(app.jobs<reminder>().list().empty());
    CHECK_THROWS_AS(app.jobs<reminder>().once(1s, reminder{"x"}), std::logic_error);
    CHECK_THROWS_AS(app.jobs<reminder>().every(0s, reminder{"x"}, {.chat_id = 1, .user_id = 1}),
                    std::invalid_argument);
}

TEST_CASE("daily, monthly and cron, on the simulated clock") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    auto& all = app.jobs<reminder>();
    const auto now = [&] { return app.network().now(); };
    const auto count_in = [&](job_id id, std::chrono::hours time) {
        app.advance(time);
        const int rings = all.data(id)->rings;
        all.cancel(id);
        return rings;
    };
    const auto first_of_month = schedule::monthly(1, 0s).next(now()).value();
    app.advance(first_of_month - now() + 1s);
    const std::int64_t chat = anna.id();
    CHECK(count_in(all.daily(9h, reminder{"d"}, {.chat_id = chat, .user_id = chat}), 24h * 14) == 14);
    CHECK(count_in(all.daily(9h, reminder{"w"},
                             {.chat_id = chat, .user_id = chat, .days = weekend}),
                   24h * 14) == 4);
    CHECK(count_in(all.monthly(last_day, 9h, reminder{"m"}, {.chat_id = chat, .user_id = chat}),
                   24h * 366) >= 12);
    CHECK(count_in(all.cron(cron<"*/10 8-9 * * *">, reminder{"c"},
                            {.chat_id = chat, .user_id = chat,
                             .zone = time_zone::rule("CET-1CEST,M3.5.0,M10.5.0/3")}),
                   24h * 3) == 36);
    CHECK(app.errors().empty());
}

TEST_CASE("times that were missed while the clock jumped are one run") {
    // The book alone: the clock says what it likes.
    struct clock {
        detail::due_time now = 0;
        std::vector<job_id> begun;
        bool room = true;
    };
    static constexpr detail::job_clock::functions functions{
        [](void* at) { return static_cast<clock*>(at)->now; }, [](void*, detail::due_time) {},
        [](void* at, job_id id) {
            if (static_cast<clock*>(at)->room) static_cast<clock*>(at)->begun.push_back(id);
            return static_cast<clock*>(at)->room;
        }};
    clock simulated;
    detail::job_book<reminder> book;
    book.attach(detail::job_clock(&simulated, functions));
    const job_id id = book.outside().every(1min, reminder{"x"}, {.chat_id = 1, .user_id = 1});
    const auto look = [&] {
        while (book.next_due() != 0 && book.next_due() <= simulated.now)
            book.look_at_next(simulated.now);
    };
    const auto end = [&] {
        auto& run = book.run_at(0);
        run.id = id;
        book.end(run, true);
    };
    constexpr detail::due_time minute = 60'000'000'000;
    simulated.now = 10 * minute + 5;
    look();
    CHECK(simulated.begun.size() == 1);
    CHECK(book.next_due() == 11 * minute);
    // Still running when its next times come.
    simulated.now = 15 * minute + 5;
    look();
    CHECK(simulated.begun.size() == 1);
    end();
    CHECK(simulated.begun.size() == 2);
    end();
    CHECK(simulated.begun.size() == 2);
    // No room: soon again, and nothing is lost.
    simulated.room = false;
    simulated.now = 16 * minute;
    look();
    CHECK(book.next_due() > simulated.now);
    CHECK(book.next_due() < simulated.now + minute / 60);
    simulated.room = true;
    simulated.now += minute / 60;
    look();
    CHECK(simulated.begun.size() == 3);
    CHECK(book.next_due() == 17 * minute);
    // The group has become a supergroup.
    book.move_chat(1, -1001);
    CHECK(book.outside().find(id)->chat_id == -1001);
}

namespace {

struct rang {
    int times;
};

/// A conversation that a job tells what has happened, and an error handler that makes jobs.
struct sleeper {
    struct asleep {};
    struct awake {
        int after = 0;
    };
    struct wake {
        static void run(const job_info& info, const wake&, conversations<sleeper>& all) {
            all.send_event({info.chat_id, info.user_id}, rang{3});
        }
    };

    static asleep start(jobs<wake>& reminders) {
        reminders.once(8h, wake{});
        return {};
    }
    static awake heard(const rang& bell) { return {bell.times}; }
    static end stop(context&) { return {}; }
    static void fall(context&) { throw std::runtime_error("out of bed"); }
    static void failed(const failure&, jobs<wake>& reminders) { reminders.once(1min, wake{}); }

    static constexpr auto flow() {
        return conversation(entry_points(on(command<"sleep">, start)),
                            state<asleep>(on_event<rang>(heard), on(command<"fall">, fall)),
                            state<awake>(on(command<"stop">, stop)), on_error(failed));
    }
};

}  // namespace

TEST_CASE("a job sends an event to a conversation") {
    testkit::app<sleeper> app;
    auto anna = app.user("Anna");
    anna.sends("/sleep");
    app.advance(7h);
    CHECK(anna.is_in<sleeper::asleep>());
    app.advance(1h);
    CHECK(anna.in<sleeper::awake>().after == 3);
}

TEST_CASE("a job for a conversation that has ended does no harm") {
    testkit::app<sleeper> app;
    auto anna = app.user("Anna");
    anna.sends("/sleep");
    app.jobs<sleeper::wake>().run_now(app.jobs<sleeper::wake>().list().at(0).id);
    app.settle();
    REQUIRE(anna.is_in<sleeper::awake>());
    anna.sends("/stop");
    app.advance(9h);
    CHECK_FALSE(anna.in_conversation<sleeper>());
    CHECK(app.counters().unheard_events == 1);
    CHECK(app.errors().empty());
}

TEST_CASE("an error handler may make jobs") {
    testkit::app<sleeper> app;
    auto anna = app.user("Anna");
    anna.sends("/sleep");
    anna.sends("/fall");
    CHECK(app.jobs<sleeper::wake>().list().size() == 2);
    app.advance(1min);
    CHECK(anna.is_in<sleeper::awake>());
}

TEST_CASE("a group that becomes a supergroup takes its jobs along") {
    notebook book;
    app_type app(book);
    auto anna = app.user("Anna");
    const auto group = app.group("Family", {.type = "group"});
    anna.in_chat(group).sends("/set");
    const auto fresh = app.telegram().migrate(anna.id(), group);
    app.settle();
    CHECK(app.jobs<reminder>().list().at(0).chat_id == fresh);
    anna.in_chat(fresh).sends("/list");
    CHECK(anna.in_chat(fresh).last_reply().text() == "timer");
    app.advance(10s);
    CHECK(anna.in_chat(fresh).last_reply().text() == "Beep! 1 last");
    CHECK(app.errors().empty());
}
