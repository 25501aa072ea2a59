// An echo without conversations, filters and a dispatcher: the Bot API alone, as typed calls, and a
// getUpdates loop of one's own.
//
// An update is confirmed by asking for the next ones, and only when it has been answered: one whose
// answer failed comes again. For everything that this loop does not do (several updates at a time,
// order for each chat, stopping in order with handlers at work), see the other examples.
#include <banter/net/address.hpp>
#include <banter/net/http_gateway.hpp>
#include <banter/telegram/bot.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>
#include <utility>

using namespace banter;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

constexpr std::string_view wanted[] = {"message"};
/// How often a message that Telegram refuses is tried.
constexpr int most_tries = 3;

class echo_loop {
  public:
    explicit echo_loop(bot& api) : api_(api) {}

    /// Runs until stop(), or until a failure that no waiting mends: throws it then.
    asio::awaitable<void> run() {
        co_await first_update();
        while (!stopping_) {
            std::exception_ptr failure;
            try {
                if (pause_ > 0s) co_await stoppable(api_.network().wait(pause_));
                co_await work_on_batch();
            } catch (...) {
                failure = std::current_exception();
            }
            pause_ = failure && !stopping_ ? pause_after(failure) : 0s;
        }
        co_await confirm();
    }

    /// What is being answered is finished first.
    void stop() {
        stopping_ = true;
        polling_.emit(asio::cancellation_type::terminal);
    }

  private:
    asio::awaitable<void> first_update() {
        co_await api_(get_me{});
        auto waiting = co_await api_(get_updates{});
        if (!waiting->empty()) offset_ = (*waiting)[0].update_id();
    }

    asio::awaitable<void> work_on_batch() {
        get_updates next{.offset = offset_, .timeout = 10, .allowed_updates = wanted};
        auto updates = co_await stoppable(api_(next));
        for (const telegram::update update : *updates) {
            if (stopping_) co_return;
            offset_ = update.update_id();
            ++tries_;
            const telegram::message said = update.message();
            if (said && said.text()) co_await repeat(said);
            leave_behind();
        }
    }

    /// A coroutine of its own, which stop() cancels: it cancels no other.
    template <class T>
    asio::awaitable<T> stoppable(asio::awaitable<T> work) {
        return asio::co_spawn(api_.network().get_executor(), std::move(work),
                              asio::bind_cancellation_slot(polling_.slot(), asio::use_awaitable));
    }

    void leave_behind() {
        ++*offset_;
        tries_ = 0;
    }

    /// Outside of private chats an answer quotes, and in a forum it stays in its topic.
    asio::awaitable<void> repeat(telegram::message said) {
        send_message answer{.chat_id = said.chat().id(), .text = *said.text()};
        if (said.chat().type() != "private")
            answer.reply_parameters = reply_parameters{.message_id = said.message_id()};
        if (said.is_topic_message().value_or(false))
            answer.message_thread_id = said.message_thread_id();
        co_await api_(answer);
    }

    /// How long to wait before the batch is asked for again. A message that cannot be answered is
    /// left behind.
    std::chrono::seconds pause_after(const std::exception_ptr& failure) {
        try {
            std::rethrow_exception(failure);
        } catch (const network_error&) {
            return 1s;
        } catch (const api_error& error) {
            const int code = error.error_code();
            if (error.migrate_to_chat_id()) throw;
            if (code >= 500) return 1s;
            if (code == 429) return error.retry_after().value_or(1s);
            if (tries_ > 0 && (code == 403 || (code == 400 && tries_ >= most_tries))) {
                leave_behind();
                return 0s;
            }
            if (code == 400) return 1s;
            throw;
        }
    }

    asio::awaitable<void> confirm() {
        if (!offset_) co_return;
        get_updates last{.offset = offset_, .limit = 1, .timeout = 0};
        co_await api_(last);
    }

    bot& api_;
    std::optional<std::int64_t> offset_;
    int tries_ = 0;  // of the update at the offset
    std::chrono::seconds pause_{0};
    bool stopping_ = false;
    asio::cancellation_signal polling_;
};

std::string setting(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

}  // namespace

int main() {
    try {
        asio::io_context io;
        net::http_gateway telegram(io.get_executor(),
                                   net::server_address::parse(setting("BOT_API_URL")),
                                   net::token(setting("BOT_TOKEN")));
        bot api{gateway(telegram)};
        echo_loop loop(api);
        asio::signal_set signals(io, SIGINT, SIGTERM);
        signals.async_wait([&loop](boost::system::error_code fault, int) {
            if (!fault) loop.stop();
        });
        std::exception_ptr failure;
        asio::co_spawn(io, loop.run(), [&](std::exception_ptr ended) {
            failure = ended;
            signals.cancel();
        });
        io.run();
        if (failure) std::rethrow_exception(failure);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
