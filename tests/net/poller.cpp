// The poller by hand: each test plays Telegram and the dispatcher, event by event.
#include <banter/net/poller.hpp>
#include <banter/telegram/error.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

using banter::net::offer_result;
using banter::net::poll_exit;
using banter::net::poller;
using banter::net::poller_options;
using namespace std::chrono_literals;
using step = poller::step;

namespace {

constexpr std::string_view me =
    R"({"ok":true,"result":{"id":77,"is_bot":true,"first_name":"B","username":"b_bot"}})";
constexpr std::string_view yes = R"({"ok":true,"result":true})";

struct lines {
    std::vector<std::string> all;
    static void write(void* self, std::string_view line) {
        static_cast<lines*>(self)->all.emplace_back(line);
    }
    banter::log_sink sink() { return {&lines::write, this}; }
    bool last_has(std::string_view part) const {
        return !all.empty() && all.back().find(part) != std::string::npos;
    }
};

std::string updates(std::initializer_list<int> ids) {
    std::string out = R"({"ok":true,"result":[)";
    for (const int id : ids) {
        if (!out.ends_with('['))
            out += ",";
        out += R"({"update_id":)" + std::to_string(id) + R"(,"message":{"text":"}{]["}})";
    }
    return out + "]}";
}

struct bench {
    lines log;
    poller it;

    explicit bench(poller_options options = {}, std::vector<std::string_view> kinds = {"message"})
        : it(options, kinds, log.sink()) {}

    /// Through the start-up calls.
    bench& started() {
        CHECK(it.next().method == "getMe");
        it.answered(200, std::string(me));
        CHECK(it.next().method == "deleteWebhook");
        CHECK(it.next().body == "{}");
        it.answered(200, std::string(yes));
        return *this;
    }
    std::string fetch() {
        const auto what = it.next();
        REQUIRE(what.what == step::call);
        REQUIRE(what.method == "getUpdates");
        return std::string(what.body);
    }
    void offer(std::int64_t id, offer_result result) {
        const auto what = it.next();
        REQUIRE(what.what == step::offer);
        CHECK(what.ticket == id);
        it.offered(what.ticket, result);
    }
    std::chrono::milliseconds wait() {
        const auto what = it.next();
        REQUIRE(what.what == step::wait);
        return what.pause;
    }
};

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("start-up: getMe, deleteWebhook, getUpdates with timeout and allowed_updates") {
    bench b({}, {"message", "callback_query"});
    b.started();
    CHECK(b.it.bot_id() == 77);
    CHECK(b.it.username() == "b_bot");
    CHECK(b.it.first_name() == "B");
    CHECK(b.fetch() == R"({"timeout":10,"allowed_updates":["message","callback_query"]})");
    b.it.answered(200, updates({}));
    CHECK(b.fetch() == R"({"timeout":10,"allowed_updates":["message","callback_query"]})");
    CHECK(b.log.all.empty());
}

TEST_CASE("pending updates are thrown away only when asked for") {
    bench b({.drop_pending_updates = true});
    b.it.answered(200, std::string(me));
    CHECK(b.it.next().body == R"({"drop_pending_updates":true})");
}

TEST_CASE("updates that finish at once move the offset at once") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(200, updates({10, 11, 15}));
    b.offer(10, offer_result::done);
    b.offer(11, offer_result::done);
    b.offer(15, offer_result::done);
    CHECK(has(b.fetch(), R"("offset":16,)"));
}

TEST_CASE("the offset waits for the lowest update that is still being handled") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(200, updates({10, 11, 12}));
    b.offer(10, offer_result::pending);
    b.offer(11, offer_result::done);
    b.offer(12, offer_result::pending);
    CHECK(b.it.offset() == 10);
    CHECK(b.wait() == 50ms);
    b.it.finished(12);
    CHECK(b.it.offset() == 10);
    CHECK(b.wait() == 50ms);
    b.it.finished(10);
    CHECK(has(b.fetch(), R"("offset":13,)"));
    CHECK(b.it.under_way() == 0);
}

TEST_CASE("updates that come again while they are handled are skipped, with growing pauses") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(200, updates({10, 11}));
    b.offer(10, offer_result::pending);
    b.offer(11, offer_result::done);
    for (const auto pause : {50ms, 100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms}) {
        CHECK(b.wait() == pause);
        const auto number = b.it.next().wait_number;
        CHECK(b.it.next().wait_number == number);
        b.it.waited();
        CHECK(has(b.fetch(), R"("offset":10,)"));
        b.it.answered(200, updates({10, 11}));
    }
    // A new update is taken meanwhile, and the pauses begin anew.
    b.it.waited();
    b.fetch();
    b.it.answered(200, updates({10, 11, 12}));
    b.offer(12, offer_result::done);
    CHECK(b.wait() == 50ms);
    b.it.finished(10);
    CHECK(has(b.fetch(), R"("offset":13,)"));
}

TEST_CASE("an id that was handled is a no-op wherever it turns up again") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(200, updates({10, 10, 11}));
    b.offer(10, offer_result::done);
    b.offer(11, offer_result::done);
    b.fetch();
    b.it.answered(200, updates({10, 11}));
    CHECK(b.wait() == 50ms);  // nothing new: no busy loop
    b.it.waited();
    CHECK(has(b.fetch(), R"("offset":12,)"));
    b.it.answered(200, updates({11, 12}));
    b.offer(12, offer_result::done);
    b.it.finished(12);  // nobody asked
    CHECK(b.it.offset() == 13);
}

TEST_CASE("updates out of order are all taken, and none twice") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(200, updates({12, 10}));
    b.offer(12, offer_result::done);
    CHECK(b.it.offset() == 10);
    b.offer(10, offer_result::done);
    CHECK(b.it.offset() == 13);
    b.fetch();
    b.it.answered(200, updates({11}));  // below the offset, never seen
    b.offer(11, offer_result::pending);
    CHECK(b.it.offset() == 13);
    b.it.finished(11);
    CHECK(b.it.offset() == 13);
    if (b.it.next().what == step::wait)
        b.it.waited();
    CHECK(has(b.fetch(), R"("offset":13,)"));
}

TEST_CASE("numbering that begins anew after a quiet week") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(200, updates({900000000}));
    b.offer(900000000, offer_result::done);
    b.fetch();
    b.it.answered(200, updates({1234}));
    b.offer(1234, offer_result::done);
    CHECK(has(b.fetch(), R"("offset":1235,)"));
    CHECK(b.log.last_has("anew"));
}

TEST_CASE("a busy dispatcher is offered the same update again when something finishes") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(200, updates({10, 11, 12}));
    b.offer(10, offer_result::pending);
    b.offer(11, offer_result::busy);
    b.offer(12, offer_result::pending);  // another key: not held up
    CHECK(b.wait() == 50ms);
    b.it.finished(12);
    b.offer(11, offer_result::busy);
    CHECK(b.wait() == 50ms);
    b.it.finished(10);
    const auto again = b.it.next();
    REQUIRE(again.what == step::offer);
    CHECK(has(again.text, R"("update_id":11)"));  // the text outlived the answer
    b.it.offered(11, offer_result::pending);
    CHECK(has(b.fetch(), R"("offset":11,)"));
    b.it.answered(200, updates({11, 12}));
    CHECK(b.wait() == 50ms);
    b.it.finished(11);
    CHECK(has(b.fetch(), R"("offset":13,)"));
}

TEST_CASE("a dispatcher that is busy with nothing of ours is asked again after a pause") {
    bench b({.window = 2});
    b.started();
    b.fetch();
    b.it.answered(200, updates({10, 11}));
    b.offer(10, offer_result::busy);
    b.offer(11, offer_result::busy);
    CHECK(b.wait() == 50ms);
    b.it.waited();
    b.offer(10, offer_result::busy);
    b.offer(11, offer_result::busy);
    CHECK(has(b.fetch(), R"("limit":2,)"));
    b.it.answered(200, updates({10, 11}));
    for (int i = 0; i < 3; ++i) {  // blind now: nothing to fetch, but never a wait without an end
        CHECK(b.wait() <= 1000ms);
        b.it.waited();
        b.offer(10, offer_result::busy);
        b.offer(11, offer_result::busy);
    }
}

TEST_CASE("a full window waits for a finished update and says so") {
    bench b({.window = 3});
    b.started();
    CHECK(has(b.fetch(), R"("limit":3,)"));
    b.it.answered(200, updates({10, 11, 12}));
    b.offer(10, offer_result::pending);
    b.offer(11, offer_result::done);
    b.offer(12, offer_result::done);
    b.wait();
    b.it.waited();
    b.fetch();
    b.it.answered(200, updates({10, 11, 12}));
    CHECK(b.log.last_has("3 updates are fetched and wait for update 10"));
    b.wait();
    b.it.waited();
    CHECK(b.wait() == poller::for_ever);
    b.it.finished(10);
    CHECK(has(b.fetch(), R"("offset":13,)"));
}

TEST_CASE("failures: one line each, pauses of 1 s, 1.5 times longer up to 30 s, and back to 1 s") {
    bench b;
    b.started();
    const std::array expected{1000,  1500,  2250,  3375,  5062, 7593,
                              11389, 17083, 25624, 30000, 30000};
    std::size_t count = 0;
    for (const int ms : expected) {
        b.fetch();
        b.it.failed("connection refused");
        CHECK(b.wait() == std::chrono::milliseconds(ms));
        CHECK(b.log.all.size() == ++count);
        b.it.waited();
    }
    CHECK(b.log.all[1] ==
          "getUpdates failed (attempt 2): connection refused; next attempt in 1.5 s");
    b.fetch();
    b.it.answered(200, updates({}));
    b.fetch();
    b.it.failed("again");
    CHECK(b.wait() == 1000ms);
}

TEST_CASE("start-up calls are repeated too") {
    bench b;
    b.it.failed("host not found");
    CHECK(b.wait() == 1000ms);
    CHECK(b.log.last_has("getMe failed (attempt 1): host not found; next attempt in 1 s"));
    b.it.waited();
    CHECK(b.it.next().method == "getMe");
    b.it.answered(502, "<html>Bad Gateway</html>");
    CHECK(b.log.last_has("check BOT_API_URL"));
    b.it.waited();
    b.it.answered(200, std::string(me));
    CHECK(b.it.next().method == "deleteWebhook");
    b.it.answered(500, R"({"ok":false,"error_code":500,"description":"Internal"})");
    CHECK(b.wait() == 1000ms);
    b.it.waited();
    CHECK(b.it.next().method == "deleteWebhook");
}

TEST_CASE("429: no sooner than the server asks") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(
        429,
        R"({"ok":false,"error_code":429,"description":"Too Many Requests",)"
        R"("parameters":{"retry_after":7}})");
    CHECK(b.wait() == 7000ms);
    CHECK(b.log.last_has("Too Many Requests"));
    b.it.waited();
    b.fetch();
    b.it.answered(429, R"({"ok":false,"error_code":429,"parameters":{"retry_after":0}})");
    CHECK(b.wait() == 1500ms);
}

TEST_CASE("409: advice, and another attempt") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(
        409,
        R"({"ok":false,"error_code":409,)"
        R"("description":"Conflict: terminated by other getUpdates request"})");
    CHECK(b.log.last_has("stop the other one"));
    CHECK(b.wait() == 1000ms);
    b.it.waited();
    b.fetch();
}

TEST_CASE("401 and 404 of the Bot API: the token is refused, exit code 2") {
    for (const int code : {401, 404}) {
        bench b;
        b.it.answered(code, R"({"ok":false,"error_code":)" + std::to_string(code) +
                                R"(,"description":"No"})");
        REQUIRE(b.it.next().what == step::stop);
        CHECK(b.it.next().exit == poll_exit::refused);
        CHECK(static_cast<int>(b.it.next().exit) == 2);
        CHECK(b.log.all.size() == 1);
        CHECK(b.log.last_has("check BOT_TOKEN"));
    }
    bench html;  // a proxy's page is no verdict about the token
    html.it.answered(404, "<html>404</html>");
    CHECK(html.wait() == 1000ms);
}

TEST_CASE("a token that is revoked while updates are handled: they finish first") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(200, updates({10}));
    b.offer(10, offer_result::pending);
    b.wait();
    b.it.waited();
    b.fetch();
    b.it.answered(401, R"({"ok":false,"error_code":401,"description":"Unauthorized"})");
    CHECK(b.wait() == 10000ms);
    b.it.finished(10);
    REQUIRE(b.it.next().what == step::stop);
    CHECK(b.it.next().exit == poll_exit::refused);
}

TEST_CASE("bodies that are no answer") {
    const std::array<std::string, 8> bodies{
        "",           "<html>",  "null", "[]", R"({"ok":true)", R"({"ok":true,"result":{}})",
        "{\"ok\":1}", "\xff\xfe"};
    for (const auto& body : bodies) {
        CAPTURE(body);
        bench b;
        b.started();
        b.fetch();
        b.it.answered(200, body);
        CHECK(b.wait() == 1000ms);
        CHECK(b.log.all.size() == 1);
        b.it.waited();
        CHECK(!has(b.fetch(), "offset"));
    }
}

TEST_CASE("a poison update in a sound answer is offered like any other and passed by") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(
        200,
        R"({"ok":true,"result":[{"update_id":10},{"update_id":11,"message":nonsense!},)"
        R"({"update_id":12}]})");
    b.offer(10, offer_result::done);
    b.offer(11, offer_result::done);
    b.offer(12, offer_result::done);
    CHECK(has(b.fetch(), R"("offset":13,)"));
}

TEST_CASE("an answer that breaks off: once it is asked for again, twice the update is passed by") {
    const std::string broken =
        R"({"ok":true,"result":[{"update_id":10},{"update_id":11,"message":{"text":"ab)";
    bench b;
    b.started();
    b.fetch();
    b.it.answered(200, broken);
    b.offer(10, offer_result::done);
    CHECK(b.log.last_has("breaks off"));
    CHECK(b.wait() == 1000ms);
    b.it.waited();
    CHECK(has(b.fetch(), R"("offset":11,)"));
    SUBCASE("the next answer is whole") {
        b.it.answered(200, updates({11}));
        b.offer(11, offer_result::done);
        CHECK(b.it.passed_by() == 0);
    }
    SUBCASE("it breaks off there again") {
        b.it.answered(
            200, R"({"ok":true,"result":[{"update_id":11,"message":{"text":1},{"update_id":12}]})");
        b.offer(11, offer_result::done);
        CHECK(has(b.fetch(), R"("offset":12,)"));
        CHECK(b.it.passed_by() == 1);
    }
}

TEST_CASE("elements without an id are offered, and passed by") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(200, R"({"ok":true,"result":[5,{"update_id":10},"x",{"update_id":"11"}]})");
    for (int i = 0; i < 4; ++i) {
        const auto what = b.it.next();
        REQUIRE(what.what == step::offer);
        CHECK(what.ticket == (i == 1 ? 10 : 0));
        b.it.offered(what.ticket, offer_result::done);
    }
    CHECK(b.it.offset() == 11);
    b.fetch();
    b.it.answered(200, R"({"ok":true,"result":[{"update_id":"11"},{"update_id":12}]})");
    b.offer(0, offer_result::done);
    b.offer(12, offer_result::done);
    CHECK(b.it.offset() == 13);
    b.fetch();
    b.it.answered(200, R"({"ok":true,"result":[null]})");
    b.offer(0, offer_result::done);
    CHECK(b.wait() > 0ms);
    CHECK(b.it.offset() == 14);
}

TEST_CASE(
    "an answer above the client's limit: one update at a time, then the large one is passed by") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(200, updates({9}));
    b.offer(9, offer_result::done);
    b.fetch();
    b.it.failed("the answer is too large", true);
    b.it.waited();
    CHECK(b.fetch() == R"({"offset":10,"limit":1,"timeout":10,"allowed_updates":["message"]})");
    b.it.answered(200, updates({10}));
    b.offer(10, offer_result::done);
    for (int i = 0; i < 2; ++i) {
        CHECK(has(b.fetch(), R"("offset":11,"limit":1,)"));
        b.it.failed("the answer is too large", true);
        b.it.waited();
    }
    CHECK(has(b.fetch(), R"("offset":12,"limit":1,)"));
    b.it.answered(200, updates({}));
    CHECK(b.fetch() == R"({"offset":12,"timeout":10,"allowed_updates":["message"]})");
}

TEST_CASE("a server that answers at once with nothing does not make a busy loop") {
    bench b;
    b.started();
    for (int i = 0; i < 2; ++i) {
        b.fetch();
        b.it.answered(200, updates({}), 1ms);
    }
    b.fetch();
    b.it.answered(200, updates({}), 1ms);
    CHECK(b.wait() == 50ms);
    b.it.waited();
    b.fetch();
    b.it.answered(200, updates({}), 1ms);
    CHECK(b.wait() == 100ms);
    b.it.waited();
    b.fetch();
    b.it.answered(200, updates({}), 10s);
    b.fetch();
}

TEST_CASE("stopping: nothing new, running handlers finish, the offset is confirmed") {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(200, updates({10, 11, 12}));
    b.offer(10, offer_result::pending);
    b.offer(11, offer_result::done);
    b.it.stop();  // 12 was not offered yet: it comes again at the next start
    CHECK(b.wait() == 10000ms);
    b.it.answered(200, updates({13}));  // too late: ignored
    CHECK(b.wait() == 10000ms);
    b.it.finished(10);
    CHECK(b.fetch() == R"({"offset":12,"limit":1,"timeout":0})");
    b.it.answered(200, updates({12}));
    REQUIRE(b.it.next().what == step::stop);
    CHECK(b.it.next().exit == poll_exit::success);
    CHECK(b.log.all.empty());
}

TEST_CASE("stopping when handlers do not finish in time") {
    bench b({.grace = 300ms});
    b.started();
    b.fetch();
    b.it.answered(200, updates({10, 11}));
    b.offer(10, offer_result::done);
    b.offer(11, offer_result::pending);
    b.it.stop();
    CHECK(b.wait() == 300ms);
    b.it.waited();
    CHECK(b.log.last_has("1 updates are still being handled after 0.3 s"));
    CHECK(has(b.fetch(), R"("offset":11,"limit":1)"));
    b.it.failed("no network");
    CHECK(b.log.last_has("may come again"));
    CHECK(b.it.next().what == step::stop);
    CHECK(b.it.next().exit == poll_exit::cut_short);
}

TEST_CASE("stopping at once: before the start, in a pause, with nothing to confirm") {
    bench early;
    early.it.stop();
    CHECK(early.it.next().what == step::stop);
    CHECK(early.it.next().exit == poll_exit::success);

    bench pausing;
    pausing.started();
    pausing.fetch();
    pausing.it.failed("x");
    pausing.it.stop();
    CHECK(pausing.it.next().what == step::stop);

    bench seen;
    seen.started();
    seen.fetch();
    seen.it.answered(200, updates({10}));
    seen.offer(10, offer_result::done);
    seen.fetch();
    seen.it.stop();
    seen.it.stop();
    CHECK(has(seen.fetch(), R"("offset":11,"limit":1,"timeout":0)"));
}

namespace {
/// What error handlers are told of an answer to getUpdates; empty for nothing.
std::string told_of(int status, std::string answer) {
    bench b;
    b.started();
    b.fetch();
    b.it.answered(status, std::move(answer));
    std::string out;
    if (const std::exception_ptr fault = b.it.take_fault()) {
        try {
            std::rethrow_exception(fault);
        } catch (const banter::api_error& error) {
            out = "refused " + std::to_string(error.error_code()) + " " + error.description();
        } catch (const banter::decode_error&) {
            out = "unreadable";
        }
    }
    CHECK(b.it.take_fault() == nullptr);
    return out;
}
}  // namespace

TEST_CASE("what error handlers are told: refusals and unreadable answers, not 429, not a refused token") {
    CHECK(told_of(500, R"({"ok":false,"error_code":500,"description":"Internal"})") ==
          "refused 500 Internal");
    CHECK(told_of(409, R"({"ok":false,"error_code":409,"description":"Conflict"})") ==
          "refused 409 Conflict");
    CHECK(has(told_of(502, "<html>Bad Gateway</html>"), "refused 502"));
    CHECK(told_of(200, "{\"ok\":true,") == "unreadable");
    CHECK(told_of(200, R"({"ok":true,"result":[{"update_id":1,"mess)") == "unreadable");
    CHECK(told_of(429, R"({"ok":false,"error_code":429,"description":"Too Many","parameters":{"retry_after":3}})")
              .empty());
    CHECK(told_of(401, R"({"ok":false,"error_code":401,"description":"Unauthorized"})").empty());
    CHECK(told_of(200, updates({1})).empty());
}
