#pragma once

#include <banter/net/errc.hpp>
#include <banter/net/long_poll.hpp>
#include <banter/telegram/error.hpp>

#include <boost/asio/cancellation_signal.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace banter::net {

namespace detail {

inline bool is_timeout(boost::system::error_code fault) {
    return fault == errc::resolve_timeout || fault == errc::connect_timeout ||
           fault == errc::handshake_timeout || fault == errc::write_timeout ||
           fault == errc::read_timeout || fault == boost::system::errc::timed_out;
}

class poll_loop : public std::enable_shared_from_this<poll_loop> {
  public:
    poll_loop(bot& api, update_sink sink, std::span<const std::string_view> allowed_updates,
              poller_options options, log_sink log)
        : api_(&api), sink_(sink), log_(log), rules(options, allowed_updates, log) {}

    void start(gateway::wait_handler handler);
    void stop();
    void abandon() noexcept;

  private:
    // One call or wait. Each has a signal and memory of its own: one that was given up may end after
    // the next has begun.
    struct operation {
        boost::asio::cancellation_signal signal;
        request what;
        answer got;
    };
    // The operation that counts; none: nothing is under way.
    using pending = std::shared_ptr<operation>;
    // One type for calls and waits, see gateway.hpp.
    struct ended_handler {
        std::weak_ptr<poll_loop> loop;
        pending of;
        using cancellation_slot_type = boost::asio::cancellation_slot;
        cancellation_slot_type get_cancellation_slot() const noexcept { return of->signal.slot(); }
        void operator()(boost::system::error_code fault) const {
            if (const auto self = loop.lock()) self->ended(of, fault);
        }
    };

    void go();
    void call(const poller::action& what);
    void ended(const pending& which, boost::system::error_code fault);
    void called(boost::system::error_code fault, answer& result);
    void tell_of(std::exception_ptr fault);
    void offer(const poller::action& what);
    void wait(const poller::action& what);
    void end(poll_exit result);
    void introduce();
    void finished(std::int64_t update_id);
    static void finished_thunk(void* self, std::int64_t update_id) {
        static_cast<poll_loop*>(self)->finished(update_id);
    }
    gateway::wait_handler begin(pending& what);
    static void give_up(pending& what) noexcept;

    bot* api_;
    update_sink sink_;
    log_sink log_;

  public:
    poller rules;
    poll_exit exit = poll_exit::success;

  private:
    std::unique_ptr<gateway::wait_handler> handler_;
    pending call_, wait_;
    std::uint64_t wait_number_ = 0;
    std::chrono::system_clock::time_point called_at_;
    std::vector<std::int64_t> finished_inside_;
    bool going_ = false, offering_ = false, introduced_ = false;
};

BANTER_COLD_DECL void poll_loop::start(gateway::wait_handler handler) {
    handler_ = std::make_unique<gateway::wait_handler>(std::move(handler));
    sink_.listen(sink_.object, &poll_loop::finished_thunk, this);
    go();
}

BANTER_COLD_DECL void poll_loop::stop() {
    if (rules.stopping())
        return;
    rules.stop();
    give_up(call_);
    go();
}

BANTER_COLD_DECL void poll_loop::abandon() noexcept {
    give_up(call_);
    give_up(wait_);
    if (handler_ != nullptr)
        sink_.listen(sink_.object, nullptr, nullptr);
    handler_.reset();
}

BANTER_COLD_DECL void poll_loop::go() {
    if (going_ || handler_ == nullptr)
        return;
    going_ = true;
    const auto self = shared_from_this();
    while (true) {
        const poller::action what = rules.next();
        if (what.what != poller::step::wait)
            give_up(wait_);
        if (what.what == poller::step::offer) {
            offer(what);
            continue;
        }
        if (what.what == poller::step::call && call_ == nullptr)
            call(what);
        if (what.what == poller::step::wait)
            wait(what);
        if (what.what == poller::step::stop)
            end(what.exit);
        break;
    }
    going_ = false;
}

BANTER_COLD_DECL gateway::wait_handler poll_loop::begin(pending& what) {
    what = std::make_shared<operation>();
    return gateway::wait_handler(ended_handler{weak_from_this(), what});
}

BANTER_COLD_DECL void poll_loop::give_up(pending& what) noexcept {
    // Whoever ignores the signal (a gateway need not heed it) is ignored when it ends.
    const pending old = std::move(what);
    if (old == nullptr)
        return;
    try {
        old->signal.emit(boost::asio::cancellation_type::terminal);
    } catch (const std::exception&) {
        // Then it ends by itself.
    }
}

BANTER_COLD_DECL void poll_loop::call(const poller::action& what) {
    called_at_ = api_->network().now();
    gateway::wait_handler handler = begin(call_);
    operation& of = *call_;
    of.what.method = what.method;
    of.what.body = what.body;
    api_->network().start_call(of.what, of.got, std::move(handler));
}

BANTER_COLD_DECL void poll_loop::ended(const pending& which, boost::system::error_code fault) {
    if (which == call_) {
        call_.reset();
        called(fault, which->got);
    } else if (which == wait_) {
        wait_.reset();
        rules.waited();
    } else {
        return;
    }
    go();
}

BANTER_COLD_DECL void poll_loop::called(boost::system::error_code fault, answer& result) {
    if (fault) {
        if (rules.fetching() && !is_timeout(fault))
            tell_of(std::make_exception_ptr(network_error("getUpdates", fault)));
        rules.failed(fault.message(), fault == errc::answer_too_large);
    } else {
        const auto took = api_->network().now() - called_at_;
        rules.answered(result.status, std::move(result.body),
                       std::chrono::duration_cast<std::chrono::milliseconds>(took));
    }
    tell_of(rules.take_fault());
    introduce();
}

BANTER_COLD_DECL void poll_loop::tell_of(std::exception_ptr fault) {
    if (fault != nullptr && sink_.fetching_failed != nullptr)
        sink_.fetching_failed(sink_.object, std::move(fault));
}

BANTER_COLD_DECL void poll_loop::introduce() {
    if (introduced_ || rules.bot_id() == 0)
        return;
    introduced_ = true;
    identity me;
    me.id = rules.bot_id();
    me.username = rules.username();
    me.first_name = rules.first_name();
    log_("running as @" + me.username);
    api_->set_identity(std::move(me));
}

BANTER_COLD_DECL void poll_loop::offer(const poller::action& what) {
    offering_ = true;
    std::int64_t update_id = 0;
    offer_result result = offer_result::done;
    try {
        result = sink_.offer(sink_.object, what.text, update_id);
    } catch (const std::exception& error) {
        log_("update " + std::to_string(what.ticket) + " is passed by: " + error.what());
    }
    // A pending update whose id is read differently there would never be heard of again.
    if (result == offer_result::pending && update_id != what.ticket)
        result = offer_result::done;
    offering_ = false;
    rules.offered(what.ticket, result);
    for (const std::int64_t id : finished_inside_)
        rules.finished(id);
    finished_inside_.clear();
}

BANTER_COLD_DECL void poll_loop::finished(std::int64_t update_id) {
    if (offering_) {  // the text on offer must not move; and this may be the very update on offer
        finished_inside_.push_back(update_id);
        return;
    }
    rules.finished(update_id);
    go();
}

BANTER_COLD_DECL void poll_loop::wait(const poller::action& what) {
    if (wait_ != nullptr && wait_number_ == what.wait_number)
        return;
    give_up(wait_);
    wait_number_ = what.wait_number;
    if (what.pause != poller::for_ever)
        api_->network().start_wait(what.pause, begin(wait_));
}

BANTER_COLD_DECL void poll_loop::end(poll_exit result) {
    sink_.listen(sink_.object, nullptr, nullptr);
    exit = result;
    const auto handler = std::move(handler_);
    gateway::complete(api_->network().get_executor(), std::move(*handler), {});
}

}  // namespace detail

BANTER_COLD_DECL long_poll::long_poll(bot& api, update_sink sink,
                                      std::span<const std::string_view> allowed_updates,
                                      poller_options options, log_sink log)
    : loop_(std::make_shared<detail::poll_loop>(api, sink, allowed_updates, options, log)) {}

BANTER_COLD_DECL long_poll::~long_poll() { loop_->abandon(); }

BANTER_COLD_DECL void long_poll::start(gateway::wait_handler handler) {
    loop_->start(std::move(handler));
}

BANTER_COLD_DECL void long_poll::stop() { loop_->stop(); }

BANTER_COLD_DECL poll_exit long_poll::exit() const noexcept { return loop_->exit; }

BANTER_COLD_DECL const poller& long_poll::state() const noexcept { return loop_->rules; }

}  // namespace banter::net
