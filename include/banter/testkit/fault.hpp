// What can go wrong between a bot and Telegram, to be injected into a fake one:
//     world.inject(fault::too_many_requests(3s).on("sendMessage").times(2));
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace banter::testkit {

enum class fault_kind {
    error,             ///< an error object: ok false, error_code, description
    html_page,         ///< 502 and a page of a proxy instead of JSON
    cut_connection,    ///< the connection is reset before an answer
    cut_answer,        ///< the call takes effect; the connection ends in the middle of its answer
    no_answer,         ///< the connection stays open and nothing comes
    slow_answer,       ///< the answer comes after a delay
    invalid_json,      ///< 200, and a body that is not JSON
    repeated_updates,  ///< getUpdates delivers its updates once more with the next call
};

/// One fault; by default it strikes once, at the next call of any method but getUpdates.
class fault {
  public:
    /// 429 with parameters.retry_after.
    static fault too_many_requests(std::chrono::seconds retry_after) {
        fault f = error(429, "Too Many Requests: retry after " +
                                 std::to_string(retry_after.count()));
        f.retry_after_ = retry_after;
        return f;
    }
    static fault server_error(int code = 500) { return error(code, "Internal Server Error"); }
    /// Any error object of the Bot API; the HTTP status is the error_code.
    static fault error(int code, std::string description) {
        fault f(fault_kind::error);
        f.code_ = code;
        f.description_ = std::move(description);
        return f;
    }
    static fault html_page(int status = 502) {
        fault f(fault_kind::html_page);
        f.code_ = status;
        return f;
    }
    static fault cut_connection() { return fault(fault_kind::cut_connection); }
    static fault cut_answer() { return fault(fault_kind::cut_answer); }
    static fault no_answer() { return fault(fault_kind::no_answer); }
    static fault slow_answer(std::chrono::milliseconds delay) {
        fault f(fault_kind::slow_answer);
        f.delay_ = delay;
        return f;
    }
    static fault invalid_json() { return fault(fault_kind::invalid_json); }
    static fault repeated_updates() { return fault(fault_kind::repeated_updates).on("getUpdates"); }

    /// Only at calls of this method (Bot API name); "*" is every method but getUpdates.
    fault on(std::string_view method) const {
        fault f = *this;
        f.method_ = method;
        return f;
    }
    /// How often it strikes.
    fault times(int count) const {
        fault f = *this;
        f.times_ = count;
        return f;
    }
    /// How many calls it lets pass first.
    fault after(int calls) const {
        fault f = *this;
        f.after_ = calls;
        return f;
    }
    /// The call takes effect before its answer is spoilt: the answer is lost, not the call.
    fault effect_first() const {
        fault f = *this;
        f.effect_first_ = true;
        return f;
    }

    fault_kind kind() const { return kind_; }
    const std::string& method() const { return method_; }
    int remaining() const { return times_; }
    int lets_pass() const { return after_; }
    bool takes_effect_first() const {
        return effect_first_ || kind_ == fault_kind::slow_answer || kind_ == fault_kind::cut_answer;
    }
    int code() const { return code_; }
    const std::string& description() const { return description_; }
    std::chrono::seconds retry_after() const { return retry_after_; }
    std::chrono::milliseconds delay() const { return delay_; }

  private:
    explicit fault(fault_kind kind) : kind_(kind) {}

    fault_kind kind_;
    std::string method_ = "*";
    int times_ = 1;
    int after_ = 0;
    bool effect_first_ = false;
    int code_ = 0;
    std::string description_;
    std::chrono::seconds retry_after_{0};
    std::chrono::milliseconds delay_{0};
};

}  // namespace banter::testkit
