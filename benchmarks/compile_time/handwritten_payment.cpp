// The payment conversation without a library: long polling over HTTPS on Asio, Beast and
// Boost.JSON, as one would write it for this bot alone. It is the measure of examples/payment in
// compile time, memory of the compiler, size and start-up, so it does what that bot does.
//
//   BOT_TOKEN=... [BOT_API_URL=https://host[:port]] handwritten_payment
//
// HANDWRITTEN_PLAIN_HTTP builds it for http:// instead, to try it against a server without TLS.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/json.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace json = boost::json;
namespace ssl = asio::ssl;
using asio::awaitable;
using asio::use_awaitable;
using std::chrono::seconds;
using clock_type = std::chrono::steady_clock;

#ifdef HANDWRITTEN_PLAIN_HTTP
using stream = beast::tcp_stream;
constexpr std::string_view scheme = "http://";
constexpr const char* default_port = "80";
#else
using stream = beast::ssl_stream<beast::tcp_stream>;
constexpr std::string_view scheme = "https://";
constexpr const char* default_port = "443";
#endif

constexpr std::int64_t admin = 1001004;

// ---- the connection to the Bot API ----

struct server {
    std::string host;
    std::string port;
    std::string token;
};

class api {
  public:
    api(asio::any_io_executor executor, ssl::context& tls, server where)
        : executor_(executor), tls_(tls), where_(std::move(where)) {}

    // The answer's `result`. Throws what Asio throws, and std::runtime_error with the description.
    awaitable<json::value> call(std::string_view method, json::value parameters,
                                seconds timeout = seconds(30)) {
        http::request<http::string_body> request(http::verb::post,
                                                 "/bot" + where_.token + "/" + std::string(method),
                                                 11);
        request.set(http::field::host, where_.host);
        request.set(http::field::content_type, "application/json");
        request.keep_alive(true);
        request.body() = json::serialize(parameters);
        request.prepare_payload();

        http::response_parser<http::string_body> parser;
        parser.body_limit(64 * 1024 * 1024);
        try {
            if (!stream_) co_await connect();
            beast::get_lowest_layer(*stream_).expires_after(timeout);
            co_await http::async_write(*stream_, request, use_awaitable);
            co_await http::async_read(*stream_, buffer_, parser, use_awaitable);
        } catch (...) {
            stream_.reset();
            buffer_.clear();
            throw;
        }
        if (!parser.get().keep_alive()) stream_.reset();
        json::value answer = json::parse(parser.get().body());
        const json::object& fields = answer.as_object();
        const auto* ok = fields.if_contains("ok");
        if (ok == nullptr || !ok->is_bool() || !ok->as_bool()) {
            const auto* why = fields.if_contains("description");
            throw std::runtime_error(std::string(method) + ": " +
                                     (why != nullptr && why->is_string()
                                          ? std::string(why->as_string())
                                          : std::string("no answer of the Bot API")));
        }
        co_return answer.as_object().at("result");
    }

  private:
    awaitable<void> connect() {
        asio::ip::tcp::resolver resolver(executor_);
        const auto found =
            co_await resolver.async_resolve(where_.host, where_.port, use_awaitable);
#ifdef HANDWRITTEN_PLAIN_HTTP
        stream_.emplace(executor_);
        stream_->expires_after(seconds(15));
        co_await stream_->async_connect(found, use_awaitable);
#else
        stream_.emplace(executor_, tls_);
        if (!SSL_set_tlsext_host_name(stream_->native_handle(), where_.host.c_str()))
            throw std::runtime_error("cannot name the host to TLS");
        stream_->set_verify_callback(ssl::host_name_verification(where_.host));
        beast::get_lowest_layer(*stream_).expires_after(seconds(15));
        co_await beast::get_lowest_layer(*stream_).async_connect(found, use_awaitable);
        co_await stream_->async_handshake(ssl::stream_base::client, use_awaitable);
#endif
    }

    asio::any_io_executor executor_;
    [[maybe_unused]] ssl::context& tls_;
    server where_;
    std::optional<stream> stream_;
    beast::flat_buffer buffer_;
};

// ---- the conversation ----

enum class stage : std::uint8_t { amount, details, receipt };

struct session {
    stage at = stage::amount;
    std::string amount;
    std::string way;
    clock_type::time_point deadline = clock_type::time_point::max();
    std::int64_t chat = 0;
};

struct member {
    std::int64_t chat;
    std::int64_t user;
    bool operator==(const member&) const = default;
};
struct member_hash {
    std::size_t operator()(const member& m) const {
        return static_cast<std::size_t>(m.chat) * 0x9E3779B97F4A7C15u +
               static_cast<std::size_t>(m.user);
    }
};

struct open_receipt {
    std::int64_t chat;
    std::string amount;
};

std::string escape_html(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string_view text_in(const json::object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    if (found == nullptr || !found->is_string()) return {};
    return {found->as_string().data(), found->as_string().size()};
}

json::object button(std::string_view label, std::string_view data) {
    json::object out;
    out["text"] = label;
    out["callback_data"] = data;
    return out;
}

json::object keyboard(std::vector<std::vector<std::pair<std::string, std::string>>> rows) {
    json::array list;
    for (const auto& row : rows) {
        json::array buttons;
        for (const auto& [label, data] : row) buttons.push_back(button(label, data));
        list.push_back(std::move(buttons));
    }
    json::object out;
    out["inline_keyboard"] = std::move(list);
    return out;
}

json::object methods() {
    return keyboard({{{"North Bank", "bank_1"}, {"South Bank", "bank_2"}},
                     {{"BTC", "wallet_BTC"}, {"ETH", "wallet_ETH"}, {"USDT", "wallet_USDT"}},
                     {{"Back", "back"}}});
}

// Outside the coroutine that uses it: g++ 12 takes no nested braces there.
json::object decision(const std::string& n) {
    return keyboard({{{"Approve", "approve_" + n}, {"Reject", "reject_" + n}}});
}

// A positive amount of at most 100000, with a point for a comma; nothing for anything else.
std::optional<std::string> amount_of(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return std::nullopt;
    std::string out(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
    for (char& c : out)
        if (c == ',') c = '.';
    const char* begin = out.data();
    if (*begin == '+') ++begin;
    double value = 0;
    const auto [end, error] = std::from_chars(begin, out.data() + out.size(), value);
    if (error != std::errc{} || end != out.data() + out.size()) return std::nullopt;
    if (!(value > 0 && value <= 100000)) return std::nullopt;
    return out;
}

class payment_bot {
  public:
    explicit payment_bot(api& calls) : calls_(calls) {}

    void set_name(std::string name) { name_ = std::move(name); }

    awaitable<void> handle(const json::object& update) {
        if (const auto* message = update.if_contains("message"))
            co_await on_message(message->as_object());
        else if (const auto* query = update.if_contains("callback_query"))
            co_await on_callback(query->as_object());
    }

    // Ends the conversations whose receipt has not come within half an hour.
    awaitable<void> expire() {
        const auto now = clock_type::now();
        std::vector<std::int64_t> chats;
        for (auto at = sessions_.begin(); at != sessions_.end();) {
            if (at->second.deadline <= now) {
                chats.push_back(at->second.chat);
                sessions_.erase(at++);
            } else {
                ++at;
            }
        }
        for (const std::int64_t chat : chats)
            co_await send(chat, "No receipt came in time. Start again with /pay.");
    }

  private:
    // The command's name in lower case, if it is for this bot.
    std::optional<std::string> command_in(const json::object& message) const {
        const auto* entities = message.if_contains("entities");
        const std::string_view text = text_in(message, "text");
        if (entities == nullptr || text.empty()) return std::nullopt;
        for (const auto& one : entities->as_array()) {
            const json::object& entity = one.as_object();
            if (text_in(entity, "type") != "bot_command" || entity.at("offset").as_int64() != 0)
                continue;
            std::string name(
                text.substr(1, static_cast<std::size_t>(entity.at("length").as_int64()) - 1));
            for (char& c : name)
                if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
            if (const auto at = name.find('@'); at != name.npos) {
                if (name.substr(at + 1) != name_) return std::nullopt;
                name.resize(at);
            }
            return name;
        }
        return std::nullopt;
    }

    static std::int64_t id_in(const json::object& from, std::string_view name) {
        const auto* found = from.if_contains(name);
        return found == nullptr ? 0 : found->as_object().at("id").as_int64();
    }

    awaitable<void> send(std::int64_t chat, std::string text, json::object markup = {}) {
        json::object parameters;
        parameters["chat_id"] = chat;
        parameters["text"] = std::move(text);
        if (!markup.empty()) parameters["reply_markup"] = std::move(markup);
        co_await calls_.call("sendMessage", std::move(parameters));
    }

    // Quotes in groups, and stays in its topic.
    awaitable<void> reply(const json::object& to, std::string text, json::object markup = {}) {
        json::object parameters;
        const json::object& chat = to.at("chat").as_object();
        parameters["chat_id"] = chat.at("id");
        parameters["text"] = std::move(text);
        if (text_in(chat, "type") != "private") {
            json::object quoted;
            quoted["message_id"] = to.at("message_id");
            parameters["reply_parameters"] = std::move(quoted);
        }
        if (to.contains("is_topic_message"))
            parameters["message_thread_id"] = to.at("message_thread_id");
        if (!markup.empty()) parameters["reply_markup"] = std::move(markup);
        co_await calls_.call("sendMessage", std::move(parameters));
    }

    awaitable<void> answer(const json::object& query, std::string_view text = {},
                           bool alert = false) {
        json::object parameters;
        parameters["callback_query_id"] = query.at("id");
        if (!text.empty()) parameters["text"] = text;
        if (alert) parameters["show_alert"] = true;
        co_await calls_.call("answerCallbackQuery", std::move(parameters));
    }

    awaitable<void> edit(const json::object& query, std::string text, bool html = false) {
        const json::object& message = query.at("message").as_object();
        json::object parameters;
        parameters["chat_id"] = message.at("chat").at("id");
        parameters["message_id"] = message.at("message_id");
        parameters["text"] = std::move(text);
        if (html) parameters["parse_mode"] = "HTML";
        co_await calls_.call("editMessageText", std::move(parameters));
    }

    awaitable<void> on_message(const json::object& message) {
        const member who{id_in(message, "chat"), id_in(message, "from")};
        const auto command = command_in(message);
        const std::string_view text = text_in(message, "text");
        if (command && *command == "pay") {
            session& fresh = sessions_[who];
            fresh = session{};
            fresh.chat = who.chat;
            co_await reply(message, "How much will you pay?");
            co_return;
        }
        const auto found = sessions_.find(who);
        if (found == sessions_.end()) {
            if (command && *command == "history")
                co_await show_history(message, who.user);
            else if (!text.empty())
                co_await reply(message, "Send /pay to begin.");
            co_return;
        }
        if (found->second.at == stage::amount && !text.empty() && !command) {
            co_await take_amount(message, found->second, text);
        } else if (found->second.at == stage::receipt &&
                   (message.contains("document") || message.contains("photo"))) {
            const session done = found->second;
            sessions_.erase(found);
            co_await take_receipt(message, who, done);
        } else if (command && *command == "cancel") {
            sessions_.erase(found);
            co_await reply(message, "The payment is cancelled.");
        } else if (command) {
            co_await reply(message, "This does not belong to a payment: " + std::string(text));
        } else {
            co_await reply(message, "Please use the buttons, or /cancel.");
        }
    }

    awaitable<void> take_amount(const json::object& message, session& now, std::string_view text) {
        auto amount = amount_of(text);
        if (!amount) {
            co_await reply(message, "This is no amount: " + std::string(text));
            co_return;
        }
        now.amount = std::move(*amount);
        now.at = stage::details;
        co_await reply(message, "How will you pay " + now.amount + "?", methods());
    }

    awaitable<void> take_receipt(const json::object& message, member who,
                                 const session& done) {
        const std::int64_t number = ++counter_;
        const std::string n = std::to_string(number);
        open_receipt& kept = open_[number];
        kept.chat = who.chat;
        kept.amount = done.amount;
        history_[who.user].push_back(done.amount + " " + done.way);
        co_await reply(message, "Receipt " + n + " for " + done.amount + " is being looked at.");
        co_await send(admin, "Receipt " + n + ": " + done.amount + " by " + done.way,
                      decision(n));
    }

    awaitable<void> show_history(const json::object& message, std::int64_t user) {
        std::string lines;
        for (const std::string& line : history_[user]) lines += line + "\n";
        if (lines.empty()) lines = "No payments so far.";
        co_await reply(message, std::move(lines));
    }

    awaitable<void> on_callback(const json::object& query) {
        const std::string_view data = text_in(query, "data");
        const auto* message = query.if_contains("message");
        const std::int64_t user = id_in(query, "from");
        if (message != nullptr) {
            const member who{id_in(message->as_object(), "chat"), user};
            const auto found = sessions_.find(who);
            if (found != sessions_.end() && found->second.at == stage::details && is_choice(data)) {
                co_await take_choice(query, found->second, data);
                co_return;
            }
        }
        const bool approve = data.starts_with("approve_");
        if (approve || data.starts_with("reject_"))
            co_await decide(query, user, approve ? "approve" : "reject",
                            data.substr(approve ? 8 : 7));
        else
            co_await answer(query, "This button is out of date.", true);
    }

    // Whether a button of the state `details` says this.
    static bool is_choice(std::string_view data) {
        if (data.starts_with("bank_"))
            return data.size() > 5 && data.substr(5).find_first_not_of("0123456789") == data.npos;
        return data == "back" || data == "wallet_BTC" || data == "wallet_ETH" ||
               data == "wallet_USDT";
    }

    awaitable<void> take_choice(const json::object& query, session& now, std::string_view data) {
        if (data == "back") {
            now = session{};
            now.chat = query.at("message").at("chat").at("id").as_int64();
            co_await answer(query);
            co_await edit(query, "How much will you pay?");
            co_return;
        }
        if (data == "bank_1") {
            now.way = "North Bank";
        } else if (data == "bank_2") {
            now.way = "South Bank";
        } else if (data.starts_with("wallet_")) {
            now.way = data.substr(7);
        } else {
            co_await answer(query, "There is no such bank.", true);
            co_return;
        }
        now.at = stage::receipt;
        now.deadline = clock_type::now() + std::chrono::minutes(30);
        const std::string text = "Pay " + escape_html(now.amount) + " by <b>" +
                                 escape_html(now.way) + "</b> and send the receipt.";
        co_await answer(query);
        co_await edit(query, text, true);
    }

    awaitable<void> decide(const json::object& query, std::int64_t user, std::string word,
                           std::string_view digits) {
        std::int64_t number = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (user != admin) {
            co_await answer(query, "Only the administrator decides.", true);
            co_return;
        }
        const auto found = open_.find(number);
        if (error != std::errc{} || end != digits.data() + digits.size() || found == open_.end()) {
            co_await answer(query, "This receipt is decided.");
            co_return;
        }
        const open_receipt receipt = found->second;
        open_.erase(found);
        const std::string n = std::to_string(number);
        co_await answer(query);
        co_await edit(query, "Receipt " + n + ": " + word);
        co_await send(receipt.chat, "Receipt " + n + " for " + receipt.amount + ": " + word);
    }

    api& calls_;
    std::string name_;
    boost::unordered_flat_map<member, session, member_hash> sessions_;
    boost::unordered_flat_map<std::int64_t, std::vector<std::string>> history_;
    boost::unordered_flat_map<std::int64_t, open_receipt> open_;
    std::int64_t counter_ = 0;
};

// ---- long polling ----

awaitable<void> poll(ssl::context& tls, server where) {
    const auto executor = co_await asio::this_coro::executor;
    api updates(executor, tls, where);
    api calls(executor, tls, where);
    payment_bot bot(calls);

    const json::value me = co_await updates.call("getMe", json::object());
    bot.set_name(std::string(me.at("username").as_string()));
    co_await updates.call("deleteWebhook", json::object());

    json::array kinds;
    kinds.emplace_back("message");
    kinds.emplace_back("callback_query");
    std::int64_t offset = 0;
    seconds pause(1);
    for (;;) {
        bool failed = false;
        try {
            json::object parameters;
            parameters["offset"] = offset;
            parameters["timeout"] = 10;
            parameters["allowed_updates"] = kinds;
            const json::value got =
                co_await updates.call("getUpdates", std::move(parameters), seconds(25));
            for (const json::value& one : got.as_array()) {
                const json::object& update = one.as_object();
                try {
                    co_await bot.handle(update);
                } catch (const std::exception& error) {
                    std::cerr << "an update failed: " << error.what() << "\n";
                }
                offset = update.at("update_id").as_int64() + 1;
            }
            co_await bot.expire();
            pause = seconds(1);
        } catch (const std::exception& error) {
            std::cerr << "polling failed: " << error.what() << "\n";
            failed = true;
        }
        if (failed) {
            asio::steady_timer timer(executor, pause);
            co_await timer.async_wait(use_awaitable);
            pause = std::min(pause * 2, seconds(30));
        }
    }
}

server server_of(std::string_view url, std::string token) {
    if (!url.starts_with(scheme))
        throw std::runtime_error("BOT_API_URL must begin with " + std::string(scheme));
    url.remove_prefix(scheme.size());
    if (url.ends_with('/')) url.remove_suffix(1);
    const auto colon = url.rfind(':');
    if (colon == url.npos) return {std::string(url), default_port, std::move(token)};
    return {std::string(url.substr(0, colon)), std::string(url.substr(colon + 1)),
            std::move(token)};
}

int main() {
    const char* token = std::getenv("BOT_TOKEN");
    if (token == nullptr || *token == '\0') {
        std::cerr << "BOT_TOKEN is not set\n";
        return 2;
    }
    const char* url = std::getenv("BOT_API_URL");
    try {
        const server where = server_of(
            url != nullptr ? std::string_view(url)
                           : std::string_view("https://api.telegram.org"), token);
        asio::io_context context(1);
        ssl::context tls(ssl::context::tls_client);
#ifndef HANDWRITTEN_PLAIN_HTTP
        tls.set_default_verify_paths();
        tls.set_verify_mode(ssl::verify_peer);
#endif
        asio::signal_set signals(context, SIGINT, SIGTERM);
        signals.async_wait([&](boost::system::error_code, int) { context.stop(); });
        std::exception_ptr failure;
        asio::co_spawn(context, poll(tls, where), [&](std::exception_ptr why) {
            failure = why;
            context.stop();
        });
        context.run();
        if (failure) std::rethrow_exception(failure);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
