// Calls through a gateway: results, errors, and the shapes that g++ 12 could break.
#include <banter/telegram/bot.hpp>
#include <banter/telegram/text.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/json/value.hpp>

#include <doctest/doctest.h>

#include <deque>
#include <exception>

using namespace banter;
using boost::asio::awaitable;

namespace {

/// Answers calls from a list, in order, and keeps what was asked.
class canned_network {
  public:
    void will_say(int status, std::string body) { answers_.push_back({status, std::move(body)}); }
    void will_give(std::string result) { will_say(200, R"({"ok":true,"result":)" + result + "}"); }
    void will_fail(boost::system::error_code code) { failure_ = code; }

    void start_call(request what, gateway::call_handler handler) {
        asked.push_back(std::move(what));
        answer next{200, R"({"ok":true,"result":true})"};
        if (!answers_.empty()) {
            next = std::move(answers_.front());
            answers_.pop_front();
        }
        boost::asio::post(context, [handler = std::move(handler), next = std::move(next),
                                    code = failure_]() mutable {
            std::move(handler)(code, std::move(next));
        });
    }
    void start_wait(std::chrono::nanoseconds duration, gateway::wait_handler handler) {
        waited += duration;
        boost::asio::post(context, [handler = std::move(handler), code = failure_]() mutable {
            std::move(handler)(code);
        });
    }
    std::chrono::system_clock::time_point now() const {
        return std::chrono::system_clock::time_point(waited);
    }
    boost::asio::any_io_executor get_executor() { return context.get_executor(); }

    boost::asio::io_context context;
    std::vector<request> asked;
    std::chrono::nanoseconds waited{};

  private:
    std::deque<answer> answers_;
    boost::system::error_code failure_;
};

struct fixture {
    canned_network network;
    bot api{gateway(network)};

    /// Runs one coroutine to its end; what it throws is thrown here.
    void run(awaitable<void> job) {
        std::exception_ptr failure;
        boost::asio::co_spawn(network.context, std::move(job),
                              [&failure](std::exception_ptr e) { failure = e; });
        network.context.restart();
        network.context.run();
        if (failure)
            std::rethrow_exception(failure);
    }
    const std::string& body() const { return network.asked.back().body; }
};

template <class M> awaitable<void> just(bot& api, const M method) { co_await api(method); }

const char* const a_message =
    R"({"message_id":7,"date":1,"chat":{"id":5,"type":"private"},"text":"Hi"})";

} // namespace

TEST_CASE_FIXTURE(fixture, "a call gives a typed result that owns its memory") {
    network.will_give(a_message);
    owned<telegram::message> sent;
    auto job = [](bot& b, owned<telegram::message>& out) -> awaitable<void> {
        out = co_await b(send_message{.chat_id = 5, .text = "Hi"});
    };
    run(job(api, sent));
    CHECK(network.asked.at(0).method == "sendMessage");
    CHECK(body() == R"({"chat_id":5,"text":"Hi"})");
    CHECK(sent->message_id() == 7);
    CHECK(sent->text() == "Hi");
}

TEST_CASE_FIXTURE(fixture, "results of every kind") {
    network.will_give("12");
    network.will_give(R"("https://t.me/x")");
    network.will_give(std::string("[") + a_message + "," + a_message + "]");
    network.will_give("true");
    network.will_give("true");
    auto job = [](bot& b) -> awaitable<void> {
        const std::int64_t count = co_await b(get_chat_member_count{.chat_id = 5});
        CHECK(count == 12);
        const std::string link = co_await b(export_chat_invite_link{.chat_id = 5});
        CHECK(link == "https://t.me/x");
        const auto album = co_await b(
            send_media_group{.chat_id = 5, .media = list(input_media_photo{.media = "a"},
                                                         input_media_photo{.media = "b"})});
        CHECK(album->size() == 2);
        CHECK((*album)[1].message_id() == 7);
        const auto inline_edit =
            co_await b(edit_message_text{.inline_message_id = "i", .text = "t"});
        CHECK_FALSE(inline_edit);
        co_await b(delete_message{.chat_id = 5, .message_id = 1});
    };
    run(job(api));
    CHECK(network.asked.size() == 5);
}

TEST_CASE_FIXTURE(fixture, "a refusal is an api_error with Telegram's facts") {
    network.will_say(429, R"({"ok":false,"error_code":429,"description":"Too Many Requests",
                              "parameters":{"retry_after":17}})");
    try {
        run(just(api, leave_chat{.chat_id = 1}));
        FAIL("no error");
    } catch (const api_error& e) {
        CHECK(e.method() == "leaveChat");
        CHECK(e.http_status() == 429);
        CHECK(e.error_code() == 429);
        CHECK(e.description() == "Too Many Requests");
        CHECK(e.retry_after() == std::chrono::seconds(17));
        CHECK_FALSE(e.migrate_to_chat_id().has_value());
        CHECK(std::string(e.what()) ==
              "leaveChat: Too Many Requests (error 429); retry after 17 s");
    }
    network.will_say(400, R"({"ok":false,"error_code":400,"description":"Bad Request: upgraded",
                              "parameters":{"migrate_to_chat_id":-1001234567890123}})");
    try {
        run(just(api, leave_chat{.chat_id = 1}));
        FAIL("no error");
    } catch (const api_error& e) {
        CHECK(e.migrate_to_chat_id() == -1001234567890123);
        CHECK(std::string(e.what()) == "leaveChat: Bad Request: upgraded (error 400); the group is "
                                       "now chat -1001234567890123");
    }
}

TEST_CASE_FIXTURE(fixture, "an answer that is not the Bot API's is an api_error with its status") {
    for (const auto& [status, text] :
         {std::pair(502, "<html>Bad Gateway</html>"), {500, ""}, {200, "[1]"}, {200, "{}"},
          {403, R"({"error":"proxy"})"}, {200, R"({"ok":"yes","result":1})"},
          {200, R"({"ok":true})"}}) {
        network.will_say(status, text);
        try {
            run(just(api, get_me{}));
            FAIL("no error");
        } catch (const api_error& e) {
            CHECK(e.http_status() == status);
            CHECK(e.error_code() == status);
            CHECK(e.method() == "getMe");
        }
    }
}

TEST_CASE_FIXTURE(fixture, "a result of another type is a decode_error that names the method") {
    network.will_give("[]");
    CHECK_THROWS_WITH_AS(run(just(api, get_me{})), "getMe.result is not an object", decode_error);
    network.will_give("{}");
    CHECK_THROWS_WITH_AS(run(just(api, get_updates{})), "getUpdates.result is not an array",
                         decode_error);
    network.will_give(R"("many")");
    CHECK_THROWS_WITH_AS(run(just(api, get_chat_member_count{.chat_id = 1})),
                         "getChatMemberCount.result is not an integer of 64 bits", decode_error);
}

TEST_CASE_FIXTURE(fixture, "no answer is a network_error") {
    network.will_fail(boost::asio::error::timed_out);
    try {
        run(just(api, send_message{.chat_id = 1, .text = "t"}));
        FAIL("no error");
    } catch (const network_error& e) {
        CHECK(e.method() == "sendMessage");
        CHECK(e.code() == boost::asio::error::timed_out);
    }
}

TEST_CASE_FIXTURE(fixture, "waiting goes by the network's clock") {
    auto job = [](bot& b) -> awaitable<void> {
        co_await b.network().wait(std::chrono::minutes(31));
    };
    run(job(api));
    CHECK(network.waited == std::chrono::minutes(31));
    CHECK(api.network().now().time_since_epoch() == std::chrono::minutes(31));
    network.will_fail(boost::asio::error::operation_aborted);
    CHECK_THROWS_AS(run(job(api)), network_error);
}

TEST_CASE_FIXTURE(fixture, "methods that are not known can be called") {
    network.will_give(R"({"answer":42})");
    auto job = [](bot& b) -> awaitable<void> {
        const owned_json result = co_await b.call_raw("brandNewMethod", R"({"x":[1]})");
        CHECK(result.value().at("answer").as_int64() == 42);
    };
    run(job(api));
    CHECK(network.asked.at(0).method == "brandNewMethod");
    CHECK(body() == R"({"x":[1]})");
    CHECK_THROWS_AS((void)api.call_raw("get/../Me"), std::invalid_argument);
    CHECK_THROWS_AS((void)api.call_raw(""), std::invalid_argument);
    CHECK_THROWS_AS((void)api.call_raw("getMe", "[]"), std::invalid_argument);
}

TEST_CASE_FIXTURE(fixture, "a bot knows who it is") {
    api.set_identity({.id = 5, .username = "my_bot", .first_name = "Bot"});
    CHECK(api.me().id == 5);
    CHECK(api.me().username == "my_bot");
}

TEST_CASE_FIXTURE(fixture, "parameters may be temporaries") {
    auto job = [](bot& b, std::string name, bool flag) -> awaitable<void> {
        const std::string filler(60, '.'), shorter(20, '.');
        co_await b(send_message{.chat_id = 5, .text = std::string("Hello, ") + name + filler});
        co_await b(send_message{.chat_id = "@" + name + filler, .text = concat(name, 1, filler)});
        co_await b(send_message{.chat_id = std::string(filler),
                                .text = escape_html(filler),
                                .reply_parameters =
                                    reply_parameters{.message_id = 3, .quote = filler + name}});
        co_await b(send_photo{.chat_id = 5,
                              .photo = input_file::path(filler + ".jpg"),
                              .caption = name + filler});
        co_await b(send_media_group{
            .chat_id = 5,
            .media = list<input_media>(
                input_media_photo{.media = input_file::path(filler + "1"), .caption = filler + "2"},
                input_media_video{.media = input_file::bytes(filler + "3", "v.mp4")})});
        co_await b(set_my_commands{
            .commands = list(bot_command{.command = name + shorter, .description = filler + "d"},
                             bot_command{.command = "x", .description = "y"})});
        co_await b(send_message{
            .chat_id = 5,
            .text = flag ? "yes" : "no",
            .reply_markup = inline_keyboard_markup{
                .inline_keyboard = list(list(inline_keyboard_button{
                    .text = name + filler, .callback_data = concat("data_", shorter)}))}});
        co_await b(get_updates{.allowed_updates = list(filler + "a", filler + "b")});
        co_await b(get_updates{.allowed_updates = std::vector<std::string>(2, filler)});
        co_await b(send_message{
            .chat_id = 5, .text = "t", .extra = concat("{\"a\":\"", filler, "\"}")});
        for (int i = 0; i != 3; ++i)
            co_await b(send_message{.chat_id = i, .text = std::to_string(i) + filler});
    };
    for (int i = 0; i != 6; ++i)
        network.will_give(i == 4 ? "[]" : i == 5 ? "true" : "{}");
    network.will_give("{}");
    network.will_give("[]");
    network.will_give("[]");
    for (int i = 0; i != 4; ++i)
        network.will_give("{}");
    run(job(api, "Anna", true));
    const std::string filler(60, '.');
    CHECK(network.asked.at(0).body == R"({"chat_id":5,"text":"Hello, Anna)" + filler + "\"}");
    CHECK(network.asked.at(1).body ==
          R"({"chat_id":"@Anna)" + filler + R"(","text":"Anna1)" + filler + "\"}");
    CHECK(network.asked.at(3).uploads.at(0).path == filler + ".jpg");
    CHECK(network.asked.at(4).uploads.at(1).bytes == filler + "3");
    CHECK(network.asked.at(7).body ==
          R"({"allowed_updates":[")" + filler + R"(a",")" + filler + "b\"]}");
    CHECK(body() == R"({"chat_id":2,"text":"2)" + filler + "\"}");
}

TEST_CASE_FIXTURE(fixture, "results are used where they stand, or kept") {
    for (int i = 0; i != 4; ++i)
        network.will_give(a_message);
    auto job = [](bot& b) -> awaitable<void> {
        const std::int64_t id = (co_await b(send_message{.chat_id = 5, .text = "1"}))->message_id();
        CHECK(id == 7);
        auto first = co_await b(send_message{.chat_id = 5, .text = "2"});
        auto second = co_await b(send_message{.chat_id = first->chat().id(), .text = "3"});
        first = std::move(second);
        CHECK(first->text() == "Hi");
        std::vector<owned<telegram::message>> kept;
        kept.push_back(co_await b(send_message{.chat_id = 5, .text = "4"}));
        CHECK(kept[0]->chat().id() == 5);
    };
    run(job(api));
}

TEST_CASE_FIXTURE(fixture, "a call may be prepared, and awaited later") {
    network.will_give(a_message);
    auto job = [](bot& b) -> awaitable<void> {
        auto pending = [&b] {
            const std::string text(100, 'x');
            return b(send_message{.chat_id = 5, .text = text});
        }();
        auto sent = co_await std::move(pending);
        CHECK(sent->message_id() == 7);
    };
    run(job(api));
    CHECK(body() == R"({"chat_id":5,"text":")" + std::string(100, 'x') + "\"}");
}

TEST_CASE_FIXTURE(fixture, "errors can be caught and the coroutine goes on") {
    network.will_say(400, R"({"ok":false,"error_code":400,"description":"no"})");
    network.will_give(a_message);
    auto job = [](bot& b) -> awaitable<void> {
        bool refused = false;
        try {
            co_await b(delete_message{.chat_id = 5, .message_id = 1});
        } catch (const api_error&) {
            refused = true;
        }
        CHECK(refused);
        auto sent = co_await b(send_message{.chat_id = 5, .text = "t"});
        CHECK(sent);
    };
    run(job(api));
}
