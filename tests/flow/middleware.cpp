// Middleware: services that stand around handlers and around calls.
#include <banter/flow/task.hpp>
#include <banter/telegram/text.hpp>
#include <banter/testkit/app.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace banter;
using namespace std::chrono_literals;

namespace {

struct journal {
    std::vector<std::string> lines;
    void note(std::string line) { lines.push_back(std::move(line)); }
    std::string said() {
        std::string all;
        for (const std::string& line : lines) all += (all.empty() ? "" : "; ") + line;
        lines.clear();
        return all;
    }
};

std::string words_of(std::exception_ptr error) {
    if (!error) return "";
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& what) {
        return concat(" threw ", what.what());
    }
}

std::string short_name(std::string_view handler) {
    return std::string(handler.substr(handler.rfind(':') + 1));
}

/// Writes down what happens.
struct logging {
    journal* to;
    void before_handler(const handler_call& call) { to->note("> " + short_name(call.handler)); }
    void after_handler(const handler_call& call) {
        to->note(concat("< ", short_name(call.handler), call.skipped ? " skipped" : "",
                        words_of(call.error)));
    }
};

/// Lets nobody in who is banned.
struct ban_list {
    std::vector<std::int64_t> banned;
    int asked = 0;
    bool before_handler(const handler_call& call) {
        ++asked;
        for (const std::int64_t one : banned)
            if (one == call.ctx.user_id()) {
                call.ctx.reply("You are banned.");
                return false;
            }
        return true;
    }
};

/// Holds something as long as a handler runs.
struct stopwatch {
    journal* to;
    class running {
      public:
        explicit running(journal& log) : log_(&log) { log_->note("started"); }
        running(running&& other) noexcept : log_(std::exchange(other.log_, nullptr)) {}
        running& operator=(running&&) = delete;
        ~running() {
            if (log_ != nullptr) log_->note("stopped");
        }

      private:
        journal* log_;
    };
    running around_handler(const handler_call&) { return running(*to); }
};

struct order {
    struct open {
        int size = 0;
    };
    static open start(context& ctx) {
        ctx.reply("How many?");
        return {};
    }
    static task<open> slowly(bot& api, matched<text> said) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        co_return open{said.as<int>().value_or(0)};
    }
    static task<stay> fall_late(bot& api) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
        throw std::runtime_error("late");
    }
    static stay fall() { throw std::runtime_error("at once"); }
    static end done() { return {}; }
    static end expired(context& ctx) {
        ctx.reply("Too late.");
        return {};
    }
    static constexpr auto flow() {
        return conversation(entry_points(on(command<"order">, start)),
                            state<open>(on(command<"fall">, fall), on(command<"late">, fall_late),
                                        on(command<"done">, done), on(text, slowly),
                                        after(1h, expired)));
    }
};

}  // namespace

TEST_CASE("middleware is told before and after each handler: plain, coroutine, timeout") {
    journal log;
    logging around{&log};
    testkit::app<order> app{services(around)};
    auto anna = app.user("Anna");
    anna.sends("/order");
    CHECK(log.said() == "> start; < start");
    anna.sends("12");
    CHECK(log.said() == "> slowly");
    app.advance(1s);
    CHECK(anna.in<order::open>().size == 12);
    CHECK(log.said() == "< slowly");
    app.advance(2h);
    CHECK(log.said() == "> expired; < expired");
    CHECK(!anna.in_conversation<order>());
    anna.sends("nothing takes this");
    CHECK(log.said().empty());
}

TEST_CASE("middleware hears of what a handler throws, once, and of a coroutine when it has ended") {
    journal log;
    logging around{&log};
    testkit::app<order> app{services(around)};
    auto anna = app.user("Anna");
    anna.sends("/order");
    log.said();
    anna.sends("/fall");
    CHECK(log.said() == "> fall; < fall threw at once");
    anna.sends("/late");
    app.advance(1s);
    CHECK(log.said() == "> fall_late; < fall_late threw late");
    CHECK(anna.in<order::open>().size == 0);
}

TEST_CASE("before_handler keeps a handler from running; what it declares is sent, nothing moves") {
    journal log;
    logging around{&log};
    ban_list gate;
    testkit::app<order> app{services(around, gate)};
    auto anna = app.user("Anna");
    gate.banned.push_back(anna.id());
    anna.sends("/order");
    CHECK(anna.last_reply().text() == "You are banned.");
    CHECK(!anna.in_conversation<order>());
    CHECK(log.said() == "> start; < start skipped");
    gate.banned.clear();
    anna.sends("/order");
    CHECK(anna.in_conversation<order>());
    CHECK(log.said() == "> start; < start");
    // A coroutine too.
    gate.banned.push_back(anna.id());
    anna.sends("7");
    CHECK(anna.in<order::open>().size == 0);
    CHECK(log.said() == "> slowly; < slowly skipped");
}

TEST_CASE("the first service is the outermost; one behind a refusal is not asked") {
    journal log;
    ban_list gate;
    logging inner{&log};
    testkit::app<order> app{services(gate, inner)};
    auto anna = app.user("Anna");
    gate.banned.push_back(anna.id());
    anna.sends("/order");
    CHECK(gate.asked == 1);
    CHECK(log.said().empty());
}

TEST_CASE("around_handler's object lives as long as the handler, also over a wait") {
    journal log;
    logging outer{&log};
    stopwatch watch{&log};
    testkit::app<order> app{services(outer, watch)};
    auto anna = app.user("Anna");
    anna.sends("/order");
    CHECK(log.said() == "> start; started; stopped; < start");
    anna.sends("3");
    CHECK(log.said() == "> slowly; started");
    app.advance(1s);
    CHECK(log.said() == "stopped; < slowly");
    anna.sends("/fall");
    CHECK(log.said() == "> fall; started; stopped; < fall threw at once");
}

namespace {

/// Gives way if it says so: an object that converts to bool.
struct maintenance {
    bool on = false;
    struct pass {
        bool open;
        explicit operator bool() const { return open; }
    };
    pass around_handler(const handler_call&) { return {!on}; }
};

struct breaks_before {
    void before_handler(const handler_call&) { throw std::runtime_error("hook"); }
};
struct breaks_behind {
    void after_handler(const handler_call&) { throw std::runtime_error("hook"); }
};

}  // namespace

TEST_CASE("around_handler may keep a handler from running") {
    maintenance closed;
    testkit::app<order> app{services(closed)};
    auto anna = app.user("Anna");
    closed.on = true;
    anna.sends("/order");
    CHECK(!anna.in_conversation<order>());
    closed.on = false;
    anna.sends("/order");
    CHECK(anna.in_conversation<order>());
}

TEST_CASE("before_handler that throws is as a handler that throws") {
    breaks_before broken;
    testkit::app<order> app{services(broken)};
    auto anna = app.user("Anna");
    anna.sends("/order");
    CHECK(!anna.in_conversation<order>());
    CHECK(app.counters().failures == 1);
}

TEST_CASE("after_handler that throws is logged: the transition stands") {
    breaks_behind broken;
    testkit::app<order> app{services(broken)};
    auto anna = app.user("Anna");
    anna.sends("/order");
    CHECK(anna.in_conversation<order>());
    CHECK(anna.last_reply().text() == "How many?");
}

namespace {

struct reload {
    std::int64_t user_id = 0;
};
struct caretaker {
    static task<> reloaded(bot& api, const reload&) {
        auto pause = api.network().wait(1s);
        co_await std::move(pause);
    }
    static void pictures(const album&) {}
    static constexpr auto flow() {
        return handlers(on_event<reload>(reloaded), on_event<album>(pictures));
    }
};

}  // namespace

TEST_CASE("middleware stands around the handlers of posted events and of albums as well") {
    journal log;
    logging around{&log};
    ban_list bans;
    testkit::app<caretaker> app{services(around, bans)};
    auto anna = app.user("Anna");
    CHECK(app.posts(reload{anna.id()}) == post_result::queued);
    CHECK(log.said() == "> reloaded");
    app.advance(1s);
    CHECK(log.said() == "< reloaded");
    anna.sends(testkit::content::photo().in_album("1"));
    app.advance(1s);
    CHECK(log.said() == "> pictures; < pictures");
    bans.banned = {anna.id()};
    CHECK(app.posts(reload{anna.id()}) == post_result::queued);
    app.advance(1s);
    CHECK(log.said() == "> reloaded; < reloaded skipped");
}

namespace {

/// Marks every text, and counts what was answered.
struct signature_line {
    int answered = 0;
    int failed = 0;
    void before_call(request& what) {
        if (what.method != "sendMessage") return;
        const std::size_t at = what.body.find(R"("text":")");
        if (at != std::string::npos) what.body.insert(at + 8, "[bot] ");
    }
    void after_call(const request& what, boost::system::error_code error, const answer&) {
        if (what.method == "sendMessage") ++(error ? failed : answered);
    }
};
struct no_photos {
    void before_call(request& what) {
        if (what.method == "sendPhoto") throw std::runtime_error("no photos here");
    }
};

struct speaker {
    static void declared(context& ctx) { ctx.reply("declared"); }
    static task<> called(context& ctx, bot& api) {
        auto sent = api(send_message{.chat_id = ctx.chat_id(), .text = "called"});
        (void)co_await std::move(sent);
    }
    static void picture(context& ctx) { ctx.send(send_photo{.chat_id = ctx.chat_id(), .photo = "id"}); }
    static constexpr auto flow() {
        return handlers(on(command<"declare">, declared), on(command<"call">, called),
                        on(command<"picture">, picture));
    }
};

}  // namespace

TEST_CASE("middleware around calls: declared ones and those of handlers") {
    signature_line line;
    testkit::app<speaker> app{services(line)};
    auto anna = app.user("Anna");
    anna.sends("/declare");
    CHECK(anna.last_reply().text() == "[bot] declared");
    anna.sends("/call");
    CHECK(anna.last_reply().text() == "[bot] called");
    CHECK(line.answered == 2);
    CHECK(line.failed == 0);
}

TEST_CASE("before_call that throws: the call fails and is not made") {
    no_photos strict;
    testkit::app<speaker> app{services(strict)};
    auto anna = app.user("Anna");
    anna.sends("/picture");
    CHECK(app.counters().failures == 1);
    anna.sends("/declare");
    CHECK(anna.last_reply().text() == "declared");
}
