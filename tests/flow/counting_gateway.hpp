// A gateway for tests of the flow alone: records calls, answers each with `{"ok":true,...}` or what
// a test set, and runs on an io_context of its own.
#pragma once

#include <banter/telegram/gateway.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <deque>
#include <string>
#include <utility>
#include <vector>

struct counting_gateway {
    boost::asio::io_context context{1};
    std::vector<banter::request> calls;
    std::vector<std::chrono::nanoseconds> waits;
    std::deque<std::pair<boost::system::error_code, banter::answer>> answers;  // used up first

    void start_call(banter::request what, banter::gateway::call_handler handler) {
        calls.push_back(std::move(what));
        boost::system::error_code error;
        banter::answer answer{200, R"({"ok":true,"result":true})"};
        if (!answers.empty()) {
            error = answers.front().first;
            answer = answers.front().second;
            answers.pop_front();
        }
        boost::asio::post(context, [handler = std::move(handler), error,
                                    answer = std::move(answer)]() mutable {
            std::move(handler)(error, std::move(answer));
        });
    }
    void start_wait(std::chrono::nanoseconds duration, banter::gateway::wait_handler handler) {
        waits.push_back(duration);
        boost::asio::post(context, [handler = std::move(handler)]() mutable {
            std::move(handler)(boost::system::error_code{});
        });
    }
    std::chrono::system_clock::time_point now() const { return {}; }
    boost::asio::any_io_executor get_executor() { return context.get_executor(); }

    /// Runs until nothing is ready. (run() would wait: the dispatcher's workers sleep.)
    void run() {
        do context.restart();
        while (context.poll() != 0);
    }
};
