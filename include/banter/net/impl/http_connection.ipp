// One connection to the server: opened, written to, read from, each step with a limit of time.
// Internal: included by http_gateway.ipp.
#pragma once

#include <banter/net/http_gateway.hpp>
#include <banter/net/impl/answer_body.hpp>
#include <banter/net/impl/tls_session.hpp>
#include <banter/net/multipart.hpp>
#include <banter/telegram/file_sink.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace banter::net::detail {

using boost::asio::awaitable;
using boost::system::error_code;
using tcp = boost::asio::ip::tcp;

/// What is known about a request when its connection breaks.
struct exchange_facts {
    bool whole_sent = false;    ///< the last byte of the request was handed over
    bool answer_begun = false;  ///< at least one byte of an answer came
};

class http_connection;

/// Wakes the connection that waits, if it still waits for this.
struct waker {
    std::weak_ptr<http_connection> who;
    std::uint64_t turn;

    void operator()(error_code fault) const;
};

class http_connection : public std::enable_shared_from_this<http_connection> {
  public:
    http_connection(boost::asio::any_io_executor executor, const server_address& address,
                    const http_options& options)
        : executor_(executor), address_(address), options_(options), socket_(executor),
          timer_(executor), in_(16 * 1024) {}

    /// Name, connection, handshake. `tls` is null for plain HTTP.
    awaitable<error_code> open(SSL_CTX* tls);

    /// Where the head of the next request is written.
    std::string& head() noexcept { return out_; }
    /// Sends a request, head and body, and reads its answer. `patience` is added to the limit for
    /// the first byte. The bytes of a `file` that comes go there.
    awaitable<error_code> exchange(body_source& body, std::chrono::milliseconds patience,
                                   const file_sink* file, answer& out, exchange_facts& facts);

    /// Whether another request may follow the last one, as far as can be seen from here.
    bool reusable();
    bool kept_alive() const noexcept { return keep_alive_; }
    std::chrono::steady_clock::time_point idle_since() const noexcept { return idle_since_; }

    /// Ends whatever is under way.
    void close() noexcept;

  private:
    struct lookup {  // outlives the connection if the system's resolver is slow
        lookup(const boost::asio::any_io_executor& executor)
            : resolver(executor), ready(executor) {}
        tcp::resolver resolver;
        boost::asio::steady_timer ready;
        std::vector<tcp::endpoint> found;
        error_code fault;
        bool finished = false;
    };
    using parser_type = boost::beast::http::response_parser<answer_body>;

    using clock = std::chrono::steady_clock;
    friend struct waker;

    awaitable<error_code> woken(clock::time_point limit);
    awaitable<error_code> until(wish what, clock::time_point limit);
    awaitable<void> let_others();
    wish try_read(std::size_t& got, error_code& fault);
    wish try_write(std::string_view data, std::size_t& written, error_code& fault);
    error_code judged(error_code fault, errc when_late) const noexcept;
    error_code handshake_fault(error_code fault) const noexcept;
    void start_lookup();
    void prepare_parser(std::optional<parser_type>& parser, const file_sink* file);
    error_code parse(std::optional<parser_type>& parser);
    awaitable<error_code> find_endpoints();
    awaitable<error_code> connect();
    awaitable<error_code> handshake(SSL_CTX* context);
    awaitable<std::size_t> read_some(clock::time_point limit, error_code& fault);
    awaitable<void> write_all(std::string_view data, error_code& fault);
    awaitable<void> write_request(body_source& body, exchange_facts& facts, error_code& fault);
    awaitable<error_code> read_answer(std::chrono::milliseconds patience, const file_sink* file,
                                      answer& out, exchange_facts& facts);

    boost::asio::any_io_executor executor_;
    const server_address& address_;
    const http_options& options_;
    tcp::socket socket_;
    std::optional<tls_session> tls_;
    boost::asio::steady_timer timer_;
    std::shared_ptr<lookup> lookup_;
    std::vector<tcp::endpoint> endpoints_;
    std::vector<char> in_;
    std::string out_, unparsed_;
    clock::time_point idle_since_;
    std::uint64_t turn_ = 0;  // of waiting; a waker of an earlier one comes too late
    error_code found_;        // by the waker
    unsigned busy_steps_ = 0;
    bool woken_ = false;
    bool late_ = false, closed_ = false, keep_alive_ = false;
    bool head_begun_ = false;  // the parser has taken the status line
};

// ---- waiting, with a limit of time ----

// All waiting is for the timer: it rings at the limit, and is cancelled when what was waited for comes.
BANTER_COLD_DECL awaitable<error_code> http_connection::woken(clock::time_point limit) {
    late_ = false;
    woken_ = false;
    timer_.expires_at(limit);
    error_code ignored;
    co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    ++turn_;
    if (!woken_) {
        late_ = true;
        close();
    }
    co_return woken_ ? found_ : make_error_code(boost::system::errc::timed_out);
}

// A peer that is quicker than we are must not keep everything else from its turn.
BANTER_COLD_DECL awaitable<void> http_connection::let_others() {
    timer_.expires_at(clock::now());
    error_code ignored;
    co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
}

BANTER_COLD_DECL void waker::operator()(error_code fault) const {
    const auto self = who.lock();
    if (self == nullptr || self->turn_ != turn)
        return;
    self->woken_ = true;
    self->found_ = fault;
    self->timer_.cancel();
}

BANTER_COLD_DECL awaitable<error_code> http_connection::until(wish what, clock::time_point limit) {
    socket_.async_wait(what == wish::readable ? tcp::socket::wait_read : tcp::socket::wait_write,
                       waker{weak_from_this(), turn_});
    const error_code fault = co_await woken(limit);
    co_return fault;
}

BANTER_COLD_DECL void http_connection::close() noexcept {
    closed_ = true;
    keep_alive_ = false;
    error_code ignored;
    socket_.close(ignored);
    if (lookup_ != nullptr) {
        try {
            lookup_->ready.cancel();
        } catch (const boost::system::system_error&) {
            // It ends by itself, at its limit.
        }
    }
}

BANTER_COLD_DECL error_code http_connection::judged(error_code fault, errc when_late) const noexcept {
    if (late_)
        return make_error_code(when_late);
    if (closed_)
        return boost::asio::error::operation_aborted;
    return fault;
}

// ---- opening ----

BANTER_COLD_DECL awaitable<error_code> http_connection::open(SSL_CTX* tls) {
    error_code fault = co_await find_endpoints();
    if (fault)
        co_return fault;
    fault = co_await connect();
    if (fault)
        co_return fault;
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    if (tls != nullptr)
        fault = co_await handshake(tls);
    co_return fault;
}

BANTER_COLD_DECL awaitable<error_code> http_connection::find_endpoints() {
    error_code fault;
    const auto literal = boost::asio::ip::make_address(address_.host(), fault);
    if (!fault) {  // an address needs no name server (and no thread that would ask it)
        endpoints_.assign(1, tcp::endpoint(literal, address_.port()));
        co_return error_code();
    }
    start_lookup();
    const std::shared_ptr<lookup> state = lookup_;
    co_await state->ready.async_wait(
        boost::asio::redirect_error(boost::asio::use_awaitable, fault));
    lookup_.reset();
    if (closed_)
        co_return boost::asio::error::operation_aborted;
    if (!state->finished)
        co_return make_error_code(errc::resolve_timeout);
    endpoints_ = std::move(state->found);
    co_return state->fault;
}

// A look-up cannot be interrupted: after its limit it is left to itself, and its result to nobody.
BANTER_COLD_DECL void http_connection::start_lookup() {
    lookup_ = std::make_shared<lookup>(executor_);
    lookup_->ready.expires_after(options_.resolve_timeout);
    lookup_->resolver.async_resolve(
        address_.host(), std::to_string(address_.port()),
        [state = lookup_](error_code fault, const tcp::resolver::results_type& results) {
            state->finished = true;
            state->fault = fault;
            for (const auto& one : results)
                state->found.push_back(one.endpoint());
            state->ready.cancel();
        });
}

BANTER_COLD_DECL awaitable<error_code> http_connection::connect() {
    error_code fault = boost::asio::error::host_not_found;
    for (std::size_t i = 0; i < endpoints_.size(); ++i) {
        socket_.close(fault);
        socket_.async_connect(endpoints_[i], waker{weak_from_this(), turn_});
        fault = co_await woken(clock::now() + options_.connect_timeout);
        if (!fault && !closed_)
            co_return error_code();
        fault = judged(fault, errc::connect_timeout);
        if (closed_ && !late_)
            break;
        closed_ = false;
    }
    co_return fault;
}

BANTER_COLD_DECL awaitable<error_code> http_connection::handshake(SSL_CTX* context) {
    error_code fault;
    boost::asio::ip::make_address(address_.host(), fault);
    tls_.emplace(context, socket_);
    if (!tls_->expect(address_.host(), !fault))
        co_return make_error_code(errc::wrong_host);
    const clock::time_point limit = clock::now() + options_.handshake_timeout;
    fault = error_code();
    wish next = tls_->handshake(fault);
    while (next != wish::nothing && !fault) {
        fault = co_await until(next, limit);
        if (!fault)
            next = tls_->handshake(fault);
    }
    if (fault)
        fault = judged(handshake_fault(fault), errc::handshake_timeout);
    co_return fault;
}

BANTER_COLD_DECL error_code http_connection::handshake_fault(error_code fault) const noexcept {
    const long verdict = tls_->verdict();
    if (verdict == X509_V_ERR_HOSTNAME_MISMATCH || verdict == X509_V_ERR_IP_ADDRESS_MISMATCH)
        return make_error_code(errc::wrong_host);
    if (verdict == X509_V_ERR_CERT_HAS_EXPIRED || verdict == X509_V_ERR_CERT_NOT_YET_VALID)
        return make_error_code(errc::certificate_expired);
    if (verdict != X509_V_OK)
        return make_error_code(errc::certificate_refused);
    if (fault.category() == boost::asio::error::get_ssl_category()) {
        const int reason = ERR_GET_REASON(static_cast<unsigned long>(fault.value()));
        if (reason == SSL_R_WRONG_VERSION_NUMBER)
            return make_error_code(errc::not_tls);
        return fault;
    }
    return make_error_code(errc::handshake_failed);
}

// ---- a request and its answer ----

BANTER_COLD_DECL awaitable<error_code> http_connection::exchange(body_source& body,
                                                                 std::chrono::milliseconds patience,
                                                                 const file_sink* file, answer& out,
                                                                 exchange_facts& facts) {
    keep_alive_ = false;
    unparsed_.clear();
    error_code write_fault;
    co_await write_request(body, facts, write_fault);
    if (write_fault && (late_ || closed_))
        co_return judged(write_fault, errc::write_timeout);
    if (write_fault && (write_fault == errc::file_changed || write_fault == errc::file_unreadable))
        co_return write_fault;
    // A server that refuses a large body answers before it has read the body, and closes: its
    // answer says more than the failed write.
    const error_code read_fault = co_await read_answer(patience, file, out, facts);
    if (!read_fault) {
        if (write_fault)
            keep_alive_ = false;
        idle_since_ = std::chrono::steady_clock::now();
        co_return error_code();
    }
    co_return write_fault && !facts.answer_begun ? write_fault : read_fault;
}

/// Whether the socket could do nothing at once; that is no fault then.
inline bool blocked(error_code& fault) noexcept {
    if (fault != boost::asio::error::would_block && fault != boost::asio::error::try_again)
        return false;
    fault = error_code();
    return true;
}

/// Whether the sending may go on, as whoever watches it sees it.
inline bool told(const transfer_watch& watch, transfer sent) noexcept {
    try {
        watch(sent);
        return true;
    } catch (...) {
        return false;
    }
}

BANTER_COLD_DECL awaitable<void> http_connection::write_request(body_source& body, exchange_facts& facts,
                                                                error_code& fault) {
    // A small body goes out in one packet with the head.
    std::string_view piece = body.next(fault);
    transfer sent{0, body.size()};
    if (!fault && piece.size() <= 64 * 1024) {
        sent.bytes += piece.size();
        out_.append(piece);
        piece = body.next(fault);
    }
    if (fault)
        co_return;
    facts.whole_sent = piece.empty();
    co_await write_all(out_, fault);
    const transfer_watch watch = body.watch();
    while (!fault && !piece.empty()) {
        const std::string_view now = piece;
        co_await write_all(now, fault);
        if (fault)
            break;
        sent.bytes += now.size();
        if (!told(watch, sent)) {
            close();
            fault = boost::asio::error::operation_aborted;
            break;
        }
        piece = body.next(fault);
    }
    facts.whole_sent = !fault;
}

BANTER_COLD_DECL wish http_connection::try_write(std::string_view data, std::size_t& written,
                                                 error_code& fault) {
    if (tls_)
        return tls_->write_some(data.data(), data.size(), written, fault);
    written = socket_.write_some(boost::asio::const_buffer(data.data(), data.size()), fault);
    return blocked(fault) ? wish::writable : wish::nothing;
}

BANTER_COLD_DECL wish http_connection::try_read(std::size_t& got, error_code& fault) {
    if (tls_)
        return tls_->read_some(in_.data(), in_.size(), got, fault);
    got = socket_.read_some(boost::asio::mutable_buffer(in_.data(), in_.size()), fault);
    return blocked(fault) ? wish::readable : wish::nothing;
}

BANTER_COLD_DECL awaitable<void> http_connection::write_all(std::string_view data, error_code& fault) {
    while (!data.empty()) {
        std::size_t written = 0;
        const wish next = try_write(data, written, fault);
        data.remove_prefix(written);
        if (next != wish::nothing)
            fault = co_await until(next, clock::now() + options_.write_timeout);
        else if (!fault && ++busy_steps_ % 16 == 0)
            co_await let_others();
        if (!fault && closed_)
            fault = boost::asio::error::operation_aborted;
        if (fault)
            co_return;
    }
}

BANTER_COLD_DECL awaitable<std::size_t> http_connection::read_some(clock::time_point limit,
                                                                   error_code& fault) {
    std::size_t got = 0;
    wish next = try_read(got, fault);
    while (next != wish::nothing && !fault) {
        fault = co_await until(next, limit);
        if (!fault)
            next = try_read(got, fault);
    }
    if (!fault && ++busy_steps_ % 16 == 0)
        co_await let_others();
    co_return got;
}

BANTER_COLD_DECL void http_connection::prepare_parser(std::optional<parser_type>& parser,
                                                      const file_sink* file) {
    head_begun_ = false;
    parser.emplace();
    parser->eager(true);
    parser->header_limit(64 * 1024);
    parser->body_limit(boost::none);  // a file may have any size; texts are bounded by their body
    parser->get().body().file = file;
    parser->get().body().limit = options_.answer_limit;
}

BANTER_COLD_DECL error_code http_connection::parse(std::optional<parser_type>& parser) {
    namespace http = boost::beast::http;
    constexpr std::string_view protocol = "HTTP/";
    while (!unparsed_.empty()) {
        // Once the first bytes were too few to judge, the parser waits for the end of the head, which
        // a server that speaks something else never sends.
        if (!head_begun_ && !protocol.starts_with(std::string_view(unparsed_).substr(0, 5)))
            return make_error_code(errc::not_http);
        error_code fault;
        const std::size_t used =
            parser->put(boost::asio::const_buffer(unparsed_.data(), unparsed_.size()), fault);
        unparsed_.erase(0, used);
        head_begun_ = head_begun_ || used > 0;
        if (fault == http::error::need_more)
            return error_code();
        if (parser->get().body().refused)
            return parser->get().body().refused;
        if (fault == http::error::body_limit)
            return make_error_code(errc::answer_too_large);
        if (fault)
            return make_error_code(errc::not_http);
        if (!parser->is_done())
            continue;
        if (parser->get().result_int() / 100 != 1)
            break;
        prepare_parser(parser, parser->get().body().file);  // "100 Continue" and its like: the answer proper follows
    }
    return error_code();
}

BANTER_COLD_DECL awaitable<error_code> http_connection::read_answer(std::chrono::milliseconds patience,
                                                                    const file_sink* file, answer& out,
                                                                    exchange_facts& facts) {
    std::optional<parser_type> parser;
    prepare_parser(parser, file);
    while (true) {
        error_code fault;
        const auto limit = facts.answer_begun ? options_.read_timeout : options_.read_timeout + patience;
        const std::size_t got = co_await read_some(clock::now() + limit, fault);
        if (late_)
            co_return make_error_code(errc::read_timeout);
        if (closed_)
            co_return boost::asio::error::operation_aborted;
        if (fault) {
            // Only a body without a length may end with the connection, and only in order.
            error_code at_end;
            if (fault == boost::asio::error::eof && parser->got_some())
                parser->put_eof(at_end);
            if (fault != boost::asio::error::eof || at_end || !parser->is_done())
                co_return make_error_code(errc::connection_lost);
            break;
        }
        facts.answer_begun = true;
        unparsed_.append(in_.data(), got);
        fault = parse(parser);
        if (fault)
            co_return fault;
        if (parser->is_done())
            break;
    }
    keep_alive_ = parser->keep_alive() && unparsed_.empty();
    out.status = static_cast<int>(parser->get().result_int());
    out.body = std::move(parser->get().body().text);
    co_return error_code();
}

BANTER_COLD_DECL bool http_connection::reusable() {
    if (!keep_alive_ || closed_ || !socket_.is_open())
        return false;
    if (std::chrono::steady_clock::now() - idle_since_ > options_.idle_limit)
        return false;
    // An idle server says nothing; whatever can be read now is the end of the connection.
    if (tls_)
        return tls_->silent();
    char byte = 0;
    error_code fault;
    socket_.receive(boost::asio::buffer(&byte, 1), tcp::socket::message_peek, fault);
    return blocked(fault);
}

}  // namespace banter::net::detail
