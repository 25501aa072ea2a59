// The two shapes of a gateway's calls, each carried out by implementations of either; and what is
// seen of an answer without parsing it.
#include <banter/telegram/bot.hpp>

#include <boost/asio/append.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string>

using namespace banter;
using boost::system::error_code;

namespace {

struct clockless {
    boost::asio::io_context context;
    std::optional<gateway::wait_handler> waiting;

    void start_wait(std::chrono::nanoseconds, gateway::wait_handler) {}
    std::chrono::system_clock::time_point now() const { return {}; }
    boost::asio::any_io_executor get_executor() { return context.get_executor(); }
};

/// Takes the request along.
struct taking : clockless {
    void start_call(request what, gateway::call_handler handler) {
        boost::asio::post(context, [what = std::move(what),
                                    handler = std::move(handler)]() mutable {
            error_code fault;
            if (what.method == "fail") fault = boost::asio::error::eof;
            std::move(handler)(fault, answer{201, what.method + what.body});
        });
    }
};

/// Leaves it where it is. Whoever hangs is cancelled.
struct leaving : clockless {
    void start_call(const request& what, answer& got, gateway::wait_handler handler) {
        if (what.method == "hang") {
            auto slot = handler.get_cancellation_slot();
            waiting.emplace(std::move(handler));
            slot.assign([this](boost::asio::cancellation_type) {
                boost::asio::post(context, [this] {
                    gateway::wait_handler last(std::move(*waiting));
                    waiting.reset();
                    std::move(last)(boost::asio::error::operation_aborted);
                });
            });
            return;
        }
        boost::asio::post(context, [&what, &got, handler = std::move(handler)]() mutable {
            error_code fault;
            if (what.method == "fail") fault = boost::asio::error::eof;
            got.status = 201;
            got.body = what.method + what.body;
            std::move(handler)(fault);
        });
    }
};

/// Calls handlers where they want to be called.
struct polite_leaving : clockless {
    void start_call(const request&, answer&, gateway::wait_handler handler) {
        gateway::complete(context.get_executor(), std::move(handler), {});
    }
};
struct polite_taking : clockless {
    void start_call(request, gateway::call_handler handler) {
        boost::asio::post(context,
                          boost::asio::append(std::move(handler), error_code(), answer()));
    }
};

template <class Impl>
void elsewhere() {
    Impl impl;
    const gateway net(impl);
    boost::asio::io_context other;
    int called = 0;
    const request kept{"kept", "{}", {}};
    answer got;
    net.start_call({"given", "{}", {}},
                   boost::asio::bind_executor(other, [&](error_code, answer) { ++called; }));
    net.start_call(kept, got, boost::asio::bind_executor(other, [&](error_code) { ++called; }));
    impl.context.run();
    CHECK(called == 0);
    other.run();
    CHECK(called == 2);
}

template <class Impl>
void both_shapes() {
    Impl impl;
    const gateway net(impl);
    std::string log;
    net.start_call({"taken", "{}", {}},
                   [&](error_code fault, answer got) { log += fault ? "fault " : got.body + " "; });
    net.start_call({"fail", "{}", {}},
                   [&](error_code fault, answer) { log += fault ? "fault " : "no fault "; });
    const request kept{"kept", "{1}", {}};
    const request failing{"fail", "{2}", {}};
    answer got, none;
    net.start_call(kept, got, [&](error_code fault) { log += fault ? "fault " : got.body + " "; });
    net.start_call(failing, none, [&](error_code fault) { log += fault ? "fault" : "no fault"; });
    impl.context.run();
    CHECK(log == "taken{} fault kept{1} fault");
    CHECK(got.status == 201);
}

bool done(std::string_view body) { return says_done({200, std::string(body)}); }

}  // namespace

TEST_CASE("a gateway's calls, with the request moved and with the request kept") {
    both_shapes<taking>();
    both_shapes<leaving>();
}

TEST_CASE("handlers run on their own executor, whichever shape the call and the implementation have") {
    elsewhere<polite_leaving>();
    elsewhere<polite_taking>();
}

TEST_CASE("a call whose request was moved can be cancelled, or be left when all ends") {
    leaving impl;
    const gateway net(impl);
    boost::asio::cancellation_signal signal;
    error_code fault;
    net.start_call({"hang", "{}", {}},
                   boost::asio::bind_cancellation_slot(
                       signal.slot(), [&](error_code code, answer) { fault = code; }));
    signal.emit(boost::asio::cancellation_type::terminal);
    impl.context.run();
    CHECK(fault == boost::asio::error::operation_aborted);
    net.start_call({"taken", "{}", {}}, [&](error_code, answer) { fault = {}; });
    CHECK(fault);
}

TEST_CASE("that a call was carried out is seen at the beginning of its answer") {
    CHECK(done(R"({"ok":true,"result":true})"));
    CHECK(done(R"({"ok":true,"result":{"message_id":5,"chat":{}}})"));
    CHECK(done("{ \"ok\" : true ,\n \"result\" : [] }"));
    CHECK_FALSE(done(R"({"ok":false,"error_code":400,"description":"no"})"));
    CHECK_FALSE(done(R"({"ok":true})"));
    CHECK_FALSE(done(R"({"ok":true,"result":{"message_id":5)"));
    CHECK_FALSE(done(R"({"ok":1,"result":true})"));
    CHECK_FALSE(done(R"({"result":true,"ok":true})"));  // read_answer() sees it
    CHECK_FALSE(done("<html>"));
    CHECK_FALSE(done("{"));
    CHECK_FALSE(done(""));
}
