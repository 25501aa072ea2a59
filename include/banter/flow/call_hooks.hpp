// Runs what middleware (middleware.hpp) has for a bot's calls: stands between the bot and its gateway.
#pragma once

#include <banter/flow/data.hpp>
#include <banter/flow/middleware.hpp>
#include <banter/log.hpp>
#include <banter/telegram/bot.hpp>

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <chrono>
#include <exception>
#include <string>
#include <utility>

namespace banter::detail {

/// Of a bot whose services are no such middleware: nothing.
template <class Services>
class call_hooks {
  public:
    call_hooks(bot&, const Services&, log_sink) {}
};

template <class... S>
    requires(has_call_hook<S> || ...)
class call_hooks<services<S...>> {
  public:
    /// From now on until this is gone, calls of the bot go this way.
    call_hooks(bot& api, const services<S...>& given, log_sink log)
        : api_(&api), real_(api.network()), given_(given), log_(log) {
        api.network() = gateway(*this);
    }
    call_hooks(const call_hooks&) = delete;
    call_hooks& operator=(const call_hooks&) = delete;
    ~call_hooks() { api_->network() = real_; }

    // ---- what a gateway needs ----

    void start_call(request what, gateway::call_handler handler) {
        (before<S>(what), ...);
        if constexpr ((after_call_hook<S> || ...)) {
            request sent = what;
            real_.start_call(std::move(sent),
                             watched_call{this, std::move(what), std::move(handler)});
        } else {
            real_.start_call(std::move(what), std::move(handler));
        }
    }
    void start_wait(std::chrono::nanoseconds duration, gateway::wait_handler handler) {
        real_.start_wait(duration, std::move(handler));
    }
    [[nodiscard]] std::chrono::system_clock::time_point now() const { return real_.now(); }
    [[nodiscard]] boost::asio::any_io_executor get_executor() { return real_.get_executor(); }

  private:
    /// The caller's handler, behind that of the middleware.
    struct watched_call {
        using executor_type = boost::asio::any_completion_executor;
        using cancellation_slot_type = boost::asio::cancellation_slot;

        call_hooks* hooks;
        request what;
        gateway::call_handler handler;

        executor_type get_executor() const noexcept {
            return boost::asio::get_associated_executor(handler, hooks->real_.get_executor());
        }
        cancellation_slot_type get_cancellation_slot() const noexcept {
            return boost::asio::get_associated_cancellation_slot(handler);
        }
        void operator()(boost::system::error_code error, answer got) {
            (hooks->template after<S>(what, error, got), ...);
            std::move(handler)(error, std::move(got));
        }
    };

    template <class Service>
    void before(request& what) {
        if constexpr (before_call_hook<Service>) given_.template get<Service>().before_call(what);
    }
    template <class Service>
    void after(const request& what, boost::system::error_code error, const answer& got) {
        if constexpr (after_call_hook<Service>) try {
                given_.template get<Service>().after_call(what, error, got);
            } catch (const std::exception& failed) {
                log_(std::string("middleware failed behind ") + what.method + ": " + failed.what());
            } catch (...) {
                log_("middleware failed behind " + what.method);
            }
    }

    bot* api_;
    gateway real_;
    services<S...> given_;
    log_sink log_;
};

}  // namespace banter::detail
