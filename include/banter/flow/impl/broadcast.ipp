#pragma once

#include <banter/flow/broadcast.hpp>
#include <banter/telegram/impl/gateway.ipp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <stdexcept>

namespace banter::detail {

BANTER_COLD_DECL addressed_request::addressed_request(request whole) : whole_(std::move(whole)) {
    const std::string place = std::to_string(everybody);
    const std::string member = "\"chat_id\":" + place;
    const std::size_t at = whole_.body.find(member);
    if (at == std::string::npos)
        throw std::invalid_argument("banter: a broadcast's method says .chat_id = everybody");
    const std::size_t end = at + member.size();
    before_ = whole_.body.substr(0, end - place.size());
    after_ = whole_.body.substr(end);
    whole_.body.clear();
}

BANTER_COLD_DECL void addressed_request::write(std::int64_t chat, request& out) const {
    out = whole_;
    out.body.append(before_).append(std::to_string(chat)).append(after_);
}

/// How it ended, where the coroutine that waits finds it.
struct broadcast_end {
    broadcast_report report;
    std::exception_ptr failure;
};

/// What is under way: answers and the timer come back here, and own it. It owns the coroutine that
/// waits, so that both are gone when the network forgets its calls; never the other way round.
class broadcast_run : public std::enable_shared_from_this<broadcast_run> {
  public:
    broadcast_run(gateway net, broadcast_source from, const broadcast_options& options,
                  broadcast_end& end)
        : net_(net), from_(from), plan_(options.pace, options.parallel, options.listed),
          control_(options.control), end_(&end) {}

    void start(gateway::wait_handler handler) {
        handler_.emplace(std::move(handler));
        if (control_ != nullptr)
            control_->run_ = weak_from_this();
        slot_ = boost::asio::get_associated_cancellation_slot(*handler_);
        if (slot_.is_connected())
            slot_.assign([weak = weak_from_this()](boost::asio::cancellation_type) {
                if (const auto self = weak.lock())
                    self->finish(boost::asio::error::operation_aborted);
            });
        pump();
    }
    void stop() {
        plan_.stop();
        end_wait();
        pump();
    }

  private:
    struct under_way {
        request what;
        answer got;
        recipient to;
    };

    void pump() {
        if (over_)
            return;
        while (true) {
            broadcast_step step = plan_.next(net_.now());
            switch (step.what) {
            case broadcast_step::kind::send: send(step.to); break;
            case broadcast_step::kind::more: take_more(); break;
            case broadcast_step::kind::wait: return wait(step.until);
            case broadcast_step::kind::listen: return;
            case broadcast_step::kind::finished: return finish({});
            }
        }
    }

    void take_more() {
        try {
            std::int64_t chat = 0;
            if (from_.next(from_.of, chat))
                plan_.add(chat);
            else
                plan_.exhausted();
        } catch (...) {
            fail();
        }
    }

    void send(const recipient& to) {
        auto call = std::make_unique<under_way>();
        call->to = to;
        try {
            from_.write(from_.of, to.chat, call->what);
        } catch (...) {
            plan_.withdraw();
            return fail();
        }
        under_way& of = *call;
        net_.start_call(of.what, of.got,
                        gateway::wait_handler([self = shared_from_this(), call = std::move(call)](
                                                  boost::system::error_code fault) {
                            self->take_answer(*call, fault);
                        }));
    }

    void take_answer(under_way& call, boost::system::error_code fault) {
        if (over_)
            return;
        plan_.answered(call.to, fault ? judge_silence(fault) : judge_answer(call.what.method, call.got),
                       net_.now());
        if (control_ != nullptr)
            control_->report_ = plan_.report();
        pump();
    }

    void wait(std::chrono::system_clock::time_point until) {
        if (timer_set_ && timer_ <= until)
            return;
        end_wait();
        timer_ = until;
        timer_set_ = true;
        // A signal of its own for each wait: it may be used until the wait has come back.
        const auto signal = std::make_shared<boost::asio::cancellation_signal>();
        wake_ = signal;
        auto handler = [self = shared_from_this(), signal](boost::system::error_code) {
            if (self->wake_.get() != signal.get())
                return;
            self->wake_.reset();
            self->timer_set_ = false;
            self->pump();
        };
        net_.start_wait(until - net_.now(), gateway::wait_handler(boost::asio::bind_cancellation_slot(
                                                signal->slot(), std::move(handler))));
    }

    void end_wait() {
        timer_set_ = false;
        const auto signal = std::move(wake_);
        if (signal != nullptr)
            signal->emit(boost::asio::cancellation_type::terminal);
    }

    /// The source threw: the broadcast ends, with that.
    void fail() {
        end_->failure = std::current_exception();
        plan_.stop();
    }

    void finish(boost::system::error_code fault) {
        if (over_)
            return;
        over_ = true;
        end_wait();
        if (slot_.is_connected())
            slot_.clear();
        if (control_ != nullptr)
            control_->report_ = plan_.report();
        end_->report = std::move(plan_.report());
        gateway::wait_handler handler = std::move(*handler_);
        handler_.reset();
        gateway::complete(net_.get_executor(), std::move(handler), fault);
    }

    gateway net_;
    broadcast_source from_;
    broadcast_plan plan_;
    broadcast_control* control_;
    broadcast_end* end_;
    std::optional<gateway::wait_handler> handler_;
    boost::asio::cancellation_slot slot_;
    std::shared_ptr<boost::asio::cancellation_signal> wake_;
    std::chrono::system_clock::time_point timer_{};
    bool over_ = false, timer_set_ = false;
};

struct start_broadcast {
    std::shared_ptr<broadcast_run>* run;
    template <class Handler> void operator()(Handler&& handler) const {
        const std::shared_ptr<broadcast_run> mine = std::move(*run);
        mine->start(gateway::wait_handler(std::forward<Handler>(handler)));
    }
};

BANTER_COLD_DECL boost::asio::awaitable<broadcast_report> run_broadcast(
    gateway net, broadcast_source from, const broadcast_options& options) {
    broadcast_end end;
    auto run = std::make_shared<broadcast_run>(net, from, options, end);
    boost::system::error_code fault;
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, fault);
    start_broadcast initiation{&run};
    co_await boost::asio::async_initiate<decltype(token), void(boost::system::error_code)>(
        initiation, token);
    if (end.failure)
        std::rethrow_exception(end.failure);
    if (fault)
        throw network_error("broadcast", fault);
    co_return std::move(end.report);
}

}  // namespace banter::detail

namespace banter {

BANTER_COLD_DECL void broadcast_control::stop() {
    if (const auto run = run_.lock())
        run->stop();
}

}  // namespace banter
