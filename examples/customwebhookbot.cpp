// A bot inside of a web server of its own: Telegram posts updates to it, and so does somebody else.
//
//   POST /telegram        one update: the webhook
//   GET  /healthcheck     for whoever watches the server
//   GET  /submitpayload?user_id=..&payload=..   an event of another service, also by POST
//
// Updates and events go to one dispatcher. The event is a type, `submission`, and has a handler like
// everything else; what was submitted is kept as typed user data. Behind a proxy that speaks TLS this
// server is what https://domain.tld stands for; it listens on 127.0.0.1, port BOT_WEBHOOK_PORT or 8000.
#include <banter/flow.hpp>
#include <banter/flow/dispatcher.hpp>
#include <banter/flow/handlers.hpp>
#include <banter/net/address.hpp>
#include <banter/net/http_gateway.hpp>
#include <banter/net/query.hpp>
#include <banter/telegram/bot.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <vector>

using namespace banter;
namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::asio::ip::tcp;

namespace {

constexpr std::string_view public_url = "https://domain.tld";
constexpr std::int64_t administrator = 123456;

}  // namespace

/// What the other service has to say about a user. Its user_id says whose data its handler gets.
struct submission {
    std::int64_t user_id = 0;
    std::string payload;
};

struct payload_list {
    std::vector<std::string> all;
};

struct webhook_bot {
    static void start(context& ctx) {
        const std::string health = concat(public_url, "/healthcheck");
        const std::string submit =
            concat(public_url, "/submitpayload?user_id=<your user id>&payload=<payload>");
        ctx.reply_html(concat("The server is well if <code>", escape_html(health),
                              "</code> says so. To post an event, open <code>", escape_html(submit),
                              "</code>."));
    }

    static task<> submitted(bot& api, const submission& what, user_data<payload_list>& user) {
        auto member =
            co_await api(get_chat_member{.chat_id = what.user_id, .user_id = what.user_id});
        user->all.push_back(what.payload);
        const telegram::user from = member->user();
        std::string report = concat(mention_html(what.user_id, full_name(from)), " has submitted:");
        for (const std::string& payload : user->all)
            report += concat("\n<code>", escape_html(payload), "</code>");
        co_await api(send_message{
            .chat_id = administrator, .text = report, .parse_mode = parse_mode::html});
        co_return;
    }

    static constexpr auto flow() {
        return handlers(on(command<"start">, start), on_event<submission>(submitted));
    }

  private:
    static std::string full_name(telegram::user of) {
        const std::string_view last = of.last_name().value_or("");
        return last.empty() ? std::string(of.first_name()) : concat(of.first_name(), ' ', last);
    }
};

/// The web server. Everything happens in one thread, the io_context's.
class web_server {
  public:
    web_server(asio::io_context& io, std::uint16_t port, dispatcher<webhook_bot>& work)
        : work_(work), submissions_(work.poster<submission>()),
          acceptor_(io, tcp::endpoint(asio::ip::address_v4::loopback(), port)) {}

    asio::awaitable<void> run() {
        while (acceptor_.is_open()) {
            auto [fault, socket] =
                co_await acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
            if (fault) continue;
            asio::co_spawn(acceptor_.get_executor(), serve(std::move(socket)), asio::detached);
        }
    }
    void stop() { acceptor_.close(); }

  private:
    using request_type = http::request<http::string_body>;
    using answer_type = http::response<http::string_body>;

    /// One connection, until either side ends it (by an exception).
    asio::awaitable<void> serve(tcp::socket socket) {
        boost::beast::tcp_stream stream(std::move(socket));
        boost::beast::flat_buffer buffer;
        bool goes_on = true;
        while (goes_on) {
            request_type asked;
            stream.expires_after(std::chrono::seconds(30));
            co_await http::async_read(stream, buffer, asked, asio::use_awaitable);
            answer_type answer(respond(asked), asked.version());
            if (asked.method() == http::verb::get && answer.result() == http::status::ok) {
                answer.set(http::field::content_type, "text/plain");
                answer.body() = "The bot is well.\n";
            }
            goes_on = asked.keep_alive();
            answer.keep_alive(goes_on);
            answer.prepare_payload();
            co_await http::async_write(stream, answer, asio::use_awaitable);
        }
    }

    http::status respond(const request_type& asked) {
        const bool reads = asked.method() == http::verb::get || asked.method() == http::verb::head;
        const bool posts = asked.method() == http::verb::post;
        const std::string_view path = path_of(asked);
        if (path == "/telegram")
            return posts ? take_update(asked.body()) : http::status::method_not_allowed;
        if (path == "/healthcheck")
            return reads ? http::status::ok : http::status::method_not_allowed;
        if (path == "/submitpayload")
            return reads || posts ? submit(query_of(asked)) : http::status::method_not_allowed;
        return http::status::not_found;
    }

    /// 200 once the update is taken; Telegram posts it again otherwise.
    http::status take_update(std::string_view json) {
        const auto unreadable = work_.counters().unreadable;
        std::int64_t id = 0;
        if (work_.offer(json, id) == accepted::busy) return http::status::service_unavailable;
        const bool read = work_.counters().unreadable == unreadable;
        return read ? http::status::ok : http::status::bad_request;
    }

    http::status submit(std::string_view query) {
        const auto fields = net::parse_query(query);
        if (!fields) return http::status::bad_request;
        const std::string* const user = net::field_of(*fields, "user_id");
        const std::string* const payload = net::field_of(*fields, "payload");
        if (user == nullptr || payload == nullptr) return http::status::bad_request;
        const std::optional<std::int64_t> user_id = whole_number(*user);
        if (!user_id) return http::status::bad_request;
        const bool taken = submissions_.post({*user_id, *payload}) == post_result::queued;
        return taken ? http::status::ok : http::status::service_unavailable;
    }

    /// Digits may be grouped: 1_000.
    static std::optional<std::int64_t> whole_number(std::string_view typed) {
        const auto is_digit = [&typed](std::size_t at) {
            return at < typed.size() && typed[at] >= '0' && typed[at] <= '9';
        };
        std::string digits;
        for (std::size_t i = 0; i != typed.size(); ++i)
            if (typed[i] != '_' || i == 0 || !is_digit(i - 1) || !is_digit(i + 1)) digits += typed[i];
        return parse<std::int64_t>(digits);
    }

    static std::string_view path_of(const request_type& asked) {
        const std::string_view target = asked.target();
        return target.substr(0, target.find('?'));
    }
    static std::string_view query_of(const request_type& asked) {
        const std::string_view target = asked.target();
        return target.substr(std::min(path_of(asked).size() + 1, target.size()));
    }

    dispatcher<webhook_bot>& work_;
    poster<submission> submissions_;
    tcp::acceptor acceptor_;
};

namespace {

asio::awaitable<void> begin(bot& api, std::span<const std::string_view> wanted) {
    const std::string url = concat(public_url, "/telegram");
    co_await api(set_webhook{.url = url, .allowed_updates = wanted});
    auto me = co_await api(get_me{});
    api.set_identity(*me);
}

std::string setting(const char* name, const char* otherwise) {
    const char* const value = std::getenv(name);
    return value == nullptr ? otherwise : value;
}

}  // namespace

int main() {
    try {
        asio::io_context io;
        net::http_gateway telegram(io.get_executor(),
                                   net::server_address::parse(setting("BOT_API_URL", "")),
                                   net::token(setting("BOT_TOKEN", "")));
        bot api{gateway(telegram)};
        dispatcher<webhook_bot> work(api, services<>());
        const int port = std::stoi(setting("BOT_WEBHOOK_PORT", "8000"));
        web_server web(io, static_cast<std::uint16_t>(port), work);
        asio::signal_set signals(io, SIGINT, SIGTERM);

        // Ends what is in work, then everything.
        const auto finish = [&] {
            web.stop();
            work.close_posts();
            asio::co_spawn(io, work.drain(), [&io](std::exception_ptr) { io.stop(); });
        };
        std::exception_ptr failure;
        asio::co_spawn(io, web.run(), asio::detached);
        signals.async_wait([&](boost::system::error_code, int) { finish(); });
        asio::co_spawn(io, begin(api, work.allowed_updates()), [&](std::exception_ptr failed) {
            failure = failed;
            if (failed) finish();
        });
        io.run();
        if (failure) std::rethrow_exception(failure);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
