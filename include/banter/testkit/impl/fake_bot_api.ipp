// Bodies of testkit/fake_bot_api.hpp.
#pragma once

#include <banter/testkit/fake_bot_api.hpp>
#include <banter/testkit/http_body.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <atomic>
#include <charconv>
#include <optional>
#include <set>
#include <thread>
#include <utility>

namespace banter::testkit {

struct fake_bot_api::impl : std::enable_shared_from_this<fake_bot_api::impl> {
    using tcp = boost::asio::ip::tcp;
    using error_code = boost::system::error_code;
    using strand = boost::asio::strand<boost::asio::any_io_executor>;

    class session;

    impl(const fake_bot_api_options& options, boost::asio::any_io_executor executor)
        : telegram(options.telegram), token(options.token), line(std::move(executor)),
          acceptor(line, tcp::endpoint(boost::asio::ip::address_v4::loopback(), options.port)),
          port(acceptor.local_endpoint().port()) {}

    world telegram;
    std::string token;
    strand line;
    tcp::acceptor acceptor;
    std::uint16_t port;
    std::set<session*> sessions;
    std::atomic<std::size_t> accepted{0};
    // Only without a context of the caller's.
    std::unique_ptr<boost::asio::io_context> own;
    std::thread thread;

    void start();
    void listen();
    void ask_polls_again();
    void cut_all();
    void stop();
};

/// One connection: reads a request, answers it, and so on.
class fake_bot_api::impl::session : public std::enable_shared_from_this<session> {
  public:
    session(std::shared_ptr<impl> server, tcp::socket socket)
        : server_(std::move(server)), socket_(std::move(socket)), timer_(server_->line) {
        server_->sessions.insert(this);
    }
    ~session() {
        if (poll_ != 0) server_->telegram.abandon_poll(poll_);
        server_->sessions.erase(this);
    }

    void read() {
        parser_.emplace();
        parser_->body_limit(std::uint64_t{64} * 1024 * 1024);
        boost::beast::http::async_read(
            socket_, buffer_, *parser_,
            [self = shared_from_this()](error_code error, std::size_t) {
                if (!error) self->handle();
            });
    }

    void ask_again(bool expired) {
        if (poll_ == 0) return;
        const auto plan = server_->telegram.resume_poll(poll_, expired);
        if (plan.waiting_poll != 0) return;
        poll_ = 0;
        timer_.cancel();
        write(plan);
    }

    /// Closes with a reset, so that the client sees a broken connection and no end of stream.
    void cut() {
        error_code ignored;
        socket_.set_option(boost::asio::socket_base::linger(true, 0), ignored);
        socket_.close(ignored);
        timer_.cancel();
    }

  private:
    void handle() {
        const auto& request = parser_->get();
        keep_ = request.keep_alive();
        range_.clear();
        const std::string target(request.target());
        const auto question = target.find('?');
        const std::string path = detail::percent_decoded(target.substr(0, question), false);
        const std::string query =
            question == std::string::npos ? std::string() : target.substr(question + 1);
        carry_out(plan_for(path, query, request));
    }

    template <class Request>
    reply_plan plan_for(const std::string& path, const std::string& query,
                        const Request& request) {
        const std::string files = "/file/bot" + server_->token + "/";
        const std::string methods = "/bot" + server_->token + "/";
        if (path.starts_with(files)) {
            binary_ = true;
            const auto range = request[boost::beast::http::field::range];
            return cut_to_range(server_->telegram.download(path.substr(files.size())),
                                std::string_view(range.data(), range.size()));
        }
        binary_ = false;
        reply_plan plan;
        if (!path.starts_with(methods)) {
            const bool a_token = path.find(':') != std::string::npos;
            plan.status = a_token ? 401 : 404;
            plan.body = a_token
                            ? R"({"ok":false,"error_code":401,"description":"Unauthorized"})"
                            : R"({"ok":false,"error_code":404,"description":"Not Found"})";
            return plan;
        }
        const auto type = request[boost::beast::http::field::content_type];
        const auto body = detail::decode_body(query, std::string_view(type.data(), type.size()),
                                              request.body());
        return server_->telegram.call(path.substr(methods.size()),
                                      body.valid ? body.params : "not JSON", body.files);
    }

    /// "bytes=100-": what stands behind the first 100 bytes.
    reply_plan cut_to_range(reply_plan plan, std::string_view range) {
        constexpr std::string_view unit = "bytes=";
        std::size_t from = 0;
        if (plan.status != 200 || !range.starts_with(unit) || !range.ends_with('-')) return plan;
        std::from_chars(range.data() + unit.size(), range.data() + range.size(), from);
        if (from == 0 || from >= plan.body.size()) return plan;
        const auto size = std::to_string(plan.body.size());
        range_ = "\r\nContent-Range: bytes " + std::to_string(from) + "-" +
                 std::to_string(plan.body.size() - 1) + "/" + size;
        plan.status = 206;
        plan.body.erase(0, from);
        return plan;
    }

    void carry_out(const reply_plan& plan) {
        if (plan.waiting_poll != 0) {
            poll_ = plan.waiting_poll;
            after(plan.delay, [](session& s) { s.ask_again(true); });
            watch_client();
            return;
        }
        if (!plan.faulty) return write(plan);
        switch (plan.fault) {
        case fault_kind::cut_connection: return cut();
        case fault_kind::cut_answer: return write(plan, true);
        case fault_kind::no_answer: return watch_client();
        case fault_kind::slow_answer:
            late_ = plan;
            return after(plan.delay, [](session& s) { s.write(s.late_); });
        default: return write(plan);
        }
    }

    void after(std::chrono::milliseconds delay, void (*action)(session&)) {
        timer_.expires_after(delay);
        timer_.async_wait([self = shared_from_this(), action](error_code error) {
            if (!error) action(*self);
        });
    }

    /// While nothing is read, notices that the client goes away.
    void watch_client() {
        socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](error_code error) {
            error_code ignored;
            if (!error && self->socket_.available(ignored) > 0) return;
            if (self->poll_ != 0) self->server_->telegram.abandon_poll(self->poll_);
            self->poll_ = 0;
            self->timer_.cancel();
        });
    }

    void write(const reply_plan& plan, bool half = false) {
        const auto reason = boost::beast::http::obsolete_reason(
            static_cast<boost::beast::http::status>(plan.status));
        out_ = "HTTP/1.1 " + std::to_string(plan.status) + " " + std::string(reason) +
               "\r\nContent-Type: " +
               (plan.html ? "text/html" : binary_ ? "application/octet-stream" : "application/json") +
               range_ + "\r\nContent-Length: " + std::to_string(plan.body.size()) +
               "\r\nConnection: " + (keep_ ? "keep-alive" : "close") + "\r\n\r\n";
        out_ += half ? plan.body.substr(0, plan.body.size() / 2) : plan.body;
        const bool stay = keep_ && !half;
        boost::asio::async_write(
            socket_, boost::asio::buffer(out_),
            [self = shared_from_this(), stay](error_code error, std::size_t) {
                if (!error && stay) return self->read();
                error_code ignored;
                self->socket_.shutdown(tcp::socket::shutdown_send, ignored);
            });
    }

    std::shared_ptr<impl> server_;
    tcp::socket socket_;
    boost::asio::steady_timer timer_;
    boost::beast::flat_buffer buffer_;
    std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
    std::string out_;
    std::string range_;  // the header of a part of a file
    reply_plan late_;
    std::uint64_t poll_ = 0;
    bool keep_ = true;
    bool binary_ = false;
};

BANTER_COLD_DECL void fake_bot_api::impl::start() {
    // News come from any thread; the sessions live on the strand.
    telegram.on_news(
        [](void* context) {
            auto* server = static_cast<impl*>(context);
            boost::asio::post(server->line, [weak = server->weak_from_this()] {
                if (const auto held = weak.lock()) held->ask_polls_again();
            });
        },
        this);
    listen();
}

BANTER_COLD_DECL void fake_bot_api::impl::listen() {
    acceptor.async_accept(line, [self = shared_from_this()](error_code error, tcp::socket socket) {
        if (error == boost::asio::error::operation_aborted || !self->acceptor.is_open()) return;
        if (!error) {
            ++self->accepted;
            error_code ignored;
            socket.set_option(tcp::no_delay(true), ignored);
            std::make_shared<session>(self, std::move(socket))->read();
        }
        self->listen();
    });
}

BANTER_COLD_DECL void fake_bot_api::impl::ask_polls_again() {
    // A session may end meanwhile, so not over the set itself.
    std::vector<std::shared_ptr<session>> all;
    for (auto* s : sessions)
        if (auto held = s->weak_from_this().lock()) all.push_back(std::move(held));
    for (const auto& s : all) s->ask_again(false);
}

BANTER_COLD_DECL void fake_bot_api::impl::stop() {
    error_code ignored;
    acceptor.close(ignored);
    cut_all();
}

BANTER_COLD_DECL void fake_bot_api::impl::cut_all() {
    std::vector<std::shared_ptr<session>> all;
    for (auto* s : sessions)
        if (auto held = s->weak_from_this().lock()) all.push_back(std::move(held));
    for (const auto& s : all) s->cut();
}

BANTER_COLD_DECL fake_bot_api::fake_bot_api(boost::asio::any_io_executor executor,
                                            fake_bot_api_options options)
    : impl_(std::make_shared<impl>(options, std::move(executor))) {
    impl_->start();
}

BANTER_COLD_DECL fake_bot_api::fake_bot_api(fake_bot_api_options options) {
    auto context = std::make_unique<boost::asio::io_context>(1);
    impl_ = std::make_shared<impl>(options, context->get_executor());
    impl_->own = std::move(context);
    impl_->start();
    impl_->thread = std::thread([c = impl_->own.get()] { c->run(); });
}

BANTER_COLD_DECL fake_bot_api::~fake_bot_api() {
    impl_->telegram.on_news(nullptr, nullptr);
    if (!impl_->own) {
        impl_->stop();
        return;
    }
    auto* const server = impl_.get();
    boost::asio::post(server->line, [server] { server->stop(); });
    server->thread.join();  // the context runs out of work once everything is closed
    // The acceptor inside refers to the context, which therefore goes last.
    const auto context = std::move(server->own);
    impl_.reset();
}

BANTER_COLD_DECL std::string fake_bot_api::url() const {
    return "http://127.0.0.1:" + std::to_string(impl_->port);
}
BANTER_COLD_DECL std::string fake_bot_api::token() const { return impl_->token; }
BANTER_COLD_DECL std::uint16_t fake_bot_api::port() const { return impl_->port; }
BANTER_COLD_DECL world& fake_bot_api::telegram() { return impl_->telegram; }

BANTER_COLD_DECL actor fake_bot_api::user(std::string_view first_name, user_options options) {
    auto& w = impl_->telegram;
    return actor(w, w.add_user(first_name, options), {}, {});
}

BANTER_COLD_DECL std::size_t fake_bot_api::connections() const { return impl_->accepted; }

BANTER_COLD_DECL void fake_bot_api::cut_connections() {
    boost::asio::post(impl_->line, [server = impl_] { server->cut_all(); });
}

}  // namespace banter::testkit
