// One connection to the server: opened, written to, read from, each step with a limit of time.
// Internal: included by http_gateway.ipp.
#pragma once

#include <banter/net/http_gateway.hpp>
#include <banter/net/impl/answer_body.hpp>
#include <banter/net/multipart.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
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

/// What the verification of a certificate found, and the check of the host name.
struct certificate_check {
    boost::asio::ssl::host_name_verification names;
    int* x509_error;
    bool* wrong_host;

    bool operator()(bool fine, boost::asio::ssl::verify_context& context) const {
        if (!fine) {
            *x509_error = X509_STORE_CTX_get_error(context.native_handle());
            return false;
        }
        const bool matches = names(fine, context);
        *wrong_host = !matches;
        return matches;
    }
};

class http_connection : public std::enable_shared_from_this<http_connection> {
  public:
    http_connection(boost::asio::any_io_executor executor, const server_address& address,
                    const http_options& options)
        : executor_(executor), address_(address), options_(options), socket_(executor),
          timer_(executor), in_(16 * 1024) {}

    /// Name, connection, handshake. `tls` is null for plain HTTP.
    awaitable<error_code> open(boost::asio::ssl::context* tls);

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

    void arm(std::chrono::milliseconds limit);
    void disarm() noexcept;
    error_code judged(error_code fault, errc when_late) const noexcept;
    error_code handshake_fault(error_code fault) const noexcept;
    void start_lookup();
    void prepare_tls(boost::asio::ssl::context& tls);
    void prepare_parser(std::optional<parser_type>& parser, const file_sink* file);
    error_code parse(std::optional<parser_type>& parser);
    awaitable<error_code> find_endpoints();
    awaitable<error_code> connect();
    awaitable<error_code> handshake();
    awaitable<std::size_t> read_some(error_code& fault);
    awaitable<void> write_all(std::string_view data, error_code& fault);
    awaitable<void> write_request(body_source& body, exchange_facts& facts, error_code& fault);
    awaitable<error_code> read_answer(std::chrono::milliseconds patience, const file_sink* file,
                                      answer& out, exchange_facts& facts);

    boost::asio::any_io_executor executor_;
    const server_address& address_;
    const http_options& options_;
    tcp::socket socket_;
    std::optional<boost::asio::ssl::stream<tcp::socket&>> tls_;
    boost::asio::steady_timer timer_;
    std::shared_ptr<lookup> lookup_;
    std::vector<tcp::endpoint> endpoints_;
    std::vector<char> in_;
    std::string out_, unparsed_;
    std::chrono::steady_clock::time_point idle_since_;
    std::uint64_t alarm_ = 0;
    int x509_error_ = 0;
    bool wrong_host_ = false;
    bool late_ = false, closed_ = false, keep_alive_ = false;
    bool head_begun_ = false;  // the parser has taken the status line
};

// ---- limits of time ----

BANTER_DECL void http_connection::arm(std::chrono::milliseconds limit) {
    late_ = false;
    timer_.expires_after(limit);
    timer_.async_wait([weak = weak_from_this(), alarm = ++alarm_](error_code fault) {
        const auto self = weak.lock();
        // A timer that was set anew may have rung already: its number tells.
        if (fault || self == nullptr || self->alarm_ != alarm)
            return;
        self->late_ = true;
        self->close();
    });
}

BANTER_DECL void http_connection::disarm() noexcept {
    ++alarm_;
    try {
        timer_.cancel();
    } catch (const boost::system::system_error&) {
        // The number alone is enough: the timer rings in vain.
    }
}

BANTER_DECL void http_connection::close() noexcept {
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

BANTER_DECL error_code http_connection::judged(error_code fault, errc when_late) const noexcept {
    if (late_)
        return make_error_code(when_late);
    if (closed_)
        return boost::asio::error::operation_aborted;
    return fault;
}

// ---- opening ----

BANTER_DECL awaitable<error_code> http_connection::open(boost::asio::ssl::context* tls) {
    error_code fault = co_await find_endpoints();
    if (fault)
        co_return fault;
    fault = co_await connect();
    if (fault)
        co_return fault;
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    if (tls != nullptr) {
        prepare_tls(*tls);
        fault = co_await handshake();
    }
    co_return fault;
}

BANTER_DECL awaitable<error_code> http_connection::find_endpoints() {
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
BANTER_DECL void http_connection::start_lookup() {
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

BANTER_DECL awaitable<error_code> http_connection::connect() {
    error_code fault = boost::asio::error::host_not_found;
    for (std::size_t i = 0; i < endpoints_.size(); ++i) {
        fault = error_code();
        socket_.close(fault);
        arm(options_.connect_timeout);
        co_await socket_.async_connect(
            endpoints_[i], boost::asio::redirect_error(boost::asio::use_awaitable, fault));
        disarm();
        if (!fault && !closed_)
            co_return error_code();
        fault = judged(fault, errc::connect_timeout);
        if (closed_ && !late_)
            break;
        closed_ = false;
    }
    co_return fault;
}

BANTER_DECL void http_connection::prepare_tls(boost::asio::ssl::context& context) {
    tls_.emplace(socket_, context);
    error_code ignored;
    tls_->set_verify_mode(boost::asio::ssl::verify_peer, ignored);
    const certificate_check check{boost::asio::ssl::host_name_verification(address_.host()),
                                  &x509_error_, &wrong_host_};
    tls_->set_verify_callback(check, ignored);
    boost::asio::ip::make_address(address_.host(), ignored);
    // An address is no server name.
    if (ignored)
        SSL_set_tlsext_host_name(tls_->native_handle(), address_.host().c_str());
}

BANTER_DECL awaitable<error_code> http_connection::handshake() {
    error_code fault;
    arm(options_.handshake_timeout);
    co_await tls_->async_handshake(boost::asio::ssl::stream_base::client,
                                   boost::asio::redirect_error(boost::asio::use_awaitable, fault));
    disarm();
    if (fault)
        fault = judged(handshake_fault(fault), errc::handshake_timeout);
    co_return fault;
}

BANTER_DECL error_code http_connection::handshake_fault(error_code fault) const noexcept {
    if (wrong_host_)
        return make_error_code(errc::wrong_host);
    if (x509_error_ == X509_V_ERR_CERT_HAS_EXPIRED || x509_error_ == X509_V_ERR_CERT_NOT_YET_VALID)
        return make_error_code(errc::certificate_expired);
    if (x509_error_ != 0)
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

BANTER_DECL awaitable<error_code> http_connection::exchange(body_source& body,
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

/// Whether the sending may go on, as whoever watches it sees it.
inline bool told(const transfer_watch& watch, transfer sent) noexcept {
    try {
        watch(sent);
        return true;
    } catch (...) {
        return false;
    }
}

BANTER_DECL awaitable<void> http_connection::write_request(body_source& body, exchange_facts& facts,
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

BANTER_DECL awaitable<void> http_connection::write_all(std::string_view data, error_code& fault) {
    while (!data.empty()) {
        const boost::asio::const_buffer rest(data.data(), data.size());
        std::size_t written = 0;
        arm(options_.write_timeout);
        if (tls_) {
            written = co_await tls_->async_write_some(
                rest, boost::asio::redirect_error(boost::asio::use_awaitable, fault));
        } else {
            written = co_await socket_.async_write_some(
                rest, boost::asio::redirect_error(boost::asio::use_awaitable, fault));
        }
        disarm();
        if (!fault && closed_)
            fault = boost::asio::error::operation_aborted;
        if (fault)
            co_return;
        data.remove_prefix(written);
    }
}

BANTER_DECL awaitable<std::size_t> http_connection::read_some(error_code& fault) {
    const boost::asio::mutable_buffer room(in_.data(), in_.size());
    std::size_t got = 0;
    if (tls_) {
        got = co_await tls_->async_read_some(
            room, boost::asio::redirect_error(boost::asio::use_awaitable, fault));
    } else {
        got = co_await socket_.async_read_some(
            room, boost::asio::redirect_error(boost::asio::use_awaitable, fault));
    }
    co_return got;
}

BANTER_DECL void http_connection::prepare_parser(std::optional<parser_type>& parser,
                                                 const file_sink* file) {
    head_begun_ = false;
    parser.emplace();
    parser->eager(true);
    parser->header_limit(64 * 1024);
    parser->body_limit(boost::none);  // a file may have any size; texts are bounded by their body
    parser->get().body().file = file;
    parser->get().body().limit = options_.answer_limit;
}

BANTER_DECL error_code http_connection::parse(std::optional<parser_type>& parser) {
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

BANTER_DECL awaitable<error_code> http_connection::read_answer(std::chrono::milliseconds patience,
                                                               const file_sink* file, answer& out,
                                                               exchange_facts& facts) {
    std::optional<parser_type> parser;
    prepare_parser(parser, file);
    while (true) {
        error_code fault;
        arm(facts.answer_begun ? options_.read_timeout : options_.read_timeout + patience);
        const std::size_t got = co_await read_some(fault);
        disarm();
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

BANTER_DECL bool http_connection::reusable() {
    if (!keep_alive_ || closed_ || !socket_.is_open())
        return false;
    if (std::chrono::steady_clock::now() - idle_since_ > options_.idle_limit)
        return false;
    // An idle server says nothing; whatever can be read now is the end of the connection. Under TLS
    // the farewell may have come with the last answer and lie in OpenSSL's buffer already.
    char byte = 0;
    if (tls_) {
        ERR_clear_error();
        const int got = SSL_peek(tls_->native_handle(), &byte, 1);
        if (got > 0 || SSL_get_error(tls_->native_handle(), got) != SSL_ERROR_WANT_READ)
            return false;
    }
    error_code fault;
    socket_.receive(boost::asio::buffer(&byte, 1), tcp::socket::message_peek, fault);
    return fault == boost::asio::error::would_block || fault == boost::asio::error::try_again;
}

}  // namespace banter::net::detail
