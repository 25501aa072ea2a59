// Declared effects on their way out: what a handler said through its context, in order, as calls
// that are ready to be sent. Filled while the handler runs, thrown away if it fails, sent after its
// transition is committed. Reused for the next update, so that a queued effect costs no allocation
// in the steady state.
#pragma once

#include <banter/telegram/request.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace banter {

class outbox {
  public:
    /// From now on, fields that a call leaves unset take their value from there.
    void use(const message_defaults& defaults) { defaults_ = &defaults; }
    /// Null where there are none.
    [[nodiscard]] const message_defaults* defaults() const { return defaults_; }

    /// Queues a call. Its parameters are written down now.
    template <class M>
    void add(const M& method) {
        request& call = next();
        call.method.assign(M::method_name);
        json_writer to(call, defaults_);
        method.write_json(to);
    }
    /// Queues a call of any method, known to this library or not; `parameters` is a JSON object.
    void add_raw(std::string_view method, std::string_view parameters) {
        request& call = next();
        call.method.assign(method);
        call.body.assign(parameters);
    }

    [[nodiscard]] bool empty() const { return used_ == 0; }
    [[nodiscard]] std::size_t size() const { return used_; }
    [[nodiscard]] const request& operator[](std::size_t i) const { return calls_[i]; }
    void clear() { used_ = 0; }
    /// Takes one call out; its memory is kept.
    void remove(std::size_t i) {
        // std::rotate does it with eight kilobytes of code.
        for (--used_; i != used_; ++i) std::swap(calls_[i], calls_[i + 1]);
    }

  private:
    request& next() {
        if (used_ == calls_.size()) calls_.emplace_back();
        request& call = calls_[used_++];
        call.body.clear();
        call.uploads.clear();
        call.fault.clear();
        return call;
    }

    std::vector<request> calls_;
    std::size_t used_ = 0;
    const message_defaults* defaults_ = nullptr;
};

}  // namespace banter
