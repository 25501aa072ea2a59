#pragma once

#include <banter/flow/frame_memory.hpp>
#include <banter/net/http_gateway.hpp>
#include <banter/net/impl/http_connection.ipp>
#include <banter/net/impl/tls_context.hpp>
#include <banter/net/json_scan.hpp>
#include <banter/telegram/file_sink.hpp>
#include <banter/telegram/text.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <list>

namespace banter::net {

namespace detail {

struct http_job {
    // Asio 1.26 (Boost 1.81) recurses for ever when an any_completion_handler is move-assigned, so
    // it is only ever constructed.
    http_job(const request& call, answer& result, gateway::wait_handler&& done)
        : what(call), got(result), handler(std::move(done)),
          slot(boost::asio::get_associated_cancellation_slot(handler)) {}

    const request& what;  // the caller's, as long as the handler is there
    answer& got;
    gateway::wait_handler handler;
    boost::asio::cancellation_slot slot;
    std::shared_ptr<http_connection> on;
    bool cancelled = false, finished = false;
};

struct http_lane {
    std::size_t limit = 1, busy = 0;
    std::list<std::shared_ptr<http_job>> waiting;
    std::vector<std::shared_ptr<http_connection>> idle;
};

class http_pool : public std::enable_shared_from_this<http_pool> {
  public:
    http_pool(boost::asio::any_io_executor ex, server_address address, token secret,
              http_options options)
        : executor(std::move(ex)), address_(std::move(address)), secret_(std::move(secret)),
          options_(std::move(options)) {
        lanes_[0].limit = 1;
        lanes_[1].limit = std::max<std::size_t>(options_.connections, 1);
        lanes_[2].limit = std::max<std::size_t>(options_.downloads, 1);
    }

    void start(const request& what, answer& got, gateway::wait_handler handler);
    void shut_down();

    boost::asio::any_io_executor executor;
    std::size_t opened = 0, sent = 0;

  private:
    static awaitable<void> work(std::shared_ptr<http_pool> self, http_lane& lane,
                                std::shared_ptr<http_job> job);
    awaitable<error_code> carry_out(http_lane& lane, http_job& job, answer& out);
    awaitable<error_code> attempt(http_job& job, body_source& body, answer& out,
                                  exchange_facts& facts);
    awaitable<error_code> connect(http_job& job);
    std::shared_ptr<http_connection> kept_connection(http_lane& lane);
    error_code prepare_context();
    void write_head(const request& what, const body_source& body, std::string& head) const;
    void write_file_head(const file_sink& what, std::string& head) const;
    std::chrono::milliseconds patience_for(const request& what) const;
    http_lane& lane_for(const request& what) noexcept {
        return lanes_[what.file != nullptr ? 2 : what.method == "getUpdates" ? 0 : 1];
    }
    void cancel(const std::shared_ptr<http_job>& job);
    void finish(http_job& job, error_code fault, answer result);

    server_address address_;
    token secret_;
    http_options options_;
    owned_tls_context tls_;
    std::array<http_lane, 3> lanes_;  // getUpdates, other calls, downloads
    std::vector<http_job*> running_;
    bool stopped_ = false;
};

inline bool is_method_name(std::string_view method) noexcept {
    if (method.empty() || method.size() > 128)
        return false;
    for (const char c : method)
        if (!banter::detail::is_word_character(c))
            return false;
    return true;
}

BANTER_COLD_DECL void http_pool::start(const request& what, answer& got,
                                       gateway::wait_handler handler) {
    auto job = std::allocate_shared<http_job>(banter::detail::frame_allocator<http_job>(), what,
                                              got, std::move(handler));
    if (stopped_ || !is_method_name(job->what.method)) {
        const errc why = stopped_ ? errc::stopped : errc::bad_request;
        finish(*job, make_error_code(why), {});
        return;
    }
    if (job->slot.is_connected()) {
        job->slot.assign([pool = weak_from_this(),
                          weak = std::weak_ptr<http_job>(job)](boost::asio::cancellation_type) {
            const auto self = pool.lock();
            const auto one = weak.lock();
            if (self != nullptr && one != nullptr)
                self->cancel(one);
        });
    }
    http_lane& lane = lane_for(job->what);
    if (lane.busy == lane.limit) {
        lane.waiting.push_back(std::move(job));
        return;
    }
    ++lane.busy;
    boost::asio::co_spawn(executor, work(shared_from_this(), lane, std::move(job)),
                          boost::asio::detached);
}

BANTER_COLD_DECL void http_pool::cancel(const std::shared_ptr<http_job>& job) {
    if (job->finished)
        return;
    job->cancelled = true;
    if (job->on != nullptr)
        job->on->close();
    for (http_lane& lane : lanes_) {
        const auto place = std::find(lane.waiting.begin(), lane.waiting.end(), job);
        if (place == lane.waiting.end())
            continue;
        lane.waiting.erase(place);
        finish(*job, boost::asio::error::operation_aborted, {});
        break;
    }
}

// The handler runs on its own executor, and never inside the function that began or ended the call.
BANTER_COLD_DECL void http_pool::finish(http_job& job, error_code fault, answer result) {
    job.finished = true;
    if (job.slot.is_connected())
        job.slot.clear();
    if (!fault)
        job.got = std::move(result);
    gateway::complete(executor, std::move(job.handler), fault);
}

BANTER_COLD_DECL void http_pool::shut_down() {
    stopped_ = true;
    for (http_lane& lane : lanes_) {
        for (const auto& job : lane.waiting)
            finish(*job, make_error_code(errc::stopped), {});
        lane.waiting.clear();
        lane.idle.clear();
    }
    for (http_job* job : running_)
        if (job->on != nullptr)
            job->on->close();
}

BANTER_COLD_DECL awaitable<void> http_pool::work(std::shared_ptr<http_pool> self, http_lane& lane,
                                                 std::shared_ptr<http_job> job) {
    while (job != nullptr) {
        error_code fault;
        answer result;
        self->running_.push_back(job.get());
        try {
            fault = co_await self->carry_out(lane, *job, result);
        } catch (const boost::system::system_error& error) {
            fault = error.code();
        } catch (const std::exception&) {
            fault = make_error_code(boost::system::errc::not_enough_memory);
        }
        std::erase(self->running_, job.get());
        // A connection is kept only after a whole answer.
        if (!fault && job->on != nullptr && job->on->kept_alive() && !self->stopped_)
            lane.idle.push_back(job->on);
        job->on.reset();
        if (fault && job->cancelled)
            fault = boost::asio::error::operation_aborted;
        if (fault && self->stopped_)
            fault = make_error_code(errc::stopped);
        if (fault)
            result = answer();
        self->finish(*job, fault, std::move(result));
        job.reset();
        if (!lane.waiting.empty()) {
            job = std::move(lane.waiting.front());
            lane.waiting.pop_front();
        }
    }
    --lane.busy;
}

BANTER_COLD_DECL awaitable<error_code> http_pool::carry_out(http_lane& lane, http_job& job,
                                                            answer& out) {
    error_code fault;
    const std::string boundary = job.what.uploads.empty() ? std::string() : random_boundary();
    body_source body(job.what, boundary, fault);
    if (fault)
        co_return fault;

    exchange_facts facts;
    job.on = kept_connection(lane);
    if (job.on != nullptr) {
        fault = co_await attempt(job, body, out, facts);
        const bool ended = !facts.answer_begun && !job.cancelled && !stopped_ &&
                           fault != boost::asio::error::operation_aborted &&
                           fault != errc::read_timeout && fault != errc::write_timeout &&
                           fault != errc::file_changed && fault != errc::file_unreadable;
        const bool harmless = !facts.whole_sent || job.what.file != nullptr ||
                              is_idempotent(job.what.method);
        if (!fault || !ended || !harmless)
            co_return fault;
        body.rewind();
        facts = exchange_facts();
    }
    fault = co_await connect(job);
    if (!fault)
        fault = co_await attempt(job, body, out, facts);
    co_return fault;
}

BANTER_COLD_DECL awaitable<error_code> http_pool::attempt(http_job& job, body_source& body, answer& out,
                                                          exchange_facts& facts) {
    ++sent;
    const std::chrono::milliseconds patience = patience_for(job.what);
    write_head(job.what, body, job.on->head());
    const error_code fault = co_await job.on->exchange(body, patience, job.what.file, out, facts);
    // Error pages may show the path that was asked for, and with it the token.
    if (!fault && (out.status != 200 || !out.body.starts_with("{\"ok\":true")))
        out.body = secret_.redact(out.body);
    co_return fault;
}

BANTER_COLD_DECL awaitable<error_code> http_pool::connect(http_job& job) {
    error_code fault = prepare_context();
    if (fault)
        co_return fault;
    ++opened;
    job.on = std::make_shared<http_connection>(executor, address_, options_);
    fault = co_await job.on->open(tls_.get());
    co_return fault;
}

BANTER_COLD_DECL std::shared_ptr<http_connection> http_pool::kept_connection(http_lane& lane) {
    while (!lane.idle.empty()) {
        const std::shared_ptr<http_connection> last = std::move(lane.idle.back());
        lane.idle.pop_back();
        if (last->reusable())
            return last;
    }
    return nullptr;
}

// The system's authorities take some milliseconds to read, so a plain connection does without.
BANTER_COLD_DECL error_code http_pool::prepare_context() {
    error_code fault;
    if (!address_.secure() || tls_)
        return fault;
    tls_ = make_tls_context(options_.authorities, fault);
    return fault;
}

BANTER_COLD_DECL void http_pool::write_head(const request& what, const body_source& body,
                                            std::string& head) const {
    if (what.file != nullptr)
        return write_file_head(*what.file, head);
    char length[20];
    const char* const end = std::to_chars(length, length + sizeof length, body.size()).ptr;
    head.assign("POST ");
    head.append(address_.base_path()).append("/bot").append(secret_.reveal()).append("/");
    head.append(what.method).append(" HTTP/1.1\r\nHost: ").append(address_.authority());
    head.append("\r\nUser-Agent: banter\r\nAccept: application/json\r\nContent-Type: ");
    head.append(body.content_type()).append("\r\nContent-Length: ");
    head.append(std::string_view(length, end)).append("\r\n\r\n");
}

/// A path in a request's first line: whatever has a meaning there, or none, is escaped.
BANTER_COLD_DECL void append_path(std::string& out, std::string_view path) {
    for (const char c : path) {
        if (banter::detail::is_word_character(c) || c == '/' || c == '.' || c == '-' || c == '~') {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back("0123456789ABCDEF"[byte >> 4]);
        out.push_back("0123456789ABCDEF"[byte & 15]);
    }
}

BANTER_COLD_DECL void http_pool::write_file_head(const file_sink& what, std::string& head) const {
    head.assign("GET ");
    head.append(address_.base_path()).append("/file/bot").append(secret_.reveal()).append("/");
    append_path(head, what.path());
    head.append(" HTTP/1.1\r\nHost: ").append(address_.authority());
    head.append("\r\nUser-Agent: banter\r\nAccept: */*");
    if (what.from() != 0)
        head.append("\r\nRange: bytes=").append(std::to_string(what.from())).append("-");
    head.append("\r\n\r\n");
}

BANTER_COLD_DECL std::chrono::milliseconds http_pool::patience_for(const request& what) const {
    if (!what.uploads.empty())
        return options_.upload_margin;
    if (what.method != "getUpdates")
        return {};
    member_scan members(what.body);
    while (members.next())
        if (members.key() == "timeout")
            return std::chrono::seconds(
                std::clamp<std::int64_t>(whole_number(members.value()).value_or(0), 0, 3600));
    return {};
}

}  // namespace detail

BANTER_COLD_DECL http_gateway::http_gateway(boost::asio::any_io_executor executor,
                                            server_address address, token secret, http_options options)
    : pool_(std::make_shared<detail::http_pool>(std::move(executor), std::move(address),
                                                std::move(secret), std::move(options))) {}

BANTER_COLD_DECL http_gateway::~http_gateway() { pool_->shut_down(); }

BANTER_COLD_DECL void http_gateway::start_call(const request& what, answer& got,
                                               gateway::wait_handler handler) {
    pool_->start(what, got, std::move(handler));
}

BANTER_COLD_DECL void http_gateway::start_wait(std::chrono::nanoseconds duration,
                                               gateway::wait_handler handler) {
    using boost::system::error_code;
    const auto timer = std::make_shared<boost::asio::steady_timer>(pool_->executor);
    timer->expires_after(std::chrono::duration_cast<std::chrono::steady_clock::duration>(duration));
    auto slot = boost::asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected()) {
        slot.assign([weak = std::weak_ptr<boost::asio::steady_timer>(timer)](
                        boost::asio::cancellation_type) {
            if (const auto one = weak.lock())
                one->cancel();
        });
    }
    timer->async_wait([timer, slot, executor = pool_->executor,
                       handler = std::move(handler)](error_code fault) mutable {
        if (slot.is_connected())
            slot.clear();
        gateway::complete(executor, std::move(handler), fault);
    });
}

BANTER_COLD_DECL std::chrono::system_clock::time_point http_gateway::now() const {
    return std::chrono::system_clock::now();
}

BANTER_COLD_DECL boost::asio::any_io_executor http_gateway::get_executor() const noexcept {
    return pool_->executor;
}

BANTER_COLD_DECL std::size_t http_gateway::connections_opened() const noexcept { return pool_->opened; }

BANTER_COLD_DECL std::size_t http_gateway::requests_sent() const noexcept { return pool_->sent; }

}  // namespace banter::net
